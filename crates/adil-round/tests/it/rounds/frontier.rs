//! The trade-off between two goals, beside what can be known of it by hand and by trying every set of weights.

use adil_domain::{Points, Rational};
use adil_round::inputs::{self, Inputs};
use adil_round::what_if::{Frontier, Kind, Per, Prepared, Search, frontier};

use super::Round;

const POT: &str = "[[pot]]\nid = \"all\"\ntitle = \"All\"\nshare = \"100%\"\nrule = \"fair-share\"\nweight = \"score\"\nreference = \"a test\"\n";

/// Indicators `criterion.indicator` with their weights, each the column of its own name.
fn rules(indicators: &[(&str, &str, &str)]) -> String {
    let mut text = String::new();
    let mut open = "";
    for (criterion, id, weight) in indicators {
        if *criterion != open {
            text += &format!(
                "[[criterion]]\nid = \"{criterion}\"\ntitle = \"{criterion}\"\nreference = \"a test\"\n"
            );
            open = criterion;
        }
        text += &format!(
            "[[criterion.indicator]]\nid = \"{id}\"\ntitle = \"{id}\"\nvalue = \"application.{id}\"\nweight = {weight}\n\
             scale = {{ kind = \"goalposts\", low = 0, high = 100 }}\nmissing = \"worst\"\nbecause = \"a test\"\n"
        );
    }
    text + POT
}

/// A is needy and little used, B the other way round, C is neither, D is refused.
const APPLICATIONS: &str = "application_id,amount_sought,need,use,extra,ok,territory\n\
     A,900,100,0,50,yes,N\nB,900,0,100,50,yes,S\nC,900,40,40,50,yes,S\nD,900,100,100,100,no,N\n";

const GATE: &str = "[[gate]]\nid = \"ok\"\ntitle = \"ok\"\nwhen = \"application.ok == 'yes'\"\nunknown = \"fail\"\nreference = \"a test\"\n";

fn conflicting(need: &str, uses: &str) -> Round {
    Round::new(APPLICATIONS)
        .table(
            "territories.csv",
            "territory,parent,level,name,population\nX,,country,X,400\nN,X,region,N,100\nS,X,region,S,300\n",
        )
        .rules(GATE)
        .rules(&rules(&[("need", "need", need), ("use", "use", uses)]))
}

fn read(round: &Round) -> Inputs {
    let reading = inputs::read(&round.files(), false);
    let said: Vec<String> = reading.problems.iter().map(ToString::to_string).collect();
    reading.inputs.unwrap_or_else(|| panic!("{}", said.join("\n")))
}

fn search(round: &Round, goals: &str, tries: usize, seed: u64) -> Frontier {
    let inputs = read(round);
    let prepared = Prepared::new(&inputs).unwrap_or_else(|e| panic!("{e:?}"));
    let goals = prepared.goal_pair(goals).unwrap();
    frontier(&prepared, goals, Search { tries, seed, within: None })
        .unwrap_or_else(|e| panic!("{e:?}"))
        .expect("money")
}

fn hundredths(points: Points) -> i64 {
    points.micro() / 10_000
}

fn reached(of: [Points; 2]) -> [i64; 2] {
    of.map(hundredths)
}

#[test]
fn goals_by_hand() {
    // Points: A 60, B 40, C 40; of 1,400 they get 600, 400 and 400.
    let round = conflicting("60", "40").budget("1400");
    assert_eq!(round.decide().amounts()[..3], ["600", "400", "400"]);
    let found = search(&round, "need:use", 20, 1);
    // (600·100 + 400·40) / 1400 and (400·100 + 400·40) / 1400.
    assert_eq!(reached(found.chosen.reached), [5429, 4000]);
    assert_eq!(found.chosen.divided.minor(), 140_000);

    // Money per head: N 600 of 100 people, S 800 of 300. The curve bends at (3/4, 4/7), so Gini is 3/4 − 4/7.
    let equality = search(&round, "equality:funded", 20, 1);
    assert_eq!(reached(equality.chosen.reached), [8214, 10_000], "the refused one counts nowhere");
    assert_eq!(equality.goals[0].kind, Kind::Equality { level: "region".into(), per: Per::Resident });
}

/// Which applications wait is no matter of weights: what is kept for them counts as theirs.
#[test]
fn a_held_application_counts_as_once_cleared() {
    let round = conflicting("60", "40").budget("1400");
    let held =
        round.clone().table("applications.csv", &APPLICATIONS.replace("50,yes,S\nC", "50,,S\nC")).rules("");
    let held = Round { rules: held.rules.replace("unknown = \"fail\"", "unknown = \"hold\""), ..held };
    assert_eq!(held.decide().amounts()[..3], ["600", "0", "400"]);
    for goals in ["need:use", "equality:funded"] {
        assert_eq!(search(&held, goals, 20, 1).chosen.reached, search(&round, goals, 20, 1).chosen.reached);
    }
}

#[test]
fn without_people_money_is_counted_for_what_is_asked() {
    let round = conflicting("60", "40")
        .budget("1400")
        .table("territories.csv", "territory,parent,level,name\nX,,country,X\nN,X,region,N\nS,X,region,S\n");
    let found = search(&round, "equality.region:need", 20, 1);
    assert_eq!(found.goals[0].kind, Kind::Equality { level: "region".into(), per: Per::Sought });
    // S asks for 1,800 of 2,700 and gets 800 of 1,400: Gini is 2/3 − 4/7.
    assert_eq!(hundredths(found.chosen.reached[0]), 9048);
}

#[test]
fn a_criterion_counts_its_indicators_by_the_published_weights() {
    let round = Round::new(APPLICATIONS).rules(GATE).rules(&rules(&[
        ("both", "need", "30"),
        ("both", "use", "10"),
        ("other", "extra", "60"),
    ]));
    let found = search(&round, "both:other.extra", 40, 1);
    // (3·need + use) / 4: A 75, B 25, C 40. Points: A 60, B 40, C 46, so 411, 274, 315 of 1,000.
    assert_eq!(round.decide().amounts()[..3], ["411", "274", "315"]);
    // (411·75 + 274·25 + 315·40) / 1000, halves to even.
    assert_eq!(hundredths(found.chosen.reached[0]), 5028);
    assert_eq!(hundredths(found.chosen.reached[1]), 5000);
    // All have the same extra, so nothing is lost by weighing it less: the two do not conflict.
    assert!(found.agree() && found.chosen_at.is_none());
    assert_eq!((found.more[0], found.more[1]), (Some(0), None));
    assert_eq!(found.curve[0].weights[0], Rational::from(100u8));
}

/// With two indicators there are 1,001 sets of tenths: all of them, by the slow way.
#[test]
fn the_curve_is_the_one_that_every_set_gives() {
    let round = conflicting("60", "40");
    let found = search(&round, "need:use", 2000, 1);
    assert!((900..=1001).contains(&found.tried), "{} sets: none is tried twice", found.tried);
    let grid: Vec<[i64; 2]> = (1..20)
        .map(|step| {
            let round = conflicting(&(step * 5).to_string(), &(100 - step * 5).to_string());
            let inputs = read(&round);
            let decision = adil_round::decide(&inputs).unwrap_or_else(|e| panic!("{e:?}"));
            let (mut need, mut uses, mut all) = (0i64, 0i64, 0i64);
            for (application, values) in
                decision.applications.iter().zip([[100, 0], [0, 100], [40, 40], [0, 0]])
            {
                let money = application.amount.minor() / 100;
                (need, uses, all) = (need + money * values[0], uses + money * values[1], all + money);
            }
            // Money is 1,000 whole euro, so hundredths are tenths of the sums.
            assert_eq!(all, 1000);
            [need / 10, uses / 10]
        })
        .collect();
    let curve: Vec<[i64; 2]> = found.curve.iter().map(|t| reached(t.reached)).collect();
    assert!(curve.windows(2).all(|w| w[0][0] < w[1][0] && w[0][1] > w[1][1]), "{curve:?}");
    for point in &grid {
        assert!(curve.iter().any(|c| c[0] >= point[0] && c[1] >= point[1]), "{point:?} is beyond {curve:?}");
    }
    // Nothing stands between A and B here but their weights: each set of the grid that no other surpasses is on the curve.
    let surpassed = |p: &[i64; 2]| grid.iter().any(|q| q != p && q[0] >= p[0] && q[1] >= p[1]);
    let best: Vec<&[i64; 2]> = grid.iter().filter(|p| !surpassed(p)).collect();
    assert!(
        best.len() > 10 && curve.first() <= best.first().copied() && curve.last() >= best.last().copied()
    );
    assert!(found.chosen_at.is_some() && found.more == [None, None]);
}

/// A few tries find what all find, nearly.
#[test]
fn two_hundred_tries_come_close_to_the_best_of_three_weights() {
    let round = Round::new("application_id,amount_sought,a,b,c\nA,900,100,10,0\nB,900,0,100,20\nC,900,30,0,100\nD,900,60,60,10\n")
        .rules(&rules(&[("one", "a", "50"), ("one", "b", "30"), ("two", "c", "20")]));
    let few = search(&round, "one.a:one.b", 200, 1);
    let many = search(&round, "one.a:one.b", 4000, 2);
    assert!(few.curve.len() > 10 && many.tried > 3500);
    // The area that the curve leaves below it, as far as all of it reaches.
    let ends: Vec<[i64; 2]> = many.curve.iter().map(|t| reached(t.reached)).collect();
    let corner = [ends[0][0], ends[ends.len() - 1][1]];
    let area = |found: &Frontier| {
        let (mut left, mut sum) = (corner[0], 0);
        for [x, y] in found.curve.iter().map(|t| reached(t.reached)) {
            sum += (x - left).max(0) * (y - corner[1]).max(0);
            left = x.max(left);
        }
        sum
    };
    assert!(area(&few) * 100 > area(&many) * 97, "{} of {}", area(&few), area(&many));
}

#[test]
fn published_weights_below_the_curve_are_told_what_was_to_be_had() {
    // Weight on what everybody has alike buys neither goal.
    let round = Round::new(
        "application_id,amount_sought,need,use,extra\nA,900,100,0,50\nB,900,0,100,50\nC,900,60,60,50\nD,900,0,0,50\n",
    )
    .rules(&rules(&[("need", "need", "20"), ("use", "use", "20"), ("extra", "extra", "60")]));
    let found = search(&round, "need:use", 300, 1);
    assert_eq!(found.chosen_at, None);
    for goal in [0, 1] {
        let at = found.more[goal].unwrap();
        let (better, published) = (reached(found.curve[at].reached), reached(found.chosen.reached));
        assert!(better[goal] > published[goal] && better[1 - goal] >= published[1 - goal]);
        // Nothing further along the curve keeps the other goal.
        let beyond =
            if goal == 0 { found.curve.get(at + 1) } else { at.checked_sub(1).map(|b| &found.curve[b]) };
        assert!(beyond.is_none_or(|t| reached(t.reached)[1 - goal] < published[1 - goal]));
    }
    let shown = found.shown(12);
    assert!(shown.len() <= 12 && shown.is_sorted() && shown.contains(&0));
    assert!(
        found.more.iter().flatten().all(|at| shown.contains(at)) && shown.contains(&(found.curve.len() - 1))
    );
}

#[test]
fn weights_can_be_kept_near_the_published_ones() {
    let inputs = read(&conflicting("60", "40"));
    let prepared = Prepared::new(&inputs).unwrap_or_else(|e| panic!("{e:?}"));
    let goals = prepared.goal_pair("need:use").unwrap();
    let search = Search { tries: 100, seed: 1, within: Some(5) };
    let found = frontier(&prepared, goals, search).unwrap_or_else(|e| panic!("{e:?}")).unwrap();
    let needs: Vec<&Rational> = found.curve.iter().map(|t| &t.weights[0]).collect();
    assert_eq!((needs[0], needs[needs.len() - 1]), (&Rational::from(55u8), &Rational::from(65u8)));
    assert!(found.curve.len() > 20 && found.chosen_at.is_some());
}

#[test]
fn one_indicator_leaves_nothing_to_vary() {
    let round = Round::new(APPLICATIONS).rules(GATE).rules(&rules(&[("need", "need", "100")]));
    let found = search(&round, "need:funded", 200, 1);
    assert!(!found.has_freedom() && found.agree());
    assert_eq!((found.tried, found.impossible, found.chosen_at), (1, 0, Some(0)));
}

#[test]
fn what_divides_nothing_is_counted_and_left_out() {
    // All weight on use gives nobody a point.
    let round = Round::new("application_id,amount_sought,need,use\nA,900,100,0\nB,900,50,0\n")
        .rules(&rules(&[("need", "need", "60"), ("use", "use", "40")]));
    let found = search(&round, "need:use", 30, 1);
    assert_eq!(found.impossible, 1);
    assert!(found.tried > 1 && found.tried <= 30);

    let inputs =
        read(&round.clone().table("applications.csv", "application_id,amount_sought,need,use\nA,900,0,0\n"));
    let prepared = Prepared::new(&inputs).unwrap_or_else(|e| panic!("{e:?}"));
    let goals = prepared.goal_pair("need:use").unwrap();
    let found = frontier(&prepared, goals, Search { tries: 10, seed: 1, within: None })
        .unwrap_or_else(|e| panic!("{e:?}"));
    assert_eq!(found, None);
}

/// Less money in the right hands is no gain: with all weight on need, B would get nothing and A no more than it asks for.
#[test]
fn what_divides_less_is_set_aside() {
    let capped = POT.replace("reference", "ceiling = \"application.amount_sought\"\nreference");
    let round = Round::new("application_id,amount_sought,need,use\nA,600,100,0\nB,600,0,100\n")
        .rules(&rules(&[("need", "need", "60"), ("use", "use", "40")]).replace(POT, &capped));
    let found = search(&round, "need:use", 60, 1);
    assert_eq!((found.set_aside, found.impossible), (2, 0), "both ends");
    assert!(found.curve.iter().all(|t| t.divided == found.chosen.divided));
    // A at its ceiling is the best for need that divides everything.
    assert_eq!(found.curve.last().map(|t| reached(t.reached)), Some([6000, 4000]));
}

#[test]
fn unknown_goals_name_the_nearest_and_all() {
    let inputs = read(&conflicting("60", "40"));
    let prepared = Prepared::new(&inputs).unwrap_or_else(|e| panic!("{e:?}"));
    let refused = |text: &str| prepared.goal_pair(text).unwrap_err().to_string();
    assert_eq!(
        refused("nead:use"),
        "This round has no goal `nead`. Did you mean `need`? Its goals are: need, need.need, use, use.use, equality, \
         equality.region, funded."
    );
    assert!(
        refused("need:something.else")
            .starts_with("This round has no goal `something.else`. Its goals are: need,")
    );
    assert_eq!(refused("need"), "`need` is not a pair of goals. Write GOAL:GOAL, such as need:funded.");
    assert!(refused("need:use:funded").contains("not a pair"));
    assert_eq!(
        refused("equality:equality.region"),
        "`equality.region` stands on both sides. There is a trade-off only between two goals."
    );
}

#[test]
fn the_same_seed_finds_the_same_with_any_number_of_threads() {
    let round = conflicting("55.25", "44.75");
    let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let first = search(&round, "need:equality", 120, 5);
    assert_eq!(alone.install(|| search(&round, "need:equality", 120, 5)), first);
    assert_ne!(search(&round, "need:equality", 120, 6).others, first.others);
    let decision = round.decide().decision;
    let json = first.json(&decision);
    assert_eq!(json["chosen"]["weights"]["need.need"], "55.25");
    assert_eq!(json["curve"].as_array().unwrap().len(), first.curve.len());
    assert_eq!(json["goals"][1]["per"], "resident");
    assert_eq!(json["is_the_decision"], false);
    // Every set but the published one is in tenths and sums to 100.
    for tried in first.curve.iter().filter(|t| t.weights != first.chosen.weights) {
        assert_eq!(tried.weights.iter().cloned().sum::<Rational>(), Rational::from(100u8));
        assert!(tried.weights.iter().all(|w| w.fixed(1) == *w));
    }
}
