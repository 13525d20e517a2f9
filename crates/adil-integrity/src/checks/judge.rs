//! Facts and a day to an outcome. Each function is one rule, in words above it.

use std::collections::BTreeSet;

use adil_domain::{CheckAnswer, Date, Outcome, Rational};

use super::{Affiliate, Case, Check, Debt, Licence, Listing, Registration, Reply, Side, Standing, TaxRisk};

/// Decimals of the smallest coin (tiyn of tenge): less than half of it can't be paid.
const COIN: u32 = 2;

/// What one reply is worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// The check.
    pub check: Check,
    /// The outcome.
    pub outcome: Outcome,
    /// What it rests on; of an unknown, why it is not known.
    pub evidence: String,
}

impl Judged {
    /// As an answer of a source.
    pub fn answer(self, source: impl Into<String>, as_of: Date) -> CheckAnswer {
        CheckAnswer { outcome: self.outcome, source: source.into(), as_of, evidence: Some(self.evidence) }
    }
}

/// A check that nobody answered, with the reason.
pub fn not_answered(check: Check, why: &str) -> Judged {
    Judged { check, outcome: Outcome::Unknown, evidence: format!("not answered: {why}") }
}

/// The one place where the three answers part.
fn judge<T>(check: Check, reply: &Reply<T>, rule: impl FnOnce(&T) -> (Outcome, String)) -> Judged {
    match reply {
        Reply::Unknown(why) => not_answered(check, why),
        Reply::Empty => Judged {
            check,
            outcome: Outcome::Unknown,
            evidence: "empty: the source has no record of this operator".to_owned(),
        },
        Reply::Record(record) => {
            let (outcome, evidence) = rule(record);
            Judged { check, outcome, evidence }
        }
    }
}

/// Passes when the register has it as existing, fails when as ceased; words that leave it open are unknown.
pub fn registered(reply: &Reply<Registration>) -> Judged {
    judge(Check::Registered, reply, |found| {
        let (outcome, standing) = match found.standing {
            Standing::Existing => (Outcome::Pass, "existing"),
            Standing::Ceased => (Outcome::Fail, "ceased"),
            Standing::Unclear => (Outcome::Unknown, "unclear"),
        };
        (outcome, format!("standing={standing}; words={}", found.words))
    })
}

/// A plain statement: `true` is adverse and fails, `false` passes. For bankruptcy, seized accounts, premises, staff and papers.
pub fn flag(check: Check, reply: &Reply<bool>) -> Judged {
    judge(check, reply, |adverse| {
        let outcome = if *adverse { Outcome::Fail } else { Outcome::Pass };
        (outcome, format!("adverse={}", if *adverse { "yes" } else { "no" }))
    })
}

/// `net = max(0, total - appealed - rescheduled - rehabilitation)`, rounded to whole tiyn (halves to even): nothing left
/// passes, anything left fails. A total above nothing is unknown while the source does not say all that is to be taken off,
/// and an amount below zero contradicts itself and is unknown.
pub fn tax_debt(reply: &Reply<Debt>) -> Judged {
    judge(Check::TaxDebt, reply, |debt| {
        let taken_off = [&debt.appealed, &debt.rescheduled, &debt.rehabilitation];
        let said: Vec<&Rational> = taken_off.iter().filter_map(|amount| amount.as_ref()).collect();
        let is_total_nothing = payable(&debt.total).is_zero();
        let contradicts = debt.total.is_negative() || said.iter().any(|amount| amount.is_negative());
        let net = said.iter().fold(debt.total.clone(), |rest, amount| &rest - *amount);
        let net = payable(&if net.is_negative() { Rational::zero() } else { net });
        let net_known = said.len() == taken_off.len() || is_total_nothing;
        let outcome = match (contradicts, net_known, net.is_zero()) {
            (true, ..) | (_, false, _) => Outcome::Unknown,
            (_, _, true) => Outcome::Pass,
            (_, _, false) => Outcome::Fail,
        };
        let shown = |amount: &Option<Rational>| amount.as_ref().map_or_else(|| "unsaid".to_owned(), exactly);
        let mut evidence = format!(
            "net={}; total={}; appealed={}; rescheduled={}; rehabilitation={}",
            if net_known && !contradicts { net.to_decimal(COIN) } else { "unknown".to_owned() },
            exactly(&debt.total),
            shown(&debt.appealed),
            shown(&debt.rescheduled),
            shown(&debt.rehabilitation),
        );
        if !debt.parts.is_empty() {
            let parts: Vec<String> =
                debt.parts.iter().map(|(name, amount)| format!("{name} {}", exactly(amount))).collect();
            evidence.push_str(&format!("; parts={}", parts.join(", ")));
        }
        (outcome, evidence)
    })
}

/// What can be paid of an amount.
fn payable(amount: &Rational) -> Rational {
    amount.fixed(COIN)
}

/// An amount with all decimals that a source may give.
fn exactly(amount: &Rational) -> String {
    amount.to_short_decimal(6)
}

/// How many entries hold on a day.
#[derive(Default)]
struct Counts {
    valid: usize,
    expired: usize,
    later: usize,
    undated: usize,
}

impl Counts {
    fn of(entries: &[Listing], on: Date) -> Self {
        let mut counts = Self::default();
        for entry in entries {
            let expired = entry.until.is_some_and(|until| until < on);
            let later = entry.from.is_some_and(|from| from > on);
            let count = match (expired, later, entry.from) {
                (true, ..) => &mut counts.expired,
                (_, true, _) => &mut counts.later,
                (.., Some(_)) => &mut counts.valid,
                (.., None) => &mut counts.undated,
            };
            *count += 1;
        }
        counts
    }

    fn evidence(&self, on: Date) -> String {
        format!(
            "valid={}; expired={}; later={}; undated={}; judged on {on}",
            self.valid, self.expired, self.later, self.undated
        )
    }
}

/// Fails when an entry holds on the day. One that ended before does not bar, one that begins later does not reach back, and
/// one that does not say when it began makes it unknown.
pub fn unreliable_supplier(reply: &Reply<Vec<Listing>>, on: Date) -> Judged {
    judge(Check::UnreliableSupplier, reply, |entries| {
        let counts = Counts::of(entries, on);
        let outcome = match (counts.valid, counts.undated) {
            (0, 0) => Outcome::Pass,
            (0, _) => Outcome::Unknown,
            _ => Outcome::Fail,
        };
        (outcome, counts.evidence(on))
    })
}

/// Passes when a licence holds on the day; fails when there are licences and none does; unknown when only undated ones might.
pub fn licence(reply: &Reply<Vec<Licence>>, on: Date) -> Judged {
    judge(Check::Licence, reply, |licences| {
        let counts = Counts::of(licences, on);
        let outcome = match (counts.valid, counts.undated) {
            (0, 0) => Outcome::Fail,
            (0, _) => Outcome::Unknown,
            _ => Outcome::Pass,
        };
        (outcome, counts.evidence(on))
    })
}

/// Fails when it is sued in a case matched by its identifier. A case matched by name alone may be a namesake's and never
/// fails: together with cases whose side is not said it is unknown, for a person to judge.
pub fn court_cases(reply: &Reply<Vec<Case>>) -> Judged {
    judge(Check::CourtCases, reply, |cases| {
        let count = |side: Side| cases.iter().filter(|c| c.by_identifier && c.side == side).count();
        let (defendant, other, unsaid) = (count(Side::Defendant), count(Side::Other), count(Side::Unsaid));
        let name_only = cases.iter().filter(|c| !c.by_identifier).count();
        let outcome = match (defendant, unsaid + name_only) {
            (0, 0) => Outcome::Pass,
            (0, _) => Outcome::Unknown,
            _ => Outcome::Fail,
        };
        let mut evidence = format!("defendant={defendant}; other_side={other}; side_unsaid={unsaid}");
        if name_only > 0 {
            evidence.push_str(&format!("; name only={name_only}"));
        }
        (outcome, evidence)
    })
}

/// Fails when something that can be paid is to be collected by force.
pub fn enforcement(reply: &Reply<Rational>) -> Judged {
    judge(Check::Enforcement, reply, |sum| {
        let outcome = if sum.is_negative() {
            Outcome::Unknown
        } else if payable(sum).is_zero() {
            Outcome::Pass
        } else {
            Outcome::Fail
        };
        (outcome, format!("sum={}", exactly(sum)))
    })
}

/// Fails when the degree is high.
pub fn tax_risk(reply: &Reply<TaxRisk>) -> Judged {
    judge(Check::TaxRisk, reply, |risk| match risk {
        TaxRisk::Low => (Outcome::Pass, "degree=low".to_owned()),
        TaxRisk::Medium => (Outcome::Pass, "degree=medium".to_owned()),
        TaxRisk::High => (Outcome::Fail, "degree=high".to_owned()),
    })
}

/// Fails when an organisation under the same head is another operator of the round. Being listed with others is no fault.
pub fn affiliated(reply: &Reply<Vec<Affiliate>>, own: &str, operators: &BTreeSet<String>) -> Judged {
    judge(Check::Affiliated, reply, |listed| {
        let here: BTreeSet<&str> = listed
            .iter()
            .map(|a| a.operator_id.as_str())
            .filter(|id| *id != own && operators.contains(*id))
            .collect();
        let outcome = if here.is_empty() { Outcome::Pass } else { Outcome::Fail };
        let names: Vec<&str> = here.into_iter().collect();
        let shown = if names.is_empty() { "none".to_owned() } else { names.join(" ") };
        (outcome, format!("listed={}; in_this_round={shown}", listed.len()))
    })
}
