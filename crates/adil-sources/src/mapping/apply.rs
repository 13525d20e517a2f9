//! A sheet and a mapping give facilities.

use std::collections::BTreeMap;

use adil_domain::problem::did_you_mean;
use adil_domain::{Date, Place, Problem, Problems, Rational};

use crate::Found;
use crate::numbers::{self, Style};
use crate::sheet::Sheet;
use crate::words::shorten;
use adil_round::table::Limited;

use super::coordinates::{self, Located};
use super::{Context, Mapping, NUMBERS, identifiers, territory};

/// The name of a source that says none.
const UNNAMED: &str = "list";

impl Mapping {
    /// Turns every row of a sheet into what the source says of a facility. Nothing is left out without a word: see the
    /// module's table for what is put right and what is only said.
    ///
    /// A column that the sheet does not have is an error (`unknown-column`), with the nearest that it has.
    pub fn apply(&self, sheet: &Sheet, context: &Context<'_>, problems: &mut Problems) -> Vec<Found> {
        let columns = self.find_columns(sheet, problems);
        let mut run = Run {
            mapping: self,
            sheet,
            context,
            columns,
            notes: Limited::new(problems, Place::file(sheet.file())),
            unmapped: BTreeMap::new(),
            keys: BTreeMap::new(),
            by_position: None,
        };
        let found = (0..sheet.len()).map(|row| run.row(row)).collect();
        run.finish();
        found
    }

    /// Our fields with their columns in the sheet.
    fn find_columns(&self, sheet: &Sheet, problems: &mut Problems) -> BTreeMap<&str, usize> {
        let mut columns = BTreeMap::new();
        for (field, name) in &self.columns {
            if let Some(column) = sheet.column(name) {
                columns.insert(field.as_str(), column);
            } else {
                let message = format!(
                    "The mapping takes `{field}` from the column `{}`, which the sheet does not have.",
                    shorten(name)
                );
                problems.push(
                    Problem::error("unknown-column", sheet.header_place(), message)
                        .hint(did_you_mean(name, sheet.columns())),
                );
            }
        }
        columns
    }
}

struct Run<'r> {
    mapping: &'r Mapping,
    sheet: &'r Sheet,
    context: &'r Context<'r>,
    columns: BTreeMap<&'r str, usize>,
    notes: Limited<'r>,
    /// By field and word: where it stood first, and how often.
    unmapped: BTreeMap<(String, String), (Place, usize)>,
    /// How often a key was met.
    keys: BTreeMap<String, usize>,
    /// Where a row was first given the district that holds it, and how many were.
    by_position: Option<(Place, usize)>,
}

impl Run<'_> {
    fn cell(&self, row: usize, field: &str) -> &str {
        self.columns.get(field).map_or("", |column| self.sheet.cell(row, *column))
    }

    fn place(&self, row: usize, field: &str) -> Place {
        match self.columns.get(field) {
            Some(column) => self.sheet.place(row, *column),
            None => self.sheet.row_place(row),
        }
    }

    fn row(&mut self, row: usize) -> Found {
        let mut fields: BTreeMap<String, String> = BTreeMap::new();
        let constants =
            self.mapping.constants.iter().filter(|(k, _)| !matches!(k.as_str(), "source" | "as_of"));
        fields.extend(constants.map(|(k, v)| (k.clone(), v.clone())));

        let names: Vec<&str> = self.columns.keys().copied().collect();
        for field in names {
            if matches!(field, "key" | "as_of" | "lat" | "lon" | "coordinates" | "territory") {
                continue;
            }
            let text = self.cell(row, field).to_owned();
            if text.is_empty() {
                continue;
            }
            if let Some(text) = self.value(row, field, text) {
                fields.insert(field.to_owned(), text);
            }
        }
        let as_of = Some(self.cell(row, "as_of"))
            .filter(|t| !t.is_empty())
            .or(self.mapping.constants.get("as_of").map(String::as_str))
            .map(str::to_owned);
        self.position_and_territory(row, as_of.as_deref(), &mut fields);
        Found {
            source: self.mapping.constants.get("source").map_or_else(|| UNNAMED.to_owned(), Clone::clone),
            key: self.key(row),
            as_of,
            place: self.sheet.row_place(row),
            fields,
        }
    }

    /// The text of a field as it should stand.
    fn value(&mut self, row: usize, field: &str, text: String) -> Option<String> {
        let place = self.place(row, field);
        if field == "operator_id" {
            let (text, problem) = identifiers::read(&text, self.context, &place);
            self.notes.extend(problem);
            return text;
        }
        if NUMBERS.contains(&field) {
            return self.number(field, &text, &place);
        }
        if let Some((text, problem)) = identifiers::guard(&text, self.context, &place) {
            self.notes.extend(problem);
            return text;
        }
        let Some(words) = self.mapping.values.get(field) else { return Some(text) };
        if let Some(ours) = words.get(&text) {
            return Some(ours.clone());
        }
        let entry = self.unmapped.entry((field.to_owned(), text.clone())).or_insert((place, 0));
        entry.1 += 1;
        Some(text)
    }

    fn number(&mut self, field: &str, text: &str, place: &Place) -> Option<String> {
        let Some((plain, style)) = numbers::plain_decimal(text) else {
            let message = format!(
                "`{}` is no number that can be told for certain; `{field}` was left empty.",
                shorten(text)
            );
            self.notes.push(
                Problem::warning("not-a-number", place.clone(), message)
                    .hint("Write digits, with a point before decimals, and the unit in the header."),
            );
            return None;
        };
        if plain.starts_with('-') {
            let message =
                format!("`{}` is below zero, which `{field}` cannot be; it was left empty.", shorten(text));
            self.notes.push(
                Problem::warning("negative-value", place.clone(), message)
                    .hint("Correct it, or leave the cell empty when it is not known."),
            );
            return None;
        }
        if style != Style::Plain {
            let message = format!("`{}` was read as {plain}.", shorten(text));
            self.notes.push(
                Problem::warning("number-repaired", place.clone(), message)
                    .hint("Better write a point before decimals and nothing between thousands."),
            );
        }
        let Some(unit) = self.mapping.units.get(field) else { return Some(plain) };
        let factor: Option<Rational> = unit.square_metres().parse().ok();
        let number: Option<Rational> = plain.parse().ok();
        // Longer numbers than a rational reads are no areas.
        Some(number.zip(factor).map_or(plain, |(n, f)| (&n * &f).to_short_decimal(6)))
    }

    fn position_and_territory(
        &mut self,
        row: usize,
        as_of: Option<&str>,
        fields: &mut BTreeMap<String, String>,
    ) {
        let located = self.locate(row);
        if let Some(position) = located.position {
            fields.insert("lat".to_owned(), numbers::degrees_text(position.lat()));
            fields.insert("lon".to_owned(), numbers::degrees_text(position.lon()));
        }
        let area = located.area;
        self.notes.extend(located.problems);

        let text = self.cell(row, "territory").to_owned();
        if text.is_empty() {
            if !fields.contains_key("territory")
                && let Some(code) = area.and_then(|a| territory::of_area(a, self.context))
            {
                fields.insert("territory".to_owned(), code);
                let place = self.sheet.row_place(row);
                self.by_position.get_or_insert((place, 0)).1 += 1;
            }
            return;
        }
        let place = self.place(row, "territory");
        let on = as_of.and_then(|t| t.parse::<Date>().ok());
        let name = Some(self.cell(row, "settlement")).filter(|n| !n.is_empty());
        let (code, problems) = territory::read(&text, name, on, self.context, &place);
        self.notes.extend(problems);
        if let Some(problem) = area.and_then(|a| territory::compare(&code, a, self.context, &place)) {
            self.notes.push(problem);
        }
        fields.insert("territory".to_owned(), code);
    }

    fn locate(&self, row: usize) -> Located {
        let both = self.cell(row, "coordinates");
        if both.is_empty() {
            let place = self.place(row, "lat");
            return coordinates::locate(
                self.cell(row, "lat"),
                self.cell(row, "lon"),
                self.context.boundaries,
                &place,
            );
        }
        let place = self.place(row, "coordinates");
        if let Some((lat, lon)) = coordinates::split(both, self.mapping.order) {
            return coordinates::locate(&lat, &lon, self.context.boundaries, &place);
        }
        let message = format!("`{}` is no pair of coordinates; the place is not known.", shorten(both));
        let problem = Problem::warning("not-a-coordinate", place, message)
            .hint("Write two numbers such as 51.1801, 71.446.");
        Located { position: None, area: None, problems: vec![problem] }
    }

    /// The identifier within the source, made unique.
    fn key(&mut self, row: usize) -> String {
        let text = self.cell(row, "key").to_owned();
        let line = self.sheet.line(row);
        if text.is_empty() {
            return format!("row {line}");
        }
        let place = self.place(row, "key");
        let (text, problem) = identifiers::guard(&text, self.context, &place).unwrap_or((Some(text), None));
        self.notes.extend(problem);
        let Some(text) = text else { return format!("row {line}") };
        let count = self.keys.entry(text.clone()).or_insert(0);
        *count += 1;
        if *count == 1 {
            return text;
        }
        let unique = format!("{text} (row {line})");
        let message = format!(
            "The identifier `{}` stands in the list again; this row is called `{}`.",
            shorten(&text),
            shorten(&unique)
        );
        self.notes.push(
            Problem::warning("duplicate-id", place, message).hint(
                "If it is the same facility twice, remove one row; if not, give it a number of its own.",
            ),
        );
        unique
    }

    fn finish(mut self) {
        for ((field, word), (place, count)) in std::mem::take(&mut self.unmapped) {
            let known = self.mapping.values.get(&field).into_iter().flat_map(BTreeMap::keys);
            let near = did_you_mean(&word, known.map(String::as_str));
            let times = if count == 1 { "once".to_owned() } else { format!("{count} times, first here") };
            let message =
                format!("[values.{field}] has no rule for `{}` ({times}); it was kept.", shorten(&word));
            let hint = format!("Add \"{}\" = \"…\" there. {near}", shorten(&word));
            self.notes.push(Problem::warning("unmapped-value", place, message).hint(hint));
        }
        if let Some((place, count)) = self.by_position {
            let message = format!(
                "Rows without a code of a place: {count}. They were given the code of the district that holds their coordinates; the first is here."
            );
            self.notes.push(
                Problem::warning("territory-from-position", place, message)
                    .hint("Simplified boundaries are off by up to 500 m; near a border check the address."),
            );
        }
        self.notes.finish();
    }
}
