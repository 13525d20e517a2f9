//! Facilities in districts in regions: the shape of the shared instance, generated for any number of facilities.
//!
//! The recipe is that of `peers/fair_share.py` with another generator, so that nothing but this crate is needed: last
//! year's amounts follow weights that are lognormal, a facility keeps 80 % to 150 % of its amount, a district 92 % to
//! 110 % and a region 97 % to 104 % of theirs.

use adil_allocate::{Bounds, Instance, Leaf, NodeIndex};

/// The money there is, in currency units; what `peers/fair_share.py` divides.
const BUDGET: u64 = 1_000_000_000;

/// Decimals of a generated weight.
const WEIGHT_DECIMALS: u32 = 9;

/// One leaf, bounds in payable units.
pub(crate) struct Facility {
    pub(crate) district: usize,
    pub(crate) weight: u128,
    pub(crate) floor: u64,
    pub(crate) ceiling: u64,
}

/// One district: the position of its region, and its bounds.
pub(crate) struct District {
    pub(crate) region: usize,
    pub(crate) bounds: Bounds,
}

/// A division of the shape of the shared instance.
pub(crate) struct Case {
    /// A payable unit is `10^-decimals` currency units.
    pub(crate) decimals: u32,
    pub(crate) budget: u64,
    /// A weight is so many times `10^-weight_decimals`.
    pub(crate) weight_decimals: u32,
    pub(crate) regions: Vec<Bounds>,
    pub(crate) districts: Vec<District>,
    pub(crate) facilities: Vec<Facility>,
}

/// The budget in payable units.
pub(crate) fn budget(decimals: u32) -> u64 {
    BUDGET * 10u64.pow(decimals)
}

impl Case {
    /// A generated case; the same for the same numbers.
    pub(crate) fn generated(n: usize, decimals: u32) -> Self {
        let mut random = Random(20_260_101);
        let regions = (n / 200).clamp(2, 20);
        let districts = regions.max((n * 220 + 20_000) / 40_000);
        let effect: Vec<f64> = (0..districts).map(|_| random.lognormal(0.25)).collect();
        let mut members = vec![0usize; districts];
        for _ in 0..n {
            members[random.below(districts)] += 1;
        }
        let mut facilities = Vec::with_capacity(n);
        let mut pull = Vec::with_capacity(n);
        for (district, members) in members.into_iter().enumerate() {
            for _ in 0..members {
                let weight = random.lognormal(0.8);
                pull.push(weight * random.lognormal(0.5) * effect[district]);
                let weight = u128::from(whole(weight * float(10u64.pow(WEIGHT_DECIMALS)))).max(1);
                facilities.push(Facility { district, weight, floor: 0, ceiling: 0 });
            }
        }
        let budget = budget(decimals);
        let each = float(budget) / pull.iter().sum::<f64>();
        let (mut of_district, mut of_region) = (vec![0u64; districts], vec![0u64; regions]);
        for (facility, pull) in facilities.iter_mut().zip(pull) {
            let previous = whole(pull * each);
            let own = within(previous, 80, 150);
            (facility.floor, facility.ceiling) = (own.floor, own.ceiling.unwrap_or(previous));
            of_district[facility.district] += previous;
            of_region[facility.district % regions] += previous;
        }
        let district = |(at, previous): (usize, u64)| District {
            region: at % regions,
            bounds: within(previous, 92, 110),
        };
        Self {
            decimals,
            budget,
            weight_decimals: WEIGHT_DECIMALS,
            regions: of_region.into_iter().map(|previous| within(previous, 97, 104)).collect(),
            districts: of_district.into_iter().enumerate().map(district).collect(),
            facilities,
        }
    }

    /// What the solver is given. Node 0 is the root, then come the regions, then the districts.
    pub(crate) fn instance(&self) -> Instance {
        let mut instance = Instance::new(self.budget);
        let regions: Vec<NodeIndex> =
            self.regions.iter().map(|bounds| instance.add_node(NodeIndex::ROOT, *bounds)).collect();
        let districts: Vec<NodeIndex> =
            self.districts.iter().map(|d| instance.add_node(regions[d.region], d.bounds)).collect();
        instance.reserve_leaves(self.facilities.len());
        for facility in &self.facilities {
            instance.add_leaf(Leaf {
                node: districts[facility.district],
                weight: facility.weight,
                bounds: Bounds { floor: facility.floor, ceiling: Some(facility.ceiling) },
                minimum: 0,
                merit: 0,
            });
        }
        instance
    }
}

/// Bounds in hundredths of an amount, rounded inward; the amount itself always lies within.
fn within(amount: u64, least: u64, most: u64) -> Bounds {
    let hundredths = |share: u64| u128::from(amount) * u128::from(share);
    let narrow = |value: u128| u64::try_from(value).unwrap_or(u64::MAX);
    Bounds { floor: narrow(hundredths(least).div_ceil(100)), ceiling: Some(narrow(hundredths(most) / 100)) }
}

/// `SplitMix64`, so that a case is the same everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Between 0 and 1, never 0.
    fn unit(&mut self) -> f64 {
        (float(self.next() >> 11) + 0.5) / float(1 << 53)
    }

    fn below(&mut self, most: usize) -> usize {
        let most_wide = u128::try_from(most).unwrap_or(1);
        usize::try_from((u128::from(self.next()) * most_wide) >> 64).unwrap_or(0)
    }

    /// `exp(sigma · N(0, 1))`, after Box and Muller.
    fn lognormal(&mut self, sigma: f64) -> f64 {
        let radius = (-2.0 * libm::log(self.unit())).sqrt();
        libm::exp(sigma * radius * libm::cos(std::f64::consts::TAU * self.unit()))
    }
}

#[expect(clippy::cast_precision_loss, reason = "only to draw numbers")]
fn float(value: u64) -> f64 {
    value as f64
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "only to draw numbers")]
fn whole(value: f64) -> u64 {
    value.round() as u64
}
