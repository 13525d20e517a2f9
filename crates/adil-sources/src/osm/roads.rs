//! Roads of a `.osm.pbf` as a graph, in two passes: the ways, then the places of their nodes.

mod profile;

use std::io::{Read, Seek};

use adil_access::roads::Edge;
use adil_domain::{Place, Problem, Problems};

use super::Progress;
use super::block::{Block, Body, Key, Kind, Position};
use super::facilities::node_list;
use super::file::{Holds, Pbf, Weight};
use super::measure::metres;
use super::nodes::Nodes;
use super::shape::{WHOLE, names};
use super::tags;
use super::wire::Broken;

pub use profile::Profile;

use profile::Road;

/// Passes over the file.
const PASSES: u8 = 2;

/// A rectangle of degrees, its sides included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BoundingBox {
    /// The southern side.
    pub south: f64,
    /// The western side.
    pub west: f64,
    /// The northern side.
    pub north: f64,
    /// The eastern side.
    pub east: f64,
}

impl BoundingBox {
    fn has(&self, p: Position) -> bool {
        (self.south..=self.north).contains(&p.lat()) && (self.west..=self.east).contains(&p.lon())
    }
}

/// Which roads to take.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RoadOptions {
    /// Who travels.
    pub profile: Profile,
    /// Only stretches of which both ends are within.
    pub within: Option<BoundingBox>,
    /// A node of a way stays where the stretch since the last one would be longer than this in metres, so that places
    /// along a road without junctions find a node near.
    pub longest_edge: f64,
}

impl RoadOptions {
    /// The whole file, and a node at least about every 500 m.
    pub fn new(profile: Profile) -> Self {
        Self { profile, within: None, longest_edge: 500.0 }
    }
}

/// Roads as a graph; [`adil_access::roads::RoadGraph::build`] takes its nodes and edges.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Roads {
    /// Latitude and longitude in degrees, in the order of OpenStreetMap's identifiers.
    pub nodes: Vec<(f64, f64)>,
    /// Stretches between junctions, in the order of the file.
    pub edges: Vec<Edge>,
    /// Ways taken.
    pub ways: usize,
    /// Pieces that are connected, whatever the direction: how many nodes each has, the largest first. Every piece after
    /// the first is an island.
    pub pieces: Vec<usize>,
    /// The day of the data, `YYYY-MM-DD`, where the file's header has it.
    pub as_of: Option<String>,
}

/// A way that the profile may use.
struct Usable {
    id: i64,
    nodes: Vec<i64>,
    road: Road,
}

/// The roads of a `.osm.pbf` that a profile may use.
///
/// `file` is its name in messages. Errors leave the graph empty; stretches whose nodes the file lacks are left out with a
/// warning. `progress` is called after every few blocks. Turn restrictions, barriers on nodes, traffic, slopes and
/// ferries are not known here.
pub fn roads<R: Read + Seek>(
    file: &str,
    source: &mut R,
    options: &RoadOptions,
    problems: &mut Problems,
    progress: &dyn Fn(Progress),
) -> Roads {
    let Some(mut pbf) = Pbf::open(file, source, problems) else { return Roads::default() };
    let as_of = pbf.as_of.clone();
    let step = |pass: u8| move |done, total| progress(Progress { pass, passes: PASSES, done, total });

    let mut ways: Vec<Usable> = Vec::new();
    let (mut weight, mut bearable) = (Weight::default(), true);
    let faults = pbf.pass(
        |_| true,
        |block, _| usable(block, options.profile),
        |blob, (holds, of_block, of_weight)| {
            blob.holds = Some(holds);
            bearable &= weight.take(of_weight);
            if bearable {
                ways.extend(of_block);
            }
        },
        step(1),
    );
    if !faults.is_empty() {
        problems.extend(faults);
        return Roads::default();
    }
    if !bearable {
        problems.push(Weight::problem(file));
        return Roads::default();
    }
    let mut uses: Vec<i64> = ways.iter().flat_map(|w| &w.nodes).copied().collect();
    uses.sort_unstable();
    // Junctions: nodes of several ways, or several times of one.
    let shared: Vec<i64> =
        uses.chunk_by(|a, b| a == b).filter(|run| run.len() > 1).map(|run| run[0]).collect();
    uses.dedup();
    let Some(nodes) = Nodes::read(&mut pbf, uses, problems, step(2)) else { return Roads::default() };

    let stretches = stretches(&ways, &shared, &nodes, options, file, problems);
    let mut roads = graph(&stretches, &nodes, file, problems);
    roads.ways = ways.len();
    roads.as_of = as_of;
    roads
}

/// The ways of a block that a profile may use, and which identifiers the block has.
fn usable(block: &Block<'_>, profile: Profile) -> Result<(Holds, Vec<Usable>, Weight), Broken> {
    let highway = block.strings().iter().position(|text| *text == b"highway");
    let (mut holds, mut weight, mut ways) = (Holds::default(), Weight::default(), Vec::new());
    block.each(
        |kind| kind != Kind::Relation,
        |element| {
            let Key(kind, id) = element.key;
            if kind == Kind::Node {
                Holds::widen(&mut holds.nodes, id);
                return Ok(());
            }
            let (mut tags, mut is_highway) = (element.tags, false);
            while let Some((key, _)) = tags.next()? {
                is_highway |= Some(key) == highway;
            }
            let Body::Way(refs) = element.body else { return Ok(()) };
            if is_highway {
                let mut of_tags = Weight::default();
                let (tags, _) = tags::read(block, element.tags, &mut of_tags)?;
                if let Some(road) = profile.road(&tags) {
                    weight.add(size_of::<Usable>())?;
                    ways.push(Usable { id, nodes: node_list(refs, &mut weight)?, road });
                }
            }
            Ok(())
        },
    )?;
    Ok((holds, ways, weight))
}

/// A stretch of a way between two nodes that stay.
struct Stretch {
    from: i64,
    to: i64,
    metres: f64,
    road: Road,
}

/// Cuts ways at junctions, at their ends, at what is missing, and where a stretch gets too long.
fn stretches(
    ways: &[Usable],
    shared: &[i64],
    nodes: &Nodes,
    options: &RoadOptions,
    file: &str,
    problems: &mut Problems,
) -> Vec<Stretch> {
    let within = |p: &Position| options.within.is_none_or(|b| b.has(*p));
    let mut stretches = Vec::new();
    let mut cut: Vec<i64> = Vec::new();
    for way in ways {
        let whole = way.nodes.iter().all(|n| nodes.get(*n).is_some());
        if !whole {
            cut.push(way.id);
        }
        // Where the stretch began, the node that it has come to, and the metres between.
        let mut open: Option<(i64, (i64, Position), f64)> = None;
        let mut close = |open: &mut Option<(i64, (i64, Position), f64)>| {
            if let Some((from, (to, _), metres)) = open.take().filter(|o| o.0 != o.1.0 || o.2 > 0.0) {
                stretches.push(Stretch { from, to, metres, road: way.road });
            }
        };
        for node in &way.nodes {
            let Some(place) = nodes.get(*node).filter(within) else {
                close(&mut open);
                continue;
            };
            let Some((from, (last, before), length)) = open else {
                open = Some((*node, (*node, place), 0.0));
                continue;
            };
            let step = metres(before, place);
            if last != from && length + step > options.longest_edge {
                close(&mut open);
                open = Some((last, (*node, place), step));
            } else {
                open = Some((from, (*node, place), length + step));
            }
            if shared.binary_search(node).is_ok() {
                close(&mut open);
                open = Some((*node, (*node, place), 0.0));
            }
        }
        close(&mut open);
    }
    if !cut.is_empty() {
        let message = format!("Roads end where the file lacks their nodes: {}.", names(Kind::Way, &cut));
        problems.push(Problem::warning("osm-missing-node", Place::file(file), message).hint(WHOLE));
    }
    stretches
}

/// Numbers the nodes that stay, and finds the connected pieces.
fn graph(stretches: &[Stretch], nodes: &Nodes, file: &str, problems: &mut Problems) -> Roads {
    let mut kept: Vec<i64> = stretches.iter().flat_map(|s| [s.from, s.to]).collect();
    kept.sort_unstable();
    kept.dedup();
    if u32::try_from(kept.len()).is_err() {
        problems.push(Weight::problem(file));
        return Roads::default();
    }
    let number = |id: i64| u32::try_from(kept.partition_point(|k| *k < id)).unwrap_or(u32::MAX);
    let edges: Vec<Edge> = stretches
        .iter()
        .map(|s| Edge {
            from: number(s.from),
            to: number(s.to),
            metres: s.metres,
            seconds_forward: s.road.forward.map(|speed| s.metres / (speed / 3.6)),
            seconds_backward: s.road.backward.map(|speed| s.metres / (speed / 3.6)),
        })
        .collect();
    let places = kept.iter().filter_map(|id| nodes.get(*id)).map(|p| (p.lat(), p.lon())).collect();
    let pieces = pieces(kept.len(), &edges);
    Roads { nodes: places, edges, pieces, ..Roads::default() }
}

/// Sizes of the connected pieces, the largest first.
fn pieces(nodes: usize, edges: &[Edge]) -> Vec<usize> {
    let mut parent: Vec<usize> = (0..nodes).collect();
    let root = |parent: &mut Vec<usize>, mut node: usize| {
        while parent[node] != node {
            parent[node] = parent[parent[node]];
            node = parent[node];
        }
        node
    };
    for edge in edges {
        let (a, b) = (root(&mut parent, edge.from as usize), root(&mut parent, edge.to as usize));
        parent[a.max(b)] = a.min(b);
    }
    let mut sizes = vec![0; nodes];
    for node in 0..nodes {
        sizes[root(&mut parent, node)] += 1;
    }
    sizes.retain(|size| *size > 0);
    sizes.sort_unstable_by(|a, b| b.cmp(a));
    sizes
}
