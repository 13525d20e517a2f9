//! The sentences of this crate in Kazakh, Russian and English.

use std::sync::LazyLock;

use adil_domain::{Catalog, FluentArgs, Language};

use crate::names::Evidence;

/// The Fluent texts of this crate by language.
pub const CATALOGUES: [(Language, &str); 3] = [
    (Language::KK, include_str!("../../../locales/kk/integrity.ftl")),
    (Language::RU, include_str!("../../../locales/ru/integrity.ftl")),
    (Language::EN, include_str!("../../../locales/en/integrity.ftl")),
];

static CATALOG: LazyLock<Option<Catalog>> = LazyLock::new(|| Catalog::new(&CATALOGUES).ok());

/// A message with placeholders given as texts; its own name only if a text compiled in were no Fluent, which a test rules
/// out.
pub fn say(language: Language, id: &str, texts: &[(&str, &str)]) -> String {
    let mut args = FluentArgs::new();
    for (name, text) in texts {
        args.set(*name, (*text).to_owned());
    }
    message(language, id, &args)
}

/// The same for so many things: `n` chooses the plural, `count` is written.
pub fn say_count(language: Language, id: &str, count: u32, texts: &[(&str, &str)]) -> String {
    let mut args = FluentArgs::new();
    args.set("n", f64::from(count));
    args.set("count", count.to_string());
    for (name, text) in texts {
        args.set(*name, (*text).to_owned());
    }
    message(language, id, &args)
}

fn message(language: Language, id: &str, args: &FluentArgs<'_>) -> String {
    CATALOG.as_ref().map_or_else(|| id.to_owned(), |c| c.message(language, id, Some(args)))
}

/// A piece of evidence as a sentence.
pub fn sentence(language: Language, evidence: &Evidence) -> String {
    let id = format!("finding-{}", evidence.finding.as_str());
    say(language, &id, &[("left", &evidence.left), ("right", &evidence.right)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::{Finding, Outcome};

    #[test]
    fn every_finding_and_outcome_has_its_words_in_every_language() {
        let catalog = Catalog::new(&CATALOGUES).unwrap();
        let ids = |text: &str| -> Vec<String> {
            text.lines()
                .filter_map(|l| Some(l.split_once(" = ")?.0.to_owned()))
                .filter(|i| !i.starts_with(' '))
                .collect()
        };
        let english = ids(CATALOGUES[2].1);
        for (language, text) in CATALOGUES {
            assert_eq!(ids(text), english, "{language}");
        }
        for finding in Finding::ALL {
            assert!(catalog.has(&format!("finding-{}", finding.as_str())), "{finding:?}");
        }
        for outcome in [Outcome::Same, Outcome::Unsure, Outcome::Different] {
            assert!(catalog.has(&format!("outcome-{}", outcome.as_str())));
        }
    }

    #[test]
    fn a_count_chooses_its_plural() {
        let said = |n| say_count(Language::RU, "links-cluster", n, &[("members", "А, Б")]);
        assert_eq!(said(2), "Связаны 2 поставщика: А, Б");
        assert_eq!(said(5), "Связаны 5 поставщиков: А, Б");
    }
}
