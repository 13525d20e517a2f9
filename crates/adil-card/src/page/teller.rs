//! Puts one card into words.

use std::collections::BTreeMap;

use adil_domain::{Currency, Date, Language, LocalizedText, Rational};
use adil_model::Loss;
use adil_model::model::Lines;
use adil_report::{Message, Words};

use super::catalog;
use crate::Card;
use crate::fixed::rational;
use crate::shape::{Label, label};
use crate::trial::Name;

pub(super) struct Teller<'a> {
    pub(super) card: &'a Card<'a>,
    pub(super) words: Words,
    /// Decimals of values of the target.
    decimals: u32,
}

impl<'a> Teller<'a> {
    pub(super) fn new(card: &'a Card<'a>, language: Language) -> Self {
        let words = Words::new(language, Currency::NONE).after(catalog());
        // Enough that an error of a few percent shows, and no more.
        let size = card.trial.as_ref().map_or(card.example.prediction.mean, |t| t.all.absolute_of_mean).abs();
        let order = if size > 0.0 { libm::floor(libm::log10(size)) } else { 0.0 };
        let decimals = (0..6u32).find(|d| f64::from(*d) >= 3.0 - order).unwrap_or(6);
        Self { card, words, decimals }
    }

    pub(super) fn say(&self, id: &str) -> String {
        self.words.say(id)
    }

    pub(super) fn message<'m>(&self, id: &'m str) -> Message<'m> {
        self.words.message(id)
    }

    /// A number with so many decimals; a dash for what is none.
    pub(super) fn number(&self, value: f64, decimals: u32) -> String {
        let Some(value) = rational(value) else { return "–".to_owned() };
        let value = value.fixed(decimals);
        self.words.number(&value, decimals)
    }

    /// A value of the target.
    pub(super) fn value(&self, value: f64) -> String {
        self.number(value, self.decimals)
    }

    /// A share in percent.
    pub(super) fn percent(&self, share: f64, decimals: u32) -> String {
        self.message("percent").text("value", self.number(100.0 * share, decimals)).say()
    }

    pub(super) fn count(&self, rows: u64) -> String {
        self.words.number(&Rational::from(rows), 0)
    }

    /// Published points with all their decimals.
    pub(super) fn points(&self, points: i64) -> String {
        let decimals = self.card.model.decimals;
        self.words.number(&Rational::from_scaled(points, decimals), decimals)
    }

    /// Whether points multiply a prediction.
    pub(super) fn multiplies(&self) -> bool {
        matches!(self.card.model.loss, Loss::Poisson | Loss::Gamma)
    }

    /// What points do, as people say it: `×1.17`, or so much more.
    pub(super) fn effect(&self, points: f64) -> String {
        if self.multiplies() {
            let factor = libm::exp(points);
            let decimals = if factor >= 10.0 {
                1
            } else if factor < 0.1 {
                3
            } else {
                2
            };
            return self.message("effect-times").text("factor", self.number(factor, decimals)).say();
        }
        self.signed(points, if self.card.model.loss == Loss::Squared { self.decimals } else { 2 })
    }

    /// A number with its sign; what rounds to nothing has none.
    pub(super) fn signed(&self, value: f64, decimals: u32) -> String {
        let written = self.number(value, decimals);
        if value > 0.0 && written.chars().any(|c| ('1'..='9').contains(&c)) {
            return self.message("effect-more").text("value", written).say();
        }
        written
    }

    /// How far a value of the target moves.
    pub(super) fn signed_value(&self, value: f64) -> String {
        self.signed(value, self.decimals)
    }

    /// A title in the language of the page, else in another, else the name of the column.
    fn title_of<'t>(&self, titles: &'t BTreeMap<String, String>, name: &'t str) -> &'t str {
        let of = |language: Language| titles.get(language.code());
        let mut order =
            std::iter::once(self.words.language).chain([Language::EN, Language::RU, Language::KK]);
        order.find_map(of).or_else(|| titles.values().next()).map_or(name, String::as_str)
    }

    /// What is foretold.
    pub(super) fn target(&self) -> &str {
        self.title_of(&self.card.model.target_title, &self.card.model.target)
    }

    /// What a column is called.
    pub(super) fn term(&self, at: usize) -> &str {
        let term = &self.card.model.terms[at];
        self.title_of(&term.title, &term.feature)
    }

    /// What a column is called that may be no term.
    pub(super) fn column<'t>(&'t self, name: &'t str) -> &'t str {
        self.card.model.terms.iter().position(|t| t.feature == name).map_or(name, |at| self.term(at))
    }

    /// What the owner wrote, in the language of the page or another.
    pub(super) fn localized<'t>(&self, text: &'t LocalizedText) -> &'t str {
        text.text(self.words.language)
    }

    /// The name of the model.
    pub(super) fn name(&self) -> String {
        let stated = self.card.statement.fields.get("name").map(|text| self.localized(text));
        let name = stated.filter(|name| !name.is_empty()).map(str::to_owned);
        name.unwrap_or_else(|| self.message("card-title").text("target", self.target()).say())
    }

    /// What a line of a table stands for.
    pub(super) fn line(&self, lines: &Lines, at: usize) -> String {
        let number = |text: &str| self.words.value(text);
        match label(lines, at) {
            Label::All => self.say("line-all"),
            Label::Below(to) => self.message("line-below").text("to", number(to)).say(),
            Label::Between(from, to) => {
                self.message("line-between").text("from", number(from)).text("to", number(to)).say()
            }
            Label::From(from) => self.message("line-from").text("from", number(from)).say(),
            Label::Word(word) => word.to_owned(),
            Label::Other => match lines {
                Lines::Cuts(_) => self.say("line-unknown"),
                Lines::Words(_) => self.say("line-other"),
            },
        }
    }

    /// The same for the head of a narrow column; the table beside it has the whole.
    pub(super) fn short_line(&self, lines: &Lines, at: usize) -> String {
        let number = |text: &str| self.words.value(text);
        match label(lines, at) {
            Label::Below(to) => self.message("line-short-below").text("to", number(to)).say(),
            Label::Between(from, to) => {
                self.message("line-short-between").text("from", number(from)).text("to", number(to)).say()
            }
            Label::From(from) => self.message("line-short-from").text("from", number(from)).say(),
            _ => self.line(lines, at),
        }
    }

    /// A cell as people write it.
    pub(super) fn cell(&self, cell: Option<&String>) -> String {
        cell.map_or_else(|| self.say("line-unknown"), |cell| self.words.value(cell))
    }

    /// What a group is called.
    pub(super) fn group(&self, name: &Name) -> String {
        match name {
            Name::Value(cell) => cell.clone(),
            Name::Unknown => self.say("line-unknown"),
            Name::Smaller(groups) => self.message("group-smaller").count(*groups).say(),
            Name::Fold(number) => self.message("group-fold").text("number", number.to_string()).say(),
        }
    }

    /// A day written out, or as it stands.
    pub(super) fn day(&self, day: &str) -> String {
        day.parse::<Date>().map_or_else(|_| day.to_owned(), |day| self.words.date(day))
    }

    /// Names in a row.
    pub(super) fn names(&self, names: impl IntoIterator<Item = String>) -> String {
        let quoted = names.into_iter().map(|name| self.quoted(name));
        quoted.collect::<Vec<_>>().join(", ")
    }

    pub(super) fn quoted(&self, name: impl AsRef<str>) -> String {
        self.message("card-quoted").text("name", name).say()
    }
}
