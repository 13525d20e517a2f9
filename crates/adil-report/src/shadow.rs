//! A real division beside that by the rules, told once for the terminal and for the page.

use adil_domain::{Language, Money, Rational};
use adil_round::Decision;
use adil_round::shadow::{Recipient, Shadow};

use crate::sentences::Teller;

/// The most places in a list.
const PLACES: usize = 40;
/// Decimals of a percentage of the money.
const PERCENT_DECIMALS: u32 = 1;

/// Both divisions in words.
pub(crate) struct Story<'d> {
    pub(crate) teller: Teller<'d>,
    pub(crate) found: &'d Shadow,
}

/// One place in both divisions.
pub(crate) struct PlaceSums<'d> {
    pub(crate) name: &'d str,
    pub(crate) actual: Money,
    pub(crate) ruled: Money,
}

impl<'d> Story<'d> {
    pub(crate) fn new(found: &'d Shadow, decision: &'d Decision, language: Language) -> Self {
        Self { teller: Teller::new(decision, language), found }
    }

    pub(crate) fn percent(&self, share: &Rational) -> String {
        let words = self.teller.words;
        let value = words.number(&(share * &Rational::from(100u8)), PERCENT_DECIMALS);
        words.message("percent").text("value", value).say()
    }

    /// How much would go elsewhere: the first sentence.
    pub(crate) fn lead(&self) -> String {
        self.teller
            .words
            .message("division-lead")
            .text("share", self.percent(&self.found.share))
            .money("moved", self.found.moved)
            .money("spent", self.found.spent)
            .say()
    }

    /// How many were paid which way.
    pub(crate) fn counts(&self) -> Vec<String> {
        let (words, counts) = (self.teller.words, self.found.counts());
        let mut said = vec![
            words
                .message("division-counts")
                .text("both", words.count(counts.both))
                .text("only-actual", words.count(counts.only_actual))
                .text("only-rules", words.count(counts.only_rules))
                .say(),
        ];
        if counts.unknown > 0 {
            said.push(
                words
                    .message("division-unknown")
                    .text("number", words.count(counts.unknown))
                    .money("amount", self.found.to_unknown())
                    .say(),
            );
        }
        if self.found.not_awarded.minor() > 0 {
            said.push(words.message("division-not-awarded").money("amount", self.found.not_awarded).say());
        }
        said
    }

    /// The places of the finest level that a list can hold, by what the rules change, the largest first.
    pub(crate) fn places(&self) -> Vec<PlaceSums<'d>> {
        let decision = self.teller.decision;
        let mut levels: Vec<&str> = Vec::new();
        for place in &decision.territories {
            if !levels.contains(&place.level.as_str()) {
                levels.push(&place.level);
            }
        }
        let of = |level: &str| -> Vec<usize> {
            (0..decision.territories.len()).filter(|at| decision.territories[*at].level == level).collect()
        };
        let chosen =
            levels.iter().rev().map(|level| of(level)).find(|places| (2..=PLACES).contains(&places.len()));
        let mut places: Vec<PlaceSums<'d>> = chosen
            .unwrap_or_default()
            .into_iter()
            .filter_map(|at| {
                let (actual, ruled) = *self.found.places.get(at)?;
                Some(PlaceSums { name: self.teller.place(at), actual, ruled })
            })
            .collect();
        let difference = |p: &PlaceSums<'_>| p.ruled.minor().abs_diff(p.actual.minor());
        places.sort_by(|a, b| (difference(b), a.name).cmp(&(difference(a), b.name)));
        places
    }

    /// A sentence about the place that differs most.
    pub(crate) fn place_sentence(&self, place: &PlaceSums<'_>) -> String {
        self.teller
            .words
            .message("division-place")
            .text("place", place.name)
            .money("actual", place.actual)
            .money("ruled", place.ruled)
            .say()
    }

    /// Why the rules give what they give.
    pub(crate) fn why(&self, recipient: &Recipient) -> String {
        if !recipient.is_candidate() {
            return self.teller.words.say("division-no-candidate");
        }
        let reasons: Vec<String> = recipient.reasons.iter().map(|r| self.teller.reason(r)).collect();
        reasons.join("; ")
    }

    /// A signed amount.
    pub(crate) fn signed(&self, minor: i64) -> String {
        let words = self.teller.words;
        let amount = words.amount(Money::from_minor(minor.saturating_abs(), words.currency));
        match minor {
            0 => amount,
            minor if minor > 0 => format!("+{amount}"),
            _ => format!("−{amount}"),
        }
    }
}

/// The name of a recipient, or its identifier.
pub(crate) fn who(recipient: &Recipient) -> &str {
    if recipient.name.is_empty() { &recipient.id } else { &recipient.name }
}
