//! The example's decision, read back for the page and its map.

use std::collections::BTreeMap;
use std::path::Path;

use adil_geography::Position;
use anyhow::{Context, ensure};

use super::tables::position;
use crate::ireland::{Row, rows};

/// A council area with what reach and the division say of it.
pub(super) struct Council {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) population: u32,
    pub(super) facilities: u32,
    /// Residents for each person that the settlements are listed with.
    pub(super) scaled: f64,
    pub(super) unmet_share: f64,
    pub(super) relative_reach: f64,
    /// Pounds.
    pub(super) amount: u32,
    /// `floor` or `ceiling` where the council's limit decides, else empty.
    pub(super) bound: String,
}

impl Council {
    /// Pounds for each resident.
    pub(super) fn per_head(&self) -> f64 {
        f64::from(self.amount) / f64::from(self.population)
    }
}

/// A point where people live.
pub(super) struct Point {
    pub(super) name: String,
    pub(super) at: Position,
    pub(super) population: u32,
    pub(super) spread: bool,
    /// Visits wanted, and those with nothing in reach.
    pub(super) wanted: f64,
    pub(super) out_of_reach: f64,
    /// Room for visits within reach, for each visit wanted.
    pub(super) access: f64,
}

/// A facility of the register.
pub(super) struct Facility {
    pub(super) council: String,
    pub(super) position: Option<Position>,
    /// Name, point and published kind: what the rows of one site's equal facilities share.
    pub(super) site: [String; 4],
    pub(super) amount: u32,
    /// Whether any point of people lies within its reach.
    pub(super) anyone: bool,
}

/// All of it.
pub(super) struct Study {
    pub(super) councils: Vec<Council>,
    pub(super) points: Vec<Point>,
    pub(super) facilities: Vec<Facility>,
    /// Room for visits, and what is wanted of it, in the country.
    pub(super) room: f64,
    pub(super) wanted: f64,
    pub(super) unmet: f64,
    pub(super) settlements: usize,
    pub(super) doubtful: usize,
    /// The numbers of the policy that the page repeats.
    pub(super) rules: Rules,
}

/// What the page repeats of the policy.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Rules {
    pub(super) budget: u32,
    pub(super) minutes: String,
    pub(super) speed: String,
    pub(super) detour: String,
}

impl Rules {
    fn of(policy: &str) -> anyhow::Result<Self> {
        let value = |key: &str| -> anyhow::Result<String> {
            let found = policy.lines().find_map(|line| {
                let (name, value) = line.split_once('=')?;
                (name.trim() == key).then(|| value.trim().trim_matches('"').to_owned())
            });
            found.with_context(|| format!("the policy has no `{key}`"))
        };
        Ok(Self {
            budget: value("budget")?.parse()?,
            minutes: value("max_minutes")?,
            speed: value("speed_kmh")?,
            detour: value("detour")?,
        })
    }
}

/// One line of the policy otherwise.
pub(super) struct Change {
    pub(super) words: &'static str,
    from: &'static str,
    to: &'static str,
}

/// What else could have been assumed.
pub(super) const CHANGES: [Change; 4] = [
    Change {
        words: "everyone goes on foot or by a slow bus: 10 km an hour",
        from: "speed_kmh = 20",
        to: "speed_kmh = 10",
    },
    Change { words: "everyone has a car: 40 km an hour", from: "speed_kmh = 20", to: "speed_kmh = 40" },
    Change {
        words: "half as many visits wanted",
        from: "demand = \"1 * point.population\"",
        to: "demand = \"0.5 * point.population\"",
    },
    Change {
        words: "grass pitches have as much room as artificial ones",
        from: "facility.surface in ['Grass', 'Blaes'] ? 100 : 800",
        to: "facility.surface in ['Grass', 'Blaes'] ? 800 : 800",
    },
];

impl Change {
    /// The policy with that line changed.
    pub(super) fn of(&self, policy: &str) -> anyhow::Result<String> {
        ensure!(policy.matches(self.from).count() == 1, "the policy does not say `{}` once", self.from);
        Ok(policy.replace(self.from, self.to))
    }
}

impl Study {
    /// Reads a round and its decision.
    pub(super) fn read(round: &Path, decision: &Path) -> anyhow::Result<Self> {
        let table = |file: &str| rows(&round.join(file));
        let decided = |file: &str, key: &str| -> anyhow::Result<BTreeMap<String, Row>> {
            Ok(rows(&decision.join(file))?.into_iter().map(|r| (r[key].clone(), r)).collect())
        };
        let reached = decided("reach_facilities.csv", "facility_id")?;
        let awards = decided("awards.csv", "application_id")?;
        let mut room = 0.0;
        let mut facilities = Vec::new();
        for row in table("facilities.csv")? {
            let id = &row["facility_id"];
            let reach = reached.get(id);
            room += reach.map_or(Ok(0.0), |r| number(r, "supply"))?;
            facilities.push(Facility {
                council: row["territory"].clone(),
                position: if row["lat"].is_empty() { None } else { Some(position(&row)?) },
                site: ["name", "lat", "lon", "sub_type"].map(|c| row[c].clone()),
                amount: count(awards.get(id).with_context(|| id.clone())?, "amount")?,
                anyone: reach.map_or(Ok(0.0), |r| number(r, "people"))? > 0.0,
            });
        }
        let people = table("population.csv")?;
        let points = points(&people, &decided("reach_points.csv", "point_id")?)?;
        let reached = decided("reach_territories.csv", "territory")?;
        let divided = decided("territories.csv", "territory")?;
        let (mut wanted, mut unmet) = (0.0, 0.0);
        let mut councils = Vec::new();
        for row in table("territories.csv")? {
            let code = row["territory"].clone();
            let reach = reached.get(&code).with_context(|| code.clone())?;
            let share = divided.get(&code).with_context(|| code.clone())?;
            wanted += number(reach, "visits_wanted")?;
            unmet += number(reach, "out_of_reach")? + number(reach, "no_room")?;
            let population = count(&row, "population")?;
            councils.push(Council {
                name: row["name_en"].clone(),
                population,
                facilities: u32::try_from(facilities.iter().filter(|f| f.council == code).count())?,
                scaled: f64::from(population) / listed(&people, &code)?,
                unmet_share: number(reach, "unmet_share")?,
                relative_reach: number(reach, "relative_reach")?,
                amount: count(share, "amount")?,
                bound: share["bound"].clone(),
                code,
            });
        }
        let policy = std::fs::read_to_string(round.join("policy.toml"))?;
        let settlements: std::collections::BTreeSet<&String> =
            people.iter().map(|p| &p["settlement_id"]).collect();
        Ok(Self {
            settlements: settlements.len(),
            doubtful: table("doubtful_councils.csv")?.len(),
            rules: Rules::of(&policy)?,
            councils,
            points,
            facilities,
            room,
            wanted,
            unmet,
        })
    }

    /// What a visit wanted in Scotland can reach on average.
    pub(super) fn mean_access(&self) -> f64 {
        self.points.iter().map(|p| p.access * p.wanted).sum::<f64>() / self.wanted
    }

    pub(super) fn people(&self) -> u32 {
        self.councils.iter().map(|c| c.population).sum()
    }
}

fn points(people: &[Row], reached: &BTreeMap<String, Row>) -> anyhow::Result<Vec<Point>> {
    people
        .iter()
        .map(|row| {
            let id = &row["point_id"];
            let reach = reached.get(id).with_context(|| id.clone())?;
            Ok(Point {
                name: row["name"].clone(),
                at: position(row)?,
                population: count(row, "population")?,
                spread: !row["sector"].is_empty(),
                wanted: number(reach, "visits_wanted")?,
                out_of_reach: number(reach, "out_of_reach")?,
                access: number(reach, "access")?,
            })
        })
        .collect()
}

/// What a council's settlements are listed with, each counted once.
fn listed(people: &[Row], council: &str) -> anyhow::Result<f64> {
    let here = people.iter().filter(|p| p["territory"] == council);
    let each: BTreeMap<&str, &Row> = here.map(|p| (p["settlement_id"].as_str(), p)).collect();
    each.into_values().map(|row| number(row, "listed_population")).sum()
}

fn number(row: &Row, column: &str) -> anyhow::Result<f64> {
    row[column].parse().with_context(|| format!("`{}` in {column} is not a number", row[column]))
}

fn count(row: &Row, column: &str) -> anyhow::Result<u32> {
    row[column].parse().with_context(|| format!("`{}` in {column} is not a whole number", row[column]))
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICY: &str = include_str!("../../../examples/scotland/policy.toml");

    #[test]
    fn every_change_changes_one_line() {
        for change in &CHANGES {
            let other = change.of(POLICY).unwrap();
            assert_eq!(
                other.lines().zip(POLICY.lines()).filter(|(a, b)| a != b).count(),
                1,
                "{}",
                change.words
            );
        }
        assert!(CHANGES[0].of("speed_kmh = 21").is_err());
    }

    #[test]
    fn the_policys_numbers_are_read() {
        let rules = Rules::of(POLICY).unwrap();
        assert_eq!((rules.minutes.as_str(), rules.speed.as_str()), ("30", "20"));
        assert!(Rules::of("budget = \"1\"").is_err());
    }
}
