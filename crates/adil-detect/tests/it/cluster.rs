use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::path::Path;
use std::sync::Mutex;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use adil_detect::{DetectError, Engine, Options, Scheduler, detect, detectors};
use adil_domain::Language;
use tempfile::TempDir;

use crate::every_detector::{copy, folder, options};
use crate::machines::{Cluster, Conduct, EVER, Task, free_ports};

const ID: &str = "overlapping-sessions";

fn asked(id: &str, engine: Engine) -> Options {
    Options { engine, ..options(id, Language::EN, 1) }
}

fn small(id: &str) -> TempDir {
    let round = tempfile::tempdir().unwrap();
    copy(&folder(id).join("fixture"), round.path());
    round
}

/// The detector's own round, a hundred times a month for half a year.
fn large() -> TempDir {
    let round = tempfile::tempdir().unwrap();
    let text = fs::read_to_string(folder(ID).join("fixture/attendance/2023-01.csv")).unwrap();
    let (header, rows) = text.split_once('\n').unwrap();
    fs::create_dir(round.path().join("attendance")).unwrap();
    for month in 1..=6 {
        let mut all = format!("{header}\n");
        for family in 0..100 {
            for row in rows.lines() {
                let mut cells: Vec<&str> = row.split(',').collect();
                let child = format!("{}-{family}", cells[2]);
                cells[2] = &child;
                all.push_str(&cells.join(",").replace("2023-01", &format!("2023-0{month}")));
                all.push('\n');
            }
        }
        fs::write(round.path().join(format!("attendance/2023-0{month}.csv")), all).unwrap();
    }
    round
}

fn written(round: &Path) -> String {
    fs::read_to_string(round.join("flags.csv")).unwrap()
}

/// What this machine finds in a round.
fn found_here(round: &Path) -> String {
    detect(round, &options(ID, Language::EN, 2)).unwrap();
    let flags = written(round);
    fs::remove_file(round.join("flags.csv")).unwrap();
    flags
}

#[test]
fn every_detector_finds_the_same_on_a_cluster() {
    let cluster = Cluster::start(2, Conduct::Works);
    for detector in detectors().unwrap() {
        let id = &detector.id;
        let round = small(id);
        detect(round.path(), &asked(id, cluster.engine(EVER))).unwrap();
        assert_eq!(
            written(round.path()),
            fs::read_to_string(folder(id).join("expected.csv")).unwrap(),
            "{id}"
        );
    }
}

#[test]
fn an_executor_that_dies_amid_a_question_changes_nothing() {
    let round = large();
    let expected = found_here(round.path());
    assert!(expected.lines().count() > 100);
    let (told, heard) = channel();
    let mut cluster = Cluster::start(2, Conduct::Hangs { told: Mutex::new(Some(told)) });
    let options = asked(ID, cluster.engine(EVER));
    let asking = {
        let round = round.path().to_owned();
        thread::spawn(move || detect(&round, &options))
    };
    // An error here is a question that was answered without any executor ever hanging.
    let hung = heard.recv().unwrap();
    let before = cluster.watch.given();
    cluster.kill(hung.executor);
    asking.join().unwrap().unwrap();
    assert_eq!(written(round.path()), expected);

    let of_the_job = |t: &&Task| t.job == hung.job;
    // What it had written for others that are done is missed by nobody.
    let missed = |t: &&Task| t.stage == hung.stage || hung.reads.contains(&t.stage);
    let lost: Vec<_> =
        before.iter().filter(of_the_job).filter(|t| t.executor == hung.executor).filter(missed).collect();
    assert!(lost.len() > 1, "it had written nothing that could be lost: {lost:?}");
    let given = cluster.watch.given();
    let after = &given[before.len()..];
    assert!(after.iter().all(|t| of_the_job(&t)), "the question was asked again as a whole: {after:?}");
    for stage in lost.iter().map(|t| t.stage) {
        assert!(
            after.iter().any(|t| t.stage == stage && t.executor != hung.executor),
            "stage {stage}: {after:?}"
        );
    }
}

#[test]
fn a_question_that_failed_is_asked_once_more() {
    let round = large();
    let expected = found_here(round.path());
    let cluster = Cluster::start(1, Conduct::Fails { always: false });
    detect(round.path(), &asked(ID, cluster.engine(EVER))).unwrap();
    assert_eq!(written(round.path()), expected);
}

fn refused(round: &Path, engine: Engine) -> String {
    fs::write(round.join("flags.csv"), "of yesterday").unwrap();
    let error = detect(round, &asked(ID, engine)).unwrap_err();
    assert!(matches!(error, DetectError::Cluster { .. }), "{error}");
    assert_eq!(written(round), "of yesterday");
    error.to_string()
}

#[test]
fn a_question_that_keeps_failing_is_an_error_in_words() {
    let cluster = Cluster::start(1, Conduct::Fails { always: true });
    let message = refused(small(ID).path(), cluster.engine(EVER));
    for part in ["counting attendance failed there twice", "a disk that is full", "The logs of"] {
        assert!(message.contains(part), "{part}: {message}");
    }
}

#[test]
fn a_scheduler_without_executors_is_not_waited_for_forever() {
    let cluster = Cluster::start(0, Conduct::Works);
    let message = refused(small(ID).path(), cluster.engine(Duration::ZERO));
    assert!(message.contains("no executor to work with"), "{message}");
}

#[test]
fn a_cluster_that_does_not_see_the_round_finds_nothing_and_says_so() {
    let cluster = Cluster::blind();
    let round = small(ID);
    let message = refused(round.path(), cluster.engine(EVER));
    let kept = round.path().join("attendance/.parquet");
    for part in ["and 0 there", "under this very path", kept.to_str().unwrap()] {
        assert!(message.contains(part), "{part}: {message}");
    }
}

#[test]
fn nobody_and_somebody_else_are_no_scheduler() {
    let round = small(ID);
    let engine = |port: u16| {
        Engine::Ballista(Scheduler::at(&format!("ballista://127.0.0.1:{port}"), Duration::ZERO).unwrap())
    };
    let message = refused(round.path(), engine(free_ports(1)[0]));
    assert!(message.contains("no scheduler answers"), "{message}");
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let other = thread::spawn(move || {
        let (mut caller, _) = listener.accept().unwrap();
        let mut request = [0; 16];
        caller.read_exact(&mut request).unwrap();
        caller.write_all(b"HTTP/1.1 404 Not Found\r\n\r\n").unwrap();
    });
    let message = refused(round.path(), engine(port));
    other.join().unwrap();
    assert!(message.contains("no scheduler of Ballista"), "{message}");
    assert!(message.contains("404"), "{message}");
}
