//! What is wrong with the tables of a round, beyond what is wrong with a table by itself.

use std::collections::BTreeMap;

use adil_domain::country::CountryPack;
use adil_domain::identifier;
use adil_domain::territory::TerritoryTree;
use adil_domain::{Money, Place, Problem, Problems};
use adil_policy::{FlagSeverity, Policy, Travel};

use super::number;
use crate::folder::{
    APPLICATIONS, FACILITIES, FLAGS, HISTORY, OPERATORS, POPULATION, TERRITORIES, TRAVEL_TIMES,
};
use crate::privacy;
use crate::schema::RoundSchema;
use crate::table::{self, CellError, ColumnType, Limited, Table};

/// Every cell of a column that the policy names must be of the column's type.
pub(super) fn named_columns(
    policy: &Policy,
    tables: &BTreeMap<&'static str, Table>,
    schema: &RoundSchema,
    problems: &mut Problems,
) {
    for name in policy.names() {
        let Some(origin) = schema.origin(name.entity, &name.column) else { continue };
        let Some(table) = tables.get(origin.file) else { continue };
        if is_money(origin.file, &name.column) {
            continue;
        }
        table::check_column(table, origin.column, origin.column_type, problems);
    }
}

/// Columns of the contract that hold money; they are read with the currency's own decimals.
fn is_money(file: &str, column: &str) -> bool {
    matches!(
        (file, column),
        (APPLICATIONS, "amount_sought" | "amount_minimum" | "previous_amount") | (HISTORY, "amount")
    )
}

pub(super) fn check_tables(
    policy: &Policy,
    tables: &BTreeMap<&'static str, Table>,
    shadow: bool,
    tree: Option<&TerritoryTree>,
    problems: &mut Problems,
) {
    // Candidates of a shadow round are the facilities, which are checked as such.
    if let Some(applications) = tables.get(APPLICATIONS).filter(|_| !shadow) {
        check_applications(policy, applications, problems);
        references(applications, "facility_id", tables.get(FACILITIES), problems);
        references(applications, "operator_id", tables.get(OPERATORS), problems);
        places(applications, tree, problems);
    }
    if let Some(facilities) = tables.get(FACILITIES) {
        table::require_columns(facilities, &["facility_id"], problems);
        table::unique_key(facilities, "facility_id", problems);
        references(facilities, "operator_id", tables.get(OPERATORS), problems);
        places(facilities, tree, problems);
    }
    if let Some(operators) = tables.get(OPERATORS) {
        table::require_columns(operators, &["operator_id"], problems);
        table::unique_key(operators, "operator_id", problems);
    }
    if let Some(population) = tables.get(POPULATION) {
        check_population(population, tree, problems);
    }
    check_flags(policy, tables, problems);
    if let Some(history) = tables.get(HISTORY) {
        check_history(policy, history, problems);
    }
}

/// The table of travel times, where the policy wants it.
pub(super) fn travel_times(
    policy: &Policy,
    tables: &BTreeMap<&'static str, Table>,
    problems: &mut Problems,
) -> Option<Vec<(u32, u32, f64)>> {
    let access = policy.access.as_ref().filter(|access| matches!(access.travel, Travel::Table))?;
    let Some(times) = tables.get(TRAVEL_TIMES) else {
        let message = format!("Travel times come from a table, but the round has no {TRAVEL_TIMES}.");
        problems.push(Problem::error("missing-file", access.meta.place.clone(), message).hint(
            "Add it with point_id, facility_id, minutes; `adil import roads` makes it from a map of OpenStreetMap.",
        ));
        return None;
    };
    let columns = ["point_id", "facility_id", "minutes"];
    let (points, facilities) = (tables.get(POPULATION)?, tables.get(FACILITIES)?);
    table::require_columns(times, &columns, problems);
    // What is wrong with the identifiers of those tables is said where they are checked.
    let mut said = Problems::new();
    let keys = [
        table::unique_key(points, "point_id", &mut said),
        table::unique_key(facilities, "facility_id", &mut said),
    ];
    Some(table::costs(times, columns, [(points, &keys[0]), (facilities, &keys[1])], problems))
}

fn check_population(population: &Table, tree: Option<&TerritoryTree>, problems: &mut Problems) {
    table::require_columns(population, &["point_id"], problems);
    table::unique_key(population, "point_id", problems);
    places(population, tree, problems);
    let Some(column) = population.column("population") else { return };
    table::check_column(population, column, ColumnType::Number, problems);
    for row in 0..population.len() {
        if number(population.cell(row, column)).is_some_and(|people| people.is_negative()) {
            let place = Place::cell(POPULATION, population.line(row), "population");
            let message = format!("{} people can't live here.", population.cell(row, column));
            problems.push(
                Problem::error("negative-population", place, message)
                    .hint("Write the number of residents, or leave the cell empty when it is not known."),
            );
        }
    }
}

fn check_applications(policy: &Policy, applications: &Table, problems: &mut Problems) {
    table::require_columns(applications, &["application_id", "amount_sought"], problems);
    table::unique_key(applications, "application_id", problems);
    if applications.is_empty() {
        problems.push(
            Problem::error(
                "empty-table",
                Place::file(APPLICATIONS),
                "The table has a header but not one application.",
            )
            .hint("A round divides money among at least one application."),
        );
    }
    for column in ["amount_sought", "amount_minimum", "previous_amount"] {
        money_column(policy, applications, column, problems);
    }
    minimum_within_ask(policy, applications, problems);
}

/// Every filled cell is an amount of money that is not negative.
fn money_column(policy: &Policy, table: &Table, column: &str, problems: &mut Problems) {
    if let Some(index) = table.column(column) {
        table::check_money(table, index, policy.round.currency, problems);
    }
}

fn minimum_within_ask(policy: &Policy, table: &Table, problems: &mut Problems) {
    let (Some(minimum), Some(sought)) = (table.column("amount_minimum"), table.column("amount_sought"))
    else {
        return;
    };
    let money = |row, column| Money::parse(table.cell(row, column), policy.round.currency).ok();
    for row in 0..table.len() {
        if let (Some(least), Some(ask)) = (money(row, minimum), money(row, sought))
            && least > ask
        {
            problems.push(
                Problem::error(
                    "minimum-above-ask",
                    Place::cell(table.file(), table.line(row), "amount_minimum"),
                    format!("The smallest useful amount {least} is more than the amount asked for, {ask}."),
                )
                .hint("Correct one of the two."),
            );
        }
    }
}

/// A filled reference to another table must be found there, when that table is there.
fn references(table: &Table, column: &str, target: Option<&Table>, problems: &mut Problems) {
    let (Some(index), Some(target)) = (table.column(column), target) else { return };
    let Some(key) = target.column(column) else { return };
    let known: std::collections::HashSet<&str> = target.cells(key).collect();
    let mut limited = Limited::new(problems, Place::file(table.file()));
    for (row, id) in table.cells(index).enumerate() {
        if !id.is_empty() && !known.contains(id) {
            limited.error("unknown-reference", || {
                Problem::error(
                    "unknown-reference",
                    Place::cell(table.file(), table.line(row), column),
                    format!("`{id}` is not in {}.", target.file()),
                )
                .hint(format!("Add it to {} or correct the identifier.", target.file()))
            });
        }
    }
    limited.finish();
}

/// A filled place must be in the tree, when there is one.
fn places(table: &Table, tree: Option<&TerritoryTree>, problems: &mut Problems) {
    let (Some(index), Some(tree)) = (table.column("territory"), tree) else { return };
    if tree.is_empty() {
        return;
    }
    for row in 0..table.len() {
        let code = table.cell(row, index);
        if !code.is_empty() && tree.index_of(code).is_none() {
            let near = adil_domain::problem::nearest(code, (0..tree.len()).map(|i| tree.code(i)));
            let hint = near.map_or_else(
                || format!("Add it to {TERRITORIES} or correct the code."),
                |near| format!("Did you mean `{near}`?"),
            );
            problems.push(
                Problem::error(
                    "unknown-territory",
                    Place::cell(table.file(), table.line(row), "territory"),
                    format!("The place `{code}` is not in {TERRITORIES}."),
                )
                .hint(hint),
            );
        }
    }
}

/// A personal identifier must not stand in a table in clear; a doubtful one deserves a look.
pub(super) fn identifiers(
    country: &CountryPack,
    tables: &BTreeMap<&'static str, Table>,
    problems: &mut Problems,
) {
    // Every reference leads to the table of operators where there is one, so each identifier is judged once.
    let mut table = [OPERATORS, FACILITIES, APPLICATIONS].into_iter().filter_map(|file| tables.get(file));
    let Some((table, index)) = table.find_map(|t| Some((t, t.column("operator_id")?))) else {
        for table in tables.values() {
            privacy::personal_numbers(table, country, None, problems);
        }
        return;
    };
    for table in tables.values() {
        privacy::personal_numbers(table, country, Some("operator_id"), problems);
    }
    for row in 0..table.len() {
        let place = || Place::cell(table.file(), table.line(row), "operator_id");
        problems.extend(identifier::classify(table.cell(row, index), country).problem(place()));
    }
}

/// A column in which no cell may be empty.
pub(super) fn filled(table: &Table, column: &str, problems: &mut Problems) {
    let Some(index) = table.column(column) else { return };
    for row in (0..table.len()).filter(|row| table.cell(*row, index).is_empty()) {
        problems.push(
            Problem::error(
                "empty-id",
                Place::cell(table.file(), table.line(row), column),
                format!("The row names no {column}, so it belongs to nobody."),
            )
            .hint("Fill it in, or take the row out."),
        );
    }
}

/// Flags that count must name their detector and be of a known severity; detectors that nobody ran have found nothing yet.
fn check_flags(policy: &Policy, tables: &BTreeMap<&'static str, Table>, problems: &mut Problems) {
    let Some(first) = policy.detectors.first() else { return };
    let Some(flags) = tables.get(FLAGS) else {
        let message = format!(
            "The rules speak of detectors, but there is no {FLAGS}: what they would find is not known."
        );
        problems.push(
            Problem::warning("no-flags", first.meta.place.clone(), message)
                .hint("Run `adil detect` on the round, or take the detectors out."),
        );
        return;
    };
    table::require_columns(flags, &["detector", "subject_kind", "subject_id"], problems);
    if let Some(severity) = flags.column("severity") {
        table::check_cells(flags, severity, problems, |text| {
            (FlagSeverity::from_word(text).is_none()).then(|| CellError {
                code: "severity",
                message: format!("`{}` is no severity.", table::shorten(text)),
                hint: Some("Write low, medium or high.".to_owned()),
            })
        });
    }
}

fn check_history(policy: &Policy, history: &Table, problems: &mut Problems) {
    if history.column("facility_id").is_none() && history.column("operator_id").is_none() {
        problems.push(
            Problem::error(
                "missing-column",
                Place::file(HISTORY),
                "The table names neither a facility_id nor an operator_id, so its rows belong to nobody.",
            )
            .hint("Add one of the two columns."),
        );
    }
    money_column(policy, history, "amount", problems);
}
