//! Who runs the facilities of a block.

use adil_domain::country;

use crate::geography::KAZAKHSTAN;
use crate::identity::{Keys, bin};
use crate::model::{Draft, Operator, Owner};
use crate::names;
use crate::plan::NUMBERS;
use crate::stream::Stream;

/// Facilities of the local executive that one operator runs.
const RUN_BY_ONE: usize = 90;
/// How often a private facility belongs to an operator of the block that there is already.
const SHARED: f64 = 0.3;
/// Legal forms of private operators, and how often. Codes of the country pack.
const FORMS: [(&str, f64); 5] =
    [("llp", 0.44), ("ie", 0.38), ("public_assoc", 0.10), ("private_inst", 0.04), ("public_fund", 0.04)];

/// Gives every facility an operator.
pub(crate) fn make(draft: &mut Draft<'_>, keys: &Keys) {
    let stream = &mut draft.stream("operators");
    let mut private: Vec<usize> = Vec::new();
    let locals = 1 + draft.facilities.len() / RUN_BY_ONE;
    for number in 1..=locals {
        add(draft, keys, Owner::Local, number, "", stream);
    }
    for at in 0..draft.facilities.len() {
        let kind = &draft.world.kinds[draft.facilities[at].kind];
        let (school, public) = (kind.id == "school-hall", kind.public());
        let operator = if school {
            let place = draft.facilities[at].place.clone();
            add(draft, keys, Owner::School, 0, &place, stream)
        } else if stream.chance(public) {
            stream.below(locals)
        } else if let Some(known) = stream.pick(&private).copied().filter(|_| stream.chance(SHARED)) {
            known
        } else {
            let new = add(draft, keys, Owner::Private, 0, "", stream);
            private.push(new);
            new
        };
        draft.facilities[at].operator = operator;
    }
}

/// Adds an operator; its index. `place` is the settlement of a school, `number` that of an operator of the executive.
pub(crate) fn add(
    draft: &mut Draft<'_>,
    keys: &Keys,
    owner: Owner,
    number: usize,
    place: &str,
    stream: &mut Stream,
) -> usize {
    let index = draft.operators.len();
    let district = &draft.world.country.districts[draft.block.district];
    let form = match owner {
        Owner::School => "comm_inst",
        Owner::Local if number.is_multiple_of(2) => "comm_inst",
        Owner::Local => "treasury",
        Owner::Private => FORMS[stream.weighted(FORMS.iter().map(|(_, w)| *w))].0,
    };
    let name = match (owner, country::pack(KAZAKHSTAN)) {
        (Owner::School, _) => names::school(place, stream),
        (Owner::Local, _) => names::local(&district.names.ru, draft.block.number * 10 + number, form, stream),
        (Owner::Private, Some(pack)) => names::private(pack, form, stream),
        (Owner::Private, None) => String::new(),
    };
    let unique = draft.block.index * NUMBERS + index as u64;
    let id = if form == "ie" { keys.entrepreneur(unique) } else { bin(unique) };
    let own = |what: &str| keys.mark(what, &draft.name(what, index));
    let (year, month, day) = (stream.whole(2004, 2022), stream.whole(1, 12), stream.whole(1, 28));
    draft.operators.push(Operator {
        id,
        name,
        form,
        owner,
        address: own("address"),
        phone: own("phone"),
        head: own("head"),
        registered_on: format!("{year}-{month:02}-{day:02}"),
        supplier: None,
        special_needs: false,
        documents: stream.chance(0.965),
        incomplete: false,
        inspected: None,
    });
    index
}
