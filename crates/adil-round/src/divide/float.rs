//! The same round divided again in floating point under other points, where nothing but weights moves with them.

use adil_allocate::float::Plan;
use num_traits::ToPrimitive;

use super::again::PotAgain;
use super::terms::PotRoom;
use super::{Again, Candidate, Frame, WEIGHT_DECIMALS};
use crate::facts::Facts;

/// Every pot as a plan.
pub(crate) struct Floats {
    pots: Vec<PotFloats>,
    subjects: usize,
}

struct PotFloats {
    plan: Plan,
    members: Vec<Line>,
}

/// A member and its weight as a straight line in its points.
struct Line {
    subject: usize,
    base: f64,
    slope: f64,
}

impl Floats {
    /// `None` where a pot moves with the score in other ways than floats follow.
    pub(crate) fn new(facts: &Facts<'_>, again: &Again, candidates: &[Candidate]) -> Option<Self> {
        let frame = Frame::of(&facts.inputs.policy);
        let rooms = frame.rooms(facts);
        let pots: Option<Vec<PotFloats>> = rooms
            .iter()
            .map(|room| PotFloats::new(room, again.pots.get(room.index)?.as_ref()?, candidates))
            .collect();
        Some(Self { pots: pots?, subjects: facts.subjects.len() })
    }

    /// What each subject would get from all pots, in whole payable steps, from the points of each in millionths.
    pub(crate) fn divide(&self, points: &[u32]) -> Vec<u64> {
        let mut steps = vec![0u64; self.subjects];
        for pot in &self.pots {
            let weights: Vec<f64> = pot.members.iter().map(|m| m.weight(points[m.subject])).collect();
            let merits: Vec<i64> = pot.members.iter().map(|m| points[m.subject].into()).collect();
            for (member, amount) in pot.members.iter().zip(pot.plan.divide(&weights, &merits)) {
                let own = &mut steps[member.subject];
                *own = own.saturating_add(amount.round_ties_even().to_u64().unwrap_or(0));
            }
        }
        steps
    }
}

impl PotFloats {
    fn new(room: &PotRoom<'_, '_>, pot: &PotAgain, candidates: &[Candidate]) -> Option<Self> {
        let taking_part = pot.taking_part(candidates)?;
        let built = room.build(&taking_part, &pot.bounds);
        let mut by_key: Vec<usize> = (0..pot.keys.len()).collect();
        by_key.sort_by_key(|member| pot.keys[*member]);
        let mut order = vec![0u32; by_key.len()];
        for (rank, member) in (0u32..).zip(by_key) {
            order[member] = rank;
        }
        let line = |member: &super::again::Member| {
            Some(Line {
                subject: candidates.get(member.candidate)?.subject,
                base: member.base.to_f64(),
                slope: member.slope.to_f64(),
            })
        };
        let members: Option<Vec<Line>> = pot.members.iter().map(line).collect();
        Some(Self { plan: Plan::new(&built.instance, &order), members: members? })
    }
}

impl Line {
    /// The weight in its own smallest steps, as the exact division rounds it.
    fn weight(&self, points: u32) -> f64 {
        const SCALE: f64 = 1e6;
        const { assert!(WEIGHT_DECIMALS == 6) };
        let weight = self.base + self.slope * (f64::from(points) / SCALE);
        (weight * SCALE).round_ties_even().max(0.0)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::decide::judge;
    use crate::folder::Files;

    /// Without a perturbation floats give what the round gives, to one payable unit for each pot.
    #[test]
    fn floats_agree_with_the_decided_amounts_to_a_unit() {
        let policy = r#"
[round]
id = "r"
currency = "EUR"
budget = "9000"
unit = "5"
country = "ie"
as_of = "2023-12-01"
[[criterion]]
id = "c"
[[criterion.indicator]]
id = "v"
value = "application.v"
weight = 100
scale = { kind = "goalposts", low = 0, high = 97 }
missing = "worst"
because = "a test"
[[pot]]
id = "first"
share = "70%"
rule = "fair-share"
weight = "score * application.size + 3"
weight_because = "a test"
minimum = "application.amount_minimum"
ceiling = "application.amount_sought"
[[pot.bound]]
level = "county"
floor = "pot * 0.1"
ceiling = "pot * 0.4"
[[pot]]
id = "second"
share = "30%"
rule = "fair-share"
weight = "score"
"#;
        let mut applications = "application_id,amount_sought,amount_minimum,territory,v,size\n".to_owned();
        for n in 0..200u32 {
            let (sought, county) = (100 + n * 7 % 83, ["N", "S", "T"][n as usize % 3]);
            let minimum = if n % 4 == 0 { 40 } else { 0 };
            writeln!(applications, "A{n:03},{sought},{minimum},{county},{},{}", n * 31 % 97, 1 + n % 11)
                .unwrap();
        }
        let territories = "territory,parent,level,population\nN,,county,30\nS,,county,20\nT,,county,10\n";
        let files: Files =
            [("policy.toml", policy), ("applications.csv", &applications), ("territories.csv", territories)]
                .map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()))
                .into();
        let inputs = crate::inputs::read(&files, false).inputs.unwrap();
        let facts = Facts::join(&inputs);
        let candidates = judge(&facts).ok().unwrap().candidates;
        let again = Again::new(&facts, &candidates);
        let exact = again.divide(&facts, &inputs.policy, &candidates).ok().unwrap();
        let points: Vec<u32> = candidates.iter().map(|c| u32::try_from(c.points.micro()).unwrap()).collect();
        let floats = Floats::new(&facts, &again, &candidates).unwrap().divide(&points);
        let mut funded = 0;
        for (float, exact) in floats.iter().zip(&exact.by_subject) {
            let exact = u64::try_from(exact.unwrap().minor() / 500).unwrap();
            assert!(float.abs_diff(exact) <= 2, "{float} for {exact}, of two pots");
            funded += usize::from(exact > 0);
        }
        assert!(funded > 150, "{funded}");
    }
}
