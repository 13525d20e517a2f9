//! `index.html`: the card for somebody who knows no statistics. Each section opens with a plain sentence; a picture or a
//! table proves it.

mod about;
mod beside;
mod drift;
mod errors;
mod picture;
mod record;
mod shapes;
mod teller;
mod ticks;

use std::sync::LazyLock;

use adil_domain::{Catalog, Language};
use adil_report::html::sections::{self, Part, Section, Table};
use adil_report::{ReportError, plain};

use crate::Card;
use teller::Teller;

/// The Fluent texts of the card by language.
pub const CATALOGUES: [(Language, &str); 3] = [
    (Language::KK, include_str!("../../../../locales/kk/card.ftl")),
    (Language::RU, include_str!("../../../../locales/ru/card.ftl")),
    (Language::EN, include_str!("../../../../locales/en/card.ftl")),
];

static CATALOG: LazyLock<Option<Catalog>> = LazyLock::new(|| Catalog::new(&CATALOGUES).ok());

/// The messages of the card; `None` only if a text compiled in were no Fluent, which a test rules out.
pub fn catalog() -> Option<&'static Catalog> {
    CATALOG.as_ref()
}

const STYLE: &str = include_str!("../../templates/card.css");

/// The page, and its first sentences for a terminal.
#[derive(Debug, Clone)]
pub struct Page {
    /// `index.html`.
    pub text: String,
    /// The sentence of each section, without marks.
    pub summary: Vec<String>,
}

/// The whole card as one self-contained page.
///
/// # Errors
/// Only when the template can't be put together.
pub fn page(card: &Card<'_>, language: Language) -> Result<Page, ReportError> {
    let teller = Teller::new(card, language);
    let sections = [
        vec![
            about::what(&teller),
            about::by_hand(&teller),
            errors::wrong(&teller),
            errors::calibration(&teller),
            shapes::section(&teller),
            drift::section(&teller),
        ],
        beside::section(&teller).into_iter().collect(),
        vec![about::limits(&teller), record::section(&teller)],
    ];
    let sections: Vec<Section> = sections.into_iter().flatten().collect();
    let title = teller.name();
    let lead = teller.message("card-lead").text("target", teller.target()).say();
    let simulated = card.model.training.simulated;
    let mut summary = vec![title.clone()];
    summary.extend(simulated.then(|| teller.say("simulated")));
    summary.extend(sections.iter().map(|s| format!("  {} {}", s.heading, plain(&s.lead))));
    let page = sections::Page {
        words: teller.words,
        kicker: teller.say("card-kicker"),
        title,
        simulated: simulated.then(|| teller.say("card-simulated-note")),
        lead,
        about: String::new(),
        short: teller.say("card-short"),
        sections,
        caveat: String::new(),
        footer: teller.message("card-footer").text("engine", env!("CARGO_PKG_VERSION")).say(),
        digest: (teller.say("card-digest"), card.digest.to_owned()),
        style: STYLE,
    };
    Ok(Page { text: page.render()?, summary })
}
