//! Disputes: an operator says that an answer is wrong, and the source replies or does not.
//!
//! Table `disputes.csv`: `operator_id, check, source, disputed_on, claim`, and when there is a reply `reply, replied_on,
//! outcome_after`. The claim and the reply stand side by side; neither is judged here.

use std::collections::BTreeMap;

use adil_domain::problem::did_you_mean;
use adil_domain::{CheckAnswer, Date, Outcome, Place, Problem, Problems, WhileDisputed};

/// The columns that must be there.
const NEEDED: [&str; 5] = ["operator_id", "check", "source", "disputed_on", "claim"];
/// Those of a reply.
const OF_REPLY: [&str; 3] = ["reply", "replied_on", "outcome_after"];

/// One line of `disputes.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispute {
    /// Who disputes.
    pub operator_id: String,
    /// Which check.
    pub check: String,
    /// Whose answer.
    pub source: String,
    /// Since when.
    pub disputed_on: Date,
    /// In the operator's words.
    pub claim: String,
    /// The source's reply, when there is one.
    pub reply: Option<Reply>,
}

/// What a source replied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// In its words.
    pub words: String,
    /// When.
    pub replied_on: Date,
    /// The outcome that it now gives, when it changed its answer.
    pub outcome_after: Option<Outcome>,
}

/// What an answer is worth with the disputes about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing<'d> {
    /// The outcome that counts.
    pub outcome: Outcome,
    /// The newest dispute about this answer, if any; with or without a reply by the day.
    pub dispute: Option<&'d Dispute>,
    /// Whether it has no reply by the day.
    pub open: bool,
}

/// Judges an answer on a day. The newest dispute counts that was raised about this answer: by the same operator, about the
/// same check and source, not before the answer and not after the day. An answer given after the dispute is a new one.
///
/// Without a reply the answer stays, or is unknown where the policy says to hold; a reply that changes the outcome changes it
/// from its day on; any other reply leaves the answer as it was, and stands beside it.
pub fn judge<'d>(
    operator_id: &str,
    check: &str,
    answer: &CheckAnswer,
    disputes: &'d [Dispute],
    on: Date,
    rule: WhileDisputed,
) -> Standing<'d> {
    let about = disputes.iter().filter(|d| {
        d.operator_id == operator_id
            && d.check == check
            && d.source == answer.source
            && answer.as_of <= d.disputed_on
            && d.disputed_on <= on
    });
    let Some(dispute) = about.max_by_key(|d| d.disputed_on) else {
        return Standing { outcome: answer.outcome, dispute: None, open: false };
    };
    let reply = dispute.reply.as_ref().filter(|reply| reply.replied_on <= on);
    let outcome = match (reply, rule) {
        (Some(reply), _) => reply.outcome_after.unwrap_or(answer.outcome),
        (None, WhileDisputed::Hold) => Outcome::Unknown,
        (None, WhileDisputed::Show) => answer.outcome,
    };
    Standing { outcome, dispute: Some(dispute), open: reply.is_none() }
}

/// Reads `disputes.csv` (UTF-8, commas). Lines with errors are left out; every error is in `problems`.
///
/// Problems: `not-a-table`, `missing-column`, `missing-value`, `not-a-date`, `unknown-outcome`, `half-reply`,
/// `reply-before-dispute`, `duplicate-dispute`.
pub fn read(file: &str, bytes: &[u8], problems: &mut Problems) -> Vec<Dispute> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).flexible(true).from_reader(bytes);
    let header = match reader.headers() {
        Ok(header) => header.clone(),
        Err(error) => {
            problems.push(not_a_table(file, 1, &error));
            return Vec::new();
        }
    };
    let column = |name: &str| header.iter().position(|c| c == name);
    let missing: Vec<&str> = NEEDED.into_iter().filter(|name| column(name).is_none()).collect();
    for name in &missing {
        problems.push(
            Problem::error(
                "missing-column",
                Place::line(file, 1),
                format!("The column `{name}` is needed and not there."),
            )
            .hint(did_you_mean(name, header.iter())),
        );
    }
    if !missing.is_empty() {
        return Vec::new();
    }
    let mut disputes = Vec::new();
    let mut seen: BTreeMap<[String; 4], u64> = BTreeMap::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(1, csv::Position::line);
                problems.push(not_a_table(file, line, &error));
                continue;
            }
        };
        let line = record.position().map_or(1, csv::Position::line);
        let cell = |name: &str| column(name).and_then(|at| record.get(at)).unwrap_or("");
        let row = Row { file, line, cell: &cell };
        let before = problems.len();
        let dispute = row.dispute(problems);
        if problems.len() > before {
            continue;
        }
        let Some(dispute) = dispute else { continue };
        let key = ["operator_id", "check", "source", "disputed_on"].map(|name| cell(name).to_owned());
        if let Some(first) = seen.get(&key) {
            problems.push(
                Problem::error(
                    "duplicate-dispute",
                    Place::line(file, line),
                    format!("The same dispute of the same day stands on line {first} already."),
                )
                .hint("Write the claims of one day together, and remove one of the lines."),
            );
            continue;
        }
        seen.insert(key, line);
        disputes.push(dispute);
    }
    disputes
}

fn not_a_table(file: &str, line: u64, error: &csv::Error) -> Problem {
    Problem::error("not-a-table", Place::line(file, line), format!("This can't be read as a table: {error}."))
        .hint("Save it as CSV in UTF-8.")
}

struct Row<'r> {
    file: &'r str,
    line: u64,
    cell: &'r dyn Fn(&str) -> &'r str,
}

impl Row<'_> {
    fn place(&self, column: &str) -> Place {
        Place::cell(self.file, self.line, column)
    }

    fn dispute(&self, problems: &mut Problems) -> Option<Dispute> {
        for name in NEEDED {
            if (self.cell)(name).is_empty() {
                problems.push(
                    Problem::error("missing-value", self.place(name), format!("`{name}` is empty.")).hint(
                        "A dispute names who, which check, whose answer, since when, and what is claimed.",
                    ),
                );
            }
        }
        let disputed_on = self.date("disputed_on", problems);
        let reply = self.reply(disputed_on, problems);
        let text = |name: &str| (self.cell)(name).to_owned();
        Some(Dispute {
            operator_id: text("operator_id"),
            check: text("check"),
            source: text("source"),
            disputed_on: disputed_on?,
            claim: text("claim"),
            reply,
        })
    }

    fn date(&self, column: &str, problems: &mut Problems) -> Option<Date> {
        let text = (self.cell)(column);
        if text.is_empty() {
            return None;
        }
        let day = text.parse().ok();
        if day.is_none() {
            problems.push(
                Problem::error("not-a-date", self.place(column), format!("`{text}` is no day."))
                    .hint("Write it as 2026-01-31."),
            );
        }
        day
    }

    fn reply(&self, disputed_on: Option<Date>, problems: &mut Problems) -> Option<Reply> {
        let [words, day, after] = OF_REPLY.map(|name| (self.cell)(name));
        let outcome_after = Outcome::from_word(after);
        if !after.is_empty() && outcome_after.is_none() {
            problems.push(
                Problem::error(
                    "unknown-outcome",
                    self.place("outcome_after"),
                    format!("`{after}` is no outcome."),
                )
                .hint(did_you_mean(after, ["pass", "fail", "unknown"])),
            );
        }
        let replied_on = self.date("replied_on", problems);
        if words.is_empty() != day.is_empty() || (words.is_empty() && !after.is_empty()) {
            problems.push(
                Problem::error(
                    "half-reply",
                    self.place("reply"),
                    "A reply has words and a day; one of them is missing.",
                )
                .hint("Fill `reply` and `replied_on`, or leave both and `outcome_after` empty."),
            );
        }
        let replied_on = replied_on?;
        if disputed_on.is_some_and(|disputed| replied_on < disputed) {
            problems.push(
                Problem::error(
                    "reply-before-dispute",
                    self.place("replied_on"),
                    "The reply is older than the dispute.",
                )
                .hint("Compare the two days with the letters."),
            );
        }
        Some(Reply { words: words.to_owned(), replied_on, outcome_after })
    }
}
