//! Boundaries and positions.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop where something is wrong"
)]

mod bad;
mod kazakhstan;
mod projection;
mod topology;
