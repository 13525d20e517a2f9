//! A million equal mistakes are one message and a count, not a million messages.

use adil_domain::{Place, Problem, Problems, Severity};

/// So many problems of one code are listed one by one; the rest are counted in a last one.
pub const LISTED: usize = 1_000;

/// Adds problems of one file (or of one column of it) up to [`LISTED`] for each code, then how many more
/// there were.
pub struct Limited<'p> {
    problems: &'p mut Problems,
    whole: Place,
    counts: Vec<(&'static str, Severity, usize)>,
}

impl<'p> Limited<'p> {
    /// `whole` is where the summarising problem stands.
    pub fn new(problems: &'p mut Problems, whole: Place) -> Self {
        Self { problems, whole, counts: Vec::new() }
    }

    /// Adds an error; the closure is only called when it will be listed.
    pub fn error(&mut self, code: &'static str, problem: impl FnOnce() -> Problem) {
        self.add(code, Severity::Error, problem);
    }

    /// Adds a warning likewise.
    pub fn warning(&mut self, code: &'static str, problem: impl FnOnce() -> Problem) {
        self.add(code, Severity::Warning, problem);
    }

    /// Adds a problem that is there already.
    pub fn push(&mut self, problem: Problem) {
        self.add(problem.code, problem.severity, || problem);
    }

    /// Adds several, or the one there may be.
    pub fn extend(&mut self, problems: impl IntoIterator<Item = Problem>) {
        for problem in problems {
            self.push(problem);
        }
    }

    fn add(&mut self, code: &'static str, severity: Severity, problem: impl FnOnce() -> Problem) {
        let known = self.counts.iter().position(|(c, s, _)| *c == code && *s == severity);
        let at = known.unwrap_or_else(|| {
            self.counts.push((code, severity, 0));
            self.counts.len() - 1
        });
        let Some((_, _, count)) = self.counts.get_mut(at) else { return };
        *count += 1;
        if *count <= LISTED {
            self.problems.push(problem());
        }
    }

    /// Says how many problems were not listed.
    pub fn finish(self) {
        for (code, severity, count) in self.counts {
            if count > LISTED {
                let message = format!(
                    "{} more problems of this kind follow; the first {LISTED} are listed.",
                    count - LISTED
                );
                let problem = match severity {
                    Severity::Error => Problem::error(code, self.whole.clone(), message),
                    Severity::Warning => Problem::warning(code, self.whole.clone(), message),
                };
                self.problems
                    .push(problem.hint("Correct those that are listed; the others are often the same."));
            }
        }
    }
}
