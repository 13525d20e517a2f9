//! Areas from ways: the segments of all ways are joined to rings, and a ring's depth says whether it is a hole.
//!
//! Roles of members are often missing or wrong, so they are compared with the result and never make it. A segment that
//! stands twice cancels itself: so an inner ring that touches the outer one becomes a bay, and inner rings that touch
//! become one hole. All decisions are made on whole numbers and are exact.

use super::block::Position;
use super::measure;

/// More segments than any place of sport has; the search for crossings would take long.
const MOST_SEGMENTS: usize = 50_000;

/// A ring, its last point not repeated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ring {
    pub(super) points: Vec<Position>,
    pub(super) hole: bool,
}

/// Why ways make no area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Flaw {
    /// These places are ends of a ring that does not close.
    Open(Vec<Position>),
    /// Two segments cross or touch here without a common node.
    Crossing(Position),
    /// There are so many segments.
    TooLarge(usize),
    /// The ways enclose nothing.
    Nothing,
}

/// Rings, and which of the ways lie otherwise than their role says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) rings: Vec<Ring>,
    pub(super) wrong_roles: Vec<usize>,
}

/// What a member's role says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Outer,
    Inner,
    Unsaid,
}

/// A segment between two places, the lesser first, of a way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Segment {
    from: Position,
    to: Position,
    way: usize,
}

/// The area of ways, all of whose places are known.
pub(super) fn assemble(ways: &[(Role, Vec<Position>)]) -> Result<Area, Flaw> {
    let (segments, shared) = segments(ways)?;
    let graph = Graph::new(&segments);
    let open: Vec<Position> =
        (0..graph.places.len()).filter(|v| graph.edges(*v).len() % 2 == 1).map(|v| graph.places[v]).collect();
    if !open.is_empty() {
        return Err(Flaw::Open(open));
    }
    if let Some(place) = crossing(&segments) {
        return Err(Flaw::Crossing(place));
    }
    let loops = graph.loops();
    let mut wrong = vec![false; ways.len()];
    let mut rings = Vec::with_capacity(loops.len());
    for (own, (points, used)) in loops.iter().enumerate() {
        let others = loops.iter().enumerate().filter(|(i, _)| *i != own).flat_map(|(_, (_, used))| used);
        let middle = doubled_middle(&segments[used[0]]);
        let hole = inside(middle, others.map(|s| &segments[*s]));
        // At a place where rings touch, a way may go on in another's ring.
        let touching = points.iter().any(|v| graph.edges(*v).len() > 2);
        for segment in used.iter().filter(|_| !touching) {
            let way = segments[*segment].way;
            wrong[way] |= ways[way].0 == if hole { Role::Outer } else { Role::Inner };
        }
        rings.push(Ring { points: points.iter().map(|v| graph.places[*v]).collect(), hole });
    }
    // A way that shares a segment with another may have become part of its ring, whatever its role.
    let wrong_roles = (0..ways.len()).filter(|w| wrong[*w] && !shared[*w]).collect();
    Ok(Area { rings, wrong_roles })
}

/// All segments, sorted, without those that stand an even number of times; and which ways have segments of others.
fn segments(ways: &[(Role, Vec<Position>)]) -> Result<(Vec<Segment>, Vec<bool>), Flaw> {
    let mut all = Vec::new();
    for (way, (_, points)) in ways.iter().enumerate() {
        for pair in points.windows(2).filter(|pair| pair[0] != pair[1]) {
            all.push(Segment { from: pair[0].min(pair[1]), to: pair[0].max(pair[1]), way });
        }
    }
    if all.len() > MOST_SEGMENTS {
        return Err(Flaw::TooLarge(all.len()));
    }
    all.sort_unstable();
    let mut shared = vec![false; ways.len()];
    let mut odd = Vec::with_capacity(all.len());
    for run in all.chunk_by(|a, b| (a.from, a.to) == (b.from, b.to)) {
        if run.len() > 1 {
            for segment in run {
                shared[segment.way] = true;
            }
        }
        odd.extend(run.first().filter(|_| run.len() % 2 == 1));
    }
    if odd.is_empty() { Err(Flaw::Nothing) } else { Ok((odd, shared)) }
}

/// On which side of the line from `a` to `b` a place lies: 1 left, -1 right, 0 on it.
fn side(a: Position, b: Position, p: Position) -> i128 {
    let d = |p: i32, q: i32| i128::from(p) - i128::from(q);
    (d(b.lon, a.lon) * d(p.lat, a.lat) - d(b.lat, a.lat) * d(p.lon, a.lon)).signum()
}

/// A place where two segments meet elsewhere than at a common end.
fn crossing(segments: &[Segment]) -> Option<Position> {
    // They are sorted by their western ends, so only segments that begin west of this one's eastern end matter.
    for (i, a) in segments.iter().enumerate() {
        let (low, high) = (a.from.lat.min(a.to.lat), a.from.lat.max(a.to.lat));
        for b in segments[i + 1..].iter().take_while(|b| b.from.lon <= a.to.lon) {
            let apart = b.from.lat.max(b.to.lat) < low || b.from.lat.min(b.to.lat) > high;
            if !apart && meet(a, b) {
                let ends = [a.from, a.to, b.from, b.to];
                return measure::middle_of_box(ends.into_iter());
            }
        }
    }
    None
}

/// Whether two different segments whose boxes overlap meet elsewhere than at a common end.
fn meet(a: &Segment, b: &Segment) -> bool {
    let common = [(a.from, a.to), (a.to, a.from)].into_iter().find_map(|(at, a_end)| {
        [(b.from, b.to), (b.to, b.from)]
            .into_iter()
            .find(|(b_at, _)| *b_at == at)
            .map(|(_, b_end)| (at, a_end, b_end))
    });
    if let Some((at, a_end, b_end)) = common {
        // They overlap only when they leave their common end in the same direction.
        return side(at, a_end, b_end) == 0 && (a_end > at) == (b_end > at);
    }
    side(a.from, a.to, b.from) * side(a.from, a.to, b.to) <= 0
        && side(b.from, b.to, a.from) * side(b.from, b.to, a.to) <= 0
}

/// Places, and the segments that end at each, counterclockwise from south.
struct Graph<'s> {
    segments: &'s [Segment],
    places: Vec<Position>,
    first: Vec<usize>,
    at: Vec<usize>,
}

impl<'s> Graph<'s> {
    fn new(segments: &'s [Segment]) -> Self {
        let mut ends: Vec<(Position, Position, usize)> =
            segments.iter().enumerate().flat_map(|(i, s)| [(s.from, s.to, i), (s.to, s.from, i)]).collect();
        ends.sort_unstable_by(|a, b| {
            // East of the place before west of it, then by the turn from one to the other.
            let west = |(at, to, _): &(Position, Position, usize)| to < at;
            (a.0, west(a)).cmp(&(b.0, west(b))).then_with(|| side(a.0, b.1, a.1).cmp(&0))
        });
        let (mut places, mut first) = (Vec::new(), Vec::new());
        for (i, end) in ends.iter().enumerate() {
            if places.last() != Some(&end.0) {
                places.push(end.0);
                first.push(i);
            }
        }
        first.push(ends.len());
        Self { segments, places, first, at: ends.iter().map(|e| e.2).collect() }
    }

    fn edges(&self, place: usize) -> &[usize] {
        &self.at[self.first[place]..self.first[place + 1]]
    }

    fn other_end(&self, segment: usize, place: usize) -> usize {
        let s = &self.segments[segment];
        let other = if s.from == self.places[place] { s.to } else { s.from };
        self.places.binary_search(&other).unwrap_or(place)
    }

    /// Closed walks without a repeated place, each with its places and segments. They touch but do not cross.
    ///
    /// Each walk keeps the enclosed side on its left and turns at every place as far to it as it can, which goes around
    /// one face of the map that the segments draw. A walk begins at its westernmost place, where the outside is known
    /// to be in the west. Where it comes to a place again, the loop since then is cut off.
    fn loops(&self) -> Vec<(Vec<usize>, Vec<usize>)> {
        const NOWHERE: usize = usize::MAX;
        let mut used = vec![false; self.segments.len()];
        let mut position = vec![NOWHERE; self.places.len()];
        let mut loops = Vec::new();
        for start in 0..self.places.len() {
            while let Some(&begin) = self.edges(start).iter().find(|e| !used[**e]) {
                let (mut path, mut by) = (vec![start], Vec::new());
                position[start] = 0;
                let (mut place, mut edge) = (start, begin);
                loop {
                    used[edge] = true;
                    by.push(edge);
                    place = self.other_end(edge, place);
                    if position[place] == NOWHERE {
                        position[place] = path.len();
                        path.push(place);
                    } else {
                        let since = position[place];
                        for cut in &path[since + 1..] {
                            position[*cut] = NOWHERE;
                        }
                        loops.push((path.drain(since..).collect(), by.drain(since..).collect()));
                        path.push(place);
                    }
                    match self.turn(place, edge, |e| !used[e] || (place == start && e == begin)) {
                        Some(next) if next != begin => edge = next,
                        // Back at the beginning: no segment leads on, since an even number ends at every place.
                        _ => break,
                    }
                }
                position[start] = NOWHERE;
            }
        }
        loops
    }

    /// The next free segment clockwise from the one by which the walk came.
    fn turn(&self, place: usize, came_by: usize, free: impl Fn(usize) -> bool) -> Option<usize> {
        let edges = self.edges(place);
        let at = edges.iter().position(|e| *e == came_by)?;
        let clockwise = edges[..at].iter().rev().chain(edges[at + 1..].iter().rev());
        clockwise.copied().find(|e| free(*e))
    }
}

/// The middle of a segment in halves of a unit, so that it is whole.
fn doubled_middle(s: &Segment) -> (i64, i64) {
    let sum = |a: i32, b: i32| i64::from(a) + i64::from(b);
    (sum(s.from.lon, s.to.lon), sum(s.from.lat, s.to.lat))
}

/// Whether a place, in halves of a unit, lies inside an odd number of the rings that segments make.
fn inside<'s>((x, y): (i64, i64), segments: impl Iterator<Item = &'s Segment>) -> bool {
    let east = segments.filter(|s| {
        let [(ax, ay), (bx, by)] = [s.from, s.to].map(|p| (2 * i128::from(p.lon), 2 * i128::from(p.lat)));
        let (x, y) = (i128::from(x), i128::from(y));
        let turn = (bx - ax) * (y - ay) - (by - ay) * (x - ax);
        (ay > y) != (by > y) && (turn > 0) == (by > ay) && turn != 0
    });
    east.count() % 2 == 1
}

impl Area {
    /// Square metres, holes taken out.
    pub(super) fn square_metres(&self) -> f64 {
        self.rings.iter().map(|r| measure::area(&r.points) * if r.hole { -1.0 } else { 1.0 }).sum()
    }

    /// Where a map would put it: the centre of gravity where that is inside, else the middle of the widest stretch along
    /// the parallel through the middle.
    pub(super) fn place(&self) -> Option<Position> {
        let rings = self.rings.iter().map(|r| (r.points.as_slice(), r.hole));
        let (lon, lat) = measure::centroid(rings)?;
        let centre = Position { lon: measure::rounded(lon), lat: measure::rounded(lat) };
        let segments: Vec<Segment> = self.segments().collect();
        if inside((2 * i64::from(centre.lon), 2 * i64::from(centre.lat)), segments.iter()) {
            return Some(centre);
        }
        self.widest(&segments).or(Some(centre))
    }

    fn segments(&self) -> impl Iterator<Item = Segment> {
        self.rings.iter().flat_map(|ring| {
            let next = ring.points.iter().cycle().skip(1);
            ring.points.iter().zip(next).map(|(a, b)| Segment { from: *a.min(b), to: *a.max(b), way: 0 })
        })
    }

    /// Between two parallels on which points lie, so that the parallel meets no point; the nearest to the middle on which
    /// there is something of the area.
    fn widest(&self, segments: &[Segment]) -> Option<Position> {
        let mut lats: Vec<i32> = self.rings.iter().flat_map(|r| r.points.iter().map(|p| p.lat)).collect();
        lats.sort_unstable();
        lats.dedup();
        let middle = f64::midpoint(f64::from(*lats.first()?), f64::from(*lats.last()?));
        let between = |pair: &[i32]| f64::midpoint(f64::from(pair[0]), f64::from(pair[1]));
        let mut parallels: Vec<f64> = lats.windows(2).map(between).collect();
        parallels.sort_by(|a, b| (a - middle).abs().total_cmp(&(b - middle).abs()));
        parallels.into_iter().find_map(|y| widest_on(segments, y))
    }
}

/// The middle of the widest stretch of a parallel that lies inside.
fn widest_on(segments: &[Segment], y: f64) -> Option<Position> {
    let across = segments.iter().filter(|s| (f64::from(s.from.lat) > y) != (f64::from(s.to.lat) > y));
    let mut xs: Vec<f64> = across
        .map(|s| {
            let t = (y - f64::from(s.from.lat)) / (f64::from(s.to.lat) - f64::from(s.from.lat));
            f64::from(s.from.lon) + t * (f64::from(s.to.lon) - f64::from(s.from.lon))
        })
        .collect();
    xs.sort_unstable_by(f64::total_cmp);
    let mut widest: Option<(f64, f64)> = None;
    for pair in xs.chunks_exact(2).map(|x| (x[0], x[1])) {
        if widest.is_none_or(|w| pair.1 - pair.0 > w.1 - w.0) {
            widest = Some(pair);
        }
    }
    let (west, east) = widest?;
    Some(Position { lon: measure::rounded(f64::midpoint(west, east)), lat: measure::rounded(y) })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn p(lon: i32, lat: i32) -> Position {
        Position { lon, lat }
    }

    fn ring(points: &[(i32, i32)]) -> Vec<Position> {
        points.iter().chain(points.first()).map(|(x, y)| p(*x, *y)).collect()
    }

    /// Twice the area in the plane, holes taken out.
    fn twice(area: &Area) -> i64 {
        let of = |r: &Ring| {
            let next = r.points.iter().cycle().skip(1);
            let cross = |(a, b): (&Position, &Position)| {
                i64::from(a.lon) * i64::from(b.lat) - i64::from(b.lon) * i64::from(a.lat)
            };
            let twice = r.points.iter().zip(next).map(cross).sum::<i64>().abs();
            if r.hole { -twice } else { twice }
        };
        area.rings.iter().map(of).sum()
    }

    fn inside_rings(area: &Area, x: i64, y: i64) -> bool {
        let segments: Vec<Segment> = area.segments().collect();
        inside((x, y), segments.iter())
    }

    proptest! {
        /// Squares of a chessboard, each drawn by itself or in four strokes: edges in common cancel, corners touch, and
        /// holes and islands arise; the area is that of the squares, and each square is inside or outside as chosen.
        #[test]
        fn squares_make_their_union(
            cells in proptest::collection::btree_set((0..6i32, 0..6i32), 1..30),
            strokes in any::<bool>(),
            turn in 0..4usize,
        ) {
            let mut ways = Vec::new();
            for (x, y) in &cells {
                let (x, y) = (x * 10, y * 10);
                let mut corners = [(x, y), (x + 10, y), (x + 10, y + 10), (x, y + 10)];
                corners.rotate_left(turn);
                let ring = ring(&corners);
                if strokes {
                    ways.extend(ring.windows(2).map(|pair| (Role::Unsaid, pair.to_vec())));
                } else {
                    ways.push((Role::Unsaid, ring));
                }
            }
            let area = assemble(&ways).expect("an area");
            prop_assert_eq!(twice(&area), 200 * i64::try_from(cells.len()).unwrap());
            for (x, y) in (0..6).flat_map(|x| (0..6).map(move |y| (x, y))) {
                let middle = (20 * i64::from(x) + 10, 20 * i64::from(y) + 10);
                prop_assert_eq!(inside_rings(&area, middle.0, middle.1), cells.contains(&(x, y)));
            }
            for ring in &area.rings {
                let mut points = ring.points.clone();
                points.sort_unstable();
                points.dedup();
                prop_assert_eq!(points.len(), ring.points.len(), "a ring has a place twice");
            }
            let place = area.place().expect("a place");
            prop_assert!(inside_rings(&area, 2 * i64::from(place.lon), 2 * i64::from(place.lat)));
        }

        /// Whatever stands there, there is an answer.
        #[test]
        fn any_ways_have_an_answer(
            ways in proptest::collection::vec(proptest::collection::vec((0..5i32, 0..5i32), 0..8), 0..6),
        ) {
            let ways: Vec<_> = ways.iter().map(|w| (Role::Outer, ring(w))).collect();
            if let Ok(area) = assemble(&ways) {
                prop_assert!(twice(&area) > 0);
                prop_assert!(area.place().is_some());
            }
        }
    }

    #[test]
    fn what_meets_elsewhere_than_at_a_node_crosses() {
        let square = [(0, 0), (10, 0), (10, 10), (0, 10)];
        for (other, crosses) in [
            ([(2, 2), (4, 2), (4, 4), (2, 4)], false),
            ([(0, 0), (4, 2), (4, 4), (2, 4)], false),
            ([(5, 5), (15, 5), (15, 7), (5, 7)], true),
            // A corner on the other's edge, where it has no node; and an edge along it.
            ([(5, 0), (7, 4), (5, 6), (3, 4)], true),
            ([(3, 0), (6, 0), (6, 4), (3, 4)], true),
        ] {
            let result = assemble(&[(Role::Outer, ring(&square)), (Role::Inner, ring(&other))]);
            assert_eq!(matches!(result, Err(Flaw::Crossing(_))), crosses, "{other:?}: {result:?}");
        }
    }

    #[test]
    fn what_does_not_close_or_encloses_nothing_is_no_area() {
        let half = vec![p(0, 0), p(10, 0), p(10, 10)];
        assert_eq!(assemble(&[(Role::Outer, half.clone())]), Err(Flaw::Open(vec![p(0, 0), p(10, 10)])));
        let there_and_back: Vec<Position> = half.iter().chain(half.iter().rev()).copied().collect();
        assert_eq!(assemble(&[(Role::Outer, there_and_back)]), Err(Flaw::Nothing));
        assert_eq!(assemble(&[]), Err(Flaw::Nothing));
    }

    #[test]
    fn roles_are_compared_and_do_not_count() {
        let ways = [
            (Role::Inner, ring(&[(0, 0), (10, 0), (10, 10), (0, 10)])),
            (Role::Outer, ring(&[(2, 2), (4, 2), (4, 4), (2, 4)])),
        ];
        let area = assemble(&ways).expect("an area");
        assert_eq!((twice(&area), area.wrong_roles), (2 * 96, vec![0, 1]));
    }
}
