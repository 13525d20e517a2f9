use std::fs;
use std::io::Write as _;
use std::path::Path;

use adil_detect::{DetectError, Flag, Report, State, detect};
use adil_domain::{Language, Problems};
use datafusion::arrow::array::{ArrayRef, BooleanArray, Int64Array, RecordBatch, StringArray};
use datafusion::parquet::arrow::ArrowWriter;
use tempfile::TempDir;

use crate::every_detector::{copy, options};

const ID: &str = "overlapping-sessions";
const HEADER: &str = "facility_id,section_id,participant,coach_id,starts_at,ends_at,present";

fn round_of(files: &[(&str, &str)]) -> TempDir {
    let round = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = round.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    round
}

fn look(round: &Path) -> Report {
    detect(round, &options(ID, Language::EN, 2)).unwrap()
}

fn refused(round: &Path) -> Problems {
    match detect(round, &options(ID, Language::EN, 2)) {
        Err(DetectError::Input(problems)) => problems,
        other => panic!("not refused: {other:?}"),
    }
}

fn codes(problems: &Problems) -> Vec<&str> {
    problems.iter().map(|p| p.code).collect()
}

fn visits(rows: &[&str]) -> String {
    format!("{HEADER}\n{}\n", rows.join("\n"))
}

/// The rows of the detector's own round.
fn own_rows() -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../detectors")
        .join(ID)
        .join("fixture/attendance/2023-01.csv");
    fs::read_to_string(path).unwrap().lines().skip(1).map(str::to_owned).collect()
}

fn same_flags(round: &Path, expected: &[Flag]) {
    assert_eq!(look(round).flags, expected);
}

#[test]
fn order_threads_compression_and_separators_change_nothing() {
    let rows = own_rows();
    let straight = rows.iter().map(String::as_str).collect::<Vec<_>>();
    let mut turned = straight.clone();
    turned.reverse();
    let plain = round_of(&[("attendance/2023-01.csv", &visits(&straight))]);
    let expected = look(plain.path()).flags;
    assert_eq!(expected.len(), 1);
    for threads in [1, 3] {
        let again = detect(plain.path(), &options(ID, Language::EN, threads)).unwrap();
        assert_eq!(again.flags, expected);
    }
    same_flags(round_of(&[("attendance/2023-01.csv", &visits(&turned))]).path(), &expected);
    let semicolons = format!("\u{feff}{}", visits(&straight).replace(',', ";").replace('\n', "\r\n"));
    same_flags(round_of(&[("attendance/2023-01.csv", &semicolons)]).path(), &expected);
    // Two frames one after another are one file.
    let packed = round_of(&[("attendance/2023-01.csv.zst", "")]);
    let mut file = fs::File::create(packed.path().join("attendance/2023-01.csv.zst")).unwrap();
    let text = visits(&straight);
    let (first, second) = text.as_bytes().split_at(text.len() / 2);
    for part in [first, second] {
        let mut frame = zstd::stream::write::Encoder::new(Vec::new(), 1).unwrap();
        frame.write_all(part).unwrap();
        file.write_all(&frame.finish().unwrap()).unwrap();
    }
    same_flags(packed.path(), &expected);
}

#[test]
fn parquet_is_made_once_and_again_when_a_file_changes() {
    let rows = own_rows();
    let text = visits(&rows.iter().map(String::as_str).collect::<Vec<_>>());
    let round = round_of(&[("attendance/2023-01.csv", &text)]);
    let kept = || {
        let mut names: Vec<String> = fs::read_dir(round.path().join("attendance/.parquet"))
            .unwrap()
            .map(|e| e.unwrap().file_name().to_string_lossy().into_owned())
            // The other tables have no rows, and are kept as well.
            .filter(|name| round.path().join("attendance/.parquet").join(name).join("attendance").is_dir())
            .collect();
        names.sort();
        names
    };
    look(round.path());
    let first = kept();
    assert_eq!(first.len(), 1);
    look(round.path());
    assert_eq!(kept(), first);
    fs::write(round.path().join("attendance/2023-01.csv"), text.replace("twice", "again")).unwrap();
    assert_eq!(look(round.path()).flags[0].subject_id, "again");
    assert_eq!(kept().len(), 1);
    assert_ne!(kept(), first);
}

#[test]
fn wrong_rows_are_counted_and_kept() {
    let round = round_of(&[(
        "attendance/2023-01.csv",
        &visits(&[
            "F-1,S-1,,C-1,2023-01-02T14:00:00,2023-01-02T15:00:00,true",
            "F-1,S-1,b,C-1,2023-01-02T14:00:00,2023-01-02T13:00:00,true",
            "F-1,S-1,c,C-1,2023-01-02T23:30:00,2023-01-02T00:30:00,true",
            "F-1,S-1,d,C-1,2023-01-02T14:00:00Z,2023-01-02T15:00:00Z,true",
            "F-1,S-1,e,C-1,2.1.2023,2023-01-02T15:00:00,perhaps",
            "F-1,S-1,f,C-1,2023-01-02T14:00:00,2023-01-02T15:00:00,true",
            "F-1,S-1,f,C-1,2023-01-02T14:00:00,2023-01-02T15:00:00,true",
            "F-1,S-1,g,C-1,2023-01-02T14:00:00,2023-01-02T15:00:00,true",
            "F-1,S-1,g,C-1,2023-01-02T14:00:00,2023-01-02T15:00:00,false",
        ]),
    )]);
    let first = look(round.path()).problems;
    let mut told = codes(&first);
    told.sort_unstable();
    assert_eq!(
        told,
        [
            "contradicting-rows",
            "crosses-midnight",
            "ends-before-start",
            "missing-value",
            "repeated-row",
            "unreadable-value",
            "unreadable-value",
            "utc-time",
            "utc-time",
        ]
    );
    let missing = first.iter().find(|p| p.code == "missing-value").unwrap();
    assert_eq!(missing.place.to_string(), "attendance/2023-01.csv:2:participant");
    assert!(first.iter().all(|p| p.hint.is_some()));
    // What was kept tells the same.
    assert_eq!(look(round.path()).problems, first);
}

#[test]
fn a_row_in_two_files_counts_once() {
    let rows = own_rows();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let once = round_of(&[("attendance/2023-01.csv", &visits(&rows))]);
    let again = visits(&rows[..2]);
    let twice = round_of(&[("attendance/2023-01.csv", &visits(&rows)), ("attendance/late.csv", &again)]);
    let report = look(twice.path());
    assert_eq!(report.flags, look(once.path()).flags);
    assert_eq!(codes(&report.problems), ["repeated-row"]);
    let told = report.problems.iter().next().unwrap();
    assert_eq!((told.place.file.as_str(), told.place.line), ("attendance/late.csv", Some(2)));
    assert!(told.message.contains("2 rows"), "{}", told.message);
}

#[test]
fn children_signed_out_one_by_one_or_told_of_twice_make_no_more_sessions() {
    for id in ["more-than-room", "closed-or-coach-elsewhere"] {
        let round = tempfile::tempdir().unwrap();
        let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../detectors").join(id).join("fixture");
        copy(&fixture, round.path());
        let expected = detect(round.path(), &options(id, Language::EN, 2)).unwrap().flags;
        for entry in fs::read_dir(fixture.join("attendance")).unwrap() {
            let path = entry.unwrap().path();
            let mut text = fs::read_to_string(&path).unwrap();
            let (header, rows) = text.split_once('\n').unwrap();
            let ends = header.split(',').position(|name| name == "ends_at").unwrap();
            // Each child once more, gone some seconds later than the one before.
            let mut again = String::new();
            for (at, row) in rows.lines().enumerate() {
                let mut cells: Vec<String> = row.split(',').map(str::to_owned).collect();
                let end = cells[ends].strip_suffix(":00").map(|end| format!("{end}:{:02}", at % 59 + 1));
                cells[ends] = end.unwrap();
                again.push_str(&format!("{}\n", cells.join(",")));
            }
            text.push_str(&again);
            fs::write(round.path().join("attendance").join(path.file_name().unwrap()), text).unwrap();
        }
        let report = detect(round.path(), &options(id, Language::EN, 2)).unwrap();
        assert_eq!(codes(&report.problems), ["contradicting-rows"], "{id}");
        assert_eq!(report.flags, expected, "{id}");
    }
}

#[test]
fn a_session_over_midnight_can_overlap() {
    let row = |day: u32| {
        [
            format!("F-1,S-1,a,C-1,2023-01-{day:02}T23:30:00,2023-01-{day:02}T00:30:00,true"),
            format!("F-2,S-2,a,C-2,2023-01-{:02}T00:00:00,2023-01-{:02}T01:00:00,true", day + 1, day + 1),
        ]
    };
    let rows: Vec<String> = [2, 4].into_iter().flat_map(row).collect();
    let round = round_of(&[(
        "attendance/2023-01.csv",
        &visits(&rows.iter().map(String::as_str).collect::<Vec<_>>()),
    )]);
    let report = look(round.path());
    assert_eq!(report.flags.len(), 1);
    assert!(report.flags[0].evidence.contains("times=2"), "{}", report.flags[0].evidence);
}

#[test]
fn empty_months_are_told_and_no_error() {
    let round = round_of(&[
        ("attendance/2023-01.csv", &format!("{HEADER}\n")),
        ("attendance/2023-02.csv", ""),
        ("attendance/notes.txt", "not a table"),
    ]);
    let report = look(round.path());
    assert_eq!(codes(&report.problems), ["empty-file", "empty-file"]);
    assert!(matches!(report.found[0].state, State::Looked { counts: [0, 0, 0] }));
}

#[test]
fn a_missing_column_is_an_error_and_old_flags_stay() {
    let round = round_of(&[
        ("attendance/2023-01.csv", "facility_id,section_id,participants,starts_at,present\nF,S,p,,true\n"),
        ("flags.csv", "of yesterday"),
    ]);
    let problems = refused(round.path());
    assert_eq!(codes(&problems), ["missing-column"]);
    assert!(problems.as_slice()[0].message.contains("participants"), "{}", problems.as_slice()[0].message);
    assert_eq!(fs::read_to_string(round.path().join("flags.csv")).unwrap(), "of yesterday");
}

#[test]
fn a_month_is_not_read_twice() {
    let text = format!("{HEADER}\n");
    let round = round_of(&[("attendance/2023-01.csv", &text), ("attendance/2023-01.csv.zst", "")]);
    assert_eq!(codes(&refused(round.path())), ["file-twice"]);
}

fn parquet(round: &Path, columns: Vec<(&str, ArrayRef)>) {
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let path = round.join("attendance/2023-01.parquet");
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let mut writer = ArrowWriter::try_new(fs::File::create(path).unwrap(), batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
}

fn text(values: &[&str]) -> ArrayRef {
    std::sync::Arc::new(StringArray::from(values.to_vec()))
}

#[test]
fn parquet_is_read_with_times_as_text() {
    let round = tempfile::tempdir().unwrap();
    let starts = ["2023-01-02T14:00:00", "2023-01-02T14:30:00", "2023-01-04T14:00:00", "2023-01-04T14:30:00"];
    let ends = ["2023-01-02T15:00:00", "2023-01-02T15:30:00", "2023-01-04T15:00:00", "2023-01-04T15:30:00"];
    parquet(
        round.path(),
        vec![
            ("section_id", text(&["S-1", "S-2", "S-1", "S-2"])),
            ("participant", text(&["a"; 4])),
            ("starts_at", text(&starts)),
            ("ends_at", text(&ends)),
            ("present", std::sync::Arc::new(BooleanArray::from(vec![true; 4]))),
            ("weather", text(&["snow"; 4])),
        ],
    );
    assert_eq!(look(round.path()).flags.len(), 1);
}

#[test]
fn parquet_of_another_schema_is_refused() {
    let round = tempfile::tempdir().unwrap();
    parquet(
        round.path(),
        vec![
            ("section_id", text(&["S-1"])),
            // An identifier kept as a number has lost its zeros.
            ("participant", std::sync::Arc::new(Int64Array::from(vec![42]))),
            ("starts_at", text(&["2023-01-02T14:00:00"])),
            ("present", std::sync::Arc::new(Int64Array::from(vec![1]))),
        ],
    );
    assert_eq!(codes(&refused(round.path())), ["parquet-type", "parquet-type"]);
    fs::write(round.path().join("attendance/2023-01.parquet"), "no parquet at all").unwrap();
    assert_eq!(codes(&refused(round.path())), ["unreadable-file"]);
    fs::remove_file(round.path().join("attendance/2023-01.parquet")).unwrap();
    fs::write(round.path().join("attendance/2023-01.csv.zst"), "no zstd at all").unwrap();
    assert_eq!(codes(&refused(round.path())), ["unreadable-file"]);
}

#[test]
fn a_sheet_must_be_named_after_its_month() {
    let round = tempfile::tempdir().unwrap();
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../detectors/a13-mass-signatures/fixture");
    copy(&fixture, round.path());
    let sheets = round.path().join("timesheets");
    fs::rename(sheets.join("2023-01.csv"), sheets.join("january.csv")).unwrap();
    match detect(round.path(), &options("a13-mass-signatures", Language::EN, 1)) {
        Err(DetectError::Input(problems)) => assert_eq!(codes(&problems), ["file-name"]),
        other => panic!("not refused: {other:?}"),
    }
}

#[test]
fn the_sentence_is_in_the_language_of_the_round() {
    let rows = own_rows();
    let text = visits(&rows.iter().map(String::as_str).collect::<Vec<_>>());
    let round = round_of(&[("attendance/2023-01.csv", &text)]);
    let mut options = options(ID, Language::EN, 1);
    options.language = None;
    let english = detect(round.path(), &options).unwrap().flags;
    let policy = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/kazakhstan-ulytau/policy.toml");
    fs::copy(policy, round.path().join("policy.toml")).unwrap();
    let own = detect(round.path(), &options).unwrap().flags;
    assert_ne!(own[0].sentence, english[0].sentence);
    assert_eq!(own[0].evidence, english[0].evidence);
}
