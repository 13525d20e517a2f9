//! What is known about each application: its facility, operator, place, checks and history, by name of the policy.

mod answers;
mod clusters;
mod flags;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use adil_domain::territory::TerritoryTree;
use adil_domain::{CheckAnswer, Date, Money, Points, Problems, Rational};
use adil_integrity::observations::scheme;
use adil_policy::{Entity, EvalError, Expr, Name, NameId, Scope, Value};

use self::clusters::Clusters;
use crate::decision::{AnswerUsed, Flagged, Provenance};
use crate::folder::{APPLICATIONS, FACILITIES, HISTORY, JOURNEYS, OBSERVATIONS, OPERATORS, TERRITORIES};
use crate::inputs::{Inputs, day, number};
use crate::models::{self, Forecasts};
use crate::notes::Notes;
use crate::observed::{self, JourneyQuantity, Observed};
use crate::origins;
use crate::reach::{self, AccessQuantity, Reach};
use crate::schema::Origin;
use crate::table::{ColumnType, Table};

/// One application and the rows of other tables that belong to it.
#[derive(Debug, Clone)]
pub(crate) struct Subject<'a> {
    pub(crate) id: &'a str,
    /// Row of `applications.csv`.
    pub(crate) row: usize,
    pub(crate) facility_id: &'a str,
    pub(crate) facility: Option<usize>,
    pub(crate) operator_id: &'a str,
    pub(crate) operator: Option<usize>,
    /// Node of the territory tree.
    pub(crate) territory: Option<usize>,
    pub(crate) territory_code: &'a str,
    /// Rows of `history.csv`, oldest first.
    pub(crate) history: Vec<usize>,
    pub(crate) sought: Option<Money>,
}

/// Where the value of a name comes from.
#[derive(Debug, Clone)]
enum Accessor {
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
enum OfCluster {
    Sought,
    Operators,
    Applications,
}

/// Quantities of a place that the round computes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Derived {
    PopulationShare,
    DemandShare,
    Sought,
    VisitsWanted,
    VisitsUnmet,
    UnmetShare,
    NeedShare,
    RelativeReach,
}

/// The whole round by application.
pub(crate) struct Facts<'a> {
    pub(crate) inputs: &'a Inputs,
    pub(crate) subjects: Vec<Subject<'a>>,
    accessors: Vec<Accessor>,
    answers: HashMap<(&'a str, &'a str), Vec<CheckAnswer>>,
    /// Who counts as one, when the policy has a rule for it.
    pub(crate) clusters: Option<Clusters>,
    /// By subject, what detectors found.
    pub(crate) flags: Vec<Vec<Flagged>>,
    /// Row of `territories.csv` by node of the tree.
    territory_rows: Vec<usize>,
    population_shares: Vec<Option<Rational>>,
    /// Who can reach what, when the policy has a rule for it.
    pub(crate) reach: Option<Reach>,
    need_shares: Vec<Option<Rational>>,
    /// What people see, when the policy has a rule for it.
    pub(crate) observed: Option<Observed>,
    /// What is to be known of the rows that reach could not use.
    pub(crate) reach_problems: Problems,
    /// What models foretell, in the order of the policy.
    pub(crate) forecasts: Vec<Forecasts>,
    /// Columns of models that could not be computed.
    pub(crate) forecast_notes: Notes,
    /// The application that asks for another amount than its row says, and how much: a question, never the round.
    asking: Option<(usize, Rational)>,
}

/// What applications ask for, by node of the territory tree; a parent's sum holds its children's.
#[derive(Debug, Clone)]
pub(crate) struct Demand {
    by_node: Vec<i128>,
    /// By cluster: what its applications ask for, and how many they are.
    by_cluster: Vec<(i128, usize)>,
    total: i128,
    decimals: u32,
}

impl Demand {
    /// Sums what these subjects ask for.
    pub(crate) fn of(facts: &Facts<'_>, taking_part: impl Iterator<Item = usize>) -> Self {
        let tree = &facts.inputs.tree;
        let mut by_node = vec![0i128; tree.len()];
        let clusters = facts.clusters.as_ref();
        let mut by_cluster = vec![(0i128, 0usize); clusters.map_or(0, |c| c.operators.len())];
        let mut total = 0i128;
        for index in taking_part {
            let subject = &facts.subjects[index];
            let sought = i128::from(subject.sought.map_or(0, Money::minor));
            total += sought;
            if let Some(cluster) = clusters.and_then(|c| by_cluster.get_mut(c.of[index])) {
                cluster.0 += sought;
                cluster.1 += 1;
            }
            for node in std::iter::successors(subject.territory, |n| tree.parent(*n)) {
                by_node[node] += sought;
            }
        }
        Self { by_node, by_cluster, total, decimals: facts.inputs.policy.round.currency.decimals() }
    }

    fn sought(&self, node: usize) -> Rational {
        Rational::from_scaled(self.by_node[node], self.decimals)
    }

    fn share(&self, node: usize) -> Option<Rational> {
        Rational::ratio(self.by_node[node], self.total)
    }

    /// Minor units asked for in all.
    pub(crate) fn total_minor(&self) -> i64 {
        i64::try_from(self.total).unwrap_or(i64::MAX)
    }

    /// Minor units asked for in a node; saturates beyond what money can be.
    pub(crate) fn minor(&self, node: usize) -> i64 {
        i64::try_from(self.by_node[node]).unwrap_or(i64::MAX)
    }
}

impl<'a> Facts<'a> {
    /// Joins the tables. Applications come in byte order of their identifiers, whatever the order of the file.
    pub(crate) fn join(inputs: &'a Inputs) -> Self {
        let mut facts = Self {
            inputs,
            subjects: Vec::new(),
            accessors: accessors(inputs),
            answers: answers::answers(inputs),
            clusters: None,
            flags: Vec::new(),
            territory_rows: territory_rows(inputs),
            population_shares: Vec::new(),
            reach: None,
            need_shares: Vec::new(),
            observed: None,
            reach_problems: Problems::new(),
            forecasts: Vec::new(),
            forecast_notes: Notes::default(),
            asking: None,
        };
        facts.subjects = subjects(inputs);
        facts.flags = flags::flags(inputs, &facts.subjects);
        let rule = inputs.policy.clusters.as_ref();
        facts.clusters = rule.map(|rule| Clusters::build(inputs, rule, &facts.subjects));
        let populations: Vec<Option<Rational>> =
            (0..inputs.tree.len()).map(|node| facts.population(node)).collect();
        facts.population_shares = shares_of_the_level(&inputs.tree, &populations);
        if let Some(access) = &inputs.policy.access {
            let reach = reach::compute(inputs, access, &mut facts.reach_problems);
            let unmet: Vec<Option<Rational>> =
                reach.territories.iter().map(|t| Some(Rational::from(t.unmet()))).collect();
            facts.need_shares = shares_of_the_level(&inputs.tree, &unmet);
            facts.reach = Some(reach);
        }
        facts.observed = inputs.policy.observations.as_ref().map(|rule| observed::compute(inputs, rule));
        let mut notes = Notes::default();
        facts.forecasts = models::ask(&facts, &inputs.models, &mut notes);
        facts.forecast_notes = notes;
        facts
    }

    /// Answers a question about the round in which one application asks for another amount; the round stays as it was.
    pub(crate) fn asking<T>(
        &mut self,
        subject: usize,
        sought: Money,
        answer: impl FnOnce(&Self) -> T,
    ) -> Option<T> {
        let before = self.subjects.get_mut(subject)?.sought.replace(sought);
        self.asking = Some((subject, sought.to_rational()));
        let answered = answer(self);
        self.asking = None;
        self.subjects[subject].sought = before;
        Some(answered)
    }

    /// Whether the amount asked for is not known; where nobody was asked, none is missing.
    pub(crate) fn lacks_amount(&self, subject: usize) -> bool {
        !self.inputs.shadow && self.subjects[subject].sought.is_none()
    }

    /// A scope without score and pot: for gates and indicators.
    pub(crate) fn row<'f>(&'f self, subject: usize, demand: Option<&'f Demand>) -> Row<'f, 'a> {
        Row {
            facts: self,
            subject: Some(subject),
            node: self.subjects[subject].territory,
            score: None,
            pot: None,
            demand,
        }
    }

    /// A scope for the quantities of a pot.
    pub(crate) fn pot_row<'f>(
        &'f self,
        subject: usize,
        score: Points,
        pot: &'f Rational,
        demand: &'f Demand,
    ) -> Row<'f, 'a> {
        Row { score: Some(score), pot: Some(pot), ..self.row(subject, Some(demand)) }
    }

    /// A scope for the bounds of a place.
    pub(crate) fn place_row<'f>(&'f self, node: usize, pot: &'f Rational, demand: &'f Demand) -> Row<'f, 'a> {
        Row {
            facts: self,
            subject: None,
            node: Some(node),
            score: None,
            pot: Some(pot),
            demand: Some(demand),
        }
    }

    /// Whether an expression rests on what people say, so that each application's value has people of its own behind it.
    pub(crate) fn is_told(&self, expr: &Expr) -> bool {
        let columns = origins::columns(&self.inputs.policy, &self.inputs.schema, expr);
        columns.iter().any(|p| matches!(p.file.as_str(), OBSERVATIONS | JOURNEYS))
    }

    /// Where the values of an expression come from, for an application where there is one, and the oldest as-of date among them.
    pub(crate) fn origin_of(
        &self,
        subject: Option<usize>,
        expr: &Expr,
        answers: &[AnswerUsed],
    ) -> (String, Option<Date>) {
        let policy = &self.inputs.policy;
        let names = expr.names().iter().filter_map(|id| policy.name(*id));
        let models: Vec<Provenance> =
            names.filter_map(|name| self.inputs.provenance_of_model(name)).collect();
        let columns = origins::columns(policy, &self.inputs.schema, expr);
        let provenance: Vec<&Provenance> = models.iter().chain(columns).collect();
        let behind = |p: &Provenance| {
            let facility = self.subjects.get(subject?)?.facility_id;
            self.observed.as_ref()?.behind(&p.file, &p.column, facility)
        };
        let describe = |p: &&Provenance| match behind(p) {
            Some((people, _)) => format!("{}, n = {people}", p.describe()),
            None => p.describe(),
        };
        let mut sources: Vec<String> = provenance.iter().map(describe).collect();
        sources.extend(answers.iter().map(|a| a.source.clone()).filter(|s| !s.is_empty()));
        sources.dedup();
        let day = |p: &&Provenance| behind(p).map(|(_, newest)| newest).or(p.as_of);
        let days = provenance.iter().filter_map(day).chain(answers.iter().filter_map(|a| a.as_of));
        (sources.join("; "), days.min())
    }

    fn table(&self, entity: Entity) -> Option<&'a Table> {
        entity.file().and_then(|file| self.inputs.table(file))
    }

    /// The population of a node, when the table says so.
    pub(crate) fn population(&self, node: usize) -> Option<Rational> {
        let table = self.inputs.table(TERRITORIES)?;
        number(table.cell(*self.territory_rows.get(node)?, table.column("population")?))
    }

    /// The row of `territories.csv` of a node.
    pub(crate) fn territory_row(&self, node: usize) -> Option<usize> {
        self.territory_rows.get(node).copied()
    }
}

/// Each node's part of the total of its parent's level (of its own at the top).
fn shares_of_the_level(tree: &TerritoryTree, amounts: &[Option<Rational>]) -> Vec<Option<Rational>> {
    let mut totals: BTreeMap<&str, Rational> = BTreeMap::new();
    for (node, amount) in amounts.iter().enumerate() {
        if let Some(amount) = amount {
            let total = totals.entry(tree.level(node)).or_insert_with(Rational::zero);
            *total = &*total + amount;
        }
    }
    (0..tree.len())
        .map(|node| {
            let parent_level = tree.parent(node).map(|p| tree.level(p));
            let total = parent_level.and_then(|l| totals.get(l)).or_else(|| totals.get(tree.level(node)))?;
            amounts[node].as_ref()?.checked_div(total)
        })
        .collect()
}

fn accessors(inputs: &Inputs) -> Vec<Accessor> {
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

fn territory_rows(inputs: &Inputs) -> Vec<usize> {
    let Some(table) = inputs.table(TERRITORIES) else { return Vec::new() };
    let Some(code) = table.column("territory") else { return Vec::new() };
    let mut rows = vec![0; inputs.tree.len()];
    for row in 0..table.len() {
        if let Some(node) = inputs.tree.index_of(table.cell(row, code)) {
            rows[node] = row;
        }
    }
    rows
}

fn subjects(inputs: &Inputs) -> Vec<Subject<'_>> {
    let Some(applications) = inputs.applications() else { return Vec::new() };
    let facilities = inputs.table(FACILITIES);
    let facility_rows = index_rows(facilities, "facility_id");
    let operator_rows = index_rows(inputs.table(OPERATORS), "operator_id");
    let history = history_rows(inputs);
    let currency = inputs.policy.round.currency;
    let own = |row: usize, name: &str| applications.column(name).map_or("", |c| applications.cell(row, c));
    let mut subjects: Vec<Subject<'_>> = (0..applications.len())
        .map(|row| {
            let facility_id = own(row, "facility_id");
            let facility = facility_rows.get(facility_id).copied();
            let of_facility = |name: &str| {
                let (table, row) = (facilities?, facility?);
                Some(table.cell(row, table.column(name)?))
            };
            let own_or_facility = |name: &str| match own(row, name) {
                "" => of_facility(name).unwrap_or(""),
                filled => filled,
            };
            let operator_id = own_or_facility("operator_id");
            let territory_code = own_or_facility("territory");
            Subject {
                id: own(row, "application_id"),
                row,
                facility_id,
                facility,
                operator_id,
                operator: operator_rows.get(operator_id).copied(),
                territory: inputs.tree.index_of(territory_code),
                territory_code,
                history: history.of(facility_id, operator_id),
                sought: Money::parse(own(row, "amount_sought"), currency).ok(),
            }
        })
        .collect();
    subjects.sort_by(|a, b| a.id.cmp(b.id));
    subjects
}

fn index_rows<'t>(table: Option<&'t Table>, key: &str) -> HashMap<&'t str, usize> {
    let Some((table, key)) = table.and_then(|t| Some((t, t.column(key)?))) else { return HashMap::new() };
    (0..table.len()).map(|row| (table.cell(row, key), row)).filter(|(id, _)| !id.is_empty()).collect()
}

/// Rows of `history.csv` by whom they belong to: the facility where a row names one, else the operator.
#[derive(Default)]
struct HistoryRows<'a> {
    facility: HashMap<&'a str, Vec<usize>>,
    operator: HashMap<&'a str, Vec<usize>>,
    period: Vec<&'a str>,
}

impl HistoryRows<'_> {
    fn of(&self, facility: &str, operator: &str) -> Vec<usize> {
        let none = Vec::new();
        let by = |map: &HashMap<&str, Vec<usize>>, id: &str| {
            if id.is_empty() { none.clone() } else { map.get(id).cloned().unwrap_or_default() }
        };
        let mut rows = by(&self.facility, facility);
        rows.extend(by(&self.operator, operator));
        rows.sort_by_key(|row| (self.period[*row], *row));
        rows
    }
}

fn history_rows(inputs: &Inputs) -> HistoryRows<'_> {
    let Some(table) = inputs.table(HISTORY) else { return HistoryRows::default() };
    let cell = |row: usize, name: &str| table.column(name).map_or("", |c| table.cell(row, c));
    let mut rows = HistoryRows::default();
    for row in 0..table.len() {
        rows.period.push(cell(row, "period"));
        let (facility, operator) = (cell(row, "facility_id"), cell(row, "operator_id"));
        if !facility.is_empty() {
            rows.facility.entry(facility).or_default().push(row);
        } else if !operator.is_empty() {
            rows.operator.entry(operator).or_default().push(row);
        }
    }
    rows
}

/// What an expression sees of one application, or of one place.
pub(crate) struct Row<'f, 'a> {
    facts: &'f Facts<'a>,
    subject: Option<usize>,
    node: Option<usize>,
    score: Option<Points>,
    pot: Option<&'f Rational>,
    demand: Option<&'f Demand>,
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
