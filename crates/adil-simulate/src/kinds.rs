//! Kinds of facilities and of sport, from `data/`.

use std::collections::BTreeMap;

use crate::SimulateError;
use crate::geography::rows;

/// A kind of facility (`data/facility_types.csv`).
#[derive(Debug, Clone)]
pub(crate) struct FacilityKind {
    /// Ours, finer than the type: a school's hall is a sports hall.
    pub(crate) id: String,
    /// As `docs/facility-types.md` names it.
    pub(crate) facility_type: String,
    pub(crate) name_kk: String,
    pub(crate) name_ru: String,
    /// Part of the country's hall area that is in halls of this kind; `None` for what is no hall.
    pub(crate) hall: Option<f64>,
    /// Parts of the rural and urban facilities that are no halls.
    pub(crate) rural: f64,
    pub(crate) urban: f64,
    pub(crate) area: f64,
    pub(crate) area_spread: f64,
    pub(crate) m2_per_person: f64,
    pub(crate) hours_week: f64,
    /// How often it has a turnstile and sells tickets, so that visits have a second source.
    pub(crate) second_source: f64,
    pub(crate) applies: f64,
    pub(crate) ask: f64,
    /// How readily sections of the children's order meet here; 0 is never.
    pub(crate) order: f64,
    /// How many come beside the order, compared with other kinds that have as much room.
    pub(crate) appeal: f64,
}

impl FacilityKind {
    /// Under a roof.
    pub(crate) fn indoor(&self) -> bool {
        !matches!(
            self.id.as_str(),
            "outdoor-rink"
                | "stadium"
                | "football-pitch"
                | "multi-use-pitch"
                | "outdoor-gym"
                | "tennis-court"
                | "ski-centre"
        )
    }

    /// Mostly run by the local executive or an enterprise of it.
    pub(crate) fn public(&self) -> f64 {
        match self.id.as_str() {
            "multi-use-pitch" | "outdoor-gym" | "outdoor-rink" => 1.0,
            "football-pitch" | "stadium" | "ski-centre" => 0.75,
            "ice-arena" | "swimming-pool" | "sports-hall" => 0.5,
            _ => 0.03,
        }
    }
}

/// A kind of sport of the children's order (`data/sports.csv`).
#[derive(Debug, Clone)]
pub(crate) struct Sport {
    pub(crate) id: String,
    pub(crate) weight: f64,
    /// What the order pays for a child and month.
    pub(crate) tenge_month: u64,
    pub(crate) sessions_week: u32,
    pub(crate) venues: Vec<String>,
}

/// The sport whose sections Astana publishes by themselves.
pub(crate) const CHESS: &str = "chess";

type Row = BTreeMap<String, String>;

fn text(row: &Row, name: &str) -> String {
    row.get(name).cloned().unwrap_or_default()
}

fn number(row: &Row, name: &str) -> f64 {
    row.get(name).and_then(|c| c.parse().ok()).unwrap_or(0.0)
}

pub(crate) fn facility_kinds() -> Result<Vec<FacilityKind>, SimulateError> {
    let table = rows(include_bytes!("../data/facility_types.csv"))?;
    Ok(table
        .iter()
        .map(|row| FacilityKind {
            id: text(row, "kind"),
            facility_type: text(row, "type"),
            name_kk: text(row, "name_kk"),
            name_ru: text(row, "name_ru"),
            hall: text(row, "hall").parse().ok(),
            rural: number(row, "rural"),
            urban: number(row, "urban"),
            area: number(row, "area_m2"),
            area_spread: number(row, "area_spread"),
            m2_per_person: number(row, "m2_per_person"),
            hours_week: number(row, "hours_week"),
            second_source: number(row, "second_source"),
            applies: number(row, "applies"),
            ask: number(row, "ask_tenge"),
            order: number(row, "order"),
            appeal: number(row, "appeal"),
        })
        .collect())
}

pub(crate) fn sports() -> Result<Vec<Sport>, SimulateError> {
    let table = rows(include_bytes!("../data/sports.csv"))?;
    Ok(table
        .iter()
        .map(|row| Sport {
            id: text(row, "sport"),
            weight: number(row, "weight"),
            tenge_month: crate::stream::whole(number(row, "tenge_month")),
            sessions_week: if text(row, "sessions_week") == "2" { 2 } else { 3 },
            venues: text(row, "venues").split(';').map(str::to_owned).collect(),
        })
        .collect())
}
