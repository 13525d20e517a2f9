//! The solver on the shared instance or a generated one, beside `peers/fair_share.py`: one JSON line with its figures.
//!
//! ```text
//! fair_share --instance DIR | --n N   facilities.csv, districts.csv, regions.csv; or a generated case
//!            [--decimals D]           a payable unit is 10^-D currency units; 6 unless told
//!            [--repeat K]             solves so often, the best time is printed; 3 unless told
//!            [--threads T]            as many as the machine has unless told
//!            [--independent]          compares with a nested bisection in floats on the same bounds
//!            [--write DIR]            writes the case so that the peers can read it
//! ```
//!
//! Weights are read exactly, as integers over a common power of ten. Bounds are rounded inward to payable units.

#[path = "../benches/case/mod.rs"]
mod case;

use std::collections::HashMap;
use std::error::Error;
use std::fs;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use adil_allocate::check::{CheckedLeaf, CheckedNode, check};
use adil_allocate::{Bounds, LeafIndex, Solution, tie_key};
use adil_domain::Rational;
use case::{Case, District, Facility};

type Fallible<T> = Result<T, Box<dyn Error>>;

/// Above so many leaves the certificate is not checked: the checker works with fractions of any size.
const CHECKED: usize = 200_000;

struct Options {
    source: Source,
    decimals: u32,
    repeat: usize,
    threads: usize,
    independent: bool,
    write: Option<PathBuf>,
}

enum Source {
    Folder(PathBuf),
    Generated(usize),
}

fn main() -> Fallible<()> {
    let options = Options::read()?;
    if options.threads > 0 {
        rayon::ThreadPoolBuilder::new().num_threads(options.threads).build_global()?;
    }
    let started = Instant::now();
    let (instance, shape) = {
        let case = options.source.load(options.decimals)?.0;
        let (regions, districts) = (case.regions.len(), case.districts.len());
        let shape = format!("facilities={} districts={districts} regions={regions}", case.facilities.len());
        (case.instance(), shape)
    };
    let load_seconds = started.elapsed().as_secs_f64();

    let mut seconds = Vec::new();
    let mut last = None;
    for _ in 0..options.repeat.max(1) {
        drop(last.take());
        let started = Instant::now();
        let solution = instance.solve(&|leaf: LeafIndex| tie_key(b"", &leaf.index().to_string()));
        seconds.push(started.elapsed().as_secs_f64());
        last = Some(solution?);
    }
    seconds.sort_by(f64::total_cmp);
    let solution = last.ok_or("nothing was solved")?;
    drop(instance);
    // What follows is no part of solving. The case was not kept meanwhile: it is made anew.
    let peak = peak_mib();
    let (case, theirs) = options.source.load(options.decimals)?;

    let mut figures = serde_json::json!({
        "peer": "adil-allocate",
        "version": env!("CARGO_PKG_VERSION"),
        "case": shape,
        "seconds": seconds.first(),
        "median_seconds": seconds.get(seconds.len() / 2),
        "worst_seconds": seconds.last(),
        "load_seconds": load_seconds,
        "peak_mib": peak,
        "threads": rayon::current_num_threads(),
        "unit": unit(options.decimals),
        "unspent": solution.unspent(),
        "certificate": certificate(&case, &solution),
        "largest_violation": largest_violation(&case, &solution),
    });
    if !theirs.is_empty() {
        let scale = unit(options.decimals);
        let differences =
            theirs.iter().zip(solution.amounts()).map(|(x, own)| (float(*own) * scale - x).abs());
        figures["largest_difference_from_x_opt"] = differences.fold(0.0, f64::max).into();
    }
    if options.independent {
        let optimum = nested_bisection(&case);
        let differences = optimum.iter().zip(solution.amounts()).map(|(x, own)| (float(*own) - x).abs());
        figures["largest_difference_from_independent_in_units"] = differences.fold(0.0, f64::max).into();
    }
    writeln!(std::io::stdout(), "{figures}")?;
    if let Some(folder) = &options.write {
        write(&case, folder)?;
    }
    Ok(())
}

impl Options {
    fn read() -> Fallible<Self> {
        let mut words = std::env::args().skip(1);
        let (mut source, mut write, mut independent) = (None, None, false);
        let (mut decimals, mut repeat, mut threads) = (6, 3, 0);
        while let Some(word) = words.next() {
            if word == "--independent" {
                independent = true;
                continue;
            }
            let value = words.next().ok_or_else(|| format!("{word} is unknown, or its value is missing"))?;
            match word.as_str() {
                "--instance" => source = Some(Source::Folder(value.into())),
                "--n" => source = Some(Source::Generated(value.replace('_', "").parse()?)),
                "--decimals" => decimals = value.parse()?,
                "--repeat" => repeat = value.parse()?,
                "--threads" => threads = value.parse()?,
                "--write" => write = Some(value.into()),
                _ => {
                    return Err(
                        format!("{word} is unknown; the head of this file names what there is").into()
                    );
                }
            }
        }
        if decimals > 9 {
            return Err("more than 9 decimals make amounts that are too large".into());
        }
        let source = source.ok_or("--instance DIR or --n N says what to divide")?;
        Ok(Self { source, decimals, repeat, threads, independent, write })
    }
}

impl Source {
    /// The case, and the optimum that others found where the file has one.
    fn load(&self, decimals: u32) -> Fallible<(Case, Vec<f64>)> {
        match self {
            Self::Folder(folder) => read(folder, decimals),
            Self::Generated(n) => Ok((Case::generated(*n, decimals), Vec::new())),
        }
    }
}

/// A decimal as it is written: `digits · 10^-decimals`, exactly.
#[derive(Clone, Copy)]
struct Decimal {
    digits: u128,
    decimals: i32,
}

impl Decimal {
    fn parse(text: &str) -> Option<Self> {
        let (number, exponent) = match text.split_once(['e', 'E']) {
            Some((number, exponent)) => (number, exponent.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let digits = format!("{whole}{fraction}").parse().ok()?;
        let decimals = i32::try_from(fraction.len()).ok()?.checked_sub(exponent)?;
        Some(Self { digits, decimals })
    }

    /// Over `10^decimals`; `None` when that loses a digit or is too large.
    fn exactly(self, decimals: i32) -> Option<u128> {
        let shift = u32::try_from(decimals - self.decimals).ok()?;
        self.digits.checked_mul(10u128.checked_pow(shift)?)
    }

    /// Payable units, down or up.
    fn units(self, decimals: u32, up: bool) -> Option<u64> {
        let shift = i32::try_from(decimals).ok()? - self.decimals;
        let power = 10u128.checked_pow(shift.unsigned_abs())?;
        let value = match (shift < 0, up) {
            (false, _) => self.digits.checked_mul(power)?,
            (true, false) => self.digits / power,
            (true, true) => self.digits.div_ceil(power),
        };
        u64::try_from(value).ok()
    }
}

/// A table of comma-separated numbers, nothing quoted.
struct Table {
    text: String,
    columns: HashMap<String, usize>,
}

impl Table {
    fn open(path: &Path) -> Fallible<Self> {
        let text = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
        let head = text.lines().next().unwrap_or_default();
        let columns = head.split(',').enumerate().map(|(at, name)| (name.trim().to_owned(), at)).collect();
        Ok(Self { text, columns })
    }

    fn has(&self, column: &str) -> bool {
        self.columns.contains_key(column)
    }

    /// The rows, each with the wanted columns.
    fn rows<const N: usize>(&self, wanted: [&str; N]) -> Fallible<Vec<[&str; N]>> {
        let mut at = [0; N];
        for (place, name) in at.iter_mut().zip(wanted) {
            *place = *self.columns.get(name).ok_or_else(|| format!("a column {name} is missing"))?;
        }
        let mut rows = Vec::new();
        let mut cells: Vec<&str> = Vec::new();
        for line in self.text.lines().skip(1) {
            cells.clear();
            cells.extend(line.split(','));
            rows.push(at.map(|place| cells.get(place).copied().unwrap_or_default()));
        }
        Ok(rows)
    }
}

fn read(folder: &Path, decimals: u32) -> Fallible<(Case, Vec<f64>)> {
    let decimal =
        |text: &str| Decimal::parse(text).ok_or_else(|| format!("{text:?} is no number above zero"));
    let bounds = |low: &str, high: &str| -> Fallible<Bounds> {
        let (low, high) = (decimal(low)?.units(decimals, true), decimal(high)?.units(decimals, false));
        Ok(Bounds { floor: low.ok_or("a floor is too large")?, ceiling: high })
    };
    let table = Table::open(&folder.join("regions.csv"))?;
    let regions: Vec<Bounds> = table
        .rows(["lo", "hi"])?
        .into_iter()
        .map(|[low, high]| bounds(low, high))
        .collect::<Fallible<_>>()?;
    let table = Table::open(&folder.join("districts.csv"))?;
    let districts: Vec<District> = table
        .rows(["region", "lo", "hi"])?
        .into_iter()
        .map(|[region, low, high]| {
            let region = region.parse().ok().filter(|r| *r < regions.len()).ok_or("no such region")?;
            Ok(District { region, bounds: bounds(low, high)? })
        })
        .collect::<Fallible<_>>()?;
    let table = Table::open(&folder.join("facilities.csv"))?;
    let rows = table.rows(["district", "weight", "lo", "hi"])?;
    let weights: Vec<Decimal> =
        rows.iter().map(|[_, weight, ..]| decimal(weight)).collect::<Result<_, _>>()?;
    let weight_decimals = weights.iter().map(|w| w.decimals).max().unwrap_or(0).max(0);
    let facilities = rows
        .iter()
        .zip(&weights)
        .map(|([district, _, low, high], weight)| {
            let own = bounds(low, high)?;
            let district =
                district.parse().ok().filter(|d| *d < districts.len()).ok_or("no such district")?;
            Ok(Facility {
                district,
                weight: weight.exactly(weight_decimals).ok_or("the weights have too many digits")?,
                floor: own.floor,
                ceiling: own.ceiling.ok_or("a ceiling is too large")?,
            })
        })
        .collect::<Fallible<_>>()?;
    let optimum = if table.has("x_opt") {
        table.rows(["x_opt"])?.into_iter().map(|[x]| x.parse()).collect::<Result<_, _>>()?
    } else {
        Vec::new()
    };
    let weight_decimals = weight_decimals.unsigned_abs();
    let budget = case::budget(decimals);
    Ok((Case { decimals, budget, weight_decimals, regions, districts, facilities }, optimum))
}

/// The case as `peers/fair_share.py` reads it, every number exactly.
fn write(case: &Case, folder: &Path) -> Fallible<()> {
    fs::create_dir_all(folder)?;
    let units = |amount: u64| decimal(u128::from(amount), case.decimals);
    let both =
        |bounds: &Bounds| format!("{},{}", units(bounds.floor), units(bounds.ceiling.unwrap_or(case.budget)));
    let mut file = BufWriter::new(fs::File::create(folder.join("regions.csv"))?);
    writeln!(file, "region,lo,hi")?;
    for (at, bounds) in case.regions.iter().enumerate() {
        writeln!(file, "{at},{}", both(bounds))?;
    }
    file.flush()?;
    let mut file = BufWriter::new(fs::File::create(folder.join("districts.csv"))?);
    writeln!(file, "district,region,lo,hi")?;
    for (at, district) in case.districts.iter().enumerate() {
        writeln!(file, "{at},{},{}", district.region, both(&district.bounds))?;
    }
    file.flush()?;
    let mut file = BufWriter::new(fs::File::create(folder.join("facilities.csv"))?);
    writeln!(file, "facility,district,weight,previous,lo,hi")?;
    for (at, facility) in case.facilities.iter().enumerate() {
        let weight = decimal(facility.weight, case.weight_decimals);
        // The peer scales by last year's amount alone: the floor is 80 % of it.
        let previous = units(facility.floor / 4 * 5);
        let (low, high) = (units(facility.floor), units(facility.ceiling));
        writeln!(file, "{at},{},{weight},{previous},{low},{high}", facility.district)?;
    }
    file.flush()?;
    Ok(())
}

fn decimal(value: u128, decimals: u32) -> String {
    let power = 10u128.pow(decimals);
    let width = usize::try_from(decimals).unwrap_or(0);
    if width == 0 { value.to_string() } else { format!("{}.{:0width$}", value / power, value % power) }
}

/// What the checker of certificates says, or why it was not asked.
fn certificate(case: &Case, solution: &Solution) -> String {
    if case.facilities.len() > CHECKED {
        return "not checked".to_owned();
    }
    let first_district = 1 + case.regions.len();
    let bounds = std::iter::once((None, Bounds { floor: 0, ceiling: Some(case.budget) }))
        .chain(case.regions.iter().map(|bounds| (Some(0), *bounds)))
        .chain(case.districts.iter().map(|d| (Some(1 + d.region), d.bounds)));
    let nodes: Vec<CheckedNode> = bounds
        .zip(solution.nodes())
        .enumerate()
        .map(|(at, ((parent, bounds), node))| CheckedNode {
            name: format!("node {at}"),
            parent,
            floor: Rational::from(bounds.floor),
            ceiling: bounds.ceiling.map(Rational::from),
            price: node.price.clone(),
            total: node.exact_total.clone(),
        })
        .collect();
    let leaves: Vec<CheckedLeaf> = case
        .facilities
        .iter()
        .zip(solution.amounts())
        .enumerate()
        .map(|(at, (facility, amount))| CheckedLeaf {
            name: format!("facility {at}"),
            node: first_district + facility.district,
            weight: Rational::from(facility.weight),
            floor: Rational::from(facility.floor),
            ceiling: Some(Rational::from(facility.ceiling)),
            dropped: false,
            amount: Rational::from(*amount),
        })
        .collect();
    let violations = check(&nodes, &leaves);
    match violations.first() {
        None => "holds".to_owned(),
        Some(first) => format!("{} violations; the first: {first}", violations.len()),
    }
}

/// How far, in payable units, the farthest amount or sum is outside its bounds.
fn largest_violation(case: &Case, solution: &Solution) -> u64 {
    let outside = |amount: u64, floor: u64, ceiling: Option<u64>| {
        floor.saturating_sub(amount).max(amount.saturating_sub(ceiling.unwrap_or(u64::MAX)))
    };
    let mut districts = vec![0u64; case.districts.len()];
    let mut regions = vec![0u64; case.regions.len()];
    let mut worst = 0;
    for (facility, amount) in case.facilities.iter().zip(solution.amounts()) {
        districts[facility.district] += amount;
        worst = worst.max(outside(*amount, facility.floor, Some(facility.ceiling)));
    }
    for (district, sum) in case.districts.iter().zip(districts) {
        regions[district.region] += sum;
        worst = worst.max(outside(sum, district.bounds.floor, district.bounds.ceiling));
    }
    for (bounds, sum) in case.regions.iter().zip(&regions) {
        worst = worst.max(outside(*sum, bounds.floor, bounds.ceiling));
    }
    let spent = regions.iter().sum::<u64>() + solution.unspent();
    worst.max(spent.abs_diff(case.budget))
}

/// The optimum in payable units, solved in another way: nested bisection on prices in floats, as the peer does it.
/// First the nation's price, then that of each region at a bound, then that of each such district.
fn nested_bisection(case: &Case) -> Vec<f64> {
    let unit_weight = 0.1f64.powi(i32::try_from(case.weight_decimals).unwrap_or(0));
    let mut members: Vec<Vec<[f64; 3]>> = case.districts.iter().map(|_| Vec::new()).collect();
    for facility in &case.facilities {
        let weight = float_wide(facility.weight) * unit_weight;
        members[facility.district].push([weight, float(facility.floor), float(facility.ceiling)]);
    }
    let clamp = |value: f64, bounds: &Bounds| {
        value.max(float(bounds.floor)).min(float(bounds.ceiling.unwrap_or(case.budget)))
    };
    let district_sum = |at: usize, price: f64| -> f64 {
        members[at].iter().map(|[weight, low, high]| (weight * price).max(*low).min(*high)).sum()
    };
    let mut of_region: Vec<Vec<usize>> = case.regions.iter().map(|_| Vec::new()).collect();
    for (at, district) in case.districts.iter().enumerate() {
        of_region[district.region].push(at);
    }
    let region_sum = |at: usize, price: f64| -> f64 {
        of_region[at].iter().map(|d| clamp(district_sum(*d, price), &case.districts[*d].bounds)).sum()
    };
    let all = || members.iter().flatten();
    let low = all().map(|[weight, low, _]| low / weight).fold(f64::INFINITY, f64::min) / 2.0;
    let high = all().map(|[weight, _, high]| high / weight).fold(0.0, f64::max) * 2.0;
    let low = low.max(high * 1e-12);
    let nation = bisect(low, high, float(case.budget), |price| {
        case.regions.iter().enumerate().map(|(at, bounds)| clamp(region_sum(at, price), bounds)).sum()
    });
    let mut prices = vec![nation; case.districts.len()];
    for (at, bounds) in case.regions.iter().enumerate() {
        let sum = region_sum(at, nation);
        let goal = clamp(sum, bounds);
        let off = goal.total_cmp(&sum).is_ne();
        let price = if off { bisect(low, high, goal, |price| region_sum(at, price)) } else { nation };
        for district in &of_region[at] {
            let sum = district_sum(*district, price);
            let goal = clamp(sum, &case.districts[*district].bounds);
            let off = goal.total_cmp(&sum).is_ne();
            prices[*district] =
                if off { bisect(low, high, goal, |price| district_sum(*district, price)) } else { price };
        }
    }
    case.facilities
        .iter()
        .map(|f| {
            let share = float_wide(f.weight) * unit_weight * prices[f.district];
            share.max(float(f.floor)).min(float(f.ceiling))
        })
        .collect()
}

fn bisect(mut low: f64, mut high: f64, goal: f64, total: impl Fn(f64) -> f64) -> f64 {
    for _ in 0..200 {
        let middle = (low * high).sqrt();
        if total(middle) > goal {
            high = middle;
        } else {
            low = middle;
        }
        if high / low - 1.0 < 1e-15 {
            break;
        }
    }
    (low * high).sqrt()
}

/// The most memory that this process has had, in MiB, where the system says it.
fn peak_mib() -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    let kib: f64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some((kib / 102.4).round() / 10.0)
}

fn unit(decimals: u32) -> f64 {
    1.0 / float(10u64.pow(decimals))
}

#[expect(clippy::cast_precision_loss, reason = "for figures only")]
fn float(value: u64) -> f64 {
    value as f64
}

#[expect(clippy::cast_precision_loss, reason = "for figures only")]
fn float_wide(value: u128) -> f64 {
    value as f64
}
