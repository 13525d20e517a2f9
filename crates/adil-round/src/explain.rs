//! Why an application gets what it gets: named steps with numbers in and out, ready to be put into words.
//!
//! Nothing is computed here that the decision does not hold; steps are only brought into reading order.

mod forecast;

use adil_domain::{Date, LocalizedText, Money, Outcome, Points, Rational};
use adil_policy::Pot;
use serde::Serialize;

pub use forecast::{ForecastStep, PartStep, step as forecast_step};

use crate::decision::{ApplicationDecision, Binding, Decision, NodeDecision, Reason, Status};
use crate::uncertainty::PROBABILITY_DECIMALS;

/// The whole explanation of one application.
#[derive(Debug, Clone, Serialize)]
pub struct Explanation {
    /// `application_id`.
    pub application: String,
    /// The name people know it by.
    pub name: String,
    /// What the money is for.
    pub purpose: String,
    /// Code of its place.
    pub territory: String,
    /// `funded`, `not-funded`, `held`, `ineligible`.
    pub status: &'static str,
    /// Reason words as in `awards.csv`.
    pub reasons: Vec<String>,
    /// What was asked for, in major units.
    pub sought: Option<String>,
    /// What it gets, in major units.
    pub amount: String,
    /// What is kept for it while it is held.
    pub amount_if_cleared: Option<String>,
    /// Conditions of admission.
    pub gates: Vec<GateStep>,
    /// What detectors found.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<FlagStep>,
    /// From values to points.
    pub points: Vec<PointStep>,
    /// The sum.
    pub score: String,
    /// Place among all that were admitted.
    pub rank: Option<usize>,
    /// How many were ranked.
    pub ranked: usize,
    /// From points to money, for each pot.
    pub money: Vec<MoneyStep>,
    /// Where nine of ten variations lie, when the policy asks for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bands: Option<BandStep>,
    /// What would change it.
    pub changes: Vec<Change>,
}

/// Where nine of ten variations of an application lie.
#[derive(Debug, Clone, Serialize)]
pub struct BandStep {
    /// How many variations there were.
    pub replicas: u32,
    /// Points.
    pub points: [String; 2],
    /// Ranks; missing for who was refused.
    pub rank: Option<[u32; 2]>,
    /// What it would get, or what would be kept for it while it is held; missing for who takes part in no pot.
    pub amount: Option<[String; 2]>,
    /// The part of the variations in which that is more than nothing.
    pub p_funded: Option<String>,
}

/// One condition of admission and its answer.
#[derive(Debug, Clone, Serialize)]
pub struct GateStep {
    /// The gate's id.
    pub id: String,
    /// Its title.
    #[serde(serialize_with = "localized")]
    pub title: LocalizedText,
    /// `pass`, `fail` or `unknown`.
    pub outcome: &'static str,
    /// Who says so.
    pub source: String,
    /// As of when.
    pub as_of: Option<Date>,
    /// The law or rule behind it.
    pub reference: Option<String>,
    /// What each check said, also when it is too old to count.
    pub answers: Vec<AnswerStep>,
}

/// What one detector found.
#[derive(Debug, Clone, Serialize)]
pub struct FlagStep {
    /// The detector's id.
    pub detector: String,
    /// Its title.
    #[serde(serialize_with = "localized")]
    pub title: LocalizedText,
    /// `hold` or `review`.
    pub action: &'static str,
    /// The gravest of its flags.
    pub severity: &'static str,
    /// How many flags.
    pub flags: usize,
    /// What the gravest says.
    pub sentence: String,
    /// The law or rule behind it.
    pub reference: Option<String>,
}

/// What one check said.
#[derive(Debug, Clone, Serialize)]
pub struct AnswerStep {
    /// The check.
    pub check: String,
    /// What it counts as.
    pub outcome: &'static str,
    /// What was said, when an answer exists; differs from `outcome` where it has become too old.
    pub said: Option<&'static str>,
    /// The source.
    pub source: String,
    /// As of when.
    pub as_of: Option<Date>,
    /// What it rests on.
    pub evidence: Option<String>,
}

/// One indicator: value, scaled, weight, points.
#[derive(Debug, Clone, Serialize)]
pub struct PointStep {
    /// `criterion.indicator`.
    pub id: String,
    /// Title of the criterion.
    #[serde(serialize_with = "localized")]
    pub criterion: LocalizedText,
    /// Title of the indicator.
    #[serde(serialize_with = "localized")]
    pub title: LocalizedText,
    /// The quantity, as the policy writes it.
    pub expression: String,
    /// The published value; empty when missing.
    pub value: String,
    /// Between 0 and 1.
    pub scaled: String,
    /// The most points there are.
    pub weight: String,
    /// Points earned.
    pub points: String,
    /// How a missing value was replaced; empty when it is known.
    pub imputed: &'static str,
    /// Where the value comes from.
    pub source: String,
    /// As of when.
    pub as_of: Option<Date>,
    /// Of a forecast, how it comes about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub forecast: Option<ForecastStep>,
}

/// From weight and price to an amount, in one pot.
#[derive(Debug, Clone, Serialize)]
pub struct MoneyStep {
    /// The pot's id.
    pub pot: String,
    /// Its title.
    #[serde(serialize_with = "localized")]
    pub title: LocalizedText,
    /// The weight, as the policy writes it.
    pub weight_expression: String,
    /// Why the weight may rest on the applicant's word, where it does.
    #[serde(serialize_with = "localized")]
    pub weight_because: LocalizedText,
    /// The weight.
    pub weight: String,
    /// Price of the whole pot first, then of each place down to the applicant's own.
    pub prices: Vec<PriceStep>,
    /// Weight × price, before the applicant's own bounds: major units with the currency's decimals.
    pub share: String,
    /// The least it may get.
    pub floor: String,
    /// The most it may get.
    pub ceiling: Option<String>,
    /// Nothing, or at least this.
    pub minimum: Option<String>,
    /// The bound that holds: empty, `floor`, `ceiling`, `zero-weight`, `below-minimum`.
    pub bound: &'static str,
    /// For `below-minimum`: the award that was too small.
    pub before_drop: Option<String>,
    /// The exact optimum before rounding, as a fraction or decimal.
    pub exact: String,
    /// The amount in whole payable steps.
    pub amount: String,
}

/// The price of one place, and the bound that bends it.
#[derive(Debug, Clone, Serialize)]
pub struct PriceStep {
    /// Code of the place; empty for the whole pot.
    pub territory: String,
    /// Its name.
    #[serde(serialize_with = "localized")]
    pub name: LocalizedText,
    /// Its level; empty for the whole pot.
    pub level: String,
    /// Money per unit of weight.
    pub price: String,
    /// Floor of the place.
    pub floor: String,
    /// Ceiling of the place.
    pub ceiling: Option<String>,
    /// What it got in all, kept money included.
    pub total: String,
    /// Whether a bound of this place binds: empty, `floor` or `ceiling`.
    pub bound: &'static str,
}

/// What would change the amount, each a fact of this decision with everything else as it is.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Change {
    /// One more point adds so much, at the price of its place.
    NextPoint {
        /// The pot.
        pot: String,
        /// Major units.
        adds: String,
    },
    /// The ceiling binds: more points would add nothing.
    CeilingReached {
        /// The pot.
        pot: String,
        /// Whether the ceiling is just the amount asked for.
        is_amount_sought: bool,
    },
    /// The floor holds it up: so many points more before the share passes the floor.
    FloorHolds {
        /// The pot.
        pot: String,
        /// What the share would be without the floor.
        share: String,
    },
    /// The award would have been so much, below its own minimum.
    BelowMinimum {
        /// The pot.
        pot: String,
        /// The award that was too small.
        award: String,
        /// The minimum.
        minimum: String,
    },
    /// That condition is not met; if it were, the application would be counted.
    MeetGate {
        /// The gate.
        gate: String,
    },
    /// What a detector found is answered.
    AnswerFlag {
        /// The detector.
        detector: String,
    },
    /// That condition is not known; once it is met, the kept money is paid.
    ClearGate {
        /// The gate.
        gate: String,
    },
    /// The amount asked for is missing; once it is stated, the application is counted.
    StateAmount,
    /// That value is missing and worth up to so many points.
    StateValue {
        /// `criterion.indicator`.
        indicator: String,
        /// Points it could add.
        up_to: String,
    },
}

fn localized<S: serde::Serializer>(text: &LocalizedText, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(text.iter().map(|(language, text)| (language.code().to_owned(), text)))
}

/// The explanation of one application of the decision.
pub fn explain(decision: &Decision, application: &ApplicationDecision) -> Explanation {
    let ranked = decision.applications.iter().filter(|a| a.rank.is_some()).count();
    Explanation {
        application: application.id.clone(),
        name: application.name.clone(),
        purpose: application.purpose.clone(),
        territory: application.territory.clone(),
        status: application.status.as_str(),
        reasons: application.reasons.iter().map(ToString::to_string).collect(),
        sought: application.sought.map(|m| m.to_string()),
        amount: application.amount.to_string(),
        amount_if_cleared: application.amount_if_cleared.map(|m| m.to_string()),
        gates: gate_steps(decision, application),
        flags: flag_steps(decision, application),
        points: point_steps(decision, application),
        score: application.points.to_string(),
        rank: application.rank,
        ranked,
        money: application.pots.iter().map(|p| money_step(decision, p)).collect(),
        bands: band_step(decision, application),
        changes: changes(decision, application),
    }
}

fn band_step(decision: &Decision, application: &ApplicationDecision) -> Option<BandStep> {
    let bands = decision.bands(&application.id)?;
    Some(BandStep {
        replicas: decision.uncertainty.as_ref()?.replicas,
        points: [bands.points.0.to_string(), bands.points.1.to_string()],
        rank: bands.rank.map(|(low, high)| [low, high]),
        amount: bands.amount.map(|(low, high)| [low.to_string(), high.to_string()]),
        p_funded: bands.funded.as_ref().map(|p| p.to_short_decimal(PROBABILITY_DECIMALS)),
    })
}

fn flag_steps(decision: &Decision, application: &ApplicationDecision) -> Vec<FlagStep> {
    let step = |flagged: &crate::decision::Flagged| {
        let rule = &decision.policy.detectors[flagged.detector];
        FlagStep {
            detector: rule.id.clone(),
            title: rule.meta.title.clone(),
            action: rule.action.as_str(),
            severity: flagged.severity.as_str(),
            flags: flagged.flags,
            sentence: flagged.sentence.clone(),
            reference: rule.meta.reference.clone(),
        }
    };
    application.flags.iter().map(step).collect()
}

fn gate_steps(decision: &Decision, application: &ApplicationDecision) -> Vec<GateStep> {
    let step = |(gate, result): (&adil_policy::Gate, &crate::decision::GateResult)| GateStep {
        id: gate.id.clone(),
        title: gate.meta.title.clone(),
        outcome: result.outcome.as_str(),
        source: result.source.clone(),
        as_of: result.as_of,
        reference: gate.meta.reference.clone(),
        answers: result
            .answers
            .iter()
            .map(|a| AnswerStep {
                check: a.check.clone(),
                outcome: a.outcome.as_str(),
                said: a.said.filter(|_| a.digest.is_none()).map(Outcome::as_str),
                source: a.source.clone(),
                as_of: a.as_of,
                evidence: a.evidence.clone(),
            })
            .collect(),
    };
    decision.policy.gates.iter().zip(&application.gates).map(step).collect()
}

fn point_steps(decision: &Decision, application: &ApplicationDecision) -> Vec<PointStep> {
    let indicators = decision.policy.criteria.iter().flat_map(|c| c.indicators.iter().map(move |i| (c, i)));
    indicators
        .zip(&application.contributions)
        .map(|((criterion, indicator), contribution)| PointStep {
            id: format!("{}.{}", criterion.id, indicator.id),
            criterion: criterion.meta.title.clone(),
            title: indicator.meta.title.clone(),
            expression: indicator.value.source().to_owned(),
            value: contribution.value.clone(),
            scaled: contribution.scaled.to_string(),
            weight: indicator.weight.to_short_decimal(6),
            points: contribution.points.to_string(),
            imputed: contribution.imputed.as_str(),
            source: contribution.source.clone(),
            as_of: contribution.as_of,
            forecast: contribution.forecast.as_ref().and_then(|f| forecast::step(decision, f)),
        })
        .collect()
}

/// Digits after the point of a published price: a price per point and euro is a small number.
pub const PRICE_DECIMALS: u32 = 12;

fn money_step(decision: &Decision, award: &crate::decision::PotAward) -> MoneyStep {
    let pot = &decision.policy.pots[award.pot];
    let node = &decision.pots[award.pot].nodes[award.node];
    let decimals = decision.currency().decimals();
    MoneyStep {
        pot: pot.id.clone(),
        title: pot.meta.title.clone(),
        weight_expression: pot.weight.source().to_owned(),
        weight_because: pot.weight_because.clone().unwrap_or_default(),
        weight: award.weight.to_short_decimal(6),
        prices: price_chain(decision, award.pot, award.node),
        share: (&award.weight * &node.price).to_decimal(decimals),
        floor: award.floor.to_string(),
        ceiling: award.ceiling.map(|m| m.to_string()),
        minimum: award.minimum.map(|m| m.to_string()),
        bound: award.binding.as_str(),
        before_drop: award.before_drop.map(|m| m.to_string()),
        exact: award.exact.to_string(),
        amount: award.amount.to_string(),
    }
}

/// The nodes from the whole pot down to `node`.
pub fn node_chain(nodes: &[NodeDecision], node: usize) -> Vec<&NodeDecision> {
    let mut chain: Vec<&NodeDecision> =
        std::iter::successors(nodes.get(node), |n| n.parent.and_then(|p| nodes.get(p))).collect();
    chain.reverse();
    chain
}

fn price_chain(decision: &Decision, pot: usize, node: usize) -> Vec<PriceStep> {
    node_chain(&decision.pots[pot].nodes, node)
        .into_iter()
        .map(|node| {
            let territory = node.territory.map(|t| &decision.territories[t]);
            let total = node.amount.checked_add(node.reserved).unwrap_or(node.amount);
            PriceStep {
                territory: territory.map(|t| t.code.clone()).unwrap_or_default(),
                name: territory.map(|t| t.name.clone()).unwrap_or_default(),
                level: territory.map(|t| t.level.clone()).unwrap_or_default(),
                price: node.price.to_short_decimal(PRICE_DECIMALS),
                floor: node.floor.to_string(),
                ceiling: node.ceiling.map(|m| m.to_string()),
                total: total.to_string(),
                bound: node.binding.as_str(),
            }
        })
        .collect()
}

/// What would change an application's amount.
pub fn changes(decision: &Decision, application: &ApplicationDecision) -> Vec<Change> {
    let mut changes: Vec<Change> = application.reasons.iter().filter_map(change_of_reason).collect();
    if application.status != Status::Ineligible {
        for award in &application.pots {
            changes.extend(change_of_award(decision, application, award));
        }
        changes.extend(missing_values(decision, application));
    }
    changes
}

fn change_of_reason(reason: &Reason) -> Option<Change> {
    match reason {
        Reason::GateFailed(gate) => Some(Change::MeetGate { gate: gate.clone() }),
        Reason::GateUnknown(gate) => Some(Change::ClearGate { gate: gate.clone() }),
        Reason::Flagged(detector) => Some(Change::AnswerFlag { detector: detector.clone() }),
        Reason::AmountUnknown => Some(Change::StateAmount),
        _ => None,
    }
}

fn change_of_award(
    decision: &Decision,
    application: &ApplicationDecision,
    award: &crate::decision::PotAward,
) -> Option<Change> {
    let pot: &Pot = &decision.policy.pots[award.pot];
    let node = &decision.pots[award.pot].nodes[award.node];
    let decimals = decision.currency().decimals();
    let id = pot.id.clone();
    match award.binding {
        Binding::Ceiling => {
            let steps = |m: Option<Money>| m.map(|m| m.minor() / decision.policy.round.unit.minor().max(1));
            let is_amount_sought = steps(award.ceiling) == steps(application.sought);
            Some(Change::CeilingReached { pot: id, is_amount_sought })
        }
        Binding::Floor => {
            Some(Change::FloorHolds { pot: id, share: (&award.weight * &node.price).to_decimal(decimals) })
        }
        Binding::Dropped => Some(Change::BelowMinimum {
            pot: id,
            award: award.before_drop.map(|m| m.to_string()).unwrap_or_default(),
            minimum: award.minimum.map(|m| m.to_string()).unwrap_or_default(),
        }),
        Binding::Free | Binding::ZeroWeight => award
            .next_point
            .as_ref()
            .filter(|gain| **gain > Rational::zero())
            .map(|gain| Change::NextPoint { pot: id, adds: gain.to_decimal(decimals) }),
    }
}

fn missing_values(decision: &Decision, application: &ApplicationDecision) -> Vec<Change> {
    let indicators = decision.policy.criteria.iter().flat_map(|c| c.indicators.iter().map(move |i| (c, i)));
    indicators
        .zip(&application.contributions)
        .filter(|(_, c)| !c.imputed.as_str().is_empty())
        .map(|((criterion, indicator), c)| {
            let room = &indicator.weight - &c.points.to_rational();
            Change::StateValue {
                indicator: format!("{}.{}", criterion.id, indicator.id),
                up_to: room.to_short_decimal(6),
            }
        })
        .collect()
}

/// The points of a decision's best and worst ranked application; `None` when nobody is ranked.
pub fn points_range(decision: &Decision) -> Option<(Points, Points)> {
    let ranked = || decision.applications.iter().filter(|a| a.rank.is_some()).map(|a| a.points);
    Some((ranked().min()?, ranked().max()?))
}
