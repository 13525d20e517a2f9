//! What must hold for every round, whatever is in it.

use std::fmt::Write as _;

use adil_domain::Rational;
use proptest::prelude::*;

use super::{DecideError, Decided, Round, decide_files, rational};

/// One club of a random round.
#[derive(Debug, Clone)]
pub(super) struct Club {
    ask: Option<u32>,
    minimum: u8,
    county: u8,
    value: Option<u32>,
    kind: u8,
    check: u8,
}

pub(super) fn clubs(most: usize) -> impl Strategy<Value = Vec<Club>> {
    let club = (
        prop::option::weighted(0.9, 200u32..3_000_000),
        0u8..4,
        0u8..4,
        prop::option::weighted(0.8, 0u32..1200),
        0u8..3,
        0u8..6,
    );
    let club = club.prop_map(|(ask, minimum, county, value, kind, check)| Club {
        ask,
        minimum,
        county,
        value,
        kind,
        check,
    });
    prop::collection::vec(club, 1..most)
}

/// The choices of a random policy.
#[derive(Debug, Clone)]
pub(super) struct Rules {
    budget: u32,
    cents: bool,
    aggregation: usize,
    missing: usize,
    unknown: usize,
    second_pot: bool,
    /// Of applications 1, of places 2, of both 3.
    floors: u8,
    appeals: bool,
}

pub(super) fn rules() -> impl Strategy<Value = Rules> {
    let rules = (
        1u32..4_000_000,
        any::<bool>(),
        0usize..3,
        0usize..4,
        0usize..3,
        any::<bool>(),
        0u8..4,
        any::<bool>(),
    );
    rules.prop_map(|(budget, cents, aggregation, missing, unknown, second_pot, floors, appeals)| Rules {
        budget,
        cents,
        aggregation,
        missing,
        unknown,
        second_pot,
        floors,
        appeals,
    })
}

impl Rules {
    /// The pot of one: what a solver from the published tables alone can redo.
    pub(super) fn with_one_pot(self) -> Self {
        Self { second_pot: false, appeals: false, ..self }
    }

    pub(super) fn unit(&self) -> Rational {
        rational(if self.cents { "0.01" } else { "1" })
    }

    pub(super) fn budget(&self) -> Rational {
        Rational::from_scaled(self.budget, 2)
    }
}

/// A random round; rows of the applications in the given order.
pub(super) fn round(clubs: &[Club], rules: &Rules, order: &[usize]) -> Round {
    let mut applications =
        "application_id,operator_id,territory,kind,v,amount_sought,amount_minimum\n".to_owned();
    let mut checks = "operator_id,check,outcome,as_of,source\n".to_owned();
    for i in order {
        let c = &clubs[*i];
        let money = |cents: u32| format!("{}.{:02}", cents / 100, cents % 100);
        let ask = c.ask.map(money).unwrap_or_default();
        let minimum = c.ask.map(|a| money(a / 8 * u32::from(c.minimum) / 2)).filter(|_| c.minimum > 0);
        let county = ["", "X", "Y", "Z"][usize::from(c.county)];
        let value = c.value.map(|v| format!("{}.{}", v / 10, v % 10)).unwrap_or_default();
        let kind = ["hall", "pool", "field"][usize::from(c.kind)];
        let _ = writeln!(
            applications,
            "club-{i:02},op-{i},{county},{kind},{value},{ask},{}",
            minimum.unwrap_or_default()
        );
        match c.check {
            0 => {}
            1 => checks.push_str(&format!("op-{i},sound,fail,2023-12-01,register\n")),
            2 => checks.push_str(&format!("op-{i},sound,unknown,2023-12-01,register\n")),
            _ => checks.push_str(&format!("op-{i},sound,pass,2023-12-01,register\n")),
        }
    }
    let share = if rules.second_pot { "63.7%" } else { "100%" };
    let second = if rules.second_pot {
        "[[pot]]\nid = \"halls\"\ntitle = \"Halls\"\nshare = \"31.1%\"\nrule = \"fair-share\"\n\
         when = \"application.kind != 'field'\"\nweight = \"1 + score\"\nceiling = \"application.amount_sought\"\n\
         reference = \"a test\"\n"
    } else {
        ""
    };
    let appeals = if rules.appeals { "[reserve]\nappeals = \"1.5%\"\nreference = \"a test\"\n" } else { "" };
    let aggregation = ["weighted-sum", "geometric", "weakest-criterion"][rules.aggregation];
    let missing = ["\"worst\"", "\"hold\"", "\"group-median\"", "{ value = 50 }"][rules.missing];
    let unknown = ["hold", "pass", "fail"][rules.unknown];
    // Floors small enough to be met whatever the county can take: an application's is at most its ask.
    let floor = if rules.floors & 1 == 1 { "min(application.amount_sought, pot / 1000)" } else { "0" };
    // What a place asks for in all bounds its floor, so that it can mostly be met.
    let place_floor = if rules.floors & 2 == 2 {
        "min(0.3 * pot * territory.population_share, 0.3 * territory.sought)"
    } else {
        "0"
    };
    Round::new(&applications)
        .table("checks.csv", &checks)
        .table("territories.csv", "territory,parent,level,population\nW,,country,100\nX,W,county,50\nY,W,county,30\nZ,W,county,20\n")
        .budget(&format!("{}.{:02}", rules.budget / 100, rules.budget % 100))
        .unit(if rules.cents { "0.01" } else { "1" })
        .rules(&format!(
            r#"
{appeals}
[[gate]]
id = "sound"
title = "Sound"
when = "check.sound == 'pass'"
unknown = "{unknown}"
reference = "a test"
[score]
aggregation = "{aggregation}"
[[criterion]]
id = "need"
title = "Need"
reference = "a test"
[[criterion.indicator]]
id = "v"
title = "V"
value = "application.v"
weight = 33.3
scale = {{ kind = "goalposts", low = 0, high = 90 }}
missing = {missing}
because = "a test"
[[criterion.indicator]]
id = "rank"
title = "Rank"
value = "application.v"
weight = 26.7
scale = {{ kind = "percentile", within = "application.kind" }}
missing = "worst"
because = "a test"
[[criterion]]
id = "kind"
title = "Kind"
reference = "a test"
[[criterion.indicator]]
id = "kind"
title = "Kind"
value = "application.kind"
weight = 40
scale = {{ kind = "categories", top = 3, marks = {{ hall = 1, pool = 2, field = 3 }} }}
missing = "worst"
because = "a test"
[[pot]]
id = "all"
title = "All"
share = "{share}"
rule = "fair-share"
weight = "score * application.amount_sought"
weight_because = "a test"
floor = "{floor}"
floor_because = "a test"
minimum = "application.amount_minimum"
ceiling = "application.amount_sought"
reference = "a test"
[[pot.bound]]
level = "county"
title = "County"
floor = "{place_floor}"
ceiling = "pot * (0.25 + 0.9 * territory.population_share)"
reference = "a test"
{second}"#
        ))
}

/// The decision, or nothing where the random bounds contradict each other: a place of clubs without weight can't take
/// its floor.
pub(super) fn decided(round: &Round) -> Option<Decided> {
    match decide_files(&round.files()) {
        Ok(decision) => Some(Decided::of(decision)),
        Err(DecideError::Conflict(_)) => None,
        Err(error) => panic!("{}", super::said(&error)),
    }
}

fn in_order(clubs: &[Club]) -> Vec<usize> {
    (0..clubs.len()).collect()
}

fn sum<'a>(amounts: impl Iterator<Item = &'a String>) -> Rational {
    amounts.filter(|a| !a.is_empty()).map(|a| rational(a)).sum()
}

fn everything_adds_up(decided: &Decided, clubs: &[Club]) -> Result<(), TestCaseError> {
    let awards = decided.table("awards.csv");
    let ids: Vec<&str> = awards.iter().map(|r| r["application_id"].as_str()).collect();
    let expected: Vec<String> = (0..clubs.len()).map(|i| format!("club-{i:02}")).collect();
    prop_assert_eq!(ids, expected, "every application in has exactly one row out");

    let json: serde_json::Value = serde_json::from_slice(&decided.files["decision.json"]).unwrap();
    let stated = |key: &str| rational(json[key].as_str().unwrap());
    prop_assert_eq!(stated("awarded"), sum(awards.iter().map(|r| &r["amount"])));
    let kept = sum(awards.iter().map(|r| &r["amount_if_cleared"]));
    prop_assert_eq!(stated("reserved"), kept + stated("reserved_for_appeals"));
    prop_assert_eq!(stated("awarded") + stated("reserved") + stated("unspent"), stated("budget"));
    prop_assert!(!stated("unspent").is_negative());
    let counted: u64 = json["counts"].as_object().unwrap().values().map(|c| c.as_u64().unwrap()).sum();
    prop_assert_eq!(usize::try_from(counted).unwrap(), clubs.len());

    let contributions = decided.table("contributions.csv");
    prop_assert_eq!(contributions.len(), 3 * clubs.len());
    for award in &awards {
        let own = contributions.iter().filter(|r| r["application_id"] == award["application_id"]);
        prop_assert_eq!(sum(own.map(|r| &r["points"])), rational(&award["points"]));
        let positive = rational(&award["amount"]) > Rational::zero();
        prop_assert_eq!(positive, award["status"] == "funded");
        prop_assert!(!award["reason"].is_empty());
    }
    if let Some(bytes) = decided.files.get("pot_awards.csv") {
        let rows = super::records(std::str::from_utf8(bytes).unwrap());
        for award in &awards {
            let own = || rows.iter().filter(|r| r["application_id"] == award["application_id"]);
            prop_assert_eq!(sum(own().map(|r| &r["amount"])), rational(&award["amount"]));
            prop_assert_eq!(
                sum(own().map(|r| &r["amount_if_cleared"])),
                sum(std::iter::once(&award["amount_if_cleared"]))
            );
        }
    }
    // A place's total is what its applications got, in every pot together.
    let places = decided.table("territories.csv");
    for place in ["X", "Y", "Z"] {
        let stated = sum(places.iter().filter(|r| r["territory"] == place).map(|r| &r["amount"]));
        let own = sum(awards.iter().filter(|r| r["territory"] == place).map(|r| &r["amount"]));
        prop_assert_eq!(stated, own, "{}", place);
    }
    prop_assert_eq!(adil_round::verify::certificate(&decided.files), Vec::<String>::new());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn sums_are_exact_and_the_certificate_holds(clubs in clubs(14), rules in rules()) {
        let decided = decided(&round(&clubs, &rules, &in_order(&clubs)));
        prop_assume!(decided.is_some());
        let decided = decided.unwrap();
        everything_adds_up(&decided, &clubs)?;
    }

    #[test]
    fn the_order_of_rows_changes_nothing_but_digests_and_lines(
        (clubs, order) in clubs(14).prop_flat_map(|c| {
            let order: Vec<usize> = (0..c.len()).collect();
            (Just(c), Just(order).prop_shuffle())
        }),
        rules in rules(),
    ) {
        let straight = decided(&round(&clubs, &rules, &in_order(&clubs)));
        prop_assume!(straight.is_some());
        let straight = straight.unwrap();
        let shuffled = round(&clubs, &rules, &order).decide();
        for file in straight.files.keys().filter(|f| !["decision.json", "problems.csv"].contains(&f.as_str())) {
            prop_assert_eq!(&straight.files[file], &shuffled.files[file], "{}", file);
        }
    }
}

/// Clubs whose points are a column; an empty one makes the club wait.
fn by_points(points: &[Option<u32>]) -> Round {
    let mut table = "application_id,territory,amount_sought,p\n".to_owned();
    for (i, p) in points.iter().enumerate() {
        let county = ["X", "Y"][i % 2];
        let _ = writeln!(
            table,
            "c{i:02},{county},{},{}",
            400 + 37 * i,
            p.map(|p| p.to_string()).unwrap_or_default()
        );
    }
    Round::new(&table)
        .unit("0.01")
        .table("territories.csv", "territory,parent,level\nX,,county\nY,,county\n")
        .rules(
            r#"
[[criterion]]
id = "c"
title = "C"
reference = "a test"
[[criterion.indicator]]
id = "p"
title = "P"
value = "application.p"
weight = 100
scale = { kind = "goalposts", low = 0, high = 100 }
missing = "hold"
because = "a test"
[[pot]]
id = "all"
title = "All"
share = "100%"
rule = "fair-share"
weight = "score * application.amount_sought"
weight_because = "a test"
ceiling = "application.amount_sought"
reference = "a test"
[[pot.bound]]
level = "county"
title = "County"
ceiling = "0.6 * pot"
reference = "a test"
"#,
        )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// What waits for a value is kept at full points, so whatever the value turns out to be, nobody else loses by it.
    #[test]
    fn a_value_that_comes_later_lowers_nobody_else(
        points in prop::collection::vec(prop::option::weighted(0.7, 0u32..=100), 2..10),
        chosen in any::<prop::sample::Index>(),
        value in 0u32..=100,
    ) {
        let waiting: Vec<usize> = (0..points.len()).filter(|i| points[*i].is_none()).collect();
        prop_assume!(!waiting.is_empty());
        let known = waiting[chosen.index(waiting.len())];
        let before = by_points(&points).decide();
        let mut later = points.clone();
        later[known] = Some(value);
        let after = by_points(&later).decide();
        // Rounding may move one payable step, never more.
        let step = rational("0.01");
        for (i, (b, a)) in before.table("awards.csv").iter().zip(after.table("awards.csv")).enumerate() {
            let got = |r: &super::Record| {
                rational(if r["amount_if_cleared"].is_empty() { &r["amount"] } else { &r["amount_if_cleared"] })
            };
            if i == known {
                prop_assert!(got(&a) <= &got(b) + &step);
            } else {
                prop_assert!(&got(&a) + &step >= got(b), "{}", a["application_id"]);
            }
        }
    }
}

/// A round large enough that threads share the work.
fn large() -> Round {
    let clubs: Vec<Club> = (0..300u32)
        .map(|i| Club {
            ask: (i % 17 != 0).then_some(10_000 + i * 7_919 % 400_000),
            minimum: u8::try_from(i % 4).unwrap(),
            county: u8::try_from(i % 4).unwrap(),
            value: (i % 11 != 0).then_some(i * 31 % 1200),
            kind: u8::try_from(i % 3).unwrap(),
            check: u8::try_from(i % 6).unwrap(),
        })
        .collect();
    let rules = Rules {
        budget: 20_000_033,
        cents: true,
        aggregation: 1,
        missing: 2,
        unknown: 0,
        second_pot: true,
        floors: 3,
        appeals: true,
    };
    round(&clubs, &rules, &in_order(&clubs))
}

#[test]
fn one_thread_and_several_give_the_same_bytes() {
    let files = large().files();
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| super::output::files(&decide_files(&files).ok().unwrap()))
    };
    let one = on(1);
    assert_eq!(one, on(2));
    assert_eq!(one, on(7));
    assert_eq!(one.len(), 8, "{:?}", one.keys());
}

#[test]
fn ties_are_settled_by_the_policy_and_not_by_the_data() {
    let three = |extra: &str, seed: &str| {
        let round = Round::new(&format!("application_id,amount_sought{extra}\nA,500,1\nB,500,2\nC,500,3\n"));
        let policy = round.clone().budget("100").policy().replace("seed = \"test\"", seed);
        round.table("policy.toml", &policy).decide().amounts()
    };
    // 33⅓ each: one gets the hundredth euro, by lot, whatever the other columns say.
    let lot = three(",x", "seed = \"test\"");
    let mut sorted = lot.clone();
    sorted.sort();
    assert_eq!(sorted, ["33", "33", "34"]);
    assert_eq!(three(",y", "seed = \"test\""), lot);
    // Other seeds draw other lots: over thirty of them, everybody wins now and then.
    let mut winners = std::collections::BTreeSet::new();
    for seed in 0..30 {
        let lot = three(",x", &format!("seed = \"test\"\nrandom = \"{seed}\""));
        winners.insert(lot.iter().position(|a| a == "34").unwrap());
    }
    assert_eq!(winners.len(), 3);
}
