//! The children's order of a block: suppliers, sections, classes, coaches, children.

use crate::calendar::{PATTERNS, STARTS};
use crate::identity::Keys;
use crate::kinds::CHESS;
use crate::model::{Child, Class, Coach, Draft, Enrolment, Habit, Owner, Section};
use crate::operator;
use crate::stream::{Stream, real, split, whole};

/// Children of a class.
const CLASS: u64 = 18;
/// How often a seat changes its child within the year (published: 20–30 %), and the months it then stays empty.
const CHANGES: f64 = 0.25;
const EMPTY_MONTHS: (u32, u32) = (1, 3);
/// How often a seat was opened only within the year, where places were not all there from the start.
const OPENED_LATE: f64 = 0.15;
/// How often a child shares the phone of the family with the child before.
const SIBLING: f64 = 0.12;

/// Makes the order of the block, as its quota says.
pub(crate) fn make(draft: &mut Draft<'_>, keys: &Keys) {
    if !draft.block.has_sections() {
        return;
    }
    let stream = &mut draft.stream("order");
    let suppliers = suppliers(draft, keys, stream);
    sections(draft, &suppliers, stream);
    coaches(draft, keys, &suppliers, stream);
    classes(draft, stream);
    for section in 0..draft.sections.len() {
        children(draft, keys, section);
    }
}

/// Chooses operators that have a place for a section, makes more where there are too few; then those that are registered
/// and have no section.
fn suppliers(draft: &mut Draft<'_>, keys: &Keys, stream: &mut Stream) -> Vec<usize> {
    let quota = draft.block.quota;
    let mut able: Vec<usize> = Vec::new();
    for facility in &draft.facilities {
        let fits = draft.world.kinds[facility.kind].order > 0.0;
        // Organisations of education can't be suppliers (the 2021 rules); their halls are rented.
        let may = draft.operators[facility.operator].owner != Owner::School;
        if fits && may && !able.contains(&facility.operator) {
            able.push(facility.operator);
        }
    }
    stream.shuffle(&mut able);
    // Clubs first, enterprises of the local executive where there are not enough.
    able.sort_by_key(|o| (draft.operators[*o].owner == Owner::Local) && *o % 2 == 1);
    let wanted = |n: u64| usize::try_from(n).unwrap_or(0);
    while able.len() < wanted(quota.registered) {
        let new = operator::add(draft, keys, Owner::Private, 0, "", stream);
        able.push(new);
    }
    let active = wanted(quota.suppliers);
    for (i, operator) in able.iter().take(wanted(quota.registered)).enumerate() {
        draft.operators[*operator].supplier = Some(i < active);
        draft.operators[*operator].special_needs =
            quota.special.map_or_else(|| stream.chance(0.03), |n| i < active && (i as u64) < n);
    }
    able.truncate(active);
    able
}

fn sections(draft: &mut Draft<'_>, suppliers: &[usize], stream: &mut Stream) {
    let world = draft.world;
    let quota = draft.block.quota;
    let sizes: Vec<f64> = suppliers.iter().map(|_| stream.spread(0.7)).collect();
    let counts = split(quota.sections.saturating_sub(suppliers.len() as u64), &sizes);
    let halls: Vec<usize> = (0..draft.facilities.len())
        .filter(|f| draft.operators[draft.facilities[*f].operator].owner == Owner::School)
        .collect();
    let region = world.region_of(draft.block);
    let allowed = world.country.regions[region]
        .number("sports")
        .map_or(world.sports.len(), |n| usize::try_from(whole(n)).unwrap_or(1).clamp(1, world.sports.len()));
    let chess_at = world.sports.iter().position(|s| s.id == CHESS).unwrap_or(0);
    // The first sections of a region have its kinds of sport one after another, so that each occurs; chess has its own.
    let before = usize::try_from(draft.block.sections_before).unwrap_or(0);
    let chess = chess_sections(draft, allowed.saturating_sub(before), stream);
    let mut number = 0;
    for (supplier, more) in suppliers.iter().zip(counts) {
        let own: Vec<usize> = (0..draft.facilities.len())
            .filter(|f| {
                let facility = &draft.facilities[*f];
                facility.operator == *supplier && world.kinds[facility.kind].order > 0.0
            })
            .collect();
        for _ in 0..=more {
            let rents = own.is_empty() || (!halls.is_empty() && stream.chance(0.25));
            let weight = |f: &usize| world.kinds[draft.facilities[*f].kind].order;
            let everywhere: Vec<usize> = (0..draft.facilities.len()).collect();
            let list = if !rents {
                &own
            } else if halls.is_empty() {
                &everywhere
            } else {
                &halls
            };
            let Some(facility) = list.get(stream.weighted(list.iter().map(weight))).copied() else {
                continue;
            };
            let in_region = before + number;
            let sport = match chess.get(number) {
                Some(true) => chess_at,
                _ if in_region < allowed && (in_region != chess_at || chess.is_empty()) => in_region,
                is_chess => {
                    let venue = &world.kinds[draft.facilities[facility].kind].id;
                    let weights = world.sports[..allowed].iter().enumerate().map(|(i, s)| {
                        let barred = is_chess.is_some() && i == chess_at;
                        if barred || !s.venues.contains(venue) { 0.0 } else { s.weight }
                    });
                    stream.weighted(weights)
                }
            };
            draft.sections.push(Section {
                id: format!(
                    "S-{}-{:02}{:03}",
                    world.country.districts[draft.block.district].kato,
                    draft.block.number,
                    number + 1
                ),
                facility,
                operator: *supplier,
                sport,
                min_age: stream.whole(4, 13),
                enrolments: Vec::new(),
                classes: Vec::new(),
                places: 0,
                habit: Habit::default(),
            });
            number += 1;
        }
    }
    seats(draft, chess_at, stream);
}

/// Which sections of the block are of chess, where that is published; none of the first `others`, if that can be.
fn chess_sections(draft: &Draft<'_>, others: usize, stream: &mut Stream) -> Vec<bool> {
    let Some((chess, _)) = draft.block.quota.chess else { return Vec::new() };
    let all = usize::try_from(draft.block.quota.sections).unwrap_or(0);
    let chess = usize::try_from(chess).unwrap_or(0).min(all);
    let first = others.min(all - chess);
    let mut flags: Vec<bool> = (first..all).map(|i| i - first < chess).collect();
    stream.shuffle(&mut flags);
    std::iter::repeat_n(false, first).chain(flags).collect()
}

/// Deals the seats of the block to its sections; those of chess by themselves where they are published.
fn seats(draft: &mut Draft<'_>, chess_at: usize, stream: &mut Stream) {
    let quota = draft.block.quota;
    let (chess, others): (Vec<usize>, Vec<usize>) = match quota.chess {
        Some(_) => (0..draft.sections.len()).partition(|s| draft.sections[*s].sport == chess_at),
        None => (Vec::new(), (0..draft.sections.len()).collect()),
    };
    let of_chess = if chess.is_empty() { 0 } else { quota.chess.map_or(0, |(_, seats)| seats) };
    for (list, seats) in [(chess, of_chess), (others, quota.seats.saturating_sub(of_chess))] {
        let weights: Vec<f64> = list.iter().map(|_| stream.spread(0.45)).collect();
        for (section, places) in list.iter().zip(split(seats, &weights)) {
            draft.sections[*section].places = places;
        }
    }
}

fn coaches(draft: &mut Draft<'_>, keys: &Keys, suppliers: &[usize], stream: &mut Stream) {
    let of = |operator: usize| draft.sections.iter().filter(|s| s.operator == operator).count();
    let counts: Vec<f64> = suppliers.iter().map(|s| real(of(*s) as u64)).collect();
    let more = split(draft.block.quota.coaches.saturating_sub(suppliers.len() as u64), &counts);
    for (operator, more) in suppliers.iter().zip(more) {
        for _ in 0..=more {
            let number = draft.coaches.len();
            let name = draft.name("coach", number);
            let cleared = match stream.unit() {
                x if x < 0.93 => "yes",
                _ => "unknown",
            };
            draft.coaches.push(Coach {
                id: format!("C-{}", keys.hash("coach", &name)),
                operator: *operator,
                diploma: keys.mark("diploma", &name),
                institution: format!("sim-university-{:02}", stream.whole(1, 40)),
                diploma_year: i16::try_from(stream.whole(1995, 2022)).unwrap_or(2010),
                cleared,
                claimed_hours: None,
            });
        }
    }
}

/// Groups of a section with hours and coaches: neither a coach nor a hall has two groups at once, as long as there are
/// hours left.
fn classes(draft: &mut Draft<'_>, stream: &mut Stream) {
    let slots = 2 * STARTS.len();
    let mut hall = vec![0u32; draft.facilities.len()];
    let mut coach = vec![0u32; draft.coaches.len()];
    for s in 0..draft.sections.len() {
        let section = &draft.sections[s];
        let twice = draft.world.sports[section.sport].sessions_week == 2;
        let own: Vec<usize> =
            (0..draft.coaches.len()).filter(|c| draft.coaches[*c].operator == section.operator).collect();
        let many = section.places.div_ceil(CLASS).max(1);
        let mut classes = Vec::new();
        for _ in 0..many {
            let least = own.iter().copied().min_by_key(|c| (coach[*c].count_ones(), *c)).unwrap_or(0);
            let busy = coach.get(least).copied().unwrap_or(0);
            let from = stream.below(slots);
            let order = (0..slots).map(|i| (from + i) % slots);
            let is_free = |taken: u32, slot: usize| taken >> slot & 1 == 0;
            let slot = order
                .clone()
                .find(|slot| is_free(busy | hall[section.facility], *slot))
                .or_else(|| order.clone().find(|slot| is_free(busy, *slot)))
                .unwrap_or(from);
            hall[section.facility] |= 1 << slot;
            if let Some(taken) = coach.get_mut(least) {
                *taken |= 1 << slot;
            }
            let side = slot / STARTS.len();
            let pattern = (if twice { side + 2 } else { side }).min(PATTERNS.len() - 1);
            classes.push(Class { coach: least, pattern, start: slot % STARTS.len() });
        }
        draft.sections[s].classes = classes;
    }
}

/// The seats of a section and who sat on them during the year; at its end every seat is taken.
fn children(draft: &mut Draft<'_>, keys: &Keys, section: usize) {
    let stream = &mut draft.stream(&format!("children/{section}"));
    let world = draft.world;
    let steady = world.country.regions[world.region_of(draft.block)].number("steady").unwrap_or(0.0);
    let mut enrolments = Vec::new();
    for _ in 0..draft.sections[section].places {
        let mut from = 0;
        if stream.chance(OPENED_LATE * (1.0 - steady)) {
            from = stream.whole(1, 9) as usize;
        }
        if stream.chance(CHANGES) && from <= 6 {
            let until = from + stream.whole(1, 4) as usize + 1;
            let child = child(draft, keys, section, stream);
            enrolments.push(Enrolment::new(child, from, until, rate(stream)));
            let empty = if steady >= 1.0 { 0 } else { stream.whole(EMPTY_MONTHS.0, EMPTY_MONTHS.1) as usize };
            from = (until + empty).min(11);
        }
        let child = child(draft, keys, section, stream);
        enrolments.push(Enrolment::new(child, from, 12, rate(stream)));
    }
    draft.sections[section].enrolments = enrolments;
}

/// How often a child comes: mostly nearly always.
fn rate(stream: &mut Stream) -> f64 {
    let u = stream.unit();
    0.97 - 0.3 * u * u
}

/// A new child for a section; its index.
pub(crate) fn child(draft: &mut Draft<'_>, keys: &Keys, section: usize, stream: &mut Stream) -> usize {
    let number = draft.children.len();
    let name = draft.name("child", number);
    let age = (draft.sections[section].min_age + stream.whole(0, 4)).min(17);
    let family =
        draft.children.last().filter(|_| stream.chance(SIBLING)).map(|c| (c.phone.clone(), c.device.clone()));
    let (phone, device) =
        family.unwrap_or_else(|| (keys.mark("parent-phone", &name), keys.mark("parent-device", &name)));
    draft.children.push(Child {
        hash: keys.hash("participant", &name),
        birth_year: crate::calendar::YEAR - i16::try_from(age).unwrap_or(10),
        girl: stream.chance(0.36),
        residence: residence(draft, stream),
        phone,
        device,
        written: true,
        honest: false,
        abroad: None,
    });
    number
}

/// Mostly the district of the section, else another of the region.
fn residence(draft: &Draft<'_>, stream: &mut Stream) -> usize {
    let districts = &draft.world.country.districts;
    let here = draft.block.district;
    if !stream.chance(0.06) {
        return here;
    }
    let of_region: Vec<usize> =
        (0..districts.len()).filter(|d| districts[*d].region == districts[here].region).collect();
    stream.pick(&of_region).copied().unwrap_or(here)
}
