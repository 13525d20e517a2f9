//! What people see, as values of a round: with their number and day, missing below the least number, refused when ill made.

use adil_round::folder::Files;
use adil_round::verify::verify;

use super::{Decided, Round, errors};

const APPLICATIONS: &str = "application_id,facility_id,amount_sought\nA,f-a,300\nB,f-b,600\nC,f-c,900\n";

/// Five saw the first open and welcome, four the second shut; two saw the third.
fn observations() -> String {
    let mut text = "facility_id,observer,question,answer,observed_at,device\n".to_owned();
    for (facility, answer, people) in [("f-a", "yes", 5), ("f-b", "no", 4), ("f-c", "yes", 2)] {
        for person in 0..people {
            let day = person + 10;
            text += &format!("{facility},{facility}-{person},open_as_stated,{answer},2023-12-{day}T18:00,\n");
        }
    }
    // A ring of one device for the second; what comes after the round's day; and nobody.
    for person in 0..30 {
        text += &format!("f-b,ring-{person},open_as_stated,yes,2023-12-{:02},one\n", person % 28 + 1);
    }
    text + "f-a,late,open_as_stated,no,2024-01-01,\nf-a,,open_as_stated,no,2023-12-01,\n"
}

const JOURNEYS: &str = "facility_id,teller,step,minutes,obstacle,told_at\n\
    f-a,t1,queue,100,queue,2023-11-01\nf-a,t1,first_training,20,,2023-11-01\n\
    f-a,t2,queue,200,queue,2023-11-02\nf-a,t2,first_training,20,,2023-11-02\n\
    f-a,t3,queue,900,queue,2023-11-03\nf-a,t3,first_training,20,,2023-11-03\n\
    f-b,t4,papers,5000,papers,2023-11-04\n";

const PACKAGE: &str = r#"{"name": "test", "resources": [
    {"name": "observations", "path": "observations.csv", "as_of": "2023-12-20", "sources": [{"title": "residents"}]}]}"#;

const RULE: &str =
    "[observations]\ntitle = \"By residents\"\nreference = \"a test\"\nmax_age = \"90 days\"\n";

const CRITERION: &str = r#"
[[criterion]]
id = "c"
title = "C"
reference = "a test"
[[criterion.indicator]]
id = "open"
title = "Open"
value = "observed.open_as_stated"
weight = 60
scale = { kind = "goalposts", low = 0, high = 1 }
missing = { value = 0.5 }
[[criterion.indicator]]
id = "way"
title = "Way"
value = "journey.minutes + 0 * journey.steps + 0 * journey.obstacles"
weight = 40
scale = { kind = "goalposts", low = 400, high = 0 }
missing = "worst"
"#;

fn round(rules: &str) -> Round {
    Round::new(APPLICATIONS)
        .rules(rules)
        .table("observations.csv", &observations())
        .table("journeys.csv", JOURNEYS)
        .table("datapackage.json", PACKAGE)
}

fn decided() -> Decided {
    round(&format!("{RULE}{CRITERION}")).decide()
}

#[test]
fn a_value_has_its_people_and_its_day() {
    let decided = decided();
    let said: Vec<String> = decided
        .table("contributions.csv")
        .iter()
        .map(|r| {
            ["application_id", "indicator", "value", "source", "as_of", "imputed"]
                .map(|c| r[c].as_str())
                .join(" | ")
        })
        .collect();
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn what_people_say_is_published_without_a_person() {
    let decided = decided();
    insta::assert_snapshot!(
        decided.text("observed.csv").to_owned() + "\n" + decided.text("journey_summary.csv")
    );
    for file in decided.files.values() {
        let text = String::from_utf8_lossy(file);
        assert!(!["ring-1", "f-a-0", "t1,"].iter().any(|person| text.contains(person)));
    }
    assert!(decided.problem("said-by-nobody").is_some());
}

#[test]
fn the_decision_is_verified_from_the_files() {
    let round = round(&format!("{RULE}{CRITERION}"));
    let mut files = round.files();
    let decided = round.decide();
    let holds = |files: &Files| {
        let checks = verify(files, &decided.folder(), |_, _| Ok(Files::new())).checks;
        checks.iter().all(|check| check.findings.is_empty())
    };
    assert!(holds(&files));
    let text = observations().replacen("f-a-0,open_as_stated,yes", "f-a-0,open_as_stated,no", 1);
    files.insert("observations.csv".to_owned(), text.into_bytes());
    assert!(!holds(&files));
}

#[test]
fn without_a_rule_observations_are_only_files() {
    let decided = round("").decide();
    assert!(!decided.files.contains_key("observed.csv") && decided.decision.observed.is_none());
    let found = errors(&round(CRITERION).problems());
    assert!(found.contains("missing-observations"), "{found}");
    let bare = Round::new(APPLICATIONS).rules(RULE).rules(CRITERION);
    let found = errors(&bare.problems());
    assert!(found.contains("needs the table observations.csv") && found.contains("journeys.csv"), "{found}");
}

#[test]
fn a_withdrawn_source_saw_nothing() {
    let source = "[[source]]\nname = \"residents\"\ntitle = \"Residents\"\nreference = \"a test\"\nwithdrawn = \"2023-12-01\"\n";
    let decided = round(&format!("{source}{RULE}{CRITERION}")).decide();
    let imputed: Vec<String> = decided
        .table("contributions.csv")
        .into_iter()
        .filter(|r| r["indicator"] == "open")
        .map(|r| r["value"].clone())
        .collect();
    assert_eq!(imputed, ["0.5"; 3]);
    assert!(!decided.files.contains_key("observed.csv"));
    let source = decided.decision.sources.iter().find(|s| s.name == "residents").unwrap();
    assert_eq!(source.status, "withdrawn");
}

#[test]
fn tables_that_are_ill_made_are_refused_in_words() {
    let observations = "facility_id,observer,question,answer,observed_at,kind,device\n\
        f-a,o1,open_as_statd,yes,2023-12-01,,\nf-a,o2,open_as_stated,yess,2023-12-01,,\n\
        f-a,o3,children_counted,-3,2023-12-01,,\nf-a,o4,welcome,yes,yesterday,,\n\
        f-a,Aigerim K,welcome,yes,2023-12-01,,\nf-a,o6,welcome,yes,2023-12-01,inspecter,\n\
        f-a,o7,welcome,yes,2023-12-01,,+77010000000\n";
    let journeys = "facility_id,teller,step,minutes,obstacle,told_at\n\
        f-a,t,que,1,queue,2023-11-01\nf-a,t,queue,-1,queue,2023-11-01\nf-a,t,queue,1,quue,2023-11-01\nf-a,t,queue,1,,\n";
    let round = round(RULE).table("observations.csv", observations).table("journeys.csv", journeys);
    insta::assert_snapshot!(errors(&round.problems()));
}

#[test]
fn coders_who_disagree_are_told() {
    let coded = |codes: [[&str; 2]; 3]| {
        let mut text = "facility_id,journey_id,coder,step,minutes,obstacle,told_at\n".to_owned();
        for (n, pair) in codes.iter().enumerate() {
            for (coder, code) in ["x", "y"].iter().zip(pair) {
                text += &format!("f-a,j{n},{coder},queue,5,{code},2023-11-01\n");
            }
        }
        round(RULE).table("journeys.csv", &text).decide()
    };
    let differ = coded([["queue", "papers"], ["papers", "queue"], ["queue", "queue"]]);
    let problem = differ.problem("low-agreement").unwrap();
    assert!(problem.message.contains("alpha is -0.250"), "{}", problem.message);
    assert!(coded([["queue", "queue"], ["papers", "papers"], ["", ""]]).problem("low-agreement").is_none());
}
