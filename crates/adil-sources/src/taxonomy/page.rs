//! `docs/facility-types.md`, made from the list itself so that it can't be older than it.

use std::fmt::Write as _;

use adil_domain::Language;

use super::{HallNorm, Setting, SizeUnit, TAXONOMY, types};

const HEAD: &str = "\
# Kinds of sports facilities

<!-- Made from crates/adil-sources/data/facility-types.toml by the tests of adil-sources: change that file, then run
     ADIL_WRITE_DOCS=1 cargo test -p adil-sources facility_types_page -->

The column `type` of `facilities.csv` holds one of these words. The list is small and closed on purpose: a kind is worth a word
when people reach, need or pay for it differently. What no rule knows becomes `unknown`, and the import says which words
those were and how often each stood there; `types` in a manifest teaches a source's own words
([importing](importing.md)).

*Counts to the norm* is about the published norm of 80 m² of sports hall per 1,000 people (primeminister.kz 53930). The
publication does not list the halls that it counts: only plain sports halls are taken as counted here, other floors under a
roof are *unstated*, and a policy that adds them up must say which it takes. The Kazakh names wait for one reading by
somebody who writes them at work.

";

const OSM: &str = "
## OpenStreetMap

The first line that holds decides. `key=value` holds when one of the key's values is that one, `key=*` when the key is
there; several conditions must hold together. A football pitch below 4,050 m² (90 m × 45 m, the least that Law 1 of the game allows)
is a small pitch, whatever list it comes from.

";

const SPORTSCOTLAND: &str = "
## sportscotland

Kind, then kind within it; `*` stands for every other. With a column for each of the two, write them as
`kind / kind within it`.

";

const LIPAS: &str = "
## LIPAS

Type codes of the Finnish national classification, as its own open program (`lipas.data.types`) lists them. Codes that its
overhaul of 2024 added are not confirmed here: they are reported as not known instead of guessed. Codes below 1000 and
7000 are recreation areas, shelters and service buildings.

";

const WORDS: &str = "
## Words of lists

For every other source, and for names where a list has no column of kinds. The first line whose words all stand in the
text decides; `*` stands for any ending. Case does not count, and ё is е.

";

/// The page as Markdown.
pub fn page() -> String {
    let mut page = HEAD.to_owned();
    page.push_str("| word | English | Russian | Kazakh | under a roof | size in | counts to the norm |\n");
    page.push_str("| --- | --- | --- | --- | --- | --- | --- |\n");
    for kind in types() {
        let name = |language| kind.name(language);
        let _ = writeln!(
            page,
            "| `{}` | {} | {} | {} | {} | {} | {} |",
            kind.id,
            name(Language::EN),
            name(Language::RU),
            name(Language::KK),
            setting(kind.setting),
            unit(kind.unit),
            norm(kind.hall_norm)
        );
    }
    let near: Vec<String> = (TAXONOMY.near.iter())
        .map(|(a, b)| format!("`{}` and `{}`", types()[*a].id, types()[*b].id))
        .collect();
    let _ = write!(page, "\nTwo lists may well give one place two of these kinds: {}.\n", near.join(", "));
    page.push_str(OSM);
    table(&mut page, &["tags", "kind"]);
    for (conditions, at) in &TAXONOMY.osm {
        let tags: Vec<String> = conditions.iter().map(|(k, v)| format!("`{k}={v}`")).collect();
        row(&mut page, &[&tags.join(" and "), &code(*at)]);
    }
    page.push_str(SPORTSCOTLAND);
    table(&mut page, &["kind", "kind within it", "kind here"]);
    for ([kind, within], at) in &TAXONOMY.sportscotland {
        row(&mut page, &[kind, within, &code(*at)]);
    }
    page.push_str(LIPAS);
    table(&mut page, &["kind", "codes"]);
    for (at, kind) in types().iter().enumerate() {
        let codes: Vec<&str> =
            TAXONOMY.lipas.iter().filter(|(_, a)| *a == at).map(|(code, _)| code.as_str()).collect();
        if !codes.is_empty() {
            row(&mut page, &[&format!("`{}`", kind.id), &codes.join(", ")]);
        }
    }
    page.push_str(WORDS);
    table(&mut page, &["words", "kind"]);
    for (pattern, at) in &TAXONOMY.words {
        row(&mut page, &[&format!("`{}`", pattern.join(" ")), &code(*at)]);
    }
    page
}

fn code(at: usize) -> String {
    format!("`{}`", types()[at].id)
}

fn table(page: &mut String, columns: &[&str]) {
    row(page, columns);
    row(page, &vec!["---"; columns.len()]);
}

fn row(page: &mut String, cells: &[&str]) {
    let _ = writeln!(page, "| {} |", cells.join(" | ").replace('<', "\\<"));
}

const fn setting(setting: Setting) -> &'static str {
    match setting {
        Setting::Indoor => "yes",
        Setting::Outdoor => "no",
        Setting::Either => "either",
    }
}

const fn unit(unit: SizeUnit) -> &'static str {
    match unit {
        SizeUnit::Area => "m²",
        SizeUnit::Lanes => "lanes",
        SizeUnit::Courts => "courts",
        SizeUnit::Metres => "metres",
        SizeUnit::Holes => "holes",
        SizeUnit::Boards => "boards",
        SizeUnit::None => "–",
    }
}

const fn norm(norm: HallNorm) -> &'static str {
    match norm {
        HallNorm::Yes => "yes",
        HallNorm::No => "no",
        HallNorm::Unstated => "unstated",
    }
}
