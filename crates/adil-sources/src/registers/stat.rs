//! The Bureau of National Statistics: workbooks of legal entities by region.
//!
//! A row with the BIN is the entity; a column of its state is used when there is one. Who is in no workbook is unknown: a region
//! may be missing, and the lists are of legal entities alone.

use std::collections::BTreeMap;

use adil_domain::{Date, Problem, Problems};
use adil_integrity::checks::{Registration, Reply, Standing, registered};

use super::{Operators, Row, words};
use crate::sheet::Sheet;
use crate::words::plain;

/// The names of the column with the BIN.
const BIN: [&str; 4] = ["бин", "бсн", "bin", "бсн бин"];
/// How a column of the state begins.
const STATE: [&str; 3] = ["статус", "мәртебе", "status"];

/// Reads workbooks, and says of each operator whether it is in them.
///
/// Problems: those of [`Sheet::read`], `unknown-column`.
pub fn entities_of_file(
    files: &[(String, Vec<u8>)],
    operators: &Operators,
    day: Date,
    source: &str,
    problems: &mut Problems,
) -> Vec<Row> {
    let mut entities: BTreeMap<String, Registration> = BTreeMap::new();
    for (file, bytes) in files {
        let Some(sheet) = Sheet::read(file, bytes, None, problems) else { continue };
        let Some(bin) = sheet.columns().position(|name| BIN.contains(&plain(name).as_str())) else {
            problems.push(
                Problem::error(
                    "unknown-column",
                    sheet.header_place(),
                    "No column is called БИН, БСН or BIN.",
                )
                .hint("Give the workbook of legal entities as the Bureau publishes it."),
            );
            continue;
        };
        let state = sheet.columns().position(|name| STATE.iter().any(|start| plain(name).starts_with(start)));
        for row in 0..sheet.len() {
            let number = sheet.cell(row, bin);
            if number.is_empty() {
                continue;
            }
            let said = state.map(|column| sheet.cell(row, column)).filter(|text| !text.is_empty());
            let found = said.map_or_else(
                || Registration { standing: Standing::Existing, words: format!("listed in {file}") },
                words::registration,
            );
            entities
                .entry(format!("{number:0>12}"))
                .and_modify(|known| {
                    if known.standing != found.standing {
                        known.standing = Standing::Unclear;
                    }
                })
                .or_insert(found);
        }
    }
    let row = |subject: &super::Subject| {
        let reply = match entities.get(&subject.number) {
            Some(found) => Reply::Record(found.clone()),
            None => Reply::Empty,
        };
        let judged = registered(&reply);
        Row {
            operator_id: subject.operator_id.clone(),
            check: judged.check.id().to_owned(),
            outcome: judged.outcome,
            as_of: day,
            source: source.to_owned(),
            evidence: judged.evidence,
        }
    };
    operators.subjects.iter().map(row).collect()
}
