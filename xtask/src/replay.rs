//! `docs/replay-ireland.md`: real equipment awards beside our division of the same money among the same applications.
//!
//! Every number of the page is read or reckoned here, so that nobody types one and a stale page is found.

mod page;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail, ensure};

use crate::commands::{cargo, output, print, root};
use crate::ireland::{Row, rows};
use crate::statistics::float;

const ROUND: &str = "examples/ireland-2023-equipment";
const PAGE: &str = "docs/replay-ireland.md";
const WORK: &str = "target/replay";

/// The indicators of the example's policy, in its order.
const INDICATORS: [&str; 3] = ["past-money-per-head", "paid-2019-2023", "category"];

/// Other weights of the same indicators, with the words for them.
const OTHER_WEIGHTS: [(&str, [u32; 3]); 4] = [
    ("mostly need of the county", [80, 10, 10]),
    ("mostly past money of the club", [10, 80, 10]),
    ("mostly kind of grant", [10, 10, 80]),
    ("half for the county", [50, 25, 25]),
];

/// Writes the page, or with `check` only says whether it is as it would be written.
pub(crate) fn run(check: bool) -> anyhow::Result<()> {
    let round = root().join(ROUND);
    let work = root().join(WORK);
    let program = program(check)?;
    let replay = Replay::read(&round, &divide(&program, &round, &work.join("decision"))?)?;
    let policy = fs::read_to_string(round.join("policy.toml"))?;
    let mut others = Vec::new();
    for (number, (words, weights)) in OTHER_WEIGHTS.into_iter().enumerate() {
        let copy = work.join(format!("weights-{number}"));
        copy_round(&round, &copy, &reweighted(&policy, weights)?)?;
        let other = Replay::read(&round, &divide(&program, &copy, &copy.join("decision"))?)?;
        others.push(Other { words, weights, replay: other });
    }
    let text = page::write(&replay, &weights(&policy)?, &others);
    let path = root().join(PAGE);
    if check {
        compare(PAGE, "cargo xtask replay", &fs::read_to_string(&path).with_context(|| PAGE)?, &text)?;
        print(&format!("{PAGE} is up to date"));
        return Ok(());
    }
    fs::write(&path, text)?;
    print(PAGE);
    Ok(())
}

/// A division of the same money with other weights.
struct Other {
    words: &'static str,
    weights: [u32; 3],
    replay: Replay,
}

/// An application with its sums, and how its real award was found.
struct Application {
    join: String,
    sums: Sums,
}

/// Euro sought, really awarded, and awarded by our rules.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Sums {
    sought: u32,
    real: u32,
    ours: u32,
}

impl Sums {
    fn add(&mut self, other: Self) {
        self.sought += other.sought;
        self.real += other.real;
        self.ours += other.ours;
    }

    /// What our rules give more than the real division; less when below zero.
    fn gain(self) -> i64 {
        i64::from(self.ours) - i64::from(self.real)
    }

    /// Which part of the ask the real division met.
    fn real_share(self) -> f64 {
        float(self.real) / float(self.sought)
    }

    /// Which part of the ask our rules meet.
    fn our_share(self) -> f64 {
        float(self.ours) / float(self.sought)
    }
}

/// All of an organisation's applications.
struct Club {
    name: String,
    county: String,
    sums: Sums,
}

struct County {
    name: String,
    population: u32,
    sums: Sums,
    /// `floor` or `ceiling` where the county's limit decides, else empty.
    bound: String,
}

/// Both divisions side by side.
struct Replay {
    applications: Vec<Application>,
    clubs: Vec<Club>,
    counties: Vec<County>,
    total: Sums,
    /// Euro for each point and each euro sought, where no county limit decides.
    price: f64,
    /// Awards that are joined to no application: how many, and their sum.
    unjoined: (usize, u32),
}

impl Replay {
    fn read(round: &Path, decision: &Path) -> anyhow::Result<Self> {
        let by_key = |file: &str, key: &str| -> anyhow::Result<BTreeMap<String, Row>> {
            Ok(rows(&round.join(file))?.into_iter().map(|r| (r[key].clone(), r)).collect())
        };
        let real = by_key("actual_awards.csv", "application_id")?;
        let names = by_key("operators.csv", "operator_id")?;
        let places = by_key("territories.csv", "territory")?;
        let mut applications = Vec::new();
        let mut clubs: BTreeMap<String, Club> = BTreeMap::new();
        let mut sums: BTreeMap<String, Sums> = BTreeMap::new();
        let mut total = Sums::default();
        for ours in rows(&decision.join("awards.csv"))? {
            let id = &ours["application_id"];
            let award = real.get(id).with_context(|| format!("{id} has no real award"))?;
            let line = Sums {
                sought: euro(&ours["amount_sought"])?,
                real: euro(&award["amount"])?,
                ours: euro(&ours["amount"])?,
            };
            let county = ours["territory"].clone();
            let club = clubs.entry(ours["operator_id"].clone()).or_insert_with(|| Club {
                name: names.get(&ours["operator_id"]).map_or_else(String::new, |o| o["name"].clone()),
                county: county.clone(),
                sums: Sums::default(),
            });
            club.sums.add(line);
            sums.entry(county).or_default().add(line);
            total.add(line);
            applications.push(Application { join: award["match"].clone(), sums: line });
        }
        ensure!(applications.len() == real.len(), "an award is joined to no application of the round");
        ensure!(total.ours == total.real, "the two divisions spend {} and {}", total.ours, total.real);
        let (counties, price) = counties(&rows(&decision.join("territories.csv"))?, &places, &sums)?;
        let unjoined = rows(&round.join("unjoined_awards.csv"))?;
        let mut unjoined_sum = 0;
        for award in &unjoined {
            unjoined_sum += euro(&award["amount"])?;
        }
        Ok(Self {
            applications,
            clubs: clubs.into_values().collect(),
            counties,
            total,
            price,
            unjoined: (unjoined.len(), unjoined_sum),
        })
    }
}

/// The counties with what binds them, and the price where nothing does.
fn counties(
    decided: &[Row],
    places: &BTreeMap<String, Row>,
    sums: &BTreeMap<String, Sums>,
) -> anyhow::Result<(Vec<County>, f64)> {
    let mut counties = Vec::new();
    let mut price = None;
    for row in decided.iter().filter(|r| r["level"] == "county") {
        let name = row["territory"].clone();
        if row["bound"].is_empty() {
            price = Some(row["price"].parse::<f64>().with_context(|| row["price"].clone())?);
        }
        counties.push(County {
            population: euro(&places.get(&name).with_context(|| name.clone())?["population"])?,
            sums: sums.get(&name).copied().unwrap_or_default(),
            bound: row["bound"].clone(),
            name,
        });
    }
    counties.sort_by(|a, b| a.name.cmp(&b.name));
    Ok((counties, price.context("every county is at a limit")?))
}

/// Whole euro; the example has no cents.
fn euro(text: &str) -> anyhow::Result<u32> {
    text.parse().with_context(|| format!("`{text}` is not a whole number of euro"))
}

/// Builds the program of this workspace once, so that every division is made by the same.
pub(crate) fn program(check: bool) -> anyhow::Result<PathBuf> {
    let mut command = cargo();
    command.args(["build", "--quiet", "--locked", "--package", "adil"]).current_dir(root());
    // The tests have built the program already, only not optimised; it gives the same bytes.
    let profile = if check {
        "debug"
    } else {
        command.arg("--release");
        "release"
    };
    crate::commands::run(&mut command)?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    Ok(target.join(profile).join(format!("adil{}", std::env::consts::EXE_SUFFIX)))
}

/// Divides a round; gives the folder of the decision.
pub(crate) fn divide(program: &Path, round: &Path, out: &Path) -> anyhow::Result<PathBuf> {
    output(Command::new(program).arg("run").arg(round).arg("--out").arg(out))?;
    Ok(out.to_owned())
}

/// Copies a round, with another policy.
pub(crate) fn copy_round(from: &Path, to: &Path, policy: &str) -> anyhow::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        if let (true, Some(name)) = (path.is_file(), path.file_name()) {
            fs::copy(&path, to.join(name))?;
        }
    }
    Ok(fs::write(to.join("policy.toml"), policy)?)
}

/// The lines that give the indicators their weights, each with its indicator and what stands there.
fn weight_lines(policy: &str) -> impl Iterator<Item = (usize, usize, u32)> {
    let mut indicator = None;
    policy.lines().enumerate().filter_map(move |(number, line)| {
        let (key, value) = line.split_once('=')?;
        match key.trim() {
            "id" => {
                indicator = INDICATORS.iter().position(|i| *i == value.trim().trim_matches('"'));
                None
            }
            "weight" => Some((number, indicator?, value.trim().parse().ok()?)),
            _ => None,
        }
    })
}

/// The weights as the policy has them.
fn weights(policy: &str) -> anyhow::Result<[u32; 3]> {
    let mut weights = [0; 3];
    let mut found = 0;
    for (_, indicator, weight) in weight_lines(policy) {
        weights[indicator] = weight;
        found += 1;
    }
    ensure!(found == INDICATORS.len(), "the policy has other indicators than this chore knows");
    Ok(weights)
}

/// The policy with other weights.
fn reweighted(policy: &str, weights: [u32; 3]) -> anyhow::Result<String> {
    self::weights(policy)?;
    let mut lines: Vec<String> = policy.lines().map(str::to_owned).collect();
    for (number, indicator, _) in weight_lines(policy) {
        lines[number] = format!("weight = {}", weights[indicator]);
    }
    Ok(lines.join("\n") + "\n")
}

/// An error that names the first line in which a page differs from what its chore would write.
pub(crate) fn compare(page: &str, chore: &str, there: &str, written: &str) -> anyhow::Result<()> {
    if there == written {
        return Ok(());
    }
    let equal = there.lines().zip(written.lines()).take_while(|(a, b)| a == b).count();
    let line = |text: &str| text.lines().nth(equal).unwrap_or("(the end)").to_owned();
    bail!(
        "{page} is stale from line {}; `{chore}` writes it again.\n  there:  {}\n  now:    {}",
        equal + 1,
        line(there),
        line(written)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICY: &str = "[[criterion.indicator]]\nid = \"past-money-per-head\"\nweight = 40\n\
        [[criterion.indicator]]\nid = \"paid-2019-2023\"\nweight = 40\n[[criterion.indicator]]\nid = \"category\"\n\
        weight = 20\n[[pot]]\nid = \"all\"\nweight = \"score\"\n";

    #[test]
    fn only_the_indicators_weights_change() {
        assert_eq!(weights(POLICY).unwrap(), [40, 40, 20]);
        let other = reweighted(POLICY, [50, 0, 50]).unwrap();
        assert_eq!(weights(&other).unwrap(), [50, 0, 50]);
        assert!(other.contains("weight = \"score\""));
        assert_eq!(reweighted(POLICY, [40, 40, 20]).unwrap(), POLICY);
    }

    #[test]
    fn a_policy_with_another_indicator_is_refused() {
        assert!(weights(&POLICY.replace("category", "kind")).is_err());
    }

    #[test]
    fn a_stale_page_names_its_line() {
        assert!(compare("page", "chore", "a\nb\n", "a\nb\n").is_ok());
        let error = compare("page", "chore", "a\nb\n", "a\nc\n").unwrap_err().to_string();
        assert!(error.contains("from line 2"), "{error}");
    }

    #[test]
    fn gains_and_losses() {
        let sums = Sums { sought: 100, real: 80, ours: 60 };
        assert_eq!(sums.gain(), -20);
    }
}
