//! The applications of a large round: one row for each, which is its own explanation, folded away by place.
//!
//! What many rows share (conditions, indicators, sources, prices, why a price is what it is) is said once and not
//! forty thousand times: a row holds value → points for each indicator, the sum of points, weight × price = share →
//! amount for each part of the budget, and in words only what is not as usual. End tags that HTML lets out are left
//! out, since they would be a fifth of the page.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use adil_domain::{Money, Outcome, Points, Rational};
use adil_round::decision::{Binding, PotAward};
use adil_round::{ApplicationDecision, Status};
use rayon::prelude::*;

use super::applications::{Group, by_place, class, place_name, what};
use crate::sentences::{Teller, who};
use crate::words::{html, mark, status_mark};

/// From so many applications on, a page holds a ledger and no longer every explanation in words.
pub(crate) const LARGE: usize = 5_000;

/// Everything rows share.
struct Ledger<'d> {
    teller: Teller<'d>,
    reasons: BTreeMap<String, String>,
    statuses: BTreeMap<Status, String>,
    gates: Vec<String>,
    /// Prices as they are written, by pot and node.
    prices: Vec<Vec<String>>,
    has_next: bool,
}

/// The rows as HTML, the places for links, and the style that labels cells on a phone.
pub(crate) fn render(teller: Teller<'_>) -> (String, Vec<Group>, String) {
    let ledger = Ledger::new(teller);
    let sections = by_place(&teller);
    let head = ledger.head();
    let bodies: Vec<String> = sections.par_iter().map(|(_, a)| ledger.body(a)).collect();
    let mut out =
        String::with_capacity(bodies.iter().map(String::len).sum::<usize>() + sections.len() * 2_000);
    let mut groups = Vec::new();
    let mut above = None;
    for (at, ((territory, applications), body)) in sections.iter().zip(bodies).enumerate() {
        let parent = territory.and_then(|t| teller.decision.territories.get(t)).map(|t| t.parent.as_str());
        if parent != above {
            above = parent;
            let place = teller.decision.territories.iter().position(|t| Some(t.code.as_str()) == parent);
            if let Some(place) = place {
                let _ = writeln!(out, "<h3>{}</h3>", html(teller.place(place)));
            }
        }
        let name = place_name(&teller, *territory);
        let count = teller.words.message("applications").count(applications.len()).say();
        let awarded: i128 = applications.iter().map(|a| i128::from(a.amount.minor())).sum();
        let awarded = Money::from_minor(i64::try_from(awarded).unwrap_or(i64::MAX), teller.words.currency);
        let _ = writeln!(
            out,
            "<details class=\"place\" id=\"c{at}\"><summary><b>{}</b> <small>{}</small> <span>{}</span></summary>{}\
             <table>{head}<tbody>{body}</tbody></table></details>",
            html(&name),
            html(&count),
            html(&teller.words.money(awarded)),
            ledger.prices_of(applications),
        );
        groups.push(Group { id: format!("c{at}"), name, count, territory: *territory });
    }
    (out, groups, ledger.labels())
}

impl<'d> Ledger<'d> {
    fn new(teller: Teller<'d>) -> Self {
        let decision = teller.decision;
        let mut reasons = BTreeMap::new();
        for reason in decision.applications.iter().flat_map(|a| &a.reasons) {
            reasons.entry(reason.to_string()).or_insert_with(|| teller.reason(reason));
        }
        let gates = decision.policy.gates.iter().map(|g| teller.title(&g.meta.title, &g.id).to_owned());
        let prices = |pot: &adil_round::decision::PotDecision| {
            pot.nodes.iter().map(|n| teller.words.price(&n.price)).collect()
        };
        Self {
            reasons,
            statuses: Status::ALL.into_iter().map(|s| (s, teller.words.status(s))).collect(),
            gates: gates.collect(),
            prices: decision.pots.iter().map(prices).collect(),
            has_next: decision.applications.iter().flat_map(|a| &a.pots).any(|p| p.next_point.is_some()),
            teller,
        }
    }

    /// The columns after the first: their heads, with a link to what they mean.
    fn columns(&self) -> Vec<(String, String)> {
        let (teller, words) = (&self.teller, self.teller.words);
        let policy = &teller.decision.policy;
        let mut columns: Vec<(String, String)> = policy
            .criteria
            .iter()
            .flat_map(|c| &c.indicators)
            .enumerate()
            .map(|(at, i)| (teller.title(&i.meta.title, &i.id).to_owned(), format!("#i{at}")))
            .collect();
        let mut plain = |id: &str| columns.push((words.say(id), String::new()));
        plain("column-points");
        if words.asks() {
            plain("column-sought");
        }
        for pot in 0..policy.pots.len() {
            let title =
                if policy.pots.len() > 1 { teller.pot(pot).to_owned() } else { words.say("column-share") };
            columns.push((title, format!("#t{pot}-0")));
        }
        let mut plain = |id: &str| columns.push((words.say(id), String::new()));
        plain("column-amount");
        if self.has_next {
            plain("column-next-point");
        }
        if teller.decision.uncertainty.is_some() {
            plain("column-firm");
        }
        plain("column-status");
        columns
    }

    fn head(&self) -> String {
        let mut out =
            format!("<thead><tr><th scope=\"col\">{}", html(&self.teller.words.say("column-application")));
        for (title, href) in self.columns() {
            let title = html(&title);
            if href.is_empty() {
                let _ = write!(out, "<th scope=\"col\">{title}");
            } else {
                let _ = write!(out, "<th scope=\"col\"><a href=\"{href}\">{title}</a>");
            }
        }
        out.push_str("</thead>");
        out
    }

    /// On a phone a row is a card, and the style sheet writes the column beside each value.
    fn labels(&self) -> String {
        let mut css = String::from("@media screen and (max-width:760px){");
        for (at, (title, _)) in self.columns().into_iter().enumerate() {
            let _ = writeln!(
                css,
                "#ledger td:nth-of-type({})::before{{content:{}}}",
                at + 1,
                super::page::quoted(&title)
            );
        }
        css.push('}');
        css
    }

    /// The prices of a place, once for all of its rows.
    fn prices_of(&self, applications: &[&ApplicationDecision]) -> String {
        let mut nodes: Vec<(usize, usize)> =
            applications.iter().flat_map(|a| &a.pots).map(|p| (p.pot, p.node)).collect();
        nodes.sort_unstable();
        nodes.dedup();
        let mut out = String::new();
        for (pot, node) in nodes {
            let mut said = self.teller.price_because(pot, node);
            if said.is_empty() {
                said = self.teller.chain_step(pot, node);
            }
            let title =
                if self.prices.len() > 1 { format!("{}: ", self.teller.pot(pot)) } else { String::new() };
            let _ = write!(
                out,
                "<p class=\"note\">{}<a href=\"#t{pot}-{node}\">{}</a></p>",
                html(&title),
                html(&said)
            );
        }
        out
    }

    fn body(&self, applications: &[&ApplicationDecision]) -> String {
        let mut out = String::with_capacity(applications.len() * 640);
        for application in applications {
            self.row(&mut out, application);
        }
        out
    }

    fn row(&self, out: &mut String, application: &ApplicationDecision) {
        let words = self.teller.words;
        let _ = write!(
            out,
            "<tr id=\"a-{}\" class={}><th scope=row>{}<small>{}",
            html(&application.id),
            class(application.status),
            html(who(application)),
            html(&application.id)
        );
        let what = what(application);
        if !what.is_empty() {
            let _ = write!(out, " · {}", html(&what));
        }
        out.push_str("</small>");
        for contribution in &application.contributions {
            let value =
                if contribution.value.is_empty() { "?".to_owned() } else { words.value(&contribution.value) };
            let _ = write!(out, "<td>{}\u{a0}→\n{}", html(&value), self.points(contribution.points));
        }
        let _ = write!(out, "<td>{}", self.points(application.points));
        if words.asks() {
            out.push_str("<td>");
            out.push_str(&application.sought.map_or_else(|| "?".to_owned(), |m| words.amount(m)));
        }
        let mut awards = application.pots.iter().peekable();
        for pot in 0..self.prices.len() {
            out.push_str("<td>");
            if let Some(award) = awards.next_if(|a| a.pot == pot) {
                self.sum(out, award);
            }
        }
        let _ = write!(out, "<td>{}", words.amount(application.amount));
        if self.has_next {
            out.push_str("<td>");
            let next: Rational = application.pots.iter().filter_map(|p| p.next_point.clone()).sum();
            if !next.is_zero() {
                let _ = write!(out, "+{}", words.number(&next, 0));
            }
        }
        if self.teller.decision.uncertainty.is_some() {
            let _ = write!(out, "<td>{}", html(&self.teller.firm_short(application)));
        }
        let _ = writeln!(out, "<td>{}", self.said(application));
    }

    fn points(&self, points: Points) -> String {
        // Two decimals are what the sum is read by; all six stand in the tables beside the page.
        self.teller.words.number(&points.to_rational(), 2)
    }

    /// Weight × price = share, and what became of it where a bound binds.
    fn sum(&self, out: &mut String, award: &PotAward) {
        let words = self.teller.words;
        let price = self.prices.get(award.pot).and_then(|p| p.get(award.node)).map_or("", String::as_str);
        let share = words.number(&self.teller.share(award), 0);
        let arrow = match award.binding {
            Binding::Free => "",
            Binding::Ceiling => "\u{a0}↓",
            Binding::Floor => "\u{a0}↑",
            Binding::ZeroWeight | Binding::Dropped => "\u{a0}✕",
        };
        let _ = write!(
            out,
            "{} × {price}\n=\u{a0}{share}{arrow}\n{}",
            words.short(&award.weight),
            words.amount(award.amount)
        );
    }

    /// What became of it, in words where it is not simply funded by its share.
    fn said(&self, application: &ApplicationDecision) -> String {
        let mut said = status_mark(application.status).to_string();
        if application.status == Status::Funded {
            return said;
        }
        let mut add = |separator: &str, text: &str| {
            said.push_str(separator);
            said.push_str(&html(text));
        };
        match application.amount_if_cleared.filter(|m| m.minor() > 0) {
            Some(kept) => {
                let words = self.teller.words;
                add("\u{a0}", &words.message("status-held-kept").text("amount", words.amount(kept)).say());
            }
            None => add("\u{a0}", self.statuses.get(&application.status).map_or("", String::as_str)),
        }
        for reason in &application.reasons {
            add("\n", self.reasons.get(&reason.to_string()).map_or("", String::as_str));
        }
        // Conditions that are open or failed beside the one that decided.
        let told: Vec<String> = application.reasons.iter().map(ToString::to_string).collect();
        let gates = self.teller.decision.policy.gates.iter().zip(&application.gates).zip(&self.gates);
        for ((gate, result), title) in gates.filter(|((_, result), _)| result.outcome != Outcome::Pass) {
            if !told
                .iter()
                .any(|t| t.strip_prefix("gate-").is_some_and(|t| t.ends_with(&format!(":{}", gate.id))))
            {
                add("\n", &format!("{} {title}", mark(result.outcome)));
            }
        }
        said
    }
}
