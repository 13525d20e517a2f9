use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use adil_detect::{Detector, Engine, Options, SettingValue, State, as_csv, detect, detectors};
use adil_domain::Language;

pub(crate) fn folder(id: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../detectors").join(id)
}

/// A copy of a round, since detecting keeps Parquet in it.
pub(crate) fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            fs::create_dir_all(&target).unwrap();
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), &target).unwrap();
        }
    }
}

pub(crate) fn options(id: &str, language: Language, threads: usize) -> Options {
    Options { language: Some(language), only: vec![id.to_owned()], ..Options::new(Engine::Local { threads }) }
}

#[test]
fn every_detector_finds_what_its_folder_says() {
    // `UPDATE=1 cargo test` writes what was found; read it before committing.
    let update = std::env::var_os("UPDATE").is_some();
    for detector in detectors().unwrap() {
        let id = &detector.id;
        let round = tempfile::tempdir().unwrap();
        copy(&folder(id).join("fixture"), round.path());
        let report = detect(round.path(), &options(id, Language::EN, 2)).unwrap();
        assert!(report.problems.is_empty(), "{id}: {:?}", report.problems);
        let written = fs::read_to_string(round.path().join("flags.csv")).unwrap();
        assert_eq!(written.as_bytes(), as_csv(&report.flags).unwrap());
        let expected = folder(id).join("expected.csv");
        if update {
            fs::write(&expected, &written).unwrap();
        }
        assert_eq!(written, fs::read_to_string(&expected).unwrap(), "{id}");
        assert!(!report.flags.is_empty(), "{id}: its round shows nothing");
        let used: BTreeSet<&str> = report.flags.iter().map(|f| f.subject_kind.as_str()).collect();
        let named: BTreeSet<&str> = detector.subjects.iter().map(String::as_str).collect();
        assert_eq!(used, named, "{id}: kinds of subjects");
        // The same where each section is a part of its own, put together from runs of one row.
        let apart = tempfile::tempdir().unwrap();
        copy(&folder(id).join("fixture"), apart.path());
        let in_parts = Options { part_rows: 1, ..options(id, Language::EN, 2) };
        assert_eq!(detect(apart.path(), &in_parts).unwrap().flags, report.flags, "{id}: in parts");
        // The same in every language, and from what was kept.
        for language in [Language::KK, Language::RU] {
            let again = detect(round.path(), &options(id, language, 1)).unwrap();
            let what = |flags: &[adil_detect::Flag]| -> Vec<(String, String)> {
                flags.iter().map(|f| (f.subject_id.clone(), f.evidence.clone())).collect()
            };
            assert_eq!(what(&again.flags), what(&report.flags), "{id}");
            let sentences = again.flags.iter().zip(&report.flags);
            assert!(sentences.into_iter().all(|(a, b)| a.sentence != b.sentence), "{id}: {language:?}");
        }
        no_child_is_named(&detector, &report.flags);
    }
}

fn no_child_is_named(detector: &Detector, flags: &[adil_detect::Flag]) {
    for flag in flags.iter().filter(|f| f.subject_kind == "participant") {
        assert!(!flag.sentence.contains(&flag.subject_id), "{}: {}", detector.id, flag.sentence);
        assert!(!flag.evidence.contains(&flag.subject_id), "{}: {}", detector.id, flag.evidence);
    }
}

#[test]
fn every_detector_is_described() {
    for detector in detectors().unwrap() {
        let id = &detector.id;
        let readme = fs::read_to_string(folder(id).join("README.md")).unwrap();
        for heading in ["Method", "Why it matters", "Honest explanations", "What it gets wrong", "Severity"] {
            assert!(readme.contains(&format!("**{heading}.**")), "{id}: {heading}");
        }
        assert!(!detector.reference.is_empty(), "{id}: a flag without a source is not published");
        assert!(readme.split_whitespace().collect::<Vec<_>>().join(" ").contains(&detector.severity), "{id}");
        for (name, setting) in &detector.settings {
            let default = match &setting.default {
                SettingValue::Integer(value) => value.to_string(),
                SettingValue::Number(value) => format!("{value:?}"),
                SettingValue::Text(value) => value.clone(),
            };
            assert!(readme.contains(&format!("| `{name}` | {default} |")), "{id}: {name}");
            assert!(detector.sql.contains(&format!("${name}")), "{id}: {name} is asked for nowhere");
            assert!(!setting.why.is_empty(), "{id}: {name}");
        }
        let text = detector.title.localized();
        assert!(Language::PRODUCT.iter().all(|language| text.has(*language)), "{id}");
    }
}

#[test]
fn a_detector_without_its_tables_cannot_look() {
    let round = tempfile::tempdir().unwrap();
    let options = Options { language: Some(Language::EN), ..Options::new(Engine::Local { threads: 1 }) };
    let report = detect(round.path(), &options).unwrap();
    assert!(report.flags.is_empty());
    assert_eq!(report.found.len(), detectors().unwrap().len());
    for (found, detector) in report.found.iter().zip(detectors().unwrap()) {
        // Visits are one folder, whatever is made of them.
        let file = |name: &String| match name.as_str() {
            "attendance" | "sessions" | "months" => "attendance/".to_owned(),
            "timesheets" | "payments" => format!("{name}/"),
            other => format!("{other}.csv"),
        };
        let files: BTreeSet<String> = detector.needs.iter().map(file).collect();
        let needs = files.into_iter().collect();
        assert_eq!(found.state, State::CannotLook { needs }, "{}", found.id);
    }
}
