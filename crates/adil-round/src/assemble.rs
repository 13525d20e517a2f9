//! Gates, points and money of every application brought together: the decision.

use std::collections::{BTreeMap, BTreeSet};

use adil_domain::{Date, Money, Points};
use adil_integrity::links::concentration;
use adil_policy::Indicator;
use adil_score::{Imputed, Score};

use crate::decide::Standing;
use crate::decision::{
    ApplicationDecision, Clustered, ContributionResult, Decision, Reason, SourceStatus, Status, Territory,
    Totals,
};
use crate::divide::Division;
use crate::facts::Facts;
use crate::folder::{APPLICATIONS, FACILITIES, OPERATORS, POLICY, TERRITORIES};
use crate::inputs::Inputs;
use crate::notes::Notes;
use crate::positions;

/// The decision.
pub(crate) fn assemble(
    facts: &Facts<'_>,
    standings: Vec<Standing>,
    scores: Vec<Score>,
    mut division: Division,
    notes: Notes,
) -> Decision {
    let inputs = facts.inputs;
    let currency = inputs.policy.round.currency;
    let origins: Vec<(String, Option<Date>)> = inputs
        .policy
        .criteria
        .iter()
        .flat_map(|c| &c.indicators)
        .map(|i| facts.origin_of(None, &i.value, &[]))
        .collect();
    let indicators: Vec<&Indicator> = inputs.policy.criteria.iter().flat_map(|c| &c.indicators).collect();
    let told: Vec<bool> = indicators.iter().map(|i| facts.is_told(&i.value)).collect();
    let mut applications: Vec<ApplicationDecision> = Vec::with_capacity(standings.len());
    for (subject, (standing, score)) in standings.into_iter().zip(scores).enumerate() {
        let points = score.points();
        let contributions = score
            .contributions
            .into_iter()
            .enumerate()
            .map(|(index, c)| {
                let answers = facts.answers_used(subject, &indicators[index].value);
                let (source, as_of) = if answers.is_empty() && !told[index] {
                    origins[index].clone()
                } else {
                    facts.origin_of(Some(subject), &indicators[index].value, &answers)
                };
                let indicator = indicators[index];
                let forecast = facts.inputs.policy.model_of(indicator).filter(|_| c.imputed == Imputed::No);
                let forecast =
                    forecast.and_then(|at| facts.forecasts.get(at)?.of(at, subject, indicator, c.points));
                ContributionResult {
                    forecast: forecast.map(Box::new),
                    value: c.value.published(),
                    scaled: c.scaled,
                    points: c.points,
                    imputed: c.imputed,
                    source,
                    as_of,
                }
            })
            .collect();
        let pots = std::mem::take(&mut division.awards[subject]);
        let outcome = division.outcomes[subject].take();
        let (status, mut reasons) = match (&outcome, standing.status) {
            // Only an admitted application is moved by the division.
            (Some(outcome), Status::NotFunded) => (outcome.status, outcome.reasons.clone()),
            (Some(outcome), Status::Held) => {
                let mut reasons = standing.reasons;
                reasons.extend(
                    outcome.reasons.iter().filter(|r| matches!(r, Reason::QuantityUnknown { .. })).cloned(),
                );
                (Status::Held, reasons)
            }
            (_, status) => (status, standing.reasons),
        };
        if reasons.is_empty() {
            reasons.push(Reason::NoPot);
        }
        let total = pots.iter().map(|p| p.amount.minor()).sum::<i64>();
        let total = Money::from_minor(total, currency);
        let held = status == Status::Held;
        applications.push(ApplicationDecision {
            status,
            reasons,
            gates: standing.gates,
            flags: facts.flags[subject].clone(),
            contributions,
            points,
            rank: None,
            amount: if held { Money::zero(currency) } else { total },
            amount_if_cleared: (held && !pots.is_empty()).then_some(total),
            pots,
            ..names(facts, subject)
        });
    }
    rank(&mut applications);
    let mut problems = inputs.problems.clone();
    problems.extend(notes.into_problems());
    problems.extend(facts.reach_problems.iter().cloned());
    problems.extend(facts.forecast_notes.clone().into_problems());
    problems.sort();
    Decision {
        policy: inputs.policy.clone(),
        policy_digest: inputs.digests.get(POLICY).cloned().unwrap_or_default(),
        inputs: inputs.digests.clone(),
        totals: totals(inputs, &applications, &division),
        clusters: clustered(facts, &applications),
        applications,
        pots: division.pots,
        territories: territories(facts),
        models: inputs.models.clone(),
        reach: facts.reach.clone(),
        observed: facts.observed.clone(),
        boundaries: inputs.boundaries.clone(),
        sources: sources(facts),
        disagreements: facts.disagreements(),
        provenance: inputs
            .policy
            .names()
            .iter()
            .filter_map(|n| {
                let column = inputs.schema.provenance(n.entity, &n.column).cloned();
                Some((n.to_string(), column.or_else(|| inputs.provenance_of_model(n))?))
            })
            .collect(),
        schema: inputs.schema.clone(),
        problems,
        uncertainty: None,
        independence: None,
        shadow: inputs.shadow,
        simulated: inputs.package.as_ref().is_some_and(crate::package::DataPackage::simulated)
            || inputs.models.iter().any(|model| model.training.simulated),
        rows_read: inputs
            .tables
            .iter()
            .filter(|(file, _)| !(inputs.shadow && **file == APPLICATIONS))
            .map(|(file, table)| ((*file).to_owned(), table.len()))
            .collect(),
    }
}

/// How the money is spread over operators that count as one.
fn clustered(facts: &Facts<'_>, applications: &[ApplicationDecision]) -> Option<Clustered> {
    let links = facts.clusters.as_ref()?.links.clone()?;
    let mut amounts: BTreeMap<String, Money> = BTreeMap::new();
    for application in applications.iter().filter(|a| !a.operator_id.is_empty()) {
        let zero = Money::zero(facts.inputs.policy.round.currency);
        let sum = amounts.entry(application.operator_id.clone()).or_insert(zero);
        let worth = application.amount_if_cleared.unwrap_or(application.amount);
        *sum = sum.checked_add(worth).unwrap_or(*sum);
    }
    let concentration = concentration(&links, &amounts).ok();
    Some(Clustered { links, amounts, concentration })
}

/// Identifiers and names; everything decided is filled in by the caller.
fn names(facts: &Facts<'_>, subject: usize) -> ApplicationDecision {
    let inputs = facts.inputs;
    let currency = inputs.policy.round.currency;
    let s = &facts.subjects[subject];
    let cell = |file: &str, row: Option<usize>, name: &str| -> String {
        let value = inputs.table(file).and_then(|t| Some(t.cell(row?, t.column(name)?)));
        value.unwrap_or("").to_owned()
    };
    let facility = cell(FACILITIES, s.facility, "name");
    let operator_name = cell(OPERATORS, s.operator, "name");
    let own = cell(APPLICATIONS, Some(s.row), "name");
    let name = [facility, own, operator_name.clone()].into_iter().find(|n| !n.is_empty()).unwrap_or_default();
    ApplicationDecision {
        id: s.id.to_owned(),
        facility_id: s.facility_id.to_owned(),
        operator_id: s.operator_id.to_owned(),
        territory: s.territory_code.to_owned(),
        position: s.facility.and_then(|row| positions::of(inputs.table(FACILITIES)?, row)),
        previous: Money::parse(&cell(APPLICATIONS, Some(s.row), "previous_amount"), currency).ok(),
        name,
        operator_name,
        purpose: cell(APPLICATIONS, Some(s.row), "purpose"),
        line: inputs.applications().map_or(1, |t| t.line(s.row)),
        sought: s.sought,
        status: Status::NotFunded,
        reasons: Vec::new(),
        gates: Vec::new(),
        flags: Vec::new(),
        contributions: Vec::new(),
        points: Points::ZERO,
        rank: None,
        pots: Vec::new(),
        amount: Money::zero(currency),
        amount_if_cleared: None,
    }
}

/// Places by points among all that were not refused; equal points share the better place.
fn rank(applications: &mut [ApplicationDecision]) {
    let mut order: Vec<usize> =
        (0..applications.len()).filter(|i| applications[*i].status != Status::Ineligible).collect();
    order.sort_by_key(|i| std::cmp::Reverse(applications[*i].points));
    let mut previous: Option<(Points, usize)> = None;
    for (position, index) in order.into_iter().enumerate() {
        let points = applications[index].points;
        let place = match previous {
            Some((same, place)) if same == points => place,
            _ => position + 1,
        };
        applications[index].rank = Some(place);
        previous = Some((points, place));
    }
}

fn totals(inputs: &Inputs, applications: &[ApplicationDecision], division: &Division) -> Totals {
    let currency = inputs.policy.round.currency;
    let budget = inputs.policy.round.budget;
    let sum = |minor: i128| Money::from_minor(i64::try_from(minor).unwrap_or(i64::MAX), currency);
    let awarded: i128 = applications.iter().map(|a| i128::from(a.amount.minor())).sum();
    let held: i128 =
        applications.iter().filter_map(|a| a.amount_if_cleared).map(|m| i128::from(m.minor())).sum();
    let appeals = division.appeals;
    let reserved = held + i128::from(appeals.minor());
    Totals {
        budget,
        awarded: sum(awarded),
        reserved: sum(reserved),
        reserved_for_appeals: appeals,
        unspent: sum(i128::from(budget.minor()) - awarded - reserved),
        sought: sum(applications.iter().filter_map(|a| a.sought).map(|m| i128::from(m.minor())).sum()),
    }
}

fn territories(facts: &Facts<'_>) -> Vec<Territory> {
    let tree = &facts.inputs.tree;
    let table = facts.inputs.table(TERRITORIES);
    (0..tree.len())
        .map(|node| {
            let mut name = adil_domain::LocalizedText::default();
            for language in facts.inputs.country.languages() {
                let column = format!("name_{language}");
                let text = table.and_then(|t| Some(t.cell(facts.territory_row(node)?, t.column(&column)?)));
                if let Some(text) = text.filter(|t| !t.is_empty()) {
                    name.insert(*language, text);
                }
            }
            if name.is_empty() {
                name.insert(
                    facts.inputs.country.languages().first().copied().unwrap_or(adil_domain::Language::EN),
                    tree.code(node),
                );
            }
            Territory {
                code: tree.code(node).to_owned(),
                parent: tree.parent(node).map(|p| tree.code(p).to_owned()).unwrap_or_default(),
                level: tree.level(node).to_owned(),
                name,
                population: facts.population(node),
            }
        })
        .collect()
}

/// Whether each outside source answered.
pub(crate) fn sources(facts: &Facts<'_>) -> Vec<SourceStatus> {
    let policy = &facts.inputs.policy;
    let today = policy.round.as_of;
    let mut seen: BTreeMap<&str, (Option<Date>, usize)> = BTreeMap::new();
    let mut answers: BTreeMap<&str, usize> = BTreeMap::new();
    for (answer, fresh) in facts.all_answers() {
        *answers.entry(answer.source.as_str()).or_default() += 1;
        let entry = seen.entry(answer.source.as_str()).or_default();
        if answer.as_of <= today {
            entry.0 = entry.0.max(Some(answer.as_of));
        }
        entry.1 += usize::from(fresh);
    }
    let declared: Vec<&str> = policy.sources.iter().map(|s| s.name.as_str()).collect();
    let undeclared: BTreeSet<&str> = seen.keys().copied().filter(|s| !declared.contains(s)).collect();
    declared
        .into_iter()
        .chain(undeclared)
        .map(|name| {
            let rule = policy.sources.iter().find(|s| s.name == name);
            let of_columns = facts.inputs.schema.days_of_source(name);
            let (as_of, used) = match seen.get(name) {
                _ if facts.inputs.withdrawn.contains(name) => (None, 0),
                Some(of_answers) => *of_answers,
                None => (of_columns.iter().copied().max().flatten(), of_columns.len()),
            };
            SourceStatus {
                name: name.to_owned(),
                status: match (as_of, used) {
                    _ if facts.inputs.withdrawn.contains(name) => "withdrawn",
                    (None, 0) => "absent",
                    (None, _) => "undated",
                    (Some(_), 0) => "stale",
                    _ => "live",
                },
                as_of,
                required: rule.is_some_and(|s| s.required),
                used,
                answers: answers.get(name).copied().unwrap_or(0),
            }
        })
        .collect()
}
