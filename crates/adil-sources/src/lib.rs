#![doc = include_str!("../README.md")]

pub mod egov;
mod found;
pub mod geojson;
pub mod http;
pub mod kato;
pub mod mapping;
pub mod numbers;
pub mod osm;
pub mod people;
pub mod population;
mod record;
pub mod register;
pub mod registers;
pub mod round_folder;
pub mod settlements;
pub mod sheet;
pub mod taxonomy;
pub mod territories;
mod words;

pub use found::Found;
