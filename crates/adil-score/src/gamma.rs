//! The gamma distribution, whose draws make a Dirichlet: its quantiles, so that an even sequence stays even.

/// Steps after which a sum, a fraction or a search has long ended.
const STEPS: u32 = 500;

/// Stands for nothing where it is divided by.
const TINY: f64 = 1e-300;

/// The value below which a gamma variable of this shape (and scale 1) stays with probability `p`, strictly between 0 and 1.
///
/// Newton's steps inside a bracket that only shrinks.
pub(crate) fn quantile(shape: f64, p: f64) -> f64 {
    let log_gamma = libm::lgamma(shape);
    let density = |x: f64| libm::exp((shape - 1.0) * libm::log(x) - x - log_gamma);
    let mut high = shape + 1.0;
    while probability(shape, log_gamma, high) < p {
        high *= 2.0;
    }
    let mut low = 0.0;
    // Near zero the distribution is a power, which for small shapes is most of it.
    let mut x = libm::exp((libm::log(p) + libm::lgamma(shape + 1.0)) / shape);
    if !(x > low && x < high) {
        x = f64::midpoint(low, high);
    }
    for _ in 0..STEPS {
        let over = probability(shape, log_gamma, x) - p;
        if over > 0.0 {
            high = x;
        } else {
            low = x;
        }
        let newton = x - over / density(x);
        let next = if newton > low && newton < high { newton } else { f64::midpoint(low, high) };
        let done = (next - x).abs() <= 1e-13 * x;
        x = next;
        if done {
            break;
        }
    }
    x
}

/// The probability of staying below `x`: a series to the left of the hump, a continued fraction to the right of it.
fn probability(shape: f64, log_gamma: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    let front = libm::exp(shape * libm::log(x) - x - log_gamma);
    if x < shape + 1.0 {
        let (mut term, mut sum, mut n) = (1.0 / shape, 1.0 / shape, shape);
        for _ in 0..STEPS {
            n += 1.0;
            term *= x / n;
            sum += term;
            if term <= sum * 1e-16 {
                break;
            }
        }
        return front * sum;
    }
    // Lentz's way of working out a continued fraction from the front.
    let kept = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut base = x + 1.0 - shape;
    let mut ratio = 1.0 / TINY;
    let mut inverse = 1.0 / base;
    let mut fraction = inverse;
    for step in (1..STEPS).map(f64::from) {
        let above = step * (shape - step);
        base += 2.0;
        inverse = 1.0 / kept(above * inverse + base);
        ratio = kept(base + above / ratio);
        fraction *= inverse * ratio;
        if (inverse * ratio - 1.0).abs() <= 1e-16 {
            break;
        }
    }
    1.0 - front * fraction
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quantiles_are_those_of_the_tables() {
        // Half the chi-squared quantiles of 2, 10 and 1 degrees of freedom, as statistical tables print them.
        for (degrees, p, table) in
            [(2.0, 0.95, 5.991_465), (10.0, 0.05, 3.940_299), (1.0, 0.5, 0.454_936), (10.0, 0.95, 18.307_038)]
        {
            let found = 2.0 * quantile(degrees / 2.0, p);
            assert!((found - table).abs() < 1e-6, "{degrees} {p}: {found}");
        }
        // Shape 1 is the exponential distribution.
        assert!((quantile(1.0, 0.3) + libm::log(0.7)).abs() < 1e-12);
    }

    #[test]
    fn a_quantile_is_where_the_probability_is() {
        for shape in [0.05, 0.3, 1.7, 12.0, 400.0] {
            for p in [1e-7, 0.01, 0.4, 0.9, 0.999_999] {
                let x = quantile(shape, p);
                let back = probability(shape, libm::lgamma(shape), x);
                assert!((back - p).abs() < 1e-9, "{shape} {p}: {x} gives {back}");
            }
        }
    }
}
