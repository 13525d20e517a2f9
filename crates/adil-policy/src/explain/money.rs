//! Pots, their bounds, and what is kept back, in words.

use super::say::Say;
use super::{Section, Sentence};
use crate::policy::{Pot, PotRule, RuleMeta, TerritoryBound};

pub(super) fn pot(say: &Say<'_>, pot: &Pot) -> Section {
    let mut sentences = Vec::new();
    let share = say.say("pot-share", &[("share", &say.percent(&pot.share))]);
    let rule = match pot.rule {
        PotRule::FairShare => say.say("pot-fair-share", &[]),
    };
    sentences.push(say.rule(vec![share, rule], &pot.meta));
    sentences.push(match &pot.when {
        Some(when) => say.plain("pot-when", &[("condition", &say.formula(when))]),
        None => say.plain("pot-all", &[]),
    });
    let mut weight = say.plain("pot-weight", &[("formula", &say.formula(&pot.weight))]);
    weight.note = say.because(pot.weight_because.as_ref());
    sentences.push(weight);
    // A floor of zero promises nothing, so nothing is said of it.
    if let Some(floor) = pot.floor.as_ref().filter(|f| f.constant().is_none_or(|n| !n.is_zero())) {
        let mut sentence = say.plain("pot-floor", &[("formula", &say.amount(floor))]);
        sentence.note = say.because(pot.floor_because.as_ref());
        sentences.push(sentence);
    }
    for (id, expr) in [("pot-ceiling", &pot.ceiling), ("pot-minimum", &pot.minimum)] {
        sentences.extend(expr.as_ref().map(|expr| say.plain(id, &[("formula", &say.amount(expr))])));
    }
    sentences.extend(pot.bounds.iter().map(|b| bound(say, b, &pot.meta)));
    Section { heading: say.say("heading-pot", &[("title", say.title(&pot.meta.title, &pot.id))]), sentences }
}

fn bound(say: &Say<'_>, bound: &TerritoryBound, pot: &RuleMeta) -> Sentence {
    let floor = bound.floor.as_ref().map(|e| say.amount(e));
    let ceiling = bound.ceiling.as_ref().map(|e| say.amount(e));
    let level = ("level", bound.level.as_str());
    let mut sentences = Vec::new();
    if !bound.meta.title.is_empty() {
        sentences.push(say.say("rule-title", &[("title", say.title(&bound.meta.title, &bound.level))]));
    }
    sentences.push(match (&floor, &ceiling) {
        (Some(floor), Some(ceiling)) => {
            say.say("bound-both", &[level, ("floor", floor), ("ceiling", ceiling)])
        }
        (Some(floor), None) => say.say("bound-floor", &[level, ("floor", floor)]),
        (None, ceiling) => {
            say.say("bound-ceiling", &[level, ("ceiling", ceiling.as_deref().unwrap_or_default())])
        }
    });
    let mut sentence = say.rule(sentences, &bound.meta);
    if sentence.reference.is_none() {
        sentence.reference.clone_from(&pot.reference);
    }
    sentence
}

pub(super) fn rest(say: &Say<'_>) -> Section {
    let reserve = &say.policy.reserve;
    let mut sentences = Vec::new();
    if !reserve.appeals.is_zero() {
        let mut text = say.say("rest-appeals", &[("share", &say.percent(&reserve.appeals))]);
        if let Some(until) = reserve.until {
            let date = say.date(until);
            text = format!("{text} {}", say.say("rest-until", &[("date", &date)]));
        }
        sentences.push(Sentence { text, reference: reserve.reference.clone(), note: None });
    }
    sentences.push(say.plain("rest-unspent", &[]));
    sentences.push(say.plain("rest-sum", &[]));
    Section { heading: say.say("heading-rest", &[]), sentences }
}
