#![doc = include_str!("../README.md")]

pub mod bins;
mod boost;
mod check;
pub mod data;
mod detect;
pub mod error;
pub mod fit;
mod gram;
mod held_out;
pub mod loss;
pub mod model;
mod pairs;
mod partition;
pub mod predict;
mod publish;
pub mod rows;
mod trainer;

pub use bins::Bins;
pub use data::{Feature, Monotone, Target, Values};
pub use error::FitError;
pub use fit::{Fitted, Points, Settings, fit};
pub use loss::Loss;
pub use model::{Model, ModelError, Purpose};
pub use pairs::Pair;
pub use partition::Partition;
pub use predict::{Binned, Prediction, Predictor};
pub use publish::{About, publish};
pub use rows::Split;
