//! `[observations]`: what of people's observations counts.

use super::reader::{Reader, Section};
use crate::policy::ObservationRule;

const KEYS: &[&str] = &["min_observers", "max_age", "burst_minutes", "title", "reference", "from", "until"];

/// Two are a couple; three may be strangers.
const MIN_OBSERVERS: u32 = 3;

/// An hour is one training.
const BURST_MINUTES: u32 = 60;

/// A day.
const LONGEST_BURST: u32 = 24 * 60;

/// Reads the rule; `None` when the policy has none, or not all of it can be used.
pub(super) fn read(reader: &mut Reader, root: &Section<'_>) -> Option<ObservationRule> {
    let section = root.section(reader, "observations", "[observations]", KEYS)?;
    let meta = section.meta(reader);
    let min_observers = section.whole(reader, "min_observers", (MIN_OBSERVERS, 1..=1000), "bad-number");
    let burst_minutes =
        section.whole(reader, "burst_minutes", (BURST_MINUTES, 1..=LONGEST_BURST), "bad-number");
    let max_age_days = section.days(reader, "max_age");
    Some(ObservationRule { min_observers: min_observers?, max_age_days, burst_minutes: burst_minutes?, meta })
}
