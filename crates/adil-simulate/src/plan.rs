//! How much of everything there is where: published totals split down to blocks, exactly.
//!
//! A block is at most some two hundred facilities of one district with all that belongs to them. It is made from its own
//! streams, so blocks come in any order and on any number of threads, and memory holds a few of them whatever the scale.

use crate::SimulateError;
use crate::geography::Country;
use crate::kinds::{FacilityKind, Sport, facility_kinds, sports};
use crate::points::{self, Point};
use crate::stream::{Stream, real, split, whole};
use crate::{Options, calendar};

/// Facilities of a block.
const BLOCK: u64 = 200;
/// Numbers of operators that a block may give out; each has two, see `identity`.
pub(crate) const NUMBERS: u64 = 400;
/// Numbers there are: eleven years to come, of twelve months with a hundred thousand numbers each.
pub(crate) const ALL_NUMBERS: u64 = 11 * 12 * 100_000;
/// What is published as "more than" is a little more.
const MORE_THAN: f64 = 1.012;
/// As far as the numbers of organisations surely reach.
const LARGEST: f64 = 20.0;
/// Outside the two cities that publish it: seats of a supplier, seats of a section, coaches of a section, suppliers
/// registered for one that is active. Illustrative.
const SEATS_OF_SUPPLIER: f64 = 62.0;
const SEATS_OF_SECTION: f64 = 30.0;
const COACHES_OF_SECTION: f64 = 1.3;
const REGISTERED_OF_ACTIVE: f64 = 1.3;

/// How many of what.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Quota {
    pub(crate) seats: u64,
    pub(crate) suppliers: u64,
    pub(crate) registered: u64,
    pub(crate) sections: u64,
    pub(crate) coaches: u64,
    /// `None` where chess is a sport like others.
    pub(crate) chess: Option<(u64, u64)>,
    /// Suppliers that take children with special needs, where that is published.
    pub(crate) special: Option<u64>,
}

/// One piece of the country.
#[derive(Debug, Clone)]
pub(crate) struct Block {
    pub(crate) district: usize,
    /// In its district, from 0.
    pub(crate) number: usize,
    /// In the country, from 0, whatever part of it is made.
    pub(crate) index: u64,
    /// Facilities of the district before it.
    pub(crate) first: u64,
    /// Facilities by kind, rural and urban.
    pub(crate) kinds: Vec<[u64; 2]>,
    pub(crate) quota: Quota,
    /// Sections of the region before it, so that each kind of sport of a region occurs.
    pub(crate) sections_before: u64,
}

impl Block {
    /// Whether sections of the order meet here: there are seats, and places to have them in.
    pub(crate) fn has_sections(&self) -> bool {
        self.quota.seats > 0 && self.kinds.iter().flatten().any(|count| *count > 0)
    }
}

/// Everything that blocks are made from.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) seed: u64,
    pub(crate) country: Country,
    pub(crate) points: Vec<Point>,
    /// Where the points of each district stand in `points`.
    pub(crate) of_district: Vec<std::ops::Range<usize>>,
    pub(crate) kinds: Vec<FacilityKind>,
    pub(crate) sports: Vec<Sport>,
    pub(crate) months: Vec<calendar::Month>,
    pub(crate) blocks: Vec<Block>,
    /// Districts from which a child moves away: all where sections meet in the first block, whatever part is made.
    pub(crate) sends: Vec<bool>,
    /// The region that is made alone.
    pub(crate) only: Option<usize>,
}

impl World {
    pub(crate) fn new(options: &Options) -> Result<Self, SimulateError> {
        if !(options.scale > 0.0 && options.scale <= LARGEST) {
            return Err(SimulateError::Scale(options.scale));
        }
        let country = Country::read()?;
        let only = options.region.as_deref().map(|kato| region(&country, kato)).transpose()?;
        let points = points::points(&country, options.seed)?;
        let of_district = (0..country.districts.len())
            .map(|d| points.partition_point(|p| p.district < d)..points.partition_point(|p| p.district <= d))
            .collect();
        let mut world = Self {
            seed: options.seed,
            kinds: facility_kinds()?,
            sports: sports()?,
            months: calendar::months(),
            country,
            points,
            of_district,
            blocks: Vec::new(),
            sends: Vec::new(),
            only,
        };
        world.blocks = blocks(&world, options.scale);
        world.sends = (0..world.country.districts.len())
            .map(|d| world.blocks.iter().any(|b| b.district == d && b.number == 0 && b.has_sections()))
            .collect();
        world.blocks.retain(|b| {
            world.country.districts.get(b.district).is_some_and(|d| only.is_none_or(|r| r == d.region))
        });
        Ok(world)
    }

    /// Whether a district is made.
    pub(crate) fn includes(&self, district: usize) -> bool {
        self.only.is_none_or(|r| self.country.districts[district].region == r)
    }

    /// The region of a block.
    pub(crate) fn region_of(&self, block: &Block) -> usize {
        self.country.districts[block.district].region
    }
}

fn region(country: &Country, kato: &str) -> Result<usize, SimulateError> {
    let known = || country.regions.iter().map(|r| r.kato.as_str());
    known().position(|k| k == kato).ok_or_else(|| SimulateError::Region {
        found: kato.to_owned(),
        hint: adil_domain::problem::did_you_mean(kato, known()),
    })
}

/// People of a district.
#[derive(Debug, Clone, Copy, Default)]
struct People {
    rural: f64,
    urban: f64,
    villages: f64,
    young: f64,
}

fn people(world: &World) -> Vec<People> {
    let mut of = vec![People::default(); world.country.districts.len()];
    for point in &world.points {
        let here = &mut of[point.district];
        here.young += real(point.ages[1]);
        if point.rural {
            here.rural += real(point.population);
            here.villages += 1.0;
        } else {
            here.urban += real(point.population);
        }
    }
    of
}

fn blocks(world: &World, scale: f64) -> Vec<Block> {
    let people = people(world);
    let counts = facilities(world, &people, scale);
    let quotas = quotas(world, &people, scale);
    let mut blocks = Vec::new();
    let mut sections_before = vec![0; world.country.regions.len()];
    for (district, (kinds, quota)) in counts.iter().zip(&quotas).enumerate() {
        let total: u64 = kinds.iter().flatten().sum();
        let many = usize::try_from(total.div_ceil(BLOCK).max(u64::from(quota.seats > 0))).unwrap_or(0);
        let even = vec![1.0; many];
        // What remains of each kind goes to other blocks than what remains of the kind before.
        let mut turn = 0;
        let mut deal = |count: u64| {
            let mut parts = split(count, &even);
            if many > 0 {
                parts.rotate_right(turn % many);
                turn += usize::try_from(count).unwrap_or(0) % many;
            }
            parts
        };
        let dealt: Vec<[Vec<u64>; 2]> =
            kinds.iter().map(|[rural, urban]| [deal(*rural), deal(*urban)]).collect();
        let parts = parts(quota, &even);
        let mut first = 0;
        for (number, quota) in parts.into_iter().enumerate() {
            let kinds: Vec<[u64; 2]> =
                dealt.iter().map(|[rural, urban]| [rural[number], urban[number]]).collect();
            let size: u64 = kinds.iter().flatten().sum();
            let before = &mut sections_before[world.country.districts[district].region];
            blocks.push(Block {
                district,
                number,
                index: blocks.len() as u64,
                first,
                kinds,
                quota,
                sections_before: *before,
            });
            *before += quota.sections;
            first += size;
        }
    }
    blocks
}

/// Facilities of each district by kind, rural and urban.
fn facilities(world: &World, people: &[People], scale: f64) -> Vec<Vec<[u64; 2]>> {
    let country = &world.country;
    let stream = &mut Stream::new(world.seed, "facilities");
    let mut about = |published: f64| published * scale * (1.0 + 0.003 * stream.normal().clamp(-2.0, 2.0));
    let all = whole(about(
        country.published("sports facilities in the country, more than", "Kazakhstan") * MORE_THAN,
    ));
    let rural =
        whole(about(country.published("rural sports facilities, more than", "Kazakhstan") * MORE_THAN))
            .min(all);
    let area = about(country.published("sports hall area existing", "Kazakhstan"));

    let regions = country.regions.len();
    let in_region = |r: usize| (0..people.len()).filter(move |d| country.districts[*d].region == r);
    let sum = |r: usize, of: fn(&People) -> f64| in_region(r).map(|d| of(&people[d])).sum::<f64>();
    let rural_weight = |p: &People| libm::pow(p.rural, 0.75) * libm::pow(p.villages, 0.25);
    let urban_weight = |p: &People| libm::pow(p.urban, 0.9);

    let hall_weights: Vec<f64> = country
        .regions
        .iter()
        .map(|r| real(r.population) * r.number("hall_m2_per_1000").unwrap_or(47.0))
        .collect();
    let rural_of = split(rural, &(0..regions).map(|r| sum(r, rural_weight)).collect::<Vec<_>>());
    let urban_of = split(all - rural, &(0..regions).map(|r| sum(r, urban_weight)).collect::<Vec<_>>());

    let mut of_region = vec![vec![[0u64; 2]; world.kinds.len()]; regions];
    for (k, kind) in world.kinds.iter().enumerate() {
        let Some(part) = kind.hall else { continue };
        for (r, count) in split(whole(area * part / kind.area), &hall_weights).into_iter().enumerate() {
            let (rural, urban) = (sum(r, |p| p.rural), sum(r, |p| p.urban));
            if let [rural, urban] = split(count, &[rural, urban])[..] {
                of_region[r][k] = [rural, urban];
            }
        }
    }
    for r in 0..regions {
        for (side, total) in [rural_of[r], urban_of[r]].into_iter().enumerate() {
            let halls: u64 = of_region[r].iter().map(|c| c[side]).sum();
            let shares: Vec<f64> =
                world.kinds.iter().map(|k| if side == 0 { k.rural } else { k.urban }).collect();
            for (k, count) in split(total.saturating_sub(halls), &shares).into_iter().enumerate() {
                of_region[r][k][side] += count;
            }
        }
    }

    let mut of_district = vec![vec![[0u64; 2]; world.kinds.len()]; people.len()];
    for (r, kinds) in of_region.iter().enumerate() {
        let districts: Vec<usize> = in_region(r).collect();
        for (k, sides) in kinds.iter().enumerate() {
            for (side, count) in sides.iter().enumerate() {
                let weights: Vec<f64> = districts
                    .iter()
                    .map(|d| {
                        let weight =
                            if side == 0 { rural_weight(&people[*d]) } else { urban_weight(&people[*d]) };
                        // Else what remains of every kind would go to the same district.
                        weight * stream.spread(0.1)
                    })
                    .collect();
                for (d, count) in districts.iter().zip(split(*count, &weights)) {
                    of_district[*d][k][side] = count;
                }
            }
        }
    }
    of_district
}

/// The children's order by district.
fn quotas(world: &World, people: &[People], scale: f64) -> Vec<Quota> {
    let country = &world.country;
    let stream = &mut Stream::new(world.seed, "order");
    let children = country.published("children in the sport order, more than", "Kazakhstan") * MORE_THAN;
    let named: f64 = country.regions.iter().filter_map(|r| r.number("seats")).sum();
    let young: Vec<f64> = (0..country.regions.len())
        .map(|r| {
            (0..people.len()).filter(|d| country.districts[*d].region == r).map(|d| people[d].young).sum()
        })
        .collect();
    let others: Vec<f64> = country
        .regions
        .iter()
        .zip(&young)
        .map(|(r, young)| if r.number("seats").is_some() { 0.0 } else { young * stream.spread(0.12) })
        .collect();
    let others = split(whole((children - named) * scale), &others);
    let mut quotas = vec![Quota::default(); people.len()];
    for (r, region) in country.regions.iter().enumerate() {
        let mut about =
            |published: f64| whole(published * scale * (1.0 + 0.008 * stream.normal().clamp(-2.5, 2.5)));
        let seats = region.number("seats").map_or(others[r], &mut about);
        let mut or = |name: &str, or: f64| region.number(name).map_or_else(|| whole(or), &mut about).max(1);
        let suppliers = or("suppliers", real(seats) / SEATS_OF_SUPPLIER);
        let sections = or("sections", real(seats) / SEATS_OF_SECTION).max(suppliers);
        let registered = or("registered", real(suppliers) * REGISTERED_OF_ACTIVE).max(suppliers);
        let coaches = or("coaches", real(sections) * COACHES_OF_SECTION);
        let chess = region.number("chess_sections").zip(region.number("chess_seats"));
        let quota = Quota {
            seats,
            suppliers,
            registered,
            sections,
            coaches,
            chess: chess.map(|(sections, seats)| (or("", sections * scale), or("", seats * scale))),
            special: region.number("special_suppliers").map(|n| whole(n * scale.min(1.0)).max(1)),
        };
        let districts: Vec<usize> = (0..people.len()).filter(|d| country.districts[*d].region == r).collect();
        let weights: Vec<f64> = districts.iter().map(|d| people[*d].young).collect();
        for (d, quota) in districts.iter().zip(parts(&quota, &weights)) {
            quotas[*d] = quota;
        }
    }
    quotas
}

/// A quota in parts; a part with seats has a supplier, a supplier has a section and a coach.
fn parts(quota: &Quota, weights: &[f64]) -> Vec<Quota> {
    let count = |n: u64| split(n, weights);
    let (seats, suppliers, registered) =
        (count(quota.seats), count(quota.suppliers), count(quota.registered));
    let (sections, coaches) = (count(quota.sections), count(quota.coaches));
    let chess = quota.chess.map(|(sections, seats)| (count(sections), count(seats)));
    let special = quota.special.map(count);
    (0..weights.len())
        .map(|i| {
            // A handful of children is no section: small parts round up to one supplier.
            let suppliers = suppliers[i].max(u64::from(seats[i] > 0)).min(seats[i]);
            let sections = sections[i].max(suppliers).min(seats[i]);
            let chess = chess.as_ref().map(|(s, c)| {
                let sections = s[i].min(sections);
                (sections, if sections == 0 { 0 } else { c[i].min(seats[i]).max(sections) })
            });
            Quota {
                seats: seats[i],
                suppliers,
                registered: registered[i].max(suppliers),
                sections,
                coaches: coaches[i].max(suppliers),
                chess,
                special: special.as_ref().map(|s| s[i].min(suppliers)),
            }
        })
        .collect()
}
