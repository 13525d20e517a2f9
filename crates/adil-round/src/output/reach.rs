//! Who can reach what, as tables: by facility, by point, by place.

use adil_domain::Rational;

use super::csv;
use crate::decision::Decision;
use crate::reach::{DECIMALS, Reach, Visits};

fn number(micro: i128) -> String {
    Rational::from_scaled(micro, DECIMALS).to_short_decimal(DECIMALS)
}

fn known(value: Option<Rational>) -> String {
    value.map(|v| v.to_short_decimal(DECIMALS)).unwrap_or_default()
}

pub(super) fn facilities(reach: &Reach) -> Vec<u8> {
    let mut rows: Vec<_> = reach.facilities.iter().flatten().collect();
    rows.sort_by(|a, b| a.id.cmp(&b.id));
    let rows = rows.into_iter().map(|f| {
        [
            f.id.clone(),
            number(f.people),
            number(f.visits_wanted),
            number(f.visits_unmet),
            known(f.unmet_share()),
            number(f.supply),
            number(f.visits_expected),
            known(f.used_share()),
            known(f.relative_reach(&reach.total)),
        ]
    });
    csv(
        [
            "facility_id",
            "people",
            "visits_wanted",
            "visits_unmet",
            "unmet_share",
            "supply",
            "visits_expected",
            "used_share",
            "relative_reach",
        ],
        rows,
    )
}

fn visits(v: &Visits) -> [String; 5] {
    [number(v.wanted), number(v.satisfied), number(v.out_of_reach), number(v.no_room), known(v.unmet_share())]
}

pub(super) fn points(reach: &Reach) -> Vec<u8> {
    let rows = reach.points.iter().map(|p| {
        let [wanted, satisfied, out, full, unmet] = visits(&p.visits);
        [p.id.clone(), number(p.access), wanted, satisfied, out, full, unmet]
    });
    csv(["point_id", "access", "visits_wanted", "satisfied", "out_of_reach", "no_room", "unmet_share"], rows)
}

pub(super) fn territories(decision: &Decision, reach: &Reach) -> Vec<u8> {
    let rows = decision.territories.iter().zip(&reach.territories).map(|(place, v)| {
        let [wanted, satisfied, out, full, unmet] = visits(v);
        let relative = known(v.relative_reach(&reach.total));
        let (code, parent, level) = (place.code.clone(), place.parent.clone(), place.level.clone());
        [code, parent, level, wanted, satisfied, out, full, unmet, relative]
    });
    csv(
        [
            "territory",
            "parent",
            "level",
            "visits_wanted",
            "satisfied",
            "out_of_reach",
            "no_room",
            "unmet_share",
            "relative_reach",
        ],
        rows,
    )
}
