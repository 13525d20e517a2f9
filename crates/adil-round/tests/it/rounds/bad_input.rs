//! Bad input, each as the person who sent it reads about it.

use insta::assert_snapshot;

use super::{BY_ASK, Round, errors, list};

const TWO: &str = "application_id,territory,amount_sought,amount_minimum\nA,X,600,\nB,X,900,100\n";

fn two() -> Round {
    Round::new(TWO)
}

/// The two applications with `from` replaced in their table.
fn with(from: &str, to: &str) -> String {
    let edited = TWO.replacen(from, to, 1);
    assert_ne!(edited, TWO);
    list(&Round::new(&edited).problems())
}

/// The two applications under a policy in which `from` is replaced.
fn under(round: &Round, from: &str, to: &str) -> String {
    let policy = round.policy();
    let edited = policy.replacen(from, to, 1);
    assert_ne!(edited, policy);
    errors(&round.clone().table("policy.toml", &edited).problems())
}

fn gate(when: &str) -> String {
    format!("[[gate]]\nid = \"g\"\ntitle = \"G\"\nwhen = \"{when}\"\nreference = \"a test\"\n")
}

fn indicator(weight: &str, scale: &str) -> String {
    format!(
        "[[criterion]]\nid = \"c\"\ntitle = \"C\"\nreference = \"a test\"\n[[criterion.indicator]]\nid = \"i\"\ntitle = \"I\"\n\
         value = \"application.amount_sought\"\nweight = {weight}\nscale = {scale}\nmissing = \"worst\"\nbecause = \"a test\"\n"
    )
}

#[test]
fn no_rules_and_no_applications() {
    let mut round = two();
    round.files.remove("applications.csv");
    assert_snapshot!("no_applications", list(&round.problems()));
    let nothing = adil_round::inputs::read(&adil_round::folder::Files::new(), false);
    assert!(nothing.inputs.is_none());
    assert_snapshot!("nothing_at_all", list(&nothing.problems));
}

#[test]
fn columns_that_are_not_there() {
    let table = "application,territory,amount\nA,X,600\n";
    assert_snapshot!(list(&Round::new(table).problems()));
}

#[test]
fn the_same_application_twice() {
    assert_snapshot!(with("B,", "A,"));
}

#[test]
fn a_place_that_is_not_in_the_table_of_places() {
    let round = Round::new(&TWO.replacen("B,X", "B,Exfrod", 1))
        .table("territories.csv", "territory,level\nX,county\nExford,county\n");
    assert_snapshot!(list(&round.problems()));
}

#[test]
fn amounts_that_are_no_money() {
    let amounts = ["-5", "99999999999999999999", "1.234", "\"1.234,56\"", "NaN", "inf", "1e6", "€600", "six"];
    let all: Vec<String> = amounts.iter().map(|a| format!("{a}\n{}\n", with("600", a))).collect();
    assert_snapshot!(all.join("\n"));
}

#[test]
fn a_minimum_above_the_ask() {
    assert_snapshot!(with("900,100", "900,900.01"));
}

#[test]
fn a_header_and_nothing_more() {
    assert_snapshot!(list(&Round::new("application_id,amount_sought\n").problems()));
}

#[test]
fn budgets_and_steps_that_are_none() {
    let all: Vec<String> =
        [two().budget("0"), two().budget("-1"), two().budget("1.234"), two().budget("much"), two().unit("0")]
            .iter()
            .map(|round| format!("{} by {}\n{}\n", round.budget, round.unit, errors(&round.problems())))
            .collect();
    assert_snapshot!(all.join("\n"));
}

#[test]
fn a_column_with_a_slip_of_the_pen() {
    assert_snapshot!(errors(&two().rules(&gate("application.amount_sougth > 0")).problems()));
}

#[test]
fn a_table_that_is_named_but_not_there() {
    assert_snapshot!(errors(
        &two().rules(&gate("check.bankruptcy == 'pass' && count(history.amount) == 0")).problems()
    ));
}

#[test]
fn text_compared_with_a_number() {
    assert_snapshot!(errors(&two().rules(&gate("application.territory > 3")).problems()));
}

#[test]
fn weights_that_are_not_a_hundred() {
    let goalposts = "{ kind = \"goalposts\", low = 0, high = 1 }";
    assert_snapshot!(errors(&two().rules(&indicator("99.5", goalposts)).problems()));
}

#[test]
fn shares_above_a_hundred_per_cent() {
    let second = BY_ASK.replace("\"all\"", "\"more\"").replace("100%", "0.1%");
    let rules = BY_ASK.to_owned() + &second;
    assert_snapshot!(errors(&two().rules(&rules).problems()));
}

#[test]
fn a_scale_with_equal_ends() {
    let flat = "{ kind = \"goalposts\", low = 5, high = 5.0 }";
    assert_snapshot!(errors(&two().rules(&indicator("100", flat)).problems()));
}

#[test]
fn a_rule_that_has_run_out() {
    let gate = gate("application.amount_sought > 0") + "until = \"2023-12-30\"\n";
    assert_snapshot!(list(&two().rules(&gate).problems()));
}

#[test]
fn the_applicants_word_as_weight_without_a_reason() {
    assert_snapshot!(under(&two(), "weight_because = \"nothing else is known\"\n", ""));
}

#[test]
fn a_rule_of_division_not_built_yet() {
    assert_snapshot!(under(&two(), "\"fair-share\"", "\"equal-shares\""));
}

#[test]
fn keys_countries_and_currencies_with_a_slip_of_the_pen() {
    assert_snapshot!("unknown_key", under(&two(), "ceiling =", "celing ="));
    assert_snapshot!("unknown_country", under(&two(), "country = \"ie\"", "country = \"ei\""));
    assert_snapshot!("no_toml", under(&two(), "[[pot]]", "[[pot]"));
}

#[test]
fn answers_and_history_that_can_not_be_read() {
    let round = two()
        .table("checks.csv", "operator_id,check,outcome,as_of,source\n1,x,Pass,2023-12-01,a\n1,x,pass,31.12.2023,a\n1,x,fail,,a\n")
        .table("history.csv", "club,amount\n1,-3\n");
    assert_snapshot!(list(&round.problems()));
}

#[test]
fn references_to_nothing() {
    let round =
        Round::new("application_id,facility_id,operator_id,amount_sought\nA,f1,7,100\nB,f9,,100\nC,,8,100\n")
            .table("facilities.csv", "facility_id,operator_id\nf1,9\nf1,7\n")
            .table("operators.csv", "operator_id\n7\n");
    assert_snapshot!(list(&round.problems()));
}

#[test]
fn places_that_are_no_tree() {
    let round = two().table(
        "territories.csv",
        "territory,parent,level,population\nX,Y,county,1\nY,X,county,many\nZ,nowhere,county,3\nX,,county,1\n",
    );
    assert_snapshot!(list(&round.problems()));
}

#[test]
fn a_policy_that_is_no_text() {
    let mut round = two();
    let mut bytes = round.policy().into_bytes();
    let at = bytes.iter().position(|b| *b == b'A').unwrap();
    bytes[at] = 0xcf;
    round.files.insert("policy.toml".into(), bytes);
    assert_snapshot!(list(&round.problems()));
}

#[test]
fn all_problems_come_at_once() {
    let round =
        Round::new("application_id,amount_sought\nA,-5\nA,x\n").rules(&gate("application.nothing > 0"));
    let problems = round.problems();
    let codes: Vec<&str> = problems.iter().map(|p| p.code).collect();
    for code in ["negative-money", "not-money", "duplicate-id", "unknown-column"] {
        assert!(codes.contains(&code), "{codes:?}");
    }
}

#[test]
fn a_source_that_must_answer_and_did_not() {
    let source = "[[source]]\nname = \"register\"\nrequired = true\n";
    let round = two()
        .rules(&(source.to_owned() + &gate("check.x == 'pass'")))
        .table("checks.csv", "operator_id,check,outcome,as_of,source\n1,x,pass,2023-12-01,court\n");
    assert_snapshot!(errors(&round.problems()));
}

#[test]
fn answers_of_one_day_that_contradict_each_other() {
    let checks = "operator_id,check,outcome,as_of,source\n1,x,pass,2023-12-01,a\n1,x,fail,2023-12-01,a\n";
    assert_snapshot!(errors(&two().table("checks.csv", checks).problems()));
}
