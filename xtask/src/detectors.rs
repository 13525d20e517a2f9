//! How good the detectors are: simulated countries that nothing was tuned on, looked at, and held against their truth.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::commands::{cargo, root, run};
use crate::markdown::{self, Page, Table, whole};

/// Seeds that no setting was chosen on.
const SEEDS: std::ops::RangeInclusive<u32> = 31..=36;
/// Part of the country; rare abuses are few below it.
const SCALE: &str = "0.05";
const PAGE: &str = "docs/detectors.md";

/// Kind and identifier.
type Subject = (String, String);

/// One simulated country: its flags, what was planted, and what only looks odd.
struct Country {
    flags: BTreeMap<String, BTreeSet<Subject>>,
    planted: BTreeMap<String, BTreeSet<Subject>>,
    honest: BTreeMap<Subject, BTreeSet<String>>,
}

pub(crate) fn measure() -> anyhow::Result<()> {
    let countries: Vec<Country> = SEEDS.map(country).collect::<anyhow::Result<_>>()?;
    markdown::replace_measured(PAGE, &measured(&countries))
}

/// Simulates and detects; the programs run unoptimised with optimised libraries, which is quick enough.
fn country(seed: u32) -> anyhow::Result<Country> {
    let folder = root().join("target/detectors").join(seed.to_string());
    let seed = seed.to_string();
    let alone = || {
        let mut cargo = cargo();
        cargo.env("CARGO_PROFILE_DEV_DEBUG", "0").args(["run", "--quiet", "--locked", "-p"]);
        cargo
    };
    let mut simulate = alone();
    simulate.args([
        "adil",
        "--",
        "simulate",
        "kazakhstan",
        "--attendance",
        "--scale",
        SCALE,
        "--seed",
        &seed,
    ]);
    run(simulate.arg("--out").arg(&folder))?;
    run(alone().args(["adil-detect", "--"]).arg(&folder))?;
    let mut honest: BTreeMap<Subject, BTreeSet<String>> = BTreeMap::new();
    for (oddity, subjects) in subjects(&folder.join("truth/honest.csv"))? {
        for subject in subjects {
            honest.entry(subject).or_default().insert(oddity.clone());
        }
    }
    Ok(Country {
        flags: subjects(&folder.join("flags.csv"))?,
        planted: subjects(&folder.join("truth/flags.csv"))?,
        honest,
    })
}

/// The first three columns: what, kind, identifier.
fn subjects(path: &Path) -> anyhow::Result<BTreeMap<String, BTreeSet<Subject>>> {
    let path: PathBuf = path.to_owned();
    let mut reader = csv::Reader::from_path(&path).with_context(|| path.display().to_string())?;
    let mut all: BTreeMap<String, BTreeSet<Subject>> = BTreeMap::new();
    for row in reader.records() {
        let row = row?;
        let cell = |at: usize| row.get(at).unwrap_or("").to_owned();
        all.entry(cell(0)).or_default().insert((cell(1), cell(2)));
    }
    Ok(all)
}

/// Counts of a detector and a kind of subject over all countries.
#[derive(Default)]
struct Counts {
    planted: u32,
    flags: u32,
    right: u32,
    other: u32,
    honest: u32,
}

fn counted(countries: &[Country]) -> BTreeMap<(String, String), Counts> {
    let mut counts: BTreeMap<(String, String), Counts> = BTreeMap::new();
    for country in countries {
        for (detector, subjects) in &country.planted {
            for (kind, _) in subjects {
                counts.entry((detector.clone(), kind.clone())).or_default().planted += 1;
            }
        }
        for (detector, subjects) in &country.flags {
            let own = country.planted.get(detector);
            for subject in subjects {
                let here = counts.entry((detector.clone(), subject.0.clone())).or_default();
                here.flags += 1;
                if own.is_some_and(|own| own.contains(subject)) {
                    here.right += 1;
                } else if country.planted.values().any(|planted| planted.contains(subject)) {
                    here.other += 1;
                } else if country.honest.contains_key(subject) {
                    here.honest += 1;
                }
            }
        }
    }
    counts
}

fn percent(part: u32, of: u32) -> String {
    (part * 100 + of / 2).checked_div(of).map_or_else(|| "–".to_owned(), |percent| format!("{percent} %"))
}

fn measured(countries: &[Country]) -> String {
    let mut page = Page::default();
    let mut table = Table::new(&[
        "detector",
        "subject",
        ">planted",
        ">flags",
        ">right",
        ">precision",
        ">recall",
        ">wrong: planted as another",
        ">wrong: honest oddity",
        ">wrong: other",
    ]);
    for ((detector, kind), n) in counted(countries) {
        let rest = n.flags - n.right - n.other - n.honest;
        table.row([
            detector,
            kind,
            whole(n.planted),
            whole(n.flags),
            whole(n.right),
            if n.planted == 0 { "–".to_owned() } else { percent(n.right, n.flags) },
            percent(n.right, n.planted),
            whole(n.other),
            whole(n.honest),
            whole(rest),
        ]);
    }
    page.table(table);
    let mut oddities: BTreeMap<&str, (u32, BTreeMap<&str, u32>)> = BTreeMap::new();
    for country in countries {
        for (subject, names) in &country.honest {
            for name in names {
                let (all, flagged) = oddities.entry(name).or_default();
                *all += 1;
                let right = |detector: &String| {
                    country.planted.get(detector).is_some_and(|planted| planted.contains(subject))
                };
                let wrong = country.flags.iter().filter(|(d, flags)| flags.contains(subject) && !right(d));
                for (detector, _) in wrong {
                    *flagged.entry(detector).or_default() += 1;
                }
            }
        }
    }
    let mut table = Table::new(&["honest oddity", ">subjects", "flags on them, and nothing planted"]);
    for (name, (all, flagged)) in oddities {
        let flagged: Vec<String> = flagged.iter().map(|(d, n)| format!("{d} {n}")).collect();
        let flagged = if flagged.is_empty() { "none".to_owned() } else { flagged.join(", ") };
        table.row([name.to_owned(), whole(all), flagged]);
    }
    page.table(table);
    page.finish()
}
