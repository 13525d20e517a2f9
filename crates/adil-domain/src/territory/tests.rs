use proptest::prelude::*;

use super::*;

fn rows(rows: &[(&str, &str, &str)]) -> Vec<TerritoryRow> {
    (2..)
        .zip(rows)
        .map(|(line, (code, parent, level))| TerritoryRow {
            code: (*code).into(),
            parent: (!parent.is_empty()).then(|| (*parent).into()),
            level: (*level).into(),
            line,
        })
        .collect()
}

fn problems(given: &[(&str, &str, &str)]) -> String {
    let (tree, problems) = TerritoryTree::build("territories.csv", &rows(given));
    assert_eq!(tree, None);
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

#[test]
fn parents_come_before_children_and_siblings_by_code() {
    let (tree, found) = TerritoryTree::build(
        "territories.csv",
        &rows(&[
            ("Cork", "Munster", "county"),
            ("Munster", "", "province"),
            ("Connacht", "", "province"),
            ("Clare", "Munster", "county"),
            ("Ennis", "Clare", "town"),
        ]),
    );
    assert!(found.is_empty());
    let tree = tree.unwrap();
    let order: Vec<&str> = (0..tree.len()).map(|i| tree.code(i)).collect();
    assert_eq!(order, ["Connacht", "Munster", "Clare", "Ennis", "Cork"]);
    assert_eq!(tree.levels(), ["province", "county", "town"]);
    assert_eq!((tree.index_of("Ennis"), tree.level(3), tree.parent(3)), (Some(3), "town", Some(2)));
    assert_eq!(tree.children(1), [2, 4]);
    assert_eq!(tree.ancestors(3).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(tree.roots().collect::<Vec<_>>(), [0, 1]);
    assert_eq!(tree.index_of("Kerry"), None);
    assert_eq!((tree.code(99), tree.level(99), tree.parent(99), tree.children(99).len()), ("", "", None, 0));
}

#[test]
fn no_row_is_an_empty_tree() {
    let (tree, found) = TerritoryTree::build("territories.csv", &[]);
    assert!(found.is_empty());
    assert_eq!(tree, Some(TerritoryTree::default()));
}

#[test]
fn every_problem_is_told_not_only_the_first() {
    insta::assert_snapshot!(problems(&[
        ("Munster", "", "province"),
        ("Cork", "Munstre", "county"),
        ("Clare", "Munster", "county"),
        ("Clare", "Munster", "county"),
        ("A", "C", "ward"),
        ("B", "A", "ward"),
        ("C", "B", "ward"),
        ("D", "C", "ward"),
        ("E", "E", "ward"),
        (" ", "Munster", "ward"),
    ]), @"
    territories.csv:3:parent: error [territory-orphan] The territory `Cork` lies in `Munstre`, which has no row of its own in this table. Did you mean `Munster`? Add a row for it, or leave the cell empty when the territory lies in no other.
    territories.csv:5:territory: error [duplicate-territory] The territory `Clare` stands on line 5 again; it stood on line 4 already. Remove one of the two rows, or give this place a code of its own.
    territories.csv:6:parent: error [territory-cycle] These territories lie in each other in a circle: `A` (line 6) → `C` (line 8) → `B` (line 7) → `A`. Correct the parent of one of them, or leave it empty.
    territories.csv:10:parent: error [territory-cycle] The territory `E` says that it lies in itself. Correct the parent of one of them, or leave it empty.
    territories.csv:11:territory: error [empty-id] This territory has no code. Give it a code that no other row has, or remove the row.
    ");
}

/// 15,594 rows are a country; a chain as deep must neither overflow a stack nor take a second.
#[test]
fn a_chain_of_fifteen_thousand_is_no_trouble() {
    let chain: Vec<TerritoryRow> = (0..15_594u64)
        .map(|i| TerritoryRow {
            code: format!("{i:05}"),
            parent: i.checked_sub(1).map(|p| format!("{p:05}")),
            level: "step".into(),
            line: i + 2,
        })
        .collect();
    let (tree, _) = TerritoryTree::build("territories.csv", &chain);
    let tree = tree.unwrap();
    assert_eq!(tree.parent(15_593), Some(15_592));
    assert_eq!(tree.levels(), ["step"]);

    let mut ring = chain.clone();
    ring[0].parent = Some("15593".into());
    let (_, problems) = TerritoryTree::build("territories.csv", &ring);
    assert_eq!(problems.len(), 1);
    assert!(problems.as_slice()[0].message.contains("… 15494 more … → `00000`."), "{problems:?}");

    let orphans: Vec<TerritoryRow> =
        chain.iter().map(|r| TerritoryRow { parent: Some(format!("no-{}", r.code)), ..r.clone() }).collect();
    let (_, problems) = TerritoryTree::build("territories.csv", &orphans);
    assert_eq!(problems.len(), orphans.len(), "each orphan is told, though few get a suggestion");
}

proptest! {
    /// Whatever the parents are: a tree in order, or problems; never both and never neither.
    #[test]
    fn either_a_tree_or_problems(parents in prop::collection::vec(prop::option::of(0usize..30), 0..25)) {
        let given: Vec<TerritoryRow> = parents
            .iter()
            .enumerate()
            .map(|(i, p)| TerritoryRow {
                code: format!("t{i}"),
                parent: p.map(|p| format!("t{p}")),
                level: "l".into(),
                line: i as u64 + 2,
            })
            .collect();
        let (tree, problems) = TerritoryTree::build("t.csv", &given);
        prop_assert_eq!(tree.is_some(), problems.is_empty());
        if let Some(tree) = tree {
            prop_assert_eq!(tree.len(), given.len());
            for i in 0..tree.len() {
                prop_assert!(tree.parent(i).is_none_or(|p| p < i));
                prop_assert_eq!(tree.index_of(tree.code(i)), Some(i));
                prop_assert!(tree.children(i).iter().all(|c| tree.parent(*c) == Some(i)));
                prop_assert!(tree.children(i).is_sorted_by_key(|c| tree.code(*c)));
            }
            let turned: Vec<TerritoryRow> = given.into_iter().rev().collect();
            prop_assert_eq!(TerritoryTree::build("t.csv", &turned).0, Some(tree));
        }
    }
}
