//! What of a published round is kept back, and may be: then something is not checked, and nothing fails.

use std::collections::BTreeMap;

use adil_domain::Publish;
use adil_policy::Policy;

use crate::folder::{CHECKS, CHECKS_FOLDER, Files, POLICY, SIGNATURE, digest};
use crate::publish::{How, PERSONS, PUBLISHED};

/// What became of an input that is not published as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kept {
    /// There is nothing of it.
    LeftOut,
    /// There is a part, as it was published.
    Part,
}

/// Inputs that `published.csv` says are kept back, where they may be: tables about people, and answers of which the policy
/// says that not all is shown. Whoever keeps back anything else has a file missing.
pub(super) fn read(published: Option<&[u8]>, round: &Files) -> Result<BTreeMap<String, Kept>, String> {
    let mut kept = BTreeMap::new();
    let Some(bytes) = published else { return Ok(kept) };
    let failed = |error: csv::Error| format!("{PUBLISHED} is no table: {error}.");
    let mut reader = csv::Reader::from_reader(bytes);
    let header = reader.headers().map_err(failed)?.clone();
    let at = |name: &str| {
        let found = header.iter().position(|column| column == name);
        found.ok_or_else(|| format!("{PUBLISHED} has no column {name}."))
    };
    let (file, how, sum) = (at("file")?, at("published")?, at("sha256")?);
    let answers = keeps_answers_back(round);
    for record in reader.records() {
        let record = record.map_err(failed)?;
        let name = record.get(file).unwrap_or("");
        let of_folder = name.strip_prefix(CHECKS_FOLDER).is_some_and(|rest| rest.starts_with('/'));
        if !(PERSONS.contains(&name) || answers && (name == CHECKS || of_folder)) {
            continue;
        }
        let how = record.get(how).unwrap_or("");
        // Whoever has been given the whole file puts it in the place of its part, and then it is looked at as ever.
        let is_here = |sum: &str| round.get(name).is_some_and(|bytes| digest(bytes) == sum);
        if how == How::Part.as_str() && is_here(record.get(sum).unwrap_or("")) {
            kept.insert(name.to_owned(), Kept::Part);
        } else if how == How::LeftOut.as_str() && !round.contains_key(name) {
            kept.insert(name.to_owned(), Kept::LeftOut);
        }
    }
    // A signature belongs to the whole file.
    let signed: Vec<String> = kept.keys().map(|name| format!("{name}{SIGNATURE}")).collect();
    for signature in signed.into_iter().filter(|name| !round.contains_key(name)) {
        kept.insert(signature, Kept::LeftOut);
    }
    Ok(kept)
}

/// Whether the policy lets a source show less than its answers.
fn keeps_answers_back(round: &Files) -> bool {
    let text = round.get(POLICY).and_then(|bytes| std::str::from_utf8(bytes).ok());
    let policy = text.and_then(|text| Policy::parse(POLICY, text).0);
    policy.is_some_and(|policy| policy.sources.iter().any(|source| source.publish != Publish::Answer))
}

/// What is not checked about an input that is kept back, with the digest of what was decided on.
pub(super) fn not_checked(name: &str, kept: Kept, sum: &str) -> String {
    match kept {
        Kept::LeftOut => {
            format!("{name} is not published; whoever may see it can compare it with the digest {sum}.")
        }
        Kept::Part => {
            format!(
                "{name} is published in part; whoever may see all of it can compare it with the digest {sum}."
            )
        }
    }
}
