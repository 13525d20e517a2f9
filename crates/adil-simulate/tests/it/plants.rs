//! What is planted beside the published abuses leaves the traces that it should, and what only looks like it does not.

use std::collections::{BTreeMap, BTreeSet};

use adil_simulate::Options;

use crate::{Memory, simulate};

type Row = BTreeMap<String, String>;

/// A country with every single visit.
fn country() -> Memory {
    simulate(&Options { seed: 12, scale: 0.06, attendance: true, ..Options::default() }).0
}

fn planted(made: &Memory, detector: &str) -> BTreeSet<String> {
    let rows = made.rows("truth/flags.csv").into_iter().filter(|row| row["detector"] == detector);
    rows.map(|mut row| row.remove("subject_id").unwrap()).collect()
}

fn honest(made: &Memory, oddity: &str) -> BTreeSet<String> {
    let rows = made.rows("truth/honest.csv").into_iter().filter(|row| row["oddity"] == oddity);
    rows.map(|mut row| row.remove("subject_id").unwrap()).collect()
}

/// Rows of a table by one of its columns.
fn by(made: &Memory, file: &str, column: &str) -> BTreeMap<String, Vec<Row>> {
    let mut by: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for row in made.rows(file) {
        by.entry(row[column].clone()).or_default().push(row);
    }
    by
}

/// Visits of the year: section, child, coach, beginning, present.
struct Visit {
    section: String,
    child: String,
    coach: String,
    starts_at: String,
    present: bool,
}

fn visits(made: &Memory) -> Vec<Visit> {
    let mut all = Vec::new();
    for month in 1..=12 {
        let packed = &made.0[&format!("attendance/2023-{month:02}.csv.zst")];
        let text = zstd::stream::decode_all(packed.as_slice()).unwrap();
        let mut reader = csv::Reader::from_reader(text.as_slice());
        let header = reader.headers().unwrap().clone();
        let at = |name: &str| header.iter().position(|column| column == name).unwrap();
        let [section, child, coach, starts_at, present] =
            ["section_id", "participant", "coach_id", "starts_at", "present"].map(at);
        for row in reader.records() {
            let row = row.unwrap();
            all.push(Visit {
                section: row[section].to_owned(),
                child: row[child].to_owned(),
                coach: row[coach].to_owned(),
                starts_at: row[starts_at].to_owned(),
                present: &row[present] == "true",
            });
        }
    }
    all
}

#[test]
fn visits_agree_with_the_sheets_however_they_were_entered() {
    let made = country();
    let mut told: BTreeMap<(String, String, String), (u64, u64)> = BTreeMap::new();
    let mut moments = BTreeSet::new();
    for visit in visits(&made) {
        let month = visit.starts_at[..7].to_owned();
        let (held, present) = told.entry((month, visit.section.clone(), visit.child.clone())).or_default();
        *held += 1;
        *present += u64::from(visit.present);
        assert!(moments.insert((visit.section, visit.child, visit.starts_at)), "a visit is told twice");
    }
    let mut sheets = BTreeMap::new();
    for month in (1..=12).map(|m| format!("2023-{m:02}")) {
        for row in made.rows(&format!("timesheets/{month}.csv")) {
            let number = |name: &str| row[name].parse::<u64>().unwrap();
            let (held, present) = (number("sessions_held"), number("sessions_present"));
            if held > 0 {
                let key = (month.clone(), row["section_id"].clone(), row["participant"].clone());
                sheets.insert(key, (held, present));
            }
        }
    }
    assert!(told == sheets);
}

#[test]
fn hours_and_coaches_contradict_the_timetable_where_it_is_planted() {
    let made = country();
    let classes = by(&made, "classes.csv", "section_id");
    let facility_of: BTreeMap<String, String> = made
        .rows("sections.csv")
        .into_iter()
        .map(|r| (r["section_id"].clone(), r["facility_id"].clone()))
        .collect();
    let hours: BTreeMap<&String, BTreeSet<&str>> = classes
        .iter()
        .map(|(section, rows)| (section, rows.iter().map(|r| r["starts_at"].as_str()).collect()))
        .collect();
    let mut odd = BTreeSet::new();
    let mut taught: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    for visit in visits(&made) {
        let day: jiff::civil::Date = visit.starts_at[..10].parse().unwrap();
        if !hours[&visit.section].contains(&visit.starts_at[11..16])
            || day.weekday() == jiff::civil::Weekday::Sunday
        {
            odd.insert(visit.section.clone());
        }
        taught.entry((visit.coach, visit.starts_at)).or_default().insert(visit.section);
    }
    let in_two_buildings: BTreeSet<String> = taught
        .into_values()
        .filter(|sections| sections.iter().map(|s| &facility_of[s]).collect::<BTreeSet<_>>().len() > 1)
        .flatten()
        .collect();
    let (planted, moved) = (planted(&made, "closed-or-coach-elsewhere"), honest(&made, "made-up-days"));
    assert!(!planted.is_disjoint(&odd) && !planted.is_disjoint(&in_two_buildings));
    assert!(odd.is_subset(&planted.union(&moved).cloned().collect()));
    assert!(in_two_buildings.is_subset(&planted), "{in_two_buildings:?}");
    assert!(!honest(&made, "substitute").is_empty());
}

#[test]
fn a_crowd_stands_under_one_hour_where_it_is_planted() {
    let made = country();
    let sections: BTreeMap<String, Row> =
        made.rows("sections.csv").into_iter().map(|r| (r["section_id"].clone(), r)).collect();
    let mut at_once: BTreeMap<(String, String), u64> = BTreeMap::new();
    for visit in visits(&made) {
        *at_once.entry((visit.section, visit.starts_at)).or_default() += 1;
    }
    let mut crowds: BTreeMap<&str, (bool, u64)> = BTreeMap::new();
    for ((section, _), children) in &at_once {
        let row = &sections[section];
        let class = row["children"].parse::<u64>().unwrap().div_ceil(row["classes"].parse().unwrap());
        let (is_crowd, most) = crowds.entry(&row["facility_id"]).or_default();
        *is_crowd |= *children > class + 8;
        *most = (*most).max(*children);
    }
    let unfit = planted(&made, "a06-impossible-premises");
    let planted = planted(&made, "more-than-room");
    assert!(planted.difference(&unfit).count() > 2);
    for facility in planted.difference(&unfit) {
        assert!(crowds[facility.as_str()].0, "{facility}: {:?}", crowds[facility.as_str()]);
    }
    for facility in planted.intersection(&unfit) {
        assert!(crowds[facility.as_str()].1 > 4, "{facility}");
    }
}

#[test]
fn absences_are_dealt_evenly_where_it_is_planted() {
    let made = country();
    let mut present: BTreeMap<(String, String), u64> = BTreeMap::new();
    for visit in visits(&made) {
        *present.entry((visit.section, visit.starts_at)).or_default() += u64::from(visit.present);
    }
    // The last month is one in which everybody who begins has begun; children of a class only join or leave between months.
    let mut of_class: BTreeMap<(String, String, u8), Vec<u64>> = BTreeMap::new();
    for ((section, at), count) in &present {
        let day: jiff::civil::Date = at[..10].parse().unwrap();
        if at.starts_with("2023-11") {
            let side = u8::try_from(day.weekday().to_monday_one_offset() % 2).unwrap();
            of_class.entry((section.clone(), at[11..].to_owned(), side)).or_default().push(*count);
        }
    }
    // Variances in thousandths, and how many of them.
    let mut spreads: BTreeMap<bool, (u64, u64)> = BTreeMap::new();
    let even = planted(&made, "too-regular");
    for ((section, ..), counts) in of_class.into_iter().filter(|(_, counts)| counts.len() > 5) {
        let n = counts.len() as u64;
        let (sum, squares) = (counts.iter().sum::<u64>(), counts.iter().map(|c| c * c).sum::<u64>());
        let (all, number) = spreads.entry(even.contains(&section)).or_default();
        *all += (n * squares - sum * sum) * 1_000 / (n * n);
        *number += 1;
    }
    let [(even, many), (honest, others)] = [spreads[&true], spreads[&false]];
    assert!(even * others * 10 < 6 * honest * many, "{spreads:?}");
}

#[test]
fn lists_grow_before_the_count_and_new_operators_begin_large() {
    let made = country();
    let seats = by(&made, "vouchers.csv", "section_id");
    let began = |section: &String, months: &[&str]| {
        seats[section]
            .iter()
            .filter(|row| row["status"] == "active" && months.contains(&row["from"].as_str()))
            .count()
    };
    let jumps = planted(&made, "jump-before-count");
    assert!(!jumps.is_empty());
    for section in &jumps {
        assert!(began(section, &["2023-11", "2023-12"]) > 2, "{section}");
    }
    let joined = honest(&made, "school-joined");
    assert!(!joined.is_empty() && joined.is_disjoint(&jumps));

    let operators = by(&made, "operators.csv", "operator_id");
    let of_operator = by(&made, "sections.csv", "operator_id");
    let new = planted(&made, "new-operators");
    assert!(new.len() > 3);
    for operator in new.iter().chain(&honest(&made, "new-club")) {
        let sections = of_operator[operator].iter().map(|row| &row["section_id"]);
        let first = sections.flat_map(|s| &seats[s]).map(|row| row["from"].as_str()).min().unwrap();
        let first: jiff::civil::Date = format!("{first}-01").parse().unwrap();
        let registered: jiff::civil::Date = operators[operator][0]["registered_on"].parse().unwrap();
        let days = (first - registered).get_days();
        assert!((-10..=150).contains(&days), "{operator}: {days} days");
    }
}

#[test]
fn one_child_holds_two_seats_where_it_is_planted_or_told() {
    let made = country();
    let operator_of: BTreeMap<String, String> = made
        .rows("sections.csv")
        .into_iter()
        .map(|r| (r["section_id"].clone(), r["operator_id"].clone()))
        .collect();
    let mut seats: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in made.rows("vouchers.csv").into_iter().filter(|row| row["status"] == "active") {
        seats.entry(row["participant"].clone()).or_default().insert(row["section_id"].clone());
    }
    seats.retain(|_, sections| sections.len() > 1);
    let lent = planted(&made, "overlapping-sessions");
    assert!(lent.intersection(&seats.keys().cloned().collect()).count() > 2);
    for child in ["two-sports", "friends-in-two-clubs"].iter().flat_map(|oddity| honest(&made, oddity)) {
        assert_eq!(seats[&child].len(), 2, "{child}");
    }
    let tied = planted(&made, "shared-children");
    assert!(tied.len() > 3 && tied.len().is_multiple_of(2));
    for operator in &tied {
        let shared = seats.values().filter(|sections| {
            let operators: BTreeSet<&String> = sections.iter().map(|s| &operator_of[s]).collect();
            operators.len() > 1 && operators.contains(operator)
        });
        assert!(shared.count() >= 2, "{operator}");
    }
    // One trace is left, not three.
    let operators = by(&made, "operators.csv", "operator_id");
    for operator in &tied {
        let alike = |column: &str| {
            let here = &operators[operator][0][column];
            operators
                .iter()
                .any(|(other, rows)| other != operator && tied.contains(other) && rows[0][column] == *here)
        };
        assert_eq!(["head", "phone", "address"].iter().filter(|c| alike(c)).count(), 1, "{operator}");
    }
}
