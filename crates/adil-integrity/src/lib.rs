#![doc = include_str!("../README.md")]

pub mod checks;
pub mod observations;
pub mod signature;
