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
use adil_report::{Words, escaped, html, plain};
use askama::Template;

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

/// Why the page could not be made: never because of data.
#[derive(Debug, thiserror::Error)]
#[error("the page can't be put together: {0}")]
pub struct PageError(#[from] askama::Error);

/// The page, and its first sentences for a terminal.
#[derive(Debug, Clone)]
pub struct Page {
    /// `index.html`.
    pub text: String,
    /// The sentence of each section, without marks.
    pub summary: Vec<String>,
}

/// One section. Texts are messages; they become markup in [`Section::escaped`].
struct Section {
    id: &'static str,
    heading: String,
    lead: String,
    parts: Vec<Part>,
}

/// A picture or table with the sentence that it proves.
#[derive(Default)]
struct Part {
    title: String,
    text: Vec<String>,
    /// Markup, made by `picture`.
    svg: String,
    note: String,
    list: Vec<String>,
    tables: Vec<Table>,
}

/// A table as the page shows it; cells are plain text.
#[derive(Default)]
struct Table {
    caption: String,
    head: Vec<String>,
    rows: Vec<Vec<String>>,
    /// Columns of words, which stand at the left.
    words: Vec<usize>,
    folded: bool,
}

impl Table {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "a template passes its numbers so")]
    fn is_words(&self, column: &usize) -> bool {
        self.words.contains(column)
    }
}

impl Section {
    /// The same with its sentences as markup: the only place where names become a page.
    fn escaped(self) -> Self {
        let all = |texts: Vec<String>| texts.iter().map(|t| escaped(t)).collect();
        let part = |p: Part| Part {
            title: escaped(&p.title),
            text: all(p.text),
            note: escaped(&p.note),
            list: all(p.list),
            ..p
        };
        Self { lead: escaped(&self.lead), parts: self.parts.into_iter().map(part).collect(), ..self }
    }
}

#[derive(Template)]
#[template(path = "card.html")]
struct Layout {
    w: Words,
    lang: String,
    engine: &'static str,
    title: String,
    css: String,
    simulated: bool,
    lead: String,
    sections: Vec<Section>,
    footer: String,
    digest: String,
}

/// The whole card as one self-contained page.
///
/// # Errors
/// Only when the template can't be put together.
pub fn page(card: &Card<'_>, language: Language) -> Result<Page, PageError> {
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
    let layout = Layout {
        w: teller.words,
        lang: language.code().to_owned(),
        engine: env!("CARGO_PKG_VERSION"),
        title,
        css: html::style() + &STYLE.lines().collect::<String>(),
        simulated,
        lead: escaped(&lead),
        sections: sections.into_iter().map(Section::escaped).collect(),
        footer: teller.message("card-footer").text("engine", env!("CARGO_PKG_VERSION")).say(),
        digest: card.digest.to_owned(),
    };
    Ok(Page { text: layout.render()?, summary })
}
