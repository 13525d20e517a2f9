//! The rule of reach in words.

use super::Section;
use super::say::Say;
use crate::policy::{Access, ReachDecay, ReachMethod, Travel};

pub(super) fn access(say: &Say<'_>, access: &Access) -> Section {
    let mut first = say.rule(
        vec![
            say.say("access-demand", &[("formula", &say.formula(&access.demand))]),
            say.say("access-supply", &[("formula", &say.formula(&access.supply))]),
        ],
        &access.meta,
    );
    first.reference.clone_from(&access.meta.reference);
    let max = say.number(&access.max_minutes);
    let way = match &access.travel {
        Travel::Straight { speed_kmh, detour } => say.plain(
            "access-way",
            &[("max", &max), ("speed", &say.number(speed_kmh)), ("detour", &say.number(detour))],
        ),
        Travel::Table => say.plain("access-way-table", &[("max", &max)]),
    };
    let method = if access.method == ReachMethod::ThreeStep { "three-step" } else { "two-step" };
    let rounds = access.rounds.to_string();
    Section {
        heading: say.say("heading-access", &[("title", say.title(&access.meta.title, "access"))]),
        sentences: vec![
            first,
            way,
            decay(say, &access.decay),
            say.plain("access-method", &[("method", method)]),
            say.plain("access-balance", &[("rounds", &rounds)]),
        ],
    }
}

fn decay(say: &Say<'_>, decay: &ReachDecay) -> super::Sentence {
    match decay {
        ReachDecay::None => say.plain("access-decay-none", &[]),
        ReachDecay::Steps(steps) => {
            let list: Vec<String> = steps
                .iter()
                .map(|(limit, weight)| {
                    say.say(
                        "access-step",
                        &[("minutes", &say.number(limit)), ("share", &say.percent(weight))],
                    )
                })
                .collect();
            say.plain("access-decay-steps", &[("list", &list.join("; "))])
        }
        ReachDecay::Gaussian { minutes } => {
            say.plain("access-decay-gaussian", &[("minutes", &say.number(minutes))])
        }
        ReachDecay::Gravity { exponent, least } => say.plain(
            "access-decay-gravity",
            &[("exponent", &say.number(exponent)), ("least", &say.number(least))],
        ),
    }
}
