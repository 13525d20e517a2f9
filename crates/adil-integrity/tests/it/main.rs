//! Names and links as a caller meets them, and how good they are.

#![allow(clippy::unwrap_used, reason = "helpers of tests are not seen as tests by the lint")]

mod figures;
mod links;
mod measure;
mod names;
