//! The trade-off between two goals in sentences.

use std::cmp::Reverse;

use adil_domain::{Language, Points, Rational};
use adil_round::Decision;
use adil_round::what_if::{Frontier, GOAL_DECIMALS, Kind, Per, Tried};

use crate::sentences::Teller;

/// The most weights in a sentence; the tables have all.
const NAMED: usize = 3;

/// Puts one trade-off into words.
pub(crate) struct Story<'a> {
    pub(crate) teller: Teller<'a>,
    pub(crate) found: &'a Frontier,
}

/// How an indicator is called in a sentence.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Called {
    /// By `criterion.indicator`, as a command takes it.
    ById,
    /// By its title.
    ByTitle,
}

impl<'a> Story<'a> {
    pub(crate) fn new(found: &'a Frontier, decision: &'a Decision, language: Language) -> Self {
        Self { teller: Teller::new(decision, language), found }
    }

    /// What a goal is called.
    pub(crate) fn goal(&self, at: usize) -> String {
        let (words, criteria) = (self.teller.words, &self.teller.decision.policy.criteria);
        match &self.found.goals[at].kind {
            Kind::Criterion(c) => self.teller.title(&criteria[*c].meta.title, &criteria[*c].id).to_owned(),
            Kind::Indicator(c, i) => {
                let indicator = &criteria[*c].indicators[*i];
                self.teller.title(&indicator.meta.title, &indicator.id).to_owned()
            }
            Kind::Equality { level, per } => {
                let id = match per {
                    Per::Resident => "goal-equality",
                    Per::Sought => "goal-equality-sought",
                };
                words.message(id).text("level", words.level(level)).say()
            }
            Kind::Funded => words.say("goal-funded"),
        }
    }

    /// What a goal measures.
    pub(crate) fn means(&self, at: usize) -> String {
        let words = self.teller.words;
        let id = match &self.found.goals[at].kind {
            Kind::Criterion(_) => "goal-means-criterion",
            Kind::Indicator(..) => "goal-means-indicator",
            Kind::Equality { per: Per::Resident, .. } => "goal-means-equality",
            Kind::Equality { per: Per::Sought, .. } => "goal-means-equality-sought",
            Kind::Funded => "goal-means-funded",
        };
        words
            .message("goal-means")
            .text("name", self.goal(at))
            .text("id", &self.found.goals[at].id)
            .text("means", words.say(id))
            .say()
    }

    /// How far a goal is reached.
    pub(crate) fn reached(&self, points: Points) -> String {
        self.teller.words.number(&points.to_rational(), GOAL_DECIMALS)
    }

    pub(crate) fn weight(&self, weight: &Rational) -> String {
        self.teller.words.language.short_number(weight, 2)
    }

    /// All weights of a set in the policy's order.
    pub(crate) fn weights(&self, tried: &Tried) -> String {
        tried.weights.iter().map(|w| self.weight(w)).collect::<Vec<_>>().join(" · ")
    }

    /// Every indicator: its identifier and its title.
    pub(crate) fn indicators(&self) -> Vec<(String, &'a str)> {
        let criteria = self.teller.decision.policy.criteria.iter();
        let all = criteria.flat_map(|c| c.indicators.iter().map(move |i| (c, i)));
        all.map(|(c, i)| (format!("{}.{}", c.id, i.id), self.teller.title(&i.meta.title, &i.id))).collect()
    }

    /// What there is to choose between, where the published weights are, and what was to be had: at least one sentence.
    pub(crate) fn verdict(&self, called: Called) -> Vec<String> {
        let (words, found) = (self.teller.words, self.found);
        if !found.has_freedom() {
            return vec![words.say("frontier-fixed")];
        }
        let mut said = Vec::new();
        if found.agree() {
            let chosen = if found.chosen_at.is_some() { "yes" } else { "no" };
            said.push(words.message("frontier-agree").text("chosen", chosen).say());
        } else {
            said.extend(self.span());
            let id = if found.chosen_at.is_some() { "frontier-on" } else { "frontier-below" };
            said.push(words.say(id));
        }
        match found.more {
            [Some(first), Some(second)] if first == second => said.extend(self.both(first, called)),
            _ => said.extend([0, 1].into_iter().filter_map(|goal| self.more(goal, called))),
        }
        said
    }

    /// That one set reaches more of both goals.
    fn both(&self, at: usize, called: Called) -> Option<String> {
        let better = self.found.curve.get(at)?;
        let (from, to) = (self.found.chosen.reached, better.reached);
        let message = self
            .teller
            .words
            .message("frontier-both")
            .text("first", self.goal(0))
            .text("first-from", self.reached(from[0]))
            .text("first-to", self.reached(to[0]))
            .text("second", self.goal(1))
            .text("second-from", self.reached(from[1]))
            .text("second-to", self.reached(to[1]))
            .text("changes", self.changes(better, called));
        Some(message.say())
    }

    /// The head of the column of sums.
    pub(crate) fn divided(&self) -> String {
        let words = self.teller.words;
        words.message("column-divided").text("currency", words.currency_name()).say()
    }

    /// From one end of the curve to the other.
    fn span(&self) -> Option<String> {
        let (first, last) = (self.found.curve.first()?, self.found.curve.last()?);
        let message = self
            .teller
            .words
            .message("frontier-span")
            .text("first", self.goal(0))
            .text("second", self.goal(1))
            .text("first-low", self.reached(first.reached[0]))
            .text("first-high", self.reached(last.reached[0]))
            .text("second-low", self.reached(last.reached[1]))
            .text("second-high", self.reached(first.reached[1]));
        Some(message.say())
    }

    /// How much more of a goal was to be had for nothing.
    fn more(&self, goal: usize, called: Called) -> Option<String> {
        let better = self.found.curve.get(self.found.more[goal]?)?;
        let (from, to) = (self.found.chosen.reached[goal], better.reached[goal]);
        let message = self
            .teller
            .words
            .message("frontier-more")
            .text("goal", self.goal(goal))
            .text("other", self.goal(1 - goal))
            .text("from", self.reached(from))
            .text("to", self.reached(to))
            .text("gain", self.reached(Points::from_micro(to.micro() - from.micro())))
            .text("changes", self.changes(better, called));
        Some(message.say())
    }

    /// The weights that differ most from the published ones.
    fn changes(&self, tried: &Tried, called: Called) -> String {
        let words = self.teller.words;
        let indicators = self.indicators();
        let published = &self.found.chosen.weights;
        let mut changed: Vec<usize> =
            (0..published.len()).filter(|at| published[*at] != tried.weights[*at]).collect();
        changed.sort_by_cached_key(|at| (Reverse((&published[*at] - &tried.weights[*at]).abs()), *at));
        let change = |at: &usize| {
            let (id, title) = &indicators[*at];
            let (message, name) = match called {
                Called::ById => ("frontier-change", id.as_str()),
                Called::ByTitle => ("frontier-change-titled", *title),
            };
            words
                .message(message)
                .text("name", name)
                .text("before", self.weight(&published[*at]))
                .text("after", self.weight(&tried.weights[*at]))
                .say()
        };
        let named = changed.iter().take(NAMED).map(change).collect::<Vec<_>>().join(", ");
        match changed.len().saturating_sub(NAMED) {
            0 => named,
            more => words.message("frontier-changes-more").text("changes", named).count(more).say(),
        }
    }

    /// What was varied, and how far.
    pub(crate) fn varied(&self) -> String {
        let words = self.teller.words;
        let mut said = words.say("frontier-varied");
        if let Some(within) = self.found.search.within {
            said.push(' ');
            said.push_str(&words.message("frontier-within").text("within", words.count(within.into())).say());
        }
        said
    }

    /// How many sets were tried.
    pub(crate) fn tried(&self) -> String {
        let words = self.teller.words;
        let mut said = words.message("frontier-tried").count(self.found.tried).say();
        if self.found.impossible > 0 {
            said.push(' ');
            said.push_str(&words.message("frontier-impossible").count(self.found.impossible).say());
        }
        if self.found.set_aside > 0 {
            said.push(' ');
            said.push_str(&words.message("frontier-set-aside").count(self.found.set_aside).say());
        }
        said
    }
}
