//! Sources as citizens: withdrawn, disagreeing, and what rests on each of them.

use std::collections::BTreeMap;

use adil_integrity::signature::SecretKey;
use adil_round::folder::{Files, SUMS, sums};
use adil_round::independence::{ALL_OPTIONAL, Verdict};
use adil_round::verify::verify;

use super::{Decided, Round, rational};

const PACKAGE: &str = r#"{"name": "test", "resources": [
  {"name": "applications", "path": "applications.csv", "schema": {"fields": [
    {"name": "application_id", "type": "string"},
    {"name": "users", "type": "number", "source": "census", "as_of": "2023-06-01"},
    {"name": "amount_sought", "type": "number"}]}},
  {"name": "checks", "path": "checks.csv", "sources": [{"title": "register", "name": "register"}], "schema": {"fields": []}}
]}"#;

const CHECKS: &str = "operator_id,check,outcome,as_of,source\n\
    op-a,debt,pass,2023-12-20,register\nop-a,debt,fail,2023-12-25,verifier\n\
    op-b,debt,pass,2023-12-20,register\n\
    op-c,debt,fail,2023-12-25,verifier\nop-c,debt,fail,2023-12-20,register\n\
    op-d,debt,pass,2023-12-25,verifier\n";

/// Five clubs; two sources of a check, the register first, and a column of a third.
fn round(applications: &str, checks: &str, rules: &str) -> Round {
    Round::new(applications)
        .budget("900")
        .table("checks.csv", checks)
        .table("datapackage.json", PACKAGE)
        .rules(&format!(
            r#"
[[source]]
name = "register"
fallback = ["verifier"]
[[source]]
name = "verifier"
[[source]]
name = "census"
[[gate]]
id = "no-debt"
title = "No debt"
when = "check.debt == 'pass'"
unknown = "hold"
reference = "a test"
[[criterion]]
id = "use"
title = "Use"
reference = "a test"
[[criterion.indicator]]
id = "users"
title = "Users"
value = "application.users"
because = "a test"
weight = 100
scale = {{ kind = "goalposts", low = 0, high = 100 }}
missing = {{ value = 0.5 }}
[[pot]]
id = "all"
title = "All"
share = "100%"
rule = "fair-share"
weight = "score"
ceiling = "application.amount_sought"
reference = "a test"
{rules}"#
        ))
}

const APPLICATIONS: &str = "application_id,operator_id,amount_sought,users\n\
    A,op-a,600,10\nB,op-b,600,20\nC,op-c,600,30\nD,op-d,600,40\nE,,600,50\n";

const INDEPENDENCE: &str = "[independence]\ntitle = \"Alone\"\nreference = \"a test\"\ntolerance = \"5%\"\n";

fn decide(rules: &str) -> Decided {
    round(APPLICATIONS, CHECKS, rules).decide()
}

/// The round as a person would write it whom the source never answered.
fn by_hand(source: &str) -> Decided {
    let checks: String = CHECKS.lines().filter(|l| !l.ends_with(source)).flat_map(|l| [l, "\n"]).collect();
    let applications: String = APPLICATIONS
        .lines()
        .map(|line| match (source, line.rsplit_once(',')) {
            ("census", Some((rest, users))) if users != "users" => format!("{rest},\n"),
            _ => format!("{line}\n"),
        })
        .collect();
    round(&applications, &checks, "").decide()
}

fn withdrawn(source: &str) -> Round {
    let policy = round(APPLICATIONS, CHECKS, "").policy().replace(
        &format!("name = \"{source}\""),
        &format!("name = \"{source}\"\nwithdrawn = \"2023-12-31\""),
    );
    round(APPLICATIONS, CHECKS, "").table("policy.toml", &policy)
}

#[test]
fn withdrawing_a_source_is_as_if_it_had_never_answered() {
    for source in ["register", "verifier", "census"] {
        let decided = withdrawn(source).decide();
        assert_eq!(decided.awards(), by_hand(source).awards(), "{source}");
        let status = decided.decision.sources.iter().find(|s| s.name == source).unwrap();
        assert_eq!(status.status, "withdrawn");
        assert!(decided.decision.sources.iter().all(|s| s.name == source || s.status != "withdrawn"));
    }
    assert_ne!(by_hand("register").awards(), decide("").awards(), "it matters here");
}

#[test]
fn a_withdrawal_of_tomorrow_changes_nothing_today() {
    let policy = String::from_utf8(withdrawn("register").files()["policy.toml"].clone()).unwrap();
    let policy = policy.replace("withdrawn = \"2023-12-31\"", "withdrawn = \"2024-01-01\"");
    let decided = round(APPLICATIONS, CHECKS, "").table("policy.toml", &policy).decide();
    assert_eq!(decided.awards(), decide("").awards());
}

#[test]
fn a_required_source_can_not_be_withdrawn() {
    let text = withdrawn("register").files()["policy.toml"].clone();
    let text = String::from_utf8(text).unwrap().replacen("withdrawn =", "required = true\nwithdrawn =", 1);
    let problems = round(APPLICATIONS, CHECKS, "").table("policy.toml", &text).problems();
    let problem = problems.iter().find(|p| p.code == "required-source").unwrap();
    assert!(problem.message.contains("withdrawn"), "{}", problem.message);
}

#[test]
fn where_sources_differ_the_stated_rule_decides() {
    let rule = |rule: &str| decide(&format!("[checks]\ndisagreement = \"{rule}\"\n"));
    let status = |decided: &Decided| decided.award("A")["status"].clone();
    assert_eq!(status(&rule("first")), "funded", "the register stands first");
    assert_eq!(status(&rule("newest")), "ineligible", "the verifier is younger");
    assert_eq!(status(&rule("unknown")), "held");
    assert_eq!(status(&decide("")), "funded", "first unless said");
    for (name, counted) in
        [("first", ["true", "false"]), ("newest", ["false", "true"]), ("unknown", ["false"; 2])]
    {
        let rows = rule(name).table("disagreements.csv");
        let told: Vec<[&str; 4]> = rows
            .iter()
            .map(|r| [&*r["operator_id"], &*r["source"], &*r["outcome"], &*r["counted"]])
            .collect();
        let expected = [["op-a", "register", "pass", counted[0]], ["op-a", "verifier", "fail", counted[1]]];
        assert_eq!(told, expected, "{name}: two that agree are no disagreement");
    }
}

#[test]
fn a_single_source_can_not_differ_from_itself() {
    let decided = by_hand("verifier");
    assert!(!decided.files.contains_key("disagreements.csv"));
}

#[test]
fn what_stands_in_counts_only_where_nothing_is_known() {
    let applications = "application_id,operator_id,amount_sought,users,paper\n\
        A,op-a,600,10,false\nB,op-b,600,20,true\nC,op-c,600,30,true\nD,op-d,600,40,true\nE,,600,50,true\nF,,600,50,false\nG,,600,50,\n";
    let policy = round(applications, CHECKS, "")
        .policy()
        .replace("unknown = \"hold\"", "unknown = \"hold\"\nstands_in = \"application.paper\"");
    let decided = round(applications, CHECKS, "").table("policy.toml", &policy).decide();
    let status = |id: &str| decided.award(id)["status"].clone();
    assert_eq!(status("C"), "ineligible", "a paper does not undo a finding");
    assert_eq!(status("E"), "funded");
    assert_eq!((status("F"), status("G")), ("held".to_owned(), "held".to_owned()), "without one it waits");
    assert_eq!(status("A"), "funded", "what is known needs no paper");
    let gates = decided.table("gates.csv");
    let source = |id: &str| gates.iter().find(|g| g["application_id"] == id).unwrap()["source"].clone();
    assert!(source("E").contains("paper"), "{}", source("E"));
    assert!(!source("B").contains("paper"));
}

#[test]
fn what_rests_on_each_source_by_hand() {
    let decided = decide(INDEPENDENCE);
    let rows = &decided.decision.independence.as_ref().unwrap().rows;
    let names: Vec<&str> = rows.iter().map(|r| r.source.as_str()).collect();
    assert_eq!(names, ["register", "verifier", "census", ALL_OPTIONAL]);
    // 10 + 20 + 40 + 50 points share 900: A 75, B 150, D 300, E 375 (kept).
    let amounts = ["A 75 funded share", "B 150 funded share"];
    assert_eq!(decided.awards()[..2], amounts);
    let told: Vec<(String, String, usize, Verdict)> = rows
        .iter()
        .map(|row| {
            let moved = row.moved.as_ref().unwrap();
            (
                moved.money.to_short_string(),
                moved.share.to_short_decimal(6),
                moved.status_changes,
                row.verdict,
            )
        })
        .collect();
    let row =
        |money: &str, share: &str, changes| (money.to_owned(), share.to_owned(), changes, Verdict::Rests);
    // Register: A is refused; B waits; 20 + 40 + 50 share 900. B 164 (kept), D 327, E 409 (kept).
    // A −75, B −150 and +164 kept, D +27, E +34: half of 450.
    assert_eq!(told[0], row("225", "0.25", 2));
    // Verifier: C is refused by the register as before, D waits: −300 and +300 kept.
    assert_eq!(told[1], row("300", "0.333333", 1));
    // Census: all have half of the points; 225 each: A +150, B +75, D −75, E −150.
    assert_eq!(told[2], row("225", "0.25", 0));
    // All: everything waits, C too, and 180 each are kept.
    assert_eq!(told[3].2, 4);
    assert_eq!(rows[3].moved.as_ref().unwrap().kept.to_short_string(), "900");
    assert_eq!(rows[0].moved.as_ref().unwrap().rank_correlation, Some(rational("1")));
    assert_eq!(rows[2].moved.as_ref().unwrap().rank_correlation, None, "equal points have no order");
    let csv = decided.text("independence.csv");
    assert!(csv.starts_with("source,money_moved,share_moved,status_changes,rank_correlation,verdict,awarded,kept\nregister,225,0.25,2,1,rests-on-it,327,573\n"), "{csv}");
}

#[test]
fn a_decision_that_rests_on_nobody_says_so() {
    let decided = round(
        APPLICATIONS,
        "operator_id,check,outcome,as_of,source\nop-a,other,pass,2023-12-01,register\n",
        INDEPENDENCE,
    )
    .rules("")
    .decide();
    let rows = &decided.decision.independence.as_ref().unwrap().rows;
    let row = rows.iter().find(|r| r.source == "register").unwrap();
    assert_eq!(row.verdict, Verdict::Independent);
    let moved = row.moved.as_ref().unwrap();
    assert_eq!((moved.money.minor(), moved.status_changes), (0, 0));
}

fn holds(round: &Files, folder: &Files) -> bool {
    verify(round, folder, |_, _| Ok(BTreeMap::new())).checks.iter().all(|c| c.findings.is_empty())
}

#[test]
fn a_changed_independence_is_found() {
    let decided = decide(INDEPENDENCE);
    let round = round(APPLICATIONS, CHECKS, INDEPENDENCE).files();
    let mut folder: Files = decided.folder();
    assert!(holds(&round, &folder));
    let text = decided.text("independence.csv").replace("rests-on-it", "independent");
    folder.insert("independence.csv".to_owned(), text.into_bytes());
    folder.remove(SUMS);
    let sums = sums(&folder);
    folder.insert(SUMS.to_owned(), sums.into_bytes());
    assert!(!holds(&round, &folder));
}

/// The answers of the verifier in a file of its own.
const OWN: &str = "operator_id,check,outcome,as_of,source,evidence\n\
    op-a,debt,fail,2023-12-25,verifier,owes 5\nop-d,debt,pass,2023-12-25,verifier,owes nothing\n";

fn signed(rules: &str) -> Round {
    let secret = SecretKey::of_random(&[7; 32]);
    let rest: String = CHECKS.lines().filter(|l| !l.ends_with("verifier")).flat_map(|l| [l, "\n"]).collect();
    let plain = round(APPLICATIONS, &rest, "");
    let policy = plain.policy().replace(
        "name = \"verifier\"",
        &format!("name = \"verifier\"\nkey = \"{}\"\n{rules}", secret.public_key()),
    );
    plain
        .table("policy.toml", &policy)
        .table("checks/verifier.csv", OWN)
        .table("checks/verifier.csv.sig", &secret.sign(OWN.as_bytes()))
}

fn refused(round: &Round) -> Vec<String> {
    let problems = round.problems();
    let errors = problems.iter().filter(|p| p.severity == adil_domain::Severity::Error);
    errors.map(|p| format!("{} {}", p.code, p.place)).collect()
}

#[test]
fn a_signed_file_counts_and_a_changed_one_stops_the_round() {
    let decided = signed("").decide();
    assert_eq!(decided.award("D")["status"], "funded", "only the verifier answered about it");
    assert!(decided.decision.inputs.contains_key("checks/verifier.csv.sig"), "the digests cover both files");
    let changed = signed("").table("checks/verifier.csv", &OWN.replace("fail", "pass"));
    assert_eq!(refused(&changed), ["bad-signature checks/verifier.csv"]);
    let mut unsigned = signed("");
    unsigned.files.remove("checks/verifier.csv.sig");
    assert_eq!(refused(&unsigned), ["no-signature checks/verifier.csv"]);
    // Nobody slips in an answer beside the signed file.
    let beside = signed("").table("checks.csv", &format!("{CHECKS}op-e,debt,pass,2023-12-25,verifier\n"));
    assert_eq!(refused(&beside), ["unsigned-answer checks.csv:3:source"]);
}

#[test]
fn a_file_of_a_source_holds_its_answers_alone() {
    let other = OWN.replace("op-d,debt,pass,2023-12-25,verifier", "op-d,debt,pass,2023-12-25,register");
    let round = round(APPLICATIONS, CHECKS, "").table("checks/verifier.csv", &other);
    assert_eq!(refused(&round), ["other-source checks/verifier.csv:3:source"]);
}

#[test]
fn two_files_that_contradict_each_other_are_found() {
    let own = "operator_id,check,outcome,as_of,source\nop-d,debt,fail,2023-12-25,verifier\n";
    let round = round(APPLICATIONS, CHECKS, "").table("checks/verifier.csv", own);
    assert_eq!(refused(&round), ["contradicting-answers checks/verifier.csv:2:outcome"]);
}

#[test]
fn of_an_answer_only_what_its_source_allows_is_shown() {
    let shown = |publish: &str| {
        let decided = signed(&format!("publish = \"{publish}\"\n")).decide();
        let answer = decided.decision.application("D").unwrap().gates[0].answers[0].clone();
        assert_eq!(decided.award("D")["status"], "funded", "what is shown changes nothing");
        let explained = adil_round::explain(&decided.decision, decided.decision.application("D").unwrap());
        (answer, serde_json::to_string(&explained).unwrap())
    };
    let (answer, text) = shown("answer");
    assert_eq!(answer.evidence.as_deref(), Some("owes nothing"));
    assert!(text.contains("owes nothing"));
    let (answer, text) = shown("outcome");
    assert_eq!((answer.evidence, answer.digest), (None, None));
    assert!(!text.contains("owes nothing") && text.contains("\"said\":\"pass\""), "{text}");
    let (answer, text) = shown("digest");
    assert_eq!(answer.digest.map(|d| d.len()), Some(64));
    assert!(!text.contains("owes nothing") && text.contains("\"said\":null"), "{text}");
}

#[test]
fn a_dispute_is_shown_and_waits_only_where_the_rules_say_so() {
    let disputes = "operator_id,check,source,disputed_on,claim,reply,replied_on,outcome_after\n\
        op-b,debt,register,2023-12-21,Paid in November,,,\n\
        op-c,debt,register,2023-12-21,Never ours,Mended,2023-12-28,pass\n";
    let decide = |rule: &str| {
        let rules = format!("[checks]\ndisputed = \"{rule}\"\n");
        round(APPLICATIONS, CHECKS, &rules).table("disputes.csv", disputes).decide()
    };
    let (show, hold) = (decide("show"), decide("hold"));
    assert_eq!(show.award("B")["status"], "funded");
    assert_eq!(hold.award("B")["status"], "held", "nobody has replied");
    let dispute = show.decision.application("B").unwrap().gates[0].answers[0].dispute.clone().unwrap();
    assert_eq!((dispute.open, dispute.dispute.claim.as_str()), (true, "Paid in November"));
    // The register took its answer back; the verifier, who stands behind it, is no longer asked.
    assert_eq!(
        (show.award("C")["status"].as_str(), hold.award("C")["status"].as_str()),
        ("funded", "funded")
    );
}
