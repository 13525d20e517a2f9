//! Bytes to a checked round: the policy and every table it needs, with all problems in one list.

mod answers;
mod observations;
mod tables;
mod withdraw;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use adil_domain::country::{self, CountryPack};
use adil_domain::territory::{TerritoryRow, TerritoryTree};
use adil_domain::{Date, Language, Place, Problem, Problems, Rational};
use adil_geography::Boundaries;
use adil_integrity::checks::dispute::Dispute;
use adil_model::Model;
use adil_policy::{Entity, Name, Policy};

use crate::decision::Provenance;
use crate::folder::{
    APPLICATIONS, BOUNDARIES, CHECKS, FACILITIES, FLAGS, Files, HISTORY, JOURNEYS, OBSERVATIONS, OPERATORS,
    PACKAGE, POLICY, POPULATION, TERRITORIES, TRAVEL_TIMES, digest,
};
use crate::models;
use crate::package::DataPackage;
use crate::positions;
use crate::privacy;
use crate::schema::RoundSchema;
use crate::table::{self, ColumnType, Table};

/// A round that can be decided.
#[derive(Debug, Clone)]
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
    /// Answers of sources that keep a file of their own.
    pub(crate) answers: Vec<Table>,
    /// What operators dispute.
    pub(crate) disputes: Vec<Dispute>,
    /// Sources of which nothing counts: by the policy, or asked about by [`Inputs::without`].
    pub withdrawn: BTreeSet<String>,
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
const TABLES: [&str; 11] = [
    APPLICATIONS,
    FACILITIES,
    OPERATORS,
    TERRITORIES,
    CHECKS,
    HISTORY,
    FLAGS,
    OBSERVATIONS,
    JOURNEYS,
    POPULATION,
    TRAVEL_TIMES,
];

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
    let answers = answers::read(files, &mut problems);
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
    let schema = RoundSchema::build(policy.as_ref(), &tables, &answers, package.as_ref());
    if let Some(policy) = &policy {
        // A missing translation is only worth a word where the product itself speaks the language.
        let spoken = |l: &Language| Language::PRODUCT.contains(l);
        let languages: Vec<Language> =
            country.map_or(&[][..], CountryPack::languages).iter().copied().filter(spoken).collect();
        problems.extend(policy.check(&schema, &languages));
        tables::named_columns(policy, &tables, &schema, &mut problems);
    }
    let tree = territory_tree(tables.get(TERRITORIES), &mut problems);
    let boundaries = files
        .get(BOUNDARIES)
        .and_then(|bytes| Boundaries::read(BOUNDARIES, bytes, &mut problems))
        .map(Arc::new);
    for table in [FACILITIES, POPULATION].into_iter().filter_map(|file| tables.get(file)) {
        positions::check(table, tree.as_ref(), boundaries.as_deref(), &mut problems);
    }
    answers::check(policy.as_ref(), tables.get(CHECKS), &answers, files, &mut problems);
    let disputes = answers::disputes(files, &mut problems);
    if let Some(policy) = &policy {
        observations::check(policy, &tables, &mut problems);
        tables::check_tables(policy, &tables, shadow, tree.as_ref(), &mut problems);
        if let Some(country) = country {
            tables::identifiers(country, &tables, &mut problems);
            for table in &answers {
                privacy::personal_numbers(table, country, Some("operator_id"), &mut problems);
            }
        }
    }
    let simulated = package.as_ref().is_some_and(DataPackage::simulated);
    let models = policy
        .as_ref()
        .map_or_else(Vec::new, |policy| models::read(policy, files, &schema, simulated, &mut problems));
    let travel_times =
        policy.as_ref().and_then(|policy| tables::travel_times(policy, &tables, &mut problems));
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
            answers,
            disputes,
            withdrawn: BTreeSet::new(),
            digests,
            problems: problems.clone(),
        }),
        _ => None,
    };
    let inputs = inputs.map(Inputs::without_withdrawn);
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
