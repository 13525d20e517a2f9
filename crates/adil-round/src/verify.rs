//! Verification: every check that the files at hand allow.
//!
//! Digests catch accidents, recomputation catches fraud, and the certificate is checked from the files as they are on
//! disk, by code that knows nothing of the solver.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;

use adil_domain::{Language, Money, Rational};

use crate::decide::{DecideError, decide, decide_files};
use crate::decision::Decision;
use crate::folder::{Files, SUMS, digest};
use crate::inputs::{self, Reading};
use crate::output::{self, AWARDS, DECISION_JSON, ENGINE};

mod certificate;
mod compare;
mod withheld;

use withheld::Kept;

/// The result of a verification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// Each check and what it found; it holds when it found nothing.
    pub checks: Vec<Check>,
}

/// One check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// What was checked.
    pub name: &'static str,
    /// What does not hold, one sentence each.
    pub findings: Vec<String>,
    /// What could not be checked because it is not published, one sentence each.
    pub not_checked: Vec<String>,
}

impl Check {
    fn new(name: &'static str, findings: Vec<String>) -> Self {
        Self { name, findings, not_checked: Vec::new() }
    }
}

/// Reads a decision folder.
///
/// # Errors
/// A sentence with the path when there is none or it can't be read.
pub fn read_decision(folder: &Path) -> Result<Files, String> {
    let failed = |path: &Path, error: &io::Error| format!("{} can't be read: {error}.", path.display());
    let entries = fs::read_dir(folder).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => {
            format!("There is no decision at {}. Decide the round first: adil run.", folder.display())
        }
        _ => failed(folder, &error),
    })?;
    let mut files = Files::new();
    for entry in entries {
        let entry = entry.map_err(|e| failed(folder, &e))?;
        let path = entry.path();
        if path.is_dir() {
            return Err(format!("{} is a folder; a decision has none in it.", path.display()));
        }
        let name = entry.file_name().to_string_lossy().into_owned();
        files.insert(name, fs::read(&path).map_err(|e| failed(&path, &e))?);
    }
    Ok(files)
}

/// Verifies a decision against its round. `render` makes the renderings (page, spreadsheet) of a decision in the
/// language in which they were made.
pub fn verify(
    round: &Files,
    decided: &Files,
    render: impl Fn(&Decision, Option<Language>) -> Result<Files, String>,
) -> Verification {
    verify_published(round, None, decided, render)
}

/// The same of a round as it was published, with its `published.csv`. What rests on tables that are not published, and
/// that may be kept back, is not checked; whatever else is missing is missing.
pub fn verify_published(
    round: &Files,
    published: Option<&[u8]>,
    decided: &Files,
    render: impl Fn(&Decision, Option<Language>) -> Result<Files, String>,
) -> Verification {
    let mut checks = vec![
        Check::new("every file has the digest that SHA256SUMS states", sums(decided)),
        Check::new("the certificate proves the amounts", certificate(decided)),
    ];
    let stated = stated_inputs(decided);
    let (kept, unreadable) = match withheld::read(published, round) {
        Ok(kept) => (kept, None),
        Err(message) => (BTreeMap::new(), Some(message)),
    };
    // Only what the decision read can be missing from it.
    let kept: BTreeMap<String, Kept> =
        kept.into_iter().filter(|(name, _)| stated.as_ref().is_some_and(|s| s.contains_key(name))).collect();
    let mut same = inputs(round, stated.as_ref(), &kept);
    same.findings.extend(unreadable);
    checks.push(same);
    let recomputed = if kept.is_empty() {
        decide_files(round)
    } else {
        decide_as_if(round, stated.as_ref().unwrap_or(&BTreeMap::new()), &kept)
    };
    let mut again = Check::new("recomputing gives the same data files", Vec::new());
    match &recomputed {
        Ok(decision) => again.findings.extend(compare::files(&output::files(decision), decided)),
        Err(error) => again.findings.push(cannot_decide(error)),
    }
    // Where something is kept back, another result says nothing; the same one says as much as ever.
    let differs = !kept.is_empty() && !again.findings.is_empty();
    if differs {
        again.not_checked = vec![rests_on(&kept)];
        again.not_checked.append(&mut again.findings);
    }
    checks.push(again);
    // A later version may render differently without touching the decision.
    if let (Ok(decision), Some(ENGINE)) = (&recomputed, engine(decided).as_deref()) {
        let mut pages = Check::new("rendering again gives the same page and spreadsheet", Vec::new());
        if !differs {
            pages.findings = match render(decision, page_language(decided)) {
                Ok(expected) => compare::files(&expected, decided),
                Err(message) => vec![message],
            };
        }
        // They say how many rows there were, so another page says nothing here either.
        if differs || !kept.is_empty() && !pages.findings.is_empty() {
            pages.findings.clear();
            pages.not_checked.push(rests_on(&kept));
        }
        checks.push(pages);
    }
    Verification { checks }
}

/// The decision from what is published, under the digests of what was decided on.
fn decide_as_if(
    round: &Files,
    stated: &BTreeMap<String, String>,
    kept: &BTreeMap<String, Kept>,
) -> Result<Decision, DecideError> {
    let Reading { inputs, problems, policy_text } = inputs::read(round, false);
    let Some(mut inputs) = inputs else { return Err(DecideError::Input(problems, policy_text)) };
    for name in kept.keys() {
        inputs.digests.extend(stated.get(name).map(|sum| (name.clone(), sum.clone())));
    }
    decide(&inputs)
}

fn rests_on(kept: &BTreeMap<String, Kept>) -> String {
    let names: Vec<&str> = kept.keys().map(String::as_str).collect();
    format!("It rests on what is not published: {}.", names.join(", "))
}

fn cannot_decide(error: &DecideError) -> String {
    match error {
        DecideError::Input(problems, _) => {
            let first = problems.iter().find(|p| p.severity == adil_domain::Severity::Error);
            let first = first.map(|p| format!(" First problem: {p}")).unwrap_or_default();
            format!("The round can't be decided from its files.{first}")
        }
        DecideError::Conflict(_) => "The bounds of the round contradict each other.".to_owned(),
    }
}

fn engine(decided: &Files) -> Option<String> {
    let json: serde_json::Value = serde_json::from_slice(decided.get(DECISION_JSON)?).ok()?;
    Some(json.get("engine")?.as_str()?.to_owned())
}

/// The language in which the page was made, as its first tag says.
fn page_language(decided: &Files) -> Option<Language> {
    let page = decided.get("report.html")?;
    let head = String::from_utf8_lossy(&page[..page.len().min(500)]).into_owned();
    head.split_once("lang=\"")?.1.get(..2)?.parse().ok()
}

/// `SHA256SUMS`, read strictly: sixty-four small hexadecimal digits, two spaces, a plain name; sorted; nothing else.
fn sums(decided: &Files) -> Vec<String> {
    let Some(bytes) = decided.get(SUMS) else { return vec![format!("{SUMS} is missing.")] };
    let Ok(text) = std::str::from_utf8(bytes) else { return vec![format!("{SUMS} is not text.")] };
    let mut findings = Vec::new();
    let mut listed: BTreeSet<&str> = BTreeSet::new();
    for (index, line) in text.split_terminator('\n').enumerate() {
        let digits = |s: &str| s.len() == 64 && s.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        let parsed = line
            .split_once("  ")
            .filter(|(sum, name)| digits(sum) && !name.is_empty() && !name.contains('/'));
        let Some((sum, name)) = parsed else {
            findings.push(format!(
                "{SUMS} line {}: `{line}` is not a digest, two spaces and a file name.",
                index + 1
            ));
            continue;
        };
        if listed.last().is_some_and(|last| *last >= name) {
            findings.push(format!("{SUMS} line {}: {name} is listed twice or out of order.", index + 1));
        }
        listed.insert(name);
        match decided.get(name) {
            None => findings.push(format!("{name} is listed in {SUMS} but missing.")),
            Some(bytes) if digest(bytes) != sum => {
                findings.push(format!(
                    "{name} has been changed: its digest is {}, {SUMS} states {sum}.",
                    digest(bytes)
                ));
            }
            Some(_) => {}
        }
    }
    if !text.ends_with('\n') {
        findings.push(format!("{SUMS} does not end with a line feed."));
    }
    for name in decided.keys().filter(|n| n.as_str() != SUMS && !listed.contains(n.as_str())) {
        findings.push(format!("{name} is not listed in {SUMS}."));
    }
    findings
}

/// The inputs' digests as `decision.json` states them.
fn stated_inputs(decided: &Files) -> Option<BTreeMap<String, String>> {
    let json: serde_json::Value = serde_json::from_slice(decided.get(DECISION_JSON)?).ok()?;
    serde_json::from_value(json.get("inputs")?.clone()).ok()
}

/// The inputs' digests as they are stated, against the files at hand.
fn inputs(round: &Files, stated: Option<&BTreeMap<String, String>>, kept: &BTreeMap<String, Kept>) -> Check {
    let mut check = Check::new("the inputs are those that were decided on", Vec::new());
    let Some(stated) = stated else {
        check.findings.push(format!("{DECISION_JSON} states no digests of the inputs."));
        return check;
    };
    let open = |name: &str, sum: &str| kept.get(name).map(|k| withheld::not_checked(name, *k, sum));
    for (name, bytes) in round {
        match stated.get(name) {
            None => check.findings.push(format!("{name} was not there when the round was decided.")),
            Some(sum) if *sum != digest(bytes) => match open(name, sum) {
                Some(sentence) => check.not_checked.push(sentence),
                None => check.findings.push(format!(
                    "{name} is not the file that was decided on: its digest is now {}.",
                    digest(bytes)
                )),
            },
            Some(_) => {}
        }
    }
    for (name, sum) in stated.iter().filter(|(name, _)| !round.contains_key(*name)) {
        match open(name, sum) {
            Some(sentence) => check.not_checked.push(sentence),
            None => check.findings.push(format!("{name} was decided on but is missing now.")),
        }
    }
    check
}

/// Checks the certificate from the decision's files alone; an empty list means that it holds.
pub fn certificate(decided: &Files) -> Vec<String> {
    certificate::check(decided).unwrap_or_else(|message| vec![message])
}

fn text<'f>(files: &'f Files, name: &str) -> Result<&'f str, String> {
    let bytes = files.get(name).ok_or_else(|| format!("{name} is missing."))?;
    std::str::from_utf8(bytes).map_err(|_| format!("{name} is not UTF-8 text."))
}

/// `awarded + reserved + unspent = budget`, from `decision.json` and `awards.csv`.
fn sums_exact(json: &serde_json::Value, awarded: &Rational) -> Vec<String> {
    let amount = |key: &str| {
        json.get(key).and_then(serde_json::Value::as_str).and_then(|t| t.parse::<Rational>().ok())
    };
    let parts = (amount("budget"), amount("awarded"), amount("reserved"), amount("unspent"));
    let (Some(budget), Some(stated), Some(reserved), Some(unspent)) = parts else {
        return vec![format!("{DECISION_JSON} does not state budget, awarded, reserved and unspent.")];
    };
    let mut findings = Vec::new();
    if stated != *awarded {
        findings.push(format!(
            "{DECISION_JSON} states {stated} awarded, but the amounts of {AWARDS} sum to {awarded}."
        ));
    }
    let all = &(&stated + &reserved) + &unspent;
    if all != budget {
        findings.push(format!("awarded, reserved and unspent sum to {all}, not to the budget {budget}."));
    }
    findings
}

/// An amount of the decision's files as it must be written.
fn money(text: &str, currency: adil_domain::Currency) -> Option<Money> {
    Money::parse(text, currency).ok().filter(|m| m.to_short_string() == text)
}
