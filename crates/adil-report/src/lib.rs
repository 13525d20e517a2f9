#![doc = include_str!("../README.md")]

mod error;
mod firm;
mod forecast;
mod frontier;
mod groups;
pub mod html;
mod sentences;
mod shadow;
pub mod text;
mod trust;
mod words;
pub mod xlsx;

pub use error::ReportError;
pub use words::{CATALOGUES, Message, Words, catalog, html as escaped, plain};
