//! The simulation beside published figures.

use crate::SimulateError;
use crate::geography::{Country, Fact};
use crate::piece::Summary;
use crate::stream::real;

/// A published figure and the simulated one.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The fact's name in `countries/kz/geography/facts.csv`.
    pub fact: String,
    /// The place it is of.
    pub place: String,
    /// Its year, as published.
    pub year: String,
    /// Its unit.
    pub unit: String,
    /// Who published it.
    pub source: String,
    /// The published figure.
    pub published: f64,
    /// The simulated one.
    pub simulated: f64,
}

impl Row {
    /// How far the simulated figure is off, as a part of the published one.
    pub fn deviation(&self) -> f64 {
        if self.published.abs() < f64::EPSILON { 0.0 } else { self.simulated / self.published - 1.0 }
    }
}

const COUNTRY: &str = "Kazakhstan";
const ASTANA: (&str, &str) = ("Astana", "710000000");
const SHYMKENT: (&str, &str) = ("Shymkent", "790000000");

/// Every figure that the simulation claims to meet, for a whole country at scale 1.
///
/// # Errors
/// The geography that comes with the product can't be read.
pub fn calibration(summary: &Summary) -> Result<Vec<Row>, SimulateError> {
    let country = Country::read()?;
    let per_child =
        if summary.child_months == 0 { 0.0 } else { real(summary.paid) / real(summary.child_months) };
    let mut figures: Vec<(&str, &str, f64)> = vec![
        ("sports facilities in the country, more than", COUNTRY, real(summary.facilities)),
        ("rural sports facilities, more than", COUNTRY, real(summary.rural_facilities)),
        ("sports hall area existing", COUNTRY, real(summary.hall_area_m2())),
        ("children in the sport order, more than", COUNTRY, real(summary.vouchers())),
    ];
    for (name, kato) in [SHYMKENT, ASTANA] {
        let Some(region) = summary.region(kato) else { continue };
        let vouchers = if name == "Astana" { "vouchers active in sport" } else { "vouchers in sport" };
        figures.push((vouchers, name, real(region.vouchers)));
        figures.push(("sports sections", name, real(region.sections)));
        figures.push(("kinds of sport", name, f64::from(region.sports())));
        if name == "Astana" {
            figures.push(("suppliers registered", name, real(region.registered)));
            figures.push(("suppliers active", name, real(region.suppliers)));
            figures.push((
                "suppliers taking children with special needs",
                name,
                real(region.special_suppliers),
            ));
            figures.push(("chess sections", name, real(region.chess_sections)));
            figures.push(("chess vouchers", name, real(region.chess_vouchers)));
        } else {
            figures.push(("suppliers", name, real(region.suppliers)));
            figures.push(("coaches", name, real(region.coaches)));
            figures.push(("sports order", name, real(region.paid_months.iter().sum())));
        }
    }
    let row = |fact: &str, place: &str, found: &Fact, simulated: f64| Row {
        fact: fact.to_owned(),
        place: place.to_owned(),
        year: found.year.clone(),
        unit: found.unit.clone(),
        source: found.source.clone(),
        published: found.value,
        simulated,
    };
    let mut rows: Vec<Row> = figures
        .into_iter()
        .filter_map(|(fact, place, simulated)| Some(row(fact, place, country.fact(fact, place)?, simulated)))
        .collect();
    if let Some(first) = country.fact_of("children's sport order", COUNTRY, "2023") {
        rows.push(row("children's sport order", COUNTRY, first, real(summary.paid)));
    }
    if let Some(budget) = country.fact_of("children's sport order", COUNTRY, "2024") {
        let mut asked = row(
            "children's sport order, twice over: what is asked for",
            COUNTRY,
            budget,
            real(summary.sought),
        );
        asked.published *= 2.0;
        rows.push(asked);
    }
    if let Some(year) = country.fact_of("tenge per child and year", SHYMKENT.0, "2023") {
        let mut month = row("tenge per child and year, by month", SHYMKENT.0, year, per_child);
        month.published /= 12.0;
        rows.push(month);
    }
    Ok(rows)
}

/// The regions by hall area for a thousand people, the worst first: name and square metres.
///
/// # Errors
/// The geography that comes with the product can't be read.
pub fn halls(summary: &Summary) -> Result<Vec<(String, f64)>, SimulateError> {
    let country = Country::read()?;
    let mut regions: Vec<(String, f64)> = country
        .regions
        .iter()
        .filter_map(|r| {
            let here = summary.region(&r.kato)?;
            Some((r.names.en.clone(), real(here.hall_area_m2) * 1_000.0 / real(r.population)))
        })
        .collect();
    regions.sort_by(|a, b| a.1.total_cmp(&b.1).then_with(|| a.0.cmp(&b.0)));
    Ok(regions)
}

/// The tables of `docs/simulator.md`, between its markers.
///
/// # Errors
/// The geography that comes with the product can't be read.
pub fn document(summary: &Summary) -> Result<String, SimulateError> {
    let mut text = String::from(
        "| published figure | place | year | published | simulated | off by | source |\n| --- | --- | --- | ---: | ---: | ---: | --- |\n",
    );
    for row in calibration(summary)? {
        text.push_str(&format!(
            "| {} ({}) | {} | {} | {} | {} | {:+.1} % | {} |\n",
            row.fact,
            row.unit,
            row.place,
            row.year,
            grouped(row.published),
            grouped(row.simulated),
            row.deviation() * 100.0,
            row.source
        ));
    }
    text.push_str("\n| region | hall area, m² for 1,000 people |\n| --- | ---: |\n");
    for (name, area) in halls(summary)? {
        text.push_str(&format!("| {name} | {area:.1} |\n"));
    }
    Ok(text)
}

fn grouped(x: f64) -> String {
    let digits = crate::stream::whole(x).to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
