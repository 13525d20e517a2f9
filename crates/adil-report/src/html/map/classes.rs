//! Classes of a map: few, about equally full, between numbers that a reader can keep in mind.
//!
//! A break lies where a quantile lies, moved to the roundest number within a quarter of a class: the multiple of the
//! largest 1, 2 or 5 × 10ⁿ there, and of these the one nearest to the quantile. Where more places than a class would
//! hold share the smallest value, they are a class of their own and the others share the rest. On both sides of nothing,
//! the breaks are a quarter of the usual change and the usual change itself (the median of its size), rounded likewise.
//! Values are exact, so a value on a break always belongs to the class above it, whoever draws the map.

use adil_domain::Rational;

/// The most classes.
pub(crate) const MOST: usize = 5;
/// Tries for a round number: from far above any amount down to millionths.
const LARGEST: u32 = 18;
const SMALLEST: u32 = 6;

/// How a map colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scale {
    /// From little to much.
    Sequential,
    /// Less and more than nothing, with a class of hardly any in the middle.
    Diverging,
}

/// Classes by the breaks between them.
#[derive(Debug, Clone)]
pub(crate) struct Classes {
    breaks: Vec<Rational>,
    scale: Scale,
}

impl Classes {
    pub(crate) fn of(scale: Scale, values: &[Rational]) -> Self {
        let breaks = match scale {
            Scale::Sequential => sequential(values),
            Scale::Diverging => diverging(values),
        };
        Self { breaks, scale }
    }

    pub(crate) fn len(&self) -> usize {
        self.breaks.len() + 1
    }

    pub(crate) fn class(&self, value: &Rational) -> usize {
        self.breaks.partition_point(|b| b <= value)
    }

    /// The lower and upper break of a class; none at the ends.
    pub(crate) fn ends(&self, class: usize) -> (Option<&Rational>, Option<&Rational>) {
        (class.checked_sub(1).and_then(|below| self.breaks.get(below)), self.breaks.get(class))
    }

    /// The style of a class: `s0` to `s4` from pale to deep, `d0` to `d4` from less to more.
    pub(crate) fn style(&self, class: usize) -> String {
        let steps = MOST - 1;
        match self.scale {
            // Few classes still reach from the palest to the deepest colour; a single one is in the middle.
            Scale::Sequential => match self.len() - 1 {
                0 => format!("s{}", steps / 2),
                last => format!("s{}", class * steps / last),
            },
            Scale::Diverging => match self.breaks.len() {
                0 => format!("d{}", steps / 2),
                2 => format!("d{}", class * 2),
                _ => format!("d{class}"),
            },
        }
    }
}

fn sequential(values: &[Rational]) -> Vec<Rational> {
    let mut sorted: Vec<&Rational> = values.iter().collect();
    sorted.sort();
    let mut breaks: Vec<Rational> = Vec::new();
    let mut rest = sorted.as_slice();
    let mut classes = MOST;
    if let Some(least) = sorted.first() {
        let same = sorted.partition_point(|v| v <= least);
        if same * MOST > sorted.len()
            && let Some(next) = sorted.get(same)
        {
            breaks.extend(roundest(&middle(least, next), next, next));
            rest = &sorted[same..];
            classes = MOST - 1;
        }
    }
    let mut below = 0;
    for i in 1..classes {
        let Some(at) = near_quantile(rest, 4 * i, 4 * classes) else { continue };
        let under = rest.partition_point(|v| **v < at);
        // No class without a value in it.
        if under > below && under < rest.len() {
            below = under;
            breaks.push(at);
        }
    }
    breaks
}

fn middle(a: &Rational, b: &Rational) -> Rational {
    &(a + b) * &Rational::from_scaled(5, 1)
}

fn diverging(values: &[Rational]) -> Vec<Rational> {
    let mut sizes: Vec<Rational> = values.iter().map(Rational::abs).filter(|v| !v.is_zero()).collect();
    sizes.sort();
    let Some(usual) = sizes.get(sizes.len() / 2) else { return Vec::new() };
    let part = |hundredths: i64| usual * &Rational::from_scaled(hundredths, 2);
    let steps = [(20, 33, 25), (80, 130, 100)]
        .map(|(low, high, target)| roundest(&part(low), &part(high), &part(target)));
    let steps: Vec<Rational> = steps.into_iter().flatten().collect();
    steps.iter().rev().map(|step| &Rational::zero() - step).chain(steps.iter().cloned()).collect()
}

/// The roundest number around the quantile `part / whole`, within one `whole`th on either side.
fn near_quantile(sorted: &[&Rational], part: usize, whole: usize) -> Option<Rational> {
    let value =
        |part: usize| sorted.get((sorted.len() * part / whole).min(sorted.len().checked_sub(1)?)).copied();
    roundest(value(part - 1)?, value(part + 1)?, value(part)?)
}

/// The roundest number from `low` to `high`, of several the nearest to `target`.
pub(crate) fn roundest(low: &Rational, high: &Rational, target: &Rational) -> Option<Rational> {
    let ten = |n: u32| Rational::from(10i64.pow(n));
    let down = |n: u32| Rational::from_scaled(1, n);
    let powers = (0..=LARGEST).rev().map(ten).chain((1..=SMALLEST).map(down));
    for power in powers {
        // 10ⁿ, then 5 and 2 × 10ⁿ⁻¹.
        for part in [Rational::one(), Rational::from_scaled(5, 1), Rational::from_scaled(2, 1)] {
            let step = &power * &part;
            let times = target.checked_div(&step)?;
            let multiple = |n| &Rational::from(n) * &step;
            let (below, above) = (multiple(times.floor()), multiple(times.ceil()));
            let within = |v: &Rational| low <= v && v <= high;
            let nearest = [below, above].into_iter().filter(within).min_by_key(|v| (v - target).abs());
            if nearest.is_some() {
                return nearest;
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(texts: impl IntoIterator<Item = i64>) -> Vec<Rational> {
        texts.into_iter().map(Rational::from).collect()
    }

    fn written(classes: &Classes) -> Vec<String> {
        classes.breaks.iter().map(|b| b.to_short_decimal(6)).collect()
    }

    #[test]
    fn breaks_are_round_and_classes_about_equally_full() {
        let values = numbers((0..1000).map(|i| 1_037 + i * 7 + i * i / 50));
        let classes = Classes::of(Scale::Sequential, &values);
        assert_eq!(written(&classes), ["4000", "8000", "12000", "20000"]);
        for class in 0..classes.len() {
            let count = values.iter().filter(|v| classes.class(v) == class).count();
            assert!((100..=300).contains(&count), "{class}: {count}");
        }
        assert_eq!(classes.class(&Rational::from(8_000)), 2, "a value on a break belongs above it");
    }

    #[test]
    fn gains_and_losses_mirror_each_other() {
        let values = numbers((-30..90).map(|i| i * 2));
        let classes = Classes::of(Scale::Diverging, &values);
        assert_eq!(written(&classes), ["-50", "-15", "15", "50"]);
        assert_eq!(classes.style(classes.class(&Rational::zero())), "d2");
    }

    #[test]
    fn odd_lists_of_values() {
        assert_eq!(Classes::of(Scale::Sequential, &[]).len(), 1);
        assert_eq!(Classes::of(Scale::Diverging, &[]).style(0), "d2");
        let same = numbers([7; 50]);
        assert_eq!(Classes::of(Scale::Sequential, &same).len(), 1);
        let mostly_nothing = numbers((0..100).map(|i| if i < 80 { 0 } else { i }));
        let classes = Classes::of(Scale::Sequential, &mostly_nothing);
        assert_eq!(
            written(&classes),
            ["50", "85", "90", "95"],
            "those with nothing are a class of their own"
        );
        let thirds: Vec<Rational> = (0..9).filter_map(|i| Rational::ratio(i, 3)).collect();
        for class in 0..Classes::of(Scale::Sequential, &thirds).len() {
            let classes = Classes::of(Scale::Sequential, &thirds);
            assert!(thirds.iter().any(|v| classes.class(v) == class));
        }
    }

    #[test]
    fn the_roundest_number() {
        let round = |low: &str, high: &str, target: &str| {
            let r = |text: &str| text.parse::<Rational>().unwrap();
            roundest(&r(low), &r(high), &r(target)).map(|r| r.to_short_decimal(6))
        };
        assert_eq!(round("1180", "1320", "1234.56").as_deref(), Some("1200"));
        assert_eq!(round("1180", "1190", "1187").as_deref(), Some("1180"), "a multiple of 20");
        assert_eq!(round("-3", "4", "1").as_deref(), Some("0"));
        assert_eq!(round("0.061", "0.068", "0.064").as_deref(), Some("0.065"));
        assert_eq!(round("1234.5", "1234.5", "1234.5").as_deref(), Some("1234.5"));
    }
}
