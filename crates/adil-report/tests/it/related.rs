//! Operators that count as one are shown together, with what they share and how concentrated the money is.

use std::fmt::Write as _;
use std::sync::LazyLock;

use adil_domain::Language;
use adil_report::html::page;
use adil_round::Decision;

use super::markup::text_of;
use super::{decided, files};

const RULE: &str = r#"
[clusters]
title = { en = "One owner", ru = "Один хозяин", kk = "Бір ие" }
reference = "A test"
shares = { phone = 2, head = 3 }
threshold = 2
most = 5
"#;

/// What the first operators share, by columns that are added to the round's own.
fn operators(own: &[u8]) -> Vec<u8> {
    let ties = ["phone,head", "+7 701 555 11 22,", "8 (701) 555-11-22,h", ",h", "+7 701 555 33 44,"];
    let own = String::from_utf8(own.to_vec()).unwrap();
    let mut rows = String::new();
    for (own, tie) in own.lines().zip(ties.into_iter().chain(std::iter::repeat(","))) {
        let _ = writeln!(rows, "{own},{tie}");
    }
    rows.into()
}

static RELATED: LazyLock<Decision> = LazyLock::new(|| {
    let mut files = files();
    files.entry("policy.toml".to_owned()).and_modify(|policy| policy.extend(RULE.as_bytes()));
    files.entry("operators.csv".to_owned()).and_modify(|own| *own = operators(own));
    decided(&files)
});

#[test]
fn a_group_has_its_sum_its_members_and_what_they_share() {
    let found = RELATED.clusters.as_ref().unwrap();
    let group = &found.concentration.as_ref().unwrap().clusters[0];
    let sum: i64 = ["O1", "O2", "O3"].iter().filter_map(|id| Some(found.amounts.get(*id)?.minor())).sum();
    assert_eq!(i128::from(sum), group.amount);
    for (language, label) in [
        (Language::EN, "Арена ЖШС and 2 others"),
        (Language::RU, "Арена ЖШС и ещё 2"),
        (Language::KK, "Арена ЖШС және тағы 2"),
    ] {
        let text = text_of(&page(&RELATED, language).unwrap());
        // In the picture, then in the table.
        let row = text.split(label).nth(2).unwrap_or_else(|| panic!("{label} is not in {text}"));
        assert!(row.contains("head, phone"), "{label}");
        let share = language.number(&(&group.share * &adil_domain::Rational::from(100u8)), 1);
        assert!(text.contains(&share), "{share}");
        assert!(text.contains(&language.number(&found.concentration.as_ref().unwrap().after, 0)));
    }
}

#[test]
fn a_round_without_related_operators_has_no_such_picture() {
    let text = text_of(&page(&super::DECISION, Language::EN).unwrap());
    assert!(!text.contains("Related operators"));
}
