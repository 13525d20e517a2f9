//! `adil model card`: what a model foretells and how wrong it is; and `--titles`, which it shows.

use serde_json::Value;

use super::import::Place;
use super::model::halls;
use super::{Ended, adil};

fn train(place: &Place, more: &[&str]) -> Ended {
    let data = place.write("halls.csv", &halls());
    let out = place.path("use.json");
    let fixed = ["model", "train", "--data", &data, "--out", &out, "--target", "visits", "--loss", "poisson"];
    adil(&[&fixed[..], &["--monotone", "distance:-", "--json"], more].concat())
}

fn card(place: &Place, more: &[&str]) -> Ended {
    adil(&[&["model", "card", "--model", &place.path("use.json")][..], more].concat())
}

fn number(value: &Value) -> f64 {
    value.as_str().unwrap().parse().unwrap()
}

#[test]
fn a_card_repeats_the_errors_that_training_found() {
    for split in [
        &["--drop", "hall,year"][..],
        &["--group", "hall", "--drop", "year"],
        &["--by", "year", "--drop", "hall"],
    ] {
        let place = Place::new();
        let trained = train(&place, &[split, &["--pairs", "1", "--bags", "2", "--weight", "area"]].concat());
        assert_eq!(trained.code, 0, "{}", trained.err);
        let trained = trained.json();
        let data = place.path("halls.csv");
        let ended =
            card(&place, &["--data", &data, "--by", "kind", "--by", "hall", "--new", &data, "--json"]);
        assert_eq!(ended.code, 0, "{}", ended.err);
        assert!(!ended.err.contains("other-data") && !ended.err.contains("no-split"), "{}", ended.err);
        let found = ended.json();
        let all = &found["trial"]["all"];
        assert_eq!((&all["rows"], &found["trial"]["foretold_by"]), (&400.into(), &"folds".into()));
        // The card has them from the rounded tables of the file alone.
        for (here, there) in [
            ("root_mean_squared_error", "rmse"),
            ("root_mean_squared_error_of_mean", "rmse_of_mean"),
            ("deviance_explained", "deviance_explained"),
        ] {
            let (here, there) = (number(&all[here]), trained[there].as_f64().unwrap());
            assert!((here - there).abs() < 1e-4, "{split:?}: {here} {there}");
        }
        let folds = found["trial"]["folds"].as_array().unwrap();
        assert_eq!(Some(folds.len() as u64), trained["folds"].as_u64());
        let by = found["trial"]["by"].as_array().unwrap();
        assert_eq!(by[0]["groups"].as_array().unwrap().len(), 2);
        // Eighty halls of five rows each are put together.
        assert_eq!(by[1]["groups"][0]["group"]["smaller_groups"], 80);
        assert!(found["drift"]["features"].as_array().unwrap().iter().all(|f| f["verdict"] == "chance"));
        assert_eq!(place.read("use-card/card.json"), ended.out, "beside the model, and the same");
        let sums = place.read("use-card/SHA256SUMS");
        assert!(sums.contains("card.json") && sums.contains("index.html"));
        let page = place.read("use-card/index.html");
        let threads = ["--data", &data, "--by", "kind", "--by", "hall", "--new", &data, "--threads", "1"];
        assert_eq!(card(&place, &threads).code, 0);
        assert_eq!(place.read("use-card/index.html"), page, "one thread gives the same bytes");
    }
}

#[test]
fn other_data_and_older_files_are_warned_of() {
    let place = Place::new();
    assert_eq!(train(&place, &["--drop", "hall,year", "--simulated", "--bags", "2"]).code, 0);
    let fewer: Vec<String> = halls().lines().take(200).map(str::to_owned).collect();
    let other = place.write("other.csv", &(fewer.join("\n") + "\n"));
    let ended = card(&place, &["--data", &other, "--out", &place.path("card"), "--lang", "ru"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert!(ended.err.contains("other-data"), "{}", ended.err);
    assert!(ended.out.contains("Смоделированные данные"), "{}", ended.out);
    let found: Value = serde_json::from_str(&place.read("card/card.json")).unwrap();
    assert_eq!(
        (&found["trial"]["foretold_by"], &found["trial"]["all"]["rows"]),
        (&"other-data".into(), &199.into())
    );
    assert_eq!(found["simulated"], true);
    // A file as older versions wrote it.
    let mut older: Value = serde_json::from_str(&place.read("use.json")).unwrap();
    older["training"].as_object_mut().unwrap().remove("split").unwrap();
    place.write("use.json", &older.to_string());
    let ended = card(&place, &["--data", &place.path("halls.csv"), "--json"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert!(ended.err.contains("no-split"), "{}", ended.err);
    assert_eq!((&ended.json()["trial"], &ended.json()["untried"]), (&Value::Null, &"no-split".into()));
    // Without data the card is still one.
    let ended = card(&place, &["--json"]);
    assert_eq!((ended.code, &ended.json()["untried"]), (0, &"no-data".into()));
}

#[test]
fn titles_and_statements_reach_the_page_and_mistakes_in_them_are_said() {
    let place = Place::new();
    let titles = place.write(
        "titles.csv",
        "column,en,kk\nvisits,Visits a day,Күндік келу\narea,Area of the hall,\nhall,Name,\n",
    );
    assert_eq!(train(&place, &["--drop", "hall,year", "--bags", "2", "--titles", &titles]).code, 0);
    let model: Value = serde_json::from_str(&place.read("use.json")).unwrap();
    assert_eq!(model["target_title"]["kk"], "Күндік келу");
    let about = place.write("about.toml", "team = \"The <team>\"\nnot_for = [\"Judging coaches.\"]\n");
    let ended = card(&place, &["--about", &about]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let page = place.read("use-card/index.html");
    for part in ["Visits a day", "Area of the hall", "The &#60;team&#62;", "Judging coaches."] {
        assert!(page.contains(part), "{part}");
    }
    // What is mistyped is said, all of it, and nothing is written.
    let before = place.read("use.json");
    let titles = place.write("titles.csv", "column,eng\naria,Area\nkind,a\nkind,b\n");
    let ended = train(&place, &["--drop", "hall,year", "--titles", &titles]);
    assert_eq!(ended.code, 1);
    for part in
        ["`eng`", "Did you mean `en`?", "`aria`", "Did you mean `area`?", "`kind` has a title already"]
    {
        assert!(ended.err.contains(part), "{part}: {}", ended.err);
    }
    assert_eq!(place.read("use.json"), before);
    let about = place.write("about.toml", "teem = \"We\"\nphase = 3\n");
    let ended = card(&place, &["--about", &about, "--data", &place.path("none.csv")]);
    assert_eq!(ended.code, 1);
    for part in ["Did you mean `team`?", "about.toml:2", "none.csv"] {
        assert!(ended.err.contains(part), "{part}: {}", ended.err);
    }
    let ended = card(&place, &["--data", &place.path("halls.csv"), "--by", "kint"]);
    assert_eq!(ended.code, 1);
    assert!(ended.err.contains("Did you mean `kind`?"), "{}", ended.err);
    // A folder that holds something else is not replaced.
    std::fs::create_dir(place.path("mine")).unwrap();
    place.write("mine/letter.txt", "Dear");
    let ended = card(&place, &["--out", &place.path("mine")]);
    assert_ne!(ended.code, 0);
    assert_eq!(place.read("mine/letter.txt"), "Dear");
}

#[test]
fn another_model_of_the_same_columns_stands_beside_it() {
    let place = Place::new();
    let split = ["--drop", "hall,year", "--bags", "2"];
    assert_eq!(train(&place, &split).code, 0);
    // The same halls, a tenth of which say that they have twice as many visits.
    let haunted: Vec<String> = halls()
        .lines()
        .enumerate()
        .map(|(at, line)| match line.rsplit_once(',') {
            Some((rest, visits)) if at % 10 == 1 => format!("{rest},{}", 2 * visits.parse::<u32>().unwrap()),
            _ => line.to_owned(),
        })
        .collect();
    let other = place.write("haunted.csv", &(haunted.join("\n") + "\n"));
    let (model, data) = (place.path("haunted.json"), place.path("halls.csv"));
    let learn =
        ["model", "train", "--data", &other, "--out", &model, "--target", "visits", "--loss", "poisson"];
    assert_eq!(adil(&[&learn[..], &split].concat()).code, 0);
    let ended = card(&place, &["--data", &data, "--by", "kind", "--beside", &model, "--json"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let found = ended.json();
    let all = &found["beside"]["all"];
    assert_eq!((&all["rows"], &found["beside"]["by"][0]["column"]), (&400.into(), &"kind".into()));
    let rise = number(&all["mean_other"]) / number(&all["mean"]);
    assert!((1.05..1.2).contains(&rise), "a tenth more visits raise every forecast: {rise}");
    // Without rows there is nothing to foretell, and other columns are another question.
    let ended = card(&place, &["--beside", &model]);
    assert_eq!(ended.code, 1);
    assert!(ended.err.contains("no-rows"), "{}", ended.err);
    assert_eq!(adil(&[&learn[..], &["--drop", "hall"]].concat()).code, 0);
    let ended = card(&place, &["--data", &data, "--beside", &model]);
    assert_eq!(ended.code, 1);
    assert!(ended.err.contains("other-columns"), "{}", ended.err);
}
