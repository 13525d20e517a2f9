//! What is planted beside the fifteen published abuses: seven more that people speak of, and further cases of three that are rare.
//! Each has a stream of its own and keeps to sections of which nothing else is told.

use crate::abuse::flag;
use crate::calendar;
use crate::model::{Draft, Entered, Owner};
use crate::stream::{Stream, real, whole};

/// How often each is planted, under one seed.
#[derive(Debug, Clone)]
pub(crate) struct Rates {
    /// Published: 20 coaches in six regions. Here some ten times as many, so that there is something to measure.
    disqualified_coach: f64,
    /// Published: three applications in one region. Here many times as many, for the same reason.
    places_section: f64,
    desk_section: f64,
    coach_section: f64,
    jump_section: f64,
    hour_section: f64,
    new_operator: f64,
    overlap_section: f64,
    shared_block: f64,
    even_section: f64,
}

impl Rates {
    pub(crate) fn new(seed: u64) -> Self {
        let stream = &mut Stream::new(seed, "plants");
        let mut about = |rate: f64| rate * stream.between(0.5, 1.5);
        Self {
            disqualified_coach: about(0.008),
            places_section: about(0.024),
            desk_section: about(0.020),
            coach_section: about(0.020),
            jump_section: about(0.030),
            hour_section: about(0.050),
            new_operator: about(0.120),
            overlap_section: about(0.030),
            shared_block: about(0.35),
            even_section: about(0.030),
        }
    }
}

/// Plants into the block; the sections of which something is told now.
pub(crate) fn plant(draft: &mut Draft<'_>, rates: &Rates) -> Vec<bool> {
    let mut taken: Vec<bool> = (0..draft.sections.len()).map(|s| is_told_of(draft, s)).collect();
    disqualified(draft, rates);
    each(draft, &mut taken, "places", rates.places_section, too_many_places);
    each(draft, &mut taken, "jump", rates.jump_section, jump);
    new_operators(draft, &mut taken, rates);
    shared_children(draft, &mut taken, rates);
    overlapping(draft, &mut taken, rates);
    coach_elsewhere(draft, &mut taken, rates);
    each(draft, &mut taken, "hour", rates.hour_section, one_hour);
    each(draft, &mut taken, "desk", rates.desk_section, at_a_desk);
    each(draft, &mut taken, "even", rates.even_section, evenly);
    too_small(draft);
    taken
}

/// Whether something is told of a section or of the place where it meets.
fn is_told_of(draft: &Draft<'_>, section: usize) -> bool {
    let section = &draft.sections[section];
    let facility = &draft.facilities[section.facility].id;
    draft.truth.iter().chain(&draft.honest).any(|(_, _, id)| *id == section.id || id == facility)
}

/// Tries something on every section that is left, so often; what can be done to a section takes it.
pub(crate) fn each(
    draft: &mut Draft<'_>,
    taken: &mut [bool],
    what: &str,
    rate: f64,
    mut plant: impl FnMut(&mut Draft<'_>, usize, &mut Stream) -> bool,
) {
    let stream = &mut draft.stream(&format!("plants/{what}"));
    for (section, taken) in taken.iter_mut().enumerate() {
        if !*taken && stream.chance(rate) {
            *taken = plant(draft, section, stream);
        }
    }
}

fn flag_section(draft: &mut Draft<'_>, detector: &'static str, section: usize) -> bool {
    flag(draft, detector, "section", draft.sections[section].id.clone());
    true
}

fn disqualified(draft: &mut Draft<'_>, rates: &Rates) {
    let stream = &mut draft.stream("plants/disqualified");
    for coach in 0..draft.coaches.len() {
        let is_told_of = draft.truth.iter().any(|(_, _, id)| *id == draft.coaches[coach].id);
        if stream.chance(rates.disqualified_coach) && !is_told_of {
            draft.coaches[coach].cleared = "no";
            flag(draft, "a07-disqualified-staff", "coach", draft.coaches[coach].id.clone());
        }
    }
}

/// Many more places than the hall can take, on papers that are not complete.
fn too_many_places(draft: &mut Draft<'_>, section: usize, stream: &mut Stream) -> bool {
    let operator = draft.sections[section].operator;
    draft.operators[operator].incomplete = true;
    draft.sections[section].places *= u64::from(stream.whole(4, 12));
    flag_section(draft, "a09-selection-violations", section)
}

/// Positions of the seats that one child holds all the year, of whom nothing is told.
pub(crate) fn steady(draft: &Draft<'_>, section: usize) -> Vec<usize> {
    let free = |child: usize| {
        let child = &draft.children[child];
        child.written && !child.honest && !draft.truth.iter().any(|(_, _, id)| *id == child.hash)
    };
    let seats = draft.sections[section].enrolments.iter().enumerate();
    seats.filter(|(_, e)| e.from == 0 && e.until == 12 && free(e.child)).map(|(at, _)| at).collect()
}

/// Seats held at the end of the year.
pub(crate) fn held(draft: &Draft<'_>, section: usize) -> usize {
    draft.sections[section].enrolments.iter().filter(|e| e.until == 12).count()
}

/// Names are put on the list shortly before children are counted at the end of the year; those children do not come. The careful
/// begin a month earlier with some of them.
fn jump(draft: &mut Draft<'_>, section: usize, stream: &mut Stream) -> bool {
    let growth = stream.between(0.3, 1.7);
    let early = if stream.chance(0.3) { stream.between(0.2, 0.6) } else { 0.0 };
    let moved = whole(real(held(draft, section) as u64) * growth / (1.0 + growth));
    let mut seats = steady(draft, section);
    stream.shuffle(&mut seats);
    // One or two names more are a family.
    let Some(seats) = usize::try_from(moved).ok().filter(|n| *n > 2).and_then(|n| seats.get(..n)) else {
        return false;
    };
    for seat in seats {
        let from = if stream.chance(early) { 10 } else { 11 };
        let enrolment = &mut draft.sections[section].enrolments[*seat];
        enrolment.begin(from);
        enrolment.invented = true;
    }
    flag_section(draft, "jump-before-count", section)
}

/// Private suppliers of whom nothing is told, and their sections of which nothing is told.
pub(crate) fn clubs(draft: &Draft<'_>, taken: &[bool]) -> Vec<(usize, Vec<usize>)> {
    let told = |id: &String| draft.truth.iter().chain(&draft.honest).any(|(_, _, other)| other == id);
    let sections = |operator: usize| -> Vec<usize> {
        (0..taken.len()).filter(|s| draft.sections[*s].operator == operator && !taken[*s]).collect()
    };
    let operators = draft.operators.iter().enumerate();
    operators
        .filter(|(_, o)| o.owner == Owner::Private && o.supplier == Some(true) && !told(&o.id))
        .map(|(index, _)| (index, sections(index)))
        .filter(|(_, sections)| !sections.is_empty())
        .collect()
}

/// An operator founded for the seats, a few weeks before they are given or when they already are, and large at once.
fn new_operators(draft: &mut Draft<'_>, taken: &mut [bool], rates: &Rates) {
    let stream = &mut draft.stream("plants/new-operators");
    for (operator, sections) in clubs(draft, taken) {
        let seats: usize = sections.iter().map(|s| held(draft, *s)).sum();
        if !stream.chance(rates.new_operator) || seats < 25 {
            continue;
        }
        // Money is released with the year, and again for summer and school. Sections of which something is told stay as they are.
        let alone = draft.sections.iter().filter(|s| s.operator == operator).count() == sections.len();
        let month = [0, 5, 8][stream.weighted([0.84, 0.05, 0.11].into_iter())] * usize::from(alone);
        let days = i64::from(stream.whole(0, 45) + stream.whole(0, 35)) - 10;
        draft.operators[operator].registered_on = calendar::before(month, days);
        for section in sections {
            for enrolment in &mut draft.sections[section].enrolments {
                if enrolment.from < month {
                    enrolment.begin(month);
                    enrolment.until = enrolment.until.max(month + 1);
                }
            }
            taken[section] = true;
        }
        flag(draft, "new-operators", "operator", draft.operators[operator].id.clone());
    }
}

/// A seat: section and position.
pub(crate) type Seat = (usize, usize);

/// Pairs of seats in two lists of sections, each seat once: at the same hours, or at hours that do not touch.
pub(crate) fn pairs(
    draft: &Draft<'_>,
    [ones, others]: [&[usize]; 2],
    together: bool,
    most: usize,
    stream: &mut Stream,
) -> Vec<(Seat, Seat)> {
    let seats = |sections: &[usize], stream: &mut Stream| {
        let mut seats: Vec<Seat> =
            sections.iter().flat_map(|s| steady(draft, *s).into_iter().map(|at| (*s, at))).collect();
        stream.shuffle(&mut seats);
        seats
    };
    let class = |(section, at): Seat| {
        let classes = &draft.sections[section].classes;
        classes.get(at % classes.len().max(1))
    };
    let first = seats(ones, stream);
    let mut second = seats(others, stream);
    let mut pairs = Vec::new();
    for one in first {
        let fits = |other: &Seat| match (class(one), class(*other)) {
            (Some(a), Some(b)) => one.0 != other.0 && calendar::meet_together(a, b) == together,
            _ => false,
        };
        if let Some(at) = second.iter().position(fits).filter(|_| pairs.len() < most) {
            pairs.push((one, second.swap_remove(at)));
        }
    }
    pairs
}

/// The child of one seat has another as well; whose that was is nowhere any more.
pub(crate) fn hold_both(draft: &mut Draft<'_>, (section, at): Seat, (other, other_at): Seat) -> usize {
    let child = draft.sections[section].enrolments[at].child;
    let whose = std::mem::replace(&mut draft.sections[other].enrolments[other_at].child, child);
    draft.children[whose].written = false;
    child
}

/// Two suppliers of one owner, who kept all but one trace apart, put the same children on both lists, at hours that do not clash.
fn shared_children(draft: &mut Draft<'_>, taken: &mut [bool], rates: &Rates) {
    let stream = &mut draft.stream("plants/shared-children");
    let mut clubs = clubs(draft, taken);
    stream.shuffle(&mut clubs);
    if !stream.chance(rates.shared_block) {
        return;
    }
    let [(one, sections), (other, others), ..] = clubs.as_slice() else { return };
    let many = stream.whole(2, 14) as usize;
    let pairs = pairs(draft, [sections, others], false, many, stream);
    if pairs.len() < 2 {
        return;
    }
    let tie = draft.operators[*one].clone();
    let here = &mut draft.operators[*other];
    match stream.below(3) {
        0 => here.head = tie.head,
        1 => here.phone = tie.phone,
        _ => here.address = tie.address,
    }
    for (seat, double) in pairs {
        hold_both(draft, seat, double);
        draft.sections[double.0].enrolments[double.1].invented = true;
    }
    for section in sections.iter().chain(others) {
        taken[*section] = true;
    }
    for operator in [one, other] {
        flag(draft, "shared-children", "operator", draft.operators[*operator].id.clone());
    }
}

/// A list is lent to another section, and the children stand on both, at the same hours.
fn overlapping(draft: &mut Draft<'_>, taken: &mut [bool], rates: &Rates) {
    let stream = &mut draft.stream("plants/overlapping");
    for borrower in 0..taken.len() {
        if taken[borrower] || !stream.chance(rates.overlap_section) {
            continue;
        }
        let mut lenders: Vec<usize> = (0..taken.len()).filter(|s| *s != borrower && !taken[*s]).collect();
        stream.shuffle(&mut lenders);
        let many = stream.whole(1, 6) as usize;
        let mut lists = lenders
            .into_iter()
            .map(|lender| (lender, pairs(draft, [&[lender], &[borrower]], true, many, stream)));
        let Some((lender, pairs)) = lists.find(|(_, pairs)| !pairs.is_empty()) else { continue };
        drop(lists);
        let from = stream.whole(0, 9) as usize;
        for (seat, double) in pairs {
            let child = hold_both(draft, seat, double);
            let enrolment = &mut draft.sections[double.0].enrolments[double.1];
            enrolment.begin(from);
            enrolment.invented = true;
            // Some write them in every time, some now and then.
            enrolment.rate = stream.between(0.1, 0.95);
            flag(draft, "overlapping-sessions", "participant", draft.children[child].hash.clone());
        }
        (taken[borrower], taken[lender]) = (true, true);
    }
}

/// Another class than a coach's own, of another section.
fn another(draft: &Draft<'_>, coach: usize, section: usize) -> impl Iterator<Item = (usize, usize)> {
    let sections = draft.sections.iter().enumerate().filter(move |(s, _)| *s != section);
    let classes =
        sections.flat_map(|(s, other)| other.classes.iter().enumerate().map(move |(k, c)| (s, k, c)));
    classes.filter(move |(_, _, c)| c.coach == coach).map(|(s, k, _)| (s, k))
}

/// A class without a coach who may lead it stands under the name of one who has papers, and a class in another building at that
/// hour. Nobody can see which of the two sections that coach was in.
fn coach_elsewhere(draft: &mut Draft<'_>, taken: &mut [bool], rates: &Rates) {
    let stream = &mut draft.stream("plants/coach-elsewhere");
    for section in 0..taken.len() {
        if taken[section] || !stream.chance(rates.coach_section) {
            continue;
        }
        let here = &draft.sections[section];
        let mut lent: Vec<(bool, usize, usize, usize)> = Vec::new();
        for (k, class) in here.classes.iter().enumerate() {
            for coach in (0..draft.coaches.len()).filter(|c| *c != class.coach) {
                let own = draft.coaches[coach].operator == here.operator;
                let clash = another(draft, coach, section).find(|(s, other)| {
                    let there = &draft.sections[*s];
                    !taken[*s]
                        && there.facility != here.facility
                        && calendar::meet_together(class, &there.classes[*other])
                });
                lent.extend(clash.map(|(s, _)| (!own, k, coach, s)));
            }
        }
        // Of the supplier's own coaches, if one can be had.
        stream.shuffle(&mut lent);
        let Some((_, class, coach, other)) = lent.into_iter().min_by_key(|(strange, ..)| *strange) else {
            continue;
        };
        let from = stream.whole(0, 9) as usize;
        let months = (from, (from + stream.whole(1, 12) as usize).min(12));
        let part = stream.between(0.15, 1.0);
        draft.sections[section].habit.entered = Some(Entered::InNameOf { months, class, coach, part });
        for s in [section, other] {
            taken[s] = flag_section(draft, "closed-or-coach-elsewhere", s);
        }
    }
}

/// Sessions made up when the month is over: few, or half of them.
fn at_a_desk(draft: &mut Draft<'_>, section: usize, stream: &mut Stream) -> bool {
    let (from, part) = (stream.whole(0, 9) as usize, libm::exp(stream.between(-4.0, -0.6)));
    draft.sections[section].habit.entered = Some(Entered::AtADesk { from, part });
    flag_section(draft, "closed-or-coach-elsewhere", section)
}

/// Whether a hall takes so many at a time, or half as many again, which happens. On a pitch the capacity is that of the game.
fn fits(draft: &Draft<'_>, facility: usize, children: u64) -> bool {
    let here = &draft.facilities[facility];
    children * 2 <= here.capacity * 3 || here.premises == "open-air"
}

/// A flat or a cellar that its own classes do not fit into has more children than room as well.
fn too_small(draft: &mut Draft<'_>) {
    for facility in 0..draft.facilities.len() {
        let id = draft.facilities[facility].id.clone();
        let is_unfit =
            draft.truth.iter().any(|(d, _, other)| *d == "a06-impossible-premises" && *other == id);
        let class = |s: usize| held(draft, s).div_ceil(draft.sections[s].classes.len().max(1)) as u64;
        let sections = (0..draft.sections.len()).filter(|s| draft.sections[*s].facility == facility);
        if is_unfit && !fits(draft, facility, sections.map(class).max().unwrap_or(0)) {
            flag(draft, "more-than-room", "facility", id);
        }
    }
}

/// One hour is held, and everybody on the list stands under it, although the hall is not for so many, or one coach.
fn one_hour(draft: &mut Draft<'_>, section: usize, stream: &mut Stream) -> bool {
    let here = &draft.sections[section];
    let facility = &draft.facilities[here.facility];
    let crowd = held(draft, section) as u64;
    if here.classes.len() < 2 || (fits(draft, here.facility, crowd) && crowd < 32) {
        return false;
    }
    let from = stream.whole(0, 9) as usize;
    let months = (from, (from + stream.whole(1, 12) as usize).min(12));
    let part = stream.between(0.1, 1.0);
    let id = facility.id.clone();
    draft.sections[section].habit.entered = Some(Entered::InOneHour { months, part });
    flag(draft, "more-than-room", "facility", id);
    true
}

/// The marks are made up, and whoever makes them up lets some be missing every time.
fn evenly(draft: &mut Draft<'_>, section: usize, stream: &mut Stream) -> bool {
    if held(draft, section) < 8 {
        return false;
    }
    let loose = if stream.chance(0.5) { 0.0 } else { stream.between(0.0, 0.6) };
    draft.sections[section].habit.entered =
        Some(Entered::Evenly { from: stream.whole(0, 8) as usize, loose });
    flag_section(draft, "too-regular", section)
}
