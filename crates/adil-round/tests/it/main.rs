//! Rounds as folders: reading, deciding, verifying.

mod package;
mod tables;
