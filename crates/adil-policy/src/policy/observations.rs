//! What people see, and what of it counts.

use super::RuleMeta;

/// `[observations]`: observations and journeys may be named as `observed.…` and `journey.…`.
#[derive(Debug, Clone)]
pub struct ObservationRule {
    /// Fewer independent observers, or people who told of their way, are no number.
    pub min_observers: u32,
    /// How old an observation may be on the round's day, in days; `None` is any age.
    pub max_age_days: Option<i64>,
    /// What citizens say of a facility within so many minutes counts once.
    pub burst_minutes: u32,
    /// Title, reference, dates, place.
    pub meta: RuleMeta,
}
