//! How firm a decision is: bands, indices, effective weights.

use std::collections::BTreeMap;

use adil_domain::Rational;
use adil_round::folder::{SUMS, sums};
use adil_round::uncertainty::Output;
use adil_round::verify::verify;
use adil_score::uncertainty::Source;

use super::{Decided, Record, Round, rational};

/// Sixty applications of all sorts: refused, held, with missing values, with minimums, in counties with ceilings.
/// `weight` is the pot's, `uncertainty` the section's content.
fn round(weight: &str, error: &str, uncertainty: &str) -> Round {
    let mut applications =
        "application_id,amount_sought,amount_minimum,territory,users,past,size,fit\n".to_owned();
    for n in 0..60u32 {
        let users = if n % 9 == 4 { String::new() } else { (5 + n * 37 % 90).to_string() };
        let past = if n % 13 == 7 { String::new() } else { (n * 17 % 50).to_string() };
        let fit = ["true", "true", "true", "true", "true", "false", ""][n as usize % 7];
        let minimum = if n % 4 == 0 { "40" } else { "" };
        let county = ["N", "S", "T"][n as usize % 3];
        let size = 1 + n % 11;
        let sought = 60 + n * 7 % 83;
        applications += &format!("A{n:02},{sought},{minimum},{county},{users},{past},{size},{fit}\n");
    }
    let indicator = |id: &str, weight: u32, rest: &str| {
        format!(
            "[[criterion]]\nid = \"{id}\"\ntitle = \"{id}\"\nreference = \"a test\"\n[[criterion.indicator]]\nid = \"{id}\"\n\
             title = \"{id}\"\nvalue = \"application.{id}\"\nbecause = \"a test\"\nweight = {weight}\n{rest}\n"
        )
    };
    let uncertainty = match uncertainty {
        "" => String::new(),
        content => format!("[uncertainty]\ntitle = \"Firm\"\nreference = \"a test\"\n{content}\n"),
    };
    Round::new(&applications).budget("2000").table(
        "territories.csv",
        "territory,parent,level,population\nC,,country,60\nN,C,county,30\nS,C,county,20\nT,C,county,10\n",
    )
    .rules(&format!(
        "[[gate]]\nid = \"fit\"\ntitle = \"Fit\"\nwhen = \"application.fit\"\nunknown = \"hold\"\nreference = \"a test\"\n{}{}\
         [[pot]]\nid = \"first\"\ntitle = \"First\"\nshare = \"100%\"\nrule = \"fair-share\"\nreference = \"a test\"\n\
         weight = \"{weight}\"\nweight_because = \"a test\"\nminimum = \"application.amount_minimum\"\n\
         ceiling = \"application.amount_sought\"\n\
         [[pot.bound]]\nlevel = \"county\"\nceiling = \"pot * (0.2 + 0.4 * territory.population_share)\"\n{uncertainty}",
        indicator(
            "users",
            60,
            &format!("scale = {{ kind = \"goalposts\", low = 5, high = 90 }}\nmissing = \"group-median\"\n{error}")
        ),
        indicator("past", 40, "scale = { kind = \"percentile\", reverse = true }\nmissing = \"worst\""),
    ))
}

const ALL: &str = "replicas = 200\nweights = \"20%\"\nscale = true\nimputation = true";

fn everything() -> Decided {
    round("score * application.size", "error = \"10%\"", ALL).decide()
}

fn awards(decided: &Decided) -> BTreeMap<String, Record> {
    decided.table("awards.csv").into_iter().map(|r| (r["application_id"].clone(), r)).collect()
}

fn between(row: &Record, low: &str, high: &str) -> Rational {
    assert!(rational(&row[low]) <= rational(&row[high]), "{row:?}");
    &rational(&row[high]) - &rational(&row[low])
}

#[test]
fn every_application_has_its_band() {
    let decided = everything();
    let awards = awards(&decided);
    let bands = decided.table("bands.csv");
    assert_eq!(bands.len(), 60);
    let mut wide = 0;
    for row in &bands {
        let award = &awards[&row["application_id"]];
        wide += usize::from(!between(row, "points_low", "points_high").is_zero());
        match award["status"].as_str() {
            "ineligible" => {
                let empty = ["rank_low", "rank_high", "amount_low", "amount_high", "p_funded"];
                assert!(empty.iter().all(|c| row[*c].is_empty()), "{row:?}");
            }
            status => {
                between(row, "rank_low", "rank_high");
                between(row, "amount_low", "amount_high");
                assert!(rational(&row["amount_high"]) <= rational(&award["amount_sought"]), "{row:?}");
                let funded = rational(&row["p_funded"]);
                assert!(!funded.is_negative() && funded <= Rational::one());
                if rational(&row["amount_low"]) > Rational::zero() {
                    assert!(funded >= rational("0.95"), "{row:?}");
                }
                assert!(matches!(status, "funded" | "not-funded" | "held"));
            }
        }
    }
    assert!(wide > 55, "{wide}");
    assert!(
        bands.iter().any(|r| r["p_funded"] == "1")
            && bands.iter().any(|r| !["", "0", "1"].contains(&&*r["p_funded"]))
    );
    let found = decided.decision.uncertainty.as_ref().unwrap();
    assert_eq!((found.replicas, found.rows), (200, 64));
    assert_eq!(found.sources, Source::ALL);
    let json: serde_json::Value = serde_json::from_slice(&decided.files["decision.json"]).unwrap();
    assert_eq!(json["uncertainty"]["sources"][3], "scale");
    assert_eq!(json["rules"].as_array().unwrap().last().unwrap()["kind"], "uncertainty");
}

#[test]
fn indices_say_what_moves_the_decision() {
    let rows = everything().table("sensitivity.csv");
    let known: Vec<(&str, &str)> = rows.iter().map(|r| (&*r["output"], &*r["source"])).collect();
    let sources = Source::ALL.map(Source::as_str);
    let expected = Output::ALL.iter().flat_map(|o| sources.iter().map(|s| (o.as_str(), *s)));
    assert_eq!(known, expected.collect::<Vec<_>>());
    for row in &rows {
        between(row, "first_low", "first_high");
        between(row, "total_low", "total_high");
        assert!(!rational(&row["total"]).is_negative());
    }
    // Alone, a source explains all there is.
    let alone = round("score", "", "replicas = 1000\nweights = \"20%\"").decide();
    for row in alone.table("sensitivity.csv") {
        assert_eq!(row["source"], "weights");
        for index in ["first_order", "total"] {
            assert!((rational(&row[index]) - Rational::one()).abs() < rational("0.15"), "{row:?}");
        }
    }
}

#[test]
fn effective_weights_add_up_to_the_published_sum() {
    let rows = everything().table("effective_weights.csv");
    let sum = |column: &str| rows.iter().map(|r| rational(&r[column])).sum::<Rational>();
    assert_eq!(rows.len(), 2);
    assert_eq!(sum("weight"), Rational::from(100));
    assert!((&sum("effective") - &Rational::from(100)).abs() < rational("0.001"));
    assert_ne!(rows[0]["effective"], rows[0]["weight"], "what it explains is not what was promised");
}

/// Nothing is missing here, so imputation has nothing to draw, and no scale has another one.
#[test]
fn nothing_to_vary_gives_bands_of_no_width() {
    let decided = Round::new("application_id,amount_sought,v\nA,900,9\nB,800,7\nC,700,5\n")
        .rules(
            "[uncertainty]\ntitle = \"Firm\"\nreference = \"a test\"\nimputation = true\nscale = true\n\
             [[criterion]]\nid = \"c\"\ntitle = \"C\"\nreference = \"a test\"\n[[criterion.indicator]]\nid = \"v\"\ntitle = \"V\"\n\
             value = \"application.v\"\nweight = 100\nscale = { kind = \"goalposts\", low = 0, high = 10 }\nmissing = \"worst\"\n\
             because = \"a test\"\n[[pot]]\nid = \"p\"\ntitle = \"P\"\nshare = \"100%\"\nrule = \"fair-share\"\nweight = \"score\"\n\
             reference = \"a test\"\n",
        )
        .decide();
    let awards = awards(&decided);
    for row in decided.table("bands.csv") {
        let award = &awards[&row["application_id"]];
        for (column, published) in [("points", "points"), ("rank", "rank"), ("amount", "amount")] {
            assert_eq!(row[&format!("{column}_low")], award[published]);
            assert_eq!(row[&format!("{column}_high")], award[published]);
        }
        assert_eq!(row["p_funded"], "1");
    }
    assert_eq!(decided.table("sensitivity.csv").len(), 0);
}

/// Where more than weights moves with the score the exact division runs in every variation.
#[test]
fn a_weight_that_is_no_straight_line_is_divided_exactly() {
    let decided = round("score * score", "error = 3", "replicas = 100").decide();
    let awards = awards(&decided);
    let mut moved = 0;
    for row in decided.table("bands.csv").iter().filter(|r| !r["amount_low"].is_empty()) {
        moved += usize::from(!between(row, "amount_low", "amount_high").is_zero());
        assert!(rational(&row["amount_high"]) <= rational(&awards[&row["application_id"]]["amount_sought"]));
    }
    assert!(moved > 20, "{moved}");
}

#[test]
fn threads_and_the_order_of_rows_change_nothing() {
    let round = round("score", "error = \"10%\"", ALL);
    let with = |round: &Round, threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| round.decide().files)
    };
    let one = with(&round, 1);
    assert_eq!(one, with(&round, 3));
    let text = String::from_utf8(round.files["applications.csv"].clone()).unwrap();
    let (header, rows) = text.split_once('\n').unwrap();
    let turned: Vec<&str> = rows.lines().rev().collect();
    let turned =
        with(&round.clone().table("applications.csv", &format!("{header}\n{}\n", turned.join("\n"))), 2);
    for file in ["bands.csv", "sensitivity.csv", "effective_weights.csv"] {
        assert_eq!(one[file], turned[file], "{file}");
    }
}

/// The rule is looked at beside the decision: it moves no amount.
#[test]
fn looking_at_it_changes_no_award() {
    let with = everything();
    let without = round("score * application.size", "", "").decide();
    let cells = |decided: &Decided| -> Vec<(String, String)> {
        decided.table("awards.csv").into_iter().map(|r| (r["status"].clone(), r["points"].clone())).collect()
    };
    assert_eq!(cells(&with), cells(&without));
    assert!(!without.files.contains_key("bands.csv"));
}

#[test]
fn a_touched_band_is_found() {
    let round = round("score", "error = \"10%\"", ALL);
    let mut files = round.decide().files;
    let bands = String::from_utf8(files["bands.csv"].clone()).unwrap();
    let (at, _) = bands.match_indices(",1\n").next().unwrap();
    let touched = format!("{},0.5\n{}", &bands[..at], &bands[at + 3..]);
    files.insert("bands.csv".to_owned(), touched.into_bytes());
    files.insert(SUMS.to_owned(), sums(&files).into_bytes());
    let found = verify(&round.files(), &files, |_, _| Ok(BTreeMap::new()));
    let findings: Vec<&String> = found.checks.iter().flat_map(|c| &c.findings).collect();
    assert!(findings.iter().any(|f| f.contains("bands.csv") && f.contains("p_funded")), "{findings:?}");
}
