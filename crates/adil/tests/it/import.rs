//! `adil import`: from lists to a folder that is a round.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::adil;

/// Data that the tests of the importers rest on as well.
fn data(file: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../adil-sources/tests/it")
        .join(file)
        .to_str()
        .unwrap()
        .to_owned()
}

pub(super) fn village() -> String {
    data("osm_data/village.osm.pbf")
}

fn scotland() -> String {
    data("data/scotland/facilities.csv")
}

/// A place to import into.
pub(super) struct Place {
    _keep: TempDir,
    folder: PathBuf,
}

impl Place {
    pub(super) fn new() -> Self {
        let keep = tempfile::tempdir().unwrap();
        let folder = keep.path().to_owned();
        Self { _keep: keep, folder }
    }

    pub(super) fn path(&self, name: &str) -> String {
        self.folder.join(name).to_str().unwrap().to_owned()
    }

    pub(super) fn write(&self, name: &str, text: &str) -> String {
        fs::write(self.folder.join(name), text).unwrap();
        self.path(name)
    }

    pub(super) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.folder.join(name)).unwrap()
    }

    pub(super) fn round(&self) -> String {
        self.path("round")
    }
}

#[test]
fn a_map_becomes_a_round_that_is_checked_and_decided() {
    let place = Place::new();
    let round = place.round();
    let ended = adil(&["import", "osm", &village(), "--out", &round]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert!(ended.out.contains("27  facilities"), "{}", ended.out);
    assert!(ended.err.contains("warning[osm-"), "{}", ended.err);
    assert!(place.read("round/problems.csv").contains("osm-missing-way"));
    let checked = adil(&["check", &round]);
    assert_eq!(checked.code, 0, "{}", checked.out);
    let decided = adil(&["run", &round]);
    assert_eq!(decided.code, 0, "{}", decided.err);
    assert_eq!(adil(&["verify", &round]).code, 0);
    // The districts that come with the product say where each lies.
    let facilities = place.read("round/facilities.csv");
    let box_club = facilities.lines().find(|l| l.contains("Бокс залы")).unwrap();
    assert!(box_club.starts_with("osm-way-102,Бокс залы,boxing,355200000,"), "{box_club}");
}

#[test]
fn twice_gives_the_same_bytes_and_leaves_the_policy_alone() {
    let place = Place::new();
    let round = place.round();
    assert_eq!(adil(&["import", "osm", &village(), "--out", &round]).code, 0);
    let first = place.read("round/facilities.csv");
    let policy = place.read("round/policy.toml").replace("27000", "54000");
    place.write("round/policy.toml", &policy);
    assert_eq!(adil(&["import", "osm", &village(), "--out", &round, "--threads", "1"]).code, 0);
    assert_eq!(place.read("round/facilities.csv"), first);
    assert_eq!(place.read("round/policy.toml"), policy);
}

#[test]
fn a_table_of_somebody_else_is_not_overwritten() {
    let place = Place::new();
    fs::create_dir(place.folder.join("round")).unwrap();
    place.write("round/facilities.csv", "facility_id,name\nF-1,Own\n");
    let ended = adil(&["import", "osm", &village(), "--out", &place.round()]);
    assert_eq!(ended.code, 1);
    assert!(ended.err.contains("error[not-imported]"), "{}", ended.err);
    assert_eq!(place.read("round/facilities.csv"), "facility_id,name\nF-1,Own\n");
    assert_eq!(adil(&["import", "osm", &village(), "--out", &place.round(), "--replace"]).code, 0);
}

#[test]
fn what_is_wrong_is_said_and_nothing_is_written() {
    let place = Place::new();
    let round = place.round();
    let broken = place.write("cut.osm.pbf", "not a map");
    for (arguments, code) in [
        (vec!["import", "osm", &broken, "--out", &round], 1),
        (vec!["import", "osm", "no-such-file.osm.pbf", "--out", &round], 1),
        (vec!["import", "osm", &village(), "--out", &round, "--country", "xx"], 2),
        (vec!["import", "osm", &village()], 2),
        (vec!["import", "osm", &village(), "--suggest"], 2),
    ] {
        let ended = adil(&arguments);
        assert_eq!(ended.code, code, "{arguments:?}: {}", ended.err);
        assert!(!Path::new(&round).join("facilities.csv").exists());
    }
    let json = adil(&["import", "osm", &broken, "--out", &round, "--json"]).json();
    assert_eq!(json["problems"][0]["severity"], "error");
}

#[test]
fn a_bad_manifest_says_where() {
    let place = Place::new();
    for (text, code) in [
        ("[[source]]\nkind = \"osm\"\nname = \"osm\"\n", "bad-manifest"),
        ("[[source]]\nkind = \"map\"\nname = \"osm\"\nfile = \"a\"\n", "bad-manifest"),
        ("[[source]]\nkind = \"osm\"\nname = \"a b\"\nfile = \"a\"\n", "bad-source-name"),
        ("[[source]]\nkind = \"kato\"\nname = \"a\"\nfile = \"a\"\n", "not-a-list"),
        (
            "[[source]]\nkind = \"osm\"\nname = \"a\"\nfile = \"a\"\ntypes = { \"зал\" = \"sports-hal\" }\n",
            "unknown-type",
        ),
        ("[round]\nas_of = \"yesterday\"\n", "not-a-date"),
    ] {
        let manifest = place.write("import.toml", text);
        let ended = adil(&["import", "manifest", &manifest, "--out", &place.round()]);
        assert_eq!(ended.code, 1, "{text}");
        assert!(ended.err.contains(code), "{text}: {}", ended.err);
    }
    let twice = "[[source]]\nkind = \"osm\"\nname = \"a\"\nfile = \"a\"\n".repeat(2);
    let manifest = place.write("import.toml", &twice);
    assert!(
        adil(&["import", "manifest", &manifest, "--out", &place.round()]).err.contains("duplicate-source")
    );
}

/// What the columns of the Scottish list mean.
const SCOTLAND: &str = "\
[columns]
key        = \"facility_id\"
name       = \"name\"
type       = \"facility_type\"
sub_type   = \"facility_sub_type\"
territory  = \"council\"
lat        = \"lat\"
lon        = \"lon\"
settlement = \"town\"
surface    = \"surface\"
as_of      = \"date_updated\"

[constants]
source = \"sportscotland\"
";

#[test]
fn a_spreadsheet_becomes_a_round_in_three_commands() {
    let place = Place::new();
    let (round, list) = (place.round(), scotland());
    let councils = data("data/scotland/councils.csv");
    let guess = adil(&["import", "table", &list, "--suggest", "--country", "ie"]);
    assert_eq!(guess.code, 0, "{}", guess.err);
    assert!(guess.out.contains("name = \"name\"") && guess.out.contains("lat = \"lat\""), "{}", guess.out);
    let refused = adil(&["import", "table", &list, "--out", &round, "--country", "ie"]);
    assert_eq!(refused.code, 1);
    assert!(refused.err.contains("error[no-mapping]"), "{}", refused.err);

    let mapping = place.write("mapping.toml", SCOTLAND);
    let ended = adil(&[
        "import",
        "table",
        &list,
        "--mapping",
        &mapping,
        "--territories",
        &councils,
        "--country",
        "ie",
        "--keep-ids",
        "--out",
        &round,
        "--json",
    ]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let json = ended.json();
    assert_eq!((&json["records"]["sportscotland"], &json["facilities"]), (&58.into(), &58.into()));
    assert_eq!((&json["unknown_type"], &json["unsure"]), (&0.into(), &0.into()));
    let codes: Vec<&str> =
        json["problems"].as_array().unwrap().iter().filter_map(|p| p["code"].as_str()).collect();
    assert_eq!(codes, ["far-from-others"], "one row has its point in London");
    assert!(place.read("round/problems.csv").contains("Millbank and Tillyfourie"));
    let facilities = place.read("round/facilities.csv");
    let velvet = facilities.lines().find(|l| l.starts_with("pub_spfsh.2875,")).unwrap();
    assert!(velvet.contains(",gym,Aberdeen City,"), "{velvet}");
    assert!(place.read("round/territories.csv").contains("Aberdeen City,,Aberdeen City,council,224190"));

    let checked = adil(&["check", &round]);
    assert_eq!(checked.code, 0, "{}", checked.out);
    let decided = adil(&["run", &round, "--json"]);
    assert_eq!(decided.code, 0, "{}", decided.err);
    assert_eq!(decided.json()["counts"]["funded"], 58);
}

#[test]
fn several_lists_by_a_manifest_and_a_persons_decision() {
    let place = Place::new();
    let round = place.round();
    place.write("m.toml", "[columns]\nkey = \"№\"\nname = \"Название\"\ntype = \"Вид\"\nlat = \"Широта\"\nlon = \"Долгота\"\ncapacity = \"Места\"\n");
    place.write(
        "list.csv",
        "№,Название,Вид,Широта,Долгота,Места\n\
         1,Зал бокса,бокс,50.0002,70.0023,40\n\
         2,Поле,футбольное поле,50.0003,70.0018,\n\
         3,Школа,спортзал,50.0100,70.0100,60\n",
    );
    let text = format!(
        "[round]\nid = \"village\"\nas_of = \"2026-11-02\"\n\n\
         [[source]]\nkind = \"table\"\nname = \"akimat\"\nfile = \"list.csv\"\nmapping = \"m.toml\"\nas_of = \"2026-11-02\"\n\n\
         [[source]]\nkind = \"osm\"\nname = \"osm\"\nfile = {:?}\n",
        village()
    );
    let manifest = place.write("import.toml", &text);
    let import = || adil(&["import", "manifest", &manifest, "--out", &round, "--json"]);
    let ended = import();
    assert_eq!(ended.code, 0, "{}", ended.err);
    let json = ended.json();
    assert_eq!(
        (&json["matched"], &json["unsure"]),
        (&1.into(), &1.into()),
        "{}",
        place.read("round/review.csv")
    );
    let facilities = place.read("round/facilities.csv");
    let boxing = facilities.lines().find(|l| l.starts_with("akimat-1,")).unwrap();
    assert!(boxing.contains("akimat 1; osm way/102") && boxing.contains("1196.19"), "{boxing}");
    let provenance = place.read("round/provenance.csv");
    assert!(provenance.contains("akimat-1,floor_area_m2,1196.19,osm,way/102,2026-11-01,"));
    assert!(provenance.contains("akimat-1,capacity,40,akimat,1,2026-11-02,"), "{provenance}");
    assert_eq!(adil(&["check", &round]).code, 0);

    // A person looks at the pair that was left open.
    let review = place.read("round/review.csv");
    let filled = review.replacen("\n,,,", "\nsame,A. Reviewer,2026-11-03,", 1);
    assert_ne!(filled, review);
    place.write("round/review.csv", &filled);
    let json = import().json();
    assert_eq!((&json["matched"], &json["decided"], &json["unsure"]), (&2.into(), &1.into(), &0.into()));
    assert!(
        place.read("round/review.csv").contains("same,A. Reviewer,2026-11-03,"),
        "the decision stays in the file"
    );
    place.write("round/review.csv", &filled.replace("same,A.", "perhaps,A."));
    let refused = adil(&["import", "manifest", &manifest, "--out", &round]);
    assert_eq!(refused.code, 1);
    assert!(refused.err.contains("error[unknown-decision]"), "{}", refused.err);
}

#[test]
fn places_and_people_join_a_round_that_is_there() {
    let place = Place::new();
    let round = place.round();
    assert_eq!(adil(&["import", "osm", &village(), "--out", &round]).code, 0);
    let facilities = place.read("round/facilities.csv");
    let settlements = place.write(
        "settlements.csv",
        "point_id,name,lat,lon,population\ns1,Алыс,50.0,70.0,1200\ns2,Шет,49.9,70.1,\n",
    );
    let ended = adil(&["import", "settlements", &settlements, "--out", &round]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let population = place.read("round/population.csv");
    assert!(population.contains("s1,50,70,355200000,1200"), "{population}");
    assert_eq!(place.read("round/facilities.csv"), facilities, "what was not imported is left alone");
    let kato = place.write(
        "kato.csv",
        "kato,kato_version,level,type_code,name_ru,name_kk\n\
         350000000,X,oblast,0,Карагандинская область,Қарағанды облысы\n\
         355200000,X,district,1,Осакаровский район,Осакаров ауданы\n",
    );
    let ended = adil(&["import", "kato", &kato, "--out", &round]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert_eq!(place.read("round/territories.csv").lines().count(), 3);
    assert_eq!(adil(&["check", &round]).code, 0);
}

#[test]
fn features_of_a_map_become_a_round() {
    let place = Place::new();
    let round = place.round();
    let features = place.write(
        "halls.geojson",
        r#"{ "type": "FeatureCollection", "features": [
            { "type": "Feature", "id": "a1",
              "properties": { "name": "Спорт залы", "kind": "sports hall", "built": "1984" },
              "geometry": { "type": "Point", "coordinates": [70.0, 50.0] } },
            { "type": "Feature", "id": "a2",
              "properties": { "name": "Корт", "kind": "tennis court", "built": null },
              "geometry": { "type": "Polygon", "coordinates": [[[70.1, 50.0], [70.101, 50.0], [70.101, 50.001], [70.1, 50.0]]] } },
            { "type": "Feature", "id": "a3", "properties": { "name": "?" }, "geometry": null } ] }"#,
    );
    let suggested = adil(&["import", "geojson", &features, "--suggest"]);
    assert_eq!(suggested.code, 0, "{}", suggested.err);
    let mapping = place.write("mapping.toml", &suggested.out);
    let ended = adil(&[
        "import",
        "geojson",
        &features,
        "--mapping",
        &mapping,
        "--as-of",
        "2026-01-01",
        "--out",
        &round,
    ]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert!(ended.err.contains("no-geometry"), "{}", ended.err);
    let facilities = place.read("round/facilities.csv");
    assert_eq!(facilities.lines().count(), 4, "{facilities}");
    let hall = facilities.lines().find(|l| l.contains("Спорт залы")).unwrap();
    assert!(hall.contains("355200000") && hall.contains("sports-hall"), "{hall}");
    let court = facilities.lines().find(|l| l.contains("Корт")).unwrap();
    assert!(court.contains("3973.8"), "{court}");
    assert_eq!(adil(&["check", &round]).code, 0);
    let broken = place.write("broken.geojson", "{ \"type\": \"Feature");
    let ended = adil(&["import", "geojson", &broken, "--mapping", &mapping, "--out", &place.path("other")]);
    assert_eq!(ended.code, 1);
    assert!(ended.err.contains("broken.geojson") && ended.err.contains("not-geojson"), "{}", ended.err);
}

#[test]
fn the_whole_scottish_list_becomes_a_round() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/scotland");
    if !shared.exists() {
        eprintln!("../shared is absent: the whole Scottish list is not imported");
        return;
    }
    let file = |name: &str| shared.join(name).to_str().unwrap().to_owned();
    let place = Place::new();
    let (round, mapping) = (place.round(), place.write("mapping.toml", SCOTLAND));
    let (list, councils) = (file("facilities.csv"), file("councils.csv"));
    let ended = adil(&[
        "import",
        "table",
        &list,
        "--mapping",
        &mapping,
        "--territories",
        &councils,
        "--country",
        "ie",
        "--out",
        &round,
        "--json",
    ]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let json = ended.json();
    assert_eq!((&json["facilities"], &json["unknown_type"]), (&13_830.into(), &0.into()));
    let checked = adil(&["check", &round]);
    assert_eq!(checked.code, 0, "{}", checked.out);
}
