//! `[clusters]`: when operators count as one.

use std::ops::Range;

use adil_domain::Rational;
use toml::de::DeValue;

use super::reader::{Reader, Section};
use crate::policy::ClusterRule;

const KEYS: &[&str] = &["shares", "threshold", "most", "title", "reference", "from", "until"];

/// A weight or a number of operators beyond this is a slip of the pen.
const MOST: u32 = 1_000_000;

/// Reads the rule; `None` when the policy has none, or not all of it can be used.
pub(super) fn read(reader: &mut Reader, root: &Section<'_>) -> Option<ClusterRule> {
    let section = root.section(reader, "clusters", "[clusters]", KEYS)?;
    let meta = section.meta(reader);
    let shares = shares(reader, &section);
    let [threshold, most] = ["threshold", "most"].map(|key| {
        let (number, at) = section.required_number(reader, key)?;
        whole(reader, key, &number, at)
    });
    Some(ClusterRule { shares: shares?, threshold: threshold?, most: most?, meta })
}

fn shares(reader: &mut Reader, section: &Section<'_>) -> Option<Vec<(String, u32)>> {
    let value = section.required(reader, "shares")?;
    let DeValue::Table(table) = value.get_ref() else {
        section.wrong_type(reader, "shares", value, "a table of columns such as { head = 3, phone = 2 }");
        return None;
    };
    let mut shares = Vec::new();
    let mut complete = !table.is_empty();
    for (column, value) in table {
        let number = section.number_of(reader, column.get_ref(), value);
        match number.and_then(|number| whole(reader, column.get_ref(), &number, value.span())) {
            Some(weight) => shares.push((column.get_ref().to_string(), weight)),
            None => complete = false,
        }
    }
    if table.is_empty() {
        let message = "Nothing is shared, so no two operators could be linked.";
        reader.error_hint(
            "no-shares",
            value.span(),
            message,
            "Name columns of operators.csv: { head = 3, phone = 2 }.",
        );
    }
    shares.sort();
    complete.then_some(shares)
}

fn whole(reader: &mut Reader, key: &str, number: &Rational, at: Range<usize>) -> Option<u32> {
    let found = number.to_i64().and_then(|n| u32::try_from(n).ok()).filter(|n| (1..=MOST).contains(n));
    if found.is_none() {
        let message = format!("`{key}` must be a whole number from 1 to {MOST}, but it is {number}.");
        reader.error("bad-number", at, message);
    }
    found
}
