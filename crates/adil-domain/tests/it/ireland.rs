//! The counties of the Irish pack against the published table.

use adil_domain::country;

#[test]
fn the_pack_lists_the_counties_of_the_census() {
    let Some(folder) = crate::shared("ireland-2023") else { return };
    let mut table = csv::Reader::from_path(folder.join("counties.csv")).unwrap();
    let published: Vec<(String, String)> = table
        .records()
        .map(|row| {
            let row = row.unwrap();
            (row[0].to_owned(), row[1].to_owned())
        })
        .collect();
    let pack = country::pack("ie").unwrap();
    let listed: Vec<(String, String)> = pack
        .territories()
        .places()
        .iter()
        .filter_map(|p| Some((p.code.clone(), p.parent.clone()?)))
        .collect();
    assert_eq!(listed, published);
}

#[test]
fn most_companies_among_the_applicants_are_recognised() {
    let Some(folder) = crate::shared("ireland-2023") else { return };
    let forms = country::pack("ie").unwrap().legal_forms();
    let mut table = csv::Reader::from_path(folder.join("applications.csv")).unwrap();
    let mut found = std::collections::BTreeMap::new();
    for row in table.records() {
        let row = row.unwrap();
        if let (Some(form), _) = forms.split(&row[2]) {
            *found.entry(form).or_insert(0) += 1;
        }
    }
    let found: Vec<String> = found.iter().map(|(form, count)| format!("{form} {count}")).collect();
    insta::assert_snapshot!(found.join(", "), @"clg 125, dac 1, ltd 221, society 4");
}
