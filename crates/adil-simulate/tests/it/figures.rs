//! Published figures, and what `docs/simulator.md` says of them.

use adil_simulate::{Nothing, Options, Summary, calibration, document, halls, kazakhstan};

/// Every claim holds within this part of the published figure.
const WITHIN: f64 = 0.05;

fn country(seed: u64) -> Summary {
    let options = Options { seed, timesheets: false, ..Options::default() };
    kazakhstan(&options, &mut Nothing, &mut |_, _| {}).unwrap()
}

fn check(summary: &Summary, seed: u64) {
    let rows = calibration(summary).unwrap();
    assert_eq!(rows.len(), 21);
    let off: Vec<_> =
        rows.iter().filter(|row| row.deviation().abs() > WITHIN || row.published <= 0.0).collect();
    assert!(off.is_empty(), "seed {seed}: {off:#?}");
    let names: Vec<String> = halls(summary).unwrap().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names[..4], ["Turkistan", "Almaty region", "Astana", "Shymkent"], "seed {seed}");
    let mut best = names[17..].to_vec();
    best.sort();
    assert_eq!(best, ["Karaganda", "Pavlodar", "West Kazakhstan"], "seed {seed}");
    // "More than" is more.
    assert!(summary.facilities > 42_000 && summary.rural_facilities > 23_000 && summary.vouchers() > 240_000);
    assert!((16_000..17_000).contains(&(summary.paid / summary.child_months)));
}

#[test]
fn other_seeds_meet_the_published_figures_too() {
    for seed in [2, 3] {
        check(&country(seed), seed);
    }
}

#[test]
fn the_document_shows_what_the_first_seed_gives() {
    let summary = country(1);
    check(&summary, 1);
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/simulator.md");
    let text = std::fs::read_to_string(path).unwrap();
    let (_, rest) = text.split_once("<!-- figures -->\n").unwrap();
    let (shown, _) = rest.split_once("<!-- /figures -->").unwrap();
    assert_eq!(
        shown,
        document(&summary).unwrap(),
        "docs/simulator.md is stale: cargo run -p adil-simulate --example figures"
    );
}
