//! What comes from one device, in one hour or in one text is one voice, however many names it has.

use std::collections::BTreeMap;

use super::{Kind, Observation};

/// By observation, who is behind it: observers that citizens' devices tie together are one. Names are positions, in the order of the
/// first of them in byte order, so that the order of rows does not matter. `None` where neither an observer nor a device is named.
pub fn people(observations: &[Observation<'_>]) -> Vec<Option<usize>> {
    let mut nodes: BTreeMap<(u8, &str), usize> = BTreeMap::new();
    for observation in observations {
        for node in [observer(observation), device(observation)].into_iter().flatten() {
            nodes.entry(node).or_insert(0);
        }
    }
    nodes.values_mut().enumerate().for_each(|(at, position)| *position = at);
    let mut sets = Sets::new(nodes.len());
    for observation in observations {
        if let (Some(observer), Some(device)) = (observer(observation), device(observation)) {
            sets.join(nodes[&observer], nodes[&device]);
        }
    }
    let roots: Vec<Option<usize>> =
        observations.iter().map(|o| Some(sets.first(nodes[&observer(o).or_else(|| device(o))?]))).collect();
    let mut numbers: BTreeMap<usize, usize> = roots.iter().flatten().map(|root| (*root, 0)).collect();
    numbers.values_mut().enumerate().for_each(|(at, number)| *number = at);
    roots.into_iter().map(|root| root.and_then(|root| numbers.get(&root).copied())).collect()
}

fn observer<'o>(observation: &Observation<'o>) -> Option<(u8, &'o str)> {
    (!observation.observer.is_empty()).then_some((0, observation.observer))
}

/// An inspector's or interviewer's device is the office's: it ties nobody together.
fn device<'o>(observation: &Observation<'o>) -> Option<(u8, &'o str)> {
    (observation.kind == Kind::Citizen && !observation.device.is_empty()).then_some((1, observation.device))
}

/// Groups of observations that count once: positions in `observations`, which are those of one facility and question, one for each
/// person, in the order of their moments. `together` says whether two answers may be of one group at all.
pub fn groups(
    observations: &[&Observation<'_>],
    minutes: i64,
    together: impl Fn(&Observation<'_>, &Observation<'_>) -> bool,
) -> Vec<Vec<usize>> {
    let mut sets = Sets::new(observations.len());
    let citizens: Vec<usize> =
        (0..observations.len()).filter(|at| observations[*at].kind == Kind::Citizen).collect();
    // An hour begins with the first that no earlier hour holds, so that a chain of answers does not become one long hour.
    let mut hours: Vec<(usize, i64)> = Vec::new();
    let mut texts: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for &at in &citizens {
        let this = observations[at];
        let same = |other: usize| together(this, observations[other]);
        // Moments rise, so an hour that is over stays so.
        hours.retain(|(_, end)| this.at.start() <= *end);
        match hours.iter().rev().find(|(first, _)| same(*first)) {
            Some((first, _)) => sets.join(*first, at),
            None => hours.push((at, (this.at.start() + minutes).max(this.at.end()))),
        }
        if !this.text.is_empty() {
            let copies = texts.entry(this.text).or_default();
            match copies.iter().find(|other| same(**other)) {
                Some(other) => sets.join(*other, at),
                None => copies.push(at),
            }
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in 0..observations.len() {
        groups.entry(sets.first(at)).or_default().push(at);
    }
    groups.into_values().collect()
}

/// Sets that can be joined; each is known by its first member.
struct Sets(Vec<usize>);

impl Sets {
    fn new(many: usize) -> Self {
        Self((0..many).collect())
    }

    fn first(&mut self, of: usize) -> usize {
        let mut at = of;
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.first(a), self.first(b));
        self.0[a.max(b)] = a.min(b);
    }
}
