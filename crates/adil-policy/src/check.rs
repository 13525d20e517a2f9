//! Names and types against the tables of a round, before anything runs.

use adil_domain::{Language, Problem, Problems};

use crate::expr::Expr;
use crate::names::{Entity, NameId};
use crate::policy::{Indicator, Policy, Pot, Scale, TerritoryBound};
use crate::schema::Schema;
use crate::value::Type;

mod names;
mod own_word;
mod types;
mod words;

/// Where an expression stands, which decides what it may name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stand {
    /// A condition of admission: points and money do not exist yet.
    Gate,
    /// An indicator: the same.
    Indicator,
    /// What makes groups of an indicator's scale.
    Group,
    /// The division of a pot: everything is known.
    Pot,
    /// A bound of a territory: one row for each territory, not for each application.
    Bound,
    /// What the people of a point would like to do: one row for each point.
    Demand,
    /// What a facility offers, before anybody's reach is known.
    Supply,
    /// A column of a forecast: what is known of a facility before anything is decided.
    Feature,
}

struct Check<'c> {
    policy: &'c Policy,
    schema: &'c dyn Schema,
    problems: Problems,
}

impl Policy {
    /// Checks names and types against the tables, where the applicant's own word may count, and that every rule has its
    /// legal reference and its words in `languages`. Sorted by place.
    pub fn check(&self, schema: &dyn Schema, languages: &[Language]) -> Problems {
        let mut check = Check { policy: self, schema, problems: Problems::new() };
        if let Some(access) = &self.access {
            check.quantity(&access.demand, "demand", Stand::Demand);
            check.quantity(&access.supply, "supply", Stand::Supply);
            check.positions(access);
        }
        for expr in self.models.iter().flat_map(crate::policy::ForecastRule::expressions) {
            check.expression(expr, Stand::Feature);
        }
        check.clusters();
        for gate in &self.gates {
            check.condition(&gate.when, Stand::Gate);
            if let Some(stands_in) = &gate.stands_in {
                check.condition(stands_in, Stand::Gate);
            }
        }
        for indicator in self.criteria.iter().flat_map(|c| &c.indicators) {
            check.indicator(indicator);
        }
        for pot in &self.pots {
            check.pot(pot);
        }
        check.problems.extend(own_word::check(self, schema));
        check.problems.extend(words::check(self, languages));
        crate::read::by_place(check.problems)
    }
}

impl Policy {
    /// The type of what a column of a forecast is in this round; `None` where something is wrong with it, which
    /// [`Policy::check`] says.
    pub fn feature_type(&self, expr: &Expr, schema: &dyn Schema) -> Option<Type> {
        Check { policy: self, schema, problems: Problems::new() }.expression(expr, Stand::Feature)
    }
}

impl Check<'_> {
    fn name(&self, id: NameId) -> &crate::names::Name {
        // A name id is only ever made by the policy it belongs to.
        &self.policy.names[id.0]
    }

    fn indicator(&mut self, indicator: &Indicator) {
        self.forecast(indicator);
        let found = self.expression(&indicator.value, Stand::Indicator);
        let place = indicator.value.place().clone();
        match (found, &indicator.scale) {
            (None, _) | (Some(Type::Text), Scale::Categories { .. }) => {}
            (Some(found), Scale::Categories { .. }) => {
                let message = format!("A scale of categories needs a text, but `value` is {found}.");
                self.problems.push(Problem::error("not-a-text", place, message));
            }
            (Some(Type::Number), _) => {}
            (Some(found), scale) => {
                let message =
                    format!("A scale of kind `{}` needs a number, but `value` is {found}.", scale.kind());
                let problem = Problem::error("not-a-number", place, message);
                self.problems.push(match found {
                    Type::Text => problem.hint("Words earn points by a scale of kind `categories`."),
                    Type::Truth => problem.hint("Write `condition ? 1 : 0`."),
                    _ => problem,
                });
            }
        }
        for within in [indicator.scale.within(), indicator.missing.within()].into_iter().flatten() {
            self.expression(within, Stand::Group);
        }
    }

    /// A forecast stands alone on a scale of fixed ends, so that anyone can follow its points term by term.
    fn forecast(&mut self, indicator: &Indicator) {
        let names = indicator.value.names().iter().map(|id| self.name(*id));
        if !names.clone().any(|name| name.entity == Entity::Model) {
            return;
        }
        let place = indicator.value.place().clone();
        if !matches!(indicator.value.root().kind, crate::expr::Kind::Name(_)) {
            let message =
                "A forecast is mixed with something else here, so its points can't be shown term by term.";
            self.problems.push(
                Problem::error("forecast-mixed", place, message)
                    .hint("Let the value be the forecast alone, and give the rest an indicator of its own."),
            );
        } else if matches!(indicator.scale, Scale::Percentile { .. } | Scale::ZScore { .. }) {
            let message = format!(
                "The points of a forecast must follow from its tables alone, but a scale of kind `{}` looks at all others.",
                indicator.scale.kind()
            );
            self.problems.push(
                Problem::error("forecast-scale", place, message).hint("Use `goalposts`, `bands` or `log`."),
            );
        }
    }

    fn pot(&mut self, pot: &Pot) {
        if let Some(when) = &pot.when {
            self.condition(when, Stand::Pot);
        }
        self.quantity(&pot.weight, "weight", Stand::Pot);
        for (key, expr) in [("floor", &pot.floor), ("minimum", &pot.minimum), ("ceiling", &pot.ceiling)] {
            if let Some(expr) = expr {
                self.quantity(expr, key, Stand::Pot);
            }
        }
        for bound in &pot.bounds {
            self.level(bound);
            for (key, expr) in [("floor", &bound.floor), ("ceiling", &bound.ceiling)] {
                if let Some(expr) = expr {
                    self.quantity(expr, key, Stand::Bound);
                }
            }
        }
    }

    fn condition(&mut self, expr: &Expr, stand: Stand) {
        let Some(found) = self.expression(expr, stand).filter(|t| *t != Type::Truth) else { return };
        let message = format!("A condition must be true or false, but this is {found}.");
        let problem = Problem::error("not-a-condition", expr.place().clone(), message);
        self.problems.push(if found == Type::Outcome {
            problem.hint(format!("Write `{} == 'pass'`.", expr.source().trim()))
        } else {
            problem.hint("Compare it with something.")
        });
    }

    fn quantity(&mut self, expr: &Expr, key: &str, stand: Stand) {
        if let Some(amount) = expr.constant().filter(adil_domain::Rational::is_negative) {
            let message = format!("`{key}` can't be below zero, but this is {amount}.");
            self.problems.push(Problem::error("negative-amount", expr.place().clone(), message));
        }
        let Some(found) = self.expression(expr, stand).filter(|t| *t != Type::Number) else { return };
        let message = format!("`{key}` must be a number, but this is {found}.");
        self.problems.push(Problem::error("not-a-number", expr.place().clone(), message));
    }

    /// Reach needs to know where people and facilities are.
    fn positions(&mut self, access: &crate::policy::Access) {
        for entity in [Entity::Point, Entity::Facility] {
            let file = entity.file().unwrap_or_default();
            if self.schema.table(entity).is_none() {
                let message = format!("Reach needs the table {file}, which is not there.");
                let place = access.meta.place.clone();
                self.problems.push(Problem::error("missing-table", place, message));
                continue;
            }
            let straight = matches!(access.travel, crate::policy::Travel::Straight { .. });
            let position = ["lat", "lon"].into_iter().filter(|_| straight);
            let columns = position.chain((entity == Entity::Point).then_some("population"));
            for column in columns.filter(|c| self.schema.column(entity, c).is_none()) {
                let message = format!("Reach needs the column `{column}` of {file}, which is not there.");
                let place = access.meta.place.clone();
                self.problems.push(Problem::error("unknown-column", place, message));
            }
        }
    }

    /// What operators may share must be in their table.
    fn clusters(&mut self) {
        let Some(rule) = &self.policy.clusters else { return };
        for (column, _) in &rule.shares {
            if self.schema.column(Entity::Operator, column).is_none() {
                let message =
                    format!("Operators may share `{column}`, but operators.csv has no such column.");
                let known = self.schema.table(Entity::Operator).unwrap_or_default();
                let hint = adil_domain::problem::did_you_mean(column, known.iter().map(String::as_str));
                let place = rule.meta.place.clone();
                self.problems.push(Problem::error("unknown-column", place, message).hint(hint));
            }
        }
    }

    fn level(&mut self, bound: &TerritoryBound) {
        let place = bound.meta.place.clone();
        match self.schema.levels() {
            None => {
                let message = "A bound for territories needs the table territories.csv, which is not there.";
                self.problems.push(Problem::error("missing-table", place, message));
            }
            Some(levels) if !levels.contains(&bound.level) => {
                let message = format!("No territory has the level `{}`.", crate::expr::short(&bound.level));
                let hint =
                    adil_domain::problem::did_you_mean(&bound.level, levels.iter().map(String::as_str));
                self.problems.push(Problem::error("unknown-level", place, message).hint(hint));
            }
            Some(_) => {}
        }
    }
}
