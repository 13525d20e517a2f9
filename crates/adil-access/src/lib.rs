#![doc = include_str!("../README.md")]

mod balance;
mod catchment;
mod costs;
mod error;
mod pairs;
mod reach;
pub mod roads;

pub use balance::{Balance, FacilityBalance, PointBalance, balance};
pub use catchment::{Catchment, Decay, Method};
pub use costs::{Costs, cost_per_metre};
pub use error::{AccessError, Side};
pub use reach::{Field, Reach, offered, reach, relative_share, within};
