//! What is planted is there to be found, and nothing but a detector's own work finds it.

use std::collections::{BTreeMap, BTreeSet};

use adil_simulate::Options;

use crate::{Memory, simulate};

/// Large enough that every abuse occurs.
fn country() -> Memory {
    simulate(&Options { seed: 11, scale: 0.15, ..Options::default() }).0
}

#[test]
fn every_abuse_occurs_and_every_subject_is_in_a_table() {
    let made = country();
    let column = |file: &str, name: &str| made.column(file, name).into_iter().collect::<BTreeSet<String>>();
    let subjects = BTreeMap::from([
        ("section", column("sections.csv", "section_id")),
        ("participant", column("children.csv", "participant")),
        ("facility", column("facilities.csv", "facility_id")),
        ("coach", column("coaches.csv", "coach_id")),
        ("operator", column("operators.csv", "operator_id")),
        ("territory", column("territories.csv", "territory")),
        ("device", column("queue.csv", "device")),
    ]);
    let mut detectors = BTreeSet::new();
    let mut planted = BTreeSet::new();
    for file in ["truth/flags.csv", "truth/honest.csv"] {
        let mut told = BTreeSet::new();
        for row in made.rows(file) {
            assert!(told.insert(row.clone()), "{file}: twice {row:?}");
            let known = &subjects[row["subject_kind"].as_str()];
            assert!(known.contains(&row["subject_id"]), "{file}: {row:?}");
            if let Some(detector) = row.get("detector") {
                detectors.insert(detector.clone());
                planted.insert(row["subject_id"].clone());
            } else {
                assert!(
                    row["subject_kind"] == "operator" || !planted.contains(&row["subject_id"]),
                    "{row:?}"
                );
            }
        }
    }
    // Each is named as its detector is.
    let folders = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../../detectors")).unwrap();
    let all: BTreeSet<String> =
        folders.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(detectors, all);
}

#[test]
fn planted_things_leave_traces() {
    let made = country();
    let mut of: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    for row in made.rows("truth/flags.csv") {
        of.entry((row["detector"].clone(), row["subject_kind"].clone()))
            .or_default()
            .insert(row["subject_id"].clone());
    }
    let planted = |detector: &str, kind: &str| &of[&(detector.to_owned(), kind.to_owned())];

    let mut at_once: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in made.rows("vouchers.csv").into_iter().filter(|row| row["status"] == "active") {
        at_once.entry(row["participant"].clone()).or_default().insert(row["section_id"].clone());
    }
    let many: BTreeSet<String> =
        at_once.iter().filter(|(_, s)| s.len() >= 3).map(|(p, _)| p.clone()).collect();
    assert_eq!(&many, planted("a04-many-circles", "participant"));

    let mut phones: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in made.rows("timesheets/2023-12.csv") {
        phones.entry(row["section_id"].clone()).or_default().push(row["phone"].clone());
    }
    let one_phone = |section: &&String| {
        phones.get(*section).is_some_and(|p| p.iter().collect::<BTreeSet<_>>().len() == 1)
    };
    let signed = planted("a13-mass-signatures", "section");
    assert_eq!(
        signed.iter().filter(one_phone).count(),
        signed.iter().filter(|s| phones.contains_key(*s)).count()
    );

    let premises: BTreeMap<String, String> = made
        .rows("facilities.csv")
        .into_iter()
        .map(|row| (row["facility_id"].clone(), row["premises"].clone()))
        .collect();
    let unfit = ["flat", "basement", "pharmacy", "market", "dwelling"];
    for facility in planted("a06-impossible-premises", "facility") {
        assert!(unfit.contains(&premises[facility].as_str()));
    }

    let mut diplomas: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in made.rows("coaches.csv") {
        diplomas.entry(row["diploma"].clone()).or_default().insert(row["coach_id"].clone());
    }
    let shared: BTreeSet<String> = diplomas.into_values().filter(|c| c.len() > 1).flatten().collect();
    assert_eq!(&shared, planted("a08-fake-diplomas", "coach"));

    let abroad: BTreeSet<String> = made.column("absences.csv", "participant").into_iter().collect();
    assert!(planted("a02-present-abroad", "participant").is_subset(&abroad));

    let mut heads: BTreeMap<(String, String, String), Vec<String>> = BTreeMap::new();
    for row in made.rows("operators.csv") {
        let link = (row["head"].clone(), row["phone"].clone(), row["address"].clone());
        heads.entry(link).or_default().push(row["operator_id"].clone());
    }
    let related: BTreeSet<String> = heads.into_values().filter(|o| o.len() > 1).flatten().collect();
    assert_eq!(&related, planted("a15-related-suppliers", "operator"));
}

#[test]
fn no_person_and_no_real_organisation_is_named() {
    let made = country();
    let pack = adil_domain::country::pack("kz").unwrap();
    for row in made.rows("operators.csv") {
        let id = &row["operator_id"];
        assert!(id.len() == 64 || (id.len() == 12 && ("49".."60").contains(&&id[..2])), "{id}");
        assert_eq!(id.len() == 64, row["legal_form"] == "ie");
        let (form, _) = pack.split_legal_form(&row["name"]);
        assert_eq!(
            form.map(adil_domain::country::LegalForm::code),
            Some(row["legal_form"].as_str()),
            "{}",
            row["name"]
        );
    }
}
