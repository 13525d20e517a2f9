//! `adil match` and `adil links`.

use std::fs;

use crate::{Round, adil};

const FIRST: &str = "bin,name,territory\n\
    491240000009,ТОО «Жігер-Спорт»,710000000\n\
    ,КГУ «ДЮСШ № 5 имени Абая»,\n\
    ,ТОО «Мерейтас»,\n";
const SECOND: &str = "bin;name_kk;name_en\n\
    491240000009;«Басқа атау» ЖШС;\n\
    ;«Абай атындағы №7 БЖСМ» КММ;\n\
    ;«Абай атындағы №5 БЖСМ» КММ;\n\
    ;;Mereitas LLP\n\
    ;«Мерейтас» ЖШС;\n";

fn lists() -> (tempfile::TempDir, String, String) {
    let place = tempfile::tempdir().unwrap();
    let (a, b) = (place.path().join("a.csv"), place.path().join("b.csv"));
    fs::write(&a, FIRST).unwrap();
    fs::write(&b, SECOND).unwrap();
    let (a, b) = (a.to_str().unwrap().to_owned(), b.to_str().unwrap().to_owned());
    (place, a, b)
}

#[test]
fn pairs_come_with_their_evidence() {
    let (_place, a, b) = lists();
    let ended = adil(&["match", &a, &b, "--json"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let found = ended.json();
    let pairs: Vec<(u64, u64, &str, &str)> = found["pairs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| {
            let line = |side: &str| p[side]["line"].as_u64().unwrap();
            (line("first"), line("second"), p["outcome"].as_str().unwrap(), p["basis"].as_str().unwrap())
        })
        .collect();
    assert_eq!(
        pairs,
        [
            (2, 2, "same", "identifier"),
            (3, 4, "same", "name"),
            // Two rows fit equally well.
            (4, 5, "unsure", "name"),
            (4, 6, "unsure", "name"),
        ]
    );
    assert_eq!((&found["same"], &found["unsure"]), (&2.into(), &2.into()));
    let points: i64 =
        found["pairs"][1]["evidence"].as_array().unwrap().iter().map(|e| e["points"].as_i64().unwrap()).sum();
    assert_eq!(found["pairs"][1]["points"], points);
}

#[test]
fn pairs_are_said_in_three_languages() {
    let (_place, a, b) = lists();
    for (language, words) in [
        ("en", ["proposed by name", "The numbers are equal: 5.", "2 the same, 2 to be looked at."]),
        (
            "ru",
            ["предположено по наименованию", "Номера совпадают: 5.", "Одно лицо: 2; требует проверки: 2."],
        ),
        ("kk", ["атауы бойынша болжам", "Нөмірлері бірдей: 5.", "Бір тұлға: 2; тексеруді қажет етеді: 2."]),
    ] {
        let ended = adil(&["match", &a, &b, "--lang", language]);
        assert_eq!(ended.code, 0, "{}", ended.err);
        for word in words {
            assert!(ended.out.contains(word), "{language} {word}: {}", ended.out);
        }
    }
}

#[test]
fn lists_that_cant_be_matched_are_refused() {
    let (place, a, b) = lists();
    let ended = adil(&["match", &a, &b, "--name", "title", "--json"]);
    assert_eq!(ended.code, 1);
    let found = ended.json();
    let errors = found["problems"].as_array().unwrap().iter().filter(|p| p["severity"] == "error").count();
    assert_eq!(errors, 2, "both lists are looked at: {}", ended.out);
    let absent = place.path().join("absent.csv");
    assert_eq!(adil(&["match", &a, absent.to_str().unwrap()]).code, 1);
    let ended = adil(&["match", &a, &b, "--country", "xx"]);
    assert_eq!(ended.code, 2);
    assert!(ended.err.contains("gb, ie, kz"), "{}", ended.err);
}

const OPERATORS: &str = "operator_id,name,head,phone,address,coach\n\
    op-1,Athletics One,h1,+353 1 111 2222,Main Street 1,\n\
    op-2,Ball Two,h1,01 111 2222,Main Street 1,k\n\
    op-3,Cycling Three,h3,,Main Street 1,k\n\
    op-4,Diving Four,h4,,,\n\
    op-5,Éire Five,h5,,,\n\
    op-6,Fives Six,h6,,,\n";

fn linked() -> Round {
    let round = Round::tiny();
    fs::write(round.folder.join("operators.csv"), OPERATORS).unwrap();
    round
}

#[test]
fn links_come_with_their_money_once_a_decision_is_there() {
    let round = linked();
    let before = round.adil(&["links"], &["--json"]);
    assert_eq!(before.code, 0, "{}", before.err);
    let found = before.json();
    assert_eq!(found["clusters"][0]["members"], serde_json::json!(["op-1", "op-2"]));
    assert_eq!(found["links"][0]["weight"], 4);
    assert_eq!((&found["money"], &found["interests"]), (&().into(), &().into()));
    assert_eq!(round.adil(&["run"], &[]).code, 0);
    let found = round.adil(&["links"], &["--json"]).json();
    let index = |name: &str| found["money"][name].as_str().unwrap().parse::<f64>().unwrap();
    assert!(index("hhi_after") > index("hhi_before"), "{found:#}");
    assert_eq!(found["money"]["clusters"][0]["cluster"], 0);
    for (language, word) in [("en", "not an accusation"), ("ru", "а не обвинение"), ("kk", "айып емес")]
    {
        let ended = round.adil(&["links"], &["--lang", language]);
        assert!(ended.out.contains(word) && ended.out.contains("op-1, op-2"), "{}", ended.out);
    }
}

#[test]
fn weights_and_thresholds_are_the_callers() {
    let round = linked();
    let clusters = |more: &[&str]| -> usize {
        let ended = round.adil(&["links", "--json"], more);
        assert_eq!(ended.code, 0, "{}", ended.err);
        ended.json()["clusters"][0]["members"].as_array().map_or(0, Vec::len)
    };
    assert_eq!(clusters(&["--weight", "coach=4"]), 3);
    assert_eq!(clusters(&["--weight", "head=0"]), 0);
    assert_eq!(clusters(&["--threshold", "1"]), 3);
    assert_eq!(clusters(&["--threshold", "1", "--most", "2"]), 2);
    let ended = round.adil(&["links"], &["--weight", "trainer=4", "--json"]);
    assert_eq!(ended.code, 1);
    assert_eq!(ended.json()["problems"][0]["column"], "trainer");
    assert_eq!(round.adil(&["links"], &["--weight", "head"]).code, 2);
}

#[test]
fn declared_interests_lead_to_operators() {
    let round = linked();
    let write = |text: &str| fs::write(round.folder.join("interests.csv"), text).unwrap();
    write(
        "person,role,operator_id,value,relation,declared_on\n\
         p1,commission,,h1,brother,2023-01-15\n\
         p2,officer,op-3,,founder,2023-01-15\n\
         p3,officer,op-9,,friend,2023-01-15\n",
    );
    let found = round.adil(&["links"], &["--json"]).json();
    let reached: Vec<&str> = found["interests"]["found"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| f["operator_id"].as_str().unwrap())
        .collect();
    assert_eq!(reached, ["op-1", "op-2", "op-3"]);
    assert_eq!(found["interests"]["nowhere"], serde_json::json!([4]));
    let said = round.adil(&["links"], &["--lang", "ru"]).out;
    assert!(said.contains("p1 (commission)") && said.contains("brother"), "{said}");
    write("person,role,operator_id\np1,commission,op-1\n");
    let ended = round.adil(&["links"], &["--json"]);
    assert_eq!(ended.code, 1);
    assert!(ended.json()["problems"].as_array().unwrap().len() >= 2, "{}", ended.out);
}

#[test]
fn a_round_without_operators_has_no_links() {
    let round = Round::tiny();
    fs::remove_file(round.folder.join("operators.csv")).unwrap();
    let ended = round.adil(&["links"], &["--json"]);
    assert_eq!(ended.code, 1);
    assert!(!ended.json()["problems"].as_array().unwrap().is_empty());
}

/// The simulated round says in `truth/`, which no round reads, who was planted as related.
#[test]
fn the_related_suppliers_that_were_planted_are_the_ones_linked() {
    let round = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/kazakhstan-ulytau");
    let flags = fs::read_to_string(format!("{round}/truth/flags.csv")).unwrap();
    let mut planted: Vec<&str> =
        flags.lines().filter_map(|l| l.strip_prefix("a15-related-suppliers,operator,")).collect();
    let ended = adil(&["links", round, "--json"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let found = ended.json();
    let mut linked: Vec<&str> = found["clusters"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|c| c["members"].as_array().unwrap())
        .map(|id| id.as_str().unwrap())
        .collect();
    planted.sort_unstable();
    linked.sort_unstable();
    assert!(!planted.is_empty());
    assert_eq!(linked, planted);
}
