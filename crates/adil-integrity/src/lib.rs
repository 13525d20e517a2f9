#![doc = include_str!("../README.md")]

pub mod checks;
pub mod disclosure;
pub mod links;
pub mod names;
pub mod observations;
pub mod signature;
pub mod words;
