//! The composite indicator (OECD/JRC *Handbook on Constructing Composite Indicators*, 2008): what each indicator does to
//! the order of the applications, and where two of them do the same.

use adil_domain::{Points, Rational};
use adil_policy::Policy;
use adil_round::what_if::{Patch, apply};
use adil_score::correlation::spearman;
use adil_score::{Imputed, Scaled};
use num_traits::ToPrimitive;
use rayon::prelude::*;

use crate::cases::Cases;
use crate::fixed::Fixed;
use crate::random::Stream;
use crate::statistics::{count, deviation, quantile, share_of_variance};

/// Two indicators are said to say the same from this rank correlation on.
pub(crate) const SAME: i64 = 9_000;
/// An indicator never matters when leaving it out moves an application by less than this share of all places, on average.
pub(crate) const NO_SHIFT: i64 = 100;
/// One indicator is dominated by another when the points side with the other so often.
pub(crate) const DOMINATED: i64 = 9_500;
/// The fewest pairs of applications, of those on which two indicators disagree, that allow a judgement.
const DISAGREEMENTS: usize = 30;
/// The most pairs of applications looked at.
const PAIRS: usize = 20_000;
/// The fewest values from which the far ends of a distribution can be told.
const VALUES: usize = 12;

/// What one indicator does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndicatorLine {
    /// `criterion.indicator`.
    pub id: String,
    /// Its published weight.
    pub weight: Rational,
    /// The share of the spread of all points that goes with it; `None` where all points are the same.
    pub effective: Option<Fixed>,
    /// The mean of the points that it gives.
    pub mean: Points,
    /// Their standard deviation, in points.
    pub deviation: Fixed,
    /// The mean change of place when it is left out, as a share of all places; `None` for an only indicator.
    pub shift: Option<Fixed>,
    /// How many values are known.
    pub known: usize,
    /// How many were put in place of a missing one.
    pub imputed: usize,
    /// Values far outside the others (beyond three times the middle half); `None` without numbers that spread.
    pub outliers: Option<Outliers>,
    /// Where this indicator alone lifts a middling application among the first tenth.
    pub decides: Option<Decides>,
}

impl IndicatorLine {
    /// Whether leaving it out would change almost no place.
    pub fn never_matters(&self) -> bool {
        self.shift.is_some_and(|s| s.units() < NO_SHIFT)
    }
}

/// Values beyond the fences of Tukey, three times the middle half away from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outliers {
    /// Below this.
    pub low: Fixed,
    /// Above this.
    pub high: Fixed,
    /// How many.
    pub applications: usize,
}

/// Where one indicator decides by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decides {
    /// The first value that does.
    pub value: String,
    /// How many applications have such a value.
    pub applications: usize,
}

/// Two indicators side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// Positions of both.
    pub of: (usize, usize),
    /// Applications of which both values are known.
    pub applications: usize,
    /// Spearman's rank correlation; `None` where one of both never changes.
    pub correlation: Option<Fixed>,
}

/// One indicator whose order the points do not follow where another disagrees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dominated {
    /// The one that gives way.
    pub weaker: usize,
    /// The one that the points side with.
    pub stronger: usize,
    /// How often they do.
    pub share: Fixed,
    /// On how many pairs of applications both disagree.
    pub pairs: usize,
}

/// What the audit says of the composite indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Composite {
    /// Applications that have points and were not refused.
    pub applications: usize,
    /// One for each indicator, in the policy's order.
    pub indicators: Vec<IndicatorLine>,
    /// Every pair of indicators.
    pub pairs: Vec<Pair>,
    /// Those that give way to another.
    pub dominated: Vec<Dominated>,
}

impl Composite {
    /// Pairs that say the same, or the very opposite.
    pub fn same(&self) -> impl Iterator<Item = &Pair> {
        self.pairs.iter().filter(|p| p.correlation.is_some_and(|c| c.units().abs() > SAME))
    }
}

/// Looks at the indicators of a decided round.
pub(crate) fn composite(cases: &Cases<'_>) -> Composite {
    let decision = cases.decision;
    let admitted = cases.admitted();
    let names: Vec<(&str, &str, &Rational)> = decision
        .policy
        .criteria
        .iter()
        .flat_map(|c| c.indicators.iter().map(move |i| (c.id.as_str(), i.id.as_str(), &i.weight)))
        .collect();
    let score: Vec<i64> = admitted.iter().map(|a| cases.applications()[*a].points.micro()).collect();
    let columns: Vec<Column> = (0..names.len()).map(|i| Column::of(cases, &admitted, i)).collect();
    let scaled: Vec<Vec<Scaled>> = admitted
        .iter()
        .map(|a| cases.applications()[*a].contributions.iter().map(|c| c.scaled).collect())
        .collect();
    let indicators = names
        .par_iter()
        .zip(&columns)
        .map(|((criterion, indicator, weight), column)| IndicatorLine {
            id: format!("{criterion}.{indicator}"),
            weight: (*weight).clone(),
            effective: share_of_variance(&column.points, &score),
            mean: mean(&column.points),
            deviation: Fixed::of(deviation(&column.points) / 1e6).unwrap_or_default(),
            shift: shift(&decision.policy, &scaled, &score, criterion, indicator),
            known: column.known.iter().filter(|k| **k).count(),
            imputed: column.known.iter().filter(|k| !**k).count(),
            outliers: outliers(column),
            decides: decides(column, &score),
        })
        .collect();
    let both: Vec<(usize, usize)> =
        (0..names.len()).flat_map(|a| (a + 1..names.len()).map(move |b| (a, b))).collect();
    let pairs = both.par_iter().map(|of| pair(*of, &columns)).collect();
    let sample = sample(&decision.policy.round.id, score.len());
    let one = |of: &(usize, usize)| dominated(*of, &columns, &score, &sample);
    Composite {
        applications: admitted.len(),
        indicators,
        pairs,
        dominated: both.par_iter().filter_map(one).collect(),
    }
}

/// One indicator over the admitted applications.
struct Column {
    scaled: Vec<i64>,
    points: Vec<i64>,
    known: Vec<bool>,
    values: Vec<String>,
}

impl Column {
    fn of(cases: &Cases<'_>, admitted: &[usize], indicator: usize) -> Self {
        let mut column =
            Self { scaled: Vec::new(), points: Vec::new(), known: Vec::new(), values: Vec::new() };
        for result in admitted.iter().filter_map(|a| cases.applications()[*a].contributions.get(indicator)) {
            column.scaled.push(i64::from(result.scaled.micro()));
            column.points.push(result.points.micro());
            column.known.push(result.imputed == Imputed::No);
            column.values.push(result.value.clone());
        }
        column
    }
}

/// The mean, to the nearest millionth.
pub(crate) fn mean(points: &[i64]) -> Points {
    let sum: i128 = points.iter().map(|p| i128::from(*p)).sum();
    let exact = Rational::ratio(sum, points.len()).unwrap_or_else(Rational::zero);
    Points::from_micro(exact.to_scaled_half_even(0).to_i64().unwrap_or(0))
}

/// The mean change of place when one indicator is left out and the weights of the others fill up in proportion.
fn shift(
    policy: &Policy,
    scaled: &[Vec<Scaled>],
    score: &[i64],
    criterion: &str,
    indicator: &str,
) -> Option<Fixed> {
    let out = Patch::Weight {
        criterion: criterion.to_owned(),
        indicator: indicator.to_owned(),
        weight: Rational::zero(),
    };
    let changed = apply(policy, &[out]).ok()?;
    let without: Vec<i64> = adil_score::points(&changed.criteria, changed.aggregation, scaled)
        .into_iter()
        .map(Points::micro)
        .collect();
    mean_shift(score, &without)
}

/// The mean difference of places between two orders, as a share of all places.
fn mean_shift(before: &[i64], after: &[i64]) -> Option<Fixed> {
    let ranks = adil_score::correlation::double_ranks;
    let moved: i128 = ranks(before).iter().zip(ranks(after)).map(|(a, b)| i128::from((a - b).abs())).sum();
    let n = i128::try_from(before.len()).ok()?;
    Fixed::ratio(moved, 2 * n * n)
}

fn pair(of: (usize, usize), columns: &[Column]) -> Pair {
    let (a, b) = (&columns[of.0], &columns[of.1]);
    let both: Vec<usize> = (0..a.scaled.len()).filter(|i| a.known[*i] && b.known[*i]).collect();
    let pick = |c: &Column| both.iter().map(|i| c.scaled[*i]).collect::<Vec<_>>();
    let correlation = spearman(&pick(a), &pick(b)).and_then(Fixed::of);
    Pair { of, applications: both.len(), correlation }
}

/// Pairs of applications: all of them, or as many as can be looked at.
fn sample(round: &str, n: usize) -> Vec<(usize, usize)> {
    if n * n.saturating_sub(1) / 2 <= PAIRS {
        return (0..n).flat_map(|i| (i + 1..n).map(move |j| (i, j))).collect();
    }
    let mut stream = Stream::new(round, "pairs", 0);
    (0..PAIRS)
        .map(|_| {
            let (i, j) = (stream.below(n), stream.below(n - 1));
            (i, if j >= i { j + 1 } else { j })
        })
        .collect()
}

fn dominated(
    of: (usize, usize),
    columns: &[Column],
    score: &[i64],
    sample: &[(usize, usize)],
) -> Option<Dominated> {
    let (a, b) = (&columns[of.0], &columns[of.1]);
    let (mut with_a, mut with_b) = (0usize, 0usize);
    for (i, j) in sample {
        let sign = |values: &[i64]| (values[*i] - values[*j]).signum();
        let (first, second, whole) = (sign(&a.points), sign(&b.points), sign(score));
        if first * second == -1 && whole != 0 {
            if whole == first { with_a += 1 } else { with_b += 1 }
        }
    }
    let pairs = with_a + with_b;
    let most = with_a.max(with_b);
    let share = Fixed::ratio(i128::try_from(most).ok()?, i128::try_from(pairs).ok()?)?;
    if pairs < DISAGREEMENTS || share.units() < DOMINATED {
        return None;
    }
    let (weaker, stronger) = if with_a > with_b { (of.1, of.0) } else { (of.0, of.1) };
    Some(Dominated { weaker, stronger, share, pairs })
}

fn outliers(column: &Column) -> Option<Outliers> {
    let mut values: Vec<f64> = column
        .values
        .iter()
        .zip(&column.known)
        .filter(|(_, known)| **known)
        .filter_map(|(value, _)| value.parse::<Rational>().ok())
        .map(|value| value.to_f64())
        .collect();
    if values.len() < VALUES {
        return None;
    }
    values.sort_by(f64::total_cmp);
    let (first, third) = (quantile(&values, 0.25)?, quantile(&values, 0.75)?);
    let reach = 3.0 * (third - first);
    // Where half of all values are the same there is no middle half to measure by, and nothing is guessed.
    if reach <= 0.0 {
        return None;
    }
    let (low, high) = (first - reach, third + reach);
    let applications = values.iter().filter(|v| **v < low || **v > high).count();
    Some(Outliers { low: Fixed::of(low)?, high: Fixed::of(high)?, applications })
}

/// The value from which this indicator alone lifts an application that is middling in everything else into the first
/// tenth.
fn decides(column: &Column, score: &[i64]) -> Option<Decides> {
    let mut others: Vec<i64> = score.iter().zip(&column.points).map(|(s, p)| s - p).collect();
    others.sort_unstable();
    let middle = *others.get(others.len().checked_sub(1)? / 2)?;
    let mut sorted = score.to_vec();
    sorted.sort_unstable();
    let tenth = *sorted.get((sorted.len() * 9).div_ceil(10).checked_sub(1)?)?;
    let needed = tenth - middle;
    let reaching = |i: &usize| column.known[*i] && column.points[*i] >= needed && needed > 0;
    let first = (0..score.len()).filter(reaching).min_by_key(|i| (column.points[*i], *i))?;
    let applications = (0..score.len()).filter(reaching).count();
    // Where that is more than a quarter of all, it is no outlier that decides.
    (count(applications) <= count(score.len()) / 4.0)
        .then(|| Decides { value: column.values[first].clone(), applications })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(points: &[i64]) -> Column {
        Column {
            scaled: points.to_vec(),
            points: points.to_vec(),
            known: vec![true; points.len()],
            values: points.iter().map(ToString::to_string).collect(),
        }
    }

    #[test]
    fn a_shift_by_hand() {
        // Three places; two applications exchange theirs: (1 + 1 + 0) / 3 places of 3.
        assert_eq!(mean_shift(&[3, 2, 1], &[2, 3, 1]), Fixed::ratio(2, 9));
        assert_eq!(mean_shift(&[3, 2, 1], &[30, 20, 10]), Some(Fixed::ZERO));
    }

    #[test]
    fn a_small_indicator_gives_way_to_a_large_one() {
        // Ten applications; the second runs against the first and weighs a tenth of it.
        let large = column(&(0..10).map(|i| 10 * i).collect::<Vec<_>>());
        let small = column(&(0..10).map(|i| 9 - i).collect::<Vec<_>>());
        let score: Vec<i64> = large.points.iter().zip(&small.points).map(|(a, b)| a + b).collect();
        let all = sample("round", 10);
        assert_eq!(all.len(), 45);
        let found = dominated((0, 1), &[large, small], &score, &all).unwrap();
        assert_eq!((found.weaker, found.stronger, found.share, found.pairs), (1, 0, Fixed::ONE, 45));
        let few = sample("round", 5);
        let pair = [column(&[0, 10, 20, 30, 40]), column(&[4, 3, 2, 1, 0])];
        assert_eq!(
            dominated((0, 1), &pair, &[4, 13, 22, 31, 40], &few),
            None,
            "ten pairs allow no judgement"
        );
    }

    #[test]
    fn far_values_are_counted_by_fences() {
        // Quartiles of 1..=12 and 100: 4 and 10; the fences lie at 4 − 18 and 10 + 18.
        let mut values: Vec<i64> = (1..=12).collect();
        values.push(100);
        let found = outliers(&column(&values)).unwrap();
        assert_eq!((found.low.units(), found.high.units(), found.applications), (-140_000, 280_000, 1));
        assert_eq!(outliers(&column(&[5; 20])), None, "nothing is guessed where half of all are the same");
    }

    #[test]
    fn one_value_that_decides_alone() {
        // The others give 10 to everyone; the first tenth begins at 15, so 5 points of this indicator are enough.
        let own = column(&[0, 1, 1, 1, 1, 1, 1, 1, 5, 9]);
        let score: Vec<i64> = own.points.iter().map(|p| p + 10).collect();
        assert_eq!(decides(&own, &score), Some(Decides { value: "5".to_owned(), applications: 2 }));
    }
}
