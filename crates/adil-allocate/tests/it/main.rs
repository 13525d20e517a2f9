//! The division against its own laws, against naive solvers, and against a solver of others.

mod conflicts;
mod exact;
mod laws;
mod peer;
mod sample;
mod tampering;
