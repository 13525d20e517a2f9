//! What registers and verifiers answered about operators, and which answer counts.

use std::collections::HashMap;

use adil_domain::{CheckAnswer, Outcome, Publish};
use adil_integrity::checks::{self, dispute};
use adil_policy::{Disagreement, Expr};

use super::{Accessor, Facts};
use crate::decision::{AnswerUsed, Disputed, SourcesDiffer};
use crate::folder::CHECKS;
use crate::inputs::{Inputs, day};

impl Facts<'_> {
    /// What the checks that an expression names said about the operator of an application.
    pub(crate) fn answers_used(&self, subject: usize, expr: &Expr) -> Vec<AnswerUsed> {
        let checks = expr.names().iter().filter_map(|name| match &self.accessors[name.0] {
            Accessor::Check(check) => Some(check),
            _ => None,
        });
        checks.map(|check| self.answer(self.subjects[subject].operator_id, check)).collect()
    }

    /// The answer that counts: of the first source in the policy's order that has a fresh one, its newest.
    pub(super) fn answer(&self, operator: &str, check: &str) -> AnswerUsed {
        let none = AnswerUsed {
            check: check.to_owned(),
            outcome: Outcome::Unknown,
            said: None,
            source: String::new(),
            as_of: None,
            evidence: None,
            digest: None,
            dispute: None,
        };
        // Nobody is nobody: an answer without an operator speaks for no application.
        let Some(answers) = self.answers.get(&(operator, check)).filter(|_| !operator.is_empty()) else {
            return none;
        };
        let candidates: Vec<AnswerUsed> =
            answers.iter().map(|answer| self.used(operator, check, answer)).collect();
        // A source that is fresh but itself does not know leaves the word to the next one.
        let known = || candidates.iter().filter(|a| a.outcome != Outcome::Unknown);
        let counted = match self.inputs.policy.disagreement {
            Disagreement::First => known().next(),
            // Of two of one day the first stands.
            Disagreement::Newest => known().rev().max_by_key(|a| a.as_of),
            Disagreement::Unknown => {
                known().next().filter(|first| known().all(|a| a.outcome == first.outcome))
            }
        };
        match (counted.or_else(|| candidates.first()), known().next()) {
            // Each of several knows, and they differ.
            (Some(first), Some(_)) if counted.is_none() => {
                AnswerUsed { outcome: Outcome::Unknown, ..first.clone() }
            }
            (Some(counted), _) => counted.clone(),
            (None, _) => none,
        }
    }

    /// An answer as it counts on the round's day, with what is disputed of it; of evidence only what its source lets be shown.
    fn used(&self, operator: &str, check: &str, answer: &CheckAnswer) -> AnswerUsed {
        let policy = &self.inputs.policy;
        let today = policy.round.as_of;
        let standing =
            dispute::judge(operator, check, answer, &self.inputs.disputes, today, policy.while_disputed);
        let counted = CheckAnswer { outcome: standing.outcome, ..answer.clone() };
        let source = policy.sources.iter().find(|s| s.name == answer.source);
        let row = checks::Row {
            operator_id: operator,
            check,
            outcome: answer.outcome,
            as_of: answer.as_of,
            source: &answer.source,
            evidence: answer.evidence.as_deref().unwrap_or_default(),
        };
        let shown = checks::reduce(source.map_or(Publish::default(), |s| s.publish), &row, None);
        AnswerUsed {
            check: check.to_owned(),
            outcome: counted.outcome_on(today, self.max_age(&answer.source)),
            said: Some(answer.outcome),
            source: answer.source.clone(),
            as_of: Some(answer.as_of),
            evidence: shown.evidence,
            digest: shown.digest,
            dispute: standing
                .dispute
                .map(|dispute| Disputed { dispute: dispute.clone(), open: standing.open }),
        }
    }

    /// Where sources give fresh answers that differ, by operator and check.
    pub(crate) fn disagreements(&self) -> Vec<SourcesDiffer> {
        let mut found: Vec<SourcesDiffer> = Vec::new();
        for ((operator, check), answers) in &self.answers {
            let said: Vec<AnswerUsed> = answers
                .iter()
                .map(|answer| self.used(operator, check, answer))
                .filter(|a| a.outcome != Outcome::Unknown)
                .collect();
            if said.iter().any(|a| a.outcome != said[0].outcome) {
                let counted = self.answer(operator, check);
                let counted = said
                    .iter()
                    .position(|a| counted.outcome != Outcome::Unknown && a.source == counted.source);
                found.push(SourcesDiffer {
                    operator_id: (*operator).to_owned(),
                    check: (*check).to_owned(),
                    said,
                    counted,
                });
            }
        }
        found.sort_by(|a, b| (&a.operator_id, &a.check).cmp(&(&b.operator_id, &b.check)));
        found
    }

    fn max_age(&self, source: &str) -> Option<i64> {
        self.inputs.policy.sources.iter().find(|s| s.name == source).and_then(|s| s.max_age_days)
    }

    /// The source of each answer there is, with its day and whether it counts on the round's day.
    pub(crate) fn all_answers(&self) -> impl Iterator<Item = (&CheckAnswer, bool)> {
        let today = self.inputs.policy.round.as_of;
        self.answers.values().flatten().map(move |a| {
            let undated = CheckAnswer { outcome: Outcome::Pass, ..a.clone() };
            (a, undated.outcome_on(today, self.max_age(&a.source)) != Outcome::Unknown)
        })
    }
}

/// Answers by operator and check, in the order in which they are asked: the policy's order of sources (a source's
/// fallbacks after it), undeclared sources last; of one source the newest answer not after the round's day first.
pub(super) fn answers(inputs: &Inputs) -> HashMap<(&str, &str), Vec<CheckAnswer>> {
    let mut all: HashMap<(&str, &str), Vec<CheckAnswer>> = HashMap::new();
    let tables = inputs.table(CHECKS).into_iter().chain(&inputs.answers);
    for (checks, row) in tables.flat_map(|table| (0..table.len()).map(move |row| (table, row))) {
        let cell = |row: usize, name: &str| checks.column(name).map_or("", |c| checks.cell(row, c));
        let (Some(outcome), Some(as_of)) =
            (Outcome::from_word(cell(row, "outcome")), day(cell(row, "as_of")))
        else {
            continue;
        };
        let evidence = Some(cell(row, "evidence").to_owned()).filter(|e| !e.is_empty());
        if inputs.withdrawn.contains(cell(row, "source")) {
            continue;
        }
        let answer = CheckAnswer { outcome, source: cell(row, "source").to_owned(), as_of, evidence };
        all.entry((cell(row, "operator_id"), cell(row, "check"))).or_default().push(answer);
    }
    let order = source_order(inputs);
    let position = |source: &str| order.iter().position(|s| *s == source).unwrap_or(order.len());
    let today = inputs.policy.round.as_of;
    for answers in all.values_mut() {
        answers.sort_by(|a, b| {
            let later = |x: &CheckAnswer| x.as_of > today;
            (position(&a.source), &a.source, later(a), b.as_of).cmp(&(
                position(&b.source),
                &b.source,
                later(b),
                a.as_of,
            ))
        });
        // What a source said before, its newest answer takes back: an old pass must not outlive a new unknown.
        answers.dedup_by(|later, first| later.source == first.source);
    }
    all
}

/// Sources as they are asked: each declared one followed by its fallbacks.
fn source_order(inputs: &Inputs) -> Vec<&str> {
    let mut order: Vec<&str> = Vec::new();
    let sources = &inputs.policy.sources;
    let fallbacks: Vec<&str> = sources.iter().flat_map(|s| s.fallback.iter().map(String::as_str)).collect();
    let first = sources.iter().map(|s| s.name.as_str()).filter(|n| !fallbacks.contains(n));
    let mut waiting: Vec<&str> = first.collect();
    waiting.reverse();
    while let Some(name) = waiting.pop() {
        if order.contains(&name) {
            continue;
        }
        order.push(name);
        let next = sources.iter().find(|s| s.name == name);
        waiting.extend(next.into_iter().flat_map(|s| s.fallback.iter().rev().map(String::as_str)));
    }
    order
}
