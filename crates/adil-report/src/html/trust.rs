//! The picture of what rests on each source.

use adil_round::Status;
use adil_round::independence::{ALL_OPTIONAL, WithoutSource};

use super::chart::{Bar, Chart, finish, percent};
use crate::sentences::Teller;

/// A bar for each source withdrawn: the part of the budget that would go elsewhere.
pub(super) fn chart(teller: &Teller<'_>) -> Option<Chart> {
    let words = teller.words;
    let found = teller.decision.independence.as_ref()?;
    // What is said on top is the strongest that can be said: of all together, or of the only one.
    let title = teller.verdict(found.rows.last()?);
    let part = |row: &WithoutSource| row.moved.as_ref().map_or(1.0, |moved| moved.share.to_f64());
    let most = found.rows.iter().map(part).fold(0.0, f64::max);
    let bar = |row: &WithoutSource| {
        let moved = row.moved.as_ref();
        let dash = || "–".to_owned();
        let held = Status::ALL.iter().position(|s| *s == Status::Held);
        Bar {
            label: teller.withdrawn_name(row),
            value: teller.share_moved(row),
            length: percent(part(row), most),
            band: None,
            arrow: "",
            more: vec![
                moved.map_or_else(dash, |m| words.amount(m.money)),
                moved.map_or_else(dash, |m| words.count(m.status_changes)),
                moved.zip(held).map_or_else(dash, |(m, at)| words.count(m.counts[at])),
                teller.correlation(row),
                if row.source == ALL_OPTIONAL { String::new() } else { teller.verdict(row) },
            ],
        }
    };
    let tolerance = words.number(&(&found.tolerance * &adil_domain::Rational::from(100u8)), 2);
    Some(finish(
        teller,
        Chart {
            title,
            note: words.message("chart-independence-note").text("tolerance", tolerance).say(),
            head: words.say("column-without"),
            value_head: words.say("column-share-moved"),
            more_heads: vec![
                words.message("column-money-moved").text("currency", words.currency_name()).say(),
                words.say("column-status-changes"),
                words.say("column-held-then"),
                words.say("column-order-kept"),
                words.say("column-stands"),
            ],
            rows: found.rows.iter().map(bar).collect(),
            svg: String::new(),
        },
    ))
}
