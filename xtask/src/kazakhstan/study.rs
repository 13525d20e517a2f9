//! How good the forecast of use is: on facilities of another country, and when planted ghosts stay among its rows.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;

use crate::commands::output;
use crate::pools::{Result, predictions};
use crate::statistics::{count, quantile};

/// One facility of a simulated country.
pub(super) type Facility = BTreeMap<String, String>;

/// The columns that a forecast of use rests on, and its exposure.
const COLUMNS: [&str; 7] =
    ["type", "rural", "floor_area_m2", "hours_week", "condition_score", "capacity", "places_week"];

/// How wrong forecasts were for some facilities.
pub(super) struct Group {
    pub(super) name: String,
    pub(super) facilities: usize,
    pub(super) model: Result,
    pub(super) by_kind: Result,
}

/// How far the forecasts of honest facilities move when a model is learned from other rows.
pub(super) struct Shift {
    pub(super) rows: usize,
    /// Forecast over forecast: in the middle, and at the fifth and the ninety-fifth of a hundred.
    pub(super) ratio: [f64; 3],
    /// Points of the indicator that move by more than a tenth, of all honest facilities.
    pub(super) moved: f64,
}

/// What ghosts do.
pub(super) struct Ghosts {
    pub(super) honest: usize,
    pub(super) planted: usize,
    /// Learned from signed sheets as they are, beside signed sheets of facilities where nothing is planted.
    pub(super) sheets: Shift,
    /// Learned from what operators say, beside what two sources back.
    pub(super) word: Shift,
}

/// Facilities of a folder.
pub(super) fn facilities(folder: &Path) -> anyhow::Result<Vec<Facility>> {
    rows(&folder.join("facilities.csv"))
}

fn rows(file: &Path) -> anyhow::Result<Vec<Facility>> {
    let mut reader =
        csv::Reader::from_path(file).with_context(|| format!("{} can't be read", file.display()))?;
    let header: Vec<String> = reader.headers()?.iter().map(str::to_owned).collect();
    let row = |row: std::result::Result<csv::StringRecord, csv::Error>| -> anyhow::Result<Facility> {
        Ok(header.iter().cloned().zip(row?.iter().map(str::to_owned)).collect())
    };
    reader.records().map(row).collect()
}

fn number(facility: &Facility, column: &str) -> f64 {
    facility.get(column).and_then(|cell| cell.parse().ok()).unwrap_or(f64::NAN)
}

fn verified(facility: &Facility) -> bool {
    !facility["visits_week_verified"].is_empty()
}

/// What one step of the study works with.
pub(super) struct Study<'s> {
    pub(super) adil: &'s Path,
    pub(super) work: &'s Path,
    /// How the model is trained, without its target and what follows from that.
    pub(super) training: &'s [String],
}

impl Study<'_> {
    /// The forecast of use of facilities that the model never saw, by group; beside the mean of the facilities of that kind.
    pub(super) fn elsewhere(
        &self,
        model: &Path,
        learned: &[Facility],
        tried: &[Facility],
    ) -> anyhow::Result<Vec<Group>> {
        let tried: Vec<&Facility> = tried.iter().filter(|f| verified(f)).collect();
        let found = self.predict(model, &tried)?;
        let rates = rates(learned);
        let all = rates.get("").copied().unwrap_or(f64::NAN);
        let by_kind: Vec<f64> = tried
            .iter()
            .map(|f| rates.get(f["type"].as_str()).copied().unwrap_or(all) * number(f, "places_week"))
            .collect();
        let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, facility) in tried.iter().enumerate() {
            let place = if facility["rural"] == "true" { "villages" } else { "towns" };
            for name in ["all facilities".to_owned(), format!("in {place}"), facility["type"].clone()] {
                groups.entry(name).or_default().push(at);
            }
        }
        let group = |(name, rows): (String, Vec<usize>)| {
            let pick = |of: &dyn Fn(usize) -> f64| rows.iter().map(|at| of(*at)).collect::<Vec<f64>>();
            let truth = pick(&|at| number(tried[at], "visits_week_verified"));
            let inside =
                rows.iter().zip(&truth).filter(|(at, y)| (found[**at][1]..=found[**at][2]).contains(y));
            let covered = Some(count(inside.count()) / count(rows.len()));
            Group {
                facilities: rows.len(),
                model: Result { covered, ..Result::new("the model", &pick(&|at| found[at][0]), &truth) },
                by_kind: Result::new("mean of the kind", &pick(&|at| by_kind[at]), &truth),
                name,
            }
        };
        Ok(groups.into_iter().map(group).filter(|g| g.facilities >= 40).collect())
    }

    /// What planted ghosts and unbacked words do to the forecasts of honest facilities.
    pub(super) fn ghosts(&self, country: &Path, facilities: &[Facility]) -> anyhow::Result<Ghosts> {
        let planted = planted(country)?;
        let with_sections: Vec<&Facility> =
            facilities.iter().filter(|f| number(f, "visits_week_signed") > 0.0).collect();
        let (suspect, honest): (Vec<&Facility>, Vec<&Facility>) =
            with_sections.iter().partition(|f| planted.contains(&f["facility_id"]));
        let of = |rows: &[&Facility], target: &str, name: &str| self.train(rows, target, name);
        let clean = of(&honest, "visits_week_signed", "clean")?;
        let haunted = of(&with_sections, "visits_week_signed", "haunted")?;
        let backed: Vec<&Facility> = with_sections.iter().copied().filter(|f| verified(f)).collect();
        let two = of(&backed, "visits_week_verified", "two")?;
        let word = of(&with_sections, "visits_week_reported", "word")?;
        let shift = |from: &Path, to: &Path, rows: usize| -> anyhow::Result<Shift> {
            let (from, to) = (self.predict(from, &honest)?, self.predict(to, &honest)?);
            let ratios: Vec<f64> = from.iter().zip(&to).map(|(a, b)| b[0] / a[0]).collect();
            let moved = ratios.iter().filter(|ratio| (**ratio - 1.0).abs() > 0.1).count();
            let ratio = [50, 5, 95].map(|part| quantile(&ratios, part));
            Ok(Shift { rows, ratio, moved: count(moved) / count(ratios.len()) })
        };
        Ok(Ghosts {
            honest: honest.len(),
            planted: suspect.len(),
            sheets: shift(&clean, &haunted, with_sections.len())?,
            word: shift(&two, &word, with_sections.len())?,
        })
    }

    fn train(&self, rows: &[&Facility], target: &str, name: &str) -> anyhow::Result<PathBuf> {
        let (data, model) = (self.work.join(format!("{name}.csv")), self.work.join(format!("{name}.json")));
        write(&data, rows, &[&COLUMNS[..], &[target]].concat())?;
        let mut train = Command::new(self.adil);
        train.args(["model", "train", "--target", target]).args(self.training);
        output(train.arg("--data").arg(&data).arg("--out").arg(&model))?;
        Ok(model)
    }

    fn predict(&self, model: &Path, rows: &[&Facility]) -> anyhow::Result<Vec<[f64; 3]>> {
        let (data, found) = (self.work.join("tried.csv"), self.work.join("found.csv"));
        write(&data, rows, &COLUMNS)?;
        let mut predict = Command::new(self.adil);
        predict.args(["model", "predict", "--model"]).arg(model);
        output(predict.arg("--data").arg(&data).arg("--out").arg(&found))?;
        predictions(&found)
    }
}

fn write(file: &Path, rows: &[&Facility], columns: &[&str]) -> anyhow::Result<()> {
    let mut writer = csv::Writer::from_path(file)?;
    writer.write_record(columns)?;
    for row in rows {
        writer.write_record(columns.iter().map(|column| row.get(*column).map_or("", String::as_str)))?;
    }
    Ok(writer.flush()?)
}

/// Verified visits for each place, by kind; under the empty name of all.
fn rates(facilities: &[Facility]) -> BTreeMap<&str, f64> {
    let mut sums: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
    for facility in facilities.iter().filter(|f| verified(f)) {
        for kind in ["", &facility["type"]] {
            let sum = sums.entry(kind).or_default();
            *sum =
                (sum.0 + number(facility, "visits_week_verified"), sum.1 + number(facility, "places_week"));
        }
    }
    sums.into_iter().map(|(kind, (visits, places))| (kind, visits / places)).collect()
}

/// Facilities where a published abuse is planted (`a01` and so on): on themselves, or on a section that meets there. The others change when
/// visits are said to have been, or papers, and hardly how many there were.
fn planted(country: &Path) -> anyhow::Result<BTreeSet<String>> {
    let sections: BTreeMap<String, String> = rows(&country.join("sections.csv"))?
        .into_iter()
        .map(|section| (section["section_id"].clone(), section["facility_id"].clone()))
        .collect();
    let flags = rows(&country.join("truth/flags.csv"))?;
    let of = |flag: &Facility| match flag["subject_kind"].as_str() {
        "facility" => Some(flag["subject_id"].clone()),
        "section" => sections.get(&flag["subject_id"]).cloned(),
        _ => None,
    };
    let is_published = |flag: &&Facility| flag["detector"].chars().nth(1).is_some_and(|c| c.is_ascii_digit());
    Ok(flags.iter().filter(is_published).filter_map(of).collect())
}

impl Group {
    /// The part of what the mean of the kind leaves unexplained that the model explains.
    pub(super) fn gain(&self) -> f64 {
        1.0 - self.model.deviance / self.by_kind.deviance
    }
}
