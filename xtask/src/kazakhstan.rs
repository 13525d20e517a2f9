//! `examples/kazakhstan`: the model of use that its policy names. `examples/kazakhstan-ulytau`: one region of the simulated
//! country, small enough to be kept.

mod page;
mod study;

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::commands::{cargo, print, run as run_command};

const NATIONAL: &str = "examples/kazakhstan/policy.toml";
const REGION: &str = "examples/kazakhstan-ulytau";

/// What the region's policy says instead: its own name, and the part of the budget that its 221,395 people are of 19,765,004.
const CHANGES: [(&str, &str); 2] = [
    ("id        = \"kz-mass-sport-2024\"", "id        = \"kz-mass-sport-2024-ulytau\""),
    ("budget    = \"47000000000\"", "budget    = \"526000000\""),
];

/// The same rules where nobody applied and no office answered: size and ceiling come from the register of facilities, last
/// year's payments count for nothing, and no certificate was brought.
const SHADOW: &str = "examples/kazakhstan/shadow.toml";

/// What the rules of the shadow round say instead.
const SHADOW_CHANGES: [(&str, &str); 10] = [
    ("id        = \"kz-mass-sport-2024\"", "id        = \"kz-mass-sport-2024-shadow\""),
    (
        "title     = { en = \"Mass sport 2024: the division among facilities\", ru = \"Массовый спорт 2024: распределение между объектами\", kk = \"Бұқаралық спорт 2024: нысандар арасында бөлу\" }",
        "title     = { en = \"Mass sport 2024: as if nobody had been asked\", ru = \"Массовый спорт 2024: как если бы никого не спросили\", kk = \"Бұқаралық спорт 2024: ешкімнен сұралмағандай\" }",
    ),
    ("stands_in = \"operator.certificate_on >= date('2023-10-01')\"\n", ""),
    (
        "stands_in = \"operator.certificate_on >= date('2023-10-01')\"\nunknown   = \"hold\"\n",
        "unknown   = \"pass\"\n",
    ),
    ("columns = [\"application.previous_amount\"]\n", ""),
    (
        "floor   = \"has(application.previous_amount) ? min(0.85 * application.amount_sought, 0.5 * application.previous_amount) : 0\"\nfloor_because = { en = \"damping: half of last year's payment, which the treasury states, and never more than is asked for\", ru = \"сглаживание: половина выплаты прошлого года по данным казначейства, но не больше запрошенного\", kk = \"тегістеу: өткен жылғы төлемнің жартысы (қазынашылық дерегі), бірақ сұралғаннан көп емес\" }\n",
        "",
    ),
    (
        "floor     = \"min(0.5 * territory.sought, 0.8 * pot * (0.6 * territory.population_share + 0.4 * territory.need_share))\"",
        "floor     = \"0.5 * pot * (0.6 * territory.population_share + 0.4 * territory.need_share)\"",
    ),
    (
        "floor     = \"min(0.3 * territory.sought, 0.4 * pot * (0.6 * territory.population_share + 0.4 * territory.need_share))\"\n",
        "",
    ),
    (
        "ceiling = \"0.85 * application.amount_sought\"",
        "ceiling = \"0.85 * (200000 + 1800 * facility.places_week)\"",
    ),
    (
        "ceiling = \"0.15 * application.amount_sought\"",
        "ceiling = \"0.15 * (200000 + 1800 * facility.places_week)\"",
    ),
];

/// Where the model's rows come from: the whole country of this seed.
const SEED: &str = "1";
/// Where it is simulated.
const FOLDER: &str = "target/kazakhstan";
/// The model.
const MODEL: &str = "examples/kazakhstan/models/use.json";
/// What its columns are called.
const TITLES: &str = "examples/kazakhstan/models/titles.csv";
/// How it is trained, an argument to a line: the rows are facilities whose visits two sources back, in the year before the
/// round; the columns are what was known of any facility before it.
const TRAINING: &str = "examples/kazakhstan/models/use.args";

/// How good it is.
const PAGE: &str = "docs/use-of-facilities.md";

const ADIL: &str = "target/release/adil";

/// Makes everything anew, or without the model and its page, which take minutes.
pub(crate) fn run(tables_only: bool) -> anyhow::Result<()> {
    run_command(cargo().args(["build", "--release", "--locked", "-p", "adil", "--bin", "adil"]))?;
    if !tables_only {
        train()?;
    }
    region()?;
    if tables_only { Ok(()) } else { try_out() }
}

/// The national rules with some lines exchanged, each of which must be there.
fn changed(mut policy: String, changes: &[(&str, &str)]) -> anyhow::Result<String> {
    for (national, own) in changes {
        anyhow::ensure!(policy.contains(national), "{NATIONAL} has no line `{national}`");
        policy = policy.replacen(national, own, 1);
    }
    Ok(policy)
}

/// Tries the model on facilities of another seed, and on rows with ghosts among them.
fn try_out() -> anyhow::Result<()> {
    let work = Path::new(FOLDER);
    let (country, other) = (work.join("country"), work.join("other"));
    simulate("2", &other)?;
    let training = fs::read_to_string(TRAINING)?;
    // The same way, but of another target, and of one side's word.
    let lines: Vec<&str> = training.lines().collect();
    let own = lines.chunks(2).filter(|pair| !["--target", "--source"].contains(&pair[0])).flatten();
    let own: Vec<String> = own.map(|line| (*line).to_owned()).collect();
    let study = study::Study { adil: Path::new(ADIL), work, training: &own };
    let (learned, tried) = (study::facilities(&country)?, study::facilities(&other)?);
    let groups = study.elsewhere(Path::new(MODEL), &learned, &tried)?;
    let ghosts = study.ghosts(&country, &learned)?;
    fs::write(PAGE, page::write(&groups, &ghosts)?)?;
    print(PAGE);
    Ok(())
}

fn simulate(seed: &str, folder: &Path) -> anyhow::Result<()> {
    let simulate = ["simulate", "kazakhstan", "--seed", seed, "--no-timesheets", "--out"];
    run_command(Command::new(ADIL).args(simulate).arg(folder))
}

/// Simulates the whole country and learns from its facilities.
fn train() -> anyhow::Result<()> {
    let work = Path::new(FOLDER);
    if work.exists() {
        fs::remove_dir_all(work)?;
    }
    fs::create_dir_all(work)?;
    let country = work.join("country");
    simulate(SEED, &country)?;
    let table = country.join("facilities.csv");
    let training = fs::read_to_string(TRAINING)?;
    let files = ["--titles", TITLES, "--out", MODEL];
    let train = ["model", "train", "--data"];
    run_command(Command::new(ADIL).args(train).arg(table).args(training.lines()).args(files))?;
    print(&format!("{MODEL} is made anew."));
    Ok(())
}

fn region() -> anyhow::Result<()> {
    let national = fs::read_to_string(NATIONAL)?;
    let policy = changed(national.clone(), &CHANGES)?;
    fs::write(SHADOW, changed(national, &SHADOW_CHANGES)?)?;
    print(SHADOW);
    if Path::new(REGION).exists() {
        fs::remove_dir_all(REGION)?;
    }
    let simulate = ["simulate", "kazakhstan", "--seed", SEED, "--region", "620000000", "--no-timesheets"];
    run_command(Command::new(ADIL).args(simulate).args(["--out", REGION]))?;
    let models = Path::new(REGION).join("models");
    fs::create_dir_all(&models)?;
    fs::copy(MODEL, models.join("use.json"))?;
    fs::write(Path::new(REGION).join("policy.toml"), policy)?;
    print(&format!("{REGION} is made anew."));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_of_region_and_shadow_are_the_national_ones_with_their_changes() {
        let read = |path: &str| fs::read_to_string(Path::new("..").join(path)).unwrap();
        let national = read(NATIONAL);
        assert_eq!(
            changed(national.clone(), &SHADOW_CHANGES).unwrap(),
            read(SHADOW),
            "cargo xtask kazakhstan"
        );
        assert_eq!(
            changed(national, &CHANGES).unwrap(),
            read(&format!("{REGION}/policy.toml")),
            "cargo xtask kazakhstan"
        );
    }
}
