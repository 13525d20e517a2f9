//! KATO over the whole classifier, NK RK 11-2025.

use std::collections::{BTreeMap, BTreeSet};

use adil_domain::kato::{Rank, parent_of};
use adil_domain::{Kato, TerritoryRow, TerritoryTree, country};

#[test]
fn every_code_of_the_classifier_finds_its_parent() {
    let Some(folder) = crate::shared("kazakhstan") else { return };
    let mut table = csv::Reader::from_path(folder.join("kato.csv")).unwrap();
    let rows: Vec<(Kato, String)> = table
        .records()
        .map(|row| {
            let row = row.unwrap();
            (row[0].parse().unwrap(), row[2].to_owned())
        })
        .collect();
    assert_eq!(rows.len(), 15_594);

    let known: BTreeSet<Kato> = rows.iter().map(|(code, _)| *code).collect();
    let mut levels: BTreeMap<&str, usize> = BTreeMap::new();
    for (code, level) in &rows {
        *levels.entry(level).or_default() += 1;
        let rank = match level.as_str() {
            "oblast" => Rank::Region,
            "district" => Rank::District,
            "sub_district" => Rank::SubDistrict,
            _ => Rank::Settlement,
        };
        assert_eq!(code.rank(), rank, "{code}");
        assert_eq!(code.known_parent(|k| known.contains(&k)).is_none(), rank == Rank::Region, "{code}");
    }
    assert_eq!(
        levels,
        BTreeMap::from([("district", 209), ("oblast", 20), ("settlement", 12_986), ("sub_district", 2_379)])
    );

    let rows: Vec<TerritoryRow> = (2..)
        .zip(&rows)
        .map(|(line, (code, level))| TerritoryRow {
            code: code.to_string(),
            parent: parent_of(code.as_str(), |k| k.parse().is_ok_and(|k| known.contains(&k))),
            level: level.clone(),
            line,
        })
        .collect();
    let (tree, problems) = TerritoryTree::build("kato.csv", &rows);
    assert!(problems.is_empty());
    let tree = tree.unwrap();
    assert_eq!(tree.len(), 15_594);
    assert_eq!(tree.levels(), ["oblast", "district", "sub_district", "settlement"]);
    // SOURCE.md: 78 settlements hang directly under a district, 19 sub-districts directly under a region.
    let under = |level: &str, parent: &str| {
        (0..tree.len())
            .filter(|i| tree.level(*i) == level)
            .filter(|i| tree.parent(*i).is_some_and(|p| tree.level(p) == parent))
            .count()
    };
    assert_eq!(under("settlement", "district"), 78);
    assert_eq!(under("sub_district", "oblast"), 19);

    let pack = country::pack("kz").unwrap();
    let regions: Vec<&str> = tree.roots().map(|i| tree.code(i)).collect();
    let listed: Vec<&str> = pack.territories().places().iter().map(|p| p.code.as_str()).collect();
    assert_eq!(regions, listed, "the pack lists the regions, in the order of their codes");
}
