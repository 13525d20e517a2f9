//! Every quantity whose meaning the product itself fixes: what it is, its type, its unit.
//!
//! The words for them in Kazakh, Russian, and English are the messages `quantity-…` of `locales/*/policy.ftl`. Both the
//! check of names and the sentences of `adil policy explain` read this one table. Other columns of a round's tables are
//! known through its data package.

use crate::names::Entity;
use crate::value::Type;

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Money in major units of the round's currency.
    Money,
    /// Points of 100.
    Points,
    /// Persons.
    People,
    /// Square metres.
    SquareMetres,
    /// A part of the whole, between 0 and 1.
    Share,
    /// Degrees.
    Degrees,
    /// Visits a week in the hours when most people come.
    Visits,
    /// Minutes.
    Minutes,
    /// It is no quantity, or counts nothing in particular.
    None,
}

/// One quantity that an expression may name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quantity {
    /// What stands before the point.
    pub entity: Entity,
    /// What stands after it; empty for `score` and `pot`.
    pub column: &'static str,
    /// The type.
    pub ty: Type,
    /// What it counts.
    pub unit: Unit,
    /// Whether the product computes it, so that no table has it as a column.
    pub derived: bool,
}

impl Quantity {
    /// The Fluent message with its words.
    pub fn message(&self) -> String {
        if self.column.is_empty() {
            format!("quantity-{}", self.entity)
        } else {
            format!("quantity-{}-{}", self.entity, self.column)
        }
    }
}

const fn column(entity: Entity, column: &'static str, ty: Type, unit: Unit) -> Quantity {
    Quantity { entity, column, ty, unit, derived: false }
}

const fn derived(entity: Entity, column: &'static str, unit: Unit) -> Quantity {
    Quantity { entity, column, ty: Type::Number, unit, derived: true }
}

/// All of them.
pub const QUANTITIES: &[Quantity] = &[
    derived(Entity::Score, "", Unit::Points),
    derived(Entity::Pot, "", Unit::Money),
    column(Entity::Application, "application_id", Type::Text, Unit::None),
    column(Entity::Application, "facility_id", Type::Text, Unit::None),
    column(Entity::Application, "amount_sought", Type::Number, Unit::Money),
    column(Entity::Application, "amount_minimum", Type::Number, Unit::Money),
    column(Entity::Application, "previous_amount", Type::Number, Unit::Money),
    column(Entity::Application, "purpose", Type::Text, Unit::None),
    column(Entity::Facility, "facility_id", Type::Text, Unit::None),
    column(Entity::Facility, "operator_id", Type::Text, Unit::None),
    column(Entity::Facility, "name", Type::Text, Unit::None),
    column(Entity::Facility, "type", Type::Text, Unit::None),
    column(Entity::Facility, "territory", Type::Text, Unit::None),
    column(Entity::Facility, "lat", Type::Number, Unit::Degrees),
    column(Entity::Facility, "lon", Type::Number, Unit::Degrees),
    column(Entity::Facility, "floor_area_m2", Type::Number, Unit::SquareMetres),
    column(Entity::Facility, "capacity", Type::Number, Unit::People),
    column(Entity::Operator, "operator_id", Type::Text, Unit::None),
    column(Entity::Operator, "name", Type::Text, Unit::None),
    column(Entity::Operator, "legal_form", Type::Text, Unit::None),
    column(Entity::Territory, "territory", Type::Text, Unit::None),
    column(Entity::Territory, "parent", Type::Text, Unit::None),
    column(Entity::Territory, "level", Type::Text, Unit::None),
    column(Entity::Territory, "population", Type::Number, Unit::People),
    derived(Entity::Territory, "population_share", Unit::Share),
    derived(Entity::Territory, "demand_share", Unit::Share),
    derived(Entity::Territory, "sought", Unit::Money),
    derived(Entity::Territory, "visits_wanted", Unit::Visits),
    derived(Entity::Territory, "visits_unmet", Unit::Visits),
    derived(Entity::Territory, "unmet_share", Unit::Share),
    derived(Entity::Territory, "need_share", Unit::Share),
    derived(Entity::Territory, "relative_reach", Unit::None),
    column(Entity::Point, "point_id", Type::Text, Unit::None),
    column(Entity::Point, "lat", Type::Number, Unit::Degrees),
    column(Entity::Point, "lon", Type::Number, Unit::Degrees),
    column(Entity::Point, "territory", Type::Text, Unit::None),
    column(Entity::Point, "population", Type::Number, Unit::People),
    derived(Entity::Access, "people", Unit::People),
    derived(Entity::Access, "visits_wanted", Unit::Visits),
    derived(Entity::Access, "visits_unmet", Unit::Visits),
    derived(Entity::Access, "unmet_share", Unit::Share),
    derived(Entity::Access, "visits_expected", Unit::Visits),
    derived(Entity::Access, "used_share", Unit::Share),
    derived(Entity::Access, "relative_reach", Unit::None),
    derived(Entity::Cluster, "sought", Unit::Money),
    derived(Entity::Cluster, "operators", Unit::None),
    derived(Entity::Cluster, "applications", Unit::None),
    derived(Entity::Journey, "minutes", Unit::Minutes),
    derived(Entity::Journey, "steps", Unit::None),
    derived(Entity::Journey, "obstacles", Unit::None),
    column(Entity::History, "period", Type::Text, Unit::None),
    column(Entity::History, "amount", Type::Number, Unit::Money),
];

/// The quantity of that name, where its meaning is fixed.
pub fn find(entity: Entity, column: &str) -> Option<&'static Quantity> {
    QUANTITIES.iter().find(|q| q.entity == entity && q.column == column)
}

/// The first quantity with that column, of whatever entity.
pub(crate) fn with_column(column: &str) -> Option<&'static Quantity> {
    QUANTITIES.iter().find(|q| !q.column.is_empty() && q.column == column)
}

/// Quantities of the entity that no table holds.
pub(crate) fn derived_of(entity: Entity) -> impl Iterator<Item = &'static Quantity> {
    QUANTITIES.iter().filter(move |q| q.entity == entity && q.derived)
}

/// A column to show in a hint.
pub(crate) fn example(entity: Entity) -> &'static str {
    match entity {
        Entity::Application => "amount_sought",
        Entity::Facility => "capacity",
        Entity::Operator => "legal_form",
        Entity::Territory | Entity::Point => "population",
        Entity::Check => "bankruptcy",
        Entity::History => "amount",
        Entity::Access => "unmet_share",
        Entity::Cluster => "sought",
        Entity::Observed => "open_as_stated",
        Entity::Journey => "minutes",
        Entity::Model | Entity::Pot | Entity::Score => "value",
    }
}
