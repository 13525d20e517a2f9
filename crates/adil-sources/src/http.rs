//! What every service that is asked over HTTP shares: attempts with growing pauses, caps, and words that hold no secret.
//!
//! The library reads no environment and no clock and never sleeps: keys, the day and the waiting are the caller's.

mod answer;
mod client;

use std::time::Duration;

pub use answer::AnswerError;
pub(crate) use answer::{json, said};
pub(crate) use client::{Client, Codes, Ended, Question, Words, no_answer};

/// How to wait between attempts. The caller sleeps, or a test notes the time down.
pub trait Pauses {
    /// Waits.
    fn wait(&mut self, pause: Duration);
    /// A number from 0 (included) to 1 (not), from the caller's seeded source, so that many clients that were refused
    /// together do not come back together.
    fn jitter(&mut self) -> f64;
}

/// Caps on one question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one answer, unpacked.
    pub answer: u64,
    /// Attempts at one question.
    pub attempts: u32,
    /// How long one attempt may take.
    pub timeout: Duration,
    /// The least pause between two questions.
    pub gap: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { answer: 64 << 20, attempts: 5, timeout: Duration::from_mins(1), gap: Duration::ZERO }
    }
}
