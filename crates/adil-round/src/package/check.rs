//! A package against the round it describes.

use std::borrow::{Borrow, Cow};
use std::collections::{BTreeMap, HashMap, HashSet};

use adil_domain::problem::{did_you_mean, nearest};
use adil_domain::{Place, Problem, Problems, Rational};
use sha2::{Digest, Sha256};

use super::read::{place, short};
use super::{DataPackage, FILE, Field, FieldType, ForeignKey, Resource, contract_column};
use crate::folder::READ;
use crate::table::{
    CellError, ColumnType, Limited, Table, check_cells, check_column, check_unique, is_date_time, is_decimal,
    missing_column, parse_date, whole_column,
};

/// Of a longer list no nearest name is looked for: a thousand unknown values would each be compared with all
/// of it.
const SHORT_LIST: usize = 200;

/// Checks everything; see [`DataPackage::check`].
pub(super) fn check<K: Borrow<str> + Ord>(
    package: &DataPackage,
    tables: &BTreeMap<K, Table>,
    files: &BTreeMap<String, Vec<u8>>,
) -> Problems {
    let mut problems = Problems::new();
    let there = |path: &str| files.contains_key(path) || tables.contains_key(path);
    // Of files that a decision does not read nothing is known here.
    problems.extend(missing(package, |path| there(path) || !READ.contains(&path)));
    for resource in &package.resources {
        stated(resource, &mut problems);
        for path in &resource.paths {
            if let Some(bytes) = files.get(path.as_str()).filter(|_| resource.paths.len() == 1) {
                digest(resource, path, bytes, &mut problems);
            }
            if let Some(table) = tables.get(path.as_str()) {
                described(resource, table, &mut problems);
                for key in &resource.foreign_keys {
                    foreign_key(package, resource, key, table, tables, &mut problems);
                }
            }
        }
    }
    for file in tables.keys() {
        let file: &str = file.borrow();
        if package.resource_for(file).is_none() {
            problems.push(
                Problem::warning(
                    "undescribed-table",
                    Place::file(FILE),
                    format!("The table {file} is not described in the package."),
                )
                .hint("`adil check --write-package` drafts what is missing."),
            );
        }
    }
    problems
}

/// Files that are described but not there; see [`DataPackage::missing`].
pub(super) fn missing(package: &DataPackage, exists: impl Fn(&str) -> bool) -> Problems {
    let mut problems = Problems::new();
    for resource in &package.resources {
        for path in resource.paths.iter().filter(|p| !exists(p)) {
            let message = format!(
                "The file {} of the resource `{}` is not in the round folder.",
                short(path),
                resource.name
            );
            problems.push(
                Problem::error("missing-file", place(resource), message)
                    .hint("Add the file, correct its path, or remove the resource."),
            );
        }
    }
    problems
}

/// Licence, source and date belong to every table that a public decision rests on.
fn stated(resource: &Resource, problems: &mut Problems) {
    let mut say = |code, what: &str, hint: &str| {
        let message = format!("The resource `{}` does not say {what}.", resource.name);
        problems.push(Problem::warning(code, place(resource), message).hint(hint));
    };
    if resource.licence().is_none() {
        say(
            "no-licence",
            "under which licence it may be used",
            "Fill in `licenses`, for example { \"name\": \"CC-BY-4.0\" }.",
        );
    }
    if resource.sources.is_empty() {
        say(
            "no-source",
            "where it comes from",
            "Fill in `sources` with a `title` and, where it was published, a `path`.",
        );
    }
    if resource.as_of.is_none() {
        say("no-as-of", "as of when it is true", "Fill in `as_of` with a day such as 2023-12-31.");
    }
}

/// Size and digest, when the package gives them.
fn digest(resource: &Resource, path: &str, content: &[u8], problems: &mut Problems) {
    let mut differs =
        |code, what: &str, stated: &str, found: &str| {
            let message = format!("{path} has the {what} {found}, but the package says {stated}.");
            problems.push(Problem::error(code, place(resource), message).hint(
                "The file was changed after it was described: get the right one, or describe this one.",
            ));
        };
    if let Some(stated) = resource.bytes
        && u64::try_from(content.len()) != Ok(stated)
    {
        differs("bytes-differ", "size", &stated.to_string(), &content.len().to_string());
    }
    let Some(hash) = &resource.hash else { return };
    if let Some(stated) = hash.strip_prefix("sha256:") {
        let found = hex::encode(Sha256::digest(content));
        if !found.eq_ignore_ascii_case(stated) {
            differs("hash-differs", "SHA-256", &short(stated), &found);
        }
    } else {
        let message =
            format!("The `hash` of the resource `{}` is of a kind that is not checked.", resource.name);
        problems.push(
            Problem::warning("hash-not-checked", place(resource), message)
                .hint("Write it as sha256: and 64 hexadecimal digits."),
        );
    }
}

/// The table against its description.
fn described(resource: &Resource, table: &Table, problems: &mut Problems) {
    form(resource, table, problems);
    let Some(fields) = &resource.fields else {
        let message = format!("The columns of {} are not described.", table.file());
        problems.push(
            Problem::warning("no-schema", place(resource), message)
                .hint("`adil check --write-package` drafts a description."),
        );
        return;
    };
    let unused = || fields.iter().map(Field::name).filter(|n| table.column(n).is_none());
    for name in table.header().iter().filter(|n| !n.is_empty() && resource.field(n).is_none()) {
        let message = format!("The column `{name}` of {} is not described in the package.", table.file());
        let hint = match nearest(name, unused()) {
            Some(near) => format!("Is it the `{near}` that the package describes?"),
            None => "`adil check --write-package` drafts what is missing.".to_owned(),
        };
        problems.push(
            Problem::warning(
                "undescribed-column",
                Place::cell(table.file(), table.header_line(), name),
                message,
            )
            .hint(hint),
        );
    }
    for field in fields {
        match table.column(&field.name) {
            None => problems.push(missing_column(table, &field.name, "which the package describes")),
            Some(column) => field_cells(resource, field, table, column, problems),
        }
    }
    if !resource.primary_key.is_empty() {
        let key: Vec<&str> = resource.primary_key.iter().map(String::as_str).collect();
        check_unique(table, &key, problems);
    }
}

/// Encoding and delimiter as described and as found.
fn form(resource: &Resource, table: &Table, problems: &mut Problems) {
    let plain = |name: &str| name.to_lowercase().replace(['-', '_'], "");
    if let Some(stated) = &resource.encoding
        && plain(stated) != plain(table.encoding())
    {
        let message =
            format!("{} is in {}, but the package says {}.", table.file(), table.encoding(), short(stated));
        problems.push(
            Problem::warning("encoding-differs", place(resource), message)
                .hint("Save the table as `CSV UTF-8`, and say utf-8 here."),
        );
    }
    if let Some(stated) = resource.delimiter
        && stated != table.delimiter()
    {
        let message = format!(
            "The cells of {} are separated by {:?}, but the package says {stated:?}.",
            table.file(),
            table.delimiter()
        );
        problems.push(
            Problem::warning("delimiter-differs", place(resource), message)
                .hint("Save the table with commas, and remove `dialect`."),
        );
    }
}

/// The cells of one column against its type and constraints.
fn field_cells(resource: &Resource, field: &Field, table: &Table, column: usize, problems: &mut Problems) {
    if let Some(contract) = contract_column(table.file(), &field.name)
        && contradicts(contract.column_type, field.kind)
    {
        let message = format!(
            "The package describes `{}` of {} as {}, but a round reads it as {}.",
            field.name,
            table.file(),
            word(field.kind),
            contract.column_type
        );
        let hint = match contract.column_type {
            ColumnType::Text => "Write `string`: leading zeros of identifiers would be lost in numbers.",
            ColumnType::Number => "Write `number`.",
            ColumnType::Date => "Write `date`.",
            ColumnType::Truth | ColumnType::Empty => "Write `boolean`.",
        };
        problems.push(Problem::warning("contract-type", place(resource), message).hint(hint));
    } else {
        cells_of_type(field.kind, table, column, problems);
    }
    let constraints = &field.constraints;
    if constraints.required && !resource.primary_key.contains(&field.name) {
        filled(field, table, column, problems);
    }
    if constraints.unique && resource.primary_key.as_slice() != std::slice::from_ref(&field.name) {
        unique(field, table, column, problems);
    }
    if let Some(allowed) = &constraints.allowed {
        in_list(allowed, field, table, column, problems);
    }
    range(resource, field, table, column, problems);
    length(field, table, column, problems);
    if constraints.pattern.is_some() {
        let message = format!("The `pattern` of the column `{}` is not checked here.", field.name);
        problems.push(
            Problem::warning("pattern-not-checked", place(resource), message)
                .hint("Check it with another tool, such as `frictionless validate`."),
        );
    }
}

fn contradicts(contract: ColumnType, described: FieldType) -> bool {
    use FieldType::{Any, Boolean, Date, Integer, Number, Year};
    match contract {
        _ if described == Any => false,
        ColumnType::Text => matches!(described, Number | Integer | Boolean),
        ColumnType::Number => !matches!(described, Number | Integer | Year),
        ColumnType::Date => described != Date,
        ColumnType::Truth => described != Boolean,
        ColumnType::Empty => false,
    }
}

fn word(field_type: FieldType) -> &'static str {
    match field_type {
        FieldType::String => "string",
        FieldType::Number => "number",
        FieldType::Integer => "integer",
        FieldType::Boolean => "boolean",
        FieldType::Date => "date",
        FieldType::DateTime => "datetime",
        FieldType::Year => "year",
        FieldType::YearMonth => "yearmonth",
        FieldType::Any => "any",
        FieldType::Unchecked => "another type",
    }
}

fn cells_of_type(field_type: FieldType, table: &Table, column: usize, problems: &mut Problems) {
    let not = |code, text: &str, what: &str, hint: Option<&str>| {
        let message = format!("`{}` is not {what}.", short(text));
        Some(CellError { code, message, hint: hint.map(str::to_owned) })
    };
    let digits = |text: &str, count: usize| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    match field_type {
        FieldType::Number => check_column(table, column, ColumnType::Number, problems),
        FieldType::Boolean => check_column(table, column, ColumnType::Truth, problems),
        FieldType::Date => check_column(table, column, ColumnType::Date, problems),
        FieldType::Integer => check_cells(table, column, problems, |text| {
            if is_decimal(text) && !text.contains('.') {
                None
            } else if is_decimal(text) {
                not(
                    "not-an-integer",
                    text,
                    "a whole number",
                    Some("Describe the column as `number` if it has decimals."),
                )
            } else {
                crate::table::parse_number(text).err()
            }
        }),
        FieldType::DateTime => check_cells(table, column, problems, |text| {
            if is_date_time(text) {
                return None;
            }
            not(
                "not-a-date-time",
                text,
                "a moment such as 2023-12-31T18:30:00+05:00",
                Some("Describe the column as `date` if it has days only."),
            )
        }),
        FieldType::Year => check_cells(table, column, problems, |text| {
            if digits(text, 4) { None } else { not("not-a-year", text, "a year of four digits", None) }
        }),
        FieldType::YearMonth => check_cells(table, column, problems, |text| {
            let month = |m: &str| digits(m, 2) && ("01"..="12").contains(&m);
            if text.split_once('-').is_some_and(|(y, m)| digits(y, 4) && month(m)) {
                return None;
            }
            not("not-a-month", text, "a month such as 2023-12", None)
        }),
        FieldType::String | FieldType::Any | FieldType::Unchecked => {}
    }
}

/// A required cell that is empty is a warning, as every value missing on one row is: the policy says what
/// then happens.
fn filled(field: &Field, table: &Table, column: usize, problems: &mut Problems) {
    let mut limited = Limited::new(problems, whole_column(table, column));
    for (row, _) in table.cells(column).enumerate().filter(|(_, cell)| cell.is_empty()) {
        limited.warning("empty-cell", || {
            let message =
                format!("`{}` is empty, but the package says that it is always filled.", field.name);
            Problem::warning("empty-cell", Place::cell(table.file(), table.line(row), &field.name), message)
                .hint("Fill it in, or take `required` out of the description.")
        });
    }
    limited.finish();
}

fn unique(field: &Field, table: &Table, column: usize, problems: &mut Problems) {
    let mut limited = Limited::new(problems, whole_column(table, column));
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for (row, cell) in table.cells(column).enumerate().filter(|(_, cell)| !cell.is_empty()) {
        let first = *seen.entry(cell).or_insert(row);
        if first != row {
            limited.error("duplicate-value", || {
                let message = format!(
                    "`{}` stands in `{}` on line {} and again on line {}, but the package says that each is there once.",
                    short(cell),
                    field.name,
                    table.line(first),
                    table.line(row)
                );
                Problem::error("duplicate-value", Place::cell(table.file(), table.line(row), &field.name), message)
                    .hint("Correct one of the two, or take `unique` out of the description.")
            });
        }
    }
    limited.finish();
}

fn is_numeric(field_type: FieldType) -> bool {
    matches!(field_type, FieldType::Number | FieldType::Integer | FieldType::Year)
}

fn in_list(allowed: &[String], field: &Field, table: &Table, column: usize, problems: &mut Problems) {
    let words: HashSet<&str> = allowed.iter().map(String::as_str).collect();
    let numbers: Vec<Rational> = if is_numeric(field.kind) {
        allowed.iter().filter_map(|a| a.parse().ok()).collect()
    } else {
        Vec::new()
    };
    check_cells(table, column, problems, |text| {
        let known = words.contains(text) || text.parse().is_ok_and(|n: Rational| numbers.contains(&n));
        (!known).then(|| CellError {
            code: "not-in-list",
            message: format!(
                "`{}` is not among the values that the package allows for `{}`.",
                short(text),
                field.name
            ),
            hint: Some(did_you_mean(text, allowed.iter().take(SHORT_LIST).map(String::as_str))),
        })
    });
}

/// Bounds of numbers and dates.
fn range(resource: &Resource, field: &Field, table: &Table, column: usize, problems: &mut Problems) {
    let constraints = &field.constraints;
    if constraints.minimum.is_none() && constraints.maximum.is_none() {
        return;
    }
    if is_numeric(field.kind) {
        within(resource, field, table, column, problems, |text| text.parse::<Rational>().ok());
    } else if field.kind == FieldType::Date {
        within(resource, field, table, column, problems, |text| parse_date(text).ok());
    } else {
        let message = format!(
            "`minimum` and `maximum` of the column `{}` mean nothing for the type {}.",
            field.name,
            word(field.kind)
        );
        problems.push(
            Problem::warning("bounds-not-checked", place(resource), message)
                .hint("Bounds are checked for numbers and dates."),
        );
    }
}

fn within<T: Ord>(
    resource: &Resource,
    field: &Field,
    table: &Table,
    column: usize,
    problems: &mut Problems,
    value: impl Fn(&str) -> Option<T>,
) {
    let mut bound = |text: &Option<String>, name: &str| {
        let text = text.as_deref()?;
        let bound = value(text);
        if bound.is_none() {
            let message = format!(
                "`{name}` of the column `{}` is `{}`, which is no {}.",
                field.name,
                short(text),
                word(field.kind)
            );
            problems.push(
                Problem::error("package-value", place(resource), message)
                    .hint("Write it as a cell of the column would be written."),
            );
        }
        bound.map(|b| (b, text.to_owned()))
    };
    let (minimum, maximum) =
        (bound(&field.constraints.minimum, "minimum"), bound(&field.constraints.maximum, "maximum"));
    if minimum.is_none() && maximum.is_none() {
        return;
    }
    check_cells(table, column, problems, |text| {
        // What is no value at all was reported for its type.
        let found = value(text)?;
        let (side, limit) = match (&minimum, &maximum) {
            (Some((low, limit)), _) if found < *low => ("below", limit),
            (_, Some((high, limit))) if found > *high => ("above", limit),
            _ => return None,
        };
        Some(CellError {
            code: "out-of-range",
            message: format!(
                "`{}` is {side} {limit}, which the package gives as the bound of `{}`.",
                short(text),
                field.name
            ),
            hint: Some("Correct the cell, or the bound if it is wrong.".to_owned()),
        })
    });
}

fn length(field: &Field, table: &Table, column: usize, problems: &mut Problems) {
    let (least, most) = (field.constraints.min_length, field.constraints.max_length);
    if least.is_none() && most.is_none() {
        return;
    }
    check_cells(table, column, problems, |text| {
        let found = u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
        let fits = least.is_none_or(|l| found >= l) && most.is_none_or(|m| found <= m);
        (!fits).then(|| CellError {
            code: "wrong-length",
            message: format!(
                "`{}` is {found} long, but the package allows {} to {} characters for `{}`.",
                short(text),
                least.unwrap_or(0),
                most.map_or("any number".to_owned(), |m| m.to_string()),
                field.name
            ),
            hint: Some("Look whether zeros at the front were lost or two cells ran together.".to_owned()),
        })
    });
}

/// The cells of some columns of a row as one key; `None` when one of them is empty.
fn key<'t>(table: &'t Table, row: usize, columns: &[usize]) -> Option<Cow<'t, str>> {
    if let [column] = columns {
        return Some(table.cell(row, *column)).filter(|c| !c.is_empty()).map(Cow::Borrowed);
    }
    let cells: Vec<&str> = columns.iter().map(|c| table.cell(row, *c)).collect();
    // The unit separator cannot be typed by accident, so that "a","bc" and "ab","c" stay apart.
    (!cells.iter().any(|c| c.is_empty())).then(|| Cow::Owned(cells.join("\u{1f}")))
}

fn foreign_key<K: Borrow<str> + Ord>(
    package: &DataPackage,
    resource: &Resource,
    foreign: &ForeignKey,
    table: &Table,
    tables: &BTreeMap<K, Table>,
    problems: &mut Problems,
) {
    let target = match &foreign.resource {
        None => resource,
        Some(name) => {
            let Some(target) = package.resources.iter().find(|r| r.name == *name) else {
                let message = format!(
                    "A foreign key of `{}` refers to the resource `{}`, which is not there.",
                    resource.name,
                    short(name)
                );
                let hint = did_you_mean(name, package.resources.iter().map(|r| r.name.as_str()));
                problems.push(Problem::error("unknown-resource", place(resource), message).hint(hint));
                return;
            };
            target
        }
    };
    // A column that is missing is reported where it is described.
    let columns: Option<Vec<usize>> = foreign.fields.iter().map(|f| table.column(f)).collect();
    let Some(columns) = columns else { return };
    let mut known: HashSet<Cow<'_, str>> = HashSet::new();
    let mut seen_any = false;
    let mut files: Vec<&str> = Vec::new();
    for other in target.paths.iter().filter_map(|p| tables.get(p.as_str())) {
        let there: Option<Vec<usize>> = foreign.reference_fields.iter().map(|f| other.column(f)).collect();
        let Some(there) = there else {
            let missing = foreign.reference_fields.iter().find(|f| other.column(f).is_none());
            let missing = missing.map_or("", String::as_str);
            problems.push(missing_column(other, missing, "to which a foreign key of the package refers"));
            return;
        };
        seen_any = true;
        files.push(other.file());
        known.extend((0..other.len()).filter_map(|row| key(other, row, &there)));
    }
    if !seen_any {
        return;
    }
    let place_of = columns.first().copied().unwrap_or(0);
    let mut limited = Limited::new(problems, whole_column(table, place_of));
    for row in 0..table.len() {
        let Some(value) = key(table, row, &columns) else { continue };
        if known.contains(&value) {
            continue;
        }
        limited.error("unknown-reference", || {
            let shown = short(&value.replace('\u{1f}', ", "));
            let message = format!(
                "`{shown}` is not among the {} of {}.",
                foreign.reference_fields.join(", "),
                files.join(", ")
            );
            let problem = Problem::error(
                "unknown-reference",
                Place::cell(table.file(), table.line(row), table.name(place_of)),
                message,
            );
            let candidates: Vec<&str> = if known.len() <= SHORT_LIST && columns.len() == 1 {
                // A set has no order; the hint must not depend on it.
                known
                    .iter()
                    .map(AsRef::as_ref)
                    .collect::<std::collections::BTreeSet<&str>>()
                    .into_iter()
                    .collect()
            } else {
                Vec::new()
            };
            match nearest(&value, candidates) {
                Some(near) => problem.hint(format!("Did you mean `{near}`?")),
                None => problem.hint("Correct it, or add a row for it there."),
            }
        });
    }
    limited.finish();
}
