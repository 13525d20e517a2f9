#![doc = include_str!("../README.md")]

pub mod language;
pub mod money;
pub mod outcome;
pub mod points;
pub mod problem;
pub mod rational;

pub use fluent_bundle::FluentArgs;
pub use jiff::civil::Date;
pub use language::{Catalog, Language, LocalizedText};
pub use money::{Currency, Money};
pub use num_bigint::BigInt;
pub use outcome::{CheckAnswer, Outcome};
pub use points::Points;
pub use problem::{Place, Problem, Problems, Severity};
pub use rational::{DecimalError, Rational};
