//! Whether a name may stand where it does, and whether its column exists.

use std::ops::Range;

use adil_domain::Problem;
use adil_domain::problem::nearest;

use super::{Check, Stand};
use crate::expr::{Expr, short};
use crate::names::{Entity, Name, NameId};
use crate::quantities;
use crate::value::Type;

/// What the rule of reach says of a territory.
const REACH_OF_A_TERRITORY: [&str; 5] =
    ["visits_wanted", "visits_unmet", "unmet_share", "need_share", "relative_reach"];

/// What applicants say of money.
const MONEY: [&str; 3] = ["amount_sought", "amount_minimum", "previous_amount"];

impl Check<'_> {
    /// The type of a name at `at` in `expr`; `None` when something is wrong with it, which is then said.
    pub(super) fn name_type(
        &mut self,
        expr: &Expr,
        id: NameId,
        at: Range<usize>,
        stand: Stand,
    ) -> Option<Type> {
        let name = self.name(id).clone();
        let place = expr.place_of(at);
        if let Some(problem) = not_here(&name, stand) {
            self.problems.push(Problem { place, ..problem });
            return None;
        }
        let quantity = quantities::find(name.entity, &name.column);
        let found = match quantity {
            Some(q) if q.derived => self.derived(&name).map(|()| q.ty),
            Some(q) => self.column(&name).map(|_| q.ty),
            None => self.column(&name),
        };
        match found {
            Ok(ty) => Some(ty),
            Err(problem) => {
                let warning = problem.severity == adil_domain::Severity::Warning;
                self.problems.push(Problem { place, ..*problem });
                warning.then_some(Type::Outcome)
            }
        }
    }

    fn column(&self, name: &Name) -> Result<Type, Box<Problem>> {
        if name.entity == Entity::Access {
            let known: Vec<&str> = quantities::derived_of(Entity::Access).map(|q| q.column).collect();
            let message = format!("Reach has no `{}`.", short(&name.column));
            let hint = adil_domain::problem::did_you_mean(&name.column, known);
            return Err(error("unknown-column", message, Some(hint)));
        }
        if name.entity == Entity::Cluster {
            let known: Vec<&str> = quantities::derived_of(Entity::Cluster).map(|q| q.column).collect();
            let message = format!("A cluster has no `{}`.", short(&name.column));
            let hint = adil_domain::problem::did_you_mean(&name.column, known);
            return Err(error("unknown-column", message, Some(hint)));
        }
        if name.entity == Entity::Model {
            if self.policy.forecast(&name.column).is_some() {
                return Ok(Type::Number);
            }
            let known = self.policy.models.iter().map(|model| model.id.as_str());
            let message = format!("The policy has no [[model]] `{}`.", short(&name.column));
            let hint = if self.policy.models.is_empty() {
                "Add [[model]] with id, file, cap and features.".to_owned()
            } else {
                adil_domain::problem::did_you_mean(&name.column, known)
            };
            return Err(error("unknown-model", message, Some(hint)));
        }
        if matches!(name.entity, Entity::Observed | Entity::Journey) {
            return self.observed(name);
        }
        let file = name.entity.file().unwrap_or_default();
        let Some(columns) = self.schema.table(name.entity) else {
            let message = format!("`{name}` needs the table {file}, which is not there.");
            return Err(error("missing-table", message, None));
        };
        if let Some(ty) = self.schema.column(name.entity, &name.column) {
            return Ok(if name.entity == Entity::Check { Type::Outcome } else { ty });
        }
        if name.entity == Entity::Check {
            // No answer at all is what a failed source looks like, and no source may stop a round.
            let message = format!(
                "Nobody answered the check `{}`, so it is not known of any operator.",
                short(&name.column)
            );
            let near = nearest(&name.column, columns.iter().map(String::as_str));
            let hint = near.map(|near| format!("Did you mean `check.{near}`?"));
            let place = adil_domain::Place::default();
            return Err(Box::new(Problem { hint, ..Problem::warning("unknown-check", place, message) }));
        }
        let message = format!("The table {file} has no column `{}`.", short(&name.column));
        Err(error("unknown-column", message, Some(self.suggestion(name, &columns))))
    }

    fn cluster(&self, name: &Name) -> Result<(), Box<Problem>> {
        if self.policy.clusters.is_none() {
            let message = format!(
                "`{name}` needs to know when operators count as one, but the policy has no [clusters]."
            );
            let hint = "Add [clusters] with shares, threshold and most.";
            return Err(error("missing-clusters", message, Some(hint.to_owned())));
        }
        if name.column == "sought" && self.schema.column(Entity::Application, "amount_sought").is_none() {
            let message = format!(
                "`{name}` is computed from the column `amount_sought` of applications.csv, which is not there."
            );
            return Err(error("unknown-column", message, None));
        }
        Ok(())
    }

    /// What people see, or how they got there: there is a rule for it, a table, and a question of that name.
    fn observed(&self, name: &Name) -> Result<Type, Box<Problem>> {
        let journey = name.entity == Entity::Journey;
        if self.policy.observations.is_none() {
            let message = format!("`{name}` rests on what people say, but the policy has no [observations].");
            let hint = "Add [observations]; it may say min_observers, max_age and burst_minutes.";
            return Err(error("missing-observations", message, Some(hint.to_owned())));
        }
        let known = self.schema.table(name.entity).filter(|_| !journey).unwrap_or_default();
        let known: Vec<&str> = if journey {
            quantities::derived_of(Entity::Journey).map(|q| q.column).collect()
        } else {
            known.iter().map(String::as_str).collect()
        };
        if self.schema.table(name.entity).is_none() {
            let file = if journey { "journeys.csv" } else { "observations.csv" };
            let message = format!("`{name}` needs the table {file}, which is not there.");
            return Err(error("missing-table", message, None));
        }
        if known.contains(&name.column.as_str()) {
            return Ok(Type::Number);
        }
        let (code, message) = if journey {
            ("unknown-column", format!("Journeys have no `{}`.", short(&name.column)))
        } else {
            ("unknown-question", format!("Nobody is asked `{}`.", short(&name.column)))
        };
        Err(error(code, message, Some(adil_domain::problem::did_you_mean(&name.column, known))))
    }

    fn suggestion(&self, name: &Name, columns: &[String]) -> String {
        let derived = quantities::derived_of(name.entity).map(|q| q.column);
        let here: Vec<&str> = columns.iter().map(String::as_str).chain(derived).collect();
        if let Some(near) = nearest(&name.column, here.iter().copied()) {
            return format!("Did you mean `{}.{near}`?", name.entity);
        }
        // The right column, but of another table.
        let elsewhere = Entity::ALL.into_iter().find(|other| {
            other.file().is_some()
                && *other != Entity::Check
                && self.schema.column(*other, &name.column).is_some()
        });
        match elsewhere {
            Some(other) => format!("Did you mean `{other}.{}`?", name.column),
            None => adil_domain::problem::did_you_mean(&name.column, here),
        }
    }

    /// What a derived quantity rests on must be there.
    fn derived(&self, name: &Name) -> Result<(), Box<Problem>> {
        if name.entity == Entity::Journey {
            return self.observed(name).map(|_| ());
        }
        let reach = name.entity == Entity::Access || REACH_OF_A_TERRITORY.contains(&name.column.as_str());
        if reach && self.policy.access.is_none() {
            let message =
                format!("`{name}` is computed by the rule of reach, but the policy has no [access].");
            let hint = "Add [access] with demand, supply, method, max_minutes and speed_kmh.";
            return Err(error("missing-access", message, Some(hint.to_owned())));
        }
        if name.entity == Entity::Cluster {
            return self.cluster(name);
        }
        if name.entity != Entity::Territory {
            return Ok(());
        }
        if self.schema.table(Entity::Territory).is_none() {
            let message = format!("`{name}` needs the table territories.csv, which is not there.");
            return Err(error("missing-table", message, None));
        }
        let base = match name.column.as_str() {
            "population_share" => (Entity::Territory, "population"),
            _ if reach => (Entity::Point, "territory"),
            _ => (Entity::Application, "amount_sought"),
        };
        if self.schema.column(base.0, base.1).is_none() {
            let file = base.0.file().unwrap_or_default();
            let message =
                format!("`{name}` is computed from the column `{}` of {file}, which is not there.", base.1);
            return Err(error("unknown-column", message, None));
        }
        Ok(())
    }
}

fn error(code: &'static str, message: String, hint: Option<String>) -> Box<Problem> {
    Box::new(Problem { hint, ..Problem::error(code, adil_domain::Place::default(), message) })
}

/// Why a name can't stand where it does.
fn not_here(name: &Name, stand: Stand) -> Option<Problem> {
    let (message, hint) = match (stand, name.entity) {
        (Stand::Feature, Entity::History) => (
            format!("A forecast can't rest on `{name}`: whoever was paid before would be paid again."),
            "Use what is known of the facility and its place.",
        ),
        (Stand::Feature, Entity::Application) if MONEY.contains(&name.column.as_str()) => (
            format!("A forecast can't rest on `{name}`: whoever asks for more would be foretold more."),
            "Use what is known of the facility and its place.",
        ),
        (Stand::Feature, Entity::Territory) if ["sought", "demand_share"].contains(&name.column.as_str()) => {
            (
                format!("A forecast can't rest on `{name}`, which is only known after everyone has applied."),
                "Use what is known of the facility and its place.",
            )
        }
        (Stand::Feature, Entity::Check) => (
            format!(
                "A forecast can't rest on `{name}`: what an operator is accused of is for a [[gate]] to judge."
            ),
            "Use what is known of the facility and its place.",
        ),
        (Stand::Feature, Entity::Score | Entity::Pot | Entity::Model) => (
            format!("A forecast can't rest on `{name}`, which is only known after it."),
            "Use what is known of the facility and its place.",
        ),
        (stand, Entity::Model) if stand != Stand::Indicator => (
            format!(
                "Only the value of an indicator can name `{name}`: a forecast earns points up to its cap, and nothing else."
            ),
            "Let an indicator rest on it.",
        ),
        (stand, Entity::Cluster) if stand != Stand::Pot => (
            format!(
                "Only the rules of a pot can name `{name}`: who is linked is no reason to refuse anybody, nor for fewer points."
            ),
            "Cap what a cluster may get in the pot's `ceiling`.",
        ),
        (Stand::Gate, Entity::Score | Entity::Pot) => (
            format!("A condition of admission can't name `{name}`, which is only known after it."),
            "Who takes part in a pot is said by its key `when`, where `score` may stand.",
        ),
        (Stand::Indicator | Stand::Group, Entity::Score | Entity::Pot) => (
            format!("An indicator can't name `{name}`, which is only known after all of them."),
            "Use the columns that the score itself comes from.",
        ),
        (Stand::Bound, entity) if !matches!(entity, Entity::Territory | Entity::Pot) => (
            format!("A bound holds for a territory, so it can't name `{name}`."),
            "It may name `pot` and the columns of `territory`.",
        ),
        (Stand::Demand, entity) if entity != Entity::Point => (
            format!("Demand is that of a point where people live, so it can't name `{name}`."),
            "It may name the columns of `point`, such as `point.population`.",
        ),
        (Stand::Supply, entity) if entity != Entity::Facility => (
            format!("Supply is what a facility offers, so it can't name `{name}`."),
            "It may name the columns of `facility`, such as `facility.capacity`.",
        ),
        (stand, Entity::Point) if stand != Stand::Demand => (
            format!("Only the demand of [access] can name `{name}`: a point is a place where people live."),
            "What is within reach of a facility is named `access.…`.",
        ),
        _ => return None,
    };
    Some(Problem::error("not-allowed-here", adil_domain::Place::default(), message).hint(hint))
}
