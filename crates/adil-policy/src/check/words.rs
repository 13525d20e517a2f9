//! Legal references and words: what every rule needs before it may stand on a public page.

use adil_domain::{Language, LocalizedText, Place, Problem, Problems};

use crate::policy::{Policy, RuleMeta};

pub(super) fn check(policy: &Policy, languages: &[Language]) -> Problems {
    let mut words = Words { languages, problems: Problems::new() };
    let round = &policy.round;
    words.titled("round", &round.id, &round.title, &round.place, &[]);
    if let Some(access) = &policy.access {
        words.titled("rule", "access", &access.meta.title, &access.meta.place, &[]);
        words.referred("rule", "access", &access.meta, None);
    }
    if let Some(rule) = &policy.observations {
        words.titled("rule", "observations", &rule.meta.title, &rule.meta.place, &[]);
        words.referred("rule", "observations", &rule.meta, None);
    }
    for model in &policy.models {
        words.titled("model", &model.id, &model.meta.title, &model.meta.place, &[]);
        words.referred("model", &model.id, &model.meta, None);
    }
    for gate in &policy.gates {
        words.titled("gate", &gate.id, &gate.meta.title, &gate.meta.place, &[]);
        words.referred("gate", &gate.id, &gate.meta, None);
    }
    for criterion in &policy.criteria {
        words.titled("criterion", &criterion.id, &criterion.meta.title, &criterion.meta.place, &[]);
        for indicator in &criterion.indicators {
            let because = [indicator.because.as_ref()];
            words.titled("indicator", &indicator.id, &indicator.meta.title, &indicator.meta.place, &because);
            words.referred("indicator", &indicator.id, &indicator.meta, Some(&criterion.meta));
        }
    }
    for pot in &policy.pots {
        let because = [pot.weight_because.as_ref(), pot.floor_because.as_ref()];
        words.titled("pot", &pot.id, &pot.meta.title, &pot.meta.place, &because);
        words.referred("pot", &pot.id, &pot.meta, None);
        for bound in &pot.bounds {
            words.referred("bound for the level", &bound.level, &bound.meta, Some(&pot.meta));
        }
    }
    if let Some(rule) = &policy.privacy {
        words.titled("rule", "privacy", &rule.meta.title, &rule.meta.place, &[]);
        words.referred("rule", "privacy", &rule.meta, None);
    }
    if let Some(uncertainty) = &policy.uncertainty {
        words.titled("rule", "uncertainty", &uncertainty.meta.title, &uncertainty.meta.place, &[]);
        words.referred("rule", "uncertainty", &uncertainty.meta, None);
    }
    if let Some(rule) = &policy.clusters {
        words.titled("rule", "clusters", &rule.meta.title, &rule.meta.place, &[]);
        words.referred("rule", "clusters", &rule.meta, None);
    }
    if let Some(rule) = &policy.independence {
        words.titled("rule", "independence", &rule.meta.title, &rule.meta.place, &[]);
        words.referred("rule", "independence", &rule.meta, None);
    }
    words.problems
}

struct Words<'w> {
    languages: &'w [Language],
    problems: Problems,
}

impl Words<'_> {
    /// A warning when there is no title, or one for all languages that title or reasons lack.
    fn titled(
        &mut self,
        kind: &str,
        id: &str,
        title: &LocalizedText,
        place: &Place,
        reasons: &[Option<&LocalizedText>],
    ) {
        if title.is_empty() {
            let message = format!("The {kind} `{id}` has no title, so pages show its identifier.");
            self.problems.push(Problem::warning("missing-title", place.clone(), message));
            return;
        }
        let texts = || std::iter::once(title).chain(reasons.iter().copied().flatten());
        let lacking: Vec<&str> = self
            .languages
            .iter()
            .filter(|l| texts().any(|text| !text.has(**l)))
            .map(Language::code)
            .collect();
        if !lacking.is_empty() {
            let message =
                format!("The words of the {kind} `{id}` are not complete in: {}.", lacking.join(", "));
            self.problems.push(
                Problem::warning("missing-translation", place.clone(), message)
                    .hint("Readers of that language see another one there."),
            );
        }
    }

    /// A warning when neither the rule nor the one it belongs to has a legal reference.
    fn referred(&mut self, kind: &str, id: &str, meta: &RuleMeta, above: Option<&RuleMeta>) {
        if meta.reference.is_none() && above.is_none_or(|above| above.reference.is_none()) {
            let message = format!("The {kind} `{id}` has no legal reference.");
            self.problems.push(
                Problem::warning("missing-reference", meta.place.clone(), message)
                    .hint("Add `reference` with the act and the paragraph it rests on."),
            );
        }
    }
}
