//! A budget that was really spent, divided again by published rules: who got what, and who would have got what. Such a round
//! needs no mandate, and no answer of anybody.

use std::collections::{BTreeMap, HashMap, HashSet};

use adil_domain::{Currency, Money, Place, Problem, Problems, Rational};

use crate::decision::{ApplicationDecision, Decision, Reason, Status};
use crate::inputs::Inputs;
use crate::table::{self, Table};

/// Decimals of a share of the money.
pub const DECIMALS: u32 = 6;

/// By what an award names its recipient.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// `application_id`.
    Application,
    /// `facility_id`.
    Facility,
    /// `operator_id`.
    Operator,
}

impl Key {
    /// All, the finest first.
    pub const ALL: [Self; 3] = [Self::Application, Self::Facility, Self::Operator];

    /// The column.
    pub const fn column(self) -> &'static str {
        match self {
            Self::Application => "application_id",
            Self::Facility => "facility_id",
            Self::Operator => "operator_id",
        }
    }

    fn of(self, application: &ApplicationDecision) -> &str {
        let id = match self {
            Self::Application => &application.id,
            Self::Facility => &application.facility_id,
            Self::Operator => &application.operator_id,
        };
        // Who is nobody's is compared by itself, and with no payment to nobody.
        if id.is_empty() { &application.id } else { id }
    }
}

/// What was really paid.
#[derive(Debug, Clone)]
pub struct Actual {
    table: Table,
    amounts: Vec<Money>,
    /// All of it.
    pub spent: Money,
}

/// Reads what was really paid: `amount`, and one or more of `application_id`, `facility_id`, `operator_id`. Several payments to
/// one recipient are summed. `None` when it can't be used; `problems` say why.
pub fn read_actual(file: &str, bytes: &[u8], currency: Currency, problems: &mut Problems) -> Option<Actual> {
    let before = problems.iter().filter(|p| p.severity == adil_domain::Severity::Error).count();
    let table = Table::read(file, bytes, problems)?;
    table::require_columns(&table, &["amount"], problems);
    if Key::ALL.iter().all(|key| table.column(key.column()).is_none()) {
        problems.push(
            Problem::error(
                "missing-column",
                Place::file(file),
                "The awards name nobody: there is no application_id, facility_id or operator_id.",
            )
            .hint("Add one of the three, as it stands in the round's tables."),
        );
    }
    let amount = table.column("amount")?;
    table::check_money(&table, amount, currency, problems);
    if problems.iter().filter(|p| p.severity == adil_domain::Severity::Error).count() > before {
        return None;
    }
    let amounts: Vec<Money> = (0..table.len())
        .map(|row| Money::parse(table.cell(row, amount), currency).unwrap_or(Money::zero(currency)))
        .collect();
    let sum: i128 = amounts.iter().map(|m| i128::from(m.minor())).sum();
    let spent = i64::try_from(sum).ok().filter(|sum| *sum > 0);
    let Some(spent) = spent else {
        problems.push(
            Problem::error(
                "nothing-spent",
                Place::file(file),
                "The awards sum to nothing that could be divided.",
            )
            .hint("Give the amounts that were paid, in the currency of the round."),
        );
        return None;
    };
    Some(Actual { table, amounts, spent: Money::from_minor(spent, currency) })
}

impl Inputs {
    /// The same round with the money that was really spent: as much of it as the payable step divides.
    #[must_use]
    pub fn with_budget(mut self, spent: Money) -> Self {
        let unit = self.policy.round.unit.minor().max(1);
        let budget = spent.minor() - spent.minor().rem_euclid(unit);
        self.policy.round.budget = Money::from_minor(budget, spent.currency());
        self
    }
}

/// Both divisions beside each other.
#[derive(Debug, Clone)]
pub struct Shadow {
    /// By what recipients are compared.
    pub key: Key,
    /// What was really spent.
    pub spent: Money,
    /// What the rules award.
    pub awarded: Money,
    /// What the rules keep for those that wait, and do not divide.
    pub not_awarded: Money,
    /// Recipients that are among the candidates or were paid, by identifier.
    pub recipients: Vec<Recipient>,
    /// Money that would go elsewhere.
    pub moved: Money,
    /// The same as a part of what was spent.
    pub share: Rational,
    /// By position in [`Decision::territories`]: really paid to candidates there, and awarded by the rules.
    pub places: Vec<(Money, Money)>,
}

/// One recipient in both divisions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// Its identifier.
    pub id: String,
    /// Its name, where the round knows it.
    pub name: String,
    /// The code of its place, where the round knows it.
    pub territory: String,
    /// What it really got.
    pub actual: Money,
    /// What the rules award.
    pub ruled: Money,
    /// What the rules keep for it.
    pub kept: Money,
    /// How many candidates it has in the round; none for a recipient that the round does not know.
    pub candidates: usize,
    /// Why its first candidate gets what it gets; empty without one.
    pub reasons: Vec<Reason>,
}

impl Recipient {
    /// What the rules give beyond what it got; negative where it got more. Minor units.
    pub fn difference(&self) -> i64 {
        self.ruled.minor().saturating_sub(self.actual.minor())
    }

    /// Whether the round knows it.
    pub fn is_candidate(&self) -> bool {
        self.candidates > 0
    }
}

/// Compares what was paid with what the rules award. The finest key is used by which the most money finds its candidate.
pub fn compare(decision: &Decision, actual: &Actual) -> Shadow {
    let currency = actual.spent.currency();
    let money = |minor: i128| Money::from_minor(i64::try_from(minor).unwrap_or(i64::MAX), currency);
    let zero = Money::zero(currency);
    let key = best_key(decision, actual);
    let mut recipients: BTreeMap<&str, Recipient> = BTreeMap::new();
    let new = |id: &str| Recipient {
        id: id.to_owned(),
        name: String::new(),
        territory: String::new(),
        actual: zero,
        ruled: zero,
        kept: zero,
        candidates: 0,
        reasons: Vec::new(),
    };
    let add = |sum: &mut Money, more: Money| *sum = sum.checked_add(more).unwrap_or(*sum);
    for application in &decision.applications {
        let id = key.of(application);
        let one = recipients.entry(id).or_insert_with(|| new(id));
        if one.candidates == 0 {
            let name = if key == Key::Operator && !application.operator_name.is_empty() {
                &application.operator_name
            } else {
                &application.name
            };
            name.clone_into(&mut one.name);
            application.territory.clone_into(&mut one.territory);
            one.reasons.clone_from(&application.reasons);
        }
        one.candidates += 1;
        add(&mut one.ruled, application.amount);
        add(&mut one.kept, application.amount_if_cleared.unwrap_or(zero));
    }
    let column = actual.table.column(key.column());
    for (row, amount) in actual.amounts.iter().enumerate() {
        let id = column.map_or("", |c| actual.table.cell(row, c));
        add(&mut recipients.entry(id).or_insert_with(|| new(id)).actual, *amount);
    }
    let recipients: Vec<Recipient> = recipients.into_values().collect();
    let minor = |m: Money| i128::from(m.minor());
    let awarded: i128 = recipients.iter().map(|r| minor(r.ruled)).sum();
    let not_awarded = minor(actual.spent) - awarded;
    let kept: i128 = recipients.iter().map(|r| minor(r.kept)).sum();
    // Two ways to part one sum: by recipients, what is kept for them, and what is left.
    let differing: i128 = recipients.iter().map(|r| (minor(r.ruled) - minor(r.actual)).abs()).sum();
    let moved = (differing + kept + (not_awarded - kept).abs()) / 2;
    Shadow {
        key,
        spent: actual.spent,
        awarded: money(awarded),
        not_awarded: money(not_awarded),
        moved: money(moved),
        share: Rational::ratio(moved, minor(actual.spent)).unwrap_or_else(Rational::zero).fixed(DECIMALS),
        places: places(decision, &recipients, currency),
        recipients,
    }
}

/// The key by which the most money finds its candidate.
fn best_key(decision: &Decision, actual: &Actual) -> Key {
    let found = |key: Key| -> Option<i128> {
        let column = actual.table.column(key.column())?;
        let known: HashSet<&str> = decision.applications.iter().map(|a| key.of(a)).collect();
        let known = |id: &str| !id.is_empty() && known.contains(id);
        let amounts = actual.amounts.iter().enumerate();
        Some(
            amounts
                .filter(|(row, _)| known(actual.table.cell(*row, column)))
                .map(|(_, amount)| i128::from(amount.minor()))
                .sum(),
        )
    };
    let found = Key::ALL.iter().filter_map(|key| Some((*key, found(*key)?)));
    // Of keys that find as much the finest stands first.
    let best = found.fold(None, |best: Option<(Key, i128)>, next| match best {
        Some(best) if best.1 >= next.1 => Some(best),
        _ => Some(next),
    });
    best.map_or(Key::Application, |(key, _)| key)
}

fn places(decision: &Decision, recipients: &[Recipient], currency: Currency) -> Vec<(Money, Money)> {
    let index: HashMap<&str, usize> =
        decision.territories.iter().enumerate().map(|(at, t)| (t.code.as_str(), at)).collect();
    let mut sums = vec![(0i64, 0i64); decision.territories.len()];
    for recipient in recipients {
        let mut code = recipient.territory.as_str();
        while let Some(at) = index.get(code) {
            sums[*at].0 = sums[*at].0.saturating_add(recipient.actual.minor());
            sums[*at].1 = sums[*at].1.saturating_add(recipient.ruled.minor());
            code = decision.territories[*at].parent.as_str();
        }
    }
    let money = |minor| Money::from_minor(minor, currency);
    sums.into_iter().map(|(actual, ruled)| (money(actual), money(ruled))).collect()
}

/// How many recipients are in each case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Candidates paid both ways.
    pub both: usize,
    /// Candidates that were paid and would not be.
    pub only_actual: usize,
    /// Candidates that were not paid and would be.
    pub only_rules: usize,
    /// Recipients that the round does not know.
    pub unknown: usize,
}

impl Shadow {
    /// How many recipients are in each case.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for r in &self.recipients {
            match (r.is_candidate(), r.actual.minor() > 0, r.ruled.minor() > 0) {
                (false, ..) => counts.unknown += 1,
                (_, true, true) => counts.both += 1,
                (_, true, false) => counts.only_actual += 1,
                (_, false, true) => counts.only_rules += 1,
                (_, false, false) => {}
            }
        }
        counts
    }

    /// What was paid to recipients that the round does not know.
    pub fn to_unknown(&self) -> Money {
        let sum: i64 = self.recipients.iter().filter(|r| !r.is_candidate()).map(|r| r.actual.minor()).sum();
        Money::from_minor(sum, self.spent.currency())
    }

    /// Recipients by how much they differ, the largest first; equal ones by identifier. Those without a difference are left
    /// out.
    pub fn by_difference(&self) -> Vec<&Recipient> {
        let mut order: Vec<&Recipient> = self.recipients.iter().filter(|r| r.difference() != 0).collect();
        order.sort_by_key(|r| (std::cmp::Reverse(r.difference().unsigned_abs()), &r.id));
        order
    }

    /// How many candidates would wait.
    pub fn waiting(decision: &Decision) -> usize {
        decision.applications.iter().filter(|a| a.status == Status::Held).count()
    }
}
