//! Traps of names, and what must hold for any.

use adil_domain::country;
use adil_integrity::names::{Basis, Finding, Operator, Outcome, Row, compare, fold, match_lists};
use proptest::prelude::*;

fn operator(name: &str, identifier: &str, place: &str) -> Operator {
    Operator::new(&Row { names: &[name], identifier, place }, country::pack("kz").unwrap())
}

fn outcome(a: &str, b: &str) -> Outcome {
    compare(&operator(a, "", ""), &operator(b, "", "")).outcome
}

#[test]
fn one_operator_in_three_languages() {
    for (a, b) in [
        ("ТОО «Жігер-Спорт»", "«Жігер-Спорт» ЖШС"),
        ("ТОО «Жигер Спорт»", "Zhiger Sport LLP"),
        ("ТОО \"Спортивный клуб \"Арман\"", "«Арман» спорт клубы ЖШС"),
        ("СК Арман ТОО", "Arman Sports Club LLP"),
        ("ИП Сейтов А.Б.", "ЖК Сейтов Асан Болатович"),
        ("КГП «Бассейн Тұлпар» на ПХВ", "«Тұлпар» бассейні ШЖҚ МКК"),
        ("КГУ \"ДЮСШ № 5 имени Абая\"", "«Абай атындағы №5 БЖСМ» КММ"),
        ("«Үшқыр» бокс клубы ҚБ", "ОО «Клуб бокса Ушкыр»"),
    ] {
        assert_eq!(outcome(a, b), Outcome::Same, "{a} / {b}");
    }
}

#[test]
fn near_misses_are_not_taken_for_one() {
    for (a, b) in [
        ("КГУ «ДЮСШ № 5 Абая»", "КГУ «ДЮСШ № 7 Абая»"),
        ("ТОО «Арман»", "ИП «Арман»"),
        ("ТОО «Арман»", "ТОО «Арман+»"),
        ("ТОО «Арман Плюс»", "ТОО «Арман»"),
        ("ТОО «Арман»", "ТОО «Арлан»"),
        ("ТОО «Арман»", "ТОО «Армани»"),
        ("ТОО «Арман 2»", "ТОО «Арман III»"),
        ("ИП Сейтов А.Б.", "ИП Сейтов Б.А."),
        ("ИП Сейтов А.Б.", "ИП Сейтова А.Б."),
        ("ИП Сейтов Асан", "ИП Сейтов Ерлан"),
        ("ОО «Федерация бокса Арман»", "ОО «Федерация дзюдо Арман»"),
        ("ТОО «Арман»", "ТОО «Алтын Арман»"),
        ("ДЮСШ № 1", "ДЮСШ № 1"),
    ] {
        assert_ne!(outcome(a, b), Outcome::Same, "{a} / {b}");
    }
}

#[test]
fn identifiers_decide_and_names_propose() {
    let (one, other) = ("491240000009", "491241000004");
    let same = compare(&operator("ТОО «Арман»", one, ""), &operator("ТОО «Жұлдыз»", one, ""));
    assert_eq!((same.outcome, same.basis), (Outcome::Same, Basis::Identifier));
    let two = compare(&operator("ТОО «Арман»", one, ""), &operator("ТОО «Арман»", other, ""));
    assert_eq!((two.outcome, two.basis), (Outcome::Different, Basis::Identifier));
    let absent = compare(&operator("ТОО «Арман»", one, ""), &operator("ТОО «Арман»", "", ""));
    assert_eq!((absent.outcome, absent.basis), (Outcome::Same, Basis::Name));
    // A badly made one decides nothing.
    let slip = compare(&operator("ТОО «Арман»", "491240000008", ""), &operator("ТОО «Арман»", one, ""));
    assert_eq!(slip.basis, Basis::Name);
}

#[test]
fn zeros_that_a_spreadsheet_ate_are_seen() {
    let found =
        compare(&operator("ТОО «Арман»", "051040005150", ""), &operator("ТОО «Арман»", "51040005150", ""));
    assert!(found.evidence.iter().any(|e| e.finding == Finding::IdentifierUnchecked), "{found:?}");
}

#[test]
fn no_persons_number_is_shown() {
    let iin = "180101100205";
    for text in [iin, "180101100206", "18010110020"] {
        let found = compare(&operator("ИП Сейтов А.", text, ""), &operator("ИП Сейтов А.", text, ""));
        assert!(!format!("{found:?}").contains("1801011"), "{found:?}");
    }
}

#[test]
fn a_place_within_another_is_the_same_place() {
    let compared = |a: &str, b: &str| {
        let found = compare(&operator("ТОО «Арман»", "", a), &operator("ТОО «Арман»", "", b));
        found.evidence.into_iter().find(|e| e.finding >= Finding::PlaceEqual).map(|e| e.finding)
    };
    assert_eq!(compared("710000000", "711110000"), Some(Finding::PlaceEqual));
    assert_eq!(compared("710000000", "750000000"), Some(Finding::PlaceDifferent));
    assert_eq!(compared("710000000", ""), None);
}

#[test]
fn two_partners_that_fit_equally_are_asked_about() {
    let left = [operator("ТОО «Мерейтас»", "", "")];
    let right = [operator("«Мерейтас» ЖШС", "", "750000000"), operator("Mereitas LLP", "", "790000000")];
    let found = match_lists(&left, &right);
    assert_eq!(found.pairs.len(), 2);
    for pair in &found.pairs {
        assert_eq!(pair.comparison.outcome, Outcome::Unsure);
        assert!(pair.comparison.evidence.iter().any(|e| e.finding == Finding::Rivals));
    }
    let sure = match_lists(&left, &right[..1]);
    assert_eq!(sure.pairs[0].comparison.outcome, Outcome::Same);
}

#[test]
fn a_name_that_everybody_has_is_said_to_be_crowded() {
    let many: Vec<Operator> = (0..400).map(|_| operator("ТОО «Мерейтас»", "", "")).collect();
    let found = match_lists(&many[..1], &many);
    assert_eq!((found.pairs.len(), found.crowded), (0, vec![0]));
}

fn a_name() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "ТОО",
        "ЖШС",
        "ИП",
        "«",
        "»",
        "Арман",
        "Арлан",
        "Жұлдыз",
        "Zhuldyz",
        "СК",
        "спорт",
        "№",
        "5",
        "7",
        "+",
        "А.",
        "Б.",
        "Сейтов",
        "Сейтова",
        "Асан",
        "ДЮСШ",
        "бокс",
        "дзюдо",
        "III",
        "имени",
        "Абая",
        "Абай",
    ]);
    prop_oneof![
        prop::collection::vec(word, 0..7).prop_map(|words| words.join(" ")),
        "[А-Яа-яA-Za-zӘІҢҒҮҰҚӨҺ0-9 .'+\"-]{0,24}",
        ".{0,16}",
    ]
}

proptest! {
    #[test]
    fn folding_what_is_folded_changes_nothing(text in ".{0,40}|[a-zа-яқңғүұһөәі' -]{0,40}") {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once);
    }

    #[test]
    fn comparing_is_the_same_either_way_round(a in a_name(), b in a_name()) {
        let there = compare(&operator(&a, "", ""), &operator(&b, "", ""));
        let back = compare(&operator(&b, "", ""), &operator(&a, "", ""));
        prop_assert_eq!((there.outcome, there.points), (back.outcome, back.points));
        let mut turned: Vec<_> = back.evidence.iter().map(|e| (e.finding, &e.right, &e.left, e.points)).collect();
        let mut found: Vec<_> = there.evidence.iter().map(|e| (e.finding, &e.left, &e.right, e.points)).collect();
        turned.sort();
        found.sort();
        prop_assert_eq!(found, turned);
    }

    #[test]
    fn no_name_is_different_from_itself(a in a_name()) {
        let one = operator(&a, "", "");
        if !one.names().is_empty() {
            prop_assert_ne!(compare(&one, &one).outcome, Outcome::Different, "{}", a);
        }
    }

    #[test]
    fn the_order_of_rows_does_not_matter(names in prop::collection::vec(a_name(), 1..12), turn in 0usize..12) {
        let list: Vec<Operator> = names.iter().map(|n| operator(n, "", "")).collect();
        let mut turned = list.clone();
        let by = turn % list.len();
        turned.rotate_left(by);
        let mut found: Vec<_> = match_lists(&list, &list).pairs;
        let mut again: Vec<_> = match_lists(&turned, &turned).pairs;
        for pair in &mut again {
            pair.left = (pair.left + by) % list.len();
            pair.right = (pair.right + by) % list.len();
        }
        found.sort_by_key(|p| (p.left, p.right));
        again.sort_by_key(|p| (p.left, p.right));
        prop_assert_eq!(found, again);
    }
}
