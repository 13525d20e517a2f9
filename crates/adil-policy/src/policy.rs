//! The policy of a round as data: every rule with its title, its legal reference and its place in the file.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use adil_domain::{Currency, Date, Language, LocalizedText, Money, Place, Problems, Rational, WhileDisputed};

use crate::expr::Expr;
use crate::names::{Entity, Name, NameId};

mod clusters;
mod detector;
mod model;
mod observations;
mod trust;

pub use clusters::ClusterRule;
pub use detector::{DetectorRule, FlagAction, FlagSeverity};
pub use model::{Feature, ForecastRule};
pub use observations::ObservationRule;
pub use trust::{Disagreement, IndependenceRule, PrivacyRule, Source};

/// The rules of one round.
#[derive(Debug, Clone)]
pub struct Policy {
    /// The frame: money, dates, seed.
    pub round: RoundRules,
    /// Who the facts come from.
    pub sources: Vec<Source>,
    /// Who can reach what; `None` when the round does not look at it.
    pub access: Option<Access>,
    /// What of people's observations counts; `None` when the round does not look at them.
    pub observations: Option<ObservationRule>,
    /// Forecasts by published tables that indicators may rest on.
    pub models: Vec<ForecastRule>,
    /// May this application be paid at all?
    pub gates: Vec<Gate>,
    /// When operators count as one; `None` when no rule asks.
    pub clusters: Option<ClusterRule>,
    /// What follows from flags of detectors.
    pub detectors: Vec<DetectorRule>,
    /// How the criteria become one score.
    pub aggregation: Aggregation,
    /// What earns points.
    pub criteria: Vec<Criterion>,
    /// What is kept back for appeals.
    pub reserve: Reserve,
    /// The parts of the budget and how each is divided.
    pub pots: Vec<Pot>,
    /// What is varied to see how firm the decision is; `None` when the round does not look at it.
    pub uncertainty: Option<Uncertainty>,
    /// Which answer of a check counts where sources disagree.
    pub disagreement: Disagreement,
    /// What a disputed answer of a check is worth.
    pub while_disputed: WhileDisputed,
    /// How small a published count of people may be; `None` when the round says nothing of it.
    pub privacy: Option<PrivacyRule>,
    /// How much may rest on one source alone; `None` when the decision does not say.
    pub independence: Option<IndependenceRule>,
    pub(crate) names: Vec<Name>,
}

impl Policy {
    /// Reads `policy.toml`. All problems are listed; a rule that could not be read is left out of the policy, so it may
    /// only be used when the problems hold no error. `None` when even its frame is missing.
    pub fn parse(file: &str, text: &str) -> (Option<Self>, Problems) {
        crate::read::policy(file, text)
    }

    /// Every distinct name in any expression; a [`NameId`] is a position here.
    pub fn names(&self) -> &[Name] {
        &self.names
    }

    /// The name behind an id of this policy.
    pub fn name(&self, id: NameId) -> Option<&Name> {
        self.names.get(id.0)
    }

    /// Whether the column is the applicant's own word: a column of `application` that no source answers for.
    pub fn is_own_word(&self, name: &Name) -> bool {
        name.entity == Entity::Application
            && !self.sources.iter().any(|s| s.columns.contains(&name.to_string()))
    }

    /// Every expression of the policy, in the order of the file's sections.
    pub fn expressions(&self) -> impl Iterator<Item = &Expr> {
        let access = self.access.iter().flat_map(|a| [&a.demand, &a.supply]);
        let models = self.models.iter().flat_map(ForecastRule::expressions);
        let gates = self.gates.iter().flat_map(|g| std::iter::once(&g.when).chain(&g.stands_in));
        let indicators = self
            .criteria
            .iter()
            .flat_map(|c| &c.indicators)
            .flat_map(|i| [Some(&i.value), i.scale.within(), i.missing.within()].into_iter().flatten());
        let pots = self.pots.iter().flat_map(|p| {
            let own =
                [p.when.as_ref(), Some(&p.weight), p.floor.as_ref(), p.minimum.as_ref(), p.ceiling.as_ref()];
            let bounds = p.bounds.iter().flat_map(|b| [b.floor.as_ref(), b.ceiling.as_ref()]);
            own.into_iter().chain(bounds).flatten()
        });
        access.chain(models).chain(gates).chain(indicators).chain(pots)
    }
}

/// `[round]`: the frame of the round.
#[derive(Debug, Clone)]
pub struct RoundRules {
    /// The round's identifier.
    pub id: String,
    /// What the round is called.
    pub title: LocalizedText,
    /// The legal act the round rests on.
    pub reference: Option<String>,
    /// The currency of every amount.
    pub currency: Currency,
    /// The money to divide.
    pub budget: Money,
    /// The smallest payable step; every amount is a multiple of it.
    pub unit: Money,
    /// The country pack.
    pub country: String,
    /// The day on which ages and validity are judged.
    pub as_of: Date,
    /// Settles ties, hashed with the policy's digest.
    pub seed: Option<String>,
    /// A public random value named beforehand that joins the seed.
    pub random: Option<String>,
    /// The language of the round's first page; by default the country's.
    pub language: Option<Language>,
    /// Where `[round]` stands.
    pub place: Place,
}

/// What every rule carries beside its content.
#[derive(Debug, Clone, Default)]
pub struct RuleMeta {
    /// What the rule is called.
    pub title: LocalizedText,
    /// Its legal reference.
    pub reference: Option<String>,
    /// The first day it holds.
    pub from: Option<Date>,
    /// The last day it holds.
    pub until: Option<Date>,
    /// Where it stands in the policy.
    pub place: Place,
}

/// How what is offered is shared among those who can reach it (`adil-access`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReachMethod {
    /// Two-step floating catchment area.
    TwoStep,
    /// The same with a decay: what is near counts for more (Luo and Qi 2009).
    Enhanced,
    /// Three steps: people choose among what they can reach (Wan and others 2012).
    ThreeStep,
}

impl ReachMethod {
    /// The word in the policy.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::TwoStep => "2sfca",
            Self::Enhanced => "e2sfca",
            Self::ThreeStep => "3sfca",
        }
    }
}

/// How much less a facility counts that is farther away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReachDecay {
    /// Not at all, up to the limit.
    None,
    /// A weight up to each limit in minutes, the limit included; nothing beyond the last.
    Steps(Vec<(Rational, Rational)>),
    /// A bell of this width in minutes.
    Gaussian {
        /// Its width.
        minutes: Rational,
    },
    /// A power of the minutes.
    Gravity {
        /// The power, below zero.
        exponent: Rational,
        /// Nearer than this counts as this, in minutes.
        least: Rational,
    },
}

/// Where the minutes between people and facilities come from.
#[derive(Debug, Clone)]
pub enum Travel {
    /// Straight lines over the Earth.
    Straight {
        /// How fast people move, in kilometres an hour.
        speed_kmh: Rational,
        /// How many times longer the way is than the straight line.
        detour: Rational,
    },
    /// The table of travel times; a pair that is not there is out of reach.
    Table,
}

/// `[access]`: who can reach what, and what they would find there.
#[derive(Debug, Clone)]
pub struct Access {
    /// Visits a week in the peak hours that the people of a point would make, over `point.…`.
    pub demand: Expr,
    /// Visits a week in the peak hours that a facility can take, over `facility.…`.
    pub supply: Expr,
    /// How what is offered is shared.
    pub method: ReachMethod,
    /// How far people go, in minutes.
    pub max_minutes: Rational,
    /// How much less counts what is farther.
    pub decay: ReachDecay,
    /// How long it takes from one place to another.
    pub travel: Travel,
    /// How often visits that found no room are offered again.
    pub rounds: u32,
    /// Title, reference, dates, place.
    pub meta: RuleMeta,
}

/// What happens to an application when a gate's condition can't be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UnknownRule {
    /// It is admitted.
    Pass,
    /// It waits, and its money is reserved.
    Hold,
    /// It is not admitted.
    Fail,
}

impl UnknownRule {
    /// The word in the policy.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Hold => "hold",
            Self::Fail => "fail",
        }
    }
}

/// `[[gate]]`: a condition of admission.
#[derive(Debug, Clone)]
pub struct Gate {
    /// The identifier.
    pub id: String,
    /// The condition.
    pub when: Expr,
    /// What stands in for the condition where that can't be told; only a yes counts.
    pub stands_in: Option<Expr>,
    /// What happens when it can't be told.
    pub unknown: UnknownRule,
    /// Title, reference, dates, place.
    pub meta: RuleMeta,
}

/// How the criteria become one score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Aggregation {
    /// The sum of weighted points: a strong criterion makes up for a weak one.
    #[default]
    WeightedSum,
    /// The weighted geometric mean: a weak criterion is never made up for in full.
    Geometric,
    /// The weakest criterion decides.
    Weakest,
}

impl Aggregation {
    /// The word in the policy.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::WeightedSum => "weighted-sum",
            Self::Geometric => "geometric",
            Self::Weakest => "weakest-criterion",
        }
    }
}

/// `[[criterion]]`: a group of indicators under one heading.
#[derive(Debug, Clone)]
pub struct Criterion {
    /// The identifier.
    pub id: String,
    /// Title, reference, dates, place.
    pub meta: RuleMeta,
    /// What is measured.
    pub indicators: Vec<Indicator>,
}

impl Criterion {
    /// The weight of the criterion: the sum of its indicators' weights.
    pub fn weight(&self) -> Rational {
        self.indicators.iter().map(|i| i.weight.clone()).sum()
    }
}

/// `[[criterion.indicator]]`: one measured thing and the points it earns.
#[derive(Debug, Clone)]
pub struct Indicator {
    /// The identifier, unique within its criterion.
    pub id: String,
    /// Title, reference, dates, place.
    pub meta: RuleMeta,
    /// What is measured.
    pub value: Expr,
    /// The most points it earns; all weights sum to 100.
    pub weight: Rational,
    /// How the value becomes a part of the weight.
    pub scale: Scale,
    /// What happens when the value is not known.
    pub missing: Missing,
    /// Why the applicant's own word may earn points here.
    pub because: Option<LocalizedText>,
    /// How far the value may be from the truth; `None` where nobody says.
    pub error: Option<StatedError>,
}

/// How far a value may be from the truth, either way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StatedError {
    /// So large a part of the value itself.
    Relative(Rational),
    /// So much, in the unit of the value.
    Absolute(Rational),
}

/// How a raw value becomes a part of the weight, between nothing and all of it.
#[derive(Debug, Clone, PartialEq)]
pub enum Scale {
    /// In a straight line from `low`, which earns nothing, to `high`, which earns all; `low > high` reverses.
    Goalposts {
        /// Earns nothing, and so does everything beyond it.
        low: Rational,
        /// Earns all, and so does everything beyond it.
        high: Rational,
    },
    /// Marks by threshold: a value has the mark of the last band it reaches, and none below the first.
    Bands {
        /// By rising threshold.
        bands: Vec<Band>,
        /// The mark that earns all of the weight.
        top: Rational,
    },
    /// Marks by word.
    Categories {
        /// Word and mark.
        marks: BTreeMap<String, Rational>,
        /// The mark that earns all of the weight.
        top: Rational,
        /// The mark of every other word; `None` treats another word as missing.
        other: Option<Rational>,
    },
    /// In a straight line of the logarithm, both ends above zero.
    Log {
        /// Earns nothing, and so does everything beyond it.
        low: Rational,
        /// Earns all, and so does everything beyond it.
        high: Rational,
    },
    /// The mid-rank among the applications of a group.
    Percentile {
        /// What makes a group; `None` is everyone.
        within: Option<Expr>,
        /// Whether the smallest value earns most.
        reverse: bool,
    },
    /// Distance from the group's mean in standard deviations, clamped.
    ZScore {
        /// What makes a group; `None` is everyone.
        within: Option<Expr>,
        /// The distance from which it counts no further, in standard deviations.
        clamp: Rational,
        /// Whether the smallest value earns most.
        reverse: bool,
    },
}

impl Scale {
    /// The expression that makes groups, where the scale has one.
    pub fn within(&self) -> Option<&Expr> {
        match self {
            Self::Percentile { within, .. } | Self::ZScore { within, .. } => within.as_ref(),
            _ => None,
        }
    }

    /// The word in the policy.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Goalposts { .. } => "goalposts",
            Self::Bands { .. } => "bands",
            Self::Categories { .. } => "categories",
            Self::Log { .. } => "log",
            Self::Percentile { .. } => "percentile",
            Self::ZScore { .. } => "zscore",
        }
    }
}

/// One band of a scale: from here on, this mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    /// The smallest value in the band.
    pub from: Rational,
    /// Its mark.
    pub mark: Rational,
}

/// What happens when an indicator's value is not known.
#[derive(Debug, Clone, PartialEq)]
pub enum Missing {
    /// It earns nothing.
    Worst,
    /// This value stands in.
    Value(Rational),
    /// The median of the group stands in.
    GroupMedian {
        /// What makes a group; `None` is everyone.
        within: Option<Expr>,
    },
    /// The application waits.
    Hold,
}

impl Missing {
    /// The expression that makes groups, where the rule has one.
    pub fn within(&self) -> Option<&Expr> {
        match self {
            Self::GroupMedian { within } => within.as_ref(),
            _ => None,
        }
    }
}

/// `[reserve]`: what is kept back.
#[derive(Debug, Clone)]
pub struct Reserve {
    /// The part of the budget kept for appeals, between 0 and 1.
    pub appeals: Rational,
    /// The day on which the rest of the reserve is divided by the same rules.
    pub until: Option<Date>,
    /// Its legal reference.
    pub reference: Option<String>,
    /// Where it stands in the policy.
    pub place: Place,
}

impl Default for Reserve {
    /// Nothing is kept back.
    fn default() -> Self {
        Self { appeals: Rational::zero(), until: None, reference: None, place: Place::default() }
    }
}

/// `[uncertainty]`: what is varied to see how firm the decision is.
#[derive(Debug, Clone)]
pub struct Uncertainty {
    /// How many variations are tried.
    pub replicas: u32,
    /// How far weights are varied: the standard deviation of a weight of average size, as a part of it. `None` leaves
    /// them alone.
    pub weights: Option<Rational>,
    /// Whether another scale of the same kind is tried.
    pub scale: bool,
    /// Whether values that stand in for missing ones are drawn anew.
    pub imputation: bool,
    /// Title, reference, dates, place.
    pub meta: RuleMeta,
}

/// How a pot is divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PotRule {
    /// The same money per unit of weight for everyone, except where a published floor or ceiling binds.
    FairShare,
}

/// `[[pot]]`: a part of the budget with its own rule.
#[derive(Debug, Clone)]
pub struct Pot {
    /// The identifier.
    pub id: String,
    /// Title, reference, dates, place.
    pub meta: RuleMeta,
    /// The part of the budget, between 0 and 1.
    pub share: Rational,
    /// How it is divided.
    pub rule: PotRule,
    /// Who takes part; `None` is every admitted application.
    pub when: Option<Expr>,
    /// What the money follows.
    pub weight: Expr,
    /// Why the weight may rest on the applicant's own word.
    pub weight_because: Option<LocalizedText>,
    /// Every participant gets at least this.
    pub floor: Option<Expr>,
    /// Why the floor may rest on the applicant's own word.
    pub floor_because: Option<LocalizedText>,
    /// This much or nothing at all.
    pub minimum: Option<Expr>,
    /// Nobody gets more than this.
    pub ceiling: Option<Expr>,
    /// Bounds on the totals of territories.
    pub bounds: Vec<TerritoryBound>,
}

/// `[[pot.bound]]`: bounds on the total of every territory of one level.
#[derive(Debug, Clone)]
pub struct TerritoryBound {
    /// The level, such as `county`.
    pub level: String,
    /// At least this much in total.
    pub floor: Option<Expr>,
    /// At most this much in total.
    pub ceiling: Option<Expr>,
    /// Title, reference, dates, place.
    pub meta: RuleMeta,
}

/// The file an expression stands in; kept so that a problem found later still points into it.
#[derive(Clone)]
pub(crate) struct Origin {
    pub(crate) file: Arc<str>,
    pub(crate) text: Arc<str>,
    /// Where each line begins: counting lines anew for each of many problems would take a minute on a hostile file.
    lines: Arc<[usize]>,
}

impl Origin {
    pub(crate) fn new(file: &str, text: &str) -> Self {
        let starts = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        let lines = std::iter::once(0).chain(starts).collect();
        Self { file: file.into(), text: text.into(), lines }
    }

    /// The place of some bytes of the file.
    pub(crate) fn place(&self, span: Range<usize>) -> Place {
        let start = self.text.floor_char_boundary(span.start);
        let end = self.text.floor_char_boundary(span.end.max(span.start));
        let line = self.lines.partition_point(|begin| *begin <= start);
        let begin = line.checked_sub(1).and_then(|index| self.lines.get(index)).copied().unwrap_or(0);
        let column = self.text.get(begin..start).map_or(0, |before| before.chars().count()) + 1;
        Place {
            file: (*self.file).to_owned(),
            line: u64::try_from(line).ok(),
            column: Some(column.to_string()),
            span: Some((start, end)),
        }
    }
}

impl std::fmt::Debug for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.file)
    }
}
