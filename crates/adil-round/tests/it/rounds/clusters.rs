//! Operators that count as one: what a cap on a cluster holds, and what being linked does not do.

use proptest::prelude::*;

use super::{Decided, Round};

const RULE: &str = "[clusters]\ntitle = \"One\"\nreference = \"a test\"\nshares = { head = 3, phone = 2, address = 1 }\nthreshold = 4\nmost = 3\n";

fn pot(ceiling: &str) -> String {
    format!(
        "[[pot]]\nid = \"all\"\ntitle = \"All\"\nshare = \"100%\"\nrule = \"fair-share\"\nweight = \"application.amount_sought\"\n\
         weight_because = \"a test\"\nceiling = \"{ceiling}\"\nreference = \"a test\"\n"
    )
}

/// Four operators: `a` and `b` share head and phone, `c` shares only the address with them, `d` shares nothing.
const OPERATORS: &str = "operator_id,head,phone,address\na,h1,+7 701 555 11 22,Abay 5\nb,h1,8 (701) 555-11-22,Abay 5\nc,h2,,Abay 5\nd,h3,,\n";

const APPLICATIONS: &str =
    "application_id,operator_id,amount_sought\nA1,a,200\nA2,a,200\nB,b,400\nC,c,400\nD,d,400\nE,,400\n";

fn decide(ceiling: &str) -> Decided {
    Round::new(APPLICATIONS).table("operators.csv", OPERATORS).rules(RULE).rules(&pot(ceiling)).decide()
}

#[test]
fn a_cap_holds_for_all_that_count_as_one() {
    let cap = "min(application.amount_sought, 0.2 * pot * application.amount_sought / cluster.sought)";
    let decided = decide(cap);
    // 0.2 of 1,000 for a and b together, by what each asks; the others share the rest and reach the cap as well.
    assert_eq!(
        decided.awards(),
        [
            "A1 50 funded ceiling",
            "A2 50 funded ceiling",
            "B 100 funded ceiling",
            "C 200 funded ceiling",
            "D 200 funded ceiling",
            "E 200 funded ceiling"
        ]
    );
    assert_eq!(decided.text("clusters.csv"), "cluster,operator_id,amount\n1,a,100\n1,b,100\n");
    let json: serde_json::Value = serde_json::from_str(decided.text("decision.json")).unwrap();
    assert_eq!(json["clusters"]["clusters"], 1);
    // 100, 100, 200, 200 of 600 that have an operator, against 200, 200, 200.
    assert_eq!(json["clusters"]["hhi_operators"], "2777.78");
    assert_eq!(json["clusters"]["hhi_clusters"], "3333.33");
}

#[test]
fn being_linked_by_itself_changes_nothing() {
    let without = Round::new(APPLICATIONS)
        .table("operators.csv", OPERATORS)
        .rules(&pot("application.amount_sought"))
        .decide();
    assert_eq!(decide("application.amount_sought").awards(), without.awards());
}

#[test]
fn a_business_centre_links_nobody() {
    let applications = "application_id,operator_id,amount_sought\nA,a,400\nB,b,400\nC,c,400\nD,d,400\n";
    let operators = "operator_id,head,phone,address\na,h,1234567890,x\nb,h,1234567890,x\nc,h,1234567890,x\nd,h,1234567890,x\n";
    let cap = "min(application.amount_sought, 0.1 * pot * application.amount_sought / cluster.sought)";
    let decided =
        Round::new(applications).table("operators.csv", operators).rules(RULE).rules(&pot(cap)).decide();
    // Shared by four, more than `most`: everyone stands alone, and has the cap alone.
    assert_eq!(decided.amounts(), ["100", "100", "100", "100"]);
}

#[test]
fn rules_of_clusters_that_can_not_be_used_are_refused() {
    let codes = |rules: &str| -> Vec<&'static str> {
        let round = Round::new(APPLICATIONS).table("operators.csv", OPERATORS).rules(rules);
        round
            .problems()
            .iter()
            .filter(|p| p.severity == adil_domain::Severity::Error)
            .map(|p| p.code)
            .collect()
    };
    let cap = pot("min(application.amount_sought, cluster.sought)");
    assert_eq!(codes(&cap), ["missing-clusters"]);
    assert_eq!(codes(&(RULE.replace("head", "boss") + &cap)), ["unknown-column"]);
    assert_eq!(codes(&(RULE.to_owned() + &pot("cluster.asked"))), ["unknown-column"]);
    let gate = "[[gate]]\nid = \"alone\"\ntitle = \"Alone\"\nwhen = \"cluster.operators < 2\"\nreference = \"a test\"\n";
    assert_eq!(codes(&(RULE.to_owned() + gate + &cap)), ["not-allowed-here"], "being linked is no guilt");
}

proptest! {
    /// No cluster gets more than its cap, whoever is linked to whom.
    #[test]
    fn no_cluster_gets_more_than_its_cap(rows in prop::collection::vec((0u8..4, 0u8..4, 1u32..500), 2..12)) {
        let mut applications = "application_id,operator_id,amount_sought\n".to_owned();
        let mut operators = "operator_id,head,phone,address\n".to_owned();
        for (n, (head, phone, sought)) in rows.iter().enumerate() {
            applications += &format!("A{n:02},op-{n:02},{sought}\n");
            operators += &format!("op-{n:02},h{head},555000000{phone},\n");
        }
        let cap = "min(application.amount_sought, 0.15 * pot * application.amount_sought / cluster.sought)";
        let decided = Round::new(&applications).table("operators.csv", &operators).rules(RULE).rules(&pot(cap)).decide();
        let clustered = decided.decision.clusters.as_ref().unwrap();
        for cluster in &clustered.links.clusters {
            let sum: i64 = cluster.members.iter().map(|id| clustered.amounts[id].minor()).sum();
            prop_assert!(sum <= 150 * 100, "{sum}");
        }
    }
}
