//! What a block leaves behind: rows for the files, and sums for the summary.

use std::collections::BTreeMap;

use crate::csv_text::Rows;

/// Which of the large files are wanted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wants {
    pub(crate) timesheets: bool,
    pub(crate) attendance: bool,
}

/// Rows by file, and what they sum to.
#[derive(Debug)]
pub(crate) struct Piece {
    pub(crate) wants: Wants,
    pub(crate) files: BTreeMap<String, Vec<u8>>,
    pub(crate) sums: Summary,
}

impl Piece {
    pub(crate) fn new(wants: Wants, regions: usize) -> Self {
        Self { wants, files: BTreeMap::new(), sums: Summary::of(regions) }
    }

    pub(crate) fn add(&mut self, file: &str, rows: Rows) {
        self.add_bytes(file, rows.into_text().into_bytes());
    }

    pub(crate) fn add_bytes(&mut self, file: &str, mut bytes: Vec<u8>) {
        self.files.entry(file.to_owned()).or_default().append(&mut bytes);
    }

    /// Counts what a section was paid for in a month.
    pub(crate) fn month(&mut self, region: usize, month: usize, children: u64, amount: u64) {
        let sums = &mut self.sums;
        sums.child_months += children;
        sums.paid += amount;
        if let Some(paid) = sums.regions.get_mut(region).and_then(|r| r.paid_months.get_mut(month)) {
            *paid += amount;
        }
    }
}

/// What a simulation holds, in figures that can be set beside published ones.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Summary {
    /// Facilities.
    pub facilities: u64,
    /// Those in villages.
    pub rural_facilities: u64,
    /// Applications, and what they ask for together, in tenge.
    pub applications: u64,
    /// See `applications`.
    pub sought: u64,
    /// Paid for the children's order in the year before the round, in tenge.
    pub paid: u64,
    /// Children counted on paid sheets, summed over the months.
    pub child_months: u64,
    /// Operators.
    pub operators: u64,
    /// Rows of `truth/flags.csv`.
    pub flags: u64,
    /// Demand points and the people at them.
    pub points: u64,
    /// See `points`.
    pub population: u64,
    /// By region, in the order of their codes.
    pub regions: Vec<RegionSummary>,
}

/// The same of one region.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RegionSummary {
    /// The code of the region.
    pub kato: String,
    /// Its population.
    pub population: u64,
    /// Facilities.
    pub facilities: u64,
    /// Area of sports halls in square metres.
    pub hall_area_m2: u64,
    /// Sections of the children's order.
    pub sections: u64,
    /// Suppliers with a section, and all that are registered.
    pub suppliers: u64,
    /// See `suppliers`.
    pub registered: u64,
    /// Suppliers with a section that take children with special needs.
    pub special_suppliers: u64,
    /// Coaches.
    pub coaches: u64,
    /// Vouchers that are active at the end of the year.
    pub vouchers: u64,
    /// Kinds of sport, as bits.
    pub(crate) sports: u64,
    /// Sections of chess.
    pub chess_sections: u64,
    /// Active vouchers of them.
    pub chess_vouchers: u64,
    /// Tenge paid by month.
    pub paid_months: [u64; 12],
}

impl RegionSummary {
    /// Kinds of sport that are taught.
    pub const fn sports(&self) -> u32 {
        self.sports.count_ones()
    }
}

impl Summary {
    fn of(regions: usize) -> Self {
        Self { regions: vec![RegionSummary::default(); regions], ..Self::default() }
    }

    /// Active vouchers of the country.
    pub fn vouchers(&self) -> u64 {
        self.regions.iter().map(|r| r.vouchers).sum()
    }

    /// Area of sports halls of the country in square metres.
    pub fn hall_area_m2(&self) -> u64 {
        self.regions.iter().map(|r| r.hall_area_m2).sum()
    }

    /// The region with a code.
    pub fn region(&self, kato: &str) -> Option<&RegionSummary> {
        self.regions.iter().find(|r| r.kato == kato)
    }

    pub(crate) fn add(&mut self, other: &Self) {
        self.facilities += other.facilities;
        self.rural_facilities += other.rural_facilities;
        self.applications += other.applications;
        self.sought += other.sought;
        self.paid += other.paid;
        self.child_months += other.child_months;
        self.operators += other.operators;
        self.flags += other.flags;
        self.points += other.points;
        self.population += other.population;
        for (here, more) in self.regions.iter_mut().zip(&other.regions) {
            here.facilities += more.facilities;
            here.hall_area_m2 += more.hall_area_m2;
            here.sections += more.sections;
            here.suppliers += more.suppliers;
            here.registered += more.registered;
            here.special_suppliers += more.special_suppliers;
            here.coaches += more.coaches;
            here.vouchers += more.vouchers;
            here.sports |= more.sports;
            here.chess_sections += more.chess_sections;
            here.chess_vouchers += more.chess_vouchers;
            for (paid, more) in here.paid_months.iter_mut().zip(more.paid_months) {
                *paid += more;
            }
        }
    }
}
