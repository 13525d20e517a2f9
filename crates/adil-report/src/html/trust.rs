//! Pictures of whom the money rests on: what would move without each source, and what related operators get together.

use std::collections::{BTreeMap, BTreeSet};

use adil_domain::{Money, Rational};
use adil_round::Status;
use adil_round::independence::{ALL_OPTIONAL, WithoutSource};

use super::chart::{Bar, Chart, finish, percent};
use crate::sentences::Teller;

/// The most groups in the picture; `clusters.csv` has them all.
const GROUPS: usize = 12;
/// Decimals of a part in percent.
const PERCENT_DECIMALS: u32 = 1;

/// Both pictures, where there is something to show.
pub(super) fn charts(teller: &Teller<'_>) -> impl Iterator<Item = Chart> {
    sources(teller).into_iter().chain(related(teller))
}

/// A bar for each source withdrawn: the part of the budget that would go elsewhere.
fn sources(teller: &Teller<'_>) -> Option<Chart> {
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
    let tolerance = words.number(&(&found.tolerance * &Rational::from(100u8)), 2);
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

/// A bar for each group of related operators that gets money.
fn related(teller: &Teller<'_>) -> Option<Chart> {
    let words = teller.words;
    let found = teller.decision.clusters.as_ref()?;
    let money = found.concentration.as_ref()?;
    let first = money.clusters.first()?;
    let percent_of = |share: &Rational| {
        let value = words.number(&(share * &Rational::from(100u8)), PERCENT_DECIMALS);
        words.message("percent").text("value", value).say()
    };
    let names: BTreeMap<&str, &str> = teller
        .decision
        .applications
        .iter()
        .map(|a| (a.operator_id.as_str(), a.operator_name.as_str()))
        .collect();
    let rows = money.clusters.iter().take(GROUPS).filter_map(|group| {
        let cluster = found.links.clusters.get(group.cluster)?;
        let (leader, others) = cluster.members.split_first()?;
        let shared: BTreeSet<&str> = cluster
            .links
            .iter()
            .filter_map(|at| found.links.links.get(*at))
            .flat_map(|link| link.shared.iter().map(|shared| shared.column.as_str()))
            .collect();
        let amounts = cluster.members.iter().filter_map(|id| found.amounts.get(id).copied());
        let amount = amounts.reduce(|a: Money, b| a.checked_add(b).unwrap_or(a))?;
        Some(Bar {
            label: words
                .message("related-group")
                .text("name", names.get(leader.as_str()).copied().unwrap_or(leader))
                .count(others.len())
                .say(),
            value: words.amount(amount),
            length: percent(group.share.to_f64(), first.share.to_f64()),
            band: None,
            arrow: "",
            more: vec![
                percent_of(&group.share),
                words.count(cluster.members.len()),
                shared.into_iter().collect::<Vec<_>>().join(", "),
            ],
        })
    });
    let together = money.clusters.iter().fold(Rational::from(0u8), |sum, group| &sum + &group.share);
    let index = |value: &Rational| words.number(value, 0);
    Some(finish(
        teller,
        Chart {
            title: words
                .message("chart-related")
                .count(money.clusters.len())
                .text("share", percent_of(&together))
                .say(),
            note: words
                .message("chart-related-note")
                .text("before", index(&money.before))
                .text("after", index(&money.after))
                .say(),
            head: words.say("column-related"),
            value_head: words.message("column-amount-in").text("currency", words.currency_name()).say(),
            more_heads: vec![
                words.say("column-part-of-money"),
                words.say("column-operators-related"),
                words.say("column-they-share"),
            ],
            rows: rows.collect(),
            svg: String::new(),
        },
    ))
}
