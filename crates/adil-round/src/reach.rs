//! Who can reach what, by the rule of reach: one number for each facility, point and place, fixed to millionths.
//!
//! Reach is computed in floating point, in the order of identifiers and not of rows, and fixed to millionths at once; every
//! sum that is published is a sum of fixed numbers, so tables and maps add up exactly.

use adil_access::{AccessError, Catchment, Costs, Decay, Method, cost_per_metre};
use adil_domain::{Place, Problem, Problems, Rational};
use adil_geography::Position;
use adil_policy::{Access, Entity, EvalError, Expr, NameId, ReachDecay, ReachMethod, Scope, Travel, Value};
use num_traits::ToPrimitive;
use rayon::prelude::*;

use crate::facts::{evaluate, read_cell};
use crate::folder::{FACILITIES, POPULATION};
use crate::inputs::Inputs;
use crate::positions;
use crate::table::Table;

/// Decimals to which reach is fixed before it counts.
pub const DECIMALS: u32 = 6;

/// A number of millionths.
type Micro = i128;

/// What reach says of a round.
#[derive(Debug, Clone, Default)]
pub struct Reach {
    /// By row of `facilities.csv`; `None` where the facility's position is not known.
    pub facilities: Vec<Option<FacilityReach>>,
    /// Points in byte order of their identifiers.
    pub points: Vec<PointReach>,
    /// By node of the territory tree.
    pub territories: Vec<Visits>,
    /// All points together.
    pub total: Visits,
}

/// Visits a week in the busy hours, in millionths: `wanted = satisfied + out_of_reach + no_room`, exactly.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Visits {
    /// What people would make.
    pub wanted: Micro,
    /// What finds a place.
    pub satisfied: Micro,
    /// What has nothing within reach.
    pub out_of_reach: Micro,
    /// What finds everything full.
    pub no_room: Micro,
    /// Wanted visits times what the point can reach; divided by `wanted` the mean reach.
    reached: Micro,
}

impl Visits {
    /// What finds no place.
    pub const fn unmet(&self) -> Micro {
        self.out_of_reach + self.no_room
    }

    /// The part of the wanted visits that finds no place; `None` where nobody wants any.
    pub fn unmet_share(&self) -> Option<Rational> {
        share(self.unmet(), self.wanted)
    }

    /// The mean of what a wanted visit can reach: room for visits, for each visit wanted.
    pub fn mean_reach(&self) -> Option<Rational> {
        Rational::ratio(self.reached, self.wanted)
    }

    /// The mean reach compared with that of `whole`; 1 is the same.
    pub fn relative_reach(&self, whole: &Self) -> Option<Rational> {
        Some(self.mean_reach()?.checked_div(&whole.mean_reach()?)?.fixed(DECIMALS))
    }

    fn add(&mut self, other: &Self) {
        self.wanted += other.wanted;
        self.satisfied += other.satisfied;
        self.out_of_reach += other.out_of_reach;
        self.no_room += other.no_room;
        self.reached += other.reached;
    }
}

fn share(part: Micro, whole: Micro) -> Option<Rational> {
    Some(Rational::ratio(part, whole)?.fixed(DECIMALS))
}

/// One point where people live.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PointReach {
    /// `point_id`.
    pub id: String,
    /// Room for visits within reach, for each visit wanted, in millionths.
    pub access: Micro,
    /// Its visits.
    pub visits: Visits,
}

/// One facility and the people within its reach. Sums count what is near for more, by the decay.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FacilityReach {
    /// `facility_id`.
    pub id: String,
    /// Residents.
    pub people: Micro,
    /// Visits a week they would make.
    pub visits_wanted: Micro,
    /// Those that find no place.
    pub visits_unmet: Micro,
    /// Visits a week that the facility would get.
    pub visits_expected: Micro,
    /// Visits a week that it can take.
    pub supply: Micro,
    /// Mean reach of the wanted visits around it, in millionths.
    mean_reach: Option<Micro>,
}

impl FacilityReach {
    /// The part of the wanted visits around it that finds no place; `None` where nobody wants any.
    pub fn unmet_share(&self) -> Option<Rational> {
        share(self.visits_unmet, self.visits_wanted)
    }

    /// The part of its room that would be used; `None` where it offers none.
    pub fn used_share(&self) -> Option<Rational> {
        share(self.visits_expected, self.supply)
    }

    /// What a wanted visit around it can reach, compared with `whole`; 1 is the same.
    pub fn relative_reach(&self, whole: &Visits) -> Option<Rational> {
        let here = Rational::from_scaled(self.mean_reach?, DECIMALS);
        Some(here.checked_div(&whole.mean_reach()?)?.fixed(DECIMALS))
    }
}

/// A quantity of reach that an expression may name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AccessQuantity {
    People,
    VisitsWanted,
    VisitsUnmet,
    UnmetShare,
    VisitsExpected,
    UsedShare,
    RelativeReach,
}

impl AccessQuantity {
    pub(crate) fn from_column(column: &str) -> Option<Self> {
        Some(match column {
            "people" => Self::People,
            "visits_wanted" => Self::VisitsWanted,
            "visits_unmet" => Self::VisitsUnmet,
            "unmet_share" => Self::UnmetShare,
            "visits_expected" => Self::VisitsExpected,
            "used_share" => Self::UsedShare,
            "relative_reach" => Self::RelativeReach,
            _ => return None,
        })
    }
}

impl Reach {
    /// A quantity of the facility in a row of `facilities.csv`.
    pub(crate) fn of_facility(&self, row: usize, quantity: AccessQuantity) -> Option<Rational> {
        let facility = self.facilities.get(row)?.as_ref()?;
        let amount = |micro: Micro| Some(Rational::from_scaled(micro, DECIMALS));
        match quantity {
            AccessQuantity::People => amount(facility.people),
            AccessQuantity::VisitsWanted => amount(facility.visits_wanted),
            AccessQuantity::VisitsUnmet => amount(facility.visits_unmet),
            AccessQuantity::VisitsExpected => amount(facility.visits_expected),
            AccessQuantity::UnmetShare => facility.unmet_share(),
            AccessQuantity::UsedShare => facility.used_share(),
            AccessQuantity::RelativeReach => facility.relative_reach(&self.total),
        }
    }
}

/// Computes reach, with what a reader should know of the rows that could not take part.
pub(crate) fn compute(inputs: &Inputs, access: &Access, problems: &mut Problems) -> Reach {
    let (Some(population), Some(facilities)) = (inputs.table(POPULATION), inputs.table(FACILITIES)) else {
        return Reach::default();
    };
    let points = located(inputs, access, Entity::Point, population, problems);
    let mut places = located(inputs, access, Entity::Facility, facilities, problems);
    // A facility that offers nothing is still a place with people around it.
    places.amounts.iter_mut().for_each(|a| *a = a.filter(|a| *a > 0.0).or(Some(0.0)));
    let points = points.known();
    let demand: Vec<f64> = points.amounts.iter().map(|a| a.unwrap_or(0.0)).collect();
    let supply: Vec<f64> = places.amounts.iter().map(|a| a.unwrap_or(0.0)).collect();
    let people = residents(population, &points.rows);
    let costs = match &access.travel {
        Travel::Straight { speed_kmh, detour } => {
            let minutes_per_metre = cost_per_metre(speed_kmh.to_f64(), detour.to_f64());
            Costs::degrees(points.positions(), places.positions(), minutes_per_metre)
        }
        Travel::Table => {
            let times = inputs.travel_times.as_deref().unwrap_or_default();
            let numbers = (points.numbers(population.len()), places.numbers(facilities.len()));
            Costs::listed(demand.len(), supply.len(), renumbered(times, &numbers.0, &numbers.1))
        }
    };
    let found = costs.and_then(|costs| {
        Found::compute(&costs, &demand, &supply, &people, &catchment(access), access.rounds)
    });
    match found {
        Ok(found) => found.fixed(inputs, population, &points, facilities, &places, &supply),
        Err(error) => {
            let message = format!("Reach can't be computed: {error}.");
            problems.push(
                Problem::error("no-reach", access.meta.place.clone(), message)
                    .hint("Correct the numbers of [access], or the amounts of the tables it names."),
            );
            Reach::default()
        }
    }
}

/// Pairs of rows as pairs of numbers, without those of which one takes no part.
fn renumbered(
    times: &[(u32, u32, f64)],
    points: &[Option<u32>],
    places: &[Option<u32>],
) -> Vec<(u32, u32, f64)> {
    let number = |numbers: &[Option<u32>], row: u32| numbers.get(usize::try_from(row).ok()?).copied()?;
    let pair = |(i, j, minutes): &(u32, u32, f64)| Some((number(points, *i)?, number(places, *j)?, *minutes));
    times.iter().filter_map(pair).collect()
}

/// Rows that take part, in byte order of their identifiers, and the amount of each.
struct Located {
    rows: Vec<usize>,
    /// Known of every row where ways are straight.
    at: Vec<Option<Position>>,
    amounts: Vec<Option<f64>>,
}

impl Located {
    fn positions(&self) -> Vec<Position> {
        self.at.iter().copied().flatten().collect()
    }

    /// By row of the table: which of those that take part it is.
    fn numbers(&self, rows: usize) -> Vec<Option<u32>> {
        let mut numbers = vec![None; rows];
        for (number, row) in (0u32..).zip(&self.rows) {
            numbers[*row] = Some(number);
        }
        numbers
    }

    /// Without the rows whose amount is not known or nothing.
    fn known(self) -> Self {
        let keep = |i: &usize| self.amounts[*i].is_some_and(|a| a > 0.0);
        let kept: Vec<usize> = (0..self.rows.len()).filter(keep).collect();
        Self {
            rows: kept.iter().map(|i| self.rows[*i]).collect(),
            at: kept.iter().map(|i| self.at[*i]).collect(),
            amounts: kept.iter().map(|i| self.amounts[*i]).collect(),
        }
    }
}

fn located(
    inputs: &Inputs,
    access: &Access,
    entity: Entity,
    table: &Table,
    problems: &mut Problems,
) -> Located {
    let (key, what, amount): (_, _, &Expr) = if entity == Entity::Point {
        ("point_id", "demand", &access.demand)
    } else {
        ("facility_id", "supply", &access.supply)
    };
    let straight = matches!(access.travel, Travel::Straight { .. });
    let key = table.column(key);
    let mut rows: Vec<usize> = (0..table.len()).collect();
    rows.sort_by_key(|row| key.map_or("", |k| table.cell(*row, k)));
    let found: Vec<(Option<f64>, Vec<EvalError>)> = rows
        .par_iter()
        .map(|row| {
            let mut failures = Vec::new();
            let scope = TableRow { inputs, entity, table, row: *row };
            let value = match evaluate(amount, &scope, &mut failures) {
                Value::Number(n) => Some(n.to_f64()),
                _ => None,
            };
            (value, failures)
        })
        .collect();
    let mut located = Located { rows: Vec::new(), at: Vec::new(), amounts: Vec::new() };
    let mut failure = None;
    for (row, (value, failures)) in rows.into_iter().zip(found) {
        let at = positions::of(table, row);
        if straight && at.is_none() {
            continue;
        }
        located.rows.push(row);
        located.at.push(at);
        located.amounts.push(value);
        failure = failure.or(failures.into_iter().next());
    }
    let whole = Place::file(table.file());
    let lost = table.len() - located.rows.len();
    if lost > 0 {
        problems.push(
            Problem::warning(
                "no-position",
                whole.clone(),
                format!("{lost} of {} rows have no position, so they take no part in reach.", table.len()),
            )
            .hint("Fill in lat and lon."),
        );
    }
    let unknown = located.amounts.iter().filter(|amount| amount.is_none()).count();
    if unknown > 0 {
        let why = failure.map_or_else(String::new, |error| format!(" ({error})"));
        problems.push(
            Problem::warning(
                "unknown-amount",
                whole,
                format!(
                    "In {unknown} of {} rows the {what} can't be told{why}; they count as having none.",
                    table.len()
                ),
            )
            .hint(format!("Fill in the columns that `{what}` of [access] names.")),
        );
    }
    located
}

fn residents(population: &Table, rows: &[usize]) -> Vec<f64> {
    let column = population.column("population");
    let count = |row: &usize| {
        let cell = column.map_or("", |c| population.cell(*row, c));
        cell.parse::<f64>().unwrap_or(0.0).max(0.0)
    };
    rows.iter().map(count).collect()
}

fn catchment(access: &Access) -> Catchment {
    let method = match access.method {
        ReachMethod::TwoStep | ReachMethod::Enhanced => Method::TwoStep,
        ReachMethod::ThreeStep => Method::ThreeStep,
    };
    let decay = match &access.decay {
        ReachDecay::None => Decay::None,
        ReachDecay::Steps(steps) => {
            Decay::Steps(steps.iter().map(|(limit, weight)| (limit.to_f64(), weight.to_f64())).collect())
        }
        ReachDecay::Gaussian { minutes } => Decay::Gaussian { scale: minutes.to_f64() },
        ReachDecay::Gravity { exponent, least } => {
            Decay::Gravity { exponent: exponent.to_f64(), minimum: least.to_f64() }
        }
    };
    Catchment { method, max_cost: access.max_minutes.to_f64(), decay }
}

/// Reach in floating point.
struct Found {
    access: Vec<f64>,
    balance: adil_access::Balance,
    people: Vec<f64>,
    wanted: Vec<f64>,
    unmet: Vec<f64>,
    reached: Vec<f64>,
}

impl Found {
    fn compute(
        costs: &Costs,
        demand: &[f64],
        supply: &[f64],
        people: &[f64],
        catchment: &Catchment,
        rounds: u32,
    ) -> Result<Self, AccessError> {
        let access = adil_access::reach(costs, demand, supply, catchment)?.access;
        let balance = adil_access::balance(costs, demand, supply, catchment, rounds)?;
        let unmet: Vec<f64> = balance.points.iter().map(|point| point.out_of_reach + point.no_room).collect();
        let reached: Vec<f64> = demand.iter().zip(&access).map(|(d, a)| d * a).collect();
        let mut sums =
            adil_access::within(costs, &[people, demand, &unmet, &reached], catchment)?.into_iter();
        let mut next = || sums.next().unwrap_or_default();
        let [people, wanted, unmet, reached] = [next(), next(), next(), next()];
        Ok(Self { access, balance, people, wanted, unmet, reached })
    }

    fn fixed(
        &self,
        inputs: &Inputs,
        population: &Table,
        points: &Located,
        facilities: &Table,
        places: &Located,
        supply: &[f64],
    ) -> Reach {
        let mut reach = Reach {
            facilities: vec![None; facilities.len()],
            points: Vec::with_capacity(points.rows.len()),
            territories: vec![Visits::default(); inputs.tree.len()],
            total: Visits::default(),
        };
        for (i, row) in points.rows.iter().enumerate() {
            let (wanted, out, full) = (
                micro(points.amounts[i].unwrap_or(0.0)),
                micro(self.balance.points[i].out_of_reach),
                micro(self.balance.points[i].no_room),
            );
            // What is left when both are fixed is what found a place, so that the three add up.
            let out = out.min(wanted);
            let full = full.min(wanted - out);
            let visits = Visits {
                wanted,
                satisfied: wanted - out - full,
                out_of_reach: out,
                no_room: full,
                reached: micro(self.access[i] * points.amounts[i].unwrap_or(0.0)),
            };
            reach.total.add(&visits);
            let node = inputs.tree.index_of(cell_of(population, *row, "territory"));
            for node in std::iter::successors(node, |n| inputs.tree.parent(*n)) {
                reach.territories[node].add(&visits);
            }
            let id = cell_of(population, *row, "point_id").to_owned();
            reach.points.push(PointReach { id, access: micro(self.access[i]), visits });
        }
        for (j, row) in places.rows.iter().enumerate() {
            reach.facilities[*row] = Some(FacilityReach {
                id: cell_of(facilities, *row, "facility_id").to_owned(),
                people: micro(self.people[j]),
                visits_wanted: micro(self.wanted[j]),
                visits_unmet: micro(self.unmet[j]).min(micro(self.wanted[j])),
                visits_expected: micro(self.balance.facilities[j].served),
                supply: micro(supply[j]),
                mean_reach: (self.wanted[j] > 0.0).then(|| micro(self.reached[j] / self.wanted[j])),
            });
        }
        reach
    }
}

fn cell_of<'t>(table: &'t Table, row: usize, column: &str) -> &'t str {
    table.column(column).map_or("", |c| table.cell(row, c))
}

/// Fixes a number to millionths, half to even; what is no number, or too large to count, is nothing.
fn micro(value: f64) -> Micro {
    const SCALE: f64 = 1e6;
    libm::rint(value * SCALE).to_i128().unwrap_or(0)
}

/// What an expression over one table's row sees.
struct TableRow<'r> {
    inputs: &'r Inputs,
    entity: Entity,
    table: &'r Table,
    row: usize,
}

impl Scope for TableRow<'_> {
    fn value(&self, name: NameId) -> Value {
        let name = self.inputs.policy.name(name).filter(|n| n.entity == self.entity);
        let origin = name.and_then(|n| self.inputs.schema.origin(n.entity, &n.column));
        match origin.filter(|o| o.file == self.table.file()) {
            Some(origin) => read_cell(self.table.cell(self.row, origin.column), origin.column_type),
            None => Value::Missing,
        }
    }

    fn series(&self, name: NameId) -> Vec<Value> {
        vec![self.value(name)]
    }
}
