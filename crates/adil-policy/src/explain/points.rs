//! Criteria, indicators, and scales in words.

use adil_domain::Rational;

use super::say::Say;
use super::{Section, Sentence, uncertainty};
use crate::expr::Expr;
use crate::policy::{Indicator, Missing, Scale};

/// How the score is made, then one section for each criterion.
pub(super) fn points(say: &Say<'_>) -> Vec<Section> {
    let criteria = &say.policy.criteria;
    let heading = say.say("heading-points", &[]);
    if criteria.is_empty() {
        return vec![Section { heading, sentences: vec![say.plain("points-none", &[])] }];
    }
    let aggregation = say.plain("aggregation", &[("rule", say.policy.aggregation.as_str())]);
    let mut sections = vec![Section { heading, sentences: vec![aggregation] }];
    for criterion in criteria {
        let weight = criterion.weight();
        let title = say.title(&criterion.meta.title, &criterion.id);
        let args = [("title", title), ("weight", &say.number(&weight))];
        let heading = say.counted("heading-criterion", &weight, &args);
        let sentences = criterion.indicators.iter().map(|i| {
            let mut sentence = indicator(say, i);
            if sentence.reference.is_none() {
                sentence.reference.clone_from(&criterion.meta.reference);
            }
            sentence
        });
        sections.push(Section { heading, sentences: sentences.collect() });
    }
    sections
}

fn indicator(say: &Say<'_>, indicator: &Indicator) -> Sentence {
    let mut sentences = scale(say, indicator);
    sentences.push(say.say("points-value", &[("formula", &say.formula(&indicator.value))]));
    sentences.push(missing(say, indicator));
    sentences.extend(indicator.error.as_ref().map(|error| uncertainty::error(say, error, &indicator.value)));
    let mut sentence = say.rule(sentences, &indicator.meta);
    sentence.note = say.because(indicator.because.as_ref());
    sentence
}

/// The sentences of the scale: what earns nothing, what earns all.
fn scale(say: &Say<'_>, indicator: &Indicator) -> Vec<String> {
    let weight = say.number(&indicator.weight);
    let title = say.title(&indicator.meta.title, &indicator.id);
    let about = |id: &str, more: &[(&'static str, &str)]| {
        let args: Vec<(&'static str, &str)> =
            [("weight", weight.as_str()), ("title", title)].into_iter().chain(more.iter().copied()).collect();
        say.counted(id, &indicator.weight, &args)
    };
    match &indicator.scale {
        Scale::Goalposts { low, high } | Scale::Log { low, high } => {
            let log = matches!(indicator.scale, Scale::Log { .. });
            let direction = if low > high { "falling" } else { "rising" };
            let [low, high] = [low, high].map(|end| say.measured(end, &indicator.value));
            let id = if log { "points-log" } else { "points-goalposts" };
            vec![about(id, &[("direction", direction), ("low", &low), ("high", &high)])]
        }
        Scale::Bands { bands, top } => {
            let list: Vec<String> = bands
                .iter()
                .map(|band| {
                    let (from, mark) = (say.measured(&band.from, &indicator.value), say.number(&band.mark));
                    say.say("points-band", &[("from", &from), ("mark", &mark)])
                })
                .collect();
            vec![about("points-bands", &[("list", &list.join("; ")), ("top", &say.number(top))])]
        }
        Scale::Categories { marks, top, other } => {
            let mark = |mark: &Rational| say.number(mark);
            let mut list: Vec<String> = marks
                .iter()
                .map(|(word, m)| say.say("points-category", &[("word", word), ("mark", &mark(m))]))
                .collect();
            list.push(match other {
                Some(other) => say.say("points-category-other", &[("mark", &mark(other))]),
                None => say.say("points-category-none", &[]),
            });
            vec![about("points-categories", &[("list", &list.join("; ")), ("top", &mark(top))])]
        }
        Scale::Percentile { within, reverse } => {
            vec![about("points-rank", &[("direction", direction(*reverse))]), among(say, within.as_ref())]
        }
        Scale::ZScore { within, clamp, reverse } => {
            let clamp = say.number(clamp);
            let args = [("direction", direction(*reverse)), ("clamp", &*clamp)];
            vec![about("points-deviation", &args), among(say, within.as_ref())]
        }
    }
}

const fn direction(reverse: bool) -> &'static str {
    if reverse { "falling" } else { "rising" }
}

fn among(say: &Say<'_>, within: Option<&Expr>) -> String {
    match within {
        Some(group) => say.say("points-among-group", &[("group", &say.formula(group))]),
        None => say.say("points-among-all", &[]),
    }
}

fn missing(say: &Say<'_>, indicator: &Indicator) -> String {
    match &indicator.missing {
        Missing::Worst => say.say("missing-worst", &[]),
        Missing::Hold => say.say("missing-hold", &[]),
        Missing::Value(value) => {
            say.say("missing-value", &[("value", &say.measured(value, &indicator.value))])
        }
        Missing::GroupMedian { within: None } => say.say("missing-median-all", &[]),
        Missing::GroupMedian { within: Some(group) } => {
            say.say("missing-median-group", &[("group", &say.formula(group))])
        }
    }
}
