//! What stands in a block of a `.osm.pbf`: nodes, ways and relations (`PBF_Format` in OpenStreetMap's wiki).

use super::wire::{Broken, Deltas, Fields, Packed, Value, once};

/// A block has 8,000 elements by custom and about as many texts; a thousand times more is a bomb.
const MOST_STRINGS: usize = 1 << 20;

/// Where a node is, in the ten millionths of a degree that OpenStreetMap itself keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Position {
    pub(super) lon: i32,
    pub(super) lat: i32,
}

/// Units of a degree.
pub(super) const DEGREE: f64 = 1e7;

impl Position {
    /// From billionths of a degree; `None` off the globe.
    fn from_nano(lon: i128, lat: i128) -> Option<Self> {
        let round = |nano: i128| i32::try_from((nano + 50).div_euclid(100)).ok();
        let position = Self { lon: round(lon)?, lat: round(lat)? };
        (position.lon.abs() <= 1_800_000_000 && position.lat.abs() <= 900_000_000).then_some(position)
    }

    /// Degrees of latitude.
    pub(super) fn lat(self) -> f64 {
        f64::from(self.lat) / DEGREE
    }

    /// Degrees of longitude.
    pub(super) fn lon(self) -> f64 {
        f64::from(self.lon) / DEGREE
    }
}

/// Node, way or relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Kind {
    Node,
    Way,
    Relation,
}

/// An element as OpenStreetMap names it: `way/12`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Key(pub(super) Kind, pub(super) i64);

impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let kind = match self.0 {
            Kind::Node => "node",
            Kind::Way => "way",
            Kind::Relation => "relation",
        };
        write!(f, "{kind}/{}", self.1)
    }
}

/// One element, its parts still in the block's bytes.
#[derive(Debug, Clone)]
pub(super) struct Element<'a> {
    pub(super) key: Key,
    pub(super) tags: Tags<'a>,
    pub(super) body: Body<'a>,
}

/// What an element has besides tags.
#[derive(Debug, Clone)]
pub(super) enum Body<'a> {
    /// Where it is; `None` when that is off the globe.
    Node(Option<Position>),
    /// Its nodes.
    Way(Deltas<'a>),
    /// Its members.
    Relation(Members<'a>),
}

/// Tags as indices of the block's texts.
#[derive(Debug, Clone, Copy)]
pub(super) enum Tags<'a> {
    /// Keys, and values of the same number.
    Apart(Packed<'a>, Packed<'a>),
    /// Key, value, key, value.
    Together(Packed<'a>),
}

impl Tags<'_> {
    /// The next key and value.
    #[inline]
    pub(super) fn next(&mut self) -> Result<Option<(usize, usize)>, Broken> {
        let (key, value) = match self {
            Self::Apart(keys, values) => (keys.next()?, values.next()?),
            Self::Together(both) => match both.next()? {
                None => (None, None),
                Some(key) => (Some(key), both.next()?),
            },
        };
        let index =
            |i: u64| usize::try_from(i).map_err(|_| Broken("a tag names a text beyond the block's table"));
        match (key, value) {
            (None, None) => Ok(None),
            (Some(key), Some(value)) => Ok(Some((index(key)?, index(value)?))),
            _ => Err(Broken("a tag has a key without a value, or a value without a key")),
        }
    }
}

/// The members of a relation.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Members<'a> {
    roles: Packed<'a>,
    ids: Deltas<'a>,
    kinds: Packed<'a>,
}

impl Members<'_> {
    /// The next member, with the index of its role's text.
    pub(super) fn next(&mut self) -> Result<Option<(Key, usize)>, Broken> {
        match (self.ids.next()?, self.kinds.next()?, self.roles.next()?) {
            (None, None, None) => Ok(None),
            (Some(id), Some(kind), Some(role)) => {
                let kind = match kind {
                    0 => Kind::Node,
                    1 => Kind::Way,
                    2 => Kind::Relation,
                    _ => return Err(Broken("a member is neither node nor way nor relation")),
                };
                let role = usize::try_from(role).map_err(|_| Broken("a role is beyond the block's table"))?;
                Ok(Some((Key(kind, id), role)))
            }
            _ => Err(Broken("a relation has different numbers of members, kinds and roles")),
        }
    }
}

/// A block of data, opened.
#[derive(Debug)]
pub(super) struct Block<'a> {
    bytes: &'a [u8],
    strings: Vec<&'a [u8]>,
    granularity: i64,
    lat_offset: i64,
    lon_offset: i64,
}

impl<'a> Block<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Broken> {
        let mut block = Self { bytes, strings: Vec::new(), granularity: 100, lat_offset: 0, lon_offset: 0 };
        let mut table = None;
        for field in Fields(bytes) {
            match field? {
                (1, value) => once(&mut table, value)?,
                (17, value) => block.granularity = value.number()?.cast_signed(),
                (19, value) => block.lat_offset = value.number()?.cast_signed(),
                (20, value) => block.lon_offset = value.number()?.cast_signed(),
                _ => {}
            }
        }
        for field in Fields(table.ok_or(Broken("it has no table of texts"))?) {
            if let (1, value) = field? {
                block.strings.push(value.bytes()?);
                if block.strings.len() > MOST_STRINGS {
                    return Err(Broken("it has more than a million texts, and usual blocks have thousands"));
                }
            }
        }
        Ok(block)
    }

    /// The texts; they should be UTF-8.
    pub(super) fn strings(&self) -> &[&'a [u8]] {
        &self.strings
    }

    /// The text of an index.
    pub(super) fn string(&self, index: usize) -> Result<&'a [u8], Broken> {
        self.strings.get(index).copied().ok_or(Broken("a tag names a text beyond the block's table"))
    }

    /// Calls `f` with each element of the kinds for which `wanted` holds, in the order of the file.
    pub(super) fn each(
        &self,
        wanted: impl Fn(Kind) -> bool,
        mut f: impl FnMut(Element<'a>) -> Result<(), Broken>,
    ) -> Result<(), Broken> {
        for group in Fields(self.bytes) {
            let (2, value) = group? else { continue };
            for field in Fields(value.bytes()?) {
                match field? {
                    (1, value) if wanted(Kind::Node) => f(self.node(value.bytes()?)?)?,
                    (2, value) if wanted(Kind::Node) => self.dense(value.bytes()?, &mut f)?,
                    (3, value) if wanted(Kind::Way) => f(way(value.bytes()?)?)?,
                    (4, value) if wanted(Kind::Relation) => f(relation(value.bytes()?)?)?,
                    _ => {}
                }
            }
        }
        Ok(())
    }

    fn position(&self, lon: i64, lat: i64) -> Option<Position> {
        let nano = |offset: i64, n: i64| i128::from(offset) + i128::from(self.granularity) * i128::from(n);
        Position::from_nano(nano(self.lon_offset, lon), nano(self.lat_offset, lat))
    }

    fn node(&self, bytes: &'a [u8]) -> Result<Element<'a>, Broken> {
        let (mut id, mut lat, mut lon) = (None, None, None);
        let mut lists = [None; 2];
        for field in Fields(bytes) {
            match field? {
                (1, value) => id = Some(signed(value)?),
                (2, value) => once(&mut lists[0], value)?,
                (3, value) => once(&mut lists[1], value)?,
                (8, value) => lat = Some(signed(value)?),
                (9, value) => lon = Some(signed(value)?),
                _ => {}
            }
        }
        let (Some(id), Some(lat), Some(lon)) = (id, lat, lon) else {
            return Err(Broken("a node has no identifier or no position"));
        };
        Ok(Element {
            key: Key(Kind::Node, id),
            tags: apart(lists),
            body: Body::Node(self.position(lon, lat)),
        })
    }

    fn dense(
        &self,
        bytes: &'a [u8],
        f: &mut impl FnMut(Element<'a>) -> Result<(), Broken>,
    ) -> Result<(), Broken> {
        let mut lists = [None; 4];
        for field in Fields(bytes) {
            match field? {
                (1, value) => once(&mut lists[0], value)?,
                (8, value) => once(&mut lists[1], value)?,
                (9, value) => once(&mut lists[2], value)?,
                (10, value) => once(&mut lists[3], value)?,
                _ => {}
            }
        }
        let [ids, lats, lons, tags] = lists.map(Option::unwrap_or_default);
        let (mut ids, mut lats, mut lons) = (Deltas::new(ids), Deltas::new(lats), Deltas::new(lons));
        let mut tags = tags;
        // A block without a single tag may leave the list out.
        let tagged = !tags.is_empty();
        loop {
            let (id, lat, lon) = match (ids.next()?, lats.next()?, lons.next()?) {
                (None, None, None) if tags.is_empty() => return Ok(()),
                (None, None, None) => return Err(Broken("dense nodes have more tags than nodes")),
                (Some(id), Some(lat), Some(lon)) => (id, lat, lon),
                _ => return Err(Broken("dense nodes have different numbers of identifiers and positions")),
            };
            let own = if tagged { tags_of_one(&mut tags)? } else { &[] };
            let body = Body::Node(self.position(lon, lat));
            f(Element { key: Key(Kind::Node, id), tags: Tags::Together(Packed(own)), body })?;
        }
    }
}

/// The tags up to the zero that ends those of one node.
fn tags_of_one<'a>(rest: &mut &'a [u8]) -> Result<&'a [u8], Broken> {
    let all = *rest;
    let mut numbers = Packed(all);
    loop {
        let before = numbers.0.len();
        match numbers.next()? {
            Some(0) => {
                *rest = numbers.0;
                return Ok(&all[..all.len() - before]);
            }
            Some(_) if numbers.next()?.is_some() => {}
            _ => return Err(Broken("the tags of a dense node have no end")),
        }
    }
}

fn way(bytes: &[u8]) -> Result<Element<'_>, Broken> {
    let mut id = None;
    let (mut lists, mut refs) = ([None; 2], None);
    for field in Fields(bytes) {
        match field? {
            (1, value) => id = Some(value.number()?.cast_signed()),
            (2, value) => once(&mut lists[0], value)?,
            (3, value) => once(&mut lists[1], value)?,
            (8, value) => once(&mut refs, value)?,
            _ => {}
        }
    }
    let id = id.ok_or(Broken("a way has no identifier"))?;
    let body = Body::Way(Deltas::new(refs.unwrap_or_default()));
    Ok(Element { key: Key(Kind::Way, id), tags: apart(lists), body })
}

fn relation(bytes: &[u8]) -> Result<Element<'_>, Broken> {
    let mut id = None;
    let (mut lists, mut members) = ([None; 2], [None; 3]);
    for field in Fields(bytes) {
        match field? {
            (1, value) => id = Some(value.number()?.cast_signed()),
            (2, value) => once(&mut lists[0], value)?,
            (3, value) => once(&mut lists[1], value)?,
            (8, value) => once(&mut members[0], value)?,
            (9, value) => once(&mut members[1], value)?,
            (10, value) => once(&mut members[2], value)?,
            _ => {}
        }
    }
    let id = id.ok_or(Broken("a relation has no identifier"))?;
    let [roles, ids, kinds] = members.map(Option::unwrap_or_default);
    let members = Members { roles: Packed(roles), ids: Deltas::new(ids), kinds: Packed(kinds) };
    Ok(Element { key: Key(Kind::Relation, id), tags: apart(lists), body: Body::Relation(members) })
}

fn apart(lists: [Option<&[u8]>; 2]) -> Tags<'_> {
    let [keys, values] = lists.map(|l| Packed(l.unwrap_or_default()));
    Tags::Apart(keys, values)
}

fn signed(value: Value<'_>) -> Result<i64, Broken> {
    value.number().map(super::wire::unfold)
}
