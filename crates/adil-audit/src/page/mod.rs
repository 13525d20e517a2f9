//! `index.html`: what was found, for somebody who knows no statistics. Each side opens with a plain sentence; a picture
//! or table proves it; a caveat says what it can't show.

mod composite;
mod fairness;
mod rest;

mod picture;

use std::sync::LazyLock;

use adil_domain::{Catalog, Language, Rational};
use adil_report::html::sections::{self, Part, Section, Table};
use adil_report::{Message, ReportError, Words, plain};

use crate::groups::{Dimension, Group, Kind, Label};
use crate::{Audit, Fixed, Interval};

/// The Fluent texts of the audit by language.
pub const CATALOGUES: [(Language, &str); 3] = [
    (Language::KK, include_str!("../../../../locales/kk/audit.ftl")),
    (Language::RU, include_str!("../../../../locales/ru/audit.ftl")),
    (Language::EN, include_str!("../../../../locales/en/audit.ftl")),
];

static CATALOG: LazyLock<Option<Catalog>> = LazyLock::new(|| Catalog::new(&CATALOGUES).ok());

/// The messages of the audit; `None` only if a text compiled in were no Fluent, which a test rules out.
pub fn catalog() -> Option<&'static Catalog> {
    CATALOG.as_ref()
}

const STYLE: &str = include_str!("../../templates/audit.css");

/// The page, and its first sentences for a terminal.
#[derive(Debug, Clone)]
pub struct Page {
    /// `index.html`.
    pub text: String,
    /// The sentence of each side, without marks.
    pub summary: Vec<String>,
}

/// The whole audit as one self-contained page.
///
/// # Errors
/// Only when the template can't be put together.
pub fn page(audit: &Audit, language: Language) -> Result<Page, ReportError> {
    let teller = Teller::new(audit, language);
    let decision = &audit.decision;
    let sections = vec![
        composite::section(&teller),
        fairness::section(&teller),
        rest::missing(&teller),
        rest::gaming(&teller),
        rest::equality(&teller),
        rest::backtest(&teller),
    ];
    let title = teller.words.title(&decision.policy.round.title, &decision.policy.round.id).to_owned();
    let lead = teller
        .message("audit-lead")
        .strong("awarded", teller.words.money(decision.totals.awarded))
        .count(decision.applications.len())
        .say();
    let mut summary = vec![title.clone()];
    summary.extend(decision.simulated.then(|| teller.words.say("simulated")));
    summary.extend(sections.iter().map(|s| format!("  {} {}", s.heading, plain(&s.lead))));
    let page = sections::Page {
        words: teller.words,
        kicker: teller.say("audit-kicker"),
        title,
        simulated: decision.simulated.then(|| teller.say("simulated-note")),
        lead,
        about: teller.message("audit-about").date("date", decision.policy.round.as_of).say(),
        short: teller.say("audit-short"),
        sections,
        caveat: teller.say("audit-caveat"),
        footer: teller
            .message("footer")
            .text("engine", env!("CARGO_PKG_VERSION"))
            .text("round", &decision.policy.round.id)
            .say(),
        digest: (teller.say("footer-policy"), decision.policy_digest.clone()),
        style: STYLE,
    };
    Ok(Page { text: page.render()?, summary })
}

/// Puts one audit into words.
struct Teller<'a> {
    audit: &'a Audit,
    words: Words,
}

impl<'a> Teller<'a> {
    fn new(audit: &'a Audit, language: Language) -> Self {
        let decision = &audit.decision;
        let words = Words::new(language, decision.currency()).after(catalog()).of_shadow(decision.shadow);
        Self { audit, words }
    }

    fn say(&self, id: &str) -> String {
        self.words.say(id)
    }

    fn message<'m>(&self, id: &'m str) -> Message<'m> {
        self.words.message(id)
    }

    /// A share in percent.
    fn percent(&self, share: Fixed, decimals: u32) -> String {
        let hundred = &share.to_rational() * &Rational::from(100u8);
        self.message("percent").text("value", self.words.number(&hundred, decimals)).say()
    }

    /// A ratio or correlation with two decimals.
    fn two(&self, value: Fixed) -> String {
        self.words.number(&value.to_rational(), 2)
    }

    /// Points with one decimal.
    fn points(&self, points: adil_domain::Points) -> String {
        self.words.number(&points.to_rational(), 1)
    }

    /// A ratio with its interval.
    fn ratio(&self, ratio: Option<Fixed>, interval: Option<Interval>) -> String {
        match (ratio, interval) {
            (None, _) => String::new(),
            (Some(ratio), None) => self.two(ratio),
            (Some(ratio), Some(i)) => self
                .message("with-interval")
                .text("value", self.two(ratio))
                .text("low", self.two(i.low))
                .text("high", self.two(i.high))
                .say(),
        }
    }

    /// The title of the indicator at that position.
    fn indicator(&self, at: usize) -> String {
        let mut all = self.audit.decision.policy.criteria.iter().flat_map(|c| &c.indicators);
        let title = all.nth(at).map(|i| self.words.title(&i.meta.title, &i.id).trim_end_matches('.'));
        title.unwrap_or_default().to_owned()
    }

    /// What a group is called.
    fn group(&self, group: &Group) -> String {
        match &group.label {
            Label::Text(text) => self.words.value(text),
            Label::LegalForm(code) => {
                let country = adil_domain::country::pack(&self.audit.decision.policy.round.country);
                let form = country.and_then(|c| c.legal_forms().get(code));
                form.and_then(|f| f.long(self.words.language))
                    .map_or(code.as_str(), |(long, _)| long)
                    .to_owned()
            }
            Label::Message(id) => self.say(id),
            Label::Place(at) => {
                let place = self.audit.decision.territories.get(*at);
                let name = place.map(|t| self.words.title(&t.name, &t.code));
                name.unwrap_or(&group.key).to_owned()
            }
        }
    }

    /// What a comparison is about.
    fn dimension(&self, dimension: &Dimension) -> String {
        match dimension.kind {
            Kind::Place => {
                self.message("kind-place").text("level", self.words.level(&dimension.column.1)).say()
            }
            kind => self.say(&format!("kind-{}", kind.as_str())),
        }
    }

    /// Names in a row, each in quotation marks.
    fn names(&self, names: impl IntoIterator<Item = String>) -> String {
        let quoted = names.into_iter().map(|name| self.message("quoted").text("name", name).say());
        quoted.collect::<Vec<_>>().join(", ")
    }
}
