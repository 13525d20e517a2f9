//! The tables of `adil access`, checked row by row.

use std::fs;
use std::path::Path;

use adil_access::{AccessError, Costs, Side, cost_per_metre};
use adil_domain::{Place, Problem, Problems};
use adil_geography::{Position, PositionError};
use adil_round::table::{self, Limited, Table};
use adil_sources::osm::Profile;

use super::super::roads::{self, Places};
use super::plain::Plain;
use super::{AccessArgs, Mode};

/// What was read.
pub(super) struct Input {
    demand: Rows,
    supply: Rows,
    pub(super) population: Vec<f64>,
    pub(super) capacity: Vec<f64>,
    pub(super) costs: Costs,
}

/// The rows of a table by name.
enum Rows {
    Plain(Plain),
    /// A table and its column of identifiers.
    Table(Table, usize),
}

impl Rows {
    fn id(&self, row: usize) -> &str {
        match self {
            Self::Plain(plain) => plain.id(row),
            Self::Table(table, id) => table.cell(row, *id),
        }
    }

    fn place(&self, row: usize) -> Place {
        match self {
            // The header stands on the first line, and each row on one of its own.
            Self::Plain(plain) => Place::line(plain.file.clone(), row as u64 + 2),
            Self::Table(table, _) => Place::line(table.file(), table.line(row)),
        }
    }
}

impl Input {
    /// The identifier of a demand point.
    pub(super) fn demand_id(&self, row: usize) -> &str {
        self.demand.id(row)
    }

    /// What the sums found wrong, at the row where it is.
    pub(super) fn problem(&self, error: &AccessError) -> Problem {
        let place = match error {
            AccessError::Range { side: Side::Demand, at } => self.demand.place(*at),
            AccessError::Range { side: Side::Supply, at } => self.supply.place(*at),
            _ => Place::default(),
        };
        Problem::error("out-of-range", place, format!("{error}."))
    }

    /// What tables as programs write them say; `None` when they are not such tables, or anything is wrong.
    fn plain(args: &AccessArgs, ways: &Ways<'_>) -> Option<Self> {
        if matches!(ways, Ways::Costs | Ways::Roads { .. }) {
            return None;
        }
        let read = |path, amount| Plain::read(path, &[ways.columns(), &[amount]].concat());
        let (demand, supply) =
            rayon::join(|| read(&args.demand, "population"), || read(&args.supply, "capacity"));
        let (mut demand, mut supply) = (demand?, supply?);
        let [x, y, population] = <[_; 3]>::try_from(demand.take()).ok()?;
        let [to_x, to_y, capacity] = <[_; 3]>::try_from(supply.take()).ok()?;
        if population.iter().chain(&capacity).any(|amount| *amount < 0.0) {
            return None;
        }
        let costs = match ways {
            Ways::Planar => {
                let points = |x, y| pairs(x, y).map(<[f64; 2]>::from).collect::<Vec<_>>();
                Costs::planar(points(&x, &y), points(&to_x, &to_y))
            }
            Ways::Degrees { cost_per_metre } => {
                let places = |lat, lon| -> Option<Vec<Position>> {
                    pairs(lat, lon).map(|(lat, lon)| Position::new(lat, lon).ok()).collect()
                };
                Costs::degrees(places(&x, &y)?, places(&to_x, &to_y)?, *cost_per_metre)
            }
            Ways::Costs | Ways::Roads { .. } => return None,
        };
        let (demand, supply) = (Rows::Plain(demand), Rows::Plain(supply));
        Some(Self { demand, supply, population, capacity, costs: costs.ok()? })
    }
}

fn pairs(a: &[f64], b: &[f64]) -> impl Iterator<Item = (f64, f64)> {
    a.iter().copied().zip(b.iter().copied())
}

/// Reads the tables; `None` when what they say can't be used, with the problems.
pub(super) fn read(args: &AccessArgs, problems: &mut Problems) -> Option<Input> {
    let ways = Ways::of(args);
    if let Some(input) = Input::plain(args, &ways) {
        return Some(input);
    }
    let costs = args.costs.as_deref().map(|path| open(path, problems));
    let demand = open(&args.demand, problems);
    let supply = open(&args.supply, problems);
    let (demand, supply) = (demand?, supply?);
    let columns = |amount| [&["id"], ways.columns(), &[amount]].concat();
    for (table, amount) in [(&demand, "population"), (&supply, "capacity")] {
        table::require_columns(table, &columns(amount), problems);
        ways.hint(table, problems);
    }
    let costs = costs.flatten();
    if let Some(table) = &costs {
        table::require_columns(table, &["demand_id", "supply_id", "cost"], problems);
    }
    let demand_rows = table::unique_key(&demand, "id", problems);
    let supply_rows = table::unique_key(&supply, "id", problems);
    let population = table::amounts(&demand, "population", problems);
    let capacity = table::amounts(&supply, "capacity", problems);
    let costs = match ways {
        Ways::Planar => planar(&demand, &supply, problems),
        Ways::Degrees { cost_per_metre } => {
            let (from, to) = (positions(&demand, problems), positions(&supply, problems));
            let costs = from.zip(to).map(|(from, to)| Costs::degrees(from, to, cost_per_metre));
            costs.and_then(|costs| taken(costs, &demand, &supply, problems))
        }
        Ways::Roads { map, profile } => {
            let (from, to) = (positions(&demand, problems), positions(&supply, problems));
            let ends = from.zip(to).map(|(from, to)| [(&demand, from), (&supply, to)]);
            ends.and_then(|[(demand, from), (supply, to)]| {
                let ends =
                    [Places { file: demand.file(), at: &from }, Places { file: supply.file(), at: &to }];
                let found = roads::times(map, profile, ends, args.max_cost, problems)?;
                let costs = Costs::listed(from.len(), to.len(), found.times.pairs);
                taken(costs, demand, supply, problems)
            })
        }
        Ways::Costs => costs.and_then(|table| {
            let ends = [(&demand, &demand_rows), (&supply, &supply_rows)];
            let pairs = table::costs(&table, ["demand_id", "supply_id", "cost"], ends, problems);
            taken(Costs::listed(demand.len(), supply.len(), pairs), &demand, &supply, problems)
        }),
    };
    drop((demand_rows, supply_rows));
    problems.sort();
    let (of_demand, of_supply) = (demand.column("id")?, supply.column("id")?);
    let (demand, supply) = (Rows::Table(demand, of_demand), Rows::Table(supply, of_supply));
    Some(Input { demand, supply, population, capacity, costs: costs? })
}

fn open(path: &Path, problems: &mut Problems) -> Option<Table> {
    let name = path.display().to_string();
    match fs::read(path) {
        Ok(bytes) => Table::read(&name, &bytes, problems),
        Err(error) => {
            let place = Place::file(name);
            problems.push(Problem::error(
                "unreadable-file",
                place,
                format!("The file can't be read: {error}."),
            ));
            None
        }
    }
}

/// Where costs come from.
enum Ways<'a> {
    Planar,
    Degrees { cost_per_metre: f64 },
    Roads { map: &'a Path, profile: Profile },
    Costs,
}

impl<'a> Ways<'a> {
    fn of(args: &'a AccessArgs) -> Self {
        let mode = args.mode.unwrap_or(Mode::Walk);
        let (speed, detour) = (args.speed.unwrap_or(mode.speed()), args.detour.unwrap_or(mode.detour()));
        match args {
            AccessArgs { costs: Some(_), .. } => Self::Costs,
            AccessArgs { planar: true, .. } => Self::Planar,
            AccessArgs { roads: Some(map), .. } => Self::Roads { map, profile: mode.profile() },
            _ => Self::Degrees { cost_per_metre: cost_per_metre(speed, detour) },
        }
    }

    const fn columns(&self) -> &'static [&'static str] {
        match self {
            Self::Planar => &["x", "y"],
            Self::Degrees { .. } | Self::Roads { .. } => &["lat", "lon"],
            Self::Costs => &[],
        }
    }

    /// A table that has the columns of the other way of saying where a place is.
    fn hint(&self, table: &Table, problems: &mut Problems) {
        let has = |names: [&str; 2]| names.iter().all(|name| table.column(name).is_some());
        let hint = match self {
            Self::Degrees { .. } | Self::Roads { .. } if !has(["lat", "lon"]) && has(["x", "y"]) => {
                "With --planar they are taken as places in a plane."
            }
            Self::Planar if !has(["x", "y"]) && has(["lat", "lon"]) => {
                "Without --planar they are taken as places on the Earth, with costs in minutes."
            }
            _ => return,
        };
        let (found, wanted) =
            if matches!(self, Self::Planar) { ("lat, lon", "x, y") } else { ("x, y", "lat, lon") };
        let message = format!("The table has {found} where {wanted} are expected.");
        let place = Place::line(table.file(), table.header_line());
        problems.push(Problem::error("other-coordinates", place, message).hint(hint));
    }
}

fn planar(demand: &Table, supply: &Table, problems: &mut Problems) -> Option<Costs> {
    let mut points = |table: &Table| -> Vec<[f64; 2]> {
        let (x, y) = (table::floats(table, "x", problems), table::floats(table, "y", problems));
        x.into_iter().zip(y).map(|(x, y)| [x, y]).collect()
    };
    let (from, to) = (points(demand), points(supply));
    if from.iter().chain(&to).flatten().any(|v| v.is_nan()) {
        return None;
    }
    taken(Costs::planar(from, to), demand, supply, problems)
}

/// The position of every row; `None` when one has none, which is reported.
fn positions(table: &Table, problems: &mut Problems) -> Option<Vec<Position>> {
    let (lat, lon) = (table::floats(table, "lat", problems), table::floats(table, "lon", problems));
    let places: Vec<Result<Position, PositionError>> =
        lat.into_iter().zip(lon).map(|(lat, lon)| Position::new(lat, lon)).collect();
    let mut limited = Limited::new(problems, Place::file(table.file()));
    for (row, place) in places.iter().enumerate() {
        match place {
            // A cell that is no number has been said.
            Ok(_) | Err(PositionError::NotFinite) => {}
            Err(error) => limited.error(error.code(), || {
                let place = Place::cell(table.file(), table.line(row), "lat");
                Problem::error(error.code(), place, format!("{error}.")).hint(hint(error))
            }),
        }
    }
    limited.finish();
    places.into_iter().collect::<Result<_, _>>().ok()
}

/// Here a place can't be left out, and projected coordinates have a way of their own.
const fn hint(error: &PositionError) -> &'static str {
    match error {
        PositionError::Projected { .. } => {
            "Convert them to WGS84 degrees, or name them x, y and add --planar."
        }
        PositionError::Null => "Find out where it is, or leave the row out.",
        other => other.hint(),
    }
}

/// What the library does not take is said, at the row where it is.
fn taken(
    costs: Result<Costs, AccessError>,
    demand: &Table,
    supply: &Table,
    problems: &mut Problems,
) -> Option<Costs> {
    let refused = |error: AccessError| {
        let place = match error {
            AccessError::Coordinate { side: Side::Demand, at, .. } => {
                Place::line(demand.file(), demand.line(at))
            }
            AccessError::Coordinate { side: Side::Supply, at, .. } => {
                Place::line(supply.file(), supply.line(at))
            }
            _ => Place::file(demand.file()),
        };
        problems.push(Problem::error("out-of-range", place, format!("{error}.")));
    };
    costs.map_err(refused).ok()
}
