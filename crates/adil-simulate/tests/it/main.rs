//! Tests of the crate as others use it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop where something is wrong"
)]

mod country;
mod figures;
mod plants;
mod round;
mod truth;

use std::collections::BTreeMap;

use adil_simulate::{Options, SimulateError, Sink, Summary, kazakhstan};

/// Keeps everything in memory.
#[derive(Debug, Default)]
pub(crate) struct Memory(pub(crate) BTreeMap<String, Vec<u8>>);

impl Sink for Memory {
    fn append(&mut self, file: &str, bytes: &[u8]) -> Result<(), SimulateError> {
        self.0.entry(file.to_owned()).or_default().extend_from_slice(bytes);
        Ok(())
    }

    fn finish(&mut self) -> Result<(), SimulateError> {
        Ok(())
    }
}

impl Memory {
    pub(crate) fn text(&self, file: &str) -> &str {
        std::str::from_utf8(&self.0[file]).unwrap()
    }

    /// Rows of a table by column.
    pub(crate) fn rows(&self, file: &str) -> Vec<BTreeMap<String, String>> {
        csv::Reader::from_reader(self.0[file].as_slice()).deserialize().map(Result::unwrap).collect()
    }

    /// One column of a table.
    pub(crate) fn column(&self, file: &str, column: &str) -> Vec<String> {
        self.rows(file).into_iter().map(|mut row| row.remove(column).unwrap()).collect()
    }
}

/// A small country.
pub(crate) fn small(seed: u64) -> Options<'static> {
    Options { seed, scale: 0.01, ..Options::default() }
}

pub(crate) fn simulate(options: &Options<'_>) -> (Memory, Summary) {
    let mut memory = Memory::default();
    let summary = kazakhstan(options, &mut memory, &mut |_, _| {}).unwrap();
    (memory, summary)
}
