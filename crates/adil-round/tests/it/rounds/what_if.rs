//! The same round under other rules.

use adil_policy::Policy;
use adil_round::what_if::{Patch, PatchError, apply};

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
