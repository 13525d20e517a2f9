//! What people see at facilities, and how they got there: many answers to one estimate with its interval.
//!
//! Nobody is believed because of who they are. An answer weighs by how far its observer agrees with others over all
//! facilities ([`truth`]), what comes from one device, in one hour or in one text counts once ([`bursts`]), counts are medians
//! (`counts`), and fewer observers than the rules ask for are no estimate at all. Nothing here is about a person: how far an
//! observer is believed never leaves this module.

pub mod agreement;
pub mod bursts;
mod counts;
mod estimate;
pub mod journeys;
mod moment;
mod random;
pub mod scheme;
pub mod truth;

#[cfg(test)]
mod tests;

use adil_domain::{Date, Rational};

pub use estimate::{Estimate, Known, observe};
pub use moment::Moment;

/// Estimates are fixed to so many decimals before they count.
pub const DECIMALS: u32 = 6;

/// Who answered: it decides whether an hour or a device can be shared by chance or by office.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Kind {
    /// Anybody; nobody knows whether two of them are one.
    #[default]
    Citizen,
    /// An inspector on duty.
    Inspector,
    /// A member of a panel drawn by lot, known to those who drew it.
    Panel,
    /// Somebody who was asked by an interviewer, whose device it then is.
    Interview,
}

impl Kind {
    /// All, in the order of the documentation.
    pub const ALL: [Self; 4] = [Self::Citizen, Self::Inspector, Self::Panel, Self::Interview];

    /// The word in tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Citizen => "citizen",
            Self::Inspector => "inspector",
            Self::Panel => "panel",
            Self::Interview => "interview",
        }
    }

    /// The kind of that word; nothing is a citizen.
    pub fn from_word(word: &str) -> Option<Self> {
        if word.is_empty() {
            return Some(Self::default());
        }
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// What was answered.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answer {
    /// One of the question's answers, by position.
    Choice(usize),
    /// A number.
    Count(Rational),
}

/// One answer of one person about one facility. Texts are keyed hashes or empty; nothing else identifies anybody.
#[derive(Debug, Clone)]
pub struct Observation<'o> {
    /// The facility.
    pub facility: &'o str,
    /// Who answered.
    pub observer: &'o str,
    /// The device it came from.
    pub device: &'o str,
    /// What else was written.
    pub text: &'o str,
    /// In which capacity.
    pub kind: Kind,
    /// The question, by position in [`scheme::questions`].
    pub question: usize,
    /// The answer.
    pub answer: Answer,
    /// When it was seen.
    pub at: Moment,
}

/// What the rules say of observations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Fewer independent observers are no estimate.
    pub min_observers: usize,
    /// So many minutes are one burst.
    pub burst_minutes: i64,
    /// What was seen after this day is not known yet.
    pub as_of: Date,
    /// How old an observation may be; `None` is any age.
    pub max_age_days: Option<i64>,
}

impl Settings {
    /// Whether something of that day counts.
    pub fn counts(&self, day: Date) -> bool {
        let age = i64::from((self.as_of - day).get_days());
        age >= 0 && self.max_age_days.is_none_or(|most| age <= most)
    }
}
