//! A page of sections: each opens with a plain sentence, pictures and tables prove it, a caveat says what it can't show.

use askama::Template;

use super::style;
use crate::error::ReportError;
use crate::words::{Words, html};

/// One section. Sentences are messages; names in them become markup when the page is made, and only then.
#[derive(Debug, Default)]
pub struct Section {
    /// The anchor.
    pub id: &'static str,
    /// The heading.
    pub heading: String,
    /// What was found, in one sentence.
    pub lead: String,
    /// What proves it.
    pub parts: Vec<Part>,
    /// What it can't show; empty where that is said elsewhere.
    pub caveat: String,
}

/// A picture or table with the sentence that it proves.
#[derive(Debug, Default)]
pub struct Part {
    /// The sentence.
    pub title: String,
    /// Further sentences, a paragraph each.
    pub text: Vec<String>,
    /// The picture as markup: whoever draws it escapes its words.
    pub svg: String,
    /// How the picture is to be read.
    pub note: String,
    /// Sentences as a list.
    pub list: Vec<String>,
    /// Tables; the twin of a picture is folded.
    pub tables: Vec<Table>,
}

/// A table; cells are plain text.
#[derive(Debug, Default)]
pub struct Table {
    /// What it shows.
    pub caption: String,
    /// Headings of the columns.
    pub head: Vec<String>,
    /// Cells by row; the first of a row names it.
    pub rows: Vec<Vec<String>>,
    /// Columns of words, which stand at the left.
    pub words: Vec<usize>,
    /// Whether it opens on demand.
    pub folded: bool,
}

impl Table {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "a template passes its numbers so")]
    fn is_words(&self, column: &usize) -> bool {
        self.words.contains(column)
    }
}

/// A whole page.
pub struct Page<'p> {
    /// Its language and currency, and the messages that the frame takes its words from.
    pub words: Words,
    /// What kind of page it is.
    pub kicker: String,
    /// What it is about.
    pub title: String,
    /// Why its data is made up; `None` where it is not.
    pub simulated: Option<String>,
    /// The first sentence.
    pub lead: String,
    /// A second one, such as the day; may be empty.
    pub about: String,
    /// The heading of the list of sections.
    pub short: String,
    /// The sections.
    pub sections: Vec<Section>,
    /// The word before a caveat.
    pub caveat: String,
    /// Who made it.
    pub footer: String,
    /// What the digest is of, and the digest.
    pub digest: (String, String),
    /// Rules of style beside those of every page.
    pub style: &'p str,
}

const STYLE: &str = include_str!("../../templates/sections.css");

#[derive(Template)]
#[template(path = "sections.html")]
struct Layout {
    words: Words,
    lang: String,
    engine: &'static str,
    css: String,
    kicker: String,
    title: String,
    simulated: Option<String>,
    lead: String,
    about: String,
    short: String,
    sections: Vec<Section>,
    caveat: String,
    footer: String,
    digest: (String, String),
}

impl Section {
    /// The same with its sentences as markup.
    fn escaped(self) -> Self {
        let all = |texts: Vec<String>| texts.iter().map(|t| html(t)).collect();
        let part = |p: Part| Part {
            title: html(&p.title),
            text: all(p.text),
            note: html(&p.note),
            list: all(p.list),
            ..p
        };
        Self { lead: html(&self.lead), parts: self.parts.into_iter().map(part).collect(), ..self }
    }
}

impl Page<'_> {
    /// One self-contained file.
    ///
    /// # Errors
    /// Only when the template can't be put together.
    pub fn render(self) -> Result<String, ReportError> {
        let layout = Layout {
            words: self.words,
            lang: self.words.language.code().to_owned(),
            engine: env!("CARGO_PKG_VERSION"),
            css: style() + &STYLE.lines().chain(self.style.lines()).collect::<String>(),
            kicker: self.kicker,
            title: self.title,
            simulated: self.simulated,
            lead: html(&self.lead),
            about: self.about,
            short: self.short,
            sections: self.sections.into_iter().map(Section::escaped).collect(),
            caveat: self.caveat,
            footer: self.footer,
            digest: self.digest,
        };
        Ok(layout.render()?)
    }
}
