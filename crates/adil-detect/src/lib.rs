#![doc = include_str!("../README.md")]

mod cells;
mod cluster;
mod detector;
mod engine;
mod error;
mod flags;
mod look;
mod read;
mod round;
mod schema;
mod settings;
mod shared;
mod sort;
mod store;
mod trouble;

pub use cluster::Scheduler;
pub use detector::{Detector, Reference, Setting, SettingValue, Texts, detectors};
pub use engine::Engine;
pub use error::DetectError;
pub use flags::{FLAGS, Flag, as_csv};
pub use round::{Found, Options, Report, State, detect};
pub use settings::{DetectorRules, settings};
