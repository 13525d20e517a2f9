//! What looks odd and is not: a detector that flags these is wrong. Written to `truth/honest.csv`.

use crate::abuse::seat;
use crate::identity::Keys;
use crate::model::{Abroad, Draft, Owner};
use crate::stream::Stream;

/// Adds honest oddities to the block, before abuses are planted beside them.
pub(crate) fn add(draft: &mut Draft<'_>, keys: &Keys) {
    let stream = &mut draft.stream("honest");
    movers(draft, keys, stream);
    if draft.sections.is_empty() {
        return;
    }
    twins(draft, keys, stream);
    if stream.chance(0.5) {
        siblings(draft, stream);
    }
    if stream.chance(0.4) {
        let (section, month) = (stream.below(draft.sections.len()), stream.whole(1, 10) as usize);
        draft.sections[section].habit.gap = Some(month);
        note(draft, "sick-coach", "section", draft.sections[section].id.clone());
    }
    if stream.chance(0.3) {
        let section = stream.below(draft.sections.len());
        draft.sections[section].habit.always_full = true;
        let facility = draft.sections[section].facility;
        draft.facilities[facility].second_source = true;
        note(draft, "really-full", "section", draft.sections[section].id.clone());
    }
    if stream.chance(0.3) {
        trip(draft, stream);
    }
    if stream.chance(0.25) {
        business_centre(draft, stream);
    }
    // Most who are abroad are not marked present.
    for child in 0..draft.children.len() {
        if stream.chance(0.012) {
            draft.children[child].abroad = Some(Abroad { month: stream.below(12), marked: false });
        }
    }
}

pub(crate) fn note(draft: &mut Draft<'_>, oddity: &'static str, kind: &'static str, id: String) {
    draft.honest.push((oddity, kind, id));
}

/// A child of each district moves to the next region on its list in summer and goes on there. The partner is found from
/// the number alone, so both districts tell the same story without knowing each other.
fn movers(draft: &mut Draft<'_>, keys: &Keys, stream: &mut Stream) {
    let world = draft.world;
    let districts = world.country.districts.len();
    if draft.block.number != 0 || draft.sections.is_empty() {
        return;
    }
    let shift = 1 + Stream::new(world.seed, "movers").below(districts.saturating_sub(1));
    let here = draft.block.district;
    let hash =
        |from: usize| keys.hash("participant", &format!("mover/{}", world.country.districts[from].kato));
    // Of whoever moves, age and sex are the same at both ends.
    let leaving = seat(draft, keys, 0, 0, 6, stream);
    draft.children[leaving].hash = hash(here);
    draft.children[leaving].residence = (here + shift) % districts;
    as_told(draft, leaving);
    let origin = (here + districts - shift) % districts;
    if !world.sends[origin] {
        return;
    }
    let arriving = seat(draft, keys, 0, 7, 12, stream);
    draft.children[arriving].hash = hash(origin);
    draft.children[arriving].residence = here;
    draft.children[arriving].written = !world.includes(origin);
    as_told(draft, arriving);
    note(draft, "moved", "participant", draft.children[arriving].hash.clone());
}

/// A boy of eleven, of whom nothing else is told.
fn as_told(draft: &mut Draft<'_>, child: usize) {
    let child = &mut draft.children[child];
    (child.birth_year, child.girl, child.honest) = (crate::calendar::YEAR - 11, false, true);
}

/// Two children of one age, one phone, one section, who nearly always come together.
fn twins(draft: &mut Draft<'_>, keys: &Keys, stream: &mut Stream) {
    let section = stream.below(draft.sections.len());
    let pair = [seat(draft, keys, section, 0, 11, stream), seat(draft, keys, section, 0, 11, stream)];
    let first = draft.children[pair[0]].clone();
    let second = &mut draft.children[pair[1]];
    (second.birth_year, second.girl, second.residence) = (first.birth_year, first.girl, first.residence);
    (second.phone, second.device) = (first.phone, first.device);
    for child in pair {
        draft.children[child].honest = true;
        note(draft, "twins", "participant", draft.children[child].hash.clone());
    }
}

/// Three children of one family in three sections, with one phone.
fn siblings(draft: &mut Draft<'_>, stream: &mut Stream) {
    let mut sections: Vec<usize> = (0..draft.sections.len()).collect();
    stream.shuffle(&mut sections);
    let family: Vec<usize> = sections
        .iter()
        .take(3)
        .filter_map(|s| draft.sections[*s].enrolments.first())
        .map(|e| e.child)
        .collect();
    let [first, others @ ..] = family.as_slice() else { return };
    let shared = draft.children[*first].clone();
    for child in others {
        draft.children[*child].phone.clone_from(&shared.phone);
        draft.children[*child].device.clone_from(&shared.device);
    }
    for child in &family {
        draft.children[*child].honest = true;
        note(draft, "siblings-one-phone", "participant", draft.children[*child].hash.clone());
    }
}

/// A section at a tournament abroad, reported beforehand: its children are abroad and rightly marked present.
fn trip(draft: &mut Draft<'_>, stream: &mut Stream) {
    let section = stream.below(draft.sections.len());
    let month = stream.whole(2, 10) as usize;
    let name = draft.world.months[month].name.clone();
    let start = stream.whole(4, 18);
    let day = |d: u32| format!("{name}-{d:02}");
    draft.trips.push((section, day(start), day(start + 6), day(start - 3)));
    note(draft, "reported-trip", "section", draft.sections[section].id.clone());
}

/// Private operators at one address who have nothing else in common.
fn business_centre(draft: &mut Draft<'_>, stream: &mut Stream) {
    let mut group: Vec<usize> =
        (0..draft.operators.len()).filter(|o| draft.operators[*o].owner == Owner::Private).collect();
    stream.shuffle(&mut group);
    group.truncate(stream.whole(3, 6) as usize);
    let Some(first) = group.first() else { return };
    let address = draft.operators[*first].address.clone();
    for operator in group {
        draft.operators[operator].address.clone_from(&address);
        note(draft, "shared-business-centre", "operator", draft.operators[operator].id.clone());
    }
}
