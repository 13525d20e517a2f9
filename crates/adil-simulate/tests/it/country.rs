//! Places and people.

use std::collections::BTreeMap;

use adil_domain::Problems;
use adil_geography::{Boundaries, Position, country};
use adil_simulate::{Options, kazakhstan};

use crate::{Memory, simulate, small};

fn published() -> BTreeMap<String, u64> {
    let table = country::geography("kz").unwrap().regions;
    let rows = csv::Reader::from_reader(table).into_deserialize::<BTreeMap<String, String>>();
    rows.map(Result::unwrap).map(|row| (row["kato"].clone(), row["population"].parse().unwrap())).collect()
}

#[test]
fn every_region_has_exactly_its_published_people() {
    let (made, summary) = simulate(&small(1));
    let parent: BTreeMap<String, String> = made
        .rows("territories.csv")
        .into_iter()
        .map(|row| (row["territory"].clone(), row["parent"].clone()))
        .collect();
    assert_eq!(parent.len(), 244);
    let mut sums: BTreeMap<String, u64> = BTreeMap::new();
    for point in made.rows("population.csv") {
        let number = |name: &str| point[name].parse::<u64>().unwrap();
        let ages = ["age_0_3", "age_4_17", "age_18_59", "age_60_plus"].map(number);
        assert_eq!(ages.iter().sum::<u64>(), number("population"), "{point:?}");
        assert!(number("with_disability") <= number("population"));
        *sums.entry(parent[&point["territory"]].clone()).or_default() += number("population");
    }
    assert_eq!(sums, published());
    assert_eq!(summary.population, 19_765_004);
    assert!((13_000..20_000).contains(&summary.points), "{}", summary.points);
    for row in made.rows("territories.csv") {
        assert_ne!(row["population"], "0", "{row:?}");
    }
}

#[test]
fn everything_lies_in_its_district() {
    let (made, _) = simulate(&small(2));
    let mut problems = Problems::new();
    let boundaries =
        Boundaries::read("territories.geojson", made.text("territories.geojson").as_bytes(), &mut problems);
    let boundaries = boundaries.unwrap();
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(boundaries.areas().len(), 224);
    for file in ["population.csv", "facilities.csv"] {
        let outside = made.rows(file).into_iter().filter(|row| {
            let at = Position::new(row["lat"].parse().unwrap(), row["lon"].parse().unwrap()).unwrap();
            let found = boundaries.locate(at).map(|i| boundaries.areas()[i].code.clone());
            found.as_ref() != Some(&row["territory"])
        });
        assert_eq!(outside.count(), 0, "{file}");
    }
}

#[test]
fn one_seed_one_country_and_another_another() {
    let (first, summary) = simulate(&small(7));
    let pool = rayon_pool(1);
    let (again, other) = pool.install(|| simulate(&small(7)));
    assert_eq!(summary, other);
    assert!(first.0 == again.0, "threads change something");
    let (different, _) = simulate(&small(8));
    assert_eq!(first.0.keys().collect::<Vec<_>>(), different.0.keys().collect::<Vec<_>>());
    for (file, bytes) in &first.0 {
        let fixed = ["README.txt", "truth/README.md", "territories.geojson"].contains(&file.as_str());
        assert_eq!(bytes == &different.0[file], fixed, "{file}");
    }
}

fn rayon_pool(threads: usize) -> rayon::ThreadPool {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap()
}

#[test]
fn a_region_alone_is_the_region_of_the_country() {
    let (all, _) = simulate(&Options { timesheets: false, ..small(3) });
    let (one, summary) =
        simulate(&Options { region: Some("790000000".to_owned()), timesheets: false, ..small(3) });
    assert!(summary.facilities > 0);
    for (file, key) in [("facilities.csv", "territory"), ("population.csv", "territory")] {
        let ours: Vec<_> = all.rows(file).into_iter().filter(|row| row[key].starts_with("79")).collect();
        assert!(one.rows(file) == ours, "{file}");
    }
    let of_region =
        |ids: Vec<String>| ids.into_iter().filter(|id| id.starts_with("S-79")).collect::<Vec<_>>();
    assert_eq!(one.column("sections.csv", "section_id"), of_region(all.column("sections.csv", "section_id")));
    assert_eq!(one.rows("territories.csv").len(), 6);
}

#[test]
fn what_can_not_be_simulated_is_said() {
    let said = |options: Options<'_>| {
        kazakhstan(&options, &mut Memory::default(), &mut |_, _| {}).unwrap_err().to_string()
    };
    insta::assert_snapshot!(said(Options { region: Some("790000001".to_owned()), ..small(1) }));
    insta::assert_snapshot!(said(Options { scale: 0.0, ..small(1) }));
    insta::assert_snapshot!(said(Options { scale: f64::NAN, ..small(1) }));
    insta::assert_snapshot!(said(Options { scale: 1e4, ..small(1) }));
}
