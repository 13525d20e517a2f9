//! From the text of `policy.toml` to a [`Policy`], with every problem on the way.

use adil_domain::{Place, Problem, Problems, Rational};
use toml::de::DeTable;

use crate::policy::{Aggregation, Gate, Origin, Policy, Reserve, UnknownRule};

mod access;
mod clusters;
mod criteria;
mod detectors;
mod file;
mod models;
mod observations;
mod pots;
mod reader;
mod round;
mod scalars;
mod scale;
mod sources;
mod trust;
mod uncertainty;

use reader::{Reader, Section};

/// The largest policy, in bytes. The longest one known has a tenth of it.
const MAX_BYTES: usize = 1 << 18;

const KEYS: &[&str] = &[
    "round",
    "source",
    "checks",
    "access",
    "observations",
    "model",
    "gate",
    "clusters",
    "detector",
    "score",
    "criterion",
    "reserve",
    "pot",
    "uncertainty",
    "independence",
    "privacy",
];

/// Reads the policy `text` of `file`.
pub(crate) fn policy(file: &str, text: &str) -> (Option<Policy>, Problems) {
    if text.len() > MAX_BYTES {
        let message = format!("This policy has {} bytes; at most {MAX_BYTES} are read.", text.len());
        let problem = Problem::error("too-large", Place::file(file), message)
            .hint("Put tables of facts into CSV files.");
        let mut problems = Problems::new();
        problems.push(problem);
        return (None, problems);
    }
    let origin = Origin::new(file, text);
    let mut reader = Reader::new(origin);
    let (document, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let at = error.span().unwrap_or(0..0);
        reader.error("toml-syntax", at, format!("This is no TOML: {}.", file::said(error.message())));
    }
    let broken = !errors.is_empty();
    let root = Section::new(&mut reader, document.get_ref(), 0..0, "the policy".to_owned(), KEYS);

    let round = round::read(&mut reader, &root);
    let sources = sources::read(&mut reader, &root);
    let (disagreement, while_disputed) = trust::checks(&mut reader, &root);
    let access = access::read(&mut reader, &root);
    let observations = observations::read(&mut reader, &root);
    let models = models::read(&mut reader, &root);
    let gates = gates(&mut reader, &root);
    let clusters = clusters::read(&mut reader, &root);
    let detectors = detectors::read(&mut reader, &root);
    let aggregation = aggregation(&mut reader, &root);
    let criteria = criteria::read(&mut reader, &root);
    let reserve = reserve(&mut reader, &root);
    let pots = pots::read(&mut reader, &root);
    let uncertainty = uncertainty::read(&mut reader, &root, &criteria);
    let independence = trust::independence(&mut reader, &root);
    let privacy = trust::privacy(&mut reader, &root);

    let policy = round.map(|round| Policy {
        round,
        sources,
        access,
        observations,
        models,
        gates,
        clusters,
        detectors,
        aggregation,
        criteria,
        reserve,
        pots,
        uncertainty,
        disagreement,
        while_disputed,
        independence,
        privacy,
        names: std::mem::take(&mut reader.names),
    });
    let mut problems = reader.into_problems();
    if let Some(policy) = &policy {
        problems.extend(file::across(policy, root.has("criterion")));
    }
    if broken {
        problems = file::without_echoes(problems);
    }
    (policy, by_place(problems))
}

/// In the order of the file. (Columns compare as texts in [`Problems::sort`], so that 10 would come before 9.)
pub(crate) fn by_place(problems: Problems) -> Problems {
    let mut list: Vec<Problem> = problems.into_iter().collect();
    list.sort_by(|a, b| {
        (a.place.span, a.severity, a.code, &a.message).cmp(&(b.place.span, b.severity, b.code, &b.message))
    });
    list.dedup();
    let mut sorted = Problems::new();
    sorted.extend(list);
    sorted
}

const GATE: &[&str] = &["id", "when", "stands_in", "unknown", "title", "reference", "from", "until"];

fn gates(reader: &mut Reader, root: &Section<'_>) -> Vec<Gate> {
    let sections = root.sections(reader, "gate", "[[gate]]", GATE);
    let ids = reader.ids(&sections, "gate");
    let mut gates = Vec::new();
    for (section, id) in sections.iter().zip(ids) {
        let meta = section.meta(reader);
        let when = section.required_expression(reader, "when");
        let stands_in = section.expression(reader, "stands_in");
        let unknown = section.choice(
            reader,
            "unknown",
            &[("pass", UnknownRule::Pass), ("hold", UnknownRule::Hold), ("fail", UnknownRule::Fail)],
            &[],
        );
        // Waiting harms nobody for good, so it is what happens unless the policy says otherwise.
        let unknown = if section.has("unknown") { unknown } else { Some(UnknownRule::Hold) };
        if let (Some(id), Some(when), Some(unknown)) = (id, when, unknown) {
            gates.push(Gate { id, when, stands_in, unknown, meta });
        }
    }
    gates
}

fn aggregation(reader: &mut Reader, root: &Section<'_>) -> Aggregation {
    let Some(section) = root.section(reader, "score", "[score]", &["aggregation"]) else {
        return Aggregation::default();
    };
    let kinds = [Aggregation::WeightedSum, Aggregation::Geometric, Aggregation::Weakest];
    let choices = kinds.map(|kind| (kind.as_str(), kind));
    section.choice(reader, "aggregation", &choices, &[]).unwrap_or_default()
}

fn reserve(reader: &mut Reader, root: &Section<'_>) -> Reserve {
    let Some(section) = root.section(reader, "reserve", "[reserve]", &["appeals", "until", "reference"])
    else {
        return Reserve::default();
    };
    Reserve {
        appeals: section.required_share(reader, "appeals").map_or_else(Rational::zero, |(share, _)| share),
        until: section.date(reader, "until"),
        reference: section.text(reader, "reference").map(|(text, _)| text),
        place: section.place(reader),
    }
}
