//! Single visits: when each session was, who led it, which children came. They agree with the sheets, child by child and month by
//! month, however they were entered.

use crate::calendar::{Month, PATTERNS, STARTS};
use crate::model::{Draft, Entered, Section};
use crate::sheets::{Mark, compressed};
use crate::stream::Stream;

/// Minutes of a session.
const MINUTES: u32 = 60;

/// A session as it stands in the table.
#[derive(Debug, Clone, Copy)]
struct Session {
    day: i8,
    /// Minute of the day.
    begins: u32,
    coach: usize,
}

/// Every visit of a month, compressed as a frame of its own: frames one after another are one file.
pub(crate) fn visits(draft: &Draft<'_>, month: usize, of_month: &[Vec<Mark>]) -> Vec<u8> {
    let mut text = String::new();
    let here = &draft.world.months[month];
    for (section, marks) in draft.sections.iter().zip(of_month) {
        let stream = &mut Stream::new(draft.world.seed, &format!("visits/{}/{}", section.id, here.name));
        let facility = &draft.facilities[section.facility].id;
        let sessions = sessions(draft, section, month);
        let mut evenly = Evenly::new(draft, section, month, &sessions);
        for mark in marks {
            let Some(all) = sessions.get(mark.class) else { continue };
            let child = &draft.children[mark.child];
            let held = &all[all.len().saturating_sub(mark.held as usize)..];
            let mut came: Vec<bool> = (0..held.len()).map(|i| i < mark.present as usize).collect();
            stream.shuffle(&mut came);
            if let Some(evenly) = &mut evenly {
                evenly.deal(mark.class, &mut came);
            }
            for (session, came) in held.iter().zip(came) {
                let (day, begins, ends) = (session.day, session.begins, session.begins + MINUTES);
                let coach = draft.coaches.get(session.coach).map_or("", |c| c.id.as_str());
                text.push_str(&format!(
                    "{facility},{},{},{coach},{}-{day:02}T{:02}:{:02}:00,{}-{day:02}T{:02}:{:02}:00,{came}\n",
                    section.id,
                    child.hash,
                    here.name,
                    begins / 60,
                    begins % 60,
                    here.name,
                    ends / 60,
                    ends % 60,
                ));
            }
        }
    }
    compressed(text.as_bytes())
}

/// The sessions of every class of a section, in the order of its timetable.
fn sessions(draft: &Draft<'_>, section: &Section, month: usize) -> Vec<Vec<Session>> {
    let here = &draft.world.months[month];
    let planned = section.classes.iter().map(|class| {
        let (hour, minute) = STARTS[class.start % STARTS.len()];
        let begins = u32::from(hour) * 60 + u32::from(minute);
        let days = here.days[class.pattern % PATTERNS.len()].iter();
        days.map(|day| Session { day: *day, begins, coach: class.coach }).collect()
    });
    let mut sessions: Vec<Vec<Session>> = planned.collect();
    let stream = &mut entering(draft, section, here);
    let is_in = |(from, until): (usize, usize)| (from..until).contains(&month);
    match section.habit.entered {
        Some(Entered::AtADesk { from, part }) if month >= from => {
            for class in &mut sessions {
                at_a_desk(class, here, part, stream);
            }
        }
        Some(Entered::InNameOf { months, class, coach, part }) if is_in(months) => {
            for session in sessions.get_mut(class).into_iter().flatten() {
                if stream.chance(part) {
                    session.coach = coach;
                }
            }
        }
        Some(Entered::InOneHour { months, part }) if is_in(months) => {
            in_one_hour(&mut sessions, part, stream);
        }
        Some(Entered::OnSundays { month: only, class, sessions: count }) if month == only => {
            let moved = sessions.get_mut(class).into_iter().flatten();
            for (session, sunday) in moved.zip(&here.sundays).take(count) {
                session.day = *sunday;
            }
        }
        _ => {}
    }
    sessions
}

/// What belongs to the entering of visits alone.
fn entering(draft: &Draft<'_>, section: &Section, month: &Month) -> Stream {
    Stream::new(draft.world.seed, &format!("entered/{}/{}", section.id, month.name))
}

/// Whoever fills in a month at a desk knows how many sessions there must be, and not always when: a Sunday, another day of the
/// week, or a full hour of the day that looks likely.
fn at_a_desk(class: &mut [Session], month: &Month, part: f64, stream: &mut Stream) {
    let mut sundays = month.sundays.clone();
    let mut others: Vec<i8> = (1..=month.length)
        .filter(|day| !sundays.contains(day) && class.iter().all(|s| s.day != *day))
        .collect();
    stream.shuffle(&mut sundays);
    stream.shuffle(&mut others);
    for session in class {
        if !stream.chance(part) {
            continue;
        }
        let kind = stream.unit();
        let day = if kind < 0.4 {
            sundays.pop()
        } else if kind < 0.7 {
            others.pop()
        } else {
            None
        };
        match day {
            Some(day) => session.day = day,
            None => session.begins = 60 * stream.whole(8, 21),
        }
    }
}

/// The sessions of the other classes are moved to those of the first, counted from the end of the month.
fn in_one_hour(sessions: &mut [Vec<Session>], part: f64, stream: &mut Stream) {
    let Some((first, others)) = sessions.split_first_mut() else { return };
    let moved: Vec<bool> = first.iter().map(|_| stream.chance(part)).collect();
    for class in others {
        for (session, (to, _)) in
            class.iter_mut().rev().zip(first.iter().zip(&moved).rev()).filter(|(_, (_, moved))| **moved)
        {
            *session = *to;
        }
    }
}

/// Deals absences so that about as many children come every time.
struct Evenly {
    loose: f64,
    /// Absences dealt so far, by class and session.
    absent: Vec<Vec<u32>>,
    stream: Stream,
}

impl Evenly {
    fn new(draft: &Draft<'_>, section: &Section, month: usize, sessions: &[Vec<Session>]) -> Option<Self> {
        match section.habit.entered {
            Some(Entered::Evenly { from, loose }) if month >= from => Some(Self {
                loose,
                absent: sessions.iter().map(|class| vec![0; class.len()]).collect(),
                stream: entering(draft, section, &draft.world.months[month]),
            }),
            _ => None,
        }
    }

    /// Puts the absences of a child where there are the fewest so far.
    fn deal(&mut self, class: usize, came: &mut [bool]) {
        let Some(all) = self.absent.get_mut(class) else { return };
        let first = all.len().saturating_sub(came.len());
        let absent = &mut all[first..];
        if !self.stream.chance(self.loose) {
            let misses = came.iter().filter(|came| !**came).count();
            let mut order: Vec<usize> = (0..came.len()).collect();
            self.stream.shuffle(&mut order);
            order.sort_by_key(|i| absent[*i]);
            came.fill(true);
            for i in order.into_iter().take(misses) {
                came[i] = false;
            }
        }
        for (absent, came) in absent.iter_mut().zip(came) {
            *absent += u32::from(!*came);
        }
    }
}
