//! The division against its own laws, against naive solvers, and against a solver of others.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a test may stop at what it did not expect, and compares with floating-point solvers of others"
)]

mod conflicts;
mod exact;
mod float;
mod laws;
mod peer;
mod sample;
mod tampering;
