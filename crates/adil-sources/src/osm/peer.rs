//! Ours and the crate `osmpbf` see the same elements in the same files.

use std::io::Cursor;

use adil_domain::Problems;
use osmpbf::{Element as Theirs, ElementReader};

use super::block::{Block, Body, Element};
use super::file::Pbf;
use super::tags;
use super::wire::Broken;

const FILES: [&[u8]; 3] = [
    include_bytes!("../../tests/it/osm_data/village.osm.pbf"),
    include_bytes!("../../tests/it/osm_data/village-plain.osm.pbf"),
    include_bytes!("../../tests/it/osm_data/village-unsorted.osm.pbf"),
];

/// An element as a line of text.
fn line(block: &Block<'_>, element: Element<'_>) -> Result<String, Broken> {
    let (tags, _) = tags::read(block, element.tags, &mut super::file::Weight::default())?;
    let mut body = Vec::new();
    match element.body {
        Body::Node(place) => body.extend(place.map(|p| format!("{} {}", p.lat, p.lon))),
        Body::Way(mut refs) => {
            while let Some(node) = refs.next()? {
                body.push(node.to_string());
            }
        }
        Body::Relation(mut members) => {
            while let Some((key, role)) = members.next()? {
                body.push(format!("{key} {}", String::from_utf8_lossy(block.string(role)?)));
            }
        }
    }
    Ok(format!("{} {tags:?} {body:?}", element.key))
}

fn ours(bytes: &[u8]) -> Vec<String> {
    let mut problems = Problems::new();
    let mut source = Cursor::new(bytes);
    let mut pbf = Pbf::open("village", &mut source, &mut problems).expect("a good file");
    let mut all = Vec::new();
    let work = |block: &Block<'_>, _: &_| {
        let mut lines = Vec::new();
        block.each(
            |_| true,
            |element| {
                lines.push(line(block, element)?);
                Ok(())
            },
        )?;
        Ok(lines)
    };
    let faults = pbf.pass(|_| true, work, |_, lines| all.extend(lines), |_, _| {});
    assert_eq!(faults, []);
    all
}

fn theirs(bytes: &'static [u8]) -> Vec<String> {
    let mut all = Vec::new();
    let read = ElementReader::new(Cursor::new(bytes)).for_each(|element| {
        let sorted = |tags: &mut dyn Iterator<Item = (&str, &str)>| {
            tags.map(|(k, v)| (k.to_owned(), v.to_owned())).collect::<std::collections::BTreeMap<_, _>>()
        };
        all.push(match element {
            Theirs::Node(n) => {
                let body = [format!("{} {}", n.decimicro_lat(), n.decimicro_lon())];
                format!("node/{} {:?} {body:?}", n.id(), sorted(&mut n.tags()))
            }
            Theirs::DenseNode(n) => {
                let body = [format!("{} {}", n.decimicro_lat(), n.decimicro_lon())];
                format!("node/{} {:?} {body:?}", n.id(), sorted(&mut n.tags()))
            }
            Theirs::Way(w) => {
                let body: Vec<String> = w.refs().map(|r| r.to_string()).collect();
                format!("way/{} {:?} {body:?}", w.id(), sorted(&mut w.tags()))
            }
            Theirs::Relation(r) => {
                let member = |m: osmpbf::RelMember<'_>| {
                    let kind = match m.member_type {
                        osmpbf::RelMemberType::Node => "node",
                        osmpbf::RelMemberType::Way => "way",
                        osmpbf::RelMemberType::Relation => "relation",
                    };
                    format!("{kind}/{} {}", m.member_id, m.role().expect("a role"))
                };
                let body: Vec<String> = r.members().map(member).collect();
                format!("relation/{} {:?} {body:?}", r.id(), sorted(&mut r.tags()))
            }
        });
    });
    read.expect("a good file");
    all
}

#[test]
fn both_read_the_same() {
    for bytes in FILES {
        let ours = ours(bytes);
        assert_eq!(ours.len(), 247);
        assert_eq!(ours, theirs(bytes));
    }
}
