//! One application in sentences, for the page and the terminal alike. Whole messages; the marks in them are for
//! [`crate::words::html`] and [`crate::words::plain`].

use adil_domain::{Date, LocalizedText, Money, Rational};
use adil_policy::Indicator;
use adil_round::decision::{Binding, NodeDecision, PotAward, Reason};
use adil_round::explain::Change;
use adil_round::{ApplicationDecision, Decision, Status};

use crate::words::Words;

/// The weight whose sentence can name the points and the ask themselves.
const POINTS_TIMES_ASK: [&str; 2] = ["score*application.amount_sought", "application.amount_sought*score"];

/// The name people know an application by, or its identifier.
pub(crate) fn who(application: &ApplicationDecision) -> &str {
    if application.name.is_empty() { &application.id } else { &application.name }
}

/// Puts one decision into words.
#[derive(Clone, Copy)]
pub(crate) struct Teller<'d> {
    pub(crate) decision: &'d Decision,
    pub(crate) words: Words,
}

impl<'d> Teller<'d> {
    pub(crate) fn new(decision: &'d Decision, language: adil_domain::Language) -> Self {
        Self { decision, words: Words::new(language, decision.currency()).of_shadow(decision.shadow) }
    }

    /// The name people know an application by, or its identifier.
    /// The name of a place; its code where no place has that code.
    pub(crate) fn place(&self, territory: usize) -> &'d str {
        self.decision.territories.get(territory).map_or("", |t| match t.name.text(self.words.language) {
            "" => t.code.as_str(),
            name => name,
        })
    }

    /// The title of a pot.
    pub(crate) fn pot(&self, pot: usize) -> &'d str {
        self.decision.policy.pots.get(pot).map_or("", |p| self.title(&p.meta.title, &p.id))
    }

    pub(crate) fn title<'t>(&self, title: &'t LocalizedText, id: &'t str) -> &'t str {
        self.words.title(title, id).trim_end_matches('.')
    }

    /// The indicator of `criterion.indicator`.
    pub(crate) fn indicator(&self, id: &str) -> Option<&'d Indicator> {
        let (criterion, indicator) = id.split_once('.')?;
        let criterion = self.decision.policy.criteria.iter().find(|c| c.id == criterion)?;
        criterion.indicators.iter().find(|i| i.id == indicator)
    }

    fn gate_title(&self, id: &str) -> String {
        let gate = self.decision.policy.gates.iter().find(|g| g.id == id);
        gate.map_or(id, |g| self.title(&g.meta.title, &g.id)).to_owned()
    }

    pub(crate) fn node(&self, award: &PotAward) -> Option<&'d NodeDecision> {
        self.decision.pots.get(award.pot)?.nodes.get(award.node)
    }

    /// The node whose bound or share set the price of a node: itself where a bound of its own binds, else the
    /// nearest place above it that a bound binds, else the whole pot.
    pub(crate) fn price_node(&self, pot: usize, node: usize) -> usize {
        let Some(nodes) = self.decision.pots.get(pot).map(|p| &p.nodes) else { return node };
        let mut at = node;
        while let Some(current) = nodes.get(at)
            && current.binding == Binding::Free
            && let Some(parent) = current.parent
        {
            at = parent;
        }
        at
    }

    /// The name of a node: its place, or the pot itself.
    pub(crate) fn node_name(&self, pot: usize, node: usize) -> String {
        let territory = self.decision.pots.get(pot).and_then(|p| p.nodes.get(node)).and_then(|n| n.territory);
        territory.map_or_else(|| self.words.say("whole-budget"), |t| self.place(t).to_owned())
    }

    /// Weight × price: what an application would have before its own bounds.
    pub(crate) fn share(&self, award: &PotAward) -> Rational {
        self.node(award).map_or_else(Rational::zero, |node| &award.weight * &node.price)
    }

    /// The one sentence that answers "what became of it?".
    pub(crate) fn headline(&self, application: &ApplicationDecision) -> String {
        match application.status {
            Status::Funded => self.funded(application),
            Status::NotFunded => self.not_funded(application),
            Status::Held => self.held(application),
            Status::Ineligible => self.ineligible(application),
        }
    }

    fn funded(&self, application: &ApplicationDecision) -> String {
        let words = self.words;
        let amount = words.money(application.amount);
        let message = |id| words.message(id).text("name", who(application)).strong("amount", &amount);
        let [award] = application.pots.as_slice() else {
            return message("funded-pots").count(application.pots.len()).say();
        };
        let share = words.major(&self.share(award));
        match award.binding {
            Binding::Ceiling if application.sought == Some(award.amount) => {
                message("funded-all").text("share", share).say()
            }
            Binding::Ceiling => message("funded-ceiling").text("share", share).say(),
            Binding::Floor => message("funded-floor").text("share", share).say(),
            Binding::ZeroWeight => message("funded-zero-weight").say(),
            Binding::Free | Binding::Dropped => self.funded_free(application, award),
        }
    }

    fn funded_free(&self, application: &ApplicationDecision, award: &PotAward) -> String {
        let words = self.words;
        let Some(node) = self.node(award) else { return String::new() };
        let price = words.price_money(&node.price);
        let place = self.node_name(award.pot, award.node);
        let id = match (self.is_points_times_ask(award.pot), application.sought) {
            (true, Some(_)) => "funded-points",
            _ => "funded-weight",
        };
        words
            .message(id)
            .text("name", who(application))
            .strong("amount", words.money(application.amount))
            .text("points", words.points(application.points))
            .text("sought", application.sought.map(|m| words.money(m)).unwrap_or_default())
            .text("weight", words.short(&award.weight))
            .text("price", price)
            .link("place", place, &format!("#t{}-{}", award.pot, award.node))
            .say()
    }

    /// Whether the weight is points × the amount asked for, so that a sentence may say it so.
    pub(crate) fn is_points_times_ask(&self, pot: usize) -> bool {
        self.decision.policy.pots.get(pot).is_some_and(|p| {
            let bare: String = p.weight.source().split_whitespace().collect();
            POINTS_TIMES_ASK.contains(&bare.as_str())
        })
    }

    fn not_funded(&self, application: &ApplicationDecision) -> String {
        let words = self.words;
        let message = |id| words.message(id).text("name", who(application));
        let dropped = application.pots.iter().find(|a| a.binding == Binding::Dropped);
        if let Some(award) = dropped {
            return message("nothing-below-minimum")
                .money("award", award.before_drop.unwrap_or(Money::zero(words.currency)))
                .money("minimum", award.minimum.unwrap_or(Money::zero(words.currency)))
                .say();
        }
        match application.reasons.first() {
            Some(Reason::NoPot) => message("nothing-no-pot").say(),
            Some(Reason::ZeroWeight) => message("nothing-zero-weight").say(),
            Some(Reason::Ceiling) => message("nothing-ceiling").say(),
            _ => message("nothing-below-unit").money("unit", self.decision.policy.round.unit).say(),
        }
    }

    fn held(&self, application: &ApplicationDecision) -> String {
        let words = self.words;
        let kept = application.amount_if_cleared.filter(|m| m.minor() > 0);
        let message = |id| {
            words
                .message(id)
                .text("name", who(application))
                .text("kept", if kept.is_some() { "some" } else { "none" })
                .strong("amount", kept.map(|m| words.money(m)).unwrap_or_default())
        };
        // An ask that is not stated is the cause; a gate that can't be told without it is only its shadow.
        let unknown = application.reasons.iter().find(|r| **r == Reason::AmountUnknown);
        match unknown.or(application.reasons.first()) {
            Some(Reason::AmountUnknown) => message("held-amount").say(),
            Some(Reason::IndicatorMissing(id)) => {
                let title = self.indicator(id).map_or(id.as_str(), |i| self.title(&i.meta.title, &i.id));
                message("held-indicator").text("title", title).say()
            }
            Some(Reason::QuantityUnknown { pot, quantity }) => {
                let at = self.decision.policy.pots.iter().position(|p| p.id == *pot);
                message("held-quantity")
                    .text("pot", at.map_or(pot.as_str(), |at| self.pot(at)))
                    .text("quantity", words.say(&format!("quantity-{quantity}")))
                    .say()
            }
            Some(Reason::Flagged(id)) => message("held-flag").text("title", self.detector_title(id)).say(),
            Some(Reason::GateUnknown(id) | Reason::GateFailed(id)) => {
                message("held-gate").text("title", self.gate_title(id)).say()
            }
            _ => message("held-other").say(),
        }
    }

    fn ineligible(&self, application: &ApplicationDecision) -> String {
        let words = self.words;
        let gates = &self.decision.policy.gates;
        let failed = application.reasons.iter().find_map(|r| match r {
            Reason::GateFailed(id) | Reason::GateUnknown(id) => Some(id.as_str()),
            _ => None,
        });
        let id = failed.unwrap_or_default();
        let result = gates.iter().position(|g| g.id == id).and_then(|at| application.gates.get(at));
        let source = result.map(|r| self.source(&r.source, r.as_of)).unwrap_or_default();
        words
            .message("ineligible")
            .text("name", who(application))
            .text("title", self.gate_title(id))
            .text("known", if source.is_empty() { "no" } else { "yes" })
            .text("source", source)
            .say()
    }

    /// Who says so, as of when; empty when nobody says.
    pub(crate) fn source(&self, source: &str, as_of: Option<Date>) -> String {
        let source = self.source_name(source);
        match (source.is_empty(), as_of) {
            (true, None) => String::new(),
            (true, Some(date)) => self.words.message("as-of").date("date", date).say(),
            (false, None) => source,
            (false, Some(date)) => {
                self.words.message("source-as-of").text("source", source).date("date", date).say()
            }
        }
    }

    /// The title that the policy gives a source, or its name.
    pub(crate) fn source_name(&self, name: &str) -> String {
        let declared = self.decision.policy.sources.iter().find(|s| s.name == name);
        declared.map_or_else(|| name.to_owned(), |s| self.title(&s.meta.title, &s.name).to_owned())
    }

    /// What would change the amount.
    pub(crate) fn changes(&self, application: &ApplicationDecision, changes: &[Change]) -> Vec<String> {
        changes.iter().filter_map(|change| self.change(application, change)).collect()
    }

    fn change(&self, application: &ApplicationDecision, change: &Change) -> Option<String> {
        let words = self.words;
        let award = |pot: &str| {
            application
                .pots
                .iter()
                .find(|a| self.decision.policy.pots.get(a.pot).is_some_and(|p| p.id == pot))
        };
        let major = |text: &str| text.parse::<Rational>().map(|r| words.major(&r)).unwrap_or_default();
        Some(match change {
            Change::NextPoint { adds, .. } => {
                words.message("change-next-point").text("adds", major(adds)).say()
            }
            Change::CeilingReached { is_amount_sought: true, .. } => words.say(match application.status {
                Status::Held => "change-ceiling-ask-held",
                _ => "change-ceiling-ask",
            }),
            Change::CeilingReached { pot, .. } => {
                let ceiling = award(pot)?.ceiling?;
                words.message("change-ceiling").money("ceiling", ceiling).say()
            }
            Change::FloorHolds { pot, share } => {
                let floor = award(pot)?.floor;
                words.message("change-floor").text("share", major(share)).money("floor", floor).say()
            }
            Change::BelowMinimum { minimum, .. } => {
                words.message("change-minimum").text("minimum", major(minimum)).say()
            }
            Change::MeetGate { gate } => {
                words.message("change-meet-gate").text("title", self.gate_title(gate)).say()
            }
            // Without an ask nothing is kept, and stating it comes first.
            Change::AnswerFlag { detector } => {
                words.message("change-answer-flag").text("title", self.detector_title(detector)).say()
            }
            Change::ClearGate { gate } if application.amount_if_cleared.is_none() => {
                words.message("change-meet-gate").text("title", self.gate_title(gate)).say()
            }
            Change::ClearGate { gate } => {
                words.message("change-clear-gate").text("title", self.gate_title(gate)).say()
            }
            Change::StateAmount => words.say("change-state-amount"),
            Change::StateValue { indicator, up_to } => {
                let title = self
                    .indicator(indicator)
                    .map_or(indicator.as_str(), |i| self.title(&i.meta.title, &i.id));
                let up_to: Rational = up_to.parse().ok()?;
                words
                    .message("change-state-value")
                    .text("title", title)
                    .text("points", words.short(&up_to))
                    .say()
            }
        })
    }

    /// A reason in a few words.
    pub(crate) fn reason(&self, reason: &Reason) -> String {
        let words = self.words;
        match reason {
            Reason::GateFailed(id) => {
                words.message("reason-gate-failed").text("title", self.gate_title(id)).say()
            }
            Reason::GateUnknown(id) => {
                words.message("reason-gate-unknown").text("title", self.gate_title(id)).say()
            }
            Reason::Flagged(id) => {
                words.message("reason-flagged").text("title", self.detector_title(id)).say()
            }
            Reason::QuantityUnknown { quantity, .. } => {
                let quantity = words.say(&format!("quantity-{quantity}"));
                words.message("reason-quantity-unknown").text("quantity", quantity).say()
            }
            Reason::IndicatorMissing(id) => {
                let title = self.indicator(id).map_or(id.as_str(), |i| self.title(&i.meta.title, &i.id));
                words.message("reason-indicator-missing").text("title", title).say()
            }
            other => words.say(&format!("reason-{other}")),
        }
    }

    /// The bound that holds an application's own amount, in words; empty where none does.
    pub(crate) fn own_bound(&self, application: &ApplicationDecision, award: &PotAward) -> String {
        let words = self.words;
        match award.binding {
            Binding::Free => String::new(),
            Binding::Ceiling if application.sought == award.ceiling => words.say("bound-ask"),
            Binding::Ceiling => {
                let ceiling = award.ceiling.unwrap_or(award.amount);
                words.message("bound-ceiling").money("ceiling", ceiling).say()
            }
            Binding::Floor => words.message("bound-floor").money("floor", award.floor).say(),
            Binding::ZeroWeight => words.say("bound-zero-weight"),
            Binding::Dropped => {
                let minimum = award.minimum.unwrap_or(award.amount);
                words.message("bound-minimum").money("minimum", minimum).say()
            }
        }
    }

    /// The step of a price chain: the price of a node, and the bound that bends it.
    pub(crate) fn chain_step(&self, pot: usize, at: usize) -> String {
        let words = self.words;
        let Some(node) = self.decision.pots.get(pot).and_then(|p| p.nodes.get(at)) else {
            return String::new();
        };
        let (id, bound) = match node.binding {
            Binding::Ceiling => ("chain-ceiling", node.ceiling),
            Binding::Floor => ("chain-floor", Some(node.floor)),
            _ => ("chain-free", None),
        };
        words
            .message(id)
            .text("place", self.node_name(pot, at))
            .text("price", words.price_money(&node.price))
            .text("bound", bound.map(|m| words.money(m)).unwrap_or_default())
            .say()
    }

    /// Why the price of a node is not that of the whole pot; empty where it is.
    pub(crate) fn price_because(&self, pot: usize, node: usize) -> String {
        let bent = self.price_node(pot, node);
        let nodes = self.decision.pots.get(pot).map(|p| &p.nodes);
        let binds = nodes
            .and_then(|n| n.get(bent))
            .is_some_and(|n| n.parent.is_some() && matches!(n.binding, Binding::Ceiling | Binding::Floor));
        if binds { self.chain_step(pot, bent) } else { String::new() }
    }

    /// What binds a place, in words.
    pub(crate) fn place_bound(&self, pot: usize, node: usize) -> String {
        let words = self.words;
        let Some(this) = self.decision.pots.get(pot).and_then(|p| p.nodes.get(node)) else {
            return String::new();
        };
        let above = self.price_node(pot, node);
        match this.binding {
            Binding::Ceiling => words.say("place-ceiling"),
            Binding::Floor => words.say("place-floor"),
            Binding::ZeroWeight => words.say("place-zero-weight"),
            Binding::Free | Binding::Dropped if above == node => words.say("place-free-root"),
            Binding::Free | Binding::Dropped if above == 0 => words.say("place-free-common"),
            Binding::Free | Binding::Dropped => {
                words.message("place-free").text("above", self.node_name(pot, above)).say()
            }
        }
    }
}
