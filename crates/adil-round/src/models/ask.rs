//! Every model asked about every application, in exact numbers wherever a point hangs on it.

use std::sync::Arc;

use adil_domain::{Points, Rational};
use adil_model::model::Lines;
use adil_model::{Feature, Loss, Model, Prediction, Predictor, Values};
use adil_policy::{Expr, ForecastRule, Indicator};
use adil_score::{Interval, Raw};

use super::{FORECAST_DECIMALS, Forecast, ForecastPart};
use crate::decide::{evaluate_all, raw};
use crate::facts::Facts;
use crate::notes::Notes;

/// The part of the truths that is to lie within an interval.
const LEVEL: f64 = 0.9;

/// What a model foretells for every application.
#[derive(Debug, Clone)]
pub(crate) struct Forecasts {
    model: Arc<Model>,
    /// What was looked up, by column of the model and application.
    looked_up: Vec<Vec<Raw>>,
    scales: Vec<Scale>,
    found: Vec<Prediction>,
    /// By table and application.
    terms: Vec<Vec<i64>>,
    /// The published forecast; `None` where nothing at all is known.
    values: Vec<Option<Rational>>,
}

/// What the forecast of one application is multiplied and divided by; `None` where that is not known or not above zero.
#[derive(Debug, Clone)]
struct Scale {
    exposure: Option<f64>,
    per: Option<Rational>,
}

/// Asks every model of the policy; `models` are in its order.
pub(crate) fn ask(facts: &Facts<'_>, models: &[Arc<Model>], notes: &mut Notes) -> Vec<Forecasts> {
    let rules = facts.inputs.policy.models.iter();
    rules.zip(models).map(|(rule, model)| Forecasts::new(facts, rule, model, notes)).collect()
}

impl Forecasts {
    fn new(facts: &Facts<'_>, rule: &ForecastRule, model: &Arc<Model>, notes: &mut Notes) -> Self {
        let count = facts.subjects.len();
        // What is asked for in all is only known once everyone has applied, and no column may name it.
        let mut all = |expr: &Expr| -> Vec<Raw> {
            evaluate_all(facts, None, expr, &rule.id, notes).iter().map(raw).collect()
        };
        let looked_up: Vec<Vec<Raw>> = model
            .terms
            .iter()
            .map(|term| match rule.features.iter().find(|f| f.column == term.feature) {
                Some(feature) => all(&feature.value),
                None => vec![Raw::Missing; count],
            })
            .collect();
        let exposures = rule.exposure.as_ref().map(&mut all);
        let pers = rule.per.as_ref().map(&mut all);
        let scale = |subject: usize| Scale {
            exposure: match &exposures {
                Some(values) => Some(number(&values[subject])).filter(|e| *e > 0.0),
                None => Some(1.0),
            },
            per: match &pers {
                Some(values) => above_zero(&values[subject]).cloned(),
                None => Some(Rational::one()),
            },
        };
        let scales: Vec<Scale> = (0..count).map(scale).collect();
        let exposures: Vec<f64> = scales.iter().map(|s| s.exposure.unwrap_or(f64::NAN)).collect();
        let features: Vec<Feature> = model
            .terms
            .iter()
            .zip(&looked_up)
            .map(|(term, values)| Feature { name: term.feature.clone(), values: column(&term.lines, values) })
            .collect();
        let predictor = Predictor::new(model);
        let mut found = predictor.rows(&features, count, &exposures, LEVEL);
        for (found, scale) in found.iter_mut().zip(&scales) {
            let per = scale.per.as_ref().map_or(f64::NAN, Rational::to_f64);
            found.low /= per;
            found.high /= per;
        }
        let terms = predictor.terms(&features, count);
        let values = found
            .iter()
            .enumerate()
            .map(|(subject, found)| {
                let known = looked_up.iter().any(|column| column[subject] != Raw::Missing);
                if known { published(model, found.points, &scales[subject]) } else { None }
            })
            .collect();
        Self { model: Arc::clone(model), looked_up, scales, found, terms, values }
    }

    /// The published forecast.
    pub(crate) fn value(&self, subject: usize) -> Option<&Rational> {
        self.values.get(subject)?.as_ref()
    }

    /// Where the truths lie, by application.
    pub(crate) fn intervals(&self) -> Vec<Interval> {
        self.found.iter().map(|found| Interval { low: found.low, high: found.high }).collect()
    }

    /// The forecast part by part, with the points that each part has of those the indicator earned.
    pub(crate) fn of(
        &self,
        at: usize,
        subject: usize,
        indicator: &Indicator,
        points: Points,
    ) -> Option<Forecast> {
        let found = self.found.get(subject)?;
        self.value(subject)?;
        let start = published(&self.model, self.model.intercept, &self.scales[subject])?;
        let base = adil_score::points_alone(indicator, &start)?;
        let adds: Vec<i64> = self.terms.iter().map(|table| table[subject]).collect();
        let parts = split(points.micro() - base.micro(), &adds);
        let column = |name: &str| self.model.terms.iter().position(|term| term.feature == name);
        let single = self.looked_up.iter().map(|values| values[subject].published());
        let double = self.model.pairs.iter().map(|pair| {
            let sides = pair.features.each_ref().map(|name| {
                match column(name).map(|at| self.looked_up[at][subject].published()) {
                    Some(value) if !value.is_empty() => value,
                    _ => "?".to_owned(),
                }
            });
            sides.join(" × ")
        });
        let parts = single.chain(double).zip(&adds).zip(parts).map(|((value, adds), points)| ForecastPart {
            value,
            adds: *adds,
            points: Points::from_micro(points),
        });
        let decimal = |end: f64| fixed(end).unwrap_or_else(Rational::zero);
        Some(Forecast {
            model: at,
            low: decimal(found.low),
            high: decimal(found.high),
            sum: found.points,
            base,
            parts: parts.collect(),
        })
    }
}

fn number(raw: &Raw) -> f64 {
    match raw {
        // The published decimal, as anyone would read it.
        Raw::Number(_) => raw.published().parse().unwrap_or(f64::NAN),
        _ => f64::NAN,
    }
}

fn column(lines: &Lines, values: &[Raw]) -> Values {
    match lines {
        Lines::Cuts(_) => Values::numbers(values.iter().map(number)),
        Lines::Words(_) => {
            let words: Vec<String> = values.iter().map(Raw::published).collect();
            Values::words(words.iter().map(String::as_str))
        }
    }
}

fn above_zero(raw: &Raw) -> Option<&Rational> {
    match raw {
        Raw::Number(number) if !number.is_zero() && !number.is_negative() => Some(number),
        _ => None,
    }
}

/// What a sum of points foretells, as a published decimal. Of a sum that is the forecast itself nothing passes through a
/// float.
fn published(model: &Model, points: i64, scale: &Scale) -> Option<Rational> {
    let foretold = match model.loss {
        Loss::Squared => Rational::from_scaled(points, model.decimals),
        _ => fixed(model.mean(points, scale.exposure?))?,
    };
    Some(foretold.checked_div(scale.per.as_ref()?)?.fixed(FORECAST_DECIMALS))
}

fn fixed(value: f64) -> Option<Rational> {
    Some(Rational::from_f64(value)?.fixed(FORECAST_DECIMALS))
}

/// Divides millionths of a point in proportion to what each table adds to the sum: exactly, by largest remainder, the
/// earlier table first.
pub(crate) fn split(total: i64, adds: &[i64]) -> Vec<i64> {
    let sum: i128 = adds.iter().map(|a| i128::from(*a)).sum();
    if sum == 0 {
        // The sum is where it began, and so are the points.
        return vec![0; adds.len()];
    }
    let exact = |adds: i64| i128::from(total) * i128::from(adds);
    // Over a positive divisor, so that what is left over has one meaning.
    let (sign, divisor) = (sum.signum(), sum.abs());
    let mut parts: Vec<i64> =
        adds.iter().map(|a| i64::try_from((exact(*a) * sign).div_euclid(divisor)).unwrap_or(0)).collect();
    let mut order: Vec<usize> = (0..adds.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse((exact(adds[*at]) * sign).rem_euclid(divisor)));
    let left = total - parts.iter().sum::<i64>();
    for at in order.into_iter().take(usize::try_from(left).unwrap_or(0)) {
        parts[at] += 1;
    }
    parts
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::split;

    #[test]
    fn parts_are_in_proportion() {
        assert_eq!(split(100, &[3, 1]), [75, 25]);
        assert_eq!(split(-100, &[3, 1]), [-75, -25]);
        // What adds against the sum has a part against the points.
        assert_eq!(split(100, &[-1, 3]), [-50, 150]);
        assert_eq!(split(10, &[1, 1, 1]), [4, 3, 3]);
        assert_eq!(split(0, &[5, -5]), [0, 0]);
    }

    proptest! {
        #[test]
        fn parts_add_up(
            total in -100_000_000i64..100_000_000,
            adds in proptest::collection::vec(-(1i64 << 53)..(1i64 << 53), 1..12),
        ) {
            prop_assume!(adds.iter().sum::<i64>() != 0);
            let parts = split(total, &adds);
            prop_assert_eq!(parts.iter().sum::<i64>(), total);
        }
    }
}
