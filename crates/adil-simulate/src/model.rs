//! What a block holds while it is being made.

use adil_geography::Position;

use crate::plan::{Block, World};

/// A facility.
#[derive(Debug, Clone)]
pub(crate) struct Facility {
    pub(crate) id: String,
    pub(crate) kind: usize,
    pub(crate) rural: bool,
    pub(crate) name: String,
    pub(crate) settlement: Option<String>,
    /// The settlement in Russian.
    pub(crate) place: String,
    pub(crate) at: Position,
    pub(crate) operator: usize,
    pub(crate) area: u64,
    pub(crate) capacity: u64,
    pub(crate) hours: u64,
    pub(crate) premises: &'static str,
    /// Of a hundred, whether an inspection has said so or not.
    pub(crate) condition: u64,
    /// Visits a week besides the children's order.
    pub(crate) others: u64,
    /// Turnstile and tickets give visits a second source.
    pub(crate) second_source: bool,
    /// What the operator says, for what is true.
    pub(crate) exaggeration: f64,
    pub(crate) applies: bool,
    /// Sums of the year: sessions attended on signed sheets, sessions really attended, tenge paid.
    pub(crate) signed: u64,
    pub(crate) real: u64,
    pub(crate) paid: u64,
    /// Children of the order at the end of the year.
    pub(crate) children: u64,
}

/// Who an operator is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Owner {
    Local,
    School,
    Private,
}

/// An operator.
#[derive(Debug, Clone)]
pub(crate) struct Operator {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) form: &'static str,
    pub(crate) owner: Owner,
    pub(crate) address: String,
    pub(crate) phone: String,
    pub(crate) head: String,
    pub(crate) registered_on: String,
    /// In the register of suppliers of the children's order: active or not.
    pub(crate) supplier: Option<bool>,
    pub(crate) special_needs: bool,
    pub(crate) documents: bool,
    /// Papers that were found incomplete later, whatever `documents` says.
    pub(crate) incomplete: bool,
    /// An inspection after which claims fell, by month.
    pub(crate) inspected: Option<usize>,
}

/// A section of the children's order.
#[derive(Debug, Clone)]
pub(crate) struct Section {
    pub(crate) id: String,
    pub(crate) facility: usize,
    pub(crate) operator: usize,
    pub(crate) sport: usize,
    pub(crate) min_age: u32,
    pub(crate) enrolments: Vec<Enrolment>,
    pub(crate) classes: Vec<Class>,
    pub(crate) places: u64,
    pub(crate) habit: Habit,
}

/// How the sheets of a section are kept.
#[derive(Debug, Clone, Default)]
pub(crate) struct Habit {
    /// From this month on, the sheet of that section stands under this one as well.
    pub(crate) copies: Option<(usize, usize)>,
    /// The marks of the first month stand in every month.
    pub(crate) frozen: bool,
    /// Signatures come from one phone within minutes, at night.
    pub(crate) mass_signed: bool,
    /// Everybody is there every time, and really is.
    pub(crate) always_full: bool,
    /// The coach was ill in this month: half of the sessions were not held.
    pub(crate) gap: Option<usize>,
    /// How single visits were entered, where not under the timetable.
    pub(crate) entered: Option<Entered>,
}

/// How the single visits of a section were entered, where not under the timetable. Sheets say the same either way. Months are
/// those from one up to another.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Entered {
    /// This part of the sessions was made up at a desk, at times at which nobody meets.
    AtADesk { from: usize, part: f64 },
    /// A class stands under the name of a coach who is not its own, in this part of its sessions.
    InNameOf { months: (usize, usize), class: usize, coach: usize, part: f64 },
    /// Every class stands under the hour of the first, in this part of its sessions.
    InOneHour { months: (usize, usize), part: f64 },
    /// Absences are spread evenly over the sessions, but for this part of the children.
    Evenly { from: usize, loose: f64 },
    /// So many sessions of a class were held on Sundays instead.
    OnSundays { month: usize, class: usize, sessions: usize },
}

/// A group of a section with its hours.
#[derive(Debug, Clone)]
pub(crate) struct Class {
    pub(crate) coach: usize,
    pub(crate) pattern: usize,
    pub(crate) start: usize,
}

/// A child in a section from a month up to another (12: still there).
#[derive(Debug, Clone)]
pub(crate) struct Enrolment {
    pub(crate) child: usize,
    pub(crate) from: usize,
    pub(crate) until: usize,
    /// Chance to come to a session.
    pub(crate) rate: f64,
    /// On the sheet every time and never there.
    pub(crate) ghost: bool,
    /// On the sheet as often as `rate` says, and never there.
    pub(crate) invented: bool,
    /// The seat began with the year until something was planted: its arrival in the queue has a stream of its own, so that those
    /// of others stay as they are.
    pub(crate) moved: bool,
}

impl Enrolment {
    pub(crate) const fn new(child: usize, from: usize, until: usize, rate: f64) -> Self {
        Self { child, from, until, rate, ghost: false, invented: false, moved: false }
    }

    /// Lets the seat begin in another month.
    pub(crate) const fn begin(&mut self, from: usize) {
        self.moved |= self.from == 0 && from > 0;
        self.from = from;
    }
}

/// A child, known by a hash.
#[derive(Debug, Clone)]
pub(crate) struct Child {
    pub(crate) hash: String,
    pub(crate) birth_year: i16,
    pub(crate) girl: bool,
    pub(crate) residence: usize,
    pub(crate) phone: String,
    pub(crate) device: String,
    /// Whether this block writes the child's row; a child that moved has one row in the country.
    pub(crate) written: bool,
    /// An honest oddity: nothing is planted on it.
    pub(crate) honest: bool,
    pub(crate) abroad: Option<Abroad>,
}

/// A stay out of the country.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Abroad {
    pub(crate) month: usize,
    /// Marked present all the same.
    pub(crate) marked: bool,
}

/// A coach.
#[derive(Debug, Clone)]
pub(crate) struct Coach {
    pub(crate) id: String,
    pub(crate) operator: usize,
    pub(crate) diploma: String,
    pub(crate) institution: String,
    pub(crate) diploma_year: i16,
    pub(crate) cleared: &'static str,
    pub(crate) claimed_hours: Option<u64>,
}

/// A block under way.
#[derive(Debug)]
pub(crate) struct Draft<'w> {
    pub(crate) world: &'w World,
    pub(crate) block: &'w Block,
    pub(crate) facilities: Vec<Facility>,
    pub(crate) operators: Vec<Operator>,
    pub(crate) sections: Vec<Section>,
    pub(crate) coaches: Vec<Coach>,
    pub(crate) children: Vec<Child>,
    /// `detector,subject_kind,subject_id`
    pub(crate) truth: Vec<(&'static str, &'static str, String)>,
    /// `oddity,subject_kind,subject_id`
    pub(crate) honest: Vec<(&'static str, &'static str, String)>,
    /// Section, from and until (days), where to, reported on.
    pub(crate) trips: Vec<(usize, String, String, String)>,
    /// Device that pushed so many arrivals into the queue.
    pub(crate) bots: Vec<(String, usize)>,
}

impl Draft<'_> {
    /// A name within the country: `what/district/block/number`.
    pub(crate) fn name(&self, what: &str, number: usize) -> String {
        let district = &self.world.country.districts[self.block.district].kato;
        format!("{what}/{district}/{}/{number}", self.block.number)
    }

    /// The stream of a part of the block.
    pub(crate) fn stream(&self, part: &str) -> crate::stream::Stream {
        crate::stream::Stream::new(self.world.seed, &self.name(part, 0))
    }
}
