//! `report.html`: one self-contained page that a club secretary reads on a phone, prints, and believes.

mod applications;
mod chart;
mod firm;
mod ledger;
mod map;
mod page;
mod rules;

pub use page::{page, style};
