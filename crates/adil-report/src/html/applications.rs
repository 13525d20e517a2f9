//! The rows of the page: one for each application, grouped by place, with the whole explanation folded away in it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use adil_domain::Rational;
use adil_policy::Aggregation;
use adil_round::decision::{Binding, ContributionResult, PotAward};
use adil_round::explain::changes;
use adil_round::{ApplicationDecision, Status};
use askama::Template;
use rayon::prelude::*;

use super::rules::{Common, Origin};
use crate::error::ReportError;
use crate::groups::{self, worth};
use crate::sentences::{Teller, who};
use crate::words::{html, mark, status_mark};

/// The letter of a status: the class of its rows.
pub(crate) const fn class(status: Status) -> &'static str {
    match status {
        Status::Funded => "f",
        Status::NotFunded => "n",
        Status::Held => "h",
        Status::Ineligible => "x",
    }
}

struct GateLine {
    mark: char,
    title: String,
    said: String,
}

struct IndicatorLine {
    title: String,
    sum: String,
    points: String,
    note: String,
    forecast: Vec<String>,
}

struct MoneyLine {
    class: &'static str,
    title: String,
    sum: String,
    /// The bound of a place that bends the price, in words.
    because: String,
}

#[derive(Template)]
#[template(path = "application.html")]
struct Row<'a> {
    class: &'static str,
    id: &'a str,
    name: &'a str,
    place: &'a str,
    points: String,
    rank: String,
    sought: String,
    amount: String,
    mark: char,
    status: Cow<'a, str>,
    headline: String,
    firm: String,
    what: String,
    gates: Vec<GateLine>,
    flags: Vec<String>,
    indicators: Vec<IndicatorLine>,
    money: Vec<MoneyLine>,
    changes: Vec<String>,
}

/// The applications of one place.
pub(crate) struct Group {
    /// The anchor.
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) count: String,
    /// Position of the place; `None` for applications without one.
    pub(crate) territory: Option<usize>,
}

/// Everything rows share.
pub(crate) struct Rows<'d> {
    teller: Teller<'d>,
    common: &'d Common<'d>,
    /// Decimals of every asked amount, and of every award, so that columns line up.
    sought_decimals: u32,
    amount_decimals: u32,
    statuses: BTreeMap<Status, String>,
    exact: bool,
}

impl<'d> Rows<'d> {
    pub(crate) fn new(teller: Teller<'d>, common: &'d Common<'d>) -> Self {
        let decision = teller.decision;
        let whole = |minor: i64| minor % 10_i64.pow(teller.words.currency.decimals()) == 0;
        let decimals = |all_whole: bool| if all_whole { 0 } else { teller.words.currency.decimals() };
        Self {
            teller,
            common,
            sought_decimals: decimals(
                decision.applications.iter().filter_map(|a| a.sought).all(|m| whole(m.minor())),
            ),
            amount_decimals: decimals(decision.applications.iter().all(|a| whole(worth(a).minor()))),
            statuses: Status::ALL.into_iter().map(|s| (s, teller.words.status(s))).collect(),
            exact: decision.policy.aggregation == Aggregation::WeightedSum,
        }
    }

    /// All rows as HTML, by place and then by name, and the places for an index.
    pub(crate) fn render(&self) -> Result<(String, Vec<Group>), ReportError> {
        let sections = by_place(&self.teller);
        let single = sections.len() < 2;
        let mut out = String::new();
        let mut index = Vec::new();
        for (at, (territory, applications)) in sections.into_iter().enumerate() {
            let name = place_name(&self.teller, territory);
            let rows: Vec<Result<String, ReportError>> = applications
                .par_iter()
                .map(|a| self.row(a, territory).render().map_err(ReportError::from))
                .collect();
            let count = self.teller.words.message("applications").count(applications.len()).say();
            if !single {
                let heading = format!("<h3>{} <small>{}</small></h3>", html(&name), html(&count));
                let _ = writeln!(out, "<div class=\"group\" id=\"c{at}\">{heading}");
            }
            for row in rows {
                out.push_str(&row?);
            }
            if !single {
                out.push_str("</div>\n");
                index.push(Group { id: format!("c{at}"), name, count, territory });
            }
        }
        Ok((out, index))
    }

    fn row<'a>(&'a self, application: &'a ApplicationDecision, territory: Option<usize>) -> Row<'a> {
        let teller = &self.teller;
        let words = teller.words;
        let amount = words.number(&application.amount.to_rational(), self.amount_decimals);
        Row {
            class: class(application.status),
            id: &application.id,
            name: who(application),
            place: territory.map_or(application.territory.as_str(), |t| teller.place(t)),
            points: words.number(&application.points.to_rational(), 2),
            rank: application.rank.map_or_else(|| "—".to_owned(), |r| words.count(r)),
            sought: match application.sought {
                Some(sought) => words.number(&sought.to_rational(), self.sought_decimals),
                None if words.asks() => "—".to_owned(),
                None => String::new(),
            },
            amount,
            mark: status_mark(application.status),
            status: self.status(application),
            headline: html(&teller.headline(application)),
            firm: teller.firm(application).join(" "),
            what: what(application),
            gates: self.gates(application),
            flags: self.teller.flags(application),
            indicators: self.indicators(application),
            money: self.money(application),
            changes: teller.changes(application, &changes(teller.decision, application)),
        }
    }

    /// The word, and what is kept beside it: in the column of awards a kept amount would look like one.
    fn status(&self, application: &ApplicationDecision) -> Cow<'_, str> {
        let kept = application.amount_if_cleared.filter(|m| m.minor() > 0);
        match (kept, self.statuses.get(&application.status)) {
            (Some(kept), _) => {
                let amount = self.teller.words.number(&kept.to_rational(), self.amount_decimals);
                Cow::Owned(self.teller.words.message("status-held-kept").text("amount", amount).say())
            }
            (None, Some(word)) => Cow::Borrowed(word),
            (None, None) => Cow::Borrowed(""),
        }
    }

    fn gates(&self, application: &ApplicationDecision) -> Vec<GateLine> {
        let gates = self.teller.decision.policy.gates.iter().zip(&application.gates).enumerate();
        gates
            .map(|(at, (gate, result))| {
                // What the checks answered names its sources itself.
                let mut said = self.teller.answers(application, result);
                if said.is_empty() && differs(self.common.gates.get(at), (&result.source, result.as_of)) {
                    said.push(self.teller.source(&result.source, result.as_of));
                }
                GateLine {
                    mark: mark(result.outcome),
                    title: self.teller.title(&gate.meta.title, &gate.id).to_owned(),
                    said: said.join(" "),
                }
            })
            .collect()
    }

    fn indicators(&self, application: &ApplicationDecision) -> Vec<IndicatorLine> {
        let words = self.teller.words;
        let indicators = self.teller.decision.policy.criteria.iter().flat_map(|c| &c.indicators).enumerate();
        indicators
            .zip(&application.contributions)
            .map(|((at, indicator), result)| {
                let value = if result.value.is_empty() { "?".to_owned() } else { words.value(&result.value) };
                let sign = if self.exact { "=" } else { "→" };
                IndicatorLine {
                    title: self.teller.title(&indicator.meta.title, &indicator.id).to_owned(),
                    sum: format!(
                        "{value} → {} × {} {sign} ",
                        words.short(&result.scaled.to_rational()),
                        words.short(&indicator.weight)
                    ),
                    points: words.points(result.points),
                    note: self.note(at, result),
                    forecast: self
                        .teller
                        .forecast(result)
                        .map(|f| {
                            let mut lines = f.lines;
                            lines.insert(0, f.interval);
                            lines
                        })
                        .unwrap_or_default(),
                }
            })
            .collect()
    }

    fn note(&self, at: usize, result: &ContributionResult) -> String {
        let mut notes = Vec::new();
        let imputed = result.imputed.as_str();
        if !imputed.is_empty() {
            notes.push(self.teller.words.say(&format!("imputed-{imputed}")));
        }
        if differs(self.common.indicators.get(at), (&result.source, result.as_of)) {
            notes.push(self.teller.source(&result.source, result.as_of));
        }
        notes.join(" ")
    }

    /// Points × ask × price = share → bound → amount, as a sum on paper.
    fn money(&self, application: &ApplicationDecision) -> Vec<MoneyLine> {
        if application.status == Status::Ineligible {
            return Vec::new();
        }
        let several = self.teller.decision.pots.len() > 1;
        application
            .pots
            .iter()
            .map(|award| {
                let factored = self.teller.is_points_times_ask(award.pot) && application.sought.is_some();
                MoneyLine {
                    class: if factored { "m" } else { "m v" },
                    title: if several { self.teller.pot(award.pot).to_owned() } else { String::new() },
                    sum: self.sum(application, award, factored),
                    because: self.teller.price_because(award.pot, award.node),
                }
            })
            .collect()
    }

    fn sum(&self, application: &ApplicationDecision, award: &PotAward, factored: bool) -> String {
        let words = self.teller.words;
        let Some(node) = self.teller.node(award) else { return String::new() };
        let span = |text: String| format!("<span>{text}</span>");
        let weight = match application.sought {
            Some(sought) if factored => {
                format!("{} × {}", span(words.points(application.points)), span(words.amount(sought)))
            }
            _ => span(words.short(&award.weight)),
        };
        let share: Rational = self.teller.share(award);
        let price = format!("<a href=\"#t{}-{}\">{}</a>", award.pot, award.node, words.price(&node.price));
        let decimals = if share.to_i64().is_some() { 0 } else { words.currency.decimals() };
        let mut sum = format!("{weight} × {} = {}", span(price), span(words.number(&share, decimals)));
        if award.binding != Binding::Free {
            let _ = write!(sum, " → <i>{}</i>", html(&self.teller.own_bound(application, award)));
        }
        let _ = write!(sum, " → <b>{}</b>", words.amount(award.amount));
        sum
    }
}

/// Applications by place and then by name; those without a place at the end.
pub(crate) fn by_place<'d>(teller: &Teller<'d>) -> Vec<(Option<usize>, Vec<&'d ApplicationDecision>)> {
    let decision = teller.decision;
    let known: BTreeMap<&str, usize> =
        decision.territories.iter().enumerate().map(|(at, t)| (t.code.as_str(), at)).collect();
    let mut by_place: BTreeMap<&str, Vec<&ApplicationDecision>> = BTreeMap::new();
    for application in &decision.applications {
        by_place.entry(application.territory.as_str()).or_default().push(application);
    }
    let order = place_order(teller, &known);
    let mut sections: Vec<(Option<usize>, Vec<&ApplicationDecision>)> =
        by_place.into_iter().map(|(code, applications)| (known.get(code).copied(), applications)).collect();
    sections.sort_by_key(|(place, _)| place.map_or(usize::MAX, |p| order.get(p).copied().unwrap_or(p)));
    sections.par_iter_mut().for_each(|(_, applications)| {
        applications.sort_by_cached_key(|a| (groups::sort_key(who(a)), a.id.clone()));
    });
    sections
}

pub(crate) fn place_name(teller: &Teller<'_>, territory: Option<usize>) -> String {
    territory.map_or_else(|| teller.words.say("no-place"), |t| teller.place(t).to_owned())
}

/// The rank of each place in reading order: by its parents' names, then its own.
fn place_order(teller: &Teller<'_>, find: &BTreeMap<&str, usize>) -> Vec<usize> {
    let places = &teller.decision.territories;
    let key = |at: usize| {
        let mut chain: Vec<Vec<u32>> =
            std::iter::successors(Some(at), |at| find.get(places[*at].parent.as_str()).copied())
                .map(|at| groups::sort_key(teller.place(at)))
                .collect();
        chain.reverse();
        chain
    };
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_by_cached_key(|at| key(*at));
    let mut rank = vec![0; places.len()];
    for (position, at) in order.into_iter().enumerate() {
        rank[at] = position;
    }
    rank
}

/// Who asks and what for, where it says more than the name.
pub(crate) fn what(application: &ApplicationDecision) -> String {
    let operator =
        if application.operator_name == application.name { "" } else { &application.operator_name };
    let parts: Vec<&str> = [operator, &application.purpose].into_iter().filter(|p| !p.is_empty()).collect();
    parts.join(" · ")
}

fn differs(common: Option<&Option<Origin<'_>>>, own: Origin<'_>) -> bool {
    !own.0.is_empty() && common.copied().flatten() != Some(own)
}
