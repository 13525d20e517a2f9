//! One policy for each thing that can be wrong, with the message its author will read.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use adil_domain::Language;
use adil_policy::Policy;

use super::{Tables, shown};

/// A small policy with nothing wrong but its missing references and titles.
const BASE: &str = r#"[round]
id = "base"
currency = "EUR"
budget = "1000"
unit = "1"
country = "ie"
as_of = "2023-12-01"

[[source]]
name = "first"

[[gate]]
id = "open"
when = "facility.accessible"

[[criterion]]
id = "need"
[[criterion.indicator]]
id = "past"
value = "history.paid_per_head"
weight = 100
scale = { kind = "goalposts", low = 50, high = 0 }
missing = "worst"

[[pot]]
id = "all"
share = "100%"
rule = "fair-share"
weight = "score"
[[pot.bound]]
level = "county"
floor = "0"
"#;

/// What is changed in the base, and into what.
const CASES: &[(&str, &str)] = &[
    // The file and its keys.
    ("id = \"base\"", "id = \"base"),
    ("[round]", "[round"),
    ("currency", "curency"),
    ("[[gate]]", "[[gates]]"),
    ("country = \"ie\"\n", ""),
    ("[round]\n", "[rund]\n"),
    ("[[pot]]", "[pot]"),
    ("name = \"first\"", "name = 1"),
    ("name = \"first\"", "name = \"first\"\nrequired = \"yes\""),
    ("name = \"first\"", "name = \"\""),
    ("[[gate]]", "gate = 1\n[[other]]"),
    ("id = \"base\"", "id = \"Base round\""),
    ("id = \"base\"", "id = \"\""),
    ("currency = \"EUR\"", "currency = \"EURO\""),
    ("budget = \"1000\"", "budget = \"1,000\""),
    ("budget = \"1000\"", "budget = 1e3"),
    ("budget = \"1000\"", "budget = \"10.005\""),
    ("budget = \"1000\"", "budget = true"),
    ("budget = \"1000\"", "budget = \"0\""),
    ("budget = \"1000\"", "budget = \"-5\""),
    ("budget = \"1000\"", "budget = \"1000.50\""),
    ("unit = \"1\"", "unit = \"0\""),
    ("unit = \"1\"", "unit = \"0.001\""),
    ("as_of = \"2023-12-01\"", "as_of = \"2023-02-30\""),
    ("as_of = \"2023-12-01\"", "as_of = 2023-12-01T10:00:00Z"),
    ("as_of = \"2023-12-01\"", "as_of = 20231201"),
    ("id = \"base\"", "id = \"base\"\nlanguage = \"English\""),
    ("id = \"base\"", "id = \"base\"\ntitle = { eng = \"Base\" }"),
    ("id = \"base\"", "id = \"base\"\ntitle = { en = \"\" }"),
    ("id = \"base\"", "id = \"base\"\ntitle = 5"),
    // Reach.
    (
        "[[gate]]",
        "[access]\ndemand = \"point.population\"\nsupply = \"facility.capacity\"\nmethod = \"gravity\"\nmax_minutes = 30\nspeed_kmh = 5\n\n[[gate]]",
    ),
    (
        "[[gate]]",
        "[access]\ndemand = \"point.population\"\nsupply = \"facility.capacity\"\nmax_minutes = 30\nspeed_kmh = 5\n\n[[gate]]",
    ),
    (
        "[[gate]]",
        "[access]\ndemand = \"point.population\"\nsupply = \"facility.capacity\"\nmethod = \"e2sfca\"\nmax_minutes = 30\nspeed_kmh = 5\n\n[[gate]]",
    ),
    (
        "[[gate]]",
        "[access]\ndemand = \"point.population\"\nsupply = \"facility.capacity\"\nmethod = \"2sfca\"\nmax_minutes = 0\nspeed_kmh = -1\ndetour = 0.5\nrounds = 0\n\n[[gate]]",
    ),
    (
        "[[gate]]",
        "[access]\ndemand = \"point.population\"\nsupply = \"facility.capacity\"\nmethod = \"2sfca\"\nmax_minutes = 30\ntravel = \"table\"\nspeed_kmh = 5\ndetour = 1.2\n\n[[gate]]",
    ),
    (
        "[[gate]]",
        "[access]\ndemand = \"point.population\"\nsupply = \"facility.capacity\"\nmethod = \"2sfca\"\nmax_minutes = 30\ntravel = \"roads\"\n\n[[gate]]",
    ),
    (
        "[[gate]]",
        "[access]\ndemand = \"point.population\"\nsupply = \"facility.capacity\"\nmethod = \"2sfca\"\nmax_minutes = 30\nspeed_kmh = 5\ndecay = 3\n\n[[gate]]",
    ),
    (
        "[[gate]]",
        "[access]\ndemand = \"point.population\"\nsupply = \"facility.capacity\"\nmethod = \"2sfca\"\nmax_minutes = 30\nspeed_kmh = 5\ndecay = { kind = \"linear\" }\n\n[[gate]]",
    ),
    (
        "[[gate]]",
        "[access]\ndemand = \"point.population\"\nsupply = \"facility.capacity\"\nmethod = \"2sfca\"\nmax_minutes = 30\nspeed_kmh = 5\ndecay = { kind = \"steps\", steps = [] }\n\n[[gate]]",
    ),
    (
        "[[gate]]",
        "[access]\ndemand = \"point.population\"\nsupply = \"facility.capacity\"\nmethod = \"2sfca\"\nmax_minutes = 30\nspeed_kmh = 5\ndecay = { kind = \"steps\", steps = [[10, 1], [5, 2], 3, [20, 0.5]] }\n\n[[gate]]",
    ),
    (
        "[[gate]]",
        "[access]\ndemand = \"point.population\"\nsupply = \"facility.capacity\"\nmethod = \"2sfca\"\nmax_minutes = 30\nspeed_kmh = 5\ndecay = { kind = \"gaussian\" }\n\n[[gate]]",
    ),
    (
        "[[gate]]",
        "[access]\ndemand = \"point.population\"\nsupply = \"facility.capacity\"\nmethod = \"2sfca\"\nmax_minutes = 30\nspeed_kmh = 5\ndecay = { kind = \"gravity\", exponent = 1, least = 0 }\n\n[[gate]]",
    ),
    (
        "[[gate]]",
        "[access]\ndemand = \"facility.capacity\"\nsupply = \"application.amount_sought\"\nmethod = \"2sfca\"\nmax_minutes = 30\nspeed_kmh = 5\n\n[[gate]]",
    ),
    ("value = \"history.paid_per_head\"", "value = \"access.unmet_share\""),
    ("value = \"history.paid_per_head\"", "value = \"access.unmet\""),
    ("value = \"history.paid_per_head\"", "value = \"point.population\""),
    ("floor = \"0\"", "floor = \"pot * territory.need_share\""),
    // Sources.
    ("name = \"first\"", "name = \"first\"\nmax_age = \"a while\""),
    ("name = \"first\"", "name = \"first\"\nfallback = [\"frist\"]"),
    (
        "name = \"first\"",
        "name = \"first\"\nfallback = [\"second\"]\n[[source]]\nname = \"second\"\nfallback = [\"first\"]",
    ),
    ("name = \"first\"", "name = \"first\"\n[[source]]\nname = \"first\""),
    ("name = \"first\"", "name = \"first\"\ncolumns = [\"users\", 5]"),
    // Rules and their dates.
    ("id = \"open\"", "id = \"open\"\nuntil = 2023-11-30"),
    ("id = \"open\"", "id = \"open\"\nfrom = \"2024-01-01\""),
    ("id = \"open\"", "id = \"open\"\nfrom = \"2023-06-01\"\nuntil = \"2023-01-01\""),
    ("id = \"open\"", "id = \"open\"\nunknown = \"wait\""),
    ("[[criterion]]", "[[gate]]\nid = \"open\"\nwhen = \"true\"\n[[criterion]]"),
    // Points.
    ("id = \"need\"", "id = \"need\"\n[score]\naggregation = \"sum\"\n[[criterion]]\nid = \"other\""),
    ("weight = 100", "weight = 60.5"),
    ("weight = 100", "weight = 0"),
    ("weight = 100", "weight = \"many\""),
    ("weight = 100", "weight = 0x64"),
    ("high = 0", "high = 50.0"),
    ("\"goalposts\", low = 50, high = 0", "\"log\", low = 0, high = 10"),
    ("low = 50, high = 0", "low = 50, hihg = 0"),
    ("\"goalposts\", low = 50, high = 0", "\"bands\", bands = [[0, 3], [10, 2], [10, 5]], top = 4"),
    ("\"goalposts\", low = 50, high = 0", "\"bands\", bands = []"),
    ("\"goalposts\", low = 50, high = 0", "\"bands\", bands = [[0], 3, { from = 1 }]"),
    ("\"goalposts\", low = 50, high = 0", "\"bands\", bands = [[0, 0]]"),
    ("\"goalposts\", low = 50, high = 0", "\"categories\", marks = {}"),
    (
        "\"goalposts\", low = 50, high = 0",
        "\"categories\", marks = { hall = -1, pitch = \"two\" }, other = 1",
    ),
    ("\"goalposts\", low = 50, high = 0", "\"zscore\""),
    ("\"goalposts\", low = 50, high = 0", "\"percentile\", within = \"facility.type\""),
    ("\"goalposts\", low = 50, high = 0", "\"model\""),
    ("\"goalposts\"", "\"goalpost\""),
    ("scale = { kind = \"goalposts\", low = 50, high = 0 }", "scale = \"goalposts\""),
    ("missing = \"worst\"", "missing = \"worse\""),
    ("missing = \"worst\"", ""),
    ("missing = \"worst\"", "missing = { kind = \"hold\", value = 1 }"),
    ("missing = \"worst\"", "missing = 3"),
    (
        "value = \"history.paid_per_head\"\nweight = 100\nscale = { kind = \"goalposts\", low = 50, high = 0 }\nmissing = \"worst\"",
        "value = \"facility.type\"\nweight = 100\nscale = { kind = \"categories\", marks = { a = 1 } }\nmissing = { value = 1 }",
    ),
    // Money.
    ("share = \"100%\"", "share = \"101%\""),
    ("share = \"100%\"", "share = \"all\""),
    ("share = \"100%\"", "share = \"60%\""),
    ("[[pot]]", "[[pot]]\nid = \"more\"\nshare = 0.5\nrule = \"fair-share\"\nweight = \"1\"\n[[pot]]"),
    ("rule = \"fair-share\"", "rule = \"points-table\""),
    ("rule = \"fair-share\"", "rule = \"fare-share\""),
    ("weight = \"score\"", "weight = \"score\"\nfloor = \"10 * 10\"\nceiling = \"99.5\""),
    ("floor = \"0\"", ""),
    ("level = \"county\"", "level = \"\""),
    ("floor = \"0\"", "floor = \"0\"\n[[pot.bound]]\nlevel = \"county\"\nfloor = \"1\""),
    ("[[pot.bound]]", "[[pot.bound]]\nfrom = \"2024-01-01\""),
    ("[[pot]]", "[reserve]\nappeals = \"1%\"\n[[pot]]"),
    ("[[pot]]", "[reserve]\nappeals = \"-1%\"\n[[pot]]"),
    // Uncertainty.
    ("[[pot]]", "[uncertainty]\nreplicas = 50\nweights = \"20%\"\n[[pot]]"),
    ("[[pot]]", "[uncertainty]\nreplicas = \"many\"\nweights = \"20%\"\n[[pot]]"),
    ("[[pot]]", "[uncertainty]\nreplicas = 250.5\nweights = \"60%\"\n[[pot]]"),
    ("[[pot]]", "[uncertainty]\nweights = \"0%\"\nscale = \"yes\"\n[[pot]]"),
    ("[[pot]]", "[uncertainty]\nweights = \"a fifth\"\nimputation = 1\n[[pot]]"),
    ("[[pot]]", "[uncertainty]\nreplicas = 500\n[[pot]]"),
    ("[[pot]]", "[uncertainty]\nscale = true\nuntil = \"2023-01-01\"\nspread = 1\n[[pot]]"),
    // Privacy.
    ("[[pot]]", "[privacy]\nsmallest = 2\nsmall = 5\n[[pot]]"),
    ("[[pot]]", "[privacy]\nsmallest = \"five\"\n[[pot]]"),
    // Observations.
    ("history.paid_per_head", "observed.welcome"),
    (
        "[[pot]]",
        "[observations]\nmin_observers = 0\nburst_minutes = 0.5\nmax_age = \"long\"\nmin_observer = 3\n[[pot]]",
    ),
    (
        "value = \"history.paid_per_head\"\nweight = 100\nscale = { kind = \"goalposts\", low = 50, high = 0 }\nmissing = \"worst\"\n",
        "value = \"observed.welcom\"\nweight = 100\nscale = { kind = \"goalposts\", low = 50, high = 0 }\nmissing = \"worst\"\n[observations]\n",
    ),
    (
        "value = \"history.paid_per_head\"\nweight = 100\nscale = { kind = \"goalposts\", low = 50, high = 0 }\nmissing = \"worst\"\n",
        "value = \"journey.minute\"\nweight = 100\nscale = { kind = \"goalposts\", low = 50, high = 0 }\nmissing = \"worst\"\n[observations]\n",
    ),
    (
        "value = \"history.paid_per_head\"\nweight = 100\nscale = { kind = \"goalposts\", low = 50, high = 0 }\nmissing = \"worst\"\n",
        "value = \"observations.welcome\"\nweight = 100\nscale = { kind = \"goalposts\", low = 50, high = 0 }\nmissing = \"worst\"\n[observations]\n",
    ),
    ("floor = \"0\"", "floor = \"observed.welcome\"\n[observations]"),
    ("missing = \"worst\"", "missing = \"worst\"\nerror = \"0%\""),
    ("missing = \"worst\"", "missing = \"worst\"\nerror = \"150%\""),
    ("missing = \"worst\"", "missing = \"worst\"\nerror = -3"),
    ("missing = \"worst\"", "missing = \"worst\"\nerror = \"some\""),
    ("missing = \"worst\"", "missing = \"worst\"\nerror = [5]"),
    (
        "scale = { kind = \"goalposts\", low = 50, high = 0 }\nmissing = \"worst\"",
        "scale = { kind = \"categories\", marks = { a = 1 } }\nmissing = \"worst\"\nerror = 2",
    ),
    // Expressions.
    ("\"facility.accessible\"", "\"\""),
    ("\"facility.accessible\"", "\"facility.accessible &&\""),
    ("\"facility.accessible\"", "\"facility.accessible and true\""),
    ("\"facility.accessible\"", "\"facility.capacity = 5\""),
    ("\"facility.accessible\"", "\"(facility.capacity > 5\""),
    ("\"facility.accessible\"", "\"facility.capacity > 5)\""),
    ("\"facility.accessible\"", "\"facility.capacity > 0,5\""),
    ("\"facility.accessible\"", "\"facility.capacity > .5\""),
    ("\"facility.accessible\"", "\"facility.capacity > 1e3\""),
    ("\"facility.accessible\"", "\"facility.capacity > 0.1234567890123456\""),
    ("\"facility.accessible\"", "\"facility.capacity % 2 == 0\""),
    ("\"facility.accessible\"", "\"facility.name == 'open\""),
    ("\"facility.accessible\"", "\"facility.имя == 'open'\""),
    ("\"facility.accessible\"", "\"facility.name.size() > 2\""),
    ("\"facility.accessible\"", "\"size(facility.name) > 2\""),
    ("\"facility.accessible\"", "\"startWith(facility.name, 'A')\""),
    ("\"facility.accessible\"", "\"endsWith(facility.name)\""),
    ("\"facility.accessible\"", "\"facility.name.endsWith('a', 'b')\""),
    ("\"facility.accessible\"", "\"facility.address.city == 'x'\""),
    ("\"facility.accessible\"", "\"facility.type == ['x']\""),
    ("\"facility.accessible\"", "\"facility.type in 'x'\""),
    ("\"facility.accessible\"", "\"facility.type in []\""),
    ("\"facility.accessible\"", "\"facility.type == null\""),
    ("\"facility.accessible\"", "\"!!facility.accessible\""),
    ("\"facility.accessible\"", "\"true ? true ? true : false : false\""),
    ("\"facility.accessible\"", "\"true ? true\""),
    ("\"facility.accessible\"", "\"has(facility)\""),
    ("\"facility.accessible\"", "\"sum(facility.capacity) > 1\""),
    ("\"facility.accessible\"", "\"min(facility.capacity) > 1\""),
    ("\"facility.accessible\"", "\"sum(history.amount * 2) > 1\""),
    (
        "\"facility.accessible\"",
        "\"facility.opened > date(facility.name) || facility.opened > date('1 May')\"",
    ),
    ("\"facility.accessible\"", "\"facilty.accessible && aplication.users > 1\""),
    ("\"facility.accessible\"", "\"amount_sought > 1 && facility && scor > 1 && pot.money > 1\""),
    ("\"facility.accessible\"", "\"model.risk < 0.5 && access.reach > 1\""),
    ("\"facility.accessible\"", "\"check.bankruptcy == 'unknown'\""),
    ("\"facility.accessible\"", "\"check.bankruptcy == 'passed' || check.tax_debt in ['pass', 'unknown']\""),
    ("\"facility.accessible\"", "\"has(check.bankruptcy)\""),
    ("\"facility.accessible\"", "\"facility.\\u0061ccessible &&\""),
    ("\"facility.accessible\"", "'''\nfacility.accessible\n  && facilty.capacity > 1'''"),
    ("[[criterion]]", "[[unknown]]\n[[criterion]]"),
    // Names and types.
    ("\"facility.accessible\"", "\"facility.acessible\""),
    ("\"facility.accessible\"", "\"facility.legal_form == 'club'\""),
    ("\"facility.accessible\"", "\"facility.zebra == 'club'\""),
    ("\"facility.accessible\"", "\"check.bankrupcy == 'pass'\""),
    ("\"facility.accessible\"", "\"facility.capacity\""),
    ("\"facility.accessible\"", "\"check.bankruptcy\""),
    ("\"facility.accessible\"", "\"facility.capacity == 'many'\""),
    (
        "\"facility.accessible\"",
        "\"check.bankruptcy > 1 || facility.name < 'b' || check.tax_debt == facility.name\"",
    ),
    ("\"facility.accessible\"", "\"facility.name + 1 > 2 && -facility.type < 2\""),
    ("\"facility.accessible\"", "\"(facility.accessible ? 1 : 'a') == 1\""),
    ("\"facility.accessible\"", "\"facility.type in [1, 'a'] && !facility.capacity\""),
    ("\"facility.accessible\"", "\"max(1, facility.opened) > 2 && facility.capacity.contains('1')\""),
    ("\"facility.accessible\"", "\"sum(history.period) > 1\""),
    ("\"facility.accessible\"", "\"score > 50 && pot > 1\""),
    ("\"history.paid_per_head\"", "\"score / 2\""),
    ("\"history.paid_per_head\"", "\"facility.type\""),
    ("\"history.paid_per_head\"", "\"facility.accessible\""),
    ("\"history.paid_per_head\"", "\"check.bankruptcy\""),
    ("\"goalposts\", low = 50, high = 0", "\"categories\", marks = { a = 1 }"),
    ("weight = \"score\"", "weight = \"score > 1\""),
    ("floor = \"0\"", "floor = \"score * application.users\""),
    ("level = \"county\"", "level = \"conty\""),
    ("floor = \"0\"", "floor = \"1 / (2 - 2)\""),
    ("floor = \"0\"", "floor = \"-5\""),
    // The applicant's own word.
    ("\"history.paid_per_head\"", "\"application.users * 2\""),
    ("weight = \"score\"", "weight = \"score * application.users\""),
    ("weight = \"score\"", "weight = \"score\"\nfloor = \"0.5 * application.amount_sought\""),
];

/// What its author reads of each change, one after the other. Left out are the warnings that the policy has unchanged too.
fn messages(base: &str, cases: &[(&str, &str)]) -> String {
    let mut out = String::new();
    for (from, to) in cases {
        assert!(base.contains(from), "{from}");
        let text = base.replacen(from, to, 1);
        let (policy, mut problems) = Policy::parse("policy.toml", &text);
        // Only what reading alone can't see.
        if let Some(policy) = policy.filter(|_| !problems.has_errors()) {
            let found = policy.check(&Tables, &[Language::EN]).into_iter();
            problems.extend(found.filter(|p| !matches!(p.code, "missing-reference" | "missing-title")));
        }
        assert!(!problems.is_empty(), "nothing was found wrong with {to}");
        let _ = writeln!(
            out,
            "{}  →  {}\n{}\n",
            from.replace('\n', "⏎"),
            to.replace('\n', "⏎"),
            shown(&problems, &text)
        );
    }
    out
}

#[test]
fn every_mistake_has_its_message() {
    insta::assert_snapshot!(messages(BASE, CASES));
}

#[test]
fn warnings_of_words_and_references() {
    let text = BASE
        .replace(
            "id = \"need\"",
            "id = \"need\"\ntitle = { en = \"Need\", ru = \"Потребность\" }\nreference = \"Terms, 5\"",
        )
        .replace(
            "weight = \"score\"",
            "weight = \"score\"\ntitle = \"All\"\nweight_because = { ru = \"так\" }",
        );
    let (policy, problems) = Policy::parse("policy.toml", &text);
    assert!(problems.is_empty());
    let policy = policy.unwrap();
    insta::assert_snapshot!(shown(&policy.check(&Tables, &Language::PRODUCT), &text));
    let english = policy.check(&Tables, &[Language::EN]);
    assert!(
        english.iter().filter(|p| p.code == "missing-translation").count() == 1,
        "only the reason lacks English"
    );
}

/// A round without any table.
struct Nothing;
impl adil_policy::Schema for Nothing {
    fn table(&self, _: adil_policy::Entity) -> Option<Vec<String>> {
        None
    }
    fn column(&self, _: adil_policy::Entity, _: &str) -> Option<adil_policy::Type> {
        None
    }
    fn levels(&self) -> Option<Vec<String>> {
        None
    }
}

#[test]
fn a_table_that_is_named_must_be_there() {
    let text = BASE.replace("floor = \"0\"", "floor = \"pot * territory.population_share\"");
    let (policy, _) = Policy::parse("policy.toml", &text);
    let mut problems = adil_domain::Problems::new();
    problems.extend(
        policy.unwrap().check(&Nothing, &[Language::EN]).into_iter().filter(|p| p.code == "missing-table"),
    );
    insta::assert_snapshot!(shown(&problems, &text));
}

#[test]
fn points_without_criteria_and_a_policy_too_large() {
    let start = BASE.find("[[criterion]]").unwrap();
    let end = BASE.find("[[pot]]").unwrap();
    let text = format!("{}{}", &BASE[..start], &BASE[end..]);
    let (_, problems) = Policy::parse("policy.toml", &text);
    let large = format!("{BASE}{}", "#".repeat(1 << 20));
    let (policy, too_large) = Policy::parse("policy.toml", &large);
    assert!(policy.is_none());
    let long = BASE.replace("\"score\"", &format!("\"score{}\"", " + 1".repeat(600)));
    let deep = BASE.replace("\"score\"", &format!("\"{}score{}\"", "(".repeat(30), ")".repeat(30)));
    let many = BASE.replace("\"score\"", &format!("\"score{}\"", "+1".repeat(200)));
    let mut all = vec![shown(&problems, &text), shown(&too_large, &large)];
    for text in [long, deep, many] {
        let (_, problems) = Policy::parse("policy.toml", &text);
        all.push(
            problems
                .iter()
                .map(|p| format!("{}: {}", p.code, p.full_message()))
                .collect::<Vec<_>>()
                .join("\n"),
        );
    }
    insta::assert_snapshot!(all.join("\n"));
}

/// A policy with a forecast and nothing wrong but missing references and titles.
fn forecasting() -> String {
    BASE.replace("history.paid_per_head", "model.use").replace("high = 0", "high = 200").replace(
        "[[pot]]",
        r#"[[model]]
id = "use"
file = "models/use.json"
cap = 100
exposure = "facility.capacity"
[model.features]
kind = "facility.type"
people = "territory.population"

[[pot]]"#,
    )
}

const FORECASTS: &[(&str, &str)] = &[
    ("id = \"use\"", "id = \"the-use\""),
    ("models/use.json", "../use.json"),
    ("models/use.json", "models/use.csv"),
    ("cap = 100", "cap = -1"),
    ("cap = 100", "cap = 40"),
    ("cap = 100\n", ""),
    ("[model.features]\n", "[model.feature]\n"),
    ("kind = \"facility.type\"\npeople = \"territory.population\"", ""),
    ("kind = \"facility.type\"", "kind = 3"),
    ("kind = \"facility.type\"", "kind = \"facility.typ\""),
    ("kind = \"facility.type\"", "kind = \"sum(history.amount)\""),
    ("kind = \"facility.type\"", "kind = \"application.amount_sought\""),
    ("kind = \"facility.type\"", "kind = \"territory.demand_share\""),
    ("kind = \"facility.type\"", "kind = \"check.bankruptcy == 'pass'\""),
    ("kind = \"facility.type\"", "kind = \"score * pot\""),
    ("kind = \"facility.type\"", "kind = \"model.use\""),
    (
        "exposure = \"facility.capacity\"\n[model.features]\nkind = \"facility.type\"\npeople = \"territory.population\"",
        "[model.features]\npeople = \"application.users\"",
    ),
    ("\"model.use\"", "\"model.used\""),
    ("\"model.use\"", "\"model.use * 2\""),
    ("\"goalposts\", low = 50, high = 200", "\"percentile\""),
    ("missing = \"worst\"", "missing = \"worst\"\nerror = \"5%\""),
    ("\"facility.accessible\"", "\"model.use > 10\""),
    ("weight = \"score\"", "weight = \"score * model.use\""),
    ("[[source]]", "[score]\naggregation = \"geometric\"\n[[source]]"),
    ("\"model.use\"", "\"facility.capacity\""),
];

#[test]
fn a_forecast_keeps_to_its_line() {
    let base = forecasting();
    insta::assert_snapshot!(messages(&base, FORECASTS));
    let (policy, problems) = Policy::parse("policy.toml", &base);
    assert!(!problems.has_errors(), "{}", shown(&problems, &base));
    let policy = policy.unwrap();
    let found: Vec<_> = policy.check(&Tables, &[Language::EN]).into_iter().map(|p| p.code).collect();
    assert!(found.iter().all(|code| matches!(*code, "missing-reference" | "missing-title")), "{found:?}");
    assert_eq!(policy.moved_by(0), adil_domain::Rational::from(100));
    for language in [Language::KK, Language::RU, Language::EN] {
        let sections = policy.explain(language, &Tables);
        let text = adil_policy::plain_text(&sections, language);
        assert!(text.contains("models/use.json"), "{text}");
        insta::assert_snapshot!(format!("forecast_in_{language}"), text);
    }
}

/// Every code of this crate, so that the table above can't fall behind.
const CODES: &[&str] = &[
    "bad-currency",
    "bad-date",
    "bad-duration",
    "bad-id",
    "bad-language",
    "bad-money",
    "bad-number",
    "bad-share",
    "bands-order",
    "budget-negative",
    "budget-not-in-units",
    "budget-zero",
    "dates-reversed",
    "duplicate-id",
    "empty-scale",
    "empty-text",
    "expression-syntax",
    "fallback-cycle",
    "floor-above-ceiling",
    "log-not-positive",
    "mark-out-of-range",
    "missing-key",
    "missing-rule",
    "not-a-condition",
    "not-a-number",
    "not-a-text",
    "not-allowed-here",
    "negative-amount",
    "no-value",
    "not-in-the-language",
    "outcome-word",
    "rank-reversal",
    "reserve-without-end",
    "rests-on-own-word",
    "rule-expired",
    "rule-not-yet",
    "scale-ends-equal",
    "shares-over",
    "shares-under",
    "toml-syntax",
    "type-mismatch",
    "unit-not-positive",
    "unknown-check",
    "unknown-choice",
    "unknown-column",
    "unknown-compared",
    "unknown-key",
    "unknown-level",
    "unknown-name",
    "unknown-source",
    "weight-not-positive",
    "weights-sum",
    "wrong-type",
];

#[test]
fn the_table_shows_every_code() {
    let mut seen = BTreeSet::new();
    for (from, to) in CASES {
        let text = BASE.replacen(from, to, 1);
        let (policy, problems) = Policy::parse("policy.toml", &text);
        seen.extend(problems.iter().map(|p| p.code));
        if let Some(policy) = policy {
            seen.extend(policy.check(&Tables, &[Language::EN]).iter().map(|p| p.code));
        }
    }
    let unseen: Vec<_> = CODES.iter().filter(|c| !seen.contains(*c)).collect();
    assert!(unseen.is_empty(), "no case for {unseen:?}");
}
