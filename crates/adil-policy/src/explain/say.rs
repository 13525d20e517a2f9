//! Messages with their placeholders, and how titles, dates, and numbers are written.

use std::sync::LazyLock;

use adil_domain::{Catalog, Date, FluentArgs, Language, LocalizedText, Rational};

use super::Sentence;
use crate::policy::{Policy, RuleMeta};
use crate::schema::Schema;

/// The Fluent texts of this crate by language, for whoever wants to put them into a larger catalogue.
pub const CATALOGUES: [(Language, &str); 3] = [
    (Language::KK, include_str!("../../../../locales/kk/policy.ftl")),
    (Language::RU, include_str!("../../../../locales/ru/policy.ftl")),
    (Language::EN, include_str!("../../../../locales/en/policy.ftl")),
];

static CATALOG: LazyLock<Option<Catalog>> = LazyLock::new(|| Catalog::new(&CATALOGUES).ok());

/// The messages of this crate; `None` only if a text compiled in were no Fluent, which a test rules out.
pub fn catalog() -> Option<&'static Catalog> {
    CATALOG.as_ref()
}

/// The most decimals a number of the policy is written with.
const DECIMALS: u32 = 12;

/// The message `id` with texts as placeholders.
pub(super) fn message(language: Language, id: &str, args: &[(&'static str, &str)]) -> String {
    counted(language, id, None, args)
}

/// The same, with a number `n` beside them that only chooses the plural.
fn counted(language: Language, id: &str, n: Option<f64>, args: &[(&'static str, &str)]) -> String {
    let mut fluent = FluentArgs::new();
    for (name, value) in args {
        fluent.set(*name, (*value).to_owned());
    }
    if let Some(n) = n {
        fluent.set("n", n);
    }
    catalog().map_or_else(|| id.to_owned(), |catalog| catalog.message(language, id, Some(&fluent)))
}

/// What every sentence is made from.
pub(super) struct Say<'s> {
    pub(super) policy: &'s Policy,
    pub(super) schema: &'s dyn Schema,
    pub(super) language: Language,
}

impl Say<'_> {
    pub(super) fn say(&self, id: &str, args: &[(&'static str, &str)]) -> String {
        message(self.language, id, args)
    }

    /// A message whose words agree with a number.
    pub(super) fn counted(&self, id: &str, n: &Rational, args: &[(&'static str, &str)]) -> String {
        counted(self.language, id, Some(n.to_f64()), args)
    }

    pub(super) fn number(&self, value: &Rational) -> String {
        self.language.short_number(value, DECIMALS)
    }

    pub(super) fn percent(&self, share: &Rational) -> String {
        self.number(&(share * &Rational::from(100)))
    }

    /// The title without its full stop, or the identifier of a rule that has none.
    pub(super) fn title<'t>(&self, title: &'t LocalizedText, id: &'t str) -> &'t str {
        match title.text(self.language).trim_end_matches('.') {
            "" => id,
            title => title,
        }
    }

    pub(super) fn date(&self, date: Date) -> String {
        let (day, month, year) =
            (date.day().to_string(), format!("m{}", date.month()), date.year().to_string());
        self.say("date", &[("day", &day), ("month", &month), ("year", &year)])
    }

    /// When the rule holds, as a sentence; nothing when it always does.
    pub(super) fn dates(&self, meta: &RuleMeta) -> Option<String> {
        match (meta.from.map(|d| self.date(d)), meta.until.map(|d| self.date(d))) {
            (None, None) => None,
            (Some(from), None) => Some(self.say("rule-from", &[("from", &from)])),
            (None, Some(until)) => Some(self.say("rule-until", &[("until", &until)])),
            (Some(from), Some(until)) => {
                Some(self.say("rule-between", &[("from", &from), ("until", &until)]))
            }
        }
    }

    /// Whole sentences that belong together, with the rule's dates behind them.
    pub(super) fn rule(&self, sentences: Vec<String>, meta: &RuleMeta) -> Sentence {
        let text = sentences.into_iter().chain(self.dates(meta)).collect::<Vec<_>>().join(" ");
        Sentence { text, reference: meta.reference.clone(), note: None }
    }

    pub(super) fn plain(&self, id: &str, args: &[(&'static str, &str)]) -> Sentence {
        Sentence { text: self.say(id, args), reference: None, note: None }
    }

    /// Why the applicant's own word counts.
    pub(super) fn because(&self, reason: Option<&LocalizedText>) -> Option<String> {
        reason.map(|reason| self.say("note-own-word", &[("because", reason.text(self.language))]))
    }
}
