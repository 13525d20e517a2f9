//! The frame of the round, its sources, and its conditions of admission in words.

use adil_domain::{Publish, Rational, WhileDisputed};

use super::say::Say;
use super::{Section, Sentence};
use crate::names::Entity;
use crate::policy::{ClusterRule, DetectorRule, Gate, IndependenceRule, PrivacyRule, Source};

pub(super) fn round(say: &Say<'_>) -> Section {
    let round = &say.policy.round;
    let [budget, unit] = [round.budget, round.unit].map(|money| say.number(&money.to_rational()));
    let money = [("budget", &*budget), ("currency", round.currency.code()), ("unit", &*unit)];
    let mut frame = say.plain("round-budget", &money);
    frame.reference.clone_from(&round.reference);
    let ties = match &round.random {
        Some(random) => say.plain("round-ties-random", &[("random", random)]),
        None => say.plain("round-ties", &[]),
    };
    let day = say.date(round.as_of);
    Section {
        heading: say.say("heading-round", &[("title", say.title(&round.title, &round.id))]),
        sentences: vec![frame, say.plain("round-day", &[("date", &day)]), ties],
    }
}

pub(super) fn sources(say: &Say<'_>) -> Section {
    let mut sentences: Vec<Sentence> = say.policy.sources.iter().map(|s| source(say, s)).collect();
    if sentences.is_empty() {
        sentences.push(say.plain("source-none", &[]));
    }
    if say.policy.sources.len() > 1 {
        sentences.push(say.plain("source-disagreement", &[("rule", say.policy.disagreement.as_str())]));
    }
    if say.policy.while_disputed == WhileDisputed::Hold {
        sentences.push(say.plain("source-disputed", &[]));
    }
    Section { heading: say.say("heading-sources", &[]), sentences }
}

fn source(say: &Say<'_>, source: &Source) -> Sentence {
    let name = say.title(&source.meta.title, &source.name);
    let first = if source.required { "source-required" } else { "source-optional" };
    let mut sentences = vec![say.say(first, &[("name", name)])];
    if let Some(days) = source.max_age_days {
        let days = Rational::from(days);
        sentences.push(say.counted("source-age", &days, &[("days", &say.number(&days))]));
    }
    if !source.fallback.is_empty() {
        let titles: Vec<&str> = source.fallback.iter().map(|other| source_title(say, other)).collect();
        sentences.push(say.say("source-fallback", &[("list", &titles.join("; "))]));
    }
    if !source.columns.is_empty() {
        let columns: Vec<String> = source.columns.iter().map(|c| column(say, c)).collect();
        sentences.push(say.say("source-columns", &[("list", &columns.join("; "))]));
    }
    if let Some(key) = source.key.as_deref().and_then(|key| key.get(..8)) {
        sentences.push(say.say("source-signed", &[("key", key)]));
    }
    if source.publish != Publish::default() {
        sentences.push(say.say("source-publish", &[("publish", source.publish.as_str())]));
    }
    if let Some(day) = source.withdrawn {
        sentences.push(say.say("source-withdrawn-on", &[("date", &say.date(day))]));
    }
    say.rule(sentences, &source.meta)
}

fn source_title<'s>(say: &'s Say<'_>, name: &'s str) -> &'s str {
    let source = say.policy.sources.iter().find(|s| s.name == name);
    source.map_or(name, |source| say.title(&source.meta.title, name))
}

fn column(say: &Say<'_>, name: &str) -> String {
    let parts = name.split_once('.').and_then(|(entity, column)| Some((Entity::from_word(entity)?, column)));
    parts.map_or_else(|| name.to_owned(), |(entity, column)| say.column(entity, column))
}

pub(super) fn gates(say: &Say<'_>) -> Section {
    let gates = &say.policy.gates;
    let mut sentences: Vec<Sentence> = gates.iter().map(|g| gate(say, g)).collect();
    sentences.push(say.plain(if gates.is_empty() { "gates-none" } else { "gate-held" }, &[]));
    sentences.extend(say.policy.detectors.iter().map(|d| detector(say, d)));
    Section { heading: say.say("heading-gates", &[]), sentences }
}

fn detector(say: &Say<'_>, rule: &DetectorRule) -> Sentence {
    let sentence = say.say(
        "detector-rule",
        &[
            ("title", say.title(&rule.meta.title, &rule.id)),
            ("action", rule.action.as_str()),
            ("severity", rule.from.as_str()),
        ],
    );
    let settings = (!rule.settings.is_empty()).then(|| {
        let list = rule.settings.iter().map(|(name, value)| format!("{name} = {}", say.number(value)));
        say.say("detector-settings", &[("list", &list.collect::<Vec<_>>().join("; "))])
    });
    say.rule(std::iter::once(sentence).chain(settings).collect(), &rule.meta)
}

fn gate(say: &Say<'_>, gate: &Gate) -> Sentence {
    let condition = say.formula(&gate.when);
    let first = if gate.meta.title.is_empty() {
        say.say("gate-untitled", &[("condition", &condition)])
    } else {
        say.say("gate", &[("title", say.title(&gate.meta.title, &gate.id)), ("condition", &condition)])
    };
    let unknown = say.say("gate-unknown", &[("rule", gate.unknown.as_str())]);
    let stands_in = gate
        .stands_in
        .as_ref()
        .map(|condition| say.say("gate-stands-in", &[("condition", &say.formula(condition))]));
    say.rule(std::iter::once(first).chain(stands_in).chain([unknown]).collect(), &gate.meta)
}

/// What the decision says of each optional source.
pub(super) fn independence(say: &Say<'_>, rule: &IndependenceRule) -> Section {
    let title = say.title(&rule.meta.title, "independence");
    let tolerance = say.percent(&rule.tolerance);
    let sentence = say.say("independence-rule", &[("tolerance", &tolerance)]);
    Section {
        heading: say.say("heading-independence", &[("title", title)]),
        sentences: vec![say.rule(vec![sentence], &rule.meta)],
    }
}

/// What of people may be published.
pub(super) fn privacy(say: &Say<'_>, rule: &PrivacyRule) -> Section {
    let smallest = say.number(&rule.smallest.into());
    Section {
        heading: say.say("heading-privacy", &[("title", say.title(&rule.meta.title, "privacy"))]),
        sentences: vec![say.rule(vec![say.say("privacy-rule", &[("smallest", &smallest)])], &rule.meta)],
    }
}

/// When operators count as one.
pub(super) fn clusters(say: &Say<'_>, rule: &ClusterRule) -> Section {
    let number = |n: u32| say.number(&n.into());
    let shares = rule
        .shares
        .iter()
        .map(|(column, weight)| format!("{} {}", say.column(Entity::Operator, column), number(*weight)));
    let sentence = say.say(
        "clusters-rule",
        &[
            ("list", &shares.collect::<Vec<_>>().join("; ")),
            ("threshold", &number(rule.threshold)),
            ("most", &number(rule.most)),
        ],
    );
    Section {
        heading: say.say("heading-clusters", &[("title", say.title(&rule.meta.title, "clusters"))]),
        sentences: vec![say.rule(vec![sentence], &rule.meta)],
    }
}
