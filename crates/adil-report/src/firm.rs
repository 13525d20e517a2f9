//! How firm a decision is, in sentences.

use adil_domain::Rational;
use adil_round::uncertainty::{Index, Output};
use adil_round::{ApplicationDecision, Status};

use crate::sentences::Teller;
use crate::words::Words;

impl Teller<'_> {
    /// Where nine of ten variations of an application lie; nothing when the policy does not ask.
    pub(crate) fn firm(&self, application: &ApplicationDecision) -> Vec<String> {
        let words = self.words;
        let (Some(found), Some(bands)) = (&self.decision.uncertainty, self.decision.bands(&application.id))
        else {
            return Vec::new();
        };
        if application.status == Status::Ineligible {
            return vec![words.say("band-refused")];
        }
        let mut said = Vec::new();
        if let (Some((low, high)), Some(funded)) = (bands.amount, &bands.funded) {
            let kind = match of_hundred(funded) {
                0 => "none",
                100 if low == high => "same",
                100 => "all",
                _ => "some",
            };
            let id = if application.status == Status::Held { "band-held" } else { "band-award" };
            let low = if kind == "same" { words.money(low) } else { words.amount(low) };
            let message = words
                .message(id)
                .text("funded", kind)
                .text("replicas", words.number(&found.replicas.into(), 0))
                .text("share", words.count(of_hundred(funded)))
                .text("low", low)
                .money("high", high);
            said.push(message.say());
        }
        if let Some((first, last)) = bands.rank {
            let (low, high) = bands.points;
            let message = words
                .message("band-points")
                .text("ranks", if first == last { "same" } else { "range" })
                .text("low", words.number(&low.to_rational(), 2))
                .text("high", words.number(&high.to_rational(), 2))
                .text("first", words.number(&first.into(), 0))
                .text("last", words.number(&last.into(), 0));
            said.push(message.say());
            // Else a reader would take the range for a mistake.
            if application.contributions.iter().any(|c| !["", "held"].contains(&c.imputed.as_str())) {
                if application.points < low {
                    said.push(words.say("band-above"));
                } else if application.points > high {
                    said.push(words.say("band-below"));
                }
            }
        }
        said
    }

    /// The same in a cell: how likely, and how much.
    pub(crate) fn firm_short(&self, application: &ApplicationDecision) -> String {
        let words = self.words;
        let bands = self.decision.bands(&application.id);
        let Some(((low, high), funded)) = bands.and_then(|b| b.amount.zip(b.funded.as_ref())) else {
            return String::new();
        };
        let share = words.message("percent").text("value", words.count(of_hundred(funded))).say();
        format!("{share}\n{}–{}", words.amount(low), words.amount(high))
    }
}

/// How many of a hundred: neither none nor all unless it is.
fn of_hundred(part: &Rational) -> usize {
    let whole = |bound: &Rational| part == bound;
    match (part * &Rational::from(100u8)).fixed(0).to_i64() {
        _ if whole(&Rational::zero()) => 0,
        _ if whole(&Rational::one()) => 100,
        Some(n) => usize::try_from(n.clamp(1, 99)).unwrap_or(1),
        None => 1,
    }
}

/// An index in percent, and its interval behind it.
pub(crate) fn index(words: Words, index: &Index) -> String {
    let number = |value: &Rational| words.number(&(value * &Rational::from(100u8)), 0);
    words
        .message("sobol-index")
        .text("value", number(&index.value))
        .text("low", number(&index.low))
        .text("high", number(&index.high))
        .say()
}

/// What an output measures.
pub(crate) fn output(words: Words, output: Output) -> String {
    words.say(&format!("output-{}", output.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearly_all_is_not_all_and_nearly_none_not_none() {
        let of = |text: &str| of_hundred(&text.parse::<Rational>().unwrap());
        assert_eq!(["0", "0.0001", "0.945", "0.999", "1"].map(of), [0, 1, 94, 99, 100]);
    }
}
