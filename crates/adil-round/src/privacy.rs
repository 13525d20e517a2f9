//! No person's number in plain: a round is published, and so is what is made of it.

use adil_domain::country::CountryPack;
use adil_domain::identifier::{Classified, classify};
use adil_domain::{Place, Problem, Problems};

use crate::table::{self, Limited, Table};

/// A person's number has at least so many digits in every country of the product.
const DIGITS: usize = 12;

/// Finds persons' numbers in any cell of a table, also with words around them. `skip` names a column that is judged elsewhere.
pub fn personal_numbers(table: &Table, country: &CountryPack, skip: Option<&str>, problems: &mut Problems) {
    if !country.identifiers().iter().any(|kind| kind.scheme().is_personal()) {
        return;
    }
    let mut limited = Limited::new(problems, Place::file(table.file()));
    for column in 0..table.header().len() {
        if skip == Some(table.name(column)) {
            continue;
        }
        for (row, cell) in table.cells(column).enumerate() {
            if may_hold_one(cell)
                && let found @ Classified::Personal(_) = classify(cell, country)
            {
                let place = Place::cell(table.file(), table.line(row), table.name(column));
                limited.extend(found.problem(place));
            }
        }
    }
    limited.finish();
}

/// The same for a table that no decision reads: `adil check` looks at every table of the folder.
pub fn personal_numbers_in(file: &str, bytes: &[u8], country: &CountryPack, problems: &mut Problems) {
    // Whatever else is wrong with it is for those who read it.
    let mut others = Problems::new();
    if let Some(table) = Table::read(file, bytes, &mut others) {
        personal_numbers(&table, country, None, problems);
    } else if country.identifiers().iter().any(|kind| kind.scheme().is_personal()) {
        let message = "The table can't be read, so nobody can say whether persons' numbers stand in it.";
        problems.push(
            Problem::warning("unread-table", Place::file(file), message)
                .hint("Mend it, or take it out of the folder."),
        );
    }
}

/// Numbers with decimals and moments are no identifiers, however many digits they have.
fn may_hold_one(cell: &str) -> bool {
    cell.bytes().filter(u8::is_ascii_digit).count() >= DIGITS
        && !(cell.contains('.') && table::is_decimal(cell))
        && !table::is_date_time(cell)
}
