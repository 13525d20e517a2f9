//! Whole rounds in memory, built from strings, decided, and read back from the files of the decision.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests are not seen as tests by the lint"
)]

use std::collections::BTreeMap;

use adil_domain::{Problem, Problems, Rational, Severity};
use adil_round::folder::{Files, SUMS, sums};
use adil_round::{Conflict, DecideError, Decision, decide_files, output};

mod bad_input;
mod clusters;
mod explain;
mod flags;
mod folder;
mod forecast;
mod frontier;
mod gates;
mod money;
mod observed;
mod points;
mod privacy;
mod properties;
mod reach;
mod resolve;
mod sources;
mod uncertainty;
mod verify;
mod what_if;

/// A pot that gives everyone the same money per euro asked for, up to the ask.
const BY_ASK: &str = r#"
[[pot]]
id = "all"
title = "Everything"
share = "100%"
rule = "fair-share"
weight = "application.amount_sought"
weight_because = "nothing else is known"
ceiling = "application.amount_sought"
reference = "a test"
"#;

/// A round under construction.
#[derive(Debug, Clone)]
struct Round {
    budget: String,
    unit: String,
    rules: String,
    files: Files,
}

impl Round {
    /// 1,000 euro in whole euro, and the pot [`BY_ASK`] unless the rules name another.
    fn new(applications: &str) -> Self {
        Self { budget: "1000".into(), unit: "1".into(), rules: String::new(), files: Files::new() }
            .table("applications.csv", applications)
    }

    fn budget(mut self, budget: &str) -> Self {
        budget.clone_into(&mut self.budget);
        self
    }

    fn unit(mut self, unit: &str) -> Self {
        unit.clone_into(&mut self.unit);
        self
    }

    fn rules(mut self, rules: &str) -> Self {
        self.rules.push_str(rules);
        self
    }

    fn table(mut self, file: &str, text: &str) -> Self {
        self.files.insert(file.to_owned(), text.as_bytes().to_vec());
        self
    }

    fn policy(&self) -> String {
        let Self { budget, unit, rules, .. } = self;
        let pot = if rules.contains("[[pot]]") { "" } else { BY_ASK };
        format!(
            "[round]\nid = \"test\"\ntitle = \"A test\"\ncurrency = \"EUR\"\nbudget = \"{budget}\"\nunit = \"{unit}\"\n\
             country = \"ie\"\nas_of = \"2023-12-31\"\nseed = \"test\"\nreference = \"a test\"\n{rules}{pot}"
        )
    }

    fn files(&self) -> Files {
        let mut files = self.files.clone();
        files.entry("policy.toml".to_owned()).or_insert_with(|| self.policy().into_bytes());
        files
    }

    fn decide(&self) -> Decided {
        match decide_files(&self.files()) {
            Ok(decision) => Decided::of(decision),
            Err(error) => panic!("{}", said(&error)),
        }
    }

    fn problems(&self) -> Problems {
        match decide_files(&self.files()) {
            Err(DecideError::Input(problems, _)) => problems,
            Err(DecideError::Conflict(sets)) => panic!("{sets:?}"),
            Ok(decision) => panic!("decided: {:?}", decision.totals),
        }
    }

    fn conflicts(&self) -> Vec<Conflict> {
        match decide_files(&self.files()) {
            Err(DecideError::Conflict(sets)) => sets,
            Err(error) => panic!("{}", said(&error)),
            Ok(decision) => panic!("decided: {:?}", decision.totals),
        }
    }
}

fn said(error: &DecideError) -> String {
    match error {
        DecideError::Input(problems, _) => list(problems),
        DecideError::Conflict(sets) => format!("{sets:#?}"),
    }
}

fn list(problems: &Problems) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// The errors alone, for snapshots that are not about warnings.
fn errors(problems: &Problems) -> String {
    let errors = problems.iter().filter(|p| p.severity == Severity::Error);
    errors.map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// A decision and its files.
struct Decided {
    decision: Decision,
    files: Files,
}

type Record = BTreeMap<String, String>;

impl Decided {
    fn of(decision: Decision) -> Self {
        let files = output::files(&decision);
        Self { decision, files }
    }

    fn text(&self, file: &str) -> &str {
        std::str::from_utf8(&self.files[file]).unwrap()
    }

    fn table(&self, file: &str) -> Vec<Record> {
        records(self.text(file))
    }

    fn award(&self, id: &str) -> Record {
        self.table("awards.csv").into_iter().find(|r| r["application_id"] == id).expect(id)
    }

    /// `A 300 funded share`, a line for each application; what is kept stands in brackets.
    fn awards(&self) -> Vec<String> {
        let line = |r: &Record| {
            let kept = &r["amount_if_cleared"];
            let kept = if kept.is_empty() { String::new() } else { format!(" ({kept})") };
            format!("{} {}{kept} {} {}", r["application_id"], r["amount"], r["status"], r["reason"])
        };
        self.table("awards.csv").iter().map(line).collect()
    }

    /// Amounts in the order of identifiers, as text.
    fn amounts(&self) -> Vec<String> {
        self.table("awards.csv").into_iter().map(|r| r["amount"].clone()).collect()
    }

    /// Awarded, reserved, unspent.
    fn totals(&self) -> [String; 3] {
        let t = &self.decision.totals;
        [t.awarded, t.reserved, t.unspent].map(adil_domain::Money::to_short_string)
    }

    fn problem(&self, code: &str) -> Option<&Problem> {
        self.decision.problems.iter().find(|p| p.code == code)
    }

    /// The decision folder as it would stand on disk.
    fn folder(&self) -> Files {
        let mut files = self.files.clone();
        let sums = sums(&files);
        files.insert(SUMS.to_owned(), sums.into_bytes());
        files
    }
}

fn records(text: &str) -> Vec<Record> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let record = |r: csv::StringRecord| header.iter().cloned().zip(r.iter().map(str::to_owned)).collect();
    reader.records().map(|r| record(r.unwrap())).collect()
}

fn rational(text: &str) -> Rational {
    text.parse().unwrap()
}
