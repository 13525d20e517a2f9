//! How near the truth what people say comes: simulated countries whose truth is known, estimated, and held against it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::Context;

use crate::commands::{cargo, root, run};
use crate::markdown::{self, Page, Table, whole};

/// Seeds that nothing was chosen on.
const SEEDS: std::ops::RangeInclusive<u32> = 11..=13;
const SCALE: &str = "0.1";
const PAGE: &str = "docs/observations.md";
const POLICY: &str = "examples/kazakhstan/policy.toml";
/// The rule as a policy has it that says nothing more.
const RULE: &str = "\n[observations]\n";

/// The favourable answer of every question that the simulation asks.
const BEST: &str = "yes";

/// So many names, or more, answered.
const NAMES: u32 = 3;

/// Of facilities and questions that enough names answered: how often nothing is said, and how often the likelier answer is the true
/// one.
#[derive(Default)]
struct Counts {
    asked: u32,
    silent: u32,
    by_estimate: u32,
    by_majority: u32,
}

impl Counts {
    fn row(&self, what: &str) -> [String; 5] {
        let share = |n: u32, of: u32| match of {
            0 => "–".to_owned(),
            of => markdown::percent(f64::from(n) / f64::from(of)),
        };
        [
            what.to_owned(),
            whole(self.asked),
            share(self.by_majority, self.asked),
            share(self.silent, self.asked),
            share(self.by_estimate, self.asked - self.silent),
        ]
    }
}

pub(crate) fn measure() -> anyhow::Result<()> {
    let (mut plain, mut bought) = (Counts::default(), Counts::default());
    for seed in SEEDS {
        country(seed, &mut plain, &mut bought)?;
    }
    let mut page = Page::default();
    let mut table = Table::new(&[
        "answers",
        ">facilities and questions",
        ">the majority is right",
        ">no estimate",
        ">the estimate is right",
    ]);
    table.row(plain.row("nobody was paid for"));
    table.row(bought.row("some were bought"));
    page.table(table);
    markdown::replace_measured(PAGE, &page.finish())
}

/// Facility and question.
type Asked = (String, String);

fn country(seed: u32, plain: &mut Counts, bought: &mut Counts) -> anyhow::Result<()> {
    let folder = root().join("target/observations").join(seed.to_string());
    let seed = seed.to_string();
    let adil = |arguments: &[&str]| {
        let mut cargo = cargo();
        cargo.args(["run", "--quiet", "--locked", "-p", "adil", "--"]).args(arguments);
        cargo
    };
    let simulate = ["simulate", "kazakhstan", "--no-timesheets", "--scale", SCALE, "--policy", POLICY];
    run(adil(&simulate).args(["--seed", &seed, "--out"]).arg(&folder))?;
    let policy = folder.join("policy.toml");
    let rules = fs::read_to_string(&policy)?;
    // The round again without each source is not what is asked here.
    let rules = rules.split("[independence]").next().unwrap_or_default();
    fs::write(&policy, format!("{rules}{RULE}"))?;
    run(adil(&["run"]).arg(&folder))?;
    let voices = favourable(&folder.join("observations.csv"))?;
    let estimates = rows(&folder.join("decision/observed.csv"))?;
    let estimates: BTreeMap<Asked, String> = estimates
        .into_iter()
        .map(|[facility, question, _, estimate]| ((facility, question), estimate))
        .collect();
    for [facility, question, so, paid] in rows(&folder.join("truth/observations.csv"))? {
        let asked = (facility, question);
        let Some([favourable, all]) = voices.get(&asked).filter(|[_, all]| *all >= NAMES) else { continue };
        let counts = if paid == "true" { &mut *bought } else { &mut *plain };
        let is_best = so == BEST;
        counts.asked += 1;
        match estimates.get(&asked).and_then(|text| text.parse::<f64>().ok()) {
            Some(estimate) => counts.by_estimate += u32::from((estimate >= 0.5) == is_best),
            None => counts.silent += 1,
        }
        counts.by_majority += u32::from((favourable * 2 >= *all) == is_best);
    }
    Ok(())
}

/// By facility and question: how many gave the favourable answer, and how many any. Each observer once.
fn favourable(path: &Path) -> anyhow::Result<BTreeMap<Asked, [u32; 2]>> {
    let mut reader = csv::Reader::from_path(path).with_context(|| path.display().to_string())?;
    let mut told: BTreeMap<(Asked, String), String> = BTreeMap::new();
    for row in reader.records() {
        let row = row?;
        let cell = |at: usize| row.get(at).unwrap_or("").to_owned();
        told.insert(((cell(0), cell(4)), cell(1)), cell(5));
    }
    let mut all: BTreeMap<Asked, [u32; 2]> = BTreeMap::new();
    for ((asked, _), answer) in told {
        let [best, any] = all.entry(asked).or_default();
        *best += u32::from(answer == BEST);
        *any += 1;
    }
    Ok(all)
}

/// The first four columns.
fn rows(path: &Path) -> anyhow::Result<BTreeSet<[String; 4]>> {
    let mut reader = csv::Reader::from_path(path).with_context(|| path.display().to_string())?;
    reader
        .records()
        .map(|row| {
            let row = row?;
            Ok(std::array::from_fn(|at| row.get(at).unwrap_or("").to_owned()))
        })
        .collect()
}
