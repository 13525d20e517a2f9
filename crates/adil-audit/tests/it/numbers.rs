//! Each number against one worked out by hand.

use adil_audit::{Audit, Backing, Kind, json};
use adil_domain::Money;

use super::{PLACES, files, indicator, read, whole};

fn euro(text: &str) -> Money {
    Money::parse(text, "EUR".parse().unwrap()).unwrap()
}

/// Two applications in X, one in Y; points 50, 50 and 100, each asks for 100; 200 euro: 50, 50 and 100.
fn three() -> Audit {
    read(&files(
        "200",
        &indicator("need", 100, "worst"),
        &[
            (
                "applications.csv",
                "application_id,facility_id,territory,amount_sought,previous_amount\n\
                 A,F1,X,100,30\nB,F2,X,100,30\nC,F3,Y,100,40\n",
            ),
            ("facilities.csv", "facility_id,rural,need\nF1,yes,50\nF2,no,50\nF3,no,100\n"),
            ("territories.csv", PLACES),
        ],
    ))
}

#[test]
fn money_per_application_and_per_resident() {
    let audit = three();
    let places = audit.fairness.comparisons.iter().find(|c| c.dimension.kind == Kind::Place).unwrap();
    assert_eq!(places.dimension.column, ("territories.csv".to_owned(), "county".to_owned()));
    let [x, y] = places.lines.as_slice() else { panic!("two places") };
    assert_eq!((x.applications, x.money, y.money), (2, euro("100"), euro("100")));
    // 50 and 100 beside 200/3: three quarters, and one and a half times.
    assert_eq!(x.per_application.ratio.map(|r| r.to_string()).as_deref(), Some("0.7500"));
    assert_eq!(y.per_application.ratio.map(|r| r.to_string()).as_deref(), Some("1.5000"));
    assert_eq!(x.per_application.interval, None, "two applications have no interval");
    // 100 euro for 6,000 people and for 4,000, beside 200 for 10,000.
    let per_resident = [x, y].map(|l| {
        let share = l.per_resident.as_ref().unwrap();
        (share.amount.to_decimal(2), share.ratio.unwrap().to_string())
    });
    let expected = [("0.02", "0.8333"), ("0.02", "1.2500")].map(|(a, r)| (a.to_owned(), r.to_owned()));
    assert_eq!(per_resident, expected);
    assert_eq!(x.per_child, None, "no table counts children");
}

#[test]
fn towns_and_villages_are_found_by_the_name_of_their_column() {
    let audit = three();
    let settled = audit.fairness.comparisons.iter().find(|c| c.dimension.kind == Kind::Settlement).unwrap();
    assert_eq!(settled.dimension.column, ("facilities.csv".to_owned(), "rural".to_owned()));
    let keys: Vec<&str> = settled.dimension.groups.iter().map(|g| g.key.as_str()).collect();
    assert_eq!(keys, ["no", "yes"]);
    assert_eq!(settled.dimension.of, [1, 0, 0]);
    assert!(audit.fairness.absent.contains(&Kind::Sex), "what no table says is said");
}

#[test]
fn the_curve_of_this_time_and_of_the_time_before() {
    let equality = three().equality.unwrap();
    assert_eq!((equality.level.as_str(), equality.places), ("county", 2));
    // X has 60 % of the people and half of the money: 1 − 0.6·0.5 − 0.4·1.5 = 0.1.
    assert_eq!(equality.now.gini.to_string(), "0.1000");
    // The first tenth of people lives in X: a sixth of its half.
    assert_eq!(equality.now.poorest_tenth.to_string(), "0.0833");
    // Before: 60 for 6,000 and 40 for 4,000 is the same for everyone.
    assert_eq!(equality.before.unwrap().1.gini.to_string(), "0.0000");
}

#[test]
fn asking_for_a_tenth_more() {
    // Two equal applications share 100; who asks for 110 gets 100 · 110/210 = 52.38.
    let audit = read(&files(
        "100",
        &indicator("need", 100, "worst"),
        &[
            (
                "applications.csv",
                "application_id,facility_id,territory,amount_sought\nA,F1,X,100\nB,F2,X,100\n",
            ),
            ("facilities.csv", "facility_id,need\nF1,50\nF2,50\n"),
            ("territories.csv", PLACES),
        ],
    ));
    let asking = audit.asking.unwrap();
    assert_eq!((asking.asked, asking.of, asking.gain, asking.lose), (2, 2, 2, 0));
    assert_eq!((asking.more_asked, asking.more_given), (euro("20"), euro("4.76")));
    assert_eq!((asking.mean, asking.of_each.unwrap().to_string().as_str()), (euro("2.38"), "0.2380"));
    assert_eq!(asking.most.unwrap().gain, euro("2.38"));
    assert_eq!(audit.own_sizes, [0], "points are multiplied by what the applicant asks for");
}

/// Asking about one application is the same as writing the other amount into its row and deciding the whole round.
#[test]
fn asking_is_deciding_again() {
    let files = whole();
    let reading = adil_round::inputs::read(&files, false);
    let inputs = reading.inputs.unwrap();
    let mut prepared = adil_round::what_if::Prepared::new(&inputs).unwrap();
    let before: Vec<Money> = prepared.decision().unwrap().applications.iter().map(|a| a.amount).collect();
    for at in [1, 7, 20, 47] {
        let application = &prepared.decision().unwrap().applications[at];
        let (id, sought) = (application.id.clone(), application.sought.unwrap());
        let more = Money::from_minor(sought.minor() * 3 / 2, sought.currency());
        let would = prepared.asking(at, more).unwrap().unwrap();
        let table = String::from_utf8(files["applications.csv"].clone()).unwrap();
        let row = table.lines().find(|l| l.starts_with(&format!("{id},"))).unwrap();
        let changed =
            format!("{}{}", row.strip_suffix(&sought.to_short_string()).unwrap(), more.to_short_string());
        let mut other = files.clone();
        other.insert("applications.csv".to_owned(), table.replace(row, &changed).into_bytes());
        let decided = adil_round::decide_files(&other).unwrap();
        assert_eq!(decided.applications[at].amount, would, "{id}");
        assert_ne!(would, before[at], "{id}");
    }
    let after: Vec<Money> = prepared.decision().unwrap().applications.iter().map(|a| a.amount).collect();
    assert_eq!(after, before, "a question leaves the round as it was");
    assert_eq!(prepared.asking(48, euro("5")).unwrap(), None, "there is no such application");
}

#[test]
fn points_lost_to_missing_values() {
    // Values 20, 40 and none in towns: the median 30 would give 30 points to the one that has none.
    let audit = read(&files(
        "100",
        &indicator("need", 100, "worst"),
        &[
            (
                "applications.csv",
                "application_id,facility_id,territory,amount_sought\nA,F1,X,10\nB,F2,X,10\nC,F3,X,10\nD,F4,Y,10\n",
            ),
            ("facilities.csv", "facility_id,rural,need\nF1,no,20\nF2,no,40\nF3,no,\nF4,yes,90\n"),
            ("territories.csv", PLACES),
        ],
    ));
    assert_eq!(audit.missing.share.to_string(), "0.2500");
    let settled = &audit.missing.by[0];
    assert_eq!(settled.dimension.kind, Kind::Settlement);
    let town = settled.lines[0].as_ref().unwrap();
    assert_eq!(
        (town.points.micro(), town.with_medians.micro(), town.lost.micro()),
        (20_000_000, 30_000_000, 10_000_000)
    );
    assert_eq!(town.missing.to_string(), "0.3333");
    assert_eq!(settled.lines[1].as_ref().unwrap().lost.micro(), 0);
}

#[test]
fn indicators_beside_their_weights() {
    let audit = read(&files(
        "100",
        &(indicator("need", 50, "worst") + &indicator("same", 50, "worst")),
        &[
            (
                "applications.csv",
                "application_id,facility_id,territory,amount_sought\nA,F1,X,10\nB,F2,X,10\nC,F3,Y,10\n",
            ),
            ("facilities.csv", "facility_id,need,same\nF1,0,40\nF2,50,40\nF3,100,40\n"),
            ("territories.csv", PLACES),
        ],
    ));
    let [need, same] = audit.composite.indicators.as_slice() else { panic!("two indicators") };
    assert_eq!(need.id, "about-need.need");
    assert_eq!(
        (need.effective.unwrap().to_string(), same.effective.unwrap().to_string()),
        ("1.0000".into(), "0.0000".into())
    );
    assert!(same.never_matters(), "the same for everyone");
    // Without it all share the second place: the first and the last move by one of three places, the middle by none.
    assert_eq!(need.shift.unwrap().to_string(), "0.2222");
    assert_eq!(need.mean.micro(), 25_000_000);
    // Points 0, 25, 50: the deviation is 25 · √(2/3).
    assert_eq!(need.deviation.to_string(), "20.4124");
    assert_eq!(audit.composite.pairs[0].correlation, None, "one of both never changes");
}

#[test]
fn money_by_the_sex_and_age_of_children() {
    // 100 euro each. F1 has five girls and five boys, F2 five boys: 50/5 for a girl, (50 + 100)/10 for a boy.
    let mut children = String::from("participant,sex,age\n");
    let mut vouchers = String::from("participant,section_id\n");
    for (i, (sex, age, section)) in [("f", 8, "S1"), ("m", 8, "S1"), ("m", 12, "S2")].into_iter().enumerate()
    {
        for j in 0..5 {
            children.push_str(&format!("p{i}{j},{sex},{age}\n"));
            // A second voucher at the same facility makes no second child.
            vouchers.push_str(&format!("p{i}{j},{section}\np{i}{j},{section}\n"));
        }
    }
    let audit = read(&files(
        "200",
        &indicator("need", 100, "worst"),
        &[
            (
                "applications.csv",
                "application_id,facility_id,territory,amount_sought\nA,F1,X,10\nB,F2,X,10\n",
            ),
            ("facilities.csv", "facility_id,need\nF1,50\nF2,50\n"),
            ("territories.csv", PLACES),
            ("sections.csv", "section_id,facility_id\nS1,F1\nS2,F2\n"),
            ("children.csv", &children),
            ("vouchers.csv", &vouchers),
        ],
    ));
    let [sex, age] = audit.fairness.people.as_slice() else { panic!("two: {:?}", audit.fairness.people) };
    let said = |p: &adil_audit::PeopleComparison| -> Vec<(String, i128, String, String)> {
        let line = |l: &adil_audit::PeopleLine| {
            let share = &l.per_person;
            (l.key.clone(), l.people, share.amount.to_decimal(2), share.ratio.unwrap().to_string())
        };
        p.lines.iter().map(line).collect()
    };
    let line =
        |key: &str, n, amount: &str, ratio: &str| (key.to_owned(), n, amount.to_owned(), ratio.to_owned());
    // Beside 200/15 for every child.
    assert_eq!(said(sex), [line("f", 5, "10.00", "0.7500"), line("m", 10, "15.00", "1.1250")]);
    assert_eq!(said(age), [line("07-10", 10, "10.00", "0.7500"), line("11-14", 5, "20.00", "1.5000")]);
    assert!(!audit.fairness.absent.contains(&Kind::Sex) && !audit.fairness.absent.contains(&Kind::Age));
}

#[test]
fn this_years_points_beside_last_years_money() {
    let mut applications = String::from("application_id,facility_id,territory,amount_sought\n");
    let mut facilities = String::from("facility_id,need\n");
    let mut history = String::from("facility_id,period,amount\n");
    for i in 1..=12 {
        applications.push_str(&format!("A{i:02},F{i:02},X,10\n"));
        facilities.push_str(&format!("F{i:02},{}\n", i * 5));
        // The last period counts, and in it the order is the very opposite.
        history.push_str(&format!("F{i:02},2021,{i}\nF{i:02},2022,{}\n", 100 - i));
    }
    let tables: [(&str, &str); 4] = [
        ("applications.csv", &applications),
        ("facilities.csv", &facilities),
        ("history.csv", &history),
        ("territories.csv", PLACES),
    ];
    let audit = read(&files("100", &indicator("need", 100, "worst"), &tables));
    let [found] = audit.backtests.as_slice() else { panic!("one column: {:?}", audit.backtests) };
    assert_eq!((found.column.as_str(), found.period.as_str(), found.applications), ("amount", "2022", 12));
    assert_eq!(found.correlation.to_string(), "-1.0000");
    assert!(!found.built_in);
}

#[test]
fn parts_sum_to_what_is_awarded() {
    let audit = read(&whole());
    let awarded = audit.decision.totals.awarded;
    let minor = |parts: &[Money]| parts.iter().map(|m| m.minor()).sum::<i64>();
    let rests: Vec<Money> = audit.backing.iter().map(|(_, m)| *m).collect();
    assert_eq!(minor(&rests), awarded.minor());
    assert!(
        audit.backing.iter().any(|(b, m)| *b == Backing::Nobody && m.minor() > 0),
        "no package names a source"
    );
    for comparison in &audit.fairness.comparisons {
        let groups: Vec<Money> = comparison.lines.iter().map(|l| l.money).collect();
        assert_eq!(minor(&groups), awarded.minor(), "{:?}", comparison.dimension.kind);
        for gap in comparison.gaps.iter().flatten() {
            assert_eq!(gap.explained.minor() + gap.unexplained.minor(), gap.difference.minor());
            assert!(gap.low <= gap.unexplained && gap.unexplained <= gap.high);
        }
        for line in &comparison.lines {
            if let (Some(ratio), Some(i)) = (line.per_application.ratio, line.per_application.interval) {
                assert!(i.low <= ratio && ratio <= i.high, "{ratio} in {i:?}");
            }
        }
    }
    assert!(audit.fairness.comparisons.iter().any(|c| c.gaps.iter().flatten().count() > 0));
    assert_eq!(audit.fairness.people[0].lines.len(), 2);
}

#[test]
fn rows_in_another_order_and_other_threads_change_nothing() {
    let expected = json(&read(&whole())).to_string();
    let mut turned = whole();
    for (name, bytes) in turned.iter_mut().filter(|(name, _)| *name != "policy.toml") {
        let text = String::from_utf8(bytes.clone()).unwrap();
        let (head, rows) = text.split_once('\n').unwrap();
        let mut rows: Vec<&str> = rows.lines().collect();
        rows.reverse();
        *bytes = format!("{head}\n{}\n", rows.join("\n")).into_bytes();
        assert_ne!(*bytes, text.into_bytes(), "{name}");
    }
    let mut answer = json(&read(&turned));
    // Files with other bytes have other digests; all else is the same.
    answer["inputs"] = serde_json::from_str::<serde_json::Value>(&expected).unwrap()["inputs"].clone();
    assert_eq!(answer.to_string(), expected);
    for threads in [1, 3] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        assert_eq!(pool.install(|| json(&read(&whole())).to_string()), expected, "{threads}");
    }
}
