//! What is planted: fifteen abuses, each at a rate of its own that differs with the seed. Every planted thing is written to
//! `truth/flags.csv`; no detector shares a constant with this file.

use crate::identity::Keys;
use crate::model::{Abroad, Draft, Enrolment, Owner};
use crate::order;
use crate::stream::Stream;

/// How often each abuse is planted, under one seed.
#[derive(Debug, Clone)]
pub(crate) struct Rates {
    ghost_section: f64,
    abroad_child: f64,
    far_child: f64,
    many_circles_block: f64,
    copied_section: f64,
    premises_section: f64,
    disqualified_coach: f64,
    diploma_coach: f64,
    places_section: f64,
    hours_coach: f64,
    bots_block: f64,
    signed_section: f64,
    claim_facility: f64,
    related_block: f64,
    /// Regions whose money ran out and that went on, by index.
    pub(crate) no_stop: Vec<usize>,
}

impl Rates {
    pub(crate) fn new(seed: u64, regions: usize) -> Self {
        let stream = &mut Stream::new(seed, "abuses");
        let mut about = |rate: f64| rate * stream.between(0.5, 1.5);
        let mut this = Self {
            ghost_section: about(0.045),
            abroad_child: about(0.010),
            far_child: about(0.002),
            many_circles_block: about(0.30),
            copied_section: about(0.010),
            premises_section: about(0.018),
            disqualified_coach: about(0.002),
            diploma_coach: about(0.020),
            places_section: about(0.004),
            hours_coach: about(0.008),
            bots_block: about(0.10),
            signed_section: about(0.015),
            claim_facility: about(0.003),
            related_block: about(0.12),
            no_stop: Vec::new(),
        };
        this.no_stop = (0..=stream.below(2)).map(|_| stream.below(regions)).collect();
        // Published of one city in one year. More here, so that there is something to measure.
        let more = &mut Stream::new(seed, "abuses/no-stop");
        let mut others: Vec<usize> = (0..regions).filter(|r| !this.no_stop.contains(r)).collect();
        more.shuffle(&mut others);
        others.truncate(more.whole(2, 4) as usize);
        this.no_stop.extend(others);
        this
    }
}

/// Plants abuses into the block.
pub(crate) fn plant(draft: &mut Draft<'_>, keys: &Keys, rates: &Rates) {
    let stream = &mut draft.stream("abuses");
    for section in 0..draft.sections.len() {
        if noted(draft, &draft.sections[section].id) {
            continue;
        }
        // One abuse to a section, so that each can be looked for by itself.
        let mut left = stream.unit();
        let mut is = |rate: f64| {
            left -= rate;
            (-rate..0.0).contains(&left)
        };
        if is(rates.ghost_section) {
            ghosts(draft, keys, section, stream);
        } else if is(rates.copied_section) {
            copied(draft, section, stream);
        } else if is(rates.premises_section) {
            premises(draft, section, stream);
        } else if is(rates.signed_section) {
            draft.sections[section].habit.mass_signed = true;
            flag(draft, "a13-mass-signatures", "section", draft.sections[section].id.clone());
        } else if is(rates.places_section) {
            too_many_places(draft, section, stream);
        }
    }
    for child in 0..draft.children.len() {
        if draft.children[child].honest {
            continue;
        }
        if stream.chance(rates.abroad_child) {
            abroad(draft, child, stream);
        } else if stream.chance(rates.far_child) {
            let far = far_from(draft, stream);
            draft.children[child].residence = far;
            flag(draft, "a03-lives-elsewhere", "participant", draft.children[child].hash.clone());
        }
    }
    coaches(draft, rates, stream);
    if stream.chance(rates.many_circles_block) {
        many_circles(draft, stream);
    }
    if stream.chance(rates.bots_block) && !draft.sections.is_empty() {
        let device = keys.mark("bot", &draft.name("bot", 0));
        flag(draft, "a12-queue-bots", "device", device.clone());
        draft.bots.push((device, stream.whole(14, 45) as usize));
    }
    if stream.chance(rates.related_block) {
        related(draft, stream);
    }
    for facility in 0..draft.facilities.len() {
        if draft.facilities[facility].applies
            && stream.chance(rates.claim_facility)
            && !really_full(draft, facility)
        {
            draft.facilities[facility].second_source = false;
            draft.facilities[facility].exaggeration = stream.between(2.2, 5.0);
            flag(draft, "a14-claim-only", "facility", draft.facilities[facility].id.clone());
        }
    }
}

pub(crate) fn flag(draft: &mut Draft<'_>, detector: &'static str, kind: &'static str, id: String) {
    draft.truth.push((detector, kind, id));
}

/// Whether somebody is already an honest oddity.
fn noted(draft: &Draft<'_>, id: &str) -> bool {
    draft.honest.iter().any(|(_, _, other)| other == id)
}

/// Whether a section is really full here, which the turnstile must go on to say.
fn really_full(draft: &Draft<'_>, facility: usize) -> bool {
    draft.sections.iter().any(|s| s.facility == facility && s.habit.always_full)
}

/// A district of another region.
fn far_from(draft: &Draft<'_>, stream: &mut Stream) -> usize {
    let districts = &draft.world.country.districts;
    let here = districts[draft.block.district].region;
    let others: Vec<usize> = (0..districts.len()).filter(|d| districts[*d].region != here).collect();
    stream.pick(&others).copied().unwrap_or(draft.block.district)
}

/// Children that are on the sheet every time and never come; after an inspection, in some sections, half of them are gone.
fn ghosts(draft: &mut Draft<'_>, keys: &Keys, section: usize, stream: &mut Stream) {
    let part = stream.between(0.3, 0.8);
    let inspected = stream.chance(0.4).then(|| stream.whole(7, 10) as usize);
    let operator = draft.sections[section].operator;
    if inspected.is_some() {
        draft.operators[operator].inspected = inspected;
    }
    let shared = keys.mark("ghost-phone", &draft.sections[section].id);
    for e in 0..draft.sections[section].enrolments.len() {
        if !stream.chance(part) {
            continue;
        }
        let child = draft.sections[section].enrolments[e].child;
        if draft.children[child].honest {
            continue;
        }
        if stream.chance(0.3) {
            draft.children[child].residence = far_from(draft, stream);
        }
        if stream.chance(0.4) {
            draft.children[child].phone.clone_from(&shared);
        }
        let gone = inspected.filter(|_| stream.chance(0.5));
        let enrolment = &mut draft.sections[section].enrolments[e];
        enrolment.ghost = true;
        if let Some(month) = gone {
            enrolment.until = enrolment.until.min(month).max(enrolment.from + 1);
        }
        flag(draft, "a01-ghost-children", "participant", draft.children[child].hash.clone());
    }
    flag(draft, "a01-ghost-children", "section", draft.sections[section].id.clone());
}

/// The sheet of another section of the supplier stands under this one too; or the marks of the first month in all months.
fn copied(draft: &mut Draft<'_>, section: usize, stream: &mut Stream) {
    let operator = draft.sections[section].operator;
    let earlier = (0..section)
        .find(|s| draft.sections[*s].operator == operator && draft.sections[*s].habit.copies.is_none());
    match earlier {
        Some(source) => draft.sections[section].habit.copies = Some((source, stream.whole(1, 8) as usize)),
        None => draft.sections[section].habit.frozen = true,
    }
    flag(draft, "a05-copied-timesheets", "section", draft.sections[section].id.clone());
}

/// A section in a flat, a cellar, a pharmacy: too small for its children.
fn premises(draft: &mut Draft<'_>, section: usize, stream: &mut Stream) {
    let facility = draft.sections[section].facility;
    if really_full(draft, facility) {
        return;
    }
    let kinds = ["flat", "basement", "pharmacy", "market", "dwelling"];
    let hall = draft.world.kinds[draft.facilities[facility].kind].hall.is_some();
    let here = &mut draft.facilities[facility];
    if let Some(kind) = stream.pick(&kinds) {
        here.premises = kind;
    }
    // What is counted as hall area stays as it is: the norm counts halls as they are reported.
    if !hall {
        here.area = u64::from(stream.whole(14, 32));
    }
    here.capacity = u64::from(stream.whole(4, 8));
    here.others = u64::from(stream.whole(0, 10));
    here.second_source = false;
    flag(draft, "a06-impossible-premises", "facility", draft.facilities[facility].id.clone());
}

/// Many more places than the hall can take, on papers that are not complete.
fn too_many_places(draft: &mut Draft<'_>, section: usize, stream: &mut Stream) {
    let operator = draft.sections[section].operator;
    draft.operators[operator].documents = false;
    draft.sections[section].places *= u64::from(stream.whole(6, 12));
    flag(draft, "a09-selection-violations", "section", draft.sections[section].id.clone());
}

/// A child out of the country for a month that it is marked present in.
fn abroad(draft: &mut Draft<'_>, child: usize, stream: &mut Stream) {
    let stay = draft
        .sections
        .iter()
        .flat_map(|s| &s.enrolments)
        .find(|e| e.child == child)
        .map(|e| (e.from, e.until));
    let Some((from, until)) = stay else { return };
    let months = u32::try_from(until.saturating_sub(from + 1)).unwrap_or(0);
    let month = from + stream.whole(0, months) as usize;
    draft.children[child].abroad = Some(Abroad { month, marked: true });
    flag(draft, "a02-present-abroad", "participant", draft.children[child].hash.clone());
}

fn coaches(draft: &mut Draft<'_>, rates: &Rates, stream: &mut Stream) {
    for coach in 0..draft.coaches.len() {
        if stream.chance(rates.disqualified_coach) {
            draft.coaches[coach].cleared = "no";
            flag(draft, "a07-disqualified-staff", "coach", draft.coaches[coach].id.clone());
        } else if coach > 0 && stream.chance(rates.diploma_coach) {
            // A diploma that somebody else has as well.
            let (first, rest) = draft.coaches.split_at_mut(coach);
            let from = stream.below(first.len());
            if let (Some(source), Some(here)) = (first.get(from), rest.first_mut()) {
                here.diploma.clone_from(&source.diploma);
                here.institution.clone_from(&source.institution);
                here.diploma_year = source.diploma_year;
                let ids = [source.id.clone(), here.id.clone()];
                for id in ids {
                    flag(draft, "a08-fake-diplomas", "coach", id);
                }
            }
        } else if stream.chance(rates.hours_coach) {
            draft.coaches[coach].claimed_hours = Some(u64::from(stream.whole(78, 140)));
            flag(draft, "a10-declared-hours", "coach", draft.coaches[coach].id.clone());
        }
    }
}

/// One child in three to seven sections of different suppliers at once.
fn many_circles(draft: &mut Draft<'_>, stream: &mut Stream) {
    let mut order: Vec<usize> =
        (0..draft.sections.len()).filter(|s| !draft.sections[*s].enrolments.is_empty()).collect();
    stream.shuffle(&mut order);
    let mut suppliers: Vec<usize> = Vec::new();
    order.retain(|s| {
        let supplier = draft.sections[*s].operator;
        let new = !suppliers.contains(&supplier);
        suppliers.push(supplier);
        new
    });
    order.truncate(stream.whole(3, 7) as usize);
    // A seat held at the end of the year, by a child of which nothing else is told.
    let seat = |draft: &Draft<'_>, section: usize| {
        let planted = |hash: &str| draft.truth.iter().any(|(_, _, id)| id == hash);
        let free = |e: &Enrolment| {
            let child = &draft.children[e.child];
            e.until == 12 && !child.honest && !planted(&child.hash)
        };
        draft.sections[section].enrolments.iter().position(free)
    };
    let seats: Vec<(usize, usize)> = order.iter().filter_map(|s| Some((*s, seat(draft, *s)?))).collect();
    if seats.len() < 3 {
        return;
    }
    let child = draft.sections[seats[0].0].enrolments[seats[0].1].child;
    for (section, seat) in seats {
        let enrolment = &mut draft.sections[section].enrolments[seat];
        // The child whose seat this was is nowhere any more.
        let whose = std::mem::replace(&mut enrolment.child, child);
        enrolment.from = enrolment.from.min(6);
        draft.children[whose].written = whose == child;
    }
    flag(draft, "a04-many-circles", "participant", draft.children[child].hash.clone());
}

/// Two to four private operators with one head, one phone and one address.
fn related(draft: &mut Draft<'_>, stream: &mut Stream) {
    let mut group: Vec<usize> =
        (0..draft.operators.len()).filter(|o| draft.operators[*o].owner == Owner::Private).collect();
    stream.shuffle(&mut group);
    group.truncate(stream.whole(2, 4) as usize);
    let Some((first, others)) = group.split_first() else { return };
    if others.is_empty() {
        return;
    }
    let shared = draft.operators[*first].clone();
    for operator in others {
        let here = &mut draft.operators[*operator];
        here.head.clone_from(&shared.head);
        here.phone.clone_from(&shared.phone);
        here.address.clone_from(&shared.address);
    }
    for operator in group {
        flag(draft, "a15-related-suppliers", "operator", draft.operators[operator].id.clone());
    }
}

/// A seat for somebody who is there for some months.
pub(crate) fn seat(
    draft: &mut Draft<'_>,
    keys: &Keys,
    section: usize,
    from: usize,
    until: usize,
    stream: &mut Stream,
) -> usize {
    let child = order::child(draft, keys, section, stream);
    draft.sections[section].enrolments.push(Enrolment::new(child, from, until, 0.9));
    child
}
