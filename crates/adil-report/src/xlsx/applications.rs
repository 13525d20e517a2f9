//! The sheet of applications: a row for each, from its values to its amount.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use adil_domain::Rational;
use adil_policy::{Aggregation, Indicator, Scale};
use adil_round::decision::{Binding, PotAward, Reason};
use adil_round::{ApplicationDecision, Status};
use rust_xlsxwriter::utility::{column_number_to_name, row_col_to_cell};
use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::formula::Quantity;
use super::layout::{FIRST, Layout, PotColumns, column};
use super::rules;
use super::sheet::{Styles, cell, formula, major, number, result, text};
use super::territories;
use crate::sentences::{Teller, who};

struct Writer<'w> {
    sheet: &'w mut Worksheet,
    teller: &'w Teller<'w>,
    layout: &'w Layout,
    styles: &'w Styles,
    indicators: Vec<&'w Indicator>,
    scales: Vec<Option<Vec<String>>>,
    weights: Vec<String>,
    places: BTreeMap<&'w str, usize>,
    statuses: BTreeMap<Status, String>,
    reasons: BTreeMap<String, String>,
    /// Price cells by pot and node.
    prices: Vec<Vec<String>>,
    summed: bool,
}

pub(super) fn write(
    sheet: &mut Worksheet,
    teller: &Teller<'_>,
    layout: &Layout,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let decision = teller.decision;
    let indicators: Vec<&Indicator> = decision.policy.criteria.iter().flat_map(|c| &c.indicators).collect();
    let mut writer = Writer {
        scales: indicators.iter().enumerate().map(|(at, i)| rules::scale(layout, at, i)).collect(),
        weights: (0..indicators.len()).map(|at| rules::weight(layout, at)).collect(),
        places: decision.territories.iter().enumerate().map(|(at, t)| (t.code.as_str(), at)).collect(),
        statuses: Status::ALL.into_iter().map(|s| (s, teller.words.status(s))).collect(),
        reasons: BTreeMap::new(),
        prices: (0..decision.pots.len())
            .map(|pot| {
                let nodes = decision.pots.get(pot).map_or(0, |p| p.nodes.len());
                (0..nodes).map(|node| territories::price(layout, pot, node)).collect()
            })
            .collect(),
        summed: decision.policy.aggregation == Aggregation::WeightedSum,
        indicators,
        sheet,
        teller,
        layout,
        styles,
    };
    writer.headings()?;
    for (row, application) in (FIRST..).zip(&decision.applications) {
        writer.row(row, application)?;
    }
    writer.sheet.set_freeze_panes(FIRST, 2)?;
    writer.sheet.autofilter(FIRST - 1, 0, layout.last, layout.kept)?;
    writer.sheet.set_landscape();
    writer.sheet.set_repeat_rows(0, FIRST - 1)?;
    Ok(())
}

impl Writer<'_> {
    fn headings(&mut self) -> Result<(), XlsxError> {
        let words = self.teller.words;
        let layout = self.layout;
        let styles = self.styles;
        let fixed = [
            (column::ID, "column-id", 14.0, &styles.text),
            (column::NAME, "column-application", 36.0, &styles.text),
            (column::OPERATOR, "column-operator", 28.0, &styles.text),
            (column::PLACE_CODE, "column-place-code", 14.0, &styles.text),
            (column::PLACE, "column-place", 18.0, &styles.text),
            (column::STATUS, "column-status", 18.0, &styles.text),
            (column::REASON, "column-reason", 28.0, &styles.text),
            (column::SOUGHT, "column-sought", 16.0, &styles.money),
            (layout.score, "column-points", 14.0, &styles.unit),
            (layout.rank, "column-rank", 8.0, &styles.whole),
            (layout.amount, "column-amount", 16.0, &styles.strong_money),
            (layout.kept, "column-kept", 16.0, &styles.money),
        ];
        for (column, id, width, format) in fixed {
            self.head(column, id, width, format)?;
        }
        let indicators: Vec<_> =
            self.indicators.iter().copied().zip(layout.indicators.iter().copied()).collect();
        for (indicator, columns) in indicators {
            let title = self.teller.title(&indicator.meta.title, &indicator.id).to_owned();
            text(self.sheet, 0, columns.value, &title, &self.styles.group)?;
            self.head(columns.value, "column-value", 14.0, &styles.text)?;
            self.head(columns.scaled, "column-scaled", 11.0, &styles.text)?;
            self.head(columns.points, "column-points", 12.0, &styles.text)?;
        }
        for (pot, c) in layout.pots.iter().enumerate() {
            text(self.sheet, 0, c.weight, self.teller.pot(pot), &self.styles.group)?;
            let heads = [
                (c.weight, "column-weight", 18.0, &styles.number),
                (c.node, "column-node", 8.0, &styles.whole),
                (c.price, "column-price", 16.0, &styles.price),
                (c.share, "column-share", 16.0, &styles.money),
                (c.floor, "column-floor", 14.0, &styles.money),
                (c.ceiling, "column-ceiling", 14.0, &styles.money),
                (c.minimum, "column-minimum", 14.0, &styles.money),
                (c.before, "column-before-rounding", 16.0, &styles.money),
                (c.amount, "column-pot-amount", 16.0, &styles.money),
                (c.check, "column-check", 10.0, &styles.text),
            ];
            for (column, id, width, format) in heads {
                self.head(column, id, width, format)?;
            }
        }
        text(
            self.sheet,
            0,
            0,
            &words.message("amounts-in").text("currency", words.currency_name()).say(),
            &self.styles.group,
        )
    }

    /// The head of a column, its width, and the format of its cells.
    fn head(&mut self, column: u16, id: &str, width: f64, format: &Format) -> Result<(), XlsxError> {
        self.sheet.set_column_width(column, width)?;
        self.sheet.set_column_format(column, format)?;
        text(self.sheet, FIRST - 1, column, &self.teller.words.say(id), &self.styles.head)
    }

    fn row(&mut self, row: u32, application: &ApplicationDecision) -> Result<(), XlsxError> {
        let place = self.places.get(application.territory.as_str()).map_or("", |at| self.teller.place(*at));
        let status = self.statuses.get(&application.status).cloned().unwrap_or_default();
        let reasons: Vec<String> = application.reasons.iter().map(|r| self.reason(r)).collect();
        for (column, cell) in [
            (column::ID, application.id.as_str()),
            (column::NAME, who(application)),
            (column::OPERATOR, application.operator_name.as_str()),
            (column::PLACE_CODE, application.territory.as_str()),
            (column::PLACE, place),
            (column::STATUS, status.as_str()),
            (column::REASON, reasons.join("; ").as_str()),
        ] {
            text(self.sheet, row, column, cell, None)?;
        }
        if let Some(sought) = application.sought {
            number(self.sheet, row, column::SOUGHT, major(sought), None)?;
        }
        self.points(row, application)?;
        if let Some(rank) = application.rank {
            let rank = u32::try_from(rank).map_or(0.0, f64::from);
            number(self.sheet, row, self.layout.rank, rank, None)?;
        }
        for award in &application.pots {
            self.award(row, application, award)?;
        }
        self.amounts(row, application)
    }

    fn reason(&mut self, reason: &Reason) -> String {
        let key = reason.to_string();
        if let Some(known) = self.reasons.get(&key) {
            return known.clone();
        }
        let said = self.teller.reason(reason);
        self.reasons.insert(key, said.clone());
        said
    }

    /// Values, scaled values, points, and their sum.
    fn points(&mut self, row: u32, application: &ApplicationDecision) -> Result<(), XlsxError> {
        let styles = self.styles;
        for (at, contribution) in application.contributions.iter().enumerate() {
            let (Some(columns), Some(indicator)) =
                (self.layout.indicators.get(at).copied(), self.indicators.get(at).copied())
            else {
                continue;
            };
            let imputed = !contribution.imputed.as_str().is_empty();
            let value_format = imputed.then_some(&styles.imputed);
            let is_word = matches!(indicator.scale, Scale::Categories { .. });
            match contribution.value.parse::<Rational>() {
                Ok(value) if !is_word => {
                    number(self.sheet, row, columns.value, cell(&value), value_format)?;
                }
                _ if contribution.value.is_empty() => {
                    let said = self.teller.words.say(&format!("imputed-{}", contribution.imputed.as_str()));
                    text(self.sheet, row, columns.value, &said, &styles.imputed)?;
                }
                _ => text(self.sheet, row, columns.value, &contribution.value, value_format)?,
            }
            let scaled = contribution.scaled.to_rational();
            match self.scales.get(at).and_then(Option::as_ref).filter(|_| !contribution.value.is_empty()) {
                Some(parts) => {
                    let value = row_col_to_cell(row, columns.value);
                    let written = rules::scaled_formula(parts, indicator.scale.kind(), &value);
                    formula(self.sheet, row, columns.scaled, &written, result(&scaled), None)?;
                }
                None => number(self.sheet, row, columns.scaled, cell(&scaled), None)?,
            }
            let points = contribution.points.to_rational();
            if self.summed {
                let weight = self.weights.get(at).map_or("0", String::as_str);
                let written = format!("ROUND({weight}*{},6)", row_col_to_cell(row, columns.scaled));
                formula(self.sheet, row, columns.points, &written, result(&points), None)?;
            } else {
                number(self.sheet, row, columns.points, cell(&points), None)?;
            }
        }
        let score = application.points.to_rational();
        if self.layout.indicators.is_empty() {
            return number(self.sheet, row, self.layout.score, cell(&score), None);
        }
        // ROUND takes off what binary fractions leave behind, so that the sum is the published one.
        let cells: Vec<String> =
            self.layout.indicators.iter().map(|c| row_col_to_cell(row, c.points)).collect();
        let written = format!("ROUND({},6)", cells.join("+"));
        formula(self.sheet, row, self.layout.score, &written, result(&score), None)
    }

    /// Weight × price, between floor and ceiling, beside the published amount.
    fn award(
        &mut self,
        row: u32,
        application: &ApplicationDecision,
        award: &PotAward,
    ) -> Result<(), XlsxError> {
        let (Some(c), Some(node)) = (self.layout.pots.get(award.pot).copied(), self.teller.node(award))
        else {
            return Ok(());
        };
        match self.weight(row, application, award.pot) {
            Some(written) => formula(self.sheet, row, c.weight, &written, result(&award.weight), None)?,
            None => number(self.sheet, row, c.weight, cell(&award.weight), None)?,
        }
        let index = u32::try_from(award.node).map_or(0.0, f64::from);
        number(self.sheet, row, c.node, index, None)?;
        let price = self.prices.get(award.pot).and_then(|p| p.get(award.node)).map_or("0", String::as_str);
        formula(self.sheet, row, c.price, price, result(&node.price), None)?;
        let share = self.teller.share(award);
        let written = format!("{}*{}", row_col_to_cell(row, c.weight), row_col_to_cell(row, c.price));
        formula(self.sheet, row, c.share, &written, result(&share), None)?;
        number(self.sheet, row, c.floor, major(award.floor), None)?;
        for (column, bound) in [(c.ceiling, award.ceiling), (c.minimum, award.minimum)] {
            if let Some(bound) = bound {
                number(self.sheet, row, column, major(bound), None)?;
            }
        }
        if award.binding == Binding::Dropped {
            // Whether it is dropped is decided with all others, which one row can't show.
            number(self.sheet, row, c.before, 0.0, None)?;
        } else {
            let written = before_rounding(row, &c, award.ceiling.is_some());
            formula(self.sheet, row, c.before, &written, result(&award.exact), None)?;
        }
        number(self.sheet, row, c.amount, major(award.amount), None)?;
        let unit = self.teller.decision.policy.round.unit.to_short_string();
        let written = format!(
            "IF(ABS({}-{})<{unit},\"✓\",\"✕\")",
            row_col_to_cell(row, c.amount),
            row_col_to_cell(row, c.before)
        );
        let near = (&award.amount.to_rational() - &award.exact).abs()
            < self.teller.decision.policy.round.unit.to_rational();
        formula(self.sheet, row, c.check, &written, if near { "✓" } else { "✕" }.to_owned(), None)
    }

    /// The weight as a formula, where all that it needs stands in the row.
    fn weight(&self, row: u32, application: &ApplicationDecision, pot: usize) -> Option<String> {
        let parts = self.layout.weights.get(pot)?.as_ref()?;
        let mut written = String::from("ROUND(");
        for part in parts {
            match part {
                Quantity::Text(text) => written.push_str(text),
                Quantity::Score => written.push_str(&row_col_to_cell(row, self.layout.score)),
                Quantity::Sought => written.push_str(&row_col_to_cell(row, column::SOUGHT)),
                Quantity::Indicator(at) => {
                    let known = application.contributions.get(*at)?;
                    if !known.imputed.as_str().is_empty() || known.value.parse::<Rational>().is_err() {
                        return None;
                    }
                    written.push_str(&row_col_to_cell(row, self.layout.indicators.get(*at)?.value));
                }
            }
        }
        written.push_str(",6)");
        Some(written)
    }

    /// What it gets in all, and what is kept for it.
    fn amounts(&mut self, row: u32, application: &ApplicationDecision) -> Result<(), XlsxError> {
        let held = application.status == Status::Held;
        let total = || {
            let mut sum = String::new();
            for award in &application.pots {
                if let Some(c) = self.layout.pots.get(award.pot) {
                    let plus = if sum.is_empty() { "" } else { "+" };
                    let _ = write!(sum, "{plus}{}{}", column_number_to_name(c.amount), row + 1);
                }
            }
            sum
        };
        let sum = total();
        let amount = application.amount.to_rational();
        if held || sum.is_empty() {
            number(self.sheet, row, self.layout.amount, cell(&amount), None)?;
        } else {
            formula(self.sheet, row, self.layout.amount, &sum, result(&amount), None)?;
        }
        if let Some(kept) = application.amount_if_cleared {
            if sum.is_empty() {
                number(self.sheet, row, self.layout.kept, major(kept), None)?;
            } else {
                formula(self.sheet, row, self.layout.kept, &sum, result(&kept.to_rational()), None)?;
            }
        }
        Ok(())
    }
}

fn before_rounding(row: u32, c: &PotColumns, has_ceiling: bool) -> String {
    let (share, floor) = (row_col_to_cell(row, c.share), row_col_to_cell(row, c.floor));
    if has_ceiling {
        format!("MIN(MAX({share},{floor}),{})", row_col_to_cell(row, c.ceiling))
    } else {
        format!("MAX({share},{floor})")
    }
}
