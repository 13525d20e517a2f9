//! Areas merged into larger ones: the borders between members vanish.

use std::collections::BTreeMap;

use geo::{Contains, Coord, InteriorPoint, LineString, MultiPolygon, Polygon};

use crate::topology::{Key, Step, Topology, doubled_area};

impl Topology {
    /// The areas merged by the code that `group` gives for the code of an area; areas without one are left out.
    ///
    /// A border between two areas of one group vanishes, all others stay to the last point, so that the groups nest
    /// with the areas they are made of. Groups come in byte order of their codes.
    #[must_use]
    pub fn grouped<'c>(&'c self, group: impl Fn(&'c str) -> Option<&'c str>) -> Self {
        let of_area: Vec<Option<&str>> = self.codes.iter().map(|code| group(code)).collect();
        let of_side = |side: Option<usize>| of_area[side?];
        let mut borders: BTreeMap<&str, Vec<Step>> =
            of_area.iter().flatten().map(|g| (*g, Vec::new())).collect();
        for (arc, border) in self.arcs.iter().enumerate() {
            let (left, right) = (of_side(border.left), of_side(border.right));
            if left == right {
                continue;
            }
            for (side, reversed) in [(left, false), (right, true)] {
                if let Some(steps) = side.and_then(|g| borders.get_mut(g)) {
                    steps.push(Step { arc, reversed });
                }
            }
        }
        let shapes: Vec<(String, MultiPolygon<f64>)> =
            borders.into_iter().map(|(code, steps)| (code.to_owned(), self.assembled(&steps))).collect();
        Self::of_shapes(shapes.iter().map(|(code, shape)| (code.clone(), shape)))
    }

    /// Polygons from borders that have the inside on their left.
    fn assembled(&self, steps: &[Step]) -> MultiPolygon<f64> {
        let mut outer: Vec<(f64, Polygon<f64>)> = Vec::new();
        let mut holes = Vec::new();
        for ring in self.rings(steps) {
            let line = self.line(&ring);
            let size = doubled_area(line.iter().copied());
            let line = LineString::new(line);
            if size > 0.0 {
                outer.push((size, Polygon::new(line, Vec::new())));
            } else if size < 0.0 {
                holes.push(line);
            }
        }
        for hole in holes {
            let inside = Polygon::new(hole.clone(), Vec::new()).interior_point();
            // The smallest ring around it: an island in a lake has a shore of its own.
            let around = outer
                .iter_mut()
                .filter(|(_, polygon)| inside.is_some_and(|point| polygon.contains(&point)))
                .min_by(|a, b| a.0.total_cmp(&b.0));
            if let Some((_, polygon)) = around {
                polygon.interiors_push(hole);
            }
        }
        MultiPolygon::new(outer.into_iter().map(|(_, polygon)| polygon).collect())
    }

    /// Borders put end to end into rings. Where a ring touches itself or another in a point, the walk keeps to the
    /// first way clockwise from where it came, so that both stay apart.
    fn rings(&self, steps: &[Step]) -> Vec<Vec<Step>> {
        let mut starts: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
        for (at, step) in steps.iter().enumerate() {
            if let Some(start) = self.ends(*step).first() {
                starts.entry(Key::of(*start)).or_default().push(at);
            }
        }
        let mut free = vec![true; steps.len()];
        let mut rings = Vec::new();
        for first in 0..steps.len() {
            let (mut ring, mut at) = (Vec::new(), first);
            while free[at] {
                free[at] = false;
                ring.push(steps[at]);
                let [.., before, here] = self.ends(steps[at])[..] else { break };
                let ways = starts.get(&Key::of(here)).map_or(&[][..], Vec::as_slice);
                let open = ways.iter().copied().filter(|way| free[*way] || *way == first);
                let next = open.min_by(|a, b| {
                    let turn = |way: usize| match self.ends(steps[way])[..] {
                        [_, after, ..] => clockwise(here, before, after),
                        _ => f64::MAX,
                    };
                    turn(*a).total_cmp(&turn(*b)).then(a.cmp(b))
                });
                match next {
                    Some(next) => at = next,
                    None => break,
                }
            }
            if at == first && !ring.is_empty() {
                rings.push(ring);
            }
        }
        rings
    }

    /// The first two and the last two points of an arc as it is walked.
    fn ends(&self, step: Step) -> [Coord<f64>; 4] {
        let line = &self.arcs[step.arc].line;
        let (first, last) = (0, line.len() - 1);
        let forward = [line[first], line[first + 1], line[last - 1], line[last]];
        if step.reversed { [forward[3], forward[2], forward[1], forward[0]] } else { forward }
    }
}

/// The angle from one neighbour to another around a point, clockwise, above 0 and up to a full turn.
fn clockwise(around: Coord<f64>, from: Coord<f64>, to: Coord<f64>) -> f64 {
    let angle = |p: Coord<f64>| libm::atan2(p.y - around.y, p.x - around.x);
    let turn = angle(from) - angle(to);
    if turn > 0.0 { turn } else { turn + std::f64::consts::TAU }
}
