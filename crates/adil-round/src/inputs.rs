//! Bytes to a checked round: the policy and every table it needs, with all problems in one list.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use adil_domain::country::{self, CountryPack};
use adil_domain::identifier;
use adil_domain::territory::{TerritoryRow, TerritoryTree};
use adil_domain::{Date, Language, Money, Outcome, Place, Problem, Problems, Rational};
use adil_geography::Boundaries;
use adil_model::Model;
use adil_policy::{Entity, Name, Policy, Travel};

use crate::decision::Provenance;
use crate::folder::{
    APPLICATIONS, BOUNDARIES, CHECKS, FACILITIES, Files, HISTORY, OPERATORS, PACKAGE, POLICY, POPULATION,
    TERRITORIES, TRAVEL_TIMES, digest,
};
use crate::models;
use crate::package::DataPackage;
use crate::positions;
use crate::schema::RoundSchema;
use crate::table::{self, ColumnType, Limited, Table};

/// A round that can be decided.
#[derive(Debug)]
pub struct Inputs {
    /// The rules.
    pub policy: Policy,
    /// The text of the rules, for problems that point into it.
    pub policy_text: String,
    /// Facts of the country.
    pub country: &'static CountryPack,
    /// Tables by file.
    pub tables: BTreeMap<&'static str, Table>,
    /// The description of the tables.
    pub package: Option<DataPackage>,
    /// Columns, types, words and origins.
    pub schema: RoundSchema,
    /// Places; empty when the round has none.
    pub tree: TerritoryTree,
    /// Whether nobody applied: every facility is a candidate, and the policy says its size.
    pub shadow: bool,
    /// Boundaries of the places, when the round has them.
    pub boundaries: Option<Arc<Boundaries>>,
    /// Minutes by row of `population.csv` and row of `facilities.csv`, where the policy takes them from the round's table.
    pub travel_times: Option<Vec<(u32, u32, f64)>>,
    /// Published models, in the order of the policy.
    pub models: Vec<Arc<Model>>,
    /// SHA-256 of every file read, in hexadecimal.
    pub digests: BTreeMap<String, String>,
    /// Warnings.
    pub problems: Problems,
}

impl Inputs {
    /// The table of a file, when it is there.
    pub fn table(&self, file: &str) -> Option<&Table> {
        self.tables.get(file)
    }

    /// Where a model comes from: its file, what it foretells, who answers for that, and up to which day.
    pub(crate) fn provenance_of_model(&self, name: &Name) -> Option<Provenance> {
        let at =
            self.policy.models.iter().position(|m| name.entity == Entity::Model && m.id == name.column)?;
        let model = self.models.get(at)?;
        Some(Provenance {
            file: self.policy.models[at].file.clone(),
            column: model.target.clone(),
            source: model.training.sources.join(" + "),
            as_of: model.training.as_of.as_deref().and_then(day),
        })
    }

    /// Applications; a checked round has them.
    pub(crate) fn applications(&self) -> Option<&Table> {
        self.table(APPLICATIONS)
    }
}

/// What reading a round gave.
#[derive(Debug)]
pub struct Reading {
    /// The round, when nothing stops it.
    pub inputs: Option<Inputs>,
    /// Every problem found, warnings too, in the order of `problems.csv`.
    pub problems: Problems,
    /// The text of the policy as far as there is one, to show lines of it.
    pub policy_text: String,
}

/// Tables that a decision may read.
const TABLES: [&str; 8] =
    [APPLICATIONS, FACILITIES, OPERATORS, TERRITORIES, CHECKS, HISTORY, POPULATION, TRAVEL_TIMES];

/// Reads and checks a whole round. `thorough` also checks what the policy does not name (`adil check`).
pub fn read(files: &Files, thorough: bool) -> Reading {
    let mut problems = Problems::new();
    let policy_text = policy_text(files, &mut problems);
    let policy = policy_text.as_deref().and_then(|text| {
        let (policy, found) = Policy::parse(POLICY, text);
        problems.extend(found);
        policy
    });
    let package = files.get(PACKAGE).and_then(|bytes| DataPackage::read(bytes, &mut problems));
    let mut tables = read_tables(files, &mut problems);
    let shadow = !files.contains_key(APPLICATIONS) && files.contains_key(FACILITIES);
    if shadow && let Some(candidates) = tables.get(FACILITIES).and_then(candidates) {
        tables.insert(APPLICATIONS, candidates);
    }
    let country =
        policy.as_ref().and_then(|p| country_pack(p, policy_text.as_deref().unwrap_or(""), &mut problems));
    if !files.contains_key(APPLICATIONS) && !shadow {
        problems.push(
            Problem::error(
                "missing-file",
                Place::file(APPLICATIONS),
                "The round has neither applications nor facilities.",
            )
            .hint("Put applications.csv into the folder, or facilities.csv alone for a shadow round."),
        );
    }
    let schema = RoundSchema::build(policy.as_ref(), &tables, package.as_ref());
    if let Some(policy) = &policy {
        // A missing translation is only worth a word where the product itself speaks the language.
        let spoken = |l: &Language| Language::PRODUCT.contains(l);
        let languages: Vec<Language> =
            country.map_or(&[][..], CountryPack::languages).iter().copied().filter(spoken).collect();
        problems.extend(policy.check(&schema, &languages));
        named_columns(policy, &tables, &schema, &mut problems);
    }
    let tree = territory_tree(tables.get(TERRITORIES), &mut problems);
    let boundaries = files
        .get(BOUNDARIES)
        .and_then(|bytes| Boundaries::read(BOUNDARIES, bytes, &mut problems))
        .map(Arc::new);
    for table in [FACILITIES, POPULATION].into_iter().filter_map(|file| tables.get(file)) {
        positions::check(table, tree.as_ref(), boundaries.as_deref(), &mut problems);
    }
    if let Some(policy) = &policy {
        check_tables(policy, &tables, shadow, tree.as_ref(), &mut problems);
        if let Some(country) = country {
            identifiers(country, &tables, &mut problems);
        }
    }
    let simulated = package.as_ref().is_some_and(DataPackage::simulated);
    let models = policy
        .as_ref()
        .map_or_else(Vec::new, |policy| models::read(policy, files, &schema, simulated, &mut problems));
    let travel_times = policy.as_ref().and_then(|policy| travel_times(policy, &tables, &mut problems));
    if let Some(package) = package.as_ref().filter(|_| thorough) {
        // The candidates of a shadow round are no file that anybody could describe.
        let candidates = if shadow { tables.remove(APPLICATIONS) } else { None };
        problems.extend(package.check(&tables, files));
        tables.extend(candidates.map(|table| (APPLICATIONS, table)));
    }
    problems.sort();
    problems.dedup();
    let digests = files.iter().map(|(name, bytes)| (name.clone(), digest(bytes))).collect();
    let text = policy_text.unwrap_or_default();
    let inputs = match (policy, country, tree) {
        (Some(policy), Some(country), Some(tree)) if !problems.has_errors() => Some(Inputs {
            policy,
            policy_text: text.clone(),
            country,
            tables,
            package,
            schema,
            tree,
            shadow,
            boundaries,
            travel_times,
            models,
            digests,
            problems: problems.clone(),
        }),
        _ => None,
    };
    Reading { inputs, problems, policy_text: text }
}

/// In a shadow round, which nobody asked for, every facility is a candidate under its own identifier.
fn candidates(facilities: &Table) -> Option<Table> {
    let id = facilities.column("facility_id")?;
    Some(facilities.select(&[(id, "application_id"), (id, "facility_id")]))
}

/// A draft of `datapackage.json` from the tables, keeping what an existing one says.
pub fn draft_package(files: &Files, name: &str) -> String {
    // What is wrong with the files is for the check to say; a draft describes what can be read.
    let mut ignored = Problems::new();
    let existing = files.get(PACKAGE).and_then(|bytes| DataPackage::read(bytes, &mut ignored));
    crate::package::draft(name, &read_tables(files, &mut ignored), existing.as_ref())
}

fn policy_text(files: &Files, problems: &mut Problems) -> Option<String> {
    let Some(bytes) = files.get(POLICY) else {
        problems.push(
            Problem::error(
                "missing-file",
                Place::file(POLICY),
                "The round has no rules: there is no policy.toml.",
            )
            .hint("Start from an example's policy.toml."),
        );
        return None;
    };
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text.strip_prefix('\u{feff}').unwrap_or(text).to_owned()),
        Err(error) => {
            let valid = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
            let place = Place::span(POLICY, &valid, valid.len()..valid.len());
            problems.push(
                Problem::error("encoding", place, "The policy is not UTF-8 text.")
                    .hint("Save it again as UTF-8."),
            );
            None
        }
    }
}

fn read_tables(files: &Files, problems: &mut Problems) -> BTreeMap<&'static str, Table> {
    TABLES
        .iter()
        .filter_map(|file| {
            let table = Table::read(file, files.get(*file)?, problems)?;
            Some((*file, table))
        })
        .collect()
}

fn country_pack(policy: &Policy, text: &str, problems: &mut Problems) -> Option<&'static CountryPack> {
    let pack = country::pack(&policy.round.country);
    if pack.is_none() {
        let span = policy.round.place.span.unwrap_or_default();
        let known: Vec<&str> = country::codes();
        problems.push(
            Problem::error(
                "unknown-country",
                Place::span(POLICY, text, span.0..span.1),
                format!("There is no country pack `{}`.", policy.round.country),
            )
            .hint(adil_domain::problem::did_you_mean(&policy.round.country, known)),
        );
    }
    pack
}

/// Every cell of a column that the policy names must be of the column's type.
fn named_columns(
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

fn check_tables(
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
    if let Some(checks) = tables.get(CHECKS) {
        check_answers(checks, problems);
    }
    if let Some(history) = tables.get(HISTORY) {
        check_history(policy, history, problems);
    }
}

/// The table of travel times, where the policy wants it.
fn travel_times(
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
fn identifiers(country: &CountryPack, tables: &BTreeMap<&'static str, Table>, problems: &mut Problems) {
    // Every reference leads to the table of operators where there is one, so each identifier is judged once.
    let mut table = [OPERATORS, FACILITIES, APPLICATIONS].into_iter().filter_map(|file| tables.get(file));
    let Some((table, index)) = table.find_map(|t| Some((t, t.column("operator_id")?))) else {
        return;
    };
    for row in 0..table.len() {
        let place = || Place::cell(table.file(), table.line(row), "operator_id");
        problems.extend(identifier::classify(table.cell(row, index), country).problem(place()));
    }
}

fn check_answers(checks: &Table, problems: &mut Problems) {
    table::require_columns(checks, &["operator_id", "check", "outcome", "as_of", "source"], problems);
    let Some(outcome) = checks.column("outcome") else { return };
    for row in 0..checks.len() {
        let word = checks.cell(row, outcome);
        if Outcome::from_word(word).is_none() {
            problems.push(
                Problem::error(
                    "unknown-outcome",
                    Place::cell(CHECKS, checks.line(row), "outcome"),
                    format!("`{word}` is no outcome of a check."),
                )
                .hint("Write pass, fail or unknown."),
            );
        }
    }
    filled(checks, "operator_id", problems);
    one_answer_a_day(checks, problems);
    let Some(as_of) = checks.column("as_of") else { return };
    table::check_column(checks, as_of, ColumnType::Date, problems);
    for row in 0..checks.len() {
        if checks.cell(row, as_of).is_empty() {
            problems.push(
                Problem::error(
                    "missing-date",
                    Place::cell(CHECKS, checks.line(row), "as_of"),
                    "An answer without its day can't be judged.",
                )
                .hint("Write the day on which the source said so, such as 2026-05-14."),
            );
        }
    }
}

/// A column in which no cell may be empty.
fn filled(table: &Table, column: &str, problems: &mut Problems) {
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

/// A source that says two things of one operator on one day says nothing.
fn one_answer_a_day(checks: &Table, problems: &mut Problems) {
    let columns = ["operator_id", "check", "source", "as_of", "outcome"].map(|name| checks.column(name));
    let [Some(operator), Some(check), Some(source), Some(as_of), Some(outcome)] = columns else { return };
    let mut said: HashMap<[&str; 4], (usize, &str)> = HashMap::new();
    for row in 0..checks.len() {
        let key = [operator, check, source, as_of].map(|column| checks.cell(row, column));
        let word = checks.cell(row, outcome);
        match said.get(&key) {
            Some((first, other)) if *other != word => problems.push(
                Problem::error(
                    "contradicting-answers",
                    Place::cell(CHECKS, checks.line(row), "outcome"),
                    format!(
                        "`{}` says `{word}` of `{}` for `{}` here, and `{other}` of the same day in line {}.",
                        key[2],
                        key[1],
                        key[0],
                        checks.line(*first)
                    ),
                )
                .hint("Keep the one that is right."),
            ),
            Some(_) => {}
            None => {
                said.insert(key, (row, word));
            }
        }
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

fn territory_tree(table: Option<&Table>, problems: &mut Problems) -> Option<TerritoryTree> {
    let Some(table) = table else { return Some(TerritoryTree::default()) };
    let before = problems.len();
    table::require_columns(table, &["territory", "level"], problems);
    if problems.len() > before {
        return None;
    }
    let column = |name| table.column(name);
    let cell = |row, column: Option<usize>| column.map_or("", |c| table.cell(row, c));
    let (code, parent, level) = (column("territory"), column("parent"), column("level"));
    let rows: Vec<TerritoryRow> = (0..table.len())
        .map(|row| TerritoryRow {
            code: cell(row, code).to_owned(),
            parent: Some(cell(row, parent).to_owned()).filter(|p| !p.is_empty()),
            level: cell(row, level).to_owned(),
            line: table.line(row),
        })
        .collect();
    let (tree, found) = TerritoryTree::build(TERRITORIES, &rows);
    problems.extend(found);
    if let Some(population) = column("population") {
        table::check_column(table, population, ColumnType::Number, problems);
    }
    tree
}

/// Reads a day; the tables were checked before.
pub(crate) fn day(text: &str) -> Option<Date> {
    text.parse().ok()
}

/// Reads a number; the tables were checked before.
pub(crate) fn number(text: &str) -> Option<Rational> {
    text.parse().ok()
}
