//! A million equal mistakes are one message and a count, not a million messages.

use adil_domain::{Place, Problem, Problems, Severity};
use adil_round::table::LISTED;

/// Adds problems up to [`LISTED`] for each code, then how many more there were.
pub(crate) struct Listing<'p> {
    problems: &'p mut Problems,
    whole: Place,
    counts: Vec<(&'static str, Severity, usize)>,
}

impl<'p> Listing<'p> {
    /// `whole` is where the summarising problem stands.
    pub(crate) fn new(problems: &'p mut Problems, whole: Place) -> Self {
        Self { problems, whole, counts: Vec::new() }
    }

    /// Adds a problem.
    pub(crate) fn push(&mut self, problem: Problem) {
        let (code, severity) = (problem.code, problem.severity);
        let known = self.counts.iter().position(|(c, s, _)| *c == code && *s == severity);
        let at = known.unwrap_or_else(|| {
            self.counts.push((code, severity, 0));
            self.counts.len() - 1
        });
        self.counts[at].2 += 1;
        if self.counts[at].2 <= LISTED {
            self.problems.push(problem);
        }
    }

    /// Adds several, or the one there may be.
    pub(crate) fn extend(&mut self, problems: impl IntoIterator<Item = Problem>) {
        for problem in problems {
            self.push(problem);
        }
    }

    /// Says how many problems were not listed.
    pub(crate) fn finish(self) {
        for (code, severity, count) in self.counts {
            if count > LISTED {
                let message = format!(
                    "{} more problems of this kind follow; the first {LISTED} are listed.",
                    count - LISTED
                );
                let problem = Problem { severity, code, place: self.whole.clone(), message, hint: None };
                self.problems
                    .push(problem.hint("Correct those that are listed; the others are often the same."));
            }
        }
    }
}
