//! `[[model]]`: a published forecast that may earn points, up to a stated number of them.

use adil_domain::Rational;

use super::{Indicator, Policy, RuleMeta};
use crate::expr::{Expr, Kind};
use crate::names::Entity;

/// `[[model]]`: a forecast by published tables, named `model.ID` in the value of an indicator.
#[derive(Debug, Clone)]
pub struct ForecastRule {
    /// The identifier.
    pub id: String,
    /// The file of the round that holds its tables: `models/NAME.json`.
    pub file: String,
    /// The most points that all indicators resting on it may earn together.
    pub cap: Rational,
    /// What the model's columns are in this round, in byte order of the columns.
    pub features: Vec<Feature>,
    /// What the forecast is multiplied by, for a model that was trained with it.
    pub exposure: Option<Expr>,
    /// What the forecast is divided by: `facility.places_week / 100` makes visits of a facility visits for every 100 places.
    pub per: Option<Expr>,
    /// Title, reference, dates, place.
    pub meta: RuleMeta,
}

impl ForecastRule {
    /// Every expression of the rule.
    pub fn expressions(&self) -> impl Iterator<Item = &Expr> {
        self.features.iter().map(|f| &f.value).chain(&self.exposure).chain(&self.per)
    }
}

/// A column of a model, and what it is in this round.
#[derive(Debug, Clone)]
pub struct Feature {
    /// The column of the model.
    pub column: String,
    /// What it is here.
    pub value: Expr,
}

impl Policy {
    /// The model of that identifier.
    pub fn forecast(&self, id: &str) -> Option<&ForecastRule> {
        self.models.iter().find(|model| model.id == id)
    }

    /// The position of the model that the indicator's value is, where it is one.
    pub fn model_of(&self, indicator: &Indicator) -> Option<usize> {
        let Kind::Name(id) = &indicator.value.root().kind else { return None };
        let name = self.name(*id).filter(|name| name.entity == Entity::Model)?;
        self.models.iter().position(|model| model.id == name.column)
    }

    /// The points that the indicators resting on a model can earn together: no more than its cap.
    pub fn moved_by(&self, model: usize) -> Rational {
        let indicators = self.criteria.iter().flat_map(|c| &c.indicators);
        indicators.filter(|i| self.model_of(i) == Some(model)).map(|i| i.weight.clone()).sum()
    }
}
