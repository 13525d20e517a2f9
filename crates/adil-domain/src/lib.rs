#![doc = include_str!("../README.md")]

pub mod country;
pub mod identifier;
pub mod kato;
pub mod language;
pub mod money;
pub mod outcome;
pub mod points;
pub mod problem;
pub mod rational;
pub mod territory;

pub use country::CountryPack;
pub use fluent_bundle::FluentArgs;
pub use identifier::{OrganisationId, PersonalId};
pub use jiff::civil::Date;
pub use kato::Kato;
pub use language::{Catalog, Language, LocalizedText};
pub use money::{Currency, Money};
pub use num_bigint::BigInt;
pub use outcome::{CheckAnswer, Outcome, Publish, WhileDisputed};
pub use points::Points;
pub use problem::{Place, Problem, Problems, Severity};
pub use rational::{DecimalError, Rational, round_half_even_small};
pub use territory::{TerritoryRow, TerritoryTree};
