//! Where facilities and people are: every stated position is one, and lies in the place that the row names.

use adil_domain::territory::TerritoryTree;
use adil_domain::{Place, Problem, Problems};
use adil_geography::{Boundaries, Position, PositionError};

use crate::table::{Limited, Table, parse_number};

/// The position of a row, when it states one that can be.
pub fn of(table: &Table, row: usize) -> Option<Position> {
    stated(table, row)?.ok()
}

/// What a row states: nothing, a position, or something that is none.
fn stated(table: &Table, row: usize) -> Option<Result<Position, PositionError>> {
    let number = |name: &str| parse_number(table.cell(row, table.column(name)?)).ok().map(|n| n.to_f64());
    Some(Position::new(number("lat")?, number("lon")?))
}

/// Checks the positions of a table against degrees, against the boundaries, and against the place each row names.
pub(crate) fn check(
    table: &Table,
    tree: Option<&TerritoryTree>,
    boundaries: Option<&Boundaries>,
    problems: &mut Problems,
) {
    if table.column("lat").is_none() || table.column("lon").is_none() {
        return;
    }
    let mut limited = Limited::new(problems, Place::file(table.file()));
    for row in 0..table.len() {
        match stated(table, row) {
            None => {}
            Some(Err(error)) => limited.error(error.code(), || {
                Problem::error(
                    error.code(),
                    Place::cell(table.file(), table.line(row), "lat"),
                    format!("{error}."),
                )
                .hint(error.hint())
            }),
            Some(Ok(position)) => {
                if let Some(boundaries) = boundaries {
                    within(table, row, position, tree, boundaries, &mut limited);
                }
            }
        }
    }
    limited.finish();
}

fn within(
    table: &Table,
    row: usize,
    position: Position,
    tree: Option<&TerritoryTree>,
    boundaries: &Boundaries,
    limited: &mut Limited<'_>,
) {
    let place = || Place::cell(table.file(), table.line(row), "lat");
    let named = table.column("territory").map_or("", |c| table.cell(row, c));
    let Some(found) = boundaries.locate(position).map(|i| boundaries.areas()[i].code.as_str()) else {
        let turned = Position::new(position.lon(), position.lat()).ok();
        if turned.is_some_and(|turned| boundaries.locate(turned).is_some()) {
            let error = PositionError::Swapped { lat: position.lat(), lon: position.lon() };
            limited.error(error.code(), || {
                let message = format!(
                    "Latitude {} and longitude {} lie in no territory, but they would the other way round.",
                    position.lat(),
                    position.lon()
                );
                Problem::error(error.code(), place(), message).hint(error.hint())
            });
            return;
        }
        limited.warning("outside-boundaries", || {
            let message =
                format!("{}, {} lies in no territory of the boundaries.", position.lat(), position.lon());
            Problem::warning("outside-boundaries", place(), message)
                .hint("Correct the position; until then distances are measured from where it says.")
        });
        return;
    };
    // A named place may be coarser than the boundaries, or finer.
    let agrees = named.is_empty()
        || named == found
        || tree.is_none_or(|tree| match (tree.index_of(named), tree.index_of(found)) {
            (Some(named), Some(found)) => {
                tree.ancestors(found).any(|a| a == named) || tree.ancestors(named).any(|a| a == found)
            }
            _ => true,
        });
    if !agrees {
        limited.warning("other-territory", || {
            let message = format!("The row names `{named}`, but its position lies in `{found}`.");
            Problem::warning("other-territory", place(), message).hint(
                "Near a border this may be the boundary's simplification; else correct the position or the place.",
            )
        });
    }
}
