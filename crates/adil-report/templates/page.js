(() => {
  "use strict";
  const d = document, list = d.getElementById("rows"), tools = d.getElementById("tools");
  if (!list || !tools) return;
  d.documentElement.classList.add("js");
  tools.hidden = false;
  const rows = [...list.querySelectorAll("details.a")];
  const homes = rows.map((r) => r.parentNode);
  const groups = [...list.querySelectorAll(".group")];
  const query = d.getElementById("q"), shown = d.getElementById("shown"), reset = d.getElementById("reset");
  const buttons = [...d.querySelectorAll("#filters button[data-s]")];
  const fold = (s) => s.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
  let texts = null, status = "", column = -1, down = false, timer = 0;

  const filter = () => {
    texts ??= rows.map((r) => fold(r.firstElementChild.textContent));
    const words = fold(query.value).split(/\s+/).filter(Boolean);
    let count = 0;
    rows.forEach((r, i) => {
      const on = (!status || r.classList.contains(status)) && words.every((w) => texts[i].includes(w));
      if (r.hidden === on) r.hidden = !on;
      if (on) count++;
    });
    for (const g of groups) g.hidden = column >= 0 || !g.querySelector("details.a:not([hidden])");
    shown.textContent = shown.dataset.t.replace("%1", count.toLocaleString(d.documentElement.lang))
      .replace("%2", rows.length.toLocaleString(d.documentElement.lang));
  };
  const clear = () => {
    query.value = ""; status = "";
    for (const b of buttons) b.setAttribute("aria-pressed", b.dataset.s === "");
    filter();
  };

  const number = (text) => { const t = text.replace(/\D/g, ""); return t ? Number(t) : -1; };
  const key = (r, c) => {
    const s = r.firstElementChild;
    if (c === 0) return s.children[0].textContent;
    if (c === 5) return s.lastElementChild.textContent;
    return number(s.children[c + 1].textContent);
  };
  const home = () => {
    column = -1; reset.hidden = true;
    rows.forEach((r, i) => homes[i].append(r));
    heads.forEach((h) => { h.firstChild.lastChild.textContent = ""; });
    filter();
  };
  const sort = (c) => {
    // Amounts are most telling from the largest down; names and ranks from the first up.
    down = column === c ? !down : c === 1 || c === 3 || c === 4;
    column = c; reset.hidden = false;
    const order = new Intl.Collator(d.documentElement.lang, { numeric: true });
    const keyed = rows.map((r, i) => [key(r, c), i]);
    const none = (k) => k === -1;
    keyed.sort((a, b) => {
      if (none(a[0]) !== none(b[0])) return none(a[0]) ? 1 : -1;
      const by = typeof a[0] === "number" ? a[0] - b[0] : order.compare(a[0], b[0]);
      return (down ? -by : by) || a[1] - b[1];
    });
    const all = d.createDocumentFragment();
    for (const [, i] of keyed) all.append(rows[i]);
    list.append(all);
    heads.forEach((h, i) => {
      h.firstChild.lastChild.textContent = i === c ? (down ? " ↓" : " ↑") : "";
    });
    filter();
  };
  const heads = [...list.querySelectorAll(".head > span")];
  heads.forEach((h, i) => {
    const b = d.createElement("button");
    b.type = "button";
    b.append(h.textContent, d.createElement("span"));
    b.addEventListener("click", () => sort(i));
    h.replaceChildren(b);
  });
  reset.addEventListener("click", home);
  query.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(filter, 120); });
  for (const b of buttons) {
    b.addEventListener("click", () => {
      status = b.dataset.s;
      for (const o of buttons) o.setAttribute("aria-pressed", o === b);
      filter();
    });
  }

  // Whoever opens a row can copy the address of exactly this row.
  list.addEventListener("toggle", (e) => {
    if (e.target.open && e.target.id) history.replaceState(null, "", "#" + encodeURIComponent(e.target.id));
  }, true);
  const go = () => {
    let id = location.hash.slice(1);
    try { id = decodeURIComponent(id); } catch { /* an address typed by hand stays as it is */ }
    const target = id && d.getElementById(id);
    if (!target) return;
    if (target.hidden) clear();
    if (target.classList.contains("group") && column >= 0) { home(); }
    if (target.matches("details")) target.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", go);
  filter();
  go();
})();
