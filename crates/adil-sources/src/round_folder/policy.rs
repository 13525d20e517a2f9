//! A policy to begin with: no more than what holds without anybody having decided anything.

use adil_domain::CountryPack;

/// What a first policy says of the round.
#[derive(Debug, Clone)]
pub struct Starter {
    /// The round's name; its identifier is made of the letters and digits in it.
    pub id: String,
    /// The country.
    pub country: &'static CountryPack,
    /// The day as of which the facts hold.
    pub as_of: String,
}

/// Illustrative, and said to be so in the policy itself.
const EACH: u64 = 1_000;

/// The text of `policy.toml` for a round of so many facilities.
///
/// Every facility weighs the same: which of them deserve more is for people to say, and a weight that nobody chose would
/// look like a decision.
pub fn starter(starter: &Starter, facilities: usize) -> String {
    let budget = u64::try_from(facilities).unwrap_or(u64::MAX).saturating_mul(EACH);
    // A basic string of TOML; what JSON escapes, TOML escapes alike.
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let Starter { id, country, as_of } = starter;
    let id = slug(id);
    format!(
        r#"# A policy to begin with, written by `adil import` because the folder had none. Nobody has decided it: it divides an
# illustrative sum equally among all facilities of the list, so that `adil check` and `adil run` work from the first day.
# Change it before anything is published; the language is described in crates/adil-policy/README.md.
#
# There is no applications.csv: this is a shadow round, in which every facility of facilities.csv is a candidate. Once
# people apply, put applications.csv beside it and name `application.amount_sought` as the ceiling.

[round]
id        = {id}
title     = {{ en = "A first look at the register: equal shares, illustrative", ru = "Первый взгляд на реестр: равные доли, для примера", kk = "Тізілімге алғашқы көзқарас: тең үлестер, мысал ретінде" }}
currency  = "{currency}"
budget    = "{budget}"        # illustrative: {EACH} for each of {facilities} facilities
unit      = "1"
country   = "{code}"
as_of     = {as_of}
seed      = {id}
reference = "illustrative; nobody has decided this"

[[pot]]
id        = "all"
title     = {{ en = "Everything, to each the same", ru = "Всё, каждому поровну", kk = "Барлығы, әрқайсысына тең" }}
share     = "100%"
rule      = "fair-share"
weight    = "1"
reference = "illustrative"

# What people usually add next:
#
# [[criterion]]
# id    = "need"
# title = {{ en = "Need of the place" }}
#   [[criterion.indicator]]
#   id      = "people"
#   title   = {{ en = "People of the territory" }}
#   value   = "territory.population"
#   weight  = 100
#   scale   = {{ kind = "log", low = 1000, high = 1000000 }}
#   missing = "hold"
#
# and then `weight = "score"` in the pot.
"#,
        id = quoted(&id),
        as_of = quoted(as_of),
        currency = country.currency(),
        code = country.code(),
    )
}

/// Small Latin letters and digits, joined by `-`: what the language allows as an identifier.
fn slug(name: &str) -> String {
    let latin = any_ascii::any_ascii(name).to_lowercase();
    let words: Vec<&str> =
        latin.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).collect();
    if words.is_empty() { "round".to_owned() } else { words.join("-") }
}
