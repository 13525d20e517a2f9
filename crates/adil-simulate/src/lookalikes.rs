//! What looks like one of the `plants` and is honest. Written to `truth/honest.csv`.

use crate::calendar;
use crate::honest::note;
use crate::model::{Draft, Entered};
use crate::plants::{clubs, each, held, hold_both, pairs, steady};
use crate::stream::Stream;

/// Adds them where nothing else is told.
pub(crate) fn add(draft: &mut Draft<'_>, taken: &mut [bool]) {
    new_clubs(draft, taken);
    each(draft, taken, "joined", 0.02, joined);
    friends(draft, taken);
    two_sports(draft, taken);
    each(draft, taken, "substitute", 0.03, substitute);
    each(draft, taken, "made-up-days", 0.012, made_up_days);
    each(draft, taken, "open-day", 0.03, open_day);
    each(draft, taken, "rota", 0.0015, rota);
}

fn note_section(draft: &mut Draft<'_>, oddity: &'static str, section: usize) -> bool {
    note(draft, oddity, "section", draft.sections[section].id.clone());
    true
}

/// A club that was founded in time for the round, begins with some children and fills up during the year.
fn new_clubs(draft: &mut Draft<'_>, taken: &mut [bool]) {
    let stream = &mut draft.stream("lookalikes/new-clubs");
    for (operator, sections) in clubs(draft, taken) {
        if !stream.chance(0.04) {
            continue;
        }
        draft.operators[operator].registered_on = calendar::before(0, i64::from(stream.whole(20, 150)));
        let at_once = stream.between(0.2, 0.7);
        for section in sections {
            for seat in steady(draft, section) {
                if !stream.chance(at_once) {
                    let from = stream.whole(1, 8) as usize;
                    draft.sections[section].enrolments[seat].begin(from);
                }
            }
            taken[section] = true;
        }
        note(draft, "new-club", "operator", draft.operators[operator].id.clone());
    }
}

/// A school joins, mostly when its year begins: a third or half of the children come at once, and do come.
fn joined(draft: &mut Draft<'_>, section: usize, stream: &mut Stream) -> bool {
    let month = if stream.chance(0.6) { 8 } else { stream.whole(1, 11) as usize };
    let part = stream.between(0.3, 0.55);
    let seats = steady(draft, section);
    let joining: Vec<usize> = seats.into_iter().filter(|_| stream.chance(part)).collect();
    for seat in &joining {
        draft.sections[section].enrolments[*seat].begin(month);
    }
    !joining.is_empty() && note_section(draft, "school-joined", section)
}

/// Friends who are in the same two clubs, which have nothing else in common.
fn friends(draft: &mut Draft<'_>, taken: &mut [bool]) {
    let stream = &mut draft.stream("lookalikes/friends");
    let mut clubs = clubs(draft, taken);
    stream.shuffle(&mut clubs);
    while let Some((_, sections)) = clubs.pop() {
        if !stream.chance(0.06) {
            continue;
        }
        let Some((_, others)) = clubs.pop() else { return };
        let many = stream.whole(3, 6) as usize;
        both(draft, "friends-in-two-clubs", [&sections, &others], many, stream);
    }
}

/// A child in two sections, one after the other on the same day or on other days.
fn two_sports(draft: &mut Draft<'_>, taken: &[bool]) {
    let stream = &mut draft.stream("lookalikes/two-sports");
    for section in 0..taken.len() {
        let other = stream.below(taken.len());
        if stream.chance(0.08) && !taken[section] && !taken[other] {
            both(draft, "two-sports", [&[section], &[other]], 1, stream);
        }
    }
}

/// Children with a seat in both, who come to both.
fn both(
    draft: &mut Draft<'_>,
    oddity: &'static str,
    sections: [&[usize]; 2],
    most: usize,
    stream: &mut Stream,
) {
    for (seat, second) in pairs(draft, sections, false, most, stream) {
        let child = hold_both(draft, seat, second);
        draft.children[child].honest = true;
        note(draft, oddity, "participant", draft.children[child].hash.clone());
    }
}

/// A coach is away for weeks, and a colleague who is free at that hour stands in.
fn substitute(draft: &mut Draft<'_>, section: usize, stream: &mut Stream) -> bool {
    let here = &draft.sections[section];
    let class = stream.below(here.classes.len());
    let Some(away) = here.classes.get(class) else { return false };
    let is_free = |coach: usize| {
        let mut classes = draft.sections.iter().flat_map(|s| &s.classes);
        classes.all(|c| c.coach != coach || !calendar::meet_together(c, away))
    };
    let colleagues: Vec<usize> = (0..draft.coaches.len())
        .filter(|c| draft.coaches[*c].operator == here.operator && is_free(*c))
        .collect();
    let Some(coach) = stream.pick(&colleagues).copied() else { return false };
    let from = stream.whole(0, 10) as usize;
    let months = (from, (from + stream.whole(1, 3) as usize).min(12));
    draft.sections[section].habit.entered = Some(Entered::InNameOf { months, class, coach, part: 1.0 });
    note_section(draft, "substitute", section)
}

/// Up to three sessions of a class that fell out are made up on Sundays.
fn made_up_days(draft: &mut Draft<'_>, section: usize, stream: &mut Stream) -> bool {
    let (month, class) = (stream.below(12), stream.below(draft.sections[section].classes.len()));
    let sessions = 1 + stream.weighted([0.5, 0.3, 0.2].into_iter());
    draft.sections[section].habit.entered = Some(Entered::OnSundays { month, class, sessions });
    note_section(draft, "made-up-days", section)
}

/// All classes come together on a day or two of one month.
fn open_day(draft: &mut Draft<'_>, section: usize, stream: &mut Stream) -> bool {
    let month = stream.below(12);
    let id = draft.facilities[draft.sections[section].facility].id.clone();
    if draft.sections[section].classes.len() < 2 || draft.truth.iter().any(|(_, _, other)| *other == id) {
        return false;
    }
    draft.sections[section].habit.entered =
        Some(Entered::InOneHour { months: (month, month + 1), part: 0.12 });
    note(draft, "open-day", "facility", id);
    true
}

/// The hall holds only some of them, so they stay away in turns.
fn rota(draft: &mut Draft<'_>, section: usize, _: &mut Stream) -> bool {
    if held(draft, section) < 8 {
        return false;
    }
    draft.sections[section].habit.entered = Some(Entered::Evenly { from: 0, loose: 0.0 });
    note_section(draft, "rota", section)
}
