//! Where lines of a scale lie.

/// At most about `most` round numbers within a range.
pub(super) fn round(low: f64, high: f64, most: u32) -> Vec<f64> {
    let width = (high - low) / f64::from(most.max(1));
    if !(width.is_finite() && width > 0.0) {
        return vec![low];
    }
    let unit = libm::pow(10.0, libm::floor(libm::log10(width)));
    let step =
        [1.0, 2.0, 5.0, 10.0].map(|m| m * unit).into_iter().find(|s| *s >= width).unwrap_or(10.0 * unit);
    let mut ticks = Vec::new();
    let mut at = libm::ceil(low / step);
    while at * step <= high && ticks.len() < 20 {
        ticks.push(at * step);
        at += 1.0;
    }
    ticks
}

/// Round factors whose logarithms lie within a range.
pub(super) fn factors(low: f64, high: f64) -> Vec<f64> {
    let (from, to) = (libm::exp(low), libm::exp(high));
    if high - low < 1.4 {
        return round(from, to, 6).into_iter().map(libm::log).collect();
    }
    let all = (-9..=9i32).flat_map(|e| [1.0, 2.0, 5.0].map(|m| m * libm::pow(10.0, f64::from(e))));
    let mut found: Vec<f64> = all.filter(|f| (from..=to).contains(f)).collect();
    // Powers of ten alone where there are many.
    if found.len() > 7 {
        found.retain(|f| {
            let power = libm::log10(*f);
            (power - libm::rint(power)).abs() < 1e-9
        });
    }
    found.into_iter().map(libm::log).collect()
}

/// Decimals that tell numbers of that distance apart.
pub(super) fn decimals(ticks: &[f64]) -> u32 {
    let step = ticks.windows(2).map(|w| w[1] - w[0]).fold(f64::MAX, f64::min);
    let mut decimals = 0;
    let mut unit = 1.0;
    while decimals < 6 && step < unit * 0.999 {
        decimals += 1;
        unit /= 10.0;
    }
    decimals
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_have_round_numbers() {
        assert_eq!(round(0.0, 100.0, 4), [0.0, 50.0, 100.0]);
        assert_eq!(round(-3.0, 3.0, 4), [-2.0, 0.0, 2.0]);
        assert_eq!(round(5.0, 5.0, 4), [5.0]);
        assert_eq!(decimals(&[0.0, 50.0]), 0);
        assert_eq!(decimals(&[0.0, 0.2]), 1);
        let factors: Vec<f64> = factors(-1.0, 1.0).into_iter().map(libm::exp).collect();
        assert_eq!(factors.len(), 3);
        assert!((factors[0] - 0.5).abs() < 1e-12 && (factors[2] - 2.0).abs() < 1e-12, "{factors:?}");
    }
}
