//! The tables of a round as the policy's check sees them: columns, types, words, and where each comes from.

use std::collections::{BTreeMap, BTreeSet};

use adil_domain::{Language, LocalizedText};
use adil_integrity::observations::scheme;
use adil_policy::{Entity, Policy, Schema, Type, quantities};

use crate::decision::Provenance;
use crate::folder::{APPLICATIONS, CHECKS, JOURNEYS, OBSERVATIONS, TERRITORIES, TRAVEL_TIMES};
use crate::package::{self, DataPackage};
use crate::table::{self, ColumnType, Table};

/// Which file and column hold the values of a name.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Origin {
    pub(crate) file: &'static str,
    pub(crate) column: usize,
    pub(crate) column_type: ColumnType,
}

#[derive(Debug, Clone)]
struct Column {
    origin: Origin,
    title: LocalizedText,
    unit: Option<String>,
    provenance: Provenance,
}

/// Columns by entity, as the round's files have them.
#[derive(Debug, Clone, Default)]
pub struct RoundSchema {
    columns: BTreeMap<Entity, BTreeMap<String, Column>>,
    order: BTreeMap<Entity, Vec<String>>,
    own_table: BTreeSet<Entity>,
    travel_times: Option<Provenance>,
    /// What people said, by what an expression may name of it.
    told: BTreeMap<Entity, BTreeMap<String, Provenance>>,
    checks: Option<Vec<String>>,
    levels: Option<Vec<String>>,
}

/// Entities whose columns a small round may keep in the applications.
const MAY_STAND_IN_APPLICATIONS: [Entity; 2] = [Entity::Facility, Entity::Operator];

/// Tables of what people said, of which an expression names estimates.
const TOLD: [(Entity, &str); 2] = [(Entity::Observed, OBSERVATIONS), (Entity::Journey, JOURNEYS)];

/// Where a column comes from, as far as the data package says.
fn provenance(file: &str, column: &str, resource: Option<&package::Resource>) -> Provenance {
    let described = resource.and_then(|r| r.field(column));
    Provenance {
        file: file.to_owned(),
        column: column.to_owned(),
        source: described
            .and_then(package::Field::source)
            .or_else(|| resource.and_then(package::Resource::source_name))
            .unwrap_or_default()
            .to_owned(),
        as_of: described
            .and_then(package::Field::as_of)
            .or_else(|| resource.and_then(package::Resource::as_of)),
    }
}

impl RoundSchema {
    /// Columns of the tables; types by the contract, else by the data package, else by what the cells hold.
    pub(crate) fn build(
        policy: Option<&Policy>,
        tables: &BTreeMap<&'static str, Table>,
        answers: &[Table],
        package: Option<&DataPackage>,
    ) -> Self {
        let mut schema = Self::default();
        let named: BTreeSet<(Entity, &str)> = policy
            .map(|p| p.names().iter().map(|n| (n.entity, n.column.as_str())).collect())
            .unwrap_or_default();
        for entity in Entity::ALL {
            let own = entity.file().and_then(|file| tables.get_key_value(file));
            let shared = MAY_STAND_IN_APPLICATIONS
                .contains(&entity)
                .then(|| tables.get_key_value(APPLICATIONS))
                .flatten();
            if own.is_some() {
                schema.own_table.insert(entity);
            }
            for (file, table) in own.into_iter().chain(shared) {
                schema.add(entity, file, table, package, &named);
            }
        }
        let travel_times = package.and_then(|p| p.resource_for(TRAVEL_TIMES));
        schema.travel_times =
            tables.contains_key(TRAVEL_TIMES).then(|| provenance(TRAVEL_TIMES, "minutes", travel_times));
        let checks: Vec<String> = tables
            .get(CHECKS)
            .into_iter()
            .chain(answers)
            .filter_map(|t| distinct(t, "check"))
            .flatten()
            .collect();
        let any = tables.contains_key(CHECKS) || !answers.is_empty();
        schema.checks = any.then(|| checks.into_iter().collect::<BTreeSet<_>>().into_iter().collect());
        for (entity, file) in TOLD {
            if tables.contains_key(file) {
                let resource = package.and_then(|p| p.resource_for(file));
                let named = told(entity).into_iter();
                let columns = named.map(|name| (name.to_owned(), provenance(file, name, resource))).collect();
                schema.told.insert(entity, columns);
            }
        }
        schema.levels = tables.get(TERRITORIES).and_then(|t| distinct(t, "level"));
        schema
    }

    fn add(
        &mut self,
        entity: Entity,
        file: &'static str,
        table: &Table,
        package: Option<&DataPackage>,
        named: &BTreeSet<(Entity, &str)>,
    ) {
        let resource = package.and_then(|p| p.resource_for(file));
        for (index, name) in table.header().iter().enumerate() {
            let columns = self.columns.entry(entity).or_default();
            if columns.contains_key(name) {
                continue;
            }
            let described = resource.and_then(|r| r.field(name));
            let column_type = package::contract_type(file, name)
                .or_else(|| described.and_then(package::Field::column_type))
                // Looking at every cell is only worth it where the type matters.
                .or_else(|| named.contains(&(entity, name.as_str())).then(|| table::infer_type(table, index)))
                .unwrap_or(ColumnType::Text);
            let provenance = provenance(file, name, resource);
            let column = Column {
                origin: Origin { file, column: index, column_type },
                title: described.map(|f| f.title().clone()).unwrap_or_default(),
                unit: described.and_then(package::Field::unit).map(str::to_owned),
                provenance,
            };
            columns.insert(name.clone(), column);
            self.order.entry(entity).or_default().push(name.clone());
        }
    }

    fn get(&self, entity: Entity, column: &str) -> Option<&Column> {
        self.columns.get(&entity)?.get(column)
    }

    /// Where the values of a column stand.
    pub(crate) fn origin(&self, entity: Entity, column: &str) -> Option<Origin> {
        self.get(entity, column).map(|c| c.origin)
    }

    /// The as-of dates of the columns of that source; empty when no column comes from it.
    pub(crate) fn days_of_source(&self, source: &str) -> Vec<Option<adil_domain::Date>> {
        let columns = self.columns.values().flat_map(BTreeMap::values).map(|c| &c.provenance);
        let columns = columns.chain(self.told.values().filter_map(|names| names.values().next()));
        columns.filter(|p| p.source == source).map(|p| p.as_of).collect()
    }

    /// Where the columns of that source stand.
    pub(crate) fn columns_of_source(&self, source: &str) -> impl Iterator<Item = Origin> {
        let columns = self.columns.values().flat_map(BTreeMap::values);
        columns.filter(move |c| c.provenance.source == source).map(|c| c.origin)
    }

    /// Tables of what people said that come from that source.
    pub(crate) fn told_by(&self, source: &str) -> impl Iterator<Item = &str> {
        let named = self.told.values().filter_map(|names| names.values().next());
        named.filter(move |p| p.source == source).map(|p| p.file.as_str())
    }

    /// Where travel times come from, when they come from a table.
    pub(crate) fn travel_times(&self) -> Option<&Provenance> {
        self.travel_times.as_ref()
    }

    /// Where a column comes from.
    pub fn provenance(&self, entity: Entity, column: &str) -> Option<&Provenance> {
        self.get(entity, column).map(|c| &c.provenance).or_else(|| self.told.get(&entity)?.get(column))
    }
}

/// What an expression may name of what people said.
fn told(entity: Entity) -> Vec<&'static str> {
    match entity {
        Entity::Observed => scheme::questions().iter().map(|question| question.id.as_str()).collect(),
        _ => quantities::QUANTITIES.iter().filter(|q| q.entity == entity).map(|q| q.column).collect(),
    }
}

/// The distinct values of a column in byte order; `None` without the column.
fn distinct(table: &Table, column: &str) -> Option<Vec<String>> {
    let index = table.column(column)?;
    let values: BTreeSet<&str> = (0..table.len()).map(|row| table.cell(row, index)).collect();
    Some(values.into_iter().map(str::to_owned).collect())
}

impl Schema for RoundSchema {
    fn table(&self, entity: Entity) -> Option<Vec<String>> {
        if entity == Entity::Check {
            return self.checks.clone();
        }
        if let Some(names) = self.told.get(&entity) {
            return Some(names.keys().cloned().collect());
        }
        // Columns that stand in the applications are found by name; they are no table of facilities.
        self.own_table.contains(&entity).then(|| self.order.get(&entity).cloned().unwrap_or_default())
    }

    fn column(&self, entity: Entity, column: &str) -> Option<Type> {
        if entity == Entity::Check {
            return self.checks.as_ref()?.iter().any(|c| c == column).then_some(Type::Outcome);
        }
        if self.told.get(&entity).is_some_and(|names| names.contains_key(column)) {
            return Some(Type::Number);
        }
        Some(match self.get(entity, column)?.origin.column_type {
            // A column without a single value can be anything; as a number it is at least a quantity.
            ColumnType::Number | ColumnType::Empty => Type::Number,
            ColumnType::Date => Type::Date,
            ColumnType::Truth => Type::Truth,
            ColumnType::Text => Type::Text,
        })
    }

    fn levels(&self) -> Option<Vec<String>> {
        self.levels.clone()
    }

    fn words(&self, entity: Entity, column: &str, language: Language) -> Option<String> {
        if entity == Entity::Observed {
            let question = &scheme::questions()[scheme::question(column)?];
            return Some(question.title.text(language).to_owned());
        }
        let title = &self.get(entity, column)?.title;
        title.has(language).then(|| title.text(language).to_owned())
    }

    fn unit(&self, entity: Entity, column: &str) -> Option<String> {
        self.get(entity, column)?.unit.clone()
    }

    fn in_application(&self, entity: Entity, column: &str) -> bool {
        entity != Entity::Application && self.origin(entity, column).is_some_and(|o| o.file == APPLICATIONS)
    }
}
