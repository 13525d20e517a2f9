//! Places of the nodes that are needed, and of no other.

use std::io::{Read, Seek};

use adil_domain::Problems;

use super::block::{Body, Key, Kind, Position};
use super::file::{Pbf, within};
use super::wire::Broken;

/// Needed nodes, sorted, with their places.
pub(super) struct Nodes {
    ids: Vec<i64>,
    places: Vec<Option<Position>>,
}

impl Nodes {
    /// One pass over the blocks that may have them; `ids` are sorted, each once. `None` when the file could not be read.
    pub(super) fn read<R: Read + Seek>(
        pbf: &mut Pbf<'_, R>,
        ids: Vec<i64>,
        problems: &mut Problems,
        progress: impl Fn(u64, u64),
    ) -> Option<Self> {
        let mut places = vec![None; ids.len()];
        let faults = pbf.pass(
            |blob| !within(&ids, blob.holds.and_then(|h| h.nodes)).1.is_empty(),
            |block, blob| {
                let (start, wanted) = within(&ids, blob.holds.and_then(|h| h.nodes));
                let mut places = Vec::new();
                // Identifiers mostly ascend, so the next one is looked for where the last one was.
                let mut next = 0;
                block.each(
                    |kind| kind == Kind::Node,
                    |element| {
                        let (Key(_, id), Body::Node(place)) = (element.key, element.body) else {
                            return Ok(());
                        };
                        if wanted.get(next).is_none_or(|n| *n != id) {
                            if wanted.get(next).is_none_or(|n| *n > id)
                                && (next == 0 || wanted[next - 1] < id)
                            {
                                return Ok(());
                            }
                            next = wanted.partition_point(|n| *n < id);
                        }
                        if wanted.get(next) == Some(&id) {
                            if places.len() == wanted.len() {
                                return Err(Broken("it has more nodes than identifiers"));
                            }
                            places.push((start + next, place));
                            next += 1;
                        }
                        Ok(())
                    },
                )?;
                Ok(places)
            },
            |_, of_block| {
                for (i, place) in of_block {
                    let slot: &mut Option<Position> = &mut places[i];
                    *slot = slot.or(place);
                }
            },
            progress,
        );
        let whole = faults.is_empty();
        problems.extend(faults);
        whole.then_some(Self { ids, places })
    }

    /// Where a node is, when the file says so.
    pub(super) fn get(&self, id: i64) -> Option<Position> {
        self.ids.binary_search(&id).ok().and_then(|i| self.places[i])
    }
}
