//! What detectors found about each application: questions to be answered, never an amount.

use std::collections::BTreeMap;

use adil_policy::{FlagAction, FlagSeverity};

use super::Subject;
use crate::decision::Flagged;
use crate::folder::FLAGS;
use crate::inputs::Inputs;

/// Whether a flag about such a subject names nobody: neither a person, nor few who could be one.
pub(crate) fn names_nobody(subject_kind: &str) -> bool {
    matches!(subject_kind, "facility" | "operator" | "territory")
}

/// By subject, the flags that the policy lets count, by its order of detectors.
pub(super) fn flags(inputs: &Inputs, subjects: &[Subject<'_>]) -> Vec<Vec<Flagged>> {
    let rules = &inputs.policy.detectors;
    let none = || vec![Vec::new(); subjects.len()];
    let Some(table) = inputs.table(FLAGS).filter(|_| !rules.is_empty()) else { return none() };
    let cell = |row: usize, name: &str| table.column(name).map_or("", |c| table.cell(row, c));
    // Of whom: the facility that a flag names, else the operator or facility that it is about.
    let (mut facilities, mut operators) =
        (BTreeMap::<&str, Vec<usize>>::new(), BTreeMap::<&str, Vec<usize>>::new());
    for row in 0..table.len() {
        let (facility, kind, id) =
            (cell(row, "facility_id"), cell(row, "subject_kind"), cell(row, "subject_id"));
        match (facility, kind) {
            ("", "facility") => facilities.entry(id).or_default().push(row),
            ("", "operator") => operators.entry(id).or_default().push(row),
            ("", _) => {}
            (facility, _) => facilities.entry(facility).or_default().push(row),
        }
    }
    let of = |subject: &Subject<'_>| {
        let mine = |rows: &BTreeMap<&str, Vec<usize>>, id: &str| {
            if id.is_empty() { Vec::new() } else { rows.get(id).cloned().unwrap_or_default() }
        };
        let mut rows = mine(&facilities, subject.facility_id);
        rows.extend(mine(&operators, subject.operator_id));
        rows.sort_unstable();
        let mut found: Vec<Flagged> = Vec::new();
        for (at, rule) in rules.iter().enumerate() {
            let counted: Vec<(FlagSeverity, usize)> = rows
                .iter()
                .filter(|row| cell(**row, "detector") == rule.id)
                // A flag without a severity is one.
                .map(|row| (FlagSeverity::from_word(cell(*row, "severity")).unwrap_or_default(), *row))
                .filter(|(severity, _)| *severity >= rule.from)
                .collect();
            let Some((severity, first)) =
                counted.iter().copied().max_by_key(|(s, row)| (*s, std::cmp::Reverse(*row)))
            else {
                continue;
            };
            found.push(Flagged {
                detector: at,
                holds: rule.action == FlagAction::Hold,
                severity,
                flags: counted.len(),
                // The report is public, and sentences about people say what a child or a coach did where.
                sentence: Some(cell(first, "sentence"))
                    .filter(|_| names_nobody(cell(first, "subject_kind")))
                    .unwrap_or_default()
                    .to_owned(),
            });
        }
        found
    };
    subjects.iter().map(of).collect()
}
