//! Floors for the measured figures, and the page that states them.

use crate::measure::{document, invented, operators, places};

#[test]
fn kazakh_and_russian_names_of_places_find_each_other() {
    let score = places().unwrap();
    assert_eq!(score.truth, 13_914);
    assert!(score.precision() >= 9_990, "{}", score.precision());
    assert!(score.recall() >= 8_900, "{}", score.recall());
    assert!(score.recall_with_asked() >= 9_500, "{}", score.recall_with_asked());
    // Less than half a per cent is lost by not comparing everything with everything.
    assert!(score.lost_part() < 50, "{}", score.lost_part());
}

#[test]
fn invented_operators_find_each_other() {
    assert!(invented().unwrap().len() >= 400);
    for (parity, recall) in [(0, 9_400), (1, 9_000)] {
        let score = operators(parity).unwrap();
        assert!(score.precision() >= 9_900, "{parity}: {:#?}", score.errors);
        assert!(score.recall() >= recall, "{parity}: {}", score.recall());
        assert!(score.recall_with_asked() >= 9_500, "{parity}: {}", score.recall_with_asked());
        assert!(score.lost_part() < 50, "{parity}: {}", score.lost_part());
    }
}

#[test]
fn the_page_states_what_is_measured() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/names.md");
    let text = std::fs::read_to_string(path).unwrap();
    let (_, rest) = text.split_once("<!-- figures -->\n").unwrap();
    let (shown, _) = rest.split_once("<!-- /figures -->").unwrap();
    assert_eq!(
        shown,
        document().unwrap(),
        "docs/names.md is stale: cargo run -p adil-integrity --example measure_names"
    );
}
