#![doc = include_str!("../README.md")]

mod assemble;
pub mod decide;
pub mod decision;
mod divide;
pub mod equality;
pub mod explain;
mod facts;
pub mod folder;
pub mod independence;
pub mod inputs;
mod models;
mod notes;
pub mod observed;
mod origins;
pub mod output;
pub mod package;
pub mod positions;
pub mod privacy;
pub mod publish;
pub mod reach;
pub mod schema;
pub mod shadow;
pub mod table;
pub mod uncertainty;
pub mod verify;
pub mod what_if;

pub use decide::{DecideError, decide, decide_files};
pub use decision::{ApplicationDecision, Decision, Status};
pub use divide::{Conflict, ConflictBound};
pub use explain::{Explanation, explain};
pub use models::{FORECAST_DECIMALS, Forecast, ForecastPart};
