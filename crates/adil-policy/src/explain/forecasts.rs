//! Forecasts that earn points, in words.

use super::say::Say;
use super::{Section, Sentence};
use crate::policy::ForecastRule;

pub(super) fn forecasts(say: &Say<'_>) -> Option<Section> {
    let models = &say.policy.models;
    if models.is_empty() {
        return None;
    }
    let mut sentences: Vec<Sentence> =
        models.iter().enumerate().map(|(at, model)| forecast(say, at, model)).collect();
    sentences.push(say.plain("forecast-by-hand", &[]));
    Some(Section { heading: say.say("heading-forecasts", &[]), sentences })
}

fn forecast(say: &Say<'_>, at: usize, model: &ForecastRule) -> Sentence {
    let columns: Vec<String> = model.features.iter().map(|f| say.formula(&f.value)).collect();
    let cap = say.number(&model.cap);
    let moved = say.policy.moved_by(at);
    let mut sentences = vec![
        say.counted(
            "forecast-cap",
            &model.cap,
            &[
                ("title", say.title(&model.meta.title, &model.id)),
                ("file", &model.file),
                ("cap", &cap),
                ("moved", &say.number(&moved)),
            ],
        ),
        say.say("forecast-columns", &[("list", &columns.join("; "))]),
    ];
    sentences.extend(
        model
            .exposure
            .as_ref()
            .map(|exposure| say.say("forecast-exposure", &[("formula", &say.formula(exposure))])),
    );
    sentences
        .extend(model.per.as_ref().map(|per| say.say("forecast-per", &[("formula", &say.formula(per))])));
    say.rule(sentences, &model.meta)
}
