//! The same round under other rules.

use adil_policy::Policy;
use adil_round::what_if::{Answer, Patch, PatchError, Prepared, apply};

use super::Round;

fn round() -> Round {
    let indicator = |id: &str, column: &str, weight: u32| {
        format!(
            "[[criterion.indicator]]\nid = \"{id}\"\ntitle = \"{id}\"\nvalue = \"application.{column}\"\nweight = {weight}\n\
             scale = {{ kind = \"goalposts\", low = 0, high = 100 }}\nmissing = \"worst\"\nbecause = \"a test\"\n"
        )
    };
    let criterion =
        |id: &str| format!("[[criterion]]\nid = \"{id}\"\ntitle = \"{id}\"\nreference = \"a test\"\n");
    let rules = criterion("need")
        + &indicator("place", "a", 50)
        + &indicator("money", "b", 30)
        + &criterion("kind")
        + &indicator("sort", "c", 20)
        + "[[pot]]\nid = \"all\"\ntitle = \"All\"\nshare = \"100%\"\nrule = \"fair-share\"\nweight = \"score\"\nreference = \"a test\"\n";
    Round::new("application_id,amount_sought,a,b,c\nA,900,100,0,0\nB,900,0,100,0\nC,900,0,0,100\n")
        .rules(&rules)
}

fn changed(changes: &[&str]) -> Result<Policy, PatchError> {
    let patches: Vec<Patch> = changes.iter().map(|c| c.parse()).collect::<Result<_, _>>()?;
    apply(&round().decide().decision.policy, &patches)
}

fn weights(policy: &Policy) -> Vec<String> {
    policy.criteria.iter().flat_map(|c| &c.indicators).map(|i| i.weight.to_string()).collect()
}

fn refused(changes: &[&str]) -> String {
    changed(changes).unwrap_err().to_string()
}

#[test]
fn the_other_weights_rescale_in_proportion() {
    assert_eq!(weights(&changed(&["weight.need.place=75"]).unwrap()), ["75", "15", "10"]);
    assert_eq!(weights(&changed(&["weight.need.place=0"]).unwrap()), ["0", "60", "40"]);
    assert_eq!(weights(&changed(&["weight.need.place=100"]).unwrap()), ["100", "0", "0"]);
    // What was set stays as set, all of it.
    assert_eq!(
        weights(&changed(&["weight.need.place=10", "weight.kind.sort = 60"]).unwrap()),
        ["10", "30", "60"]
    );
    assert_eq!(weights(&changed(&["weight.kind.sort=12.5"]).unwrap())[2], "12.5");
}

#[test]
fn the_amounts_follow_the_weights_and_the_budget() {
    let files = round().files();
    let decide = |changes: &[&str]| {
        let mut inputs = adil_round::inputs::read(&files, false).inputs.unwrap();
        inputs.policy = changed(changes).unwrap();
        super::Decided::of(adil_round::decide(&inputs).ok().unwrap()).amounts()
    };
    assert_eq!(decide(&[]), ["500", "300", "200"]);
    assert_eq!(decide(&["weight.need.place=75"]), ["750", "150", "100"]);
    assert_eq!(decide(&["budget=2000"]), ["1000", "600", "400"]);
    assert_eq!(decide(&["budget=100", "weight.need.place=75"]), ["75", "15", "10"]);
}

#[test]
fn what_can_not_be_is_said() {
    assert_eq!(
        refused(&["weight.need.plaec=3"]),
        "The policy has no indicator `need.plaec`. Did you mean `need.place`?"
    );
    assert!(refused(&["weight.need.place=1", "weight.need.place=2"]).contains("`need.place` is set twice"));
    assert!(refused(&["weight.need.place=60", "weight.kind.sort=50"]).contains("sum to 110"));
    for weight in ["-1", "100.01", "much", "", "1e2"] {
        assert!(
            refused(&[&format!("weight.need.place={weight}")]).contains("not a number from 0 to 100"),
            "{weight}"
        );
    }
    for budget in ["0", "-5", "12.345", "1.234,56", "", "99999999999999999999"] {
        assert!(
            refused(&[&format!("budget={budget}")]).contains("not an amount of money above zero"),
            "{budget}"
        );
    }
    for form in ["weight", "weight.need=3", "budget", "unit=3", "weight.a.b.c=1", "=", ""] {
        assert!(refused(&[form]).contains("is not a change"), "{form}");
    }
    let all = "weight.need.place=20";
    assert!(refused(&[all, "weight.need.money=20", "weight.kind.sort=20"]).contains("has all of the weight"));
}

/// A round with a held application, a refused one, one without a quantity, two pots, bounds of places and minimums.
fn many_sided(weight: &str, floor: &str) -> Round {
    let mut applications =
        String::from("application_id,amount_sought,amount_minimum,territory,a,b,c,size,fit\n");
    for n in 0..60u32 {
        let (a, b, c) = (n * 37 % 101, n * 53 % 97, n * 29 % 89);
        let (place, size) =
            (["N", "S", "T"][n as usize % 3], if n == 17 { String::new() } else { (n % 11).to_string() });
        let fit = ["true", "true", "true", "false", ""][n as usize % 5];
        let minimum = if n % 4 == 0 { "40" } else { "" };
        applications += &format!("A{n:02},{},{minimum},{place},{a},{b},{c},{size},{fit}\n", 50 + n * 7 % 83);
    }
    let mut round = round().budget("2000").table("applications.csv", &applications).table(
        "territories.csv",
        "territory,parent,level,population\nC,,country,60\nN,C,county,30\nS,C,county,20\nT,C,county,10\n",
    );
    let (criteria, _) = round.rules.split_once("[[pot]]").unwrap();
    round.rules = format!(
        "[[gate]]\nid = \"fit\"\ntitle = \"Fit\"\nwhen = \"application.fit\"\nunknown = \"hold\"\nreference = \"a test\"\n{criteria}\
         [[pot]]\nid = \"first\"\ntitle = \"First\"\nshare = \"70%\"\nrule = \"fair-share\"\nreference = \"a test\"\n\
         weight = \"{weight}\"\nweight_because = \"a test\"\nfloor = \"{floor}\"\nfloor_because = \"a test\"\n\
         minimum = \"application.amount_minimum\"\nceiling = \"application.amount_sought\"\n\
         [[pot.bound]]\nlevel = \"county\"\nceiling = \"pot * (0.2 + 0.4 * territory.population_share)\"\n\
         [[pot]]\nid = \"second\"\ntitle = \"Second\"\nshare = \"30%\"\nrule = \"fair-share\"\nreference = \"a test\"\n\
         when = \"application.b > 20\"\nweight = \"score\"\n"
    );
    round
}

#[test]
fn a_prepared_round_answers_as_a_decision_would() {
    // Straight lines in the score, which are kept; a curve and a floor that moves with it, which are not.
    let rounds = [
        ("score * application.size", "0"),
        ("application.size > 5 ? 2 * score : score * application.size / 3 + 1", "0.5"),
        ("score * score", "0"),
        ("score * application.size", "score / 100"),
        ("max(score, 20)", "1"),
    ];
    for (weight, floor) in rounds {
        let files = many_sided(weight, floor).files();
        let inputs = adil_round::inputs::read(&files, false).inputs.unwrap();
        let prepared = Prepared::new(&inputs).ok().unwrap();
        let own = Answer::from(&prepared.decision().ok().unwrap());
        let mut moved = 0;
        for changes in [
            &[][..],
            &["weight.need.place=90"],
            &["weight.need.place=0", "weight.kind.sort=61.3"],
            &["budget=1234"],
        ] {
            let patches: Vec<Patch> = changes.iter().map(|c| c.parse().unwrap()).collect();
            let policy = apply(&inputs.policy, &patches).unwrap();
            let answer = prepared.ask(&policy).ok().unwrap();
            let mut changed = adil_round::inputs::read(&files, false).inputs.unwrap();
            changed.policy = policy;
            let decided = Answer::from(&adil_round::decide(&changed).ok().unwrap());
            assert_eq!(answer.applications, decided.applications, "{weight}; {floor}; {changes:?}");
            assert_eq!(answer.by_place, decided.by_place, "{weight}; {floor}; {changes:?}");
            moved += usize::from(answer.applications != own.applications);
        }
        assert!(moved >= 3, "{weight}: the questions must move something");
    }
}
