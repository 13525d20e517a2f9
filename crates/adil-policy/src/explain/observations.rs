//! What of people's observations counts, in words.

use super::Section;
use super::say::Say;
use crate::names::Entity;
use crate::policy::ObservationRule;

pub(super) fn observations(say: &Say<'_>, rule: &ObservationRule) -> Section {
    let least = rule.min_observers.to_string();
    let burst = rule.burst_minutes.to_string();
    let named = |entity| say.policy.names().iter().any(|name| name.entity == entity);
    let mut first = say.rule(
        vec![say.counted("observations-least", &rule.min_observers.into(), &[("least", &least)])],
        &rule.meta,
    );
    first.reference.clone_from(&rule.meta.reference);
    let mut sentences = vec![first];
    if let Some(days) = rule.max_age_days {
        sentences.push(say.plain("observations-age", &[("days", &days.to_string())]));
    }
    if named(Entity::Observed) {
        sentences.push(say.plain("observations-weighed", &[]));
        sentences.push(say.plain("observations-burst", &[("burst", &burst)]));
    }
    if named(Entity::Journey) {
        sentences.push(say.plain("observations-journeys", &[]));
    }
    let title = say.title(&rule.meta.title, "observations");
    Section { heading: say.say("heading-observations", &[("title", title)]), sentences }
}
