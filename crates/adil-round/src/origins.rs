//! The columns that a value rests on in the end, whatever stands between it and them: a model, the rule of reach, a sum over
//! places.

use adil_policy::{Entity, Expr, ForecastRule, Name, Policy, Travel, quantities};

use crate::decision::Provenance;
use crate::schema::RoundSchema;

/// Where the columns behind an expression come from, in the order of its names; travel times last.
pub(crate) fn columns<'s>(policy: &Policy, schema: &'s RoundSchema, expr: &Expr) -> Vec<&'s Provenance> {
    let mut found = Found { policy, schema, columns: Vec::new(), reaches: false };
    found.expression(expr);
    let by_table = policy.access.as_ref().is_some_and(|access| matches!(access.travel, Travel::Table));
    let times = schema.travel_times().filter(|_| found.reaches && by_table);
    found.columns.into_iter().chain(times).collect()
}

struct Found<'f, 's> {
    policy: &'f Policy,
    schema: &'s RoundSchema,
    columns: Vec<&'s Provenance>,
    reaches: bool,
}

impl Found<'_, '_> {
    fn expression(&mut self, expr: &Expr) {
        let policy = self.policy;
        expr.names().iter().filter_map(|id| policy.name(*id)).for_each(|name| self.name(name));
    }

    fn name(&mut self, name: &Name) {
        let policy = self.policy;
        // A column of a table is itself, also where the product would compute a quantity of that name.
        if self.column(name.entity, &name.column) {
            return;
        }
        match (name.entity, name.column.as_str()) {
            // No model rests on another.
            (Entity::Model, id) => {
                policy
                    .forecast(id)
                    .into_iter()
                    .flat_map(ForecastRule::expressions)
                    .for_each(|e| self.expression(e));
            }
            (Entity::Cluster, quantity) => {
                if quantity == "sought" {
                    self.column(Entity::Application, "amount_sought");
                }
                for (column, _) in policy.clusters.iter().flat_map(|rule| &rule.shares) {
                    self.column(Entity::Operator, column);
                }
            }
            (Entity::Territory, "population_share") => {
                self.column(Entity::Territory, "population");
            }
            (Entity::Territory, "demand_share" | "sought") => {
                self.column(Entity::Application, "amount_sought");
            }
            (Entity::Access | Entity::Territory, column)
                if quantities::find(name.entity, column).is_some() =>
            {
                self.reaches = true;
                for expr in policy.access.iter().flat_map(|access| [&access.demand, &access.supply]) {
                    self.expression(expr);
                }
            }
            _ => {}
        }
    }

    /// Whether there is such a column.
    fn column(&mut self, entity: Entity, column: &str) -> bool {
        let found = self.schema.provenance(entity, column);
        self.columns.extend(found);
        found.is_some()
    }
}
