//! A table of rows as features: numbers where every cell is one, else words.

use std::fs;
use std::path::Path;

use adil_domain::{Place, Problem, Problems};
use adil_model::{Feature, Model, Values};
use adil_round::table::Limited;
use adil_sources::sheet::Sheet;

/// A table and the digest of its file.
pub(super) struct Table {
    pub(super) sheet: Sheet,
    pub(super) digest: String,
}

/// Reads CSV (plain, gzip or zstd) or a spreadsheet.
pub(super) fn read(path: &Path, problems: &mut Problems) -> Option<Table> {
    let name = path.display().to_string();
    match fs::read(path) {
        Ok(bytes) => {
            let digest = adil_round::folder::digest(&bytes);
            Some(Table { sheet: Sheet::read(&name, &bytes, None, problems)?, digest })
        }
        Err(error) => {
            let message = format!("The table can't be read: {error}.");
            problems
                .push(Problem::error("unreadable-file", Place::file(name), message).hint("Check the path."));
            None
        }
    }
}

impl Table {
    /// The position of a column that somebody named.
    pub(super) fn column(&self, name: &str, option: &str, problems: &mut Problems) -> Option<usize> {
        let found = self.sheet.column(name);
        if found.is_none() {
            let hint = adil_domain::problem::did_you_mean(name, self.sheet.columns());
            let message = format!("{option} names the column `{name}`, which the table does not have.");
            problems.push(Problem::error("unknown-column", self.sheet.header_place(), message).hint(hint));
        }
        found
    }

    /// The numbers of a column in some rows; what is none is a problem.
    pub(super) fn numbers(&self, column: usize, rows: &[usize], problems: &mut Problems) -> Vec<f64> {
        let mut limited = Limited::new(problems, self.sheet.header_place());
        let number = |row: &usize| {
            let cell = self.sheet.cell(*row, column);
            cell.parse::<f64>().ok().filter(|n| n.is_finite()).unwrap_or_else(|| {
                limited.error("not-a-number", || {
                    let message = if cell.is_empty() {
                        "The cell is empty, but a number was expected.".to_owned()
                    } else {
                        format!("`{}` is no number.", cell.chars().take(40).collect::<String>())
                    };
                    Problem::error("not-a-number", self.sheet.place(*row, column), message)
                        .hint("Correct it, or leave the row out.")
                });
                f64::NAN
            })
        };
        let numbers = rows.iter().map(number).collect();
        limited.finish();
        numbers
    }

    /// A column as a feature: numbers where all that is filled in is numbers.
    pub(super) fn feature(&self, column: usize, rows: &[usize]) -> Feature {
        let name = self.sheet.name(column).to_owned();
        let cells = || rows.iter().map(|row| self.sheet.cell(*row, column));
        let number =
            |cell: &str| -> Option<f64> { if cell.is_empty() { Some(f64::NAN) } else { cell.parse().ok() } };
        let values = match cells().map(number).collect::<Option<Vec<f64>>>() {
            Some(numbers) => Values::numbers(numbers),
            None => Values::words(cells()),
        };
        Feature { name, values }
    }

    /// The columns that a model looks up in some rows, read as it knows them. What a table of numbers has no number for is not known.
    pub(super) fn features(&self, model: &Model, rows: &[usize], problems: &mut Problems) -> Vec<Feature> {
        let mut features = Vec::new();
        for term in &model.terms {
            let Some(column) = self.sheet.column(&term.feature) else {
                let message =
                    format!("The model knows a column `{}`, which the table does not have.", term.feature);
                problems.push(
                    Problem::warning("missing-column", self.sheet.header_place(), message)
                        .hint("Every row gets the points of what is not known."),
                );
                continue;
            };
            let values = match term.lines {
                adil_model::model::Lines::Words(_) => {
                    Values::words(rows.iter().map(|row| self.sheet.cell(*row, column)))
                }
                adil_model::model::Lines::Cuts(_) => {
                    let mut limited = Limited::new(problems, self.sheet.header_place());
                    let numbers = rows.iter().map(|row| {
                        let cell = self.sheet.cell(*row, column);
                        let number = cell.parse::<f64>().ok().filter(|n| n.is_finite());
                        if number.is_none() && !cell.is_empty() {
                            limited.warning("not-a-number", || {
                                let shown: String = cell.chars().take(40).collect();
                                Problem::warning(
                                    "not-a-number",
                                    self.sheet.place(*row, column),
                                    format!("`{shown}` is no number, so it counts as not known."),
                                )
                            });
                        }
                        number.unwrap_or(f64::NAN)
                    });
                    let values = Values::numbers(numbers.collect::<Vec<f64>>());
                    limited.finish();
                    values
                }
            };
            features.push(Feature { name: term.feature.clone(), values });
        }
        features
    }
}
