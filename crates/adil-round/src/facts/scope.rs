//! What the names of a policy are worth for one application, or for one place.

use std::sync::Arc;

use adil_domain::{Points, Rational};
use adil_integrity::observations::scheme;
use adil_policy::{Entity, EvalError, Expr, Name, NameId, Scope, Value};

use super::{Demand, Facts};
use crate::folder::APPLICATIONS;
use crate::inputs::{Inputs, day, number};
use crate::observed::{JourneyQuantity, Observed};
use crate::reach::{self, AccessQuantity};
use crate::schema::Origin;
use crate::table::ColumnType;

/// Where the value of a name comes from.
#[derive(Debug, Clone)]
pub(super) enum Accessor {
    Column {
        entity: Entity,
        origin: Origin,
    },
    Check(String),
    Derived(Derived),
    Access(AccessQuantity),
    /// What people see, by the position of the question.
    Observed(usize),
    Journey(JourneyQuantity),
    /// A model, by its position in the policy.
    Model(usize),
    Cluster(OfCluster),
    Pot,
    Score,
    Nothing,
}

/// Quantities of the operators that count as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OfCluster {
    Sought,
    Operators,
    Applications,
}

/// Quantities of a place that the round computes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Derived {
    PopulationShare,
    DemandShare,
    Sought,
    VisitsWanted,
    VisitsUnmet,
    UnmetShare,
    NeedShare,
    RelativeReach,
}

pub(super) fn accessors(inputs: &Inputs) -> Vec<Accessor> {
    let one = |name: &Name| match name.entity {
        Entity::Pot => Accessor::Pot,
        Entity::Score => Accessor::Score,
        Entity::Check => Accessor::Check(name.column.clone()),
        Entity::Cluster => match name.column.as_str() {
            "sought" => Accessor::Cluster(OfCluster::Sought),
            "operators" => Accessor::Cluster(OfCluster::Operators),
            "applications" => Accessor::Cluster(OfCluster::Applications),
            _ => Accessor::Nothing,
        },
        Entity::Model => {
            let at = inputs.policy.models.iter().position(|model| model.id == name.column);
            at.filter(|at| !inputs.model_is_withdrawn(*at)).map_or(Accessor::Nothing, Accessor::Model)
        }
        entity => match inputs.schema.origin(entity, &name.column) {
            Some(origin) => Accessor::Column { entity, origin },
            None if entity == Entity::Territory => match name.column.as_str() {
                "population_share" => Accessor::Derived(Derived::PopulationShare),
                "demand_share" => Accessor::Derived(Derived::DemandShare),
                "sought" => Accessor::Derived(Derived::Sought),
                "visits_wanted" => Accessor::Derived(Derived::VisitsWanted),
                "visits_unmet" => Accessor::Derived(Derived::VisitsUnmet),
                "unmet_share" => Accessor::Derived(Derived::UnmetShare),
                "need_share" => Accessor::Derived(Derived::NeedShare),
                "relative_reach" => Accessor::Derived(Derived::RelativeReach),
                _ => Accessor::Nothing,
            },
            None if entity == Entity::Observed => {
                scheme::question(&name.column).map_or(Accessor::Nothing, Accessor::Observed)
            }
            None if entity == Entity::Journey => {
                JourneyQuantity::from_column(&name.column).map_or(Accessor::Nothing, Accessor::Journey)
            }
            None if entity == Entity::Access => {
                AccessQuantity::from_column(&name.column).map_or(Accessor::Nothing, Accessor::Access)
            }
            None => Accessor::Nothing,
        },
    };
    inputs.policy.names().iter().map(one).collect()
}

/// What an expression sees of one application, or of one place.
pub(crate) struct Row<'f, 'a> {
    pub(super) facts: &'f Facts<'a>,
    pub(super) subject: Option<usize>,
    pub(super) node: Option<usize>,
    pub(super) score: Option<Points>,
    pub(super) pot: Option<&'f Rational>,
    pub(super) demand: Option<&'f Demand>,
}

impl Row<'_, '_> {
    fn cell(&self, entity: Entity, origin: Origin) -> Value {
        if let Some((asking, sought)) = &self.facts.asking
            && self.subject == Some(*asking)
            && origin.file == APPLICATIONS
            && self.facts.inputs.applications().is_some_and(|t| t.name(origin.column) == "amount_sought")
        {
            return Value::Number(sought.clone());
        }
        let subject = self.subject.map(|s| &self.facts.subjects[s]);
        let row = if origin.file == APPLICATIONS {
            subject.map(|s| s.row)
        } else {
            match entity {
                Entity::Facility => subject.and_then(|s| s.facility),
                Entity::Operator => subject.and_then(|s| s.operator),
                Entity::Territory => self.node.and_then(|n| self.facts.territory_row(n)),
                Entity::History => match subject.map(|s| s.history.as_slice()) {
                    Some([only]) => Some(*only),
                    _ => None,
                },
                _ => None,
            }
        };
        match (row, self.facts.inputs.table(origin.file)) {
            (Some(row), Some(table)) => read_cell(table.cell(row, origin.column), origin.column_type),
            _ => Value::Missing,
        }
    }

    fn of_cluster(&self, quantity: OfCluster) -> Option<Rational> {
        let clusters = self.facts.clusters.as_ref()?;
        let at = *clusters.of.get(self.subject?)?;
        let demand = self.demand?;
        let (sought, applications) = *demand.by_cluster.get(at)?;
        Some(match quantity {
            OfCluster::Sought => Rational::from_scaled(sought, demand.decimals),
            OfCluster::Operators => Rational::from(clusters.operators[at]),
            OfCluster::Applications => Rational::from(applications),
        })
    }

    /// What people say of the application's facility.
    fn told(&self, value: impl for<'o> FnOnce(&'o Observed, &str) -> Option<&'o Rational>) -> Value {
        let known = self.facts.observed.as_ref().zip(self.subject);
        let known = known.and_then(|(observed, s)| value(observed, self.facts.subjects[s].facility_id));
        known.map_or(Value::Missing, |known| Value::Number(known.clone()))
    }

    fn derived(&self, derived: Derived) -> Option<Rational> {
        let node = self.node?;
        match derived {
            Derived::PopulationShare => self.facts.population_shares[node].clone(),
            Derived::DemandShare => self.demand?.share(node),
            Derived::Sought => Some(self.demand?.sought(node)),
            Derived::NeedShare => self.facts.need_shares.get(node)?.clone(),
            Derived::VisitsWanted | Derived::VisitsUnmet | Derived::UnmetShare | Derived::RelativeReach => {
                let reach = self.facts.reach.as_ref()?;
                let visits = reach.territories.get(node)?;
                match derived {
                    Derived::VisitsWanted => Some(Rational::from_scaled(visits.wanted, reach::DECIMALS)),
                    Derived::VisitsUnmet => Some(Rational::from_scaled(visits.unmet(), reach::DECIMALS)),
                    Derived::UnmetShare => visits.unmet_share(),
                    _ => visits.relative_reach(&reach.total),
                }
            }
        }
    }
}

impl Scope for Row<'_, '_> {
    fn value(&self, name: NameId) -> Value {
        match &self.facts.accessors[name.0] {
            Accessor::Column { entity, origin } => self.cell(*entity, *origin),
            Accessor::Check(check) => {
                let operator = self.subject.map_or("", |s| self.facts.subjects[s].operator_id);
                Value::Outcome(self.facts.answer(operator, check).outcome)
            }
            Accessor::Derived(derived) => self.derived(*derived).map_or(Value::Missing, Value::Number),
            Accessor::Access(quantity) => {
                let facility = self.subject.and_then(|s| self.facts.subjects[s].facility);
                let reach = self.facts.reach.as_ref();
                let known = reach.zip(facility).and_then(|(reach, row)| reach.of_facility(row, *quantity));
                known.map_or(Value::Missing, Value::Number)
            }
            Accessor::Observed(question) => {
                self.told(|observed, facility| Some(&observed.by_question(facility, *question)?.value))
            }
            Accessor::Journey(quantity) => {
                self.told(|observed, facility| observed.journey(facility, *quantity))
            }
            Accessor::Model(at) => {
                let forecasts = self.facts.forecasts.get(*at);
                let known =
                    forecasts.zip(self.subject).and_then(|(forecasts, subject)| forecasts.value(subject));
                known.map_or(Value::Missing, |value| Value::Number(value.clone()))
            }
            Accessor::Cluster(quantity) => self.of_cluster(*quantity).map_or(Value::Missing, Value::Number),
            Accessor::Pot => self.pot.map_or(Value::Missing, |p| Value::Number(p.clone())),
            Accessor::Score => self.score.map_or(Value::Missing, |s| Value::Number(s.to_rational())),
            Accessor::Nothing => Value::Missing,
        }
    }

    fn series(&self, name: NameId) -> Vec<Value> {
        let Accessor::Column { entity: Entity::History, origin } = &self.facts.accessors[name.0] else {
            return vec![self.value(name)];
        };
        let (Some(subject), Some(table)) = (self.subject, self.facts.table(Entity::History)) else {
            return Vec::new();
        };
        let rows = &self.facts.subjects[subject].history;
        rows.iter().map(|row| read_cell(table.cell(*row, origin.column), origin.column_type)).collect()
    }
}

/// A cell by its column's type; the tables were checked, so what does not fit is only an empty cell.
pub(crate) fn read_cell(text: &str, column_type: ColumnType) -> Value {
    if text.is_empty() {
        return Value::Missing;
    }
    match column_type {
        ColumnType::Number | ColumnType::Empty => number(text).map_or(Value::Missing, Value::Number),
        ColumnType::Date => day(text).map_or(Value::Missing, Value::Date),
        ColumnType::Truth => Value::Truth(text == "true"),
        ColumnType::Text => Value::Text(Arc::from(text)),
    }
}

/// A value, with a sum that can't be done put on record instead of lost.
pub(crate) fn evaluate(expr: &Expr, scope: &dyn Scope, failures: &mut Vec<EvalError>) -> Value {
    expr.eval(scope).unwrap_or_else(|error| {
        failures.push(error);
        Value::Missing
    })
}
