//! The same rows foretold by a model that learned from other rows.

use super::teller::Teller;
use super::{Part, Section, Table};
use crate::beside::{Beside, Moves};

/// Nothing where no other model was given: it is a question that not every card asks.
pub(super) fn section(teller: &Teller<'_>) -> Option<Section> {
    let beside = teller.card.beside.as_ref()?;
    let all = &beside.all;
    let lead = teller
        .message("beside-lead")
        .text("rows", teller.count(all.rows as u64))
        .text("moved", teller.percent(all.moved, 1))
        .text("middle", teller.signed_value(all.moves[1]))
        .say();
    let sources = beside.sources.join(" + ");
    let who = teller
        .message("beside-who")
        .text("target", &beside.target)
        .text("rows", teller.count(beside.learned))
        .text("known", if sources.is_empty() { "no" } else { "yes" })
        .text("sources", sources)
        .say();
    let parts = vec![Part {
        text: vec![who],
        note: teller.say("beside-note"),
        tables: tables(teller, beside),
        ..Part::default()
    }];
    Some(Section { id: "beside", heading: teller.say("beside-heading"), lead, parts, ..Section::default() })
}

fn tables(teller: &Teller<'_>, beside: &Beside) -> Vec<Table> {
    let line = |name: String, moves: &Moves| {
        let [low, middle, high] = moves.moves.map(|m| teller.signed_value(m));
        vec![
            name,
            teller.count(moves.rows as u64),
            teller.value(moves.mean),
            teller.value(moves.other),
            middle,
            teller.message("beside-range").text("low", low).text("high", high).say(),
            teller.percent(moves.moved, 1),
        ]
    };
    let head = [
        "column-rows",
        "beside-column-mean",
        "beside-column-other",
        "beside-column-middle",
        "beside-column-range",
        "beside-column-moved",
    ];
    let table = |caption: String, first: String, rows: Vec<Vec<String>>| Table {
        caption,
        head: std::iter::once(first).chain(head.map(|id| teller.say(id))).collect(),
        rows,
        words: Vec::new(),
        folded: false,
    };
    let whole =
        table(teller.say("beside-table"), String::new(), vec![line(teller.say("beside-all"), &beside.all)]);
    let by = beside.by.iter().map(|(column, groups)| {
        let rows = groups.iter().map(|(name, moves)| line(teller.group(name), moves)).collect();
        table(
            teller.message("beside-by").text("column", teller.column(column)).say(),
            teller.column(column).to_owned(),
            rows,
        )
    });
    std::iter::once(whole).chain(by).collect()
}
