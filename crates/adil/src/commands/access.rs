//! `adil access`: how much of what is offered each demand point can reach.

mod plain;
mod read;

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use adil_access::{Catchment, Decay, Field, Method};
use adil_domain::Problems;
use adil_sources::osm::Profile;
use anyhow::Context;
use clap::{Args, ValueEnum};
use rayon::prelude::*;
use serde_json::{Value, json};

use super::{print, print_json, say};
use crate::progress::Progress;
use crate::{Exit, show};
use read::Input;

/// `adil access`.
#[derive(Debug, Args)]
#[command(after_help = "\
Tables: demand has id, population; supply has id, capacity; both have lat, lon (or x, y with --planar, or no place with \
--costs). Other columns are left alone. The answer has id, access: capacity in reach for each person.

Without --planar and --costs a cost is in minutes: the great circle, times the detour, at the speed of the mode.
Walking is 4.8 km/h on ways 1.3 times as long as the straight line, by car 40 km/h and 1.4 times. With --roads it is the \
walk to the road, the quickest way along roads open to the mode, and the walk from it; a place more than 1 km from any is out \
of reach.

Decays: with none, every cost up to --max-cost weighs 1. Steps hold up to their limit, the limit included, and past the last \
the weight is 0. --gaussian is exp(-cost^2 / (2 S^2)); --gravity is max(cost, MIN)^A.")]
pub(crate) struct AccessArgs {
    /// Where people live: id, population, and a place
    #[arg(long, value_name = "FILE")]
    demand: PathBuf,
    /// Facilities: id, capacity, and a place
    #[arg(long, value_name = "FILE")]
    supply: PathBuf,
    /// The floating catchment
    #[arg(long, value_enum)]
    method: MethodArg,
    /// The largest cost in reach, included
    #[arg(long, value_name = "C", value_parser = from_zero)]
    max_cost: f64,
    /// Weights by steps, such as 10:1,20:.68,30:.22
    #[arg(long, value_name = "LIMIT:WEIGHT,…", value_parser = steps, group = "decay")]
    steps: Option<Decay>,
    /// Weights by a bell curve of this standard deviation
    #[arg(long, value_name = "S", value_parser = gaussian, group = "decay", allow_negative_numbers = true)]
    gaussian: Option<Decay>,
    /// Weights max(cost, MIN)^A, such as -1.5:1
    #[arg(long, value_name = "A:MIN", value_parser = gravity, group = "decay", allow_hyphen_values = true)]
    gravity: Option<Decay>,
    /// Places are x, y in a plane, and a cost is their straight distance
    #[arg(long, group = "ways")]
    planar: bool,
    /// Costs pair by pair: `demand_id`, `supply_id`, `cost`; a pair that is not there is out of reach
    #[arg(long, value_name = "FILE", group = "ways")]
    costs: Option<PathBuf>,
    /// Costs are minutes along the roads of OpenStreetMap, .osm.pbf
    #[arg(long, value_name = "FILE", group = "ways")]
    roads: Option<PathBuf>,
    /// How people go [default: walk]
    #[arg(long, value_enum, conflicts_with_all = ["planar", "costs"])]
    mode: Option<Mode>,
    /// The speed, instead of the mode's
    #[arg(long, value_name = "KM/H", value_parser = above_zero, conflicts_with = "ways")]
    speed: Option<f64>,
    /// How many times longer ways are than the straight line, instead of the mode's
    #[arg(long, value_name = "FACTOR", value_parser = from_one, conflicts_with = "ways")]
    detour: Option<f64>,
    /// Where to write the reach of each demand point
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Print a summary as JSON
    #[arg(long)]
    json: bool,
}

/// The methods by the names of the literature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum MethodArg {
    /// Two steps (Luo & Wang 2003)
    #[value(name = "2sfca")]
    Two,
    /// Two steps with a decay (Luo & Qi 2009)
    #[value(name = "e2sfca")]
    Enhanced,
    /// Three steps: people spread over what they can choose from (Wan, Zou & Sternberg 2012)
    #[value(name = "3sfca")]
    Three,
}

/// A way of going.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Mode {
    /// On foot
    Walk,
    /// By car
    Car,
}

impl Mode {
    /// The roads that are open to it.
    pub(super) const fn profile(self) -> Profile {
        match self {
            Self::Walk => Profile::Foot,
            Self::Car => Profile::Car,
        }
    }

    /// km/h. Walking: 3 miles an hour, as in Sport England's Facilities Planning Model. By car: door to door in a town.
    const fn speed(self) -> f64 {
        match self {
            Self::Walk => 4.8,
            Self::Car => 40.0,
        }
    }

    /// The way over the straight line. By car: 1.417 on average (Boscoe, Henry & Zdeb 2012); on foot there are short cuts.
    const fn detour(self) -> f64 {
        match self {
            Self::Walk => 1.3,
            Self::Car => 1.4,
        }
    }
}

pub(crate) fn access(args: &AccessArgs) -> anyhow::Result<Exit> {
    let Some(catchment) = catchment(args) else {
        say(
            "error: e2sfca is 2sfca with a decay, and none is given: add --steps 10:1,20:.68,30:.22 or another one, \
             --gaussian S, or --gravity A:MIN; or ask for 2sfca.\n",
        )?;
        return Ok(Exit::Usage);
    };
    let progress = Progress::new(3);
    progress.step("reading");
    let mut problems = Problems::new();
    let input = read::read(args, &mut problems);
    let Some(input) = input.filter(|_| !problems.has_errors()) else {
        drop(progress);
        return refuse(&problems, args.json);
    };
    progress.step("finding what is in reach");
    let reached = Field::new(&input.costs, &catchment).and_then(|field| {
        let found = field.reach(&input.population, &input.capacity)?;
        // Counting takes as long as half of the answer; people at a terminal do without.
        Ok((found, args.json.then(|| field.pairs())))
    });
    let (found, pairs) = match reached {
        Ok(found) => found,
        Err(error) => {
            drop(progress);
            problems.push(input.problem(&error));
            return refuse(&problems, args.json);
        }
    };
    progress.step("writing");
    write(&args.out, &table(&input, &found.access))
        .with_context(|| format!("{} can't be written", args.out.display()))?;
    drop(progress);
    for problem in &problems {
        say(&format!("{problem}\n"))?;
    }
    let summary = Summary::new(&input, &found, pairs);
    if args.json {
        print_json(&summary.json(args, &problems))?;
    } else {
        print(&summary.text(&args.out))?;
    }
    Ok(Exit::Done)
}

/// The catchment asked for; `None` when its decay is missing.
fn catchment(args: &AccessArgs) -> Option<Catchment> {
    let decay = [&args.steps, &args.gaussian, &args.gravity].into_iter().flatten().next();
    let method = match args.method {
        MethodArg::Enhanced if decay.is_none() => return None,
        MethodArg::Two | MethodArg::Enhanced => Method::TwoStep,
        MethodArg::Three => Method::ThreeStep,
    };
    Some(Catchment { method, max_cost: args.max_cost, decay: decay.cloned().unwrap_or(Decay::None) })
}

fn refuse(problems: &Problems, json: bool) -> anyhow::Result<Exit> {
    if json {
        print_json(&json!({ "problems": show::problems_json(problems) }))?;
    }
    // There is no problems.csv beside two tables: all of them are said here.
    for problem in problems {
        say(&format!("{problem}\n"))?;
    }
    say(&format!("Nothing was written: {}.\n", show::count(problems)))?;
    Ok(Exit::Wrong)
}

/// `id,access`, in the order of the demand table, in parts; numbers in as few digits as give the same number back.
fn table(input: &Input, access: &[f64]) -> Vec<Vec<u8>> {
    const TOGETHER: usize = 8_192;
    let rows = access.par_chunks(TOGETHER).enumerate().map(|(chunk, access)| {
        let mut text = Vec::with_capacity(access.len() * 32);
        for (row, access) in (chunk * TOGETHER..).zip(access) {
            put_cell(&mut text, input.demand_id(row));
            text.push(b',');
            // Numbers of JSON are as short, and made much faster than by `fmt`; writing to memory does not fail.
            let _ = serde_json::to_writer(&mut text, access);
            text.push(b'\n');
        }
        text
    });
    rayon::iter::once(b"id,access\n".to_vec()).chain(rows).collect()
}

/// A cell as CSV has it, quoted where it must be.
fn put_cell(text: &mut Vec<u8>, cell: &str) {
    if cell.bytes().any(|b| matches!(b, b',' | b'"' | b'\n' | b'\r')) {
        text.push(b'"');
        text.extend_from_slice(cell.replace('"', "\"\"").as_bytes());
        text.push(b'"');
    } else {
        text.extend_from_slice(cell.as_bytes());
    }
}

/// Writes a file whole or not at all; into what is no file (a pipe, `/dev/stdout`) directly.
fn write(path: &Path, parts: &[Vec<u8>]) -> io::Result<()> {
    let into = |path: &Path| {
        let mut file = fs::File::create(path)?;
        parts.iter().try_for_each(|part| file.write_all(part))
    };
    if fs::metadata(path).is_ok_and(|there| !there.is_file()) {
        return into(path);
    }
    let mut partial = path.as_os_str().to_owned();
    partial.push(".partial");
    let partial = Path::new(&partial);
    let written = into(partial).and_then(|()| fs::rename(partial, path));
    if written.is_err() {
        let _ = fs::remove_file(partial);
    }
    written
}

/// What was found, in a few numbers.
struct Summary {
    /// Demand points.
    points: usize,
    facilities: usize,
    pairs: Option<u64>,
    population: f64,
    /// Those with no capacity in reach.
    points_out_of_reach: usize,
    population_out_of_reach: f64,
    capacity: f64,
    capacity_reached: f64,
    served: f64,
}

impl Summary {
    fn new(input: &Input, found: &adil_access::Reach, pairs: Option<u64>) -> Self {
        let sum = |values: &mut dyn Iterator<Item = f64>| values.fold(0.0, |sum, value| sum + value);
        let people = || input.population.iter().zip(&found.access);
        let out = || people().filter(|(_, access)| **access <= 0.0).map(|(people, _)| *people);
        let reached = input.capacity.iter().zip(&found.load).filter(|(_, load)| **load > 0.0);
        Self {
            points: input.population.len(),
            facilities: input.capacity.len(),
            pairs,
            population: sum(&mut input.population.iter().copied()),
            points_out_of_reach: out().count(),
            population_out_of_reach: sum(&mut out()),
            capacity: sum(&mut input.capacity.iter().copied()),
            capacity_reached: sum(&mut reached.map(|(capacity, _)| *capacity)),
            served: sum(&mut people().map(|(people, access)| people * access)),
        }
    }

    /// How far Σ population × access is from the capacity that people reach, which it must be; a part of it.
    fn difference(&self) -> f64 {
        let difference = (self.served - self.capacity_reached).abs();
        if difference > 0.0 { difference / self.capacity_reached } else { 0.0 }
    }

    fn json(&self, args: &AccessArgs, problems: &Problems) -> Value {
        json!({
            "method": args.method.to_possible_value().map(|v| v.get_name().to_owned()),
            "points": self.points,
            "facilities": self.facilities,
            "pairs": self.pairs,
            "population": self.population,
            "points_out_of_reach": self.points_out_of_reach,
            "population_out_of_reach": self.population_out_of_reach,
            "capacity": self.capacity,
            "capacity_reached": self.capacity_reached,
            "served": self.served,
            "conservation_difference": self.difference(),
            "out": args.out.display().to_string(),
            "problems": show::problems_json(problems),
        })
    }

    fn text(&self, out: &Path) -> String {
        let part = |part: f64, whole: f64| if whole > 0.0 { 100.0 * part / whole } else { 0.0 };
        format!(
            "{} demand points, {} facilities\n\
             Out of reach: {} points with {} people ({:.1} %)\n\
             Capacity that people reach: {} of {} ({:.1} %); given out: within {:.0e} of it\n\
             Written: {}\n",
            self.points,
            self.facilities,
            self.points_out_of_reach,
            self.population_out_of_reach,
            part(self.population_out_of_reach, self.population),
            self.capacity_reached,
            self.capacity,
            part(self.capacity_reached, self.capacity),
            self.difference(),
            out.display(),
        )
    }
}

fn number(text: &str) -> Result<f64, String> {
    match text.trim().parse::<f64>() {
        Ok(number) if number.is_finite() => Ok(number),
        _ => Err(format!("`{text}` is no number")),
    }
}

fn from_zero(text: &str) -> Result<f64, String> {
    number(text).and_then(|n| if n >= 0.0 { Ok(n) } else { Err(format!("{n} is below 0")) })
}

fn above_zero(text: &str) -> Result<f64, String> {
    number(text).and_then(|n| if n > 0.0 { Ok(n) } else { Err(format!("{n} is not above 0")) })
}

fn from_one(text: &str) -> Result<f64, String> {
    number(text).and_then(|n| {
        if n >= 1.0 { Ok(n) } else { Err("no way is shorter than the straight line".to_owned()) }
    })
}

fn checked(decay: Decay) -> Result<Decay, String> {
    decay.check().map(|()| decay).map_err(|error| error.to_string())
}

fn steps(text: &str) -> Result<Decay, String> {
    let step = |step: &str| {
        let (limit, weight) = step
            .split_once(':')
            .ok_or_else(|| format!("`{step}` is no step: write LIMIT:WEIGHT, such as 10:1"))?;
        Ok((number(limit)?, number(weight)?))
    };
    checked(Decay::Steps(text.split(',').map(step).collect::<Result<_, String>>()?))
}

fn gaussian(text: &str) -> Result<Decay, String> {
    checked(Decay::Gaussian { scale: number(text)? })
}

fn gravity(text: &str) -> Result<Decay, String> {
    let (exponent, minimum) =
        text.split_once(':').ok_or_else(|| format!("`{text}`: write A:MIN, such as -1.5:1"))?;
    checked(Decay::Gravity { exponent: number(exponent)?, minimum: number(minimum)? })
}
