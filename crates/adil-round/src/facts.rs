//! What is known about each application: its facility, operator, place, checks and history, by name of the policy.

mod answers;
mod clusters;
mod demand;
pub(crate) mod flags;
mod scope;
mod subjects;

use std::collections::{BTreeMap, HashMap};

use adil_domain::territory::TerritoryTree;
use adil_domain::{CheckAnswer, Date, Money, Points, Problems, Rational};
use adil_policy::{Entity, Expr};

use self::clusters::Clusters;
pub(crate) use self::demand::Demand;
use self::scope::Accessor;
pub(crate) use self::scope::{Row, evaluate, read_cell};
pub(crate) use self::subjects::Subject;
use crate::decision::{AnswerUsed, Flagged, Provenance};
use crate::folder::{JOURNEYS, OBSERVATIONS, TERRITORIES};
use crate::inputs::{Inputs, number};
use crate::models::{self, Forecasts};
use crate::notes::Notes;
use crate::observed::{self, Observed};
use crate::origins;
use crate::reach::{self, Reach};
use crate::table::Table;

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

impl<'a> Facts<'a> {
    /// Joins the tables. Applications come in byte order of their identifiers, whatever the order of the file.
    pub(crate) fn join(inputs: &'a Inputs) -> Self {
        let mut facts = Self {
            inputs,
            subjects: Vec::new(),
            accessors: scope::accessors(inputs),
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
        facts.subjects = subjects::subjects(inputs);
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
