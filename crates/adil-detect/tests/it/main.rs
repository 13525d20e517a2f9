//! Every folder of `detectors/` on its own small round, and rounds that are wrong in every way we know.

#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests may fail the test")]

mod cluster;
mod every_detector;
mod files;
mod machines;
