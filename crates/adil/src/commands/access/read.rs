//! The tables of `adil access`, checked row by row.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use adil_access::{AccessError, Costs, Side, cost_per_metre};
use adil_domain::{Place, Problem, Problems};
use adil_geography::{Position, PositionError};
use adil_round::table::{self, LISTED, Table};
use rayon::prelude::*;

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
    fn plain(args: &AccessArgs, ways: &Ways) -> Option<Self> {
        if matches!(ways, Ways::Costs) {
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
                Costs::planar(&points(&x, &y), &points(&to_x, &to_y))
            }
            Ways::Degrees { cost_per_metre } => {
                let places = |lat, lon| -> Option<Vec<Position>> {
                    pairs(lat, lon).map(|(lat, lon)| Position::new(lat, lon).ok()).collect()
                };
                Costs::degrees(&places(&x, &y)?, &places(&to_x, &to_y)?, *cost_per_metre)
            }
            Ways::Costs => return None,
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
    let mut list = Listed::new(problems);
    let population = amounts(&demand, "population", &mut list);
    let capacity = amounts(&supply, "capacity", &mut list);
    let costs = match ways {
        Ways::Planar => planar(&demand, &supply, &mut list),
        Ways::Degrees { cost_per_metre } => degrees(&demand, &supply, cost_per_metre, &mut list),
        Ways::Costs => costs.and_then(|table| {
            let rows = (|id: &str| demand_rows.get(id), |id: &str| supply_rows.get(id));
            listed(&table, &demand, &supply, rows, &mut list)
        }),
    };
    list.finish();
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
enum Ways {
    Planar,
    Degrees { cost_per_metre: f64 },
    Costs,
}

impl Ways {
    fn of(args: &AccessArgs) -> Self {
        let mode = args.mode.unwrap_or(Mode::Walk);
        let (speed, detour) = (args.speed.unwrap_or(mode.speed()), args.detour.unwrap_or(mode.detour()));
        match args {
            AccessArgs { costs: Some(_), .. } => Self::Costs,
            AccessArgs { planar: true, .. } => Self::Planar,
            _ => Self::Degrees { cost_per_metre: cost_per_metre(speed, detour) },
        }
    }

    const fn columns(&self) -> &'static [&'static str] {
        match self {
            Self::Planar => &["x", "y"],
            Self::Degrees { .. } => &["lat", "lon"],
            Self::Costs => &[],
        }
    }

    /// A table that has the columns of the other way of saying where a place is.
    fn hint(&self, table: &Table, problems: &mut Problems) {
        let has = |names: [&str; 2]| names.iter().all(|name| table.column(name).is_some());
        let hint = match self {
            Self::Degrees { .. } if !has(["lat", "lon"]) && has(["x", "y"]) => {
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

/// Problems, of each kind as many as a person may want to see, and then how many more.
struct Listed<'p> {
    problems: &'p mut Problems,
    counts: BTreeMap<(String, &'static str), usize>,
}

impl<'p> Listed<'p> {
    const fn new(problems: &'p mut Problems) -> Self {
        Self { problems, counts: BTreeMap::new() }
    }

    fn add(&mut self, table: &Table, code: &'static str, problem: impl FnOnce() -> Problem) {
        let count = self.counts.entry((table.file().to_owned(), code)).or_insert(0);
        *count += 1;
        if *count <= LISTED {
            self.problems.push(problem());
        }
    }

    fn finish(self) {
        for ((file, code), count) in self.counts.into_iter().filter(|(_, count)| *count > LISTED) {
            let message = format!(
                "{} more problems of this kind follow; the first {LISTED} are listed.",
                count - LISTED
            );
            self.problems.push(Problem::error(code, Place::file(file), message));
        }
    }
}

/// A number of a cell, or what is wrong with it.
fn number(text: &str) -> Result<f64, (&'static str, String, Option<String>)> {
    if text.is_empty() {
        let message = "The cell is empty, but a number was expected.".to_owned();
        return Err(("missing-value", message, Some("Fill it in, or leave the row out.".to_owned())));
    }
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() => Ok(number),
        parsed => {
            if let Err(error) = table::parse_number(text) {
                return Err((error.code, error.message, error.hint));
            }
            let far = if parsed.is_ok() { "is beyond the range of numbers" } else { "is no number" };
            Err(("not-a-number", format!("`{text}` {far}."), None))
        }
    }
}

/// The numbers of a column; what is none is reported and stands as NaN.
fn numbers(table: &Table, name: &str, list: &mut Listed<'_>) -> Vec<f64> {
    let Some(column) = table.column(name) else { return vec![f64::NAN; table.len()] };
    let found: Vec<f64> = (0..table.len())
        .into_par_iter()
        .with_min_len(1_024)
        // Reported below, where the order is that of the rows.
        .map(|row| number(table.cell(row, column)).unwrap_or(f64::NAN))
        .collect();
    for (row, _) in found.iter().enumerate().filter(|(_, value)| value.is_nan()) {
        if let Err((code, message, hint)) = number(table.cell(row, column)) {
            list.add(table, code, || {
                let problem = Problem::error(code, Place::cell(table.file(), table.line(row), name), message);
                match hint {
                    Some(hint) => problem.hint(hint),
                    None => problem,
                }
            });
        }
    }
    found
}

/// The numbers of a column, none below 0.
fn amounts(table: &Table, name: &str, list: &mut Listed<'_>) -> Vec<f64> {
    let found = numbers(table, name, list);
    for (row, value) in found.iter().enumerate().filter(|(_, value)| **value < 0.0) {
        list.add(table, "negative-value", || {
            let place = Place::cell(table.file(), table.line(row), name);
            Problem::error("negative-value", place, format!("The {name} is {value}; it can't be below 0."))
        });
    }
    found
}

fn planar(demand: &Table, supply: &Table, list: &mut Listed<'_>) -> Option<Costs> {
    let mut points = |table: &Table| -> Vec<[f64; 2]> {
        let (x, y) = (numbers(table, "x", list), numbers(table, "y", list));
        x.into_iter().zip(y).map(|(x, y)| [x, y]).collect()
    };
    let (from, to) = (points(demand), points(supply));
    if from.iter().chain(&to).flatten().any(|v| v.is_nan()) {
        return None;
    }
    Costs::planar(&from, &to).map_err(|error| refuse(&error, demand, supply, list)).ok()
}

fn degrees(demand: &Table, supply: &Table, cost_per_metre: f64, list: &mut Listed<'_>) -> Option<Costs> {
    let mut points = |table: &Table| -> Option<Vec<Position>> {
        let (lat, lon) = (numbers(table, "lat", list), numbers(table, "lon", list));
        let places: Vec<Result<Position, PositionError>> =
            lat.into_iter().zip(lon).map(|(lat, lon)| Position::new(lat, lon)).collect();
        for (row, place) in places.iter().enumerate() {
            match place {
                // A cell that is no number has been said.
                Ok(_) | Err(PositionError::NotFinite) => {}
                Err(error) => list.add(table, error.code(), || {
                    let place = Place::cell(table.file(), table.line(row), "lat");
                    Problem::error(error.code(), place, format!("{error}.")).hint(hint(error))
                }),
            }
        }
        places.into_iter().collect::<Result<_, _>>().ok()
    };
    let (from, to) = (points(demand), points(supply));
    Costs::degrees(&from?, &to?, cost_per_metre).map_err(|error| refuse(&error, demand, supply, list)).ok()
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

fn listed(
    table: &Table,
    demand: &Table,
    supply: &Table,
    rows: (impl Fn(&str) -> Option<usize> + Sync, impl Fn(&str) -> Option<usize> + Sync),
    list: &mut Listed<'_>,
) -> Option<Costs> {
    let columns = (table.column("demand_id")?, table.column("supply_id")?);
    let costs = amounts(table, "cost", list);
    let found: Vec<(Option<usize>, Option<usize>)> = (0..table.len())
        .into_par_iter()
        .with_min_len(1_024)
        .map(|row| ((rows.0)(table.cell(row, columns.0)), (rows.1)(table.cell(row, columns.1))))
        .collect();
    let mut pairs = Vec::with_capacity(table.len());
    for (row, ((i, j), cost)) in found.into_iter().zip(costs).enumerate() {
        for (found, other, column) in [(i, demand, columns.0), (j, supply, columns.1)] {
            if found.is_none() {
                list.add(table, "unknown-id", || {
                    let place = Place::cell(table.file(), table.line(row), table.name(column));
                    let message = format!("`{}` is no id of {}.", table.cell(row, column), other.file());
                    Problem::error("unknown-id", place, message)
                        .hint("Identifiers are text: leading zeros and capitals count.")
                });
            }
        }
        // More rows than fit 32 bits were refused when the table was read.
        let (i, j) = (i.and_then(|i| u32::try_from(i).ok()), j.and_then(|j| u32::try_from(j).ok()));
        if let (Some(i), Some(j)) = (i, j) {
            pairs.push((i, j, cost, row));
        }
    }
    twice(table, &mut pairs, list);
    pairs.retain(|(_, _, cost, _)| *cost >= 0.0);
    let pairs = pairs.into_iter().map(|(i, j, cost, _)| (i, j, cost)).collect();
    Costs::listed(demand.len(), supply.len(), pairs)
        .map_err(|error| refuse(&error, demand, supply, list))
        .ok()
}

/// Reports and takes out pairs that stand twice; they come out sorted.
fn twice(table: &Table, pairs: &mut Vec<(u32, u32, f64, usize)>, list: &mut Listed<'_>) {
    pairs.par_sort_unstable_by_key(|&(i, j, _, row)| (i, j, row));
    pairs.dedup_by(|again, first| {
        let same = (again.0, again.1) == (first.0, first.1);
        if same {
            list.add(table, "duplicate-pair", || {
                let (line, again) = (table.line(first.3), table.line(again.3));
                let message =
                    format!("The cost of this pair is given on line {line} and again on line {again}.");
                Problem::error("duplicate-pair", Place::line(table.file(), again), message)
                    .hint("Keep one of them.")
            });
        }
        same
    });
}

/// What the library does not take, at the row where it is.
fn refuse(error: &AccessError, demand: &Table, supply: &Table, list: &mut Listed<'_>) {
    let (table, place) = match error {
        AccessError::Coordinate { side: Side::Demand, at, .. } => {
            (demand, Place::line(demand.file(), demand.line(*at)))
        }
        AccessError::Coordinate { side: Side::Supply, at, .. } => {
            (supply, Place::line(supply.file(), supply.line(*at)))
        }
        _ => (demand, Place::file(demand.file())),
    };
    list.add(table, "out-of-range", || Problem::error("out-of-range", place, format!("{error}.")));
}
