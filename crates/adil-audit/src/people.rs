//! Money by the people whom it reaches: those whom facilities count, and children by sex and age where tables beside the
//! round say who takes part. Each facility's money is spread evenly over its people.

use std::collections::{BTreeMap, BTreeSet};

use adil_domain::{Problems, Rational};
use adil_round::folder::Files;
use adil_round::table::Table;
use rayon::prelude::*;

use crate::cases::{Cases, TABLES, number, people};
use crate::fairness::{REPLICAS, Share, float, major};
use crate::fixed::Fixed;
use crate::random::Stream;
use crate::statistics::middle;

/// Tables beside a round that say who takes part: children by participant, vouchers by participant and section, sections
/// by facility.
pub const BESIDE: [&str; 3] = ["children.csv", "vouchers.csv", "sections.csv"];

/// Groups of fewer people are not shown: nobody is to be found in an audit.
const HIDDEN: i128 = 5;

/// Ages as an order of children's sport knows them.
const AGES: [(u8, u8); 5] = [(0, 3), (4, 6), (7, 10), (11, 14), (15, 17)];

/// What people are put side by side by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PeopleBy {
    /// Columns `participants_…` of the facilities.
    Counted,
    /// The sex of the children.
    Sex,
    /// Their age.
    Age,
}

impl PeopleBy {
    /// The word in `audit.json`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Counted => "counted",
            Self::Sex => "sex",
            Self::Age => "age",
        }
    }
}

/// People put side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeopleComparison {
    /// By what.
    pub by: PeopleBy,
    /// One for each group, in order.
    pub lines: Vec<PeopleLine>,
}

/// One group of people and the money that reaches it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeopleLine {
    /// The column such as `participants_children`, the word of the table, or the ages such as `7-10`.
    pub key: String,
    /// How many people.
    pub people: i128,
    /// Money per person beside the money per person of all groups.
    pub per_person: Share,
}

/// People by group for each application.
struct Counts {
    by: PeopleBy,
    keys: Vec<String>,
    of: Vec<Vec<i128>>,
}

/// All comparisons of people that the tables allow.
pub(crate) fn by_people(cases: &Cases<'_>, beside: &Files) -> Vec<PeopleComparison> {
    let counted = counted(cases).into_iter();
    counted.chain(children(cases, beside)).filter_map(|counts| compare(cases, &counts)).collect()
}

/// Columns `participants_…` of the nearest table that has several.
fn counted(cases: &Cases<'_>) -> Option<Counts> {
    (0..TABLES.len()).find_map(|table| {
        let header = cases.inputs.table(TABLES[table])?.header();
        let columns: Vec<usize> =
            (0..header.len()).filter(|c| header[*c].starts_with("participants_")).collect();
        let count = |a: usize, c: usize| number(cases.cell(a, table, c)).map_or(0, |n| people(&n));
        let of = (0..cases.len()).map(|a| columns.iter().map(|c| count(a, *c)).collect());
        (columns.len() > 1).then(|| Counts {
            by: PeopleBy::Counted,
            keys: columns.iter().map(|c| header[*c].clone()).collect(),
            of: of.collect(),
        })
    })
}

/// Children by sex and by age, each once at each facility.
fn children(cases: &Cases<'_>, beside: &Files) -> Vec<Counts> {
    // What is wrong with tables that no decision reads is not for an audit to judge: it reads what it can.
    let read = |file: &str| Table::read(file, beside.get(file)?, &mut Problems::new());
    let [Some(children), Some(vouchers), Some(sections)] = BESIDE.map(read) else { return Vec::new() };
    let facility_of = pairs(&sections, "section_id", "facility_id");
    let mut at: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for row in 0..vouchers.len() {
        let cell = |name: &str| vouchers.column(name).map_or("", |c| vouchers.cell(row, c));
        if let Some(facility) = facility_of.get(cell("section_id")) {
            at.entry(facility).or_default().insert(cell("participant"));
        }
    }
    let by_word = |by, column: &str, word: &dyn Fn(&str) -> Option<String>| -> Option<Counts> {
        let of_child = pairs(&children, "participant", column);
        let groups: BTreeMap<&str, String> =
            of_child.into_iter().filter_map(|(child, value)| Some((child, word(value)?))).collect();
        let keys: Vec<String> = groups.values().cloned().collect::<BTreeSet<_>>().into_iter().collect();
        let count = |a: &adil_round::ApplicationDecision| {
            let mut counts = vec![0i128; keys.len()];
            let group = |child: &&str| keys.binary_search(groups.get(child)?).ok();
            let own = at.get(a.facility_id.as_str()).into_iter().flatten();
            own.filter_map(group).for_each(|g| counts[g] += 1);
            counts
        };
        let of = cases.applications().iter().map(count).collect();
        (keys.len() > 1).then_some(Counts { by, keys, of })
    };
    let sex = ["sex", "gender"].into_iter().find_map(|column| {
        by_word(PeopleBy::Sex, column, &|value| (!value.is_empty()).then(|| value.to_owned()))
    });
    let age = by_word(PeopleBy::Age, "age", &|value| {
        let age: u8 = value.parse().ok()?;
        let (low, high) = AGES.into_iter().find(|(low, high)| (*low..=*high).contains(&age))?;
        // Two digits keep the order of ages the order of words.
        Some(format!("{low:02}-{high:02}"))
    });
    [sex, age].into_iter().flatten().collect()
}

/// The words of one column by those of another; nothing where either is absent.
fn pairs<'t>(table: &'t Table, key: &str, value: &str) -> BTreeMap<&'t str, &'t str> {
    let Some((key, value)) = table.column(key).zip(table.column(value)) else { return BTreeMap::new() };
    (0..table.len()).map(|row| (table.cell(row, key), table.cell(row, value))).collect()
}

fn compare(cases: &Cases<'_>, counts: &Counts) -> Option<PeopleComparison> {
    let totals: Vec<i128> = (0..counts.keys.len()).map(|g| counts.of.iter().map(|n| n[g]).sum()).collect();
    if totals.iter().filter(|n| **n >= HIDDEN).count() < 2 {
        return None;
    }
    let parts: Vec<Vec<f64>> = counts
        .of
        .iter()
        .zip(cases.applications())
        .map(|(own, application)| {
            let total: i128 = own.iter().sum();
            let money = float(i128::from(application.amount.minor()));
            own.iter().map(|n| if total > 0 { money * float(*n) / float(total) } else { 0.0 }).collect()
        })
        .collect();
    let ratios = |times: &[u32]| -> Vec<f64> {
        let sum = |g: usize| {
            times.iter().zip(&parts).zip(&counts.of).fold((0.0, 0.0), |sum, ((times, part), n)| {
                (sum.0 + f64::from(*times) * part[g], sum.1 + f64::from(*times) * float(n[g]))
            })
        };
        let sums: Vec<(f64, f64)> = (0..counts.keys.len()).map(sum).collect();
        let whole = sums.iter().fold((0.0, 0.0), |a, b| (a.0 + b.0, a.1 + b.1));
        sums.iter().map(|(money, n)| money / n / (whole.0 / whole.1)).collect()
    };
    let own = ratios(&vec![1; cases.len()]);
    let round = &cases.decision.policy.round.id;
    let drawn: Vec<Vec<f64>> = (0..REPLICAS)
        .into_par_iter()
        .map(|replica| ratios(&Stream::new(round, "applications", replica).resample(cases.len())))
        .collect();
    let line = |g: usize| PeopleLine {
        key: counts.keys[g].clone(),
        people: totals[g],
        per_person: Share {
            amount: per_person(cases, &counts.of, g),
            ratio: Fixed::of(own[g]),
            interval: middle(drawn.iter().map(|d| d[g]).collect()),
        },
    };
    let lines = (0..counts.keys.len()).filter(|g| totals[*g] >= HIDDEN).map(line).collect();
    Some(PeopleComparison { by: counts.by, lines })
}

/// The exact money per person of a group.
fn per_person(cases: &Cases<'_>, counts: &[Vec<i128>], group: usize) -> Rational {
    // Facilities with the same number of people share a denominator, so that few fractions are added.
    let mut by_total: BTreeMap<i128, i128> = BTreeMap::new();
    for (own, application) in counts.iter().zip(cases.applications()) {
        let total: i128 = own.iter().sum();
        if total > 0 {
            *by_total.entry(total).or_insert(0) += i128::from(application.amount.minor()) * own[group];
        }
    }
    let money: Rational = by_total.into_iter().filter_map(|(total, sum)| Rational::ratio(sum, total)).sum();
    let n: i128 = counts.iter().map(|own| own[group]).sum();
    major(cases, &money, n)
}
