//! The shared part of every explanation: conditions, indicators, sources. An application's row only links to it and
//! says what differs.

use std::collections::BTreeMap;

use adil_domain::Date;
use adil_policy::Section;
use adil_round::Decision;

use crate::sentences::Teller;

/// A condition of admission.
pub(crate) struct GateRow {
    pub(crate) title: String,
    pub(crate) expression: String,
    pub(crate) source: String,
    pub(crate) reference: String,
}

/// An indicator.
pub(crate) struct IndicatorRow {
    pub(crate) title: String,
    pub(crate) criterion: String,
    pub(crate) expression: String,
    pub(crate) weight: String,
    pub(crate) source: String,
    pub(crate) reference: String,
}

/// A source of facts.
pub(crate) struct SourceRow {
    pub(crate) name: String,
    pub(crate) mark: char,
    pub(crate) state: String,
    pub(crate) as_of: String,
    pub(crate) role: String,
    pub(crate) reference: String,
}

/// Who says something, as of when.
pub(crate) type Origin<'d> = (&'d str, Option<Date>);

/// The origin that most applications share, for each condition and each indicator: it is said once, and a row
/// repeats only what differs from it.
pub(crate) struct Common<'d> {
    pub(crate) gates: Vec<Option<Origin<'d>>>,
    pub(crate) indicators: Vec<Option<Origin<'d>>>,
}

impl<'d> Common<'d> {
    pub(crate) fn of(decision: &'d Decision) -> Self {
        let indicators = decision.policy.criteria.iter().map(|c| c.indicators.len()).sum();
        let gate = |at: usize| {
            most_frequent(
                decision
                    .applications
                    .iter()
                    .filter_map(|a| a.gates.get(at))
                    .map(|g| (g.source.as_str(), g.as_of)),
            )
        };
        let indicator = |at: usize| {
            let results = decision.applications.iter().filter_map(|a| a.contributions.get(at));
            most_frequent(results.map(|c| (c.source.as_str(), c.as_of)))
        };
        Self {
            gates: (0..decision.policy.gates.len()).map(gate).collect(),
            indicators: (0..indicators).map(indicator).collect(),
        }
    }
}

fn most_frequent<'d>(origins: impl Iterator<Item = Origin<'d>>) -> Option<Origin<'d>> {
    let mut counts: BTreeMap<Origin<'d>, usize> = BTreeMap::new();
    for origin in origins {
        *counts.entry(origin).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(_, n)| *n).map(|(origin, _)| origin)
}

fn said(teller: &Teller<'_>, origin: Option<&Option<Origin<'_>>>) -> String {
    origin.copied().flatten().map(|(source, as_of)| teller.source(source, as_of)).unwrap_or_default()
}

pub(crate) fn gates(teller: &Teller<'_>, common: &Common<'_>) -> Vec<GateRow> {
    let row = |(at, gate): (usize, &adil_policy::Gate)| GateRow {
        title: teller.title(&gate.meta.title, &gate.id).to_owned(),
        expression: gate.stands_in.as_ref().map_or_else(
            || gate.when.source().to_owned(),
            |stands_in| {
                format!("{} · {} {}", gate.when.source(), teller.words.say("stands-in"), stands_in.source())
            },
        ),
        source: said(teller, common.gates.get(at)),
        reference: gate.meta.reference.clone().unwrap_or_default(),
    };
    teller.decision.policy.gates.iter().enumerate().map(row).collect()
}

pub(crate) fn indicators(teller: &Teller<'_>, common: &Common<'_>) -> Vec<IndicatorRow> {
    let all = teller.decision.policy.criteria.iter().flat_map(|c| c.indicators.iter().map(move |i| (c, i)));
    all.enumerate()
        .map(|(at, (criterion, indicator))| IndicatorRow {
            title: teller.title(&indicator.meta.title, &indicator.id).to_owned(),
            criterion: teller.title(&criterion.meta.title, &criterion.id).to_owned(),
            expression: indicator.value.source().to_owned(),
            weight: teller.words.short(&indicator.weight),
            source: said(teller, common.indicators.get(at)),
            reference: indicator
                .meta
                .reference
                .clone()
                .or_else(|| criterion.meta.reference.clone())
                .unwrap_or_default(),
        })
        .collect()
}

pub(crate) fn sources(teller: &Teller<'_>) -> Vec<SourceRow> {
    let words = teller.words;
    let row = |source: &adil_round::decision::SourceStatus| {
        let declared = teller.decision.policy.sources.iter().find(|s| s.name == source.name);
        SourceRow {
            name: teller.source_name(&source.name),
            mark: match source.status {
                "live" => '✓',
                "stale" => '◐',
                _ => '?',
            },
            state: words.say(&format!("source-{}", source.status)),
            as_of: source.as_of.map(|d| words.date(d)).unwrap_or_default(),
            role: words.say(if source.required { "source-required" } else { "source-optional" }),
            reference: declared.and_then(|s| s.meta.reference.clone()).unwrap_or_default(),
        }
    };
    teller.decision.sources.iter().map(row).collect()
}

/// The rules as sentences; those about forecasts end with what each was learned from.
pub(crate) fn in_words(teller: &Teller<'_>) -> Vec<Section> {
    let (policy, language) = (&teller.decision.policy, teller.words.language);
    let mut sections = policy.explain(language, &teller.decision.schema);
    let heading = adil_policy::explain::catalog().map(|c| c.message(language, "heading-forecasts", None));
    if let Some(section) = sections.iter_mut().find(|s| Some(&s.heading) == heading.as_ref()) {
        section.sentences.extend(teller.trained());
    }
    sections
}
