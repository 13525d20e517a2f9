(() => {
  "use strict";
  const d = document, list = d.getElementById("ledger"), tools = d.getElementById("tools");
  if (!list || !tools) return;
  d.documentElement.classList.add("js");
  tools.hidden = false;
  const most = 200, lang = d.documentElement.lang;
  const found = d.getElementById("found"), places = d.getElementById("groups");
  const query = d.getElementById("q"), shown = d.getElementById("shown"), by = d.getElementById("by");
  const buttons = [...d.querySelectorAll("#filters button[data-s]")];
  const fold = (s) => s.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
  const rows = places.getElementsByTagName("tbody");
  let all = null, texts = null, status = "", timer = 0;

  const load = () => {
    if (all) return;
    all = []; texts = [];
    for (const body of rows) {
      const place = body.closest("details").firstElementChild.firstElementChild.textContent;
      for (const r of body.rows) {
        all.push(r);
        texts.push(fold(r.firstElementChild.textContent + " " + place));
      }
    }
  };
  const number = (text) => { const t = text.replace(/[^\d.,]/g, ""); return t ? Number(lang === "en" ? t.replace(/,/g, "") : t.replace(",", ".")) : -1; };
  const say = (some, of) => {
    shown.textContent = shown.dataset.t.replace("%1", some.toLocaleString(lang)).replace("%2", of.toLocaleString(lang));
  };
  const show = () => {
    const words = fold(query.value).split(/\s+/).filter(Boolean);
    const idle = !words.length && !status && !by.value;
    found.hidden = idle; places.hidden = !idle; shown.hidden = idle;
    if (idle) { found.tBodies[0].replaceChildren(); return; }
    load();
    let hits = [];
    all.forEach((r, i) => {
      if ((!status || r.className === status) && words.every((w) => texts[i].includes(w))) hits.push(i);
    });
    const of = hits.length;
    if (by.value) {
      const column = Number(by.value);
      const keys = new Map(hits.map((i) => [i, number(all[i].children[column].textContent)]));
      hits.sort((a, b) => keys.get(b) - keys.get(a) || a - b);
    }
    hits = hits.slice(0, most);
    found.tBodies[0].replaceChildren(...hits.map((i) => {
      const r = all[i].cloneNode(true), a = d.createElement("a");
      a.href = "#" + encodeURIComponent(r.id);
      a.append(r.firstElementChild.firstChild);
      r.removeAttribute("id");
      r.firstElementChild.prepend(a);
      r.firstElementChild.lastElementChild.append(" · " + all[i].closest("details").firstElementChild.firstElementChild.textContent);
      return r;
    }));
    say(hits.length, of);
  };
  const clear = () => {
    query.value = ""; status = ""; by.value = "";
    for (const b of buttons) b.setAttribute("aria-pressed", b.dataset.s === "");
    show();
  };
  query.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(show, 120); });
  by.addEventListener("change", show);
  for (const b of buttons) {
    b.addEventListener("click", () => {
      status = b.dataset.s;
      for (const o of buttons) o.setAttribute("aria-pressed", o === b);
      show();
    });
  }
  const go = () => {
    let id = location.hash.slice(1);
    try { id = decodeURIComponent(id); } catch { /* an address typed by hand stays as it is */ }
    const target = id && d.getElementById(id);
    if (!target) return;
    const home = target.closest("#groups details");
    if (home) { if (places.hidden) clear(); home.open = true; }
    target.scrollIntoView();
  };
  addEventListener("hashchange", go);
  // Names lead to the row itself, whose address can be copied.
  found.tHead.replaceChildren(...(places.querySelector("thead")?.cloneNode(true).childNodes ?? []));
  show();
  go();
  // The first search need not wait for the list to be read.
  self.requestIdleCallback?.(load);
})();
