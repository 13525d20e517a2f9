//! Which records are one facility: pairs in reach, their points, and groups without contradictions.

use std::collections::{BTreeMap, BTreeSet};

use adil_domain::{Place, Problem, Problems};
use adil_geography::great_circle;
use rayon::prelude::*;
use rstar::primitives::GeomWithData;
use rstar::{AABB, RTree};

use super::Options;
use super::record::Record;
use super::review::{self, ReviewRow, Why};
use super::rule::{self, ALONE_M, MARGIN, Outcome, Pair, REACH_M};
use crate::taxonomy::Fit;

/// Records of one list with one name and kind within so many metres are of one site.
const SITE_M: f64 = 150.0;

/// Groups of records that are one facility, and the pairs that a person must look at.
pub(super) struct Matching {
    /// Positions of records, each group in the order of the lists; groups in the order of their first.
    pub(super) groups: Vec<Vec<usize>>,
    pub(super) review: Vec<ReviewRow>,
    /// Decisions obeyed.
    pub(super) decided: usize,
}

pub(super) fn matching(records: &[Record<'_>], options: &Options, problems: &mut Problems) -> Matching {
    let twins = twins(records);
    let mut pairs = compared(records);
    add_alone(records, &mut pairs);
    let by_pair: BTreeMap<(usize, usize), usize> =
        pairs.iter().enumerate().map(|(at, p)| ((p.left, p.right), at)).collect();
    let mut groups = Groups::new(records);
    let decided = decisions(records, options, &mut groups, problems);
    let doubtful = doubtful(records, &pairs, &twins);
    // The surest first; then the nearest; then as the lists have them.
    let mut order: Vec<usize> = (0..pairs.len()).collect();
    let rank = |at: usize| {
        let pair = &pairs[at];
        (std::cmp::Reverse(pair.points()), pair.metres.unwrap_or(REACH_M))
    };
    let likely = |at: &usize| {
        let pair = &pairs[*at];
        // Between twins the finer word of their lists decides, where both use the same words.
        usize::from(records[pair.left].word != records[pair.right].word)
    };
    order.sort_by(|a, b| {
        let ((points_a, metres_a), (points_b, metres_b)) = (rank(*a), rank(*b));
        (points_a.cmp(&points_b))
            .then(metres_a.total_cmp(&metres_b))
            .then(likely(a).cmp(&likely(b)))
            .then((pairs[*a].left, pairs[*a].right).cmp(&(pairs[*b].left, pairs[*b].right)))
    });
    let mut review = Vec::new();
    for at in order.iter().copied() {
        let pair = &pairs[at];
        let unsure = doubtful.contains(&at);
        match rule::outcome(pair.points()) {
            Outcome::Same if !unsure => {
                let contradicted = |i: usize, j: usize| match by_pair.get(&(i.min(j), i.max(j))) {
                    Some(at) => rule::outcome(pairs[*at].points()) == Outcome::Different,
                    // Too far apart to be compared.
                    None => records[i].position.is_some() && records[j].position.is_some(),
                };
                if groups.join(pair.left, pair.right, contradicted) == Joined::Contradiction {
                    review.push((at, Why::Contradiction));
                }
            }
            Outcome::Same => review.push((at, Why::SeveralAlike)),
            Outcome::Unsure => review.push((at, Why::Points)),
            Outcome::Different => {}
        }
    }
    // What the surer pairs have settled needs nobody's eyes.
    review.retain(|(at, _)| groups.open(pairs[*at].left, pairs[*at].right));
    review.sort_by_key(|(at, _)| (pairs[*at].left, pairs[*at].right));
    let mut rows: Vec<ReviewRow> =
        review.iter().map(|(at, why)| review::row(records, &pairs[*at], *why)).collect();
    rows.extend(options.decisions.iter().cloned().map(ReviewRow::from));
    Matching { groups: groups.into_groups(), review: rows, decided }
}

/// Records of one list with the same name and kind at one site, by the first of them: it matters little which of them
/// becomes whose partner, so that they are no rivals to each other.
fn twins(records: &[Record<'_>]) -> Vec<usize> {
    let mut alike: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (at, record) in records.iter().enumerate().filter(|(_, r)| !r.names.is_empty()) {
        let names: Vec<&str> = record.names.iter().map(adil_integrity::names::WeightedName::text).collect();
        alike.entry((record.list, record.kind, names)).or_default().push(at);
    }
    let mut twins: Vec<usize> = (0..records.len()).collect();
    for group in alike.values() {
        for (n, at) in group.iter().enumerate() {
            let near = |other: &&usize| {
                let places = records[*at].position.zip(records[**other].position);
                places.is_some_and(|(a, b)| great_circle(a, b) <= SITE_M)
            };
            if let Some(first) = group[..n].iter().find(near) {
                twins[*at] = twins[*first];
            }
        }
    }
    twins
}

/// How many records are twins of each other, by the first of them.
fn sizes(twins: &[usize]) -> BTreeMap<usize, usize> {
    let mut sizes = BTreeMap::new();
    for first in twins {
        *sizes.entry(*first).or_default() += 1;
    }
    sizes
}

type Located = GeomWithData<[f64; 2], usize>;

/// Every pair of different lists that is near enough, or that shares what has no place: operator and address, or name
/// and territory.
fn compared(records: &[Record<'_>]) -> Vec<Pair> {
    let located =
        |(at, record): (usize, &Record<'_>)| record.position.map(|p| Located::new([p.lon(), p.lat()], at));
    let index: RTree<Located> = RTree::bulk_load(records.iter().enumerate().filter_map(located).collect());
    let mut candidates: Vec<(usize, usize)> = (0..records.len())
        .into_par_iter()
        .flat_map_iter(|at| {
            let near = records[at].position.map(|p| reach(p.lat(), p.lon()));
            let found =
                near.into_iter().flat_map(|area| index.locate_in_envelope(area)).map(|point| point.data);
            let later: Vec<(usize, usize)> = found
                .filter(|other| records[at].list < records[*other].list)
                .map(|other| (at, other))
                .collect();
            later
        })
        .collect();
    candidates.extend(without_position(records));
    candidates.par_sort_unstable();
    candidates.dedup();
    candidates
        .into_par_iter()
        .map(|(left, right)| rule::compare(records, left, right))
        .filter(|pair| pair.metres.is_none_or(|m| m <= REACH_M))
        .collect()
}

/// A box that holds everything within [`REACH_M`].
fn reach(lat: f64, lon: f64) -> AABB<[f64; 2]> {
    // A little more than the metres of a degree, so that nothing within reach is left out.
    let high = REACH_M / 110_000.0;
    let wide = high / libm::cos((lat.abs() + high).to_radians()).max(0.01);
    AABB::from_corners([lon - wide, lat - high], [lon + wide, lat + high])
}

/// Pairs of which at least one has no position.
fn without_position(records: &[Record<'_>]) -> Vec<(usize, usize)> {
    let mut blocks: BTreeMap<(u8, String, String), Vec<usize>> = BTreeMap::new();
    for (at, record) in records.iter().enumerate() {
        if let (Some(operator), Some(address)) = (record.get("operator_id"), &record.address) {
            let address = format!("{} {}", address.words.join(" "), address.numbers.join(" "));
            blocks.entry((0, operator.to_owned(), address)).or_default().push(at);
        }
        if let Some(territory) = record.get("territory") {
            for name in &record.names {
                blocks.entry((1, territory.to_owned(), name.text().to_owned())).or_default().push(at);
            }
        }
    }
    let mut pairs = Vec::new();
    for block in blocks.values() {
        for (n, a) in block.iter().enumerate() {
            for b in &block[n + 1..] {
                let nowhere = records[*a].position.is_none() || records[*b].position.is_none();
                if nowhere && records[*a].list != records[*b].list {
                    pairs.push((*a.min(b), *a.max(b)));
                }
            }
        }
    }
    pairs
}

/// Adds the points of being alone to pairs neither of which has another nearby, in the other's list, that it could be.
fn add_alone(records: &[Record<'_>], pairs: &mut [Pair]) {
    let near = |pair: &Pair| pair.fit != Fit::Different && pair.metres.is_some_and(|m| m <= ALONE_M);
    let mut partners: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for pair in pairs.iter().filter(|p| near(p)) {
        *partners.entry((pair.left, records[pair.right].list)).or_default() += 1;
        *partners.entry((pair.right, records[pair.left].list)).or_default() += 1;
    }
    for pair in pairs.iter_mut().filter(|p| near(p)) {
        let only = |at: usize, other: usize| partners.get(&(at, records[other].list)) == Some(&1);
        if only(pair.left, pair.right) && only(pair.right, pair.left) {
            pair.reasons.push(rule::alone());
        }
    }
}

/// Pairs that would be the same but for a second partner that is nearly as good and can be told apart from the first.
fn doubtful(records: &[Record<'_>], pairs: &[Pair], twins: &[usize]) -> BTreeSet<usize> {
    let mut by_side: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for (at, pair) in pairs.iter().enumerate().filter(|(_, p)| p.points() >= rule::UNSURE) {
        by_side.entry((pair.left, records[pair.right].list)).or_default().push(at);
        by_side.entry((pair.right, records[pair.left].list)).or_default().push(at);
    }
    let mut best: BTreeMap<usize, i32> = BTreeMap::new();
    for pair in pairs {
        for side in [pair.left, pair.right] {
            let most = best.entry(side).or_insert(i32::MIN);
            *most = (*most).max(pair.points());
        }
    }
    let size = sizes(twins);
    let mut doubtful = BTreeSet::new();
    for ((side, _), found) in &by_side {
        let other = |at: usize| if pairs[at].left == *side { pairs[at].right } else { pairs[at].left };
        for at in found {
            let points = pairs[*at].points();
            let rivals = found.iter().filter(|next| {
                // A rival that has a better partner of its own is none.
                let free = best.get(&other(**next)).is_none_or(|most| *most <= pairs[**next].points());
                twins[other(**next)] != twins[other(*at)]
                    && free
                    && (points - pairs[**next].points()).abs() < MARGIN
            });
            // Three pitches of one school have room for three partners, whichever becomes whose.
            if rivals.count() >= size.get(&twins[*side]).copied().unwrap_or(1) {
                doubtful.insert(*at);
            }
        }
    }
    doubtful
}

/// Obeys what people have decided, in their order.
fn decisions(
    records: &[Record<'_>],
    options: &Options,
    groups: &mut Groups,
    problems: &mut Problems,
) -> usize {
    let by_key: BTreeMap<(&str, &str), usize> = (records.iter().enumerate())
        .map(|(at, r)| ((r.found.source.as_str(), r.found.key.as_str()), at))
        .collect();
    let mut obeyed = 0;
    // Differences first: they are what a merge must not break.
    let (same, different): (Vec<_>, Vec<_>) = options.decisions.iter().partition(|d| d.same);
    for decision in different.into_iter().chain(same) {
        let place = || Place::line(review::FILE, decision.line);
        let find = |side: &(String, String)| by_key.get(&(side.0.as_str(), side.1.as_str())).copied();
        let (Some(left), Some(right)) = (find(&decision.left), find(&decision.right)) else {
            problems.push(
                Problem::warning(
                    "decision-unused",
                    place(),
                    format!(
                        "Decided about `{}` and `{}`, but not both are among the sources any more.",
                        decision.left.1, decision.right.1
                    ),
                )
                .hint("It is kept; import the source again, or delete the line."),
            );
            continue;
        };
        if !decision.same {
            groups.part(left, right);
            obeyed += 1;
        } else if matches!(groups.join(left, right, |_, _| false), Joined::Done | Joined::Already) {
            obeyed += 1;
        } else {
            problems.push(
                Problem::error(
                    "contradicting-decisions",
                    place(),
                    format!(
                        "`{}` and `{}` are decided to be the same, but other decisions keep them apart, or they would \
                         make two records of one list the same.",
                        decision.left.1, decision.right.1
                    ),
                )
                .hint("Change one of the decisions."),
            );
        }
    }
    obeyed
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Joined {
    Done,
    /// They are one already.
    Already,
    /// Two records of one list would become one.
    Taken,
    /// Records that are not the same would become one.
    Contradiction,
}

/// Groups of records, at most one of each list.
struct Groups {
    list: Vec<usize>,
    /// By record the first of its group.
    of: Vec<usize>,
    /// By first record the group.
    members: BTreeMap<usize, Vec<usize>>,
    parted: BTreeSet<(usize, usize)>,
}

impl Groups {
    fn new(records: &[Record<'_>]) -> Self {
        Self {
            list: records.iter().map(|r| r.list).collect(),
            of: (0..records.len()).collect(),
            members: (0..records.len()).map(|at| (at, vec![at])).collect(),
            parted: BTreeSet::new(),
        }
    }

    fn part(&mut self, a: usize, b: usize) {
        self.parted.insert((a.min(b), a.max(b)));
    }

    fn group(&self, at: usize) -> &[usize] {
        self.members.get(&self.of[at]).map_or(&[], Vec::as_slice)
    }

    /// Whether the two groups could still become one as far as their lists and people's decisions go.
    fn open(&self, a: usize, b: usize) -> bool {
        self.of[a] != self.of[b]
            && !self.crossing(a, b, |x, y| self.list[x] == self.list[y] || self.is_parted(x, y))
    }

    fn is_parted(&self, a: usize, b: usize) -> bool {
        self.parted.contains(&(a.min(b), a.max(b)))
    }

    /// Whether something holds for a record of the one group and one of the other.
    fn crossing(&self, a: usize, b: usize, holds: impl Fn(usize, usize) -> bool) -> bool {
        self.group(a).iter().any(|x| self.group(b).iter().any(|y| holds(*x, *y)))
    }

    fn join(&mut self, a: usize, b: usize, contradicted: impl Fn(usize, usize) -> bool) -> Joined {
        if self.of[a] == self.of[b] {
            return Joined::Already;
        }
        if self.crossing(a, b, |x, y| self.list[x] == self.list[y] || self.is_parted(x, y)) {
            return Joined::Taken;
        }
        if self.crossing(a, b, contradicted) {
            return Joined::Contradiction;
        }
        let (first, second) = (self.of[a].min(self.of[b]), self.of[a].max(self.of[b]));
        let moved = self.members.remove(&second).unwrap_or_default();
        for at in &moved {
            self.of[*at] = first;
        }
        let group = self.members.entry(first).or_default();
        group.extend(moved);
        group.sort_unstable();
        Joined::Done
    }

    fn into_groups(self) -> Vec<Vec<usize>> {
        self.members.into_values().collect()
    }
}
