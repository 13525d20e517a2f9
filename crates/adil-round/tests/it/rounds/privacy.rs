//! No person's number in plain, in any column. The numbers here are made up: their owners would be born in the 1800s.

use adil_domain::Severity;

use super::Round;

fn found(purpose: &str) -> Vec<String> {
    let policy =
        Round::new("").policy().replace("country = \"ie\"", "country = \"kz\"").replace("EUR", "KZT");
    let round = Round::new(&format!("application_id,amount_sought,purpose\nA,5,\"{purpose}\"\n"))
        .table("policy.toml", &policy);
    match adil_round::decide_files(&round.files()) {
        Ok(_) => Vec::new(),
        Err(adil_round::DecideError::Input(problems, _)) => problems
            .iter()
            .filter(|p| p.severity == Severity::Error)
            .map(|p| format!("{} {}", p.code, p.place))
            .collect(),
        Err(error) => panic!("{error:?}"),
    }
}

#[test]
fn a_number_of_a_person_in_any_column_stops_the_round() {
    let refused = vec!["personal-identifier applications.csv:2:purpose".to_owned()];
    for text in ["180101100001", "ИИН 180101100001", "180101-100001", "call 180101100001 (coach)"] {
        assert_eq!(found(text), refused, "{text}");
    }
}

#[test]
fn other_numbers_may_stand_there() {
    for text in [
        "180101100002",            // the check digit is wrong
        "940140000385",            // an organisation's
        "180101.100001",           // a decimal
        "1801-01-10T00:01:23.456", // a moment
        "+7 701 180 10 11",        // a telephone
        "18010110000",
    ] {
        assert_eq!(found(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_country_without_such_numbers_has_nothing_to_find() {
    let round = Round::new("application_id,amount_sought,purpose\nA,5,180101100001\n");
    assert_eq!(round.decide().award("A")["status"], "funded");
}
