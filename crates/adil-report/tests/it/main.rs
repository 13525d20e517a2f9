//! A small round, rendered in three languages.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a helper of a test fails as a test does"
)]

mod catalogues;
mod firm;
mod forecast;
mod frontier;
mod ledger;
mod maps;
mod markup;
mod page;
mod pots;
mod related;
mod shadow;
#[path = "../../../adil-domain/tests/shared/catalogues.rs"]
mod shared;
mod terminal;
mod workbook;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use adil_round::{DecideError, Decision, decide_files};

/// The files of the small round: every status, bound and missing value that the reports speak of.
fn files() -> BTreeMap<String, Vec<u8>> {
    let file = |name: &str, bytes: &[u8]| (name.to_owned(), bytes.to_vec());
    BTreeMap::from([
        file("policy.toml", include_bytes!("round/policy.toml")),
        file("datapackage.json", include_bytes!("round/datapackage.json")),
        file("applications.csv", include_bytes!("round/applications.csv")),
        file("facilities.csv", include_bytes!("round/facilities.csv")),
        file("operators.csv", include_bytes!("round/operators.csv")),
        file("territories.csv", include_bytes!("round/territories.csv")),
        file("checks.csv", include_bytes!("round/checks.csv")),
    ])
}

fn decided(files: &BTreeMap<String, Vec<u8>>) -> Decision {
    match decide_files(files) {
        Ok(decision) => decision,
        Err(DecideError::Input(problems, _)) => {
            panic!("{}", problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
        }
        Err(DecideError::Conflict(sets)) => panic!("{sets:?}"),
    }
}

static DECISION: LazyLock<Decision> = LazyLock::new(|| decided(&files()));
