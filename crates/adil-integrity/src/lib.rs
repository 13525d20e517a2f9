#![doc = include_str!("../README.md")]

pub mod links;
pub mod names;
pub mod words;
