//! Trees printed and read again are the same trees.

use proptest::prelude::*;

use super::*;
use crate::names::Entity;

fn names() -> Vec<Name> {
    let name = |entity, column: &str| Name { entity, column: column.to_owned() };
    vec![
        name(Entity::Application, "ask"),
        name(Entity::Facility, "name"),
        name(Entity::Facility, "open"),
        name(Entity::Score, ""),
        name(Entity::History, "amount"),
    ]
}

fn node(kind: Kind) -> Node {
    Node { kind, at: 0..0 }
}

#[expect(clippy::unnecessary_box_returns, reason = "the tree holds its pairs in boxes")]
fn two(a: Node, b: Node) -> Box<[Node; 2]> {
    Box::new([a, b])
}

const ARITHMETIC: [(Arithmetic, &str); 4] = [
    (Arithmetic::Add, "+"),
    (Arithmetic::Subtract, "-"),
    (Arithmetic::Multiply, "*"),
    (Arithmetic::Divide, "/"),
];
const COMPARE: [(Compare, &str); 6] = [
    (Compare::Equal, "=="),
    (Compare::Different, "!="),
    (Compare::Less, "<"),
    (Compare::AtMost, "<="),
    (Compare::Greater, ">"),
    (Compare::AtLeast, ">="),
];
const SERIES: [Aggregate; 6] =
    [Aggregate::Sum, Aggregate::Mean, Aggregate::Count, Aggregate::Latest, Aggregate::Min, Aggregate::Max];

/// How loosely a node holds together in CEL, from the choice (0) to the single word (7).
fn bond(kind: &Kind) -> u8 {
    match kind {
        Kind::Choice(_) => 0,
        Kind::Or(_) => 1,
        Kind::And(_) => 2,
        Kind::Compare(..) | Kind::In(..) => 3,
        Kind::Arithmetic(Arithmetic::Add | Arithmetic::Subtract, _) => 4,
        Kind::Arithmetic(..) => 5,
        Kind::Negate(_) | Kind::Not(_) => 6,
        Kind::Number(n) if n.is_negative() => 6,
        _ => 7,
    }
}

/// Prints with brackets everywhere, or only where CEL needs them.
fn print(node: &Node, names: &[Name], everywhere: bool) -> String {
    let inside = |n: &Node, least: u8| {
        let text = print(n, names, everywhere);
        if everywhere || bond(&n.kind) < least { format!("({text})") } else { text }
    };
    let list =
        |nodes: &[Node]| nodes.iter().map(|n| print(n, names, everywhere)).collect::<Vec<_>>().join(", ");
    let own = bond(&node.kind);
    match &node.kind {
        Kind::Number(n) => n.to_string(),
        Kind::Text(text) => format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'")),
        Kind::Truth(truth) => truth.to_string(),
        Kind::Date(date) => format!("date('{date}')"),
        Kind::Name(id) => names[id.0].to_string(),
        Kind::Has(id) => format!("has({})", names[id.0]),
        Kind::Series(aggregate, id) => format!("{}({})", aggregate.as_str(), names[id.0]),
        Kind::Negate(inner) => format!("-({})", print(inner, names, everywhere)),
        Kind::Not(inner) => format!("!{}", inside(inner, 7)),
        Kind::Arithmetic(op, two) => {
            let sign = ARITHMETIC.iter().find(|(o, _)| o == op).unwrap().1;
            format!("{} {sign} {}", inside(&two[0], own), inside(&two[1], own + 1))
        }
        Kind::Compare(op, two) => {
            let sign = COMPARE.iter().find(|(o, _)| o == op).unwrap().1;
            format!("{} {sign} {}", inside(&two[0], own), inside(&two[1], own + 1))
        }
        Kind::And(two) => format!("{} && {}", inside(&two[0], own), inside(&two[1], own + 1)),
        Kind::Or(two) => format!("{} || {}", inside(&two[0], own), inside(&two[1], own + 1)),
        Kind::Choice(three) => {
            format!("{} ? {} : {}", inside(&three[0], 1), inside(&three[1], 1), inside(&three[2], 0))
        }
        Kind::In(item, of) => format!("{} in [{}]", inside(item, own), list(of)),
        Kind::Least(of) => format!("min({})", list(of)),
        Kind::Greatest(of) => format!("max({})", list(of)),
        Kind::TextTest(test, two) => {
            let word = match test {
                TextTest::StartsWith => "startsWith",
                TextTest::EndsWith => "endsWith",
                TextTest::Contains => "contains",
            };
            format!("{}.{word}({})", inside(&two[0], 7), print(&two[1], names, everywhere))
        }
    }
}

fn number() -> impl Strategy<Value = Node> + Clone {
    let leaf = prop_oneof![
        (-9999i64..9999, 0u32..3).prop_map(|(n, d)| node(Kind::Number(Rational::from_scaled(n, d)))),
        prop::sample::select(vec![0usize, 3, 4]).prop_map(|id| node(Kind::Name(NameId(id)))),
        prop::sample::select(SERIES.to_vec()).prop_map(|a| node(Kind::Series(a, NameId(4)))),
    ];
    leaf.prop_recursive(4, 24, 3, |inner| {
        prop_oneof![
            (prop::sample::select(ARITHMETIC.to_vec()), inner.clone(), inner.clone())
                .prop_map(|((op, _), a, b)| node(Kind::Arithmetic(op, two(a, b)))),
            inner.clone().prop_map(|a| node(Kind::Negate(Box::new(a)))),
            prop::collection::vec(inner.clone(), 2..4).prop_map(|list| node(Kind::Least(list))),
            prop::collection::vec(inner.clone(), 2..4).prop_map(|list| node(Kind::Greatest(list))),
            (inner.clone(), inner.clone())
                .prop_map(|(a, b)| { node(Kind::Choice(Box::new([node(Kind::Name(NameId(2))), a, b]))) }),
        ]
    })
}

fn truth() -> impl Strategy<Value = Node> {
    let text = || {
        prop_oneof![
            "[a-c'\\\\ ж]{0,4}".prop_map(|t| node(Kind::Text(t.as_str().into()))),
            Just(node(Kind::Name(NameId(1)))),
        ]
    };
    let tests = vec![TextTest::StartsWith, TextTest::EndsWith, TextTest::Contains];
    let leaf = prop_oneof![
        any::<bool>().prop_map(|t| node(Kind::Truth(t))),
        Just(node(Kind::Name(NameId(2)))),
        Just(node(Kind::Has(NameId(0)))),
        (prop::sample::select(COMPARE.to_vec()), number(), number())
            .prop_map(|((op, _), a, b)| node(Kind::Compare(op, two(a, b)))),
        (number(), prop::collection::vec(number(), 1..3)).prop_map(|(i, l)| node(Kind::In(Box::new(i), l))),
        (prop::sample::select(tests), text(), text())
            .prop_map(|(t, a, b)| node(Kind::TextTest(t, two(a, b)))),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| node(Kind::And(two(a, b)))),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| node(Kind::Or(two(a, b)))),
            inner.clone().prop_map(|a| node(Kind::Not(Box::new(a)))),
            (inner.clone(), inner.clone(), inner.clone())
                .prop_map(|(a, b, c)| node(Kind::Choice(Box::new([a, b, c])))),
        ]
    })
}

/// One row whose values are there or not.
struct Row(Vec<Value>);

impl Scope for Row {
    fn value(&self, name: NameId) -> Value {
        self.0[name.0].clone()
    }
    fn series(&self, _: NameId) -> Vec<Value> {
        vec![Value::Number(3.into()), Value::Number("0.25".parse().unwrap())]
    }
}

fn row(full: bool) -> Row {
    let some = [
        Value::Number("12.5".parse().unwrap()),
        Value::text("ab c"),
        Value::Truth(true),
        Value::Number(70.into()),
        Value::Number(2.into()),
    ];
    Row(some
        .into_iter()
        .enumerate()
        .map(|(i, v)| if full || i % 2 == 0 { v } else { Value::Missing })
        .collect())
}

fn same(tree: &Node) -> Result<(), TestCaseError> {
    for everywhere in [true, false] {
        let mut named = names();
        let source = print(tree, &named, everywhere);
        let read = match Expr::parse(&source, &mut named) {
            Ok(read) => read,
            // Long ones may be refused, but only for their length.
            Err(problems) => {
                let code = problems.as_slice()[0].code;
                prop_assert!(
                    matches!(code, "expression-too-long" | "expression-too-deep"),
                    "{source}: {problems:?}"
                );
                continue;
            }
        };
        let parts = &read.0;
        let made = Expr(Arc::new(Parts {
            root: tree.clone(),
            source: parts.source.clone(),
            names: parts.names.clone(),
            place: parts.place.clone(),
            origin: parts.origin.clone(),
            start: parts.start,
        }));
        for full in [true, false] {
            prop_assert_eq!(read.eval(&row(full)), made.eval(&row(full)), "{}", source);
        }
        let mut ends = true;
        read.root().visit(&mut |n| ends &= source.get(n.at.clone()).is_some() && !n.at.is_empty());
        prop_assert!(ends, "every part points into the source: {source}");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn numbers_printed_and_read_again_are_worth_the_same(tree in number()) {
        same(&tree)?;
    }

    #[test]
    fn conditions_printed_and_read_again_are_worth_the_same(tree in truth()) {
        same(&tree)?;
    }
}

#[test]
fn the_bytes_of_a_part_are_its_own() {
    let source = "min(facility.name == 'Ж' ? 1.50 : -score, sum( history.amount )) in [2, (3)]";
    let expr = Expr::parse(source, &mut Vec::new()).unwrap();
    let mut parts = Vec::new();
    expr.root().visit(&mut |n| parts.push(&source[n.at.clone()]));
    assert_eq!(
        parts,
        [
            source,
            "min(facility.name == 'Ж' ? 1.50 : -score, sum( history.amount ))",
            "facility.name == 'Ж' ? 1.50 : -score",
            "facility.name == 'Ж'",
            "facility.name",
            "'Ж'",
            "1.50",
            "-score",
            "score",
            "sum( history.amount )",
            "2",
            "3",
        ]
    );
}
