//! Flags: questions with evidence, never verdicts.

use std::collections::BTreeMap;

use adil_domain::Language;

use crate::DetectError;
use crate::detector::Detector;
use crate::engine::Answer;

/// The file of the round.
pub const FLAGS: &str = "flags.csv";

/// Columns that every question answers, in this order; what follows is evidence.
const FIRST: [&str; 4] = ["subject_kind", "subject_id", "severity", "facility_id"];
/// The column that names another sentence than `main`.
const SENTENCE: &str = "sentence";
const SEVERITIES: [&str; 3] = ["low", "medium", "high"];
/// Whoever is this kind of subject is not named in a sentence.
const NEVER_NAMED: &str = "participant";

/// One row of `flags.csv`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Flag {
    /// Which detector asks.
    pub detector: String,
    /// `participant`, `section`, `facility`, `operator`, `coach`, `device` or `territory`.
    pub subject_kind: String,
    /// Of a participant its keyed hash.
    pub subject_id: String,
    /// `low`, `medium` or `high`.
    pub severity: String,
    /// Where it is about a facility.
    pub facility_id: String,
    /// `key=value; …`.
    pub evidence: String,
    /// The question in words.
    pub sentence: String,
}

/// The flags of an answer, in order.
pub(crate) fn flags(
    detector: &Detector,
    answer: Answer,
    language: Language,
) -> Result<Vec<Flag>, DetectError> {
    let wrong = |reason: String| DetectError::detector(&detector.id, reason);
    if !FIRST.iter().zip(&answer.columns).all(|(a, b)| a == b) || answer.columns.len() < FIRST.len() {
        return Err(wrong(format!("its first columns are not {}", FIRST.join(", "))));
    }
    let mut flags = Vec::with_capacity(answer.rows.len());
    for row in answer.rows {
        let cell = |at: usize| row.get(at).cloned().flatten().unwrap_or_default();
        let (subject_kind, subject_id, severity) = (cell(0), cell(1), cell(2));
        if !detector.subjects.contains(&subject_kind) {
            return Err(wrong(format!("it flags a {subject_kind}, which it does not name")));
        }
        if !SEVERITIES.contains(&severity.as_str()) {
            return Err(wrong(format!("its severity {severity} is none of {}", SEVERITIES.join(", "))));
        }
        if subject_id.is_empty() {
            return Err(wrong("a subject has no identifier".to_owned()));
        }
        let mut known: BTreeMap<&str, &str> = BTreeMap::new();
        let mut evidence = Vec::new();
        let mut which = "main";
        for (name, value) in answer.columns.iter().zip(&row).skip(FIRST.len()) {
            match value {
                Some(value) if name == SENTENCE => which = value,
                Some(value) => {
                    known.insert(name, value);
                    evidence.push(format!("{name}={value}"));
                }
                None => {}
            }
        }
        if subject_kind != NEVER_NAMED {
            known.entry(&subject_kind).or_insert(&subject_id);
        }
        let texts =
            detector.sentence.get(which).ok_or_else(|| wrong(format!("it has no sentence {which}")))?;
        let own = Some(subject_kind.as_str()).filter(|kind| *kind != NEVER_NAMED);
        let columns = || answer.columns.iter().map(String::as_str).chain(own);
        let sentence =
            filled(texts.text(language), &known, |name| columns().any(|c| c == name)).map_err(wrong)?;
        let evidence = evidence.join("; ");
        let (detector, facility_id) = (detector.id.clone(), cell(3));
        flags.push(Flag { detector, subject_kind, subject_id, severity, facility_id, evidence, sentence });
    }
    flags.sort();
    if let Some(pair) = flags
        .windows(2)
        .find(|p| (&p[0].subject_kind, &p[0].subject_id) == (&p[1].subject_kind, &p[1].subject_id))
    {
        return Err(wrong(format!("it flags {} twice", pair[0].subject_id)));
    }
    Ok(flags)
}

/// The template with its values; what is not known is a dash, and what no column is called a mistake.
fn filled(
    template: &str,
    known: &BTreeMap<&str, &str>,
    is_column: impl Fn(&str) -> bool,
) -> Result<String, String> {
    let mut text = String::with_capacity(template.len() + 64);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) =
            after.split_once('}').ok_or_else(|| format!("a brace is not closed in “{template}”"))?;
        if !is_column(name) {
            return Err(format!("a sentence wants {{{name}}}, which the question does not answer"));
        }
        text.push_str(before);
        text.push_str(known.get(name).copied().unwrap_or("–"));
        rest = after;
    }
    text.push_str(rest);
    Ok(text)
}

/// The file's bytes.
pub fn as_csv(flags: &[Flag]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record([
        "detector",
        "subject_kind",
        "subject_id",
        "severity",
        "facility_id",
        "evidence",
        "sentence",
    ])?;
    for flag in flags {
        writer.write_record([
            &flag.detector,
            &flag.subject_kind,
            &flag.subject_id,
            &flag.severity,
            &flag.facility_id,
            &flag.evidence,
            &flag.sentence,
        ])?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}
