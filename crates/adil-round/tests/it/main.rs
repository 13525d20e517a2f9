//! Rounds as folders: reading, deciding, verifying.

mod package;
mod rounds;
mod tables;
