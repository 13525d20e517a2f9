//! Facilities of a `.osm.pbf`, in three passes.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Seek};

use adil_domain::{Place, Problem, Problems};
use rayon::prelude::*;

use super::Progress;
use super::block::{Block, Body, Element, Key, Kind, Members, Position};
use super::file::{Holds, Pbf, Weight, within};
use super::nodes::Nodes;
use super::rings::Role;
use super::shape::{self, Part, Shape};
use super::tags::{self, LeftOut, Marks, Verdict};
use super::wire::{Broken, Deltas};
use crate::{Found, taxonomy};

/// Passes over the file.
const PASSES: u8 = 3;

/// What to take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The name of the source in every record.
    pub source: String,
    /// Whether to take swimming pools with `access=private` or `access=no`.
    pub private_pools: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { source: "osm".to_owned(), private_pools: false }
    }
}

/// What a file has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facilities {
    /// Facilities in the order of the file; none when the file has errors.
    pub found: Vec<Found>,
    /// The day of the data, `YYYY-MM-DD`, where the file's header has it.
    pub as_of: Option<String>,
    /// How many elements were not taken, by reason.
    pub left_out: BTreeMap<LeftOut, u64>,
}

/// A facility of which only the place may be missing.
struct Candidate {
    key: Key,
    tags: BTreeMap<String, String>,
    body: CandidateBody,
}

enum CandidateBody {
    Node(Position),
    Way(Vec<i64>),
    Relation(Vec<(i64, Role)>),
}

/// What one block gives in the first pass.
#[derive(Default)]
struct Harvest {
    holds: Holds,
    candidates: Vec<Candidate>,
    weight: Weight,
    left_out: BTreeMap<LeftOut, u64>,
    problems: Vec<Problem>,
}

/// Facilities of a `.osm.pbf`.
///
/// `file` is its name in places and messages. Errors (no such file format, broken blocks) leave the list empty;
/// elements with flaws are warned of by their identifier. `progress` is called after every few blocks.
pub fn facilities<R: Read + Seek>(
    file: &str,
    source: &mut R,
    options: &Options,
    problems: &mut Problems,
    progress: &dyn Fn(Progress),
) -> Facilities {
    let Some(mut pbf) = Pbf::open(file, source, problems) else { return Facilities::default() };
    let mut result = Facilities { as_of: pbf.as_of.clone(), ..Facilities::default() };
    let step = |pass: u8| move |done, total| progress(Progress { pass, passes: PASSES, done, total });

    let mut candidates: Vec<Candidate> = Vec::new();
    let (mut weight, mut bearable) = (Weight::default(), true);
    let faults = pbf.pass(
        |_| true,
        |block, _| harvest(block, file, options),
        |blob, harvest| {
            blob.holds = Some(harvest.holds);
            bearable &= weight.take(harvest.weight);
            if bearable {
                candidates.extend(harvest.candidates);
                problems.extend(harvest.problems);
                for (reason, count) in harvest.left_out {
                    *result.left_out.entry(reason).or_default() += count;
                }
            }
        },
        step(1),
    );
    if !faults.is_empty() {
        problems.extend(faults);
        return result;
    }
    if !bearable {
        problems.push(Weight::problem(file));
        return result;
    }
    once_each(&mut candidates, file, problems);

    let Some(ways) = member_ways(&mut pbf, &candidates, problems, step(2)) else { return result };
    same_place_twice(&mut candidates, &ways, file, problems);
    let Some(nodes) = Nodes::read(&mut pbf, references(&candidates, &ways), problems, step(3)) else {
        return result;
    };

    let shaped: Vec<(Option<Found>, Vec<Problem>)> = candidates
        .into_par_iter()
        .map(|c| found(c, &ways, &nodes, file, options, result.as_of.as_ref()))
        .collect();
    for (found, of_one) in shaped {
        result.found.extend(found);
        problems.extend(of_one);
    }
    result
}

/// Where an element stands: a `.osm.pbf` has no lines, its identifier is the place.
fn place(file: &str, key: Key) -> Place {
    Place { file: file.to_owned(), column: Some(key.to_string()), ..Place::default() }
}

/// The facilities of a block.
fn harvest(block: &Block<'_>, file: &str, options: &Options) -> Result<Harvest, Broken> {
    let marks = Marks::new(block);
    let any = marks.any();
    let mut harvest = Harvest::default();
    block.each(
        |_| true,
        |element| {
            match element.key {
                Key(Kind::Node, id) => Holds::widen(&mut harvest.holds.nodes, id),
                Key(Kind::Way, id) => Holds::widen(&mut harvest.holds.ways, id),
                Key(Kind::Relation, _) => {}
            }
            if any && marks.hit(element.tags)? {
                consider(block, element, &mut harvest, file, options)
            } else {
                Ok(())
            }
        },
    )?;
    Ok(harvest)
}

/// Takes an element whose tags may be a facility's.
fn consider(
    block: &Block<'_>,
    element: Element<'_>,
    harvest: &mut Harvest,
    file: &str,
    options: &Options,
) -> Result<(), Broken> {
    harvest.weight.add(size_of::<Candidate>() + size_of::<Problem>())?;
    let (tags, clean) = tags::read(block, element.tags, &mut harvest.weight)?;
    match tags::verdict(&tags, options.private_pools) {
        Verdict::Facility => {}
        Verdict::LeftOut(reason) => {
            *harvest.left_out.entry(reason).or_default() += 1;
            return Ok(());
        }
        Verdict::Other => return Ok(()),
    }
    let key = element.key;
    let mut warn = |code, message: String, hint: &str| {
        harvest.problems.push(Problem::warning(code, place(file, key), message).hint(hint));
    };
    if !clean {
        let message = format!("{key} has a tag that is not UTF-8; what could not be read is `\u{fffd}`.");
        warn("osm-not-utf8", message, "Mend it in OpenStreetMap.");
    }
    let body = match element.body {
        Body::Node(Some(position)) => CandidateBody::Node(position),
        Body::Node(None) => {
            let message = format!("{key} lies off the globe and is left out.");
            warn("osm-off-globe", message, "Mend it in OpenStreetMap.");
            return Ok(());
        }
        Body::Way(refs) => CandidateBody::Way(node_list(refs, &mut harvest.weight)?),
        Body::Relation(members) => match tags.get("type").map(String::as_str) {
            Some("multipolygon") => CandidateBody::Relation(way_list(block, members, key, file, harvest)?),
            kind => {
                let kind = kind.map_or_else(|| "no type".to_owned(), |k| format!("the type `{k}`"));
                let message = format!(
                    "{key} has the tags of a facility and {kind}; only multipolygons are areas, so it is left out."
                );
                warn("osm-relation-type", message, "Its parts count where they have tags of their own.");
                return Ok(());
            }
        },
    };
    harvest.candidates.push(Candidate { key, tags, body });
    Ok(())
}

/// A way's nodes.
pub(super) fn node_list(mut refs: Deltas<'_>, weight: &mut Weight) -> Result<Vec<i64>, Broken> {
    let count = refs.count();
    weight.add(count * size_of::<i64>() + size_of::<Vec<i64>>())?;
    let mut nodes = Vec::with_capacity(count);
    while let Some(node) = refs.next()? {
        nodes.push(node);
    }
    Ok(nodes)
}

/// A relation's ways with their roles, each once.
fn way_list(
    block: &Block<'_>,
    mut members: Members<'_>,
    key: Key,
    file: &str,
    harvest: &mut Harvest,
) -> Result<Vec<(i64, Role)>, Broken> {
    let mut ways = Vec::new();
    let (mut seen, mut twice, mut nested) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    while let Some((Key(kind, id), role)) = members.next()? {
        harvest.weight.add(size_of::<(i64, Role)>())?;
        let role = match block.string(role)? {
            b"outer" => Role::Outer,
            b"inner" => Role::Inner,
            _ => Role::Unsaid,
        };
        match kind {
            Kind::Way if seen.insert(id) => ways.push((id, role)),
            Kind::Way => drop(twice.insert(id)),
            Kind::Relation => drop(nested.insert(id)),
            // A label or an entrance: no part of the outline.
            Kind::Node => {}
        }
    }
    let mut warn = |code, ids: BTreeSet<i64>, kind, what: &str| {
        if !ids.is_empty() {
            let names = shape::names(kind, &ids.into_iter().collect::<Vec<_>>());
            let message = format!("{key} has {names} {what}");
            harvest.problems.push(Problem::warning(code, place(file, key), message).hint(shape::MEND));
        }
    };
    warn("osm-member-twice", twice, Kind::Way, "several times; once counts.");
    warn(
        "osm-nested-relation",
        nested,
        Kind::Relation,
        "as a member; only ways make an outline, so it is passed over.",
    );
    Ok(ways)
}

/// Leaves of elements with the same identifier the first.
fn once_each(candidates: &mut Vec<Candidate>, file: &str, problems: &mut Problems) {
    let mut seen = BTreeSet::new();
    candidates.retain(|c| {
        let first = seen.insert(c.key);
        if !first {
            let message = format!("{} stands in the file several times; the first counts.", c.key);
            problems.push(
                Problem::warning("osm-twice", place(file, c.key), message)
                    .hint("Merge files with `osmium merge`, which keeps one of each."),
            );
        }
        first
    });
}

/// The second pass: nodes of the relations' ways. `None` when the file could not be read.
fn member_ways<R: Read + Seek>(
    pbf: &mut Pbf<'_, R>,
    candidates: &[Candidate],
    problems: &mut Problems,
    progress: impl Fn(u64, u64),
) -> Option<BTreeMap<i64, Vec<i64>>> {
    let members = candidates.iter().filter_map(|c| match &c.body {
        CandidateBody::Relation(ways) => Some(ways.iter().map(|(way, _)| *way)),
        _ => None,
    });
    let mut wanted: Vec<i64> = members.flatten().collect();
    wanted.sort_unstable();
    wanted.dedup();
    let mut ways = BTreeMap::new();
    let faults = pbf.pass(
        |blob| !within(&wanted, blob.holds.and_then(|h| h.ways)).1.is_empty(),
        |block, _| {
            let mut weight = Weight::default();
            let mut of_block = Vec::new();
            block.each(
                |kind| kind == Kind::Way,
                |element| {
                    if let (Key(_, id), Body::Way(refs)) = (element.key, element.body)
                        && wanted.binary_search(&id).is_ok()
                    {
                        of_block.push((id, node_list(refs, &mut weight)?));
                    }
                    Ok(())
                },
            )?;
            Ok(of_block)
        },
        |_, of_block| {
            for (id, nodes) in of_block {
                ways.entry(id).or_insert(nodes);
            }
        },
        progress,
    );
    let whole = faults.is_empty();
    problems.extend(faults);
    whole.then_some(ways)
}

/// Takes out ways that are an outer ring of a relation with the same tags.
fn same_place_twice(
    candidates: &mut Vec<Candidate>,
    ways: &BTreeMap<i64, Vec<i64>>,
    file: &str,
    problems: &mut Problems,
) {
    let mut relations: BTreeMap<i64, Vec<(Key, String)>> = BTreeMap::new();
    for candidate in candidates.iter() {
        let CandidateBody::Relation(members) = &candidate.body else { continue };
        for (way, role) in members {
            if *role != Role::Inner && ways.contains_key(way) {
                relations.entry(*way).or_default().push((candidate.key, tags::source_type(&candidate.tags)));
            }
        }
    }
    candidates.retain(|c| {
        let Key(Kind::Way, id) = c.key else { return true };
        let own = tags::source_type(&c.tags);
        let same = relations.get(&id).and_then(|r| r.iter().find(|(_, kind)| *kind == own));
        let Some((relation, _)) = same else { return true };
        let message =
            format!("{} is the outline of {relation} and has its tags; the relation alone is taken.", c.key);
        problems.push(
            Problem::warning("osm-same-place", place(file, c.key), message)
                .hint("Take the tags off the way in OpenStreetMap."),
        );
        false
    });
}

/// All nodes whose places are needed, sorted, each once.
fn references(candidates: &[Candidate], ways: &BTreeMap<i64, Vec<i64>>) -> Vec<i64> {
    let mut nodes: Vec<i64> = ways.values().flatten().copied().collect();
    for candidate in candidates {
        if let CandidateBody::Way(own) = &candidate.body {
            nodes.extend(own);
        }
    }
    nodes.sort_unstable();
    nodes.dedup();
    nodes
}

/// A candidate with its place and size.
fn found(
    candidate: Candidate,
    ways: &BTreeMap<i64, Vec<i64>>,
    nodes: &Nodes,
    file: &str,
    options: &Options,
    as_of: Option<&String>,
) -> (Option<Found>, Vec<Problem>) {
    let Candidate { key, tags, body } = candidate;
    let place = place(file, key);
    let mut problems = Vec::new();
    let at = |node: i64| nodes.get(node);
    let says = |tag: &str, value: &str| tags.get(tag).is_some_and(|v| v == value);
    let shape = match body {
        CandidateBody::Node(position) => Shape { place: Some(position), area: None, kind: "node" },
        CandidateBody::Way(refs) => {
            let line = says("leisure", "track") && !says("area", "yes") || says("area", "no");
            shape::of_way(key, &refs, line, &at, &place, &mut problems)
        }
        CandidateBody::Relation(members) => {
            let part = |(way, role): (i64, Role)| Part { way, role, nodes: ways.get(&way).cloned() };
            let parts: Vec<Part> = members.into_iter().map(part).collect();
            shape::of_area(key, &parts, &at, &place, &mut problems)
        }
    };
    let Some(position) = shape.place else {
        let message = format!("The file has no place of {key}; it is left out.");
        problems.push(Problem::warning("osm-no-place", place, message).hint(shape::WHOLE));
        return (None, problems);
    };
    let mut fields = tags::fields(&tags);
    fields.insert("lat".to_owned(), format!("{:.7}", position.lat()));
    fields.insert("lon".to_owned(), format!("{:.7}", position.lon()));
    fields.insert("osm:shape".to_owned(), shape.kind.to_owned());
    if let Some(area) = shape.area {
        fields.insert("floor_area_m2".to_owned(), format!("{area:.2}"));
    }
    let pairs: Vec<(&str, &str)> = tags.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    if let Some(kind) = taxonomy::from_osm(&pairs) {
        fields.insert("type".to_owned(), taxonomy::by_size(kind, shape.area).id.clone());
    }
    let found =
        Found { source: options.source.clone(), key: key.to_string(), as_of: as_of.cloned(), place, fields };
    (Some(found), problems)
}
