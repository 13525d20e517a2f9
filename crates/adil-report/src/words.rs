//! Messages with their placeholders, and how money, points, prices, dates and counts are written in a language.

use std::borrow::Cow;
use std::sync::LazyLock;

use adil_domain::{
    Catalog, Currency, Date, FluentArgs, Language, LocalizedText, Money, Outcome, Points, Rational,
};
use adil_round::Status;

/// The Fluent texts of this crate by language.
pub const CATALOGUES: [(Language, &str); 3] = [
    (
        Language::KK,
        concat!(
            include_str!("../../../locales/kk/report.ftl"),
            include_str!("../../../locales/kk/frontier.ftl"),
            include_str!("../../../locales/kk/publish.ftl")
        ),
    ),
    (
        Language::RU,
        concat!(
            include_str!("../../../locales/ru/report.ftl"),
            include_str!("../../../locales/ru/frontier.ftl"),
            include_str!("../../../locales/ru/publish.ftl")
        ),
    ),
    (
        Language::EN,
        concat!(
            include_str!("../../../locales/en/report.ftl"),
            include_str!("../../../locales/en/frontier.ftl"),
            include_str!("../../../locales/en/publish.ftl")
        ),
    ),
];

static CATALOG: LazyLock<Option<Catalog>> = LazyLock::new(|| Catalog::new(&CATALOGUES).ok());

/// The messages of this crate; `None` only if a text compiled in were no Fluent, which a test rules out.
pub fn catalog() -> Option<&'static Catalog> {
    CATALOG.as_ref()
}

/// Marks inside a message, from the private use area: what is between them is strong, or a link. Data can't forge
/// them, since they are taken out of every placeholder that comes from outside.
const STRONG: char = '\u{E000}';
const STRONG_END: char = '\u{E001}';
const LINK: char = '\u{E002}';
const LINK_TEXT: char = '\u{E003}';
const LINK_END: char = '\u{E004}';
const MARKS: [char; 5] = [STRONG, STRONG_END, LINK, LINK_TEXT, LINK_END];

/// How a language writes what a decision holds.
#[derive(Debug, Clone, Copy)]
pub struct Words {
    /// The language.
    pub language: Language,
    /// The currency of amounts.
    pub currency: Currency,
    /// Whether nobody applied, so that a message has another wording where there is one.
    shadow: bool,
    /// Messages that come before those of this crate.
    own: Option<&'static Catalog>,
}

/// A message on its way: placeholders are added, then it is said.
#[must_use = "a message is nothing until it is said"]
pub struct Message<'m> {
    words: Words,
    id: Cow<'m, str>,
    args: FluentArgs<'m>,
}

impl Words {
    /// The words of this crate.
    pub fn new(language: Language, currency: Currency) -> Self {
        Self { language, currency, shadow: false, own: None }
    }

    /// The same, after the messages of another catalogue.
    #[must_use]
    pub fn after(self, own: Option<&'static Catalog>) -> Self {
        Self { own, ..self }
    }

    /// The words of a round that nobody applied to.
    #[must_use]
    pub fn of_shadow(self, shadow: bool) -> Self {
        Self { shadow, ..self }
    }

    /// Whether somebody asked for an amount.
    pub fn asks(self) -> bool {
        !self.shadow
    }

    /// The message that is said for `id`.
    fn wording(self, id: &str) -> Cow<'_, str> {
        let own = self.shadow.then(|| format!("shadow-{id}"));
        own.filter(|own| self.has(own)).map_or(Cow::Borrowed(id), Cow::Owned)
    }

    /// The catalogue that has the message.
    fn catalog_of(self, id: &str) -> Option<&'static Catalog> {
        self.own.filter(|own| own.has(id)).or_else(catalog)
    }

    /// Whether there is such a message.
    fn has(self, id: &str) -> bool {
        self.catalog_of(id).is_some_and(|c| c.has(id))
    }

    /// A message without placeholders.
    pub fn say(self, id: &str) -> String {
        let id = self.wording(id);
        self.catalog_of(&id).map_or_else(|| id.to_string(), |c| c.message(self.language, &id, None))
    }

    /// A message with placeholders.
    pub fn message(self, id: &str) -> Message<'_> {
        Message { words: self, id: self.wording(id), args: FluentArgs::new() }
    }

    /// A message that may not exist, such as the name of a level: `other` stands in.
    fn say_or(self, id: &str, other: &str) -> String {
        if self.has(id) { self.say(id) } else { other.to_owned() }
    }

    /// A number with exactly so many decimals.
    pub fn number(self, value: &Rational, decimals: u32) -> String {
        self.language.number(value, decimals)
    }

    /// A number with at most six decimals.
    pub fn short(self, value: &Rational) -> String {
        self.language.short_number(value, 6)
    }

    /// A count.
    pub fn count(self, n: usize) -> String {
        self.language.number(&Rational::from(n), 0)
    }

    /// An amount without its currency: whole where it is whole, else with all decimals.
    pub fn amount(self, money: Money) -> String {
        let value = money.to_rational();
        let decimals = if value.to_i64().is_some() { 0 } else { self.currency.decimals() };
        self.language.number(&value, decimals)
    }

    /// An amount with its currency in words.
    pub fn money(self, money: Money) -> String {
        self.in_currency(&self.amount(money))
    }

    /// Major units that are not yet rounded to a payable step, with the currency.
    pub fn major(self, value: &Rational) -> String {
        let decimals = if value.to_i64().is_some() { 0 } else { self.currency.decimals() };
        self.in_currency(&self.language.number(value, decimals))
    }

    /// A written amount with its currency in words.
    pub fn in_currency(self, amount: &str) -> String {
        let code = self.currency.code();
        let known = format!("money-{code}");
        let id = if self.has(&known) { &known } else { "money" };
        self.message(id).text("amount", amount).text("code", code).say()
    }

    /// The currency as the head of a column.
    pub fn currency_name(self) -> String {
        self.say_or(&format!("currency-{}", self.currency.code()), self.currency.code())
    }

    /// A price per unit of weight: enough digits that weight × price gives the amount again.
    pub(crate) fn price(self, price: &Rational) -> String {
        self.language.short_number(price, price_decimals(price))
    }

    /// A price with its currency.
    pub(crate) fn price_money(self, price: &Rational) -> String {
        self.in_currency(&self.price(price))
    }

    pub(crate) fn points(self, points: Points) -> String {
        self.short(&points.to_rational())
    }

    /// A published value: a number as the language writes it, a word as it is.
    pub fn value(self, value: &str) -> String {
        match value.parse::<Rational>() {
            Ok(number) => self.short(&number),
            Err(_) => value.replace(MARKS, ""),
        }
    }

    /// A day, written out.
    pub fn date(self, date: Date) -> String {
        self.message("date")
            .text("day", date.day().to_string())
            .number("month", f64::from(date.month()))
            .text("year", date.year().to_string())
            .say()
    }

    /// The name of a level as people say it, or its word in the table.
    pub fn level(self, level: &str) -> String {
        self.say_or(&format!("level-{level}"), level)
    }

    pub(crate) fn status(self, status: Status) -> String {
        self.say(&format!("status-{}", status.as_str()))
    }

    pub(crate) fn outcome(self, outcome: Outcome) -> String {
        self.say(&format!("outcome-{}", outcome.as_str()))
    }

    /// The title, or the identifier of a rule that has none.
    pub fn title<'t>(self, title: &'t LocalizedText, id: &'t str) -> &'t str {
        match title.text(self.language) {
            "" => id,
            text => text,
        }
    }
}

/// Nine significant digits, and never more decimals than a published price has.
fn price_decimals(price: &Rational) -> u32 {
    let mut scaled = price.abs().to_f64();
    let mut decimals = 0;
    while scaled < 1e8 && decimals < adil_round::explain::PRICE_DECIMALS {
        scaled *= 10.0;
        decimals += 1;
    }
    decimals
}

/// The mark of a three-valued outcome, always beside its word.
pub(crate) const fn mark(outcome: Outcome) -> char {
    match outcome {
        Outcome::Pass => '✓',
        Outcome::Fail => '✕',
        Outcome::Unknown => '?',
    }
}

/// The mark of a status, always beside its word.
pub(crate) const fn status_mark(status: Status) -> char {
    match status {
        Status::Funded => '✓',
        Status::NotFunded => '–',
        Status::Held => '?',
        Status::Ineligible => '✕',
    }
}

impl<'m> Message<'m> {
    /// A text from outside or already written.
    pub fn text(mut self, key: &'m str, text: impl AsRef<str>) -> Self {
        self.args.set(key, text.as_ref().replace(MARKS, ""));
        self
    }

    /// A text that may hold marks of our own.
    pub(crate) fn marked(mut self, key: &'m str, text: impl Into<String>) -> Self {
        self.args.set(key, text.into());
        self
    }

    /// A text that stands out.
    pub fn strong(self, key: &'m str, text: impl AsRef<str>) -> Self {
        let text = text.as_ref().replace(MARKS, "");
        self.marked(key, format!("{STRONG}{text}{STRONG_END}"))
    }

    /// A text that leads elsewhere on the page; elsewhere than on a page it is plain.
    pub(crate) fn link(self, key: &'m str, text: impl AsRef<str>, href: &str) -> Self {
        let text = text.as_ref().replace(MARKS, "");
        self.marked(key, format!("{LINK}{href}{LINK_TEXT}{text}{LINK_END}"))
    }

    /// A number that chooses the plural.
    pub fn number(mut self, key: &'m str, number: f64) -> Self {
        self.args.set(key, number);
        self
    }

    /// How many: `n` chooses the plural, `count` is written.
    pub fn count(self, n: usize) -> Self {
        let written = self.words.count(n);
        #[expect(clippy::cast_precision_loss, reason = "a plural needs no more than 2^52 applications")]
        self.number("n", n as f64).text("count", written)
    }

    /// A second count of the same message.
    pub fn count_as(self, n: &'m str, written: &'m str, count: usize) -> Self {
        let text = self.words.count(count);
        #[expect(clippy::cast_precision_loss, reason = "a plural needs no more than 2^52 rows")]
        self.number(n, count as f64).text(written, text)
    }

    /// A day.
    pub fn date(self, key: &'m str, date: Date) -> Self {
        let written = self.words.date(date);
        self.text(key, written)
    }

    /// An amount with its currency.
    pub fn money(self, key: &'m str, money: Money) -> Self {
        let written = self.words.money(money);
        self.text(key, written)
    }

    /// The message with its marks.
    pub fn say(self) -> String {
        self.words.catalog_of(&self.id).map_or_else(
            || self.id.to_string(),
            |c| c.message(self.words.language, &self.id, Some(&self.args)),
        )
    }
}

/// A message for a terminal: marks are left out.
pub fn plain(marked: &str) -> String {
    let mut out = String::with_capacity(marked.len());
    let mut in_link = false;
    for c in marked.chars() {
        match c {
            LINK => in_link = true,
            LINK_TEXT => in_link = false,
            STRONG | STRONG_END | LINK_END => {}
            c if !in_link => out.push(c),
            _ => {}
        }
    }
    out
}

/// A message for a page: escaped, marks as elements.
pub fn html(marked: &str) -> String {
    let mut out = String::with_capacity(marked.len() + marked.len() / 8);
    for c in marked.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&#34;"),
            STRONG => out.push_str("<b>"),
            STRONG_END => out.push_str("</b>"),
            LINK => out.push_str("<a href=\""),
            LINK_TEXT => out.push_str("\">"),
            LINK_END => out.push_str("</a>"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(language: Language) -> Words {
        Words::new(language, "KZT".parse().unwrap())
    }

    #[test]
    fn a_catalogue_compiles_in_every_language() {
        Catalog::new(&CATALOGUES).unwrap();
    }

    #[test]
    fn money_has_its_currency_in_words() {
        let money = Money::parse("47000000000", "KZT".parse().unwrap()).unwrap();
        assert_eq!(words(Language::EN).money(money), "47,000,000,000\u{a0}tenge");
        assert_eq!(words(Language::KK).money(money), "47\u{a0}000\u{a0}000\u{a0}000\u{a0}теңге");
        let other = Words::new(Language::RU, "USD".parse().unwrap());
        assert_eq!(other.money(Money::parse("12.50", other.currency).unwrap()), "12,50\u{a0}USD");
    }

    #[test]
    fn dates_are_written_out() {
        let date = "2026-05-14".parse().unwrap();
        assert_eq!(words(Language::EN).date(date), "14 May 2026");
        assert_eq!(words(Language::RU).date(date), "14 мая 2026 года");
        assert_eq!(words(Language::KK).date(date), "2026 жылғы 14 мамыр");
    }

    #[test]
    fn a_price_keeps_the_digits_that_an_amount_needs() {
        let price = Rational::ratio(1, 81).unwrap();
        assert_eq!(words(Language::EN).price(&price), "0.012345679");
        assert_eq!(words(Language::EN).price(&"1520.4".parse().unwrap()), "1,520.4");
    }

    #[test]
    fn marks_of_data_are_taken_out() {
        let said = words(Language::EN)
            .message("money")
            .text("amount", "\u{E000}5\u{E001}<")
            .text("code", "XXX")
            .say();
        assert_eq!(html(&said), "5&lt;\u{a0}XXX");
    }
}
