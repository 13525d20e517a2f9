//! The money again, by another way: a naive exact solver that knows nothing but the text of `awards.csv`,
//! `territories.csv`, the budget and the payable step. It shares no code with the program.

use std::collections::BTreeMap;

use adil_domain::Rational;
use proptest::prelude::*;

use super::properties::{clubs, decided, round, rules};
use super::{Decided, Record, Round, rational};

/// A rising broken line from price 0 on: corners, and the slope after the last.
#[derive(Debug, Clone)]
struct Curve {
    corners: Vec<(Rational, Rational)>,
    slope: Rational,
}

impl Curve {
    /// What one application gets at each price.
    fn leaf(weight: &Rational, floor: &Rational, ceiling: Option<&Rational>) -> Self {
        let mut corners = vec![(Rational::zero(), floor.clone())];
        if weight.is_zero() {
            return Self { corners, slope: Rational::zero() };
        }
        corners.push((floor.checked_div(weight).unwrap(), floor.clone()));
        let Some(ceiling) = ceiling else { return Self { corners, slope: weight.clone() } };
        corners.push((ceiling.checked_div(weight).unwrap(), ceiling.clone()));
        Self { corners, slope: Rational::zero() }
    }

    fn at(&self, price: &Rational) -> Rational {
        let after = self.corners.partition_point(|(p, _)| p <= price);
        let (p0, v0) = &self.corners[after - 1];
        let slope = match self.corners.get(after) {
            Some((p1, v1)) => (v1 - v0).checked_div(&(p1 - p0)).unwrap(),
            None => self.slope.clone(),
        };
        v0 + &(&slope * &(price - p0))
    }

    fn sum(curves: &[Self]) -> Self {
        let mut prices: Vec<&Rational> =
            curves.iter().flat_map(|c| c.corners.iter().map(|(p, _)| p)).collect();
        prices.sort();
        prices.dedup();
        let corners: Vec<(Rational, Rational)> =
            prices.into_iter().map(|p| (p.clone(), curves.iter().map(|c| c.at(p)).sum())).collect();
        let corners = if corners.is_empty() { vec![(Rational::zero(), Rational::zero())] } else { corners };
        Self { corners, slope: curves.iter().map(|c| c.slope.clone()).sum() }
    }

    /// The lowest price at which the line reaches `value`; `None` where it never does.
    fn price_of(&self, value: &Rational) -> Option<Rational> {
        let at = self.corners.partition_point(|(_, v)| v < value);
        match (at.checked_sub(1).map(|i| &self.corners[i]), self.corners.get(at)) {
            (None, Some((p, _))) => Some(p.clone()),
            (Some((p0, v0)), Some((p1, v1))) => {
                Some(p0 + &(&(p1 - p0) * &(value - v0).checked_div(&(v1 - v0)).unwrap()))
            }
            (Some((p0, v0)), None) => Some(p0 + &(value - v0).checked_div(&self.slope)?),
            (None, None) => None,
        }
    }

    /// The same line, held within bounds.
    fn clamped(&self, floor: &Rational, ceiling: Option<&Rational>) -> Self {
        let mut prices: Vec<Rational> = self.corners.iter().map(|(p, _)| p.clone()).collect();
        prices.extend(self.price_of(floor));
        prices.extend(ceiling.and_then(|c| self.price_of(c)));
        prices.sort();
        prices.dedup();
        let within = |value: Rational| {
            let raised = value.max(floor.clone());
            ceiling.map_or(raised.clone(), |c| raised.min(c.clone()))
        };
        let corners: Vec<(Rational, Rational)> =
            prices.into_iter().map(|p| (p.clone(), within(self.at(&p)))).collect();
        let full = ceiling.is_some_and(|c| corners.last().is_some_and(|(_, v)| v == c));
        Self { corners, slope: if full { Rational::zero() } else { self.slope.clone() } }
    }
}

struct Place {
    code: String,
    parent: String,
    floor: Rational,
    ceiling: Option<Rational>,
}

struct Tables {
    places: Vec<Place>,
    leaves: Vec<(String, String, Curve)>,
}

fn optional(text: &str) -> Option<Rational> {
    (!text.is_empty()).then(|| rational(text))
}

impl Tables {
    fn read(awards: &[Record], territories: &[Record], step: &Rational) -> Self {
        let up = |a: Rational| &Rational::from_scaled(a.checked_div(step).unwrap().ceil(), 0) * step;
        let places = territories
            .iter()
            .map(|r| Place {
                code: r["territory"].clone(),
                parent: r["parent"].clone(),
                floor: up(rational(&r["floor"])),
                ceiling: optional(&r["ceiling"]),
            })
            .collect();
        let took_part = |r: &&Record| !r["weight"].is_empty();
        let leaves = awards
            .iter()
            .filter(took_part)
            .map(|r| {
                let (mut weight, mut floor) = (rational(&r["weight"]), rational(&r["floor"]));
                if r["reason"].contains("below-minimum") || dropped_while_held(r) {
                    (weight, floor) = (Rational::zero(), Rational::zero());
                }
                let curve = Curve::leaf(&weight, &floor, optional(&r["ceiling"]).as_ref());
                (r["application_id"].clone(), r["territory"].clone(), curve)
            })
            .collect();
        Self { places, leaves }
    }

    /// Curves of everything directly below a place: its applications, then its places.
    fn below(&self, code: &str) -> Vec<Curve> {
        let leaves = self.leaves.iter().filter(|(_, place, _)| place == code).map(|(_, _, c)| c.clone());
        let places = self.places.iter().filter(|p| p.parent == code).map(|p| self.of(p));
        leaves.chain(places).collect()
    }

    fn of(&self, place: &Place) -> Curve {
        Curve::sum(&self.below(&place.code)).clamped(&place.floor, place.ceiling.as_ref())
    }

    /// Divides `total` below a place, top-down: one price where nothing binds, its own where a bound does.
    fn divide(&self, code: &str, total: &Rational, out: &mut BTreeMap<String, Rational>) {
        let all = Curve::sum(&self.below(code));
        // Where even the highest price does not use the money, everyone is at the ceiling.
        let price = all.price_of(total).unwrap_or_else(|| {
            let last = all.corners.last().unwrap();
            last.0.clone()
        });
        for (id, _, curve) in self.leaves.iter().filter(|(_, place, _)| place == code) {
            out.insert(id.clone(), curve.at(&price));
        }
        for place in self.places.iter().filter(|p| p.parent == code) {
            self.divide(&place.code, &self.of(place).at(&price), out);
        }
    }
}

/// A held application keeps its own reason; that it fell below its minimum shows in the certificate alone.
fn dropped_while_held(row: &Record) -> bool {
    row["status"] == "held" && row["amount_if_cleared"] == "0" && row["dropped"] == "yes"
}

fn off_by_a_unit_at_most(decided: &Decided, budget: &Rational, step: &Rational) {
    let certificate: serde_json::Value = serde_json::from_slice(&decided.files["certificate.json"]).unwrap();
    let dropped = certificate["pots"][0]["dropped"].as_array().unwrap();
    let mut awards = decided.table("awards.csv");
    for row in &mut awards {
        let is = dropped.iter().any(|d| d.as_str() == Some(&row["application_id"]));
        row.insert("dropped".into(), if is { "yes" } else { "" }.into());
    }
    let tables = Tables::read(&awards, &decided.table("territories.csv"), step);
    let whole = Rational::from_scaled(budget.checked_div(step).unwrap().floor(), 0);
    let mut exact = BTreeMap::new();
    tables.divide("", &(&whole * step), &mut exact);
    for row in &awards {
        let Some(exact) = exact.get(&row["application_id"]) else { continue };
        let paid =
            if row["amount_if_cleared"].is_empty() { &row["amount"] } else { &row["amount_if_cleared"] };
        let off = (&rational(paid) - exact).abs();
        assert!(off < *step, "{}: paid {paid}, solved {exact}", row["application_id"]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_naive_solver_of_the_published_tables_agrees(clubs in clubs(16), rules in rules()) {
        let rules = rules.with_one_pot();
        let order: Vec<usize> = (0..clubs.len()).collect();
        let decided = decided(&round(&clubs, &rules, &order));
        prop_assume!(decided.is_some());
        let decided = decided.unwrap();
        off_by_a_unit_at_most(&decided, &rules.budget(), &rules.unit());
    }
}

#[test]
fn the_naive_solver_is_right_where_a_person_can_tell() {
    let rules = "[[pot]]\nid = \"all\"\ntitle = \"All\"\nshare = \"100%\"\nrule = \"fair-share\"\nweight = \"application.w\"\n\
                 weight_because = \"a test\"\nceiling = \"application.amount_sought\"\nreference = \"a test\"\n\
                 [[pot.bound]]\nlevel = \"county\"\ntitle = \"County\"\nfloor = \"territory.least\"\nreference = \"a test\"\n";
    let decided = Round::new("application_id,territory,amount_sought,w\nA,X,900,8\nB,X,50,1\nC,Y,900,1\n")
        .table("territories.csv", "territory,parent,level,least\nX,,county,0\nY,,county,300\n")
        .rules(rules)
        .decide();
    let tables =
        Tables::read(&decided.table("awards.csv"), &decided.table("territories.csv"), &rational("1"));
    let mut exact = BTreeMap::new();
    tables.divide("", &rational("1000"), &mut exact);
    let exact: Vec<String> = exact.values().map(|x| x.to_short_decimal(2)).collect();
    assert_eq!(exact, ["650", "50", "300"]);
    assert_eq!(decided.amounts(), exact);
}
