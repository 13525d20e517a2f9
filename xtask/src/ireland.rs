//! The tables of the Irish rounds from the files the department published.
//!
//! Organisations have no identifier in those files, so one is given here: organisations of one county whose names are
//! equal after folding case, accents and punctuation are one. A letter that the published file has lost (U+FFFD) stands
//! for any one letter, and only where that leaves a single candidate.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::Context;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::commands::{print, root};

const ROUND: &str = "examples/ireland-2023";
const REPLAY: &str = "examples/ireland-2023-equipment";
const LOST: char = '\u{fffd}';

/// A row of a table, by column name.
pub(crate) type Row = BTreeMap<String, String>;

pub(crate) fn run(source: &Path) -> anyhow::Result<()> {
    let read = |name: &str| rows(&source.join(name));
    let applications = read("applications.csv")?;
    let payments = read("payments_2019_2023.csv")?;
    let awards = read("equipment_awards.csv")?;
    let counties = read("counties.csv")?;

    let operators = Operators::of(&applications, &payments);
    let round = root().join(ROUND);
    let replay = root().join(REPLAY);
    let joined: BTreeMap<&str, &Row> =
        awards.iter().map(|a| (a["application_id"].as_str(), a)).filter(|(id, _)| !id.is_empty()).collect();

    write_applications(&round, &applications, &operators, |_| true)?;
    write_applications(&replay, &applications, &operators, |id| joined.contains_key(id))?;
    write(
        &replay.join("actual_awards.csv"),
        &["application_id", "award_id", "amount", "match"],
        joined.iter().map(|(id, a)| {
            vec![(*id).to_owned(), a["award_id"].clone(), a["allocation_eur"].clone(), a["match"].clone()]
        }),
    )?;
    write(
        &replay.join("unjoined_awards.csv"),
        &["award_id", "county", "organisation", "purpose", "amount"],
        awards.iter().filter(|a| a["application_id"].is_empty()).map(|a| {
            ["award_id", "county", "organisation", "project_title", "allocation_eur"]
                .map(|c| a[c].clone())
                .to_vec()
        }),
    )?;
    for folder in [&round, &replay] {
        write_territories(folder, &counties, &payments)?;
        write_history(folder, &payments, &operators)?;
        write(
            &folder.join("operators.csv"),
            &["operator_id", "name", "county", "organisation_type"],
            operators
                .all
                .iter()
                .map(|o| vec![o.id.clone(), o.name.clone(), o.county.clone(), o.kind.clone()]),
        )?;
    }
    let total: u64 = joined.values().filter_map(|a| a["allocation_eur"].parse::<u64>().ok()).sum();
    print(&format!(
        "{} applications, {} organisations, {} payments; {} awards joined, EUR {total}",
        applications.len(),
        operators.all.len(),
        payments.len(),
        joined.len()
    ));
    Ok(())
}

/// A table's rows by column name.
pub(crate) fn rows(path: &Path) -> anyhow::Result<Vec<Row>> {
    let mut reader = csv::Reader::from_path(path).with_context(|| path.display().to_string())?;
    let header = reader.headers()?.clone();
    reader
        .records()
        .map(|record| {
            let record = record?;
            Ok(header.iter().map(str::to_owned).zip(record.iter().map(|c| c.trim().to_owned())).collect())
        })
        .collect()
}

/// Writes a table.
pub(crate) fn write(
    path: &Path,
    header: &[&str],
    rows: impl Iterator<Item = Vec<String>>,
) -> anyhow::Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::Any(b'\n'))
        .from_path(path)
        .with_context(|| path.display().to_string())?;
    writer.write_record(header)?;
    for row in rows {
        writer.write_record(&row)?;
    }
    Ok(writer.flush()?)
}

struct Operator {
    id: String,
    name: String,
    county: String,
    kind: String,
}

/// Organisations by county and folded name.
struct Operators {
    all: Vec<Operator>,
    by_name: BTreeMap<(String, String), usize>,
}

impl Operators {
    fn of(applications: &[Row], payments: &[Row]) -> Self {
        let mut found: BTreeMap<(String, String), (String, String)> = BTreeMap::new();
        // The spelling of the applications first: they are what the round is about.
        for (row, kind) in applications
            .iter()
            .map(|r| (r, r["organisation_type"].as_str()))
            .chain(payments.iter().map(|r| (r, "")))
        {
            let key = (row["county"].clone(), fold(&row["organisation"]));
            found.entry(key).or_insert_with(|| (row["organisation"].clone(), kind.to_owned()));
        }
        let aliases = lost_letters(&found);
        let mut operators = Self { all: Vec::new(), by_name: BTreeMap::new() };
        for (key, (name, kind)) in &found {
            if aliases.contains_key(key) {
                continue;
            }
            operators.by_name.insert(key.clone(), operators.all.len());
            let id = format!("IE-ORG-{:04}", operators.all.len() + 1);
            operators.all.push(Operator {
                id,
                name: name.clone(),
                county: key.0.clone(),
                kind: kind.clone(),
            });
        }
        for (broken, whole) in &aliases {
            let index = operators.by_name[whole];
            if operators.all[index].kind.is_empty() {
                operators.all[index].kind.clone_from(&found[broken].1);
            }
            operators.by_name.insert(broken.clone(), index);
        }
        operators
    }

    fn id(&self, row: &Row) -> &str {
        &self.all[self.by_name[&(row["county"].clone(), fold(&row["organisation"]))]].id
    }
}

/// Names with lost letters that fit exactly one whole name of their county.
fn lost_letters(
    found: &BTreeMap<(String, String), (String, String)>,
) -> BTreeMap<(String, String), (String, String)> {
    let fits = |broken: &str, whole: &str| {
        broken.chars().count() == whole.chars().count()
            && broken.chars().zip(whole.chars()).all(|(b, w)| b == w || (b == LOST && w != ' '))
    };
    let broken: BTreeSet<&(String, String)> = found.keys().filter(|k| k.1.contains(LOST)).collect();
    let mut aliases = BTreeMap::new();
    for key in broken {
        let whole: Vec<_> =
            found.keys().filter(|k| k.0 == key.0 && !k.1.contains(LOST) && fits(&key.1, &k.1)).collect();
        if let [only] = whole.as_slice() {
            aliases.insert(key.clone(), (*only).clone());
        }
    }
    aliases
}

/// Case, accents and punctuation folded away.
fn fold(name: &str) -> String {
    let plain: String = name
        .nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c.is_alphanumeric() || c == LOST { c } else { ' ' })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn write_applications(
    folder: &Path,
    applications: &[Row],
    operators: &Operators,
    keep: impl Fn(&str) -> bool,
) -> anyhow::Result<()> {
    write(
        &folder.join("applications.csv"),
        &[
            "application_id",
            "operator_id",
            "territory",
            "amount_sought",
            "purpose",
            "sport",
            "grant_category",
        ],
        applications.iter().filter(|a| keep(&a["application_id"])).map(|a| {
            vec![
                a["application_id"].clone(),
                operators.id(a).to_owned(),
                a["county"].clone(),
                a["amount_sought_eur"].clone(),
                a["project_title"].clone(),
                a["sport"].clone(),
                a["grant_category"].clone(),
            ]
        }),
    )
}

fn write_territories(folder: &Path, counties: &[Row], payments: &[Row]) -> anyhow::Result<()> {
    let provinces: BTreeSet<&str> = counties.iter().map(|c| c["province"].as_str()).collect();
    let population = |keep: &dyn Fn(&Row) -> bool| -> u64 {
        counties.iter().filter(|c| keep(c)).filter_map(|c| c["population_2022"].parse::<u64>().ok()).sum()
    };
    let paid = |county: &str| {
        let cents: u64 =
            payments.iter().filter(|p| p["county"] == county).filter_map(|p| cents(&p["paid_eur"])).sum();
        format!("{}.{:02}", cents / 100, cents % 100)
    };
    let top = provinces.iter().map(|p| {
        let people = population(&|c: &Row| c["province"] == *p);
        vec![
            (*p).to_owned(),
            String::new(),
            (*p).to_owned(),
            "province".to_owned(),
            people.to_string(),
            String::new(),
        ]
    });
    let below = counties.iter().map(|c| {
        let county = c["county"].clone();
        let paid = paid(&county);
        vec![
            county.clone(),
            c["province"].clone(),
            county,
            "county".to_owned(),
            c["population_2022"].clone(),
            paid,
        ]
    });
    write(
        &folder.join("territories.csv"),
        &["territory", "parent", "name_en", "level", "population", "paid_2019_2023"],
        top.chain(below),
    )
}

fn cents(text: &str) -> Option<u64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let fraction = format!("{fraction:0<2}");
    Some(whole.parse::<u64>().ok()? * 100 + fraction.get(..2)?.parse::<u64>().ok()?)
}

fn write_history(folder: &Path, payments: &[Row], operators: &Operators) -> anyhow::Result<()> {
    let mut rows: Vec<Vec<String>> = payments
        .iter()
        .map(|p| {
            vec![operators.id(p).to_owned(), p["year"].clone(), p["paid_eur"].clone(), p["county"].clone()]
        })
        .collect();
    rows.sort();
    write(&folder.join("history.csv"), &["operator_id", "period", "amount", "county"], rows.into_iter())
}
