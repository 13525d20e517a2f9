//! What a reader of a decision should know of the rows it rests on: warnings met while deciding.

use std::collections::BTreeMap;

use adil_domain::{Place, Problem, Problems};
use adil_policy::EvalError;

use crate::facts::Facts;
use crate::folder::APPLICATIONS;

/// Things seen on the way that a reader of the decision should know: warnings, each listed once with its count.
#[derive(Clone, Default)]
pub(crate) struct Notes {
    failures: BTreeMap<(String, String), (Place, usize)>,
    problems: Problems,
}

impl Notes {
    /// A sum that could not be done for one application.
    pub(crate) fn failure(&mut self, rule: &str, error: &EvalError, place: Place) {
        let entry = self.failures.entry((rule.to_owned(), error.to_string())).or_insert((place, 0));
        entry.1 += 1;
    }

    /// A warning of its own.
    pub(crate) fn push(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    pub(crate) fn into_problems(self) -> Problems {
        let mut problems = self.problems;
        for ((rule, message), (place, count)) in self.failures {
            let more =
                if count > 1 { format!(" So it is for {} more rows.", count - 1) } else { String::new() };
            problems.push(
                Problem::warning("not-computable", place, format!("`{rule}`: {message}{more}"))
                    .hint("The value is treated as missing."),
            );
        }
        problems
    }
}

/// The line of an application.
pub(crate) fn application_place(facts: &Facts<'_>, subject: usize) -> Place {
    let row = facts.subjects[subject].row;
    facts
        .inputs
        .applications()
        .map_or_else(|| Place::file(APPLICATIONS), |t| Place::line(t.file(), t.line(row)))
}
