//! Services, with what a library must not touch: the environment and waiting.

use std::time::Duration;

use adil_domain::{Place, Problem, Problems};
use adil_sources::egov::{self, Dataset, Pauses};
use adil_sources::sheet::Sheet;

use super::plan::Source;

/// The key that data.egov.kz gave to whoever asks.
pub(super) const KEY: &str = "ADIL_EGOV_KEY";
/// Another address than the service's own, such as a mirror.
pub(super) const BASE: &str = "ADIL_EGOV_BASE";
/// A proxy to go through.
pub(super) const PROXY: &str = "HTTPS_PROXY";

/// A data set as a sheet; an answer that is not whole is an error, because what is missing is unknown.
pub(super) fn sheet(source: &Source, problems: &mut Problems) -> Option<Sheet> {
    let shown = source.file.display().to_string();
    let Some(day) = source.as_of.as_deref().and_then(|day| day.parse().ok()) else {
        let message = "A service answers as of the day on which it is asked, which was not given.";
        problems.push(
            Problem::error("no-day", Place::file(shown), message).hint("Add --as-of with the day of today."),
        );
        return None;
    };
    let (name, version) = shown.split_once('/').unwrap_or((&shown, "v1"));
    let mut dataset = Dataset::new(name, version, day);
    dataset.key = said(KEY);
    dataset.proxy = said(PROXY);
    if let Some(base) = said(BASE) {
        dataset.base = base;
    }
    dataset.cache.clone_from(&source.cache);
    let records = egov::fetch(&dataset, &mut Waiting::new(), problems);
    if !records.complete {
        let message = format!(
            "{} of the records came; what is missing is unknown, so none is used.",
            records.rows.len()
        );
        problems.push(Problem::error("egov-incomplete", Place::file(shown), message).hint(
            "Ask again later; with --cache the pages that came are kept and only the others are asked for.",
        ));
        return None;
    }
    Some(records.sheet())
}

/// What the environment says under a name; nothing when it is empty.
pub(super) fn said(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Waits as asked, a little differently in every process so that those refused together do not come back together.
pub(super) struct Waiting(u64);

impl Waiting {
    /// Seeded by the process.
    pub(super) fn new() -> Self {
        Self(u64::from(std::process::id()))
    }
}

impl Pauses for Waiting {
    fn wait(&mut self, pause: Duration) {
        std::thread::sleep(pause);
    }

    fn jitter(&mut self) -> f64 {
        // A step of a linear congruential generator (Knuth's MMIX constants); its upper bits are good enough to wait by.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        f64::from(u32::try_from(self.0 >> 33).unwrap_or(0)) / f64::from(1u32 << 31)
    }
}
