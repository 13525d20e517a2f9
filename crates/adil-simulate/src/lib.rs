#![doc = include_str!("../README.md")]

mod abuse;
mod calendar;
mod calibration;
mod csv_text;
mod facility;
mod geography;
mod honest;
mod identity;
mod kinds;
mod lookalikes;
mod model;
mod names;
mod operator;
mod order;
mod package;
mod piece;
mod plan;
mod plants;
mod points;
mod seen;
mod sheets;
mod sink;
mod stream;
mod tables;
mod visits;
mod whole_country;

use rayon::prelude::*;

pub use calibration::{Row, calibration, document, halls};
pub use piece::{RegionSummary, Summary};
pub use sink::{Folder, Nothing, Sink};

use abuse::Rates;
use identity::Keys;
use model::Draft;
use piece::{Piece, Wants};
use plan::{Block, World};

/// What to simulate.
#[derive(Debug, Clone)]
pub struct Options<'a> {
    /// Two runs with one seed give the same bytes.
    pub seed: u64,
    /// Facilities, sections and children, as a part or a multiple of the real country. Places and people stay as they are.
    pub scale: f64,
    /// The KATO of the only region to write; what it holds is the same as in the whole country.
    pub region: Option<String>,
    /// Write `timesheets/` and `payments/`. The other tables are the same without.
    pub timesheets: bool,
    /// Write `attendance/`: single visits, some 27 million of them at scale 1.
    pub attendance: bool,
    /// Files that are copied as they are, by their path in the round: `policy.toml`, and the models that it names.
    pub copied: &'a [(&'a str, &'a str)],
}

impl Default for Options<'_> {
    fn default() -> Self {
        Self { seed: 1, scale: 1.0, region: None, timesheets: true, attendance: false, copied: &[] }
    }
}

/// Why nothing was simulated.
#[derive(Debug, thiserror::Error)]
pub enum SimulateError {
    /// Nothing, less than nothing, or more than there are numbers for organisations.
    #[error(
        "the scale {0} can't be simulated; it is above 0, and 20 is as far as the made-up numbers of organisations reach"
    )]
    Scale(f64),
    /// No such region.
    #[error("there is no region `{found}` in Kazakhstan. {hint}")]
    Region {
        /// What was asked for.
        found: String,
        /// What may have been meant.
        hint: String,
    },
    /// The geography that comes with the product can't be read.
    #[error("the geography of Kazakhstan can't be read: {0}")]
    Geography(String),
    /// The folder holds something else.
    #[error("{0} holds files that are no simulation; choose an empty folder, or a new one")]
    Foreign(String),
    /// The file system refuses.
    #[error("{path} can't be written: {cause}")]
    Write {
        /// The file or folder.
        path: String,
        /// What the system says.
        cause: std::io::Error,
    },
}

/// Blocks made at once. A few keep both cores busy; more would only hold more memory.
const AT_ONCE: usize = 12;

/// Simulates Kazakhstan into a sink; `progress` hears how many of how many blocks are done.
///
/// Memory holds the geography and the rows of a dozen blocks of some two hundred facilities, whatever the scale.
///
/// # Errors
/// An option that can't be met, or what the sink refuses.
pub fn kazakhstan(
    options: &Options<'_>,
    sink: &mut dyn Sink,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<Summary, SimulateError> {
    let world = World::new(options)?;
    let keys = Keys::new(options.seed);
    let rates = Rates::new(options.seed, world.country.regions.len());
    let more = plants::Rates::new(options.seed);
    let wants = Wants { timesheets: options.timesheets, attendance: options.attendance };
    let mut summary = whole_country::begin(&world, options, sink)?;
    let mut done = 0;
    for window in world.blocks.chunks(AT_ONCE) {
        let pieces: Vec<Piece> =
            window.par_iter().map(|block| make(&world, block, &keys, (&rates, &more), wants)).collect();
        for piece in pieces {
            for (file, bytes) in &piece.files {
                sink.append(file, bytes)?;
            }
            summary.add(&piece.sums);
            done += 1;
            progress(done, world.blocks.len());
        }
    }
    whole_country::end(&world, &rates, &mut summary, sink)?;
    sink.finish()?;
    Ok(summary)
}

/// Makes a block, from nothing but its place in the plan.
fn make(
    world: &World,
    block: &Block,
    keys: &Keys,
    (rates, more): (&Rates, &plants::Rates),
    wants: Wants,
) -> Piece {
    let mut draft = Draft {
        world,
        block,
        facilities: Vec::new(),
        operators: Vec::new(),
        sections: Vec::new(),
        coaches: Vec::new(),
        children: Vec::new(),
        truth: Vec::new(),
        honest: Vec::new(),
        trips: Vec::new(),
        bots: Vec::new(),
    };
    facility::make(&mut draft);
    operator::make(&mut draft, keys);
    order::make(&mut draft, keys);
    honest::add(&mut draft, keys);
    abuse::plant(&mut draft, keys, rates);
    let mut taken = plants::plant(&mut draft, more);
    lookalikes::add(&mut draft, &mut taken);
    for section in 0..draft.sections.len() {
        let active = draft.sections[section].enrolments.iter().filter(|e| e.until == 12).count() as u64;
        let facility = draft.sections[section].facility;
        draft.facilities[facility].children += active;
    }
    let mut piece = Piece::new(wants, world.country.regions.len());
    sheets::keep(&mut draft, keys, &mut piece);
    tables::write(&draft, keys, &mut piece);
    seen::write(&draft, keys, &mut piece);
    piece
}
