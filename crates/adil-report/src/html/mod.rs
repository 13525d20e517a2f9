//! Self-contained pages. `report.html` is one that a club secretary reads on a phone, prints, and believes.

mod applications;
mod chart;
mod firm;
mod frontier;
mod ledger;
mod map;
mod page;
mod rules;
mod scatter;
pub mod sections;
mod shadow;
mod trust;

pub use frontier::frontier;
pub use page::{page, style};
pub use shadow::shadow;
