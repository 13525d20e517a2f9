//! What owners state, and what they mistype.

use adil_card::{FIELDS, Statement};
use adil_domain::{Language, Problems};

fn refused(text: &str) -> Vec<String> {
    let mut problems = Problems::new();
    assert_eq!(Statement::read("ABOUT.toml", text, &mut problems), None, "{text}");
    problems.iter().map(ToString::to_string).collect()
}

#[test]
fn texts_hold_for_all_languages_or_for_one_each() {
    let mut problems = Problems::new();
    let text =
        "team = \"We\"\nscope = { kk = \"Аясы\", en = \"Scope\" }\nnot_for = [{ ru = \"Нет\" }, \"No\"]";
    let found = Statement::read("ABOUT.toml", text, &mut problems).unwrap();
    assert!(problems.is_empty());
    assert_eq!(found.fields["team"].text(Language::RU), "We");
    assert_eq!(found.fields["scope"].text(Language::KK), "Аясы");
    assert_eq!(found.fields["scope"].text(Language::RU), "Scope", "another language rather than nothing");
    assert_eq!(found.not_for.len(), 2);
}

#[test]
fn all_that_is_wrong_is_said_with_what_may_be_meant() {
    let said =
        refused("teem = \"We\"\nscope = { eng = \"x\" }\nphase = 3\nnot_for = \"x\"\nbenefit = { en = 1 }\n");
    assert_eq!(said.len(), 5, "{said:?}");
    for part in
        ["`teem`", "Did you mean `team`?", "`eng`", "Did you mean `en`?", "A text is expected", "a list"]
    {
        assert!(said.iter().any(|s| s.contains(part)), "{part}: {said:?}");
    }
    assert!(refused("team = ")[0].contains("no TOML"));
}

#[test]
fn fields_are_numbered_in_order_and_named_once() {
    let numbers: Vec<Vec<u32>> =
        FIELDS.iter().map(|f| f.number.split('.').map(|n| n.parse().unwrap()).collect()).collect();
    assert!(numbers.is_sorted());
    let mut keys: Vec<&str> = FIELDS.iter().map(|f| f.key).collect();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), FIELDS.len());
    assert!(FIELDS.windows(2).all(|w| w[0].part <= w[1].part));
}
