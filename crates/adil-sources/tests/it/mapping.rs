//! Mappings: read, proposed and applied, with every repair on record.

use std::collections::BTreeMap;

use adil_domain::identifier::HashKey;
use adil_domain::{Problems, country};
use adil_sources::Found;
use adil_sources::mapping::{Confidence, Context, Mapping, suggest};
use adil_sources::sheet::Sheet;
use proptest::prelude::*;

use crate::kato::{BOUNDARIES, CLASSIFIER};

fn context() -> Context<'static> {
    Context {
        country: country::pack("kz"),
        boundaries: Some(&BOUNDARIES),
        classifier: Some(&CLASSIFIER),
        key: None,
        on: None,
    }
}

fn sheet(csv: &str) -> Sheet {
    let mut problems = Problems::new();
    Sheet::read("list.csv", csv.as_bytes(), None, &mut problems).unwrap()
}

fn mapping(toml: &str) -> Mapping {
    let mut problems = Problems::new();
    let mapping = Mapping::parse("map.toml", toml, &mut problems);
    mapping.unwrap_or_else(|| panic!("{problems:?}"))
}

fn apply(toml: &str, csv: &str, context: &Context<'_>) -> (Vec<Found>, Vec<String>) {
    let mut problems = Problems::new();
    let found = mapping(toml).apply(&sheet(csv), context, &mut problems);
    (found, problems.iter().map(|p| format!("{} {} {}", p.place, p.code, p.message)).collect())
}

/// One column of one row: its field afterwards, and the problems.
fn one(field: &str, column: &str, text: &str, context: &Context<'_>) -> (Option<String>, Vec<String>) {
    let quoted = text.replace('"', "\"\"");
    let csv = format!("{column},x\n\"{quoted}\",1\n");
    let (found, problems) = apply(&format!("[columns]\n{field} = \"{column}\"\n"), &csv, context);
    (found[0].get(field).map(str::to_owned), problems)
}

const MAP: &str = r#"
[columns]
key = "№"
name = "Наименование"
type = "Вид"
operator_id = "БИН"
territory = "КАТО"
lat = "Широта"
lon = "Долгота"
floor_area_m2 = "Площадь, га"
capacity = "ЕПС"

[constants]
source = "akimat"
as_of = "2026-01-01"

[values.type]
"Бассейн" = "swimming-pool"

[units]
floor_area_m2 = "ha"
"#;

#[test]
fn a_list_becomes_facilities_and_every_repair_is_on_record() {
    let csv = "№,Наименование,Вид,БИН,КАТО,Широта,Долгота,\"Площадь, га\",ЕПС\n\
        1,Алатау,Бассейн,491240000009,751110000,43.2567,76.9286,0.25,120\n\
        2,Ноль,Зал,51040005150,711110,71.44598,51.1801,\"1,5\",1 200\n\
        2,Минуты,Зал,,354400000,\"48°00'00\"\"N\",\"71°30'00\"\"E\",,-3\n\
        ,Без места,Бассейн,,,0,0,,много\n";
    let (found, problems) = apply(MAP, csv, &context());
    assert_eq!(found.len(), 4);
    let first: BTreeMap<&str, &str> = found[0].fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    assert_eq!(
        first,
        BTreeMap::from([
            ("name", "Алатау"),
            ("type", "swimming-pool"),
            ("operator_id", "491240000009"),
            ("territory", "751110000"),
            ("lat", "43.2567"),
            ("lon", "76.9286"),
            ("floor_area_m2", "2500"),
            ("capacity", "120"),
        ])
    );
    assert_eq!(
        (found[0].source.as_str(), found[0].key.as_str(), found[0].as_of.as_deref()),
        ("akimat", "1", Some("2026-01-01"))
    );
    assert_eq!(found[1].get("operator_id"), Some("051040005150"));
    assert_eq!((found[1].get("lat"), found[1].get("lon")), (Some("51.1801"), Some("71.44598")));
    assert_eq!((found[1].get("floor_area_m2"), found[1].get("capacity")), (Some("15000"), Some("1200")));
    assert_eq!((found[2].key.as_str(), found[3].key.as_str()), ("2 (row 4)", "row 5"));
    assert_eq!(found[2].get("territory"), Some("623600000"), "an old code of Zhanaarka district");
    assert_eq!((found[3].get("lat"), found[3].get("capacity")), (None, None));
    insta::assert_snapshot!(problems.join("\n"), @r#"
    list.csv:3:ЕПС number-repaired `1 200` was read as 1200.
    list.csv:3:Площадь, га number-repaired `1,5` was read as 1.5.
    list.csv:3:БИН identifier-repadded 1 leading zero of a numeric cell were put back: the spreadsheet had eaten them.
    list.csv:3:Широта coordinates-swapped Latitude `71.44598` and longitude `51.1801` stand the wrong way round and were exchanged: only so do they lie in the country.
    list.csv:3:КАТО kato-repaired `711110` was read as the code 711110000: the short code was filled up with zeros.
    list.csv:3:КАТО territory-elsewhere The code 711110000 (район Алматы) says another place than the coordinates, which lie in 711410000 (район Байқоңыр).
    list.csv:4:ЕПС negative-value `-3` is below zero, which `capacity` cannot be; it was left empty.
    list.csv:4:Широта degrees-minutes `48°00'00"N` and `71°30'00"E` were read as degrees, minutes and seconds.
    list.csv:4:КАТО kato-successor The code 354400000 is an old one of 623600000 Жанааркинский район; that was written (the district moved by decree; reform 2022-regions, from 2022-06-08).
    list.csv:4:№ duplicate-id The identifier `2` stands in the list again; this row is called `2 (row 4)`.
    list.csv:5:ЕПС not-a-number `много` is no number that can be told for certain; `capacity` was left empty.
    list.csv:5:Широта null-island `0`, `0` are no place on the Earth: 0, 0 lies in the Gulf of Guinea; programs write it when the place is not known. The place is not known.
    list.csv:3:Вид unmapped-value [values.type] has no rule for `Зал` (2 times, first here); it was kept.
    "#);
}

#[test]
fn zeros_are_put_back_only_where_the_check_digit_proves_it() {
    let c = context();
    let at = |text: &str| one("operator_id", "БИН", text, &c);
    assert_eq!(at("51040005150").0.as_deref(), Some("051040005150"));
    assert_eq!(at("740001307").0.as_deref(), Some("000740001307"));
    assert_eq!(at("740001307.0").0.as_deref(), Some("000740001307"));
    let (kept, problems) = at("51040005151");
    assert_eq!(kept.as_deref(), Some("51040005151"), "another last digit proves nothing");
    assert!(problems[0].contains("doubtful-identifier"), "{problems:?}");
    let (kept, problems) = at("940140000384");
    assert_eq!(kept.as_deref(), Some("940140000384"));
    assert!(problems[0].contains("doubtful-identifier"), "{problems:?}");
    let (kept, problems) = at("9.4014E+11");
    assert_eq!(kept.as_deref(), Some("9.4014E+11"));
    assert!(problems[0].contains("digits-lost"), "{problems:?}");
}

#[test]
fn a_persons_number_never_comes_out_in_plain() {
    let key = HashKey::new(&[7; 32]).unwrap();
    let (without, with) = (context(), Context { key: Some(&key), ..context() });
    for (field, column, text) in [
        ("operator_id", "ИИН", "180101100001"),
        ("name", "Имя", "180101100001"),
        ("name", "Имя", "ИП Тестов, ИИН 180101100001"),
        ("key", "№", "180101100001"),
        ("note", "Примечание", "180101 100001"),
    ] {
        let csv = format!("{column},x\n\"{text}\",1\n");
        let map = format!("[columns]\n{field} = \"{column}\"\n");
        let (found, problems) = apply(&map, &csv, &without);
        let all = format!("{found:?}{problems:?}");
        assert!(!all.replace(' ', "").contains("180101100001"), "{all}");
        assert!(problems[0].contains("personal-identifier"), "{problems:?}");

        let (found, problems) = apply(&map, &csv, &with);
        let all = format!("{found:?}{problems:?}");
        assert!(!all.replace(' ', "").contains("180101100001"), "{all}");
        assert!(problems[0].contains("personal-"), "{problems:?}");
    }
    // A zero eaten from a person's number is put back and hashed.
    let hashed = one("operator_id", "ИИН", "180101100001", &with).0.unwrap();
    assert_eq!(hashed.len(), 64);
}

#[test]
fn coordinates_are_read_turned_or_reported() {
    let c = context();
    let at = |lat: &str, lon: &str| {
        let csv = format!("lat,lon\n\"{}\",\"{}\"\n", lat.replace('"', "\"\""), lon.replace('"', "\"\""));
        let (found, problems) = apply("[columns]\nlat = \"lat\"\nlon = \"lon\"\n", &csv, &c);
        let codes: Vec<String> = problems.iter().map(|p| p.split(' ').nth(1).unwrap().to_owned()).collect();
        (found[0].get("lat").map(str::to_owned), found[0].get("lon").map(str::to_owned), codes)
    };
    let astana = (Some("51.1801".to_owned()), Some("71.446".to_owned()));
    for (lat, lon, codes) in [
        ("51.1801", "71.446", vec!["territory-from-position"]),
        ("51,1801", "71,446", vec!["decimal-comma", "territory-from-position"]),
        ("71.446", "51.1801", vec!["coordinates-swapped", "territory-from-position"]),
        ("51°10'48.36\"", "71°26'45.6\"", vec!["degrees-minutes", "territory-from-position"]),
        ("71.446 E", "51.1801 N", vec!["degrees-minutes", "coordinates-swapped", "territory-from-position"]),
    ] {
        let found = at(lat, lon);
        assert_eq!((found.0, found.1), astana, "{lat} {lon}");
        assert_eq!(found.2, codes, "{lat} {lon}");
    }
    for (lat, lon, code) in [
        ("5671234.5", "450123.7", "projected-coordinates"),
        ("0", "0", "null-island"),
        ("", "71.4", "half-coordinate"),
        ("51.18", "восток", "not-a-coordinate"),
        ("95", "71", "not-a-coordinate"),
    ] {
        let found = at(lat, lon);
        assert_eq!((found.0, found.1, found.2), (None, None, vec![code.to_owned()]), "{lat} {lon}");
    }
    // Kept where they are, and said.
    let moscow = at("55.75", "37.62");
    assert_eq!((moscow.0.as_deref(), moscow.2), (Some("55.75"), vec!["outside-country".to_owned()]));
    let sea = at("43.66", "51.10");
    assert_eq!(
        (sea.0.as_deref(), sea.2.as_slice()),
        (Some("43.66"), ["in-no-district".to_owned()].as_slice())
    );
}

#[test]
fn where_a_point_in_no_district_is_nearest_to_is_told() {
    let (_, problems) =
        apply("[columns]\nlat = \"lat\"\nlon = \"lon\"\n", "lat,lon\n43.66,51.10\n55.75,37.62\n", &context());
    insta::assert_snapshot!(problems.join("\n"), @r#"
    list.csv:2:lat in-no-district The place 43.66, 51.1 lies in no district; the nearest is Aktau (471000000), 1.9 km away. It was kept.
    list.csv:3:lat outside-country The place 55.75, 37.62 lies outside the country, 855 km from its nearest district, Zhanybek (274200000); it was kept.
    "#);
}

#[test]
fn both_coordinates_in_one_cell_are_parted() {
    for (cell, order) in [
        ("51.1801, 71.446", "lat-lon"),
        ("51,1801; 71,446", "lat-lon"),
        ("51,1801, 71,446", "lat-lon"),
        ("71.446 51.1801", "lon-lat"),
        ("POINT (71.446 51.1801)", "lon-lat"),
    ] {
        let map = format!("[columns]\ncoordinates = \"xy\"\n[coordinates]\norder = \"{order}\"\n");
        let (found, _) = apply(&map, &format!("xy,z\n\"{cell}\",1\n"), &context());
        assert_eq!((found[0].get("lat"), found[0].get("lon")), (Some("51.1801"), Some("71.446")), "{cell}");
    }
}

#[test]
fn a_code_that_contradicts_the_map_is_said() {
    let csv = "КАТО,lat,lon\n751110000,51.1801,71.446\n";
    let map = "[columns]\nterritory = \"КАТО\"\nlat = \"lat\"\nlon = \"lon\"\n";
    let (found, problems) = apply(map, csv, &context());
    assert_eq!(found[0].get("territory"), Some("751110000"));
    assert!(problems[0].contains("territory-elsewhere"), "{problems:?}");
}

#[test]
fn a_mapping_with_mistakes_says_all_of_them() {
    let text = r#"
columns = 3
[colums]
name = "x"
[constants]
adress = "x"
[values.type]
"a" = 1
[coordinates]
order = "latlon"
system = "Pulkovo 1942"
projection = "utm"
[units]
floor_area_m2 = "acre"
capacity = "m2"
"#;
    let mut problems = Problems::new();
    assert!(Mapping::parse("map.toml", text, &mut problems).is_none());
    let all: Vec<String> = problems.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(all.join("\n"), @r#"
    map.toml: error [not-text] `columns` is a section of the mapping, not a value. Write [columns] on a line of its own.
    map.toml: error [unknown-key] A mapping has no `colums`. Did you mean `columns`?
    map.toml: error [unknown-field] The field `adress` is not ours; `address` is. Write `address`, or a name that differs more.
    map.toml: error [unknown-key] A mapping has no `projection`. Known here: order, system, note.
    map.toml: error [unknown-order] `latlon` is no order of coordinates. Did you mean `lat-lon`?
    map.toml: error [unknown-order] Coordinates in `Pulkovo 1942` are not read; only WGS84 degrees are. Convert them before (for example with QGIS or cs2cs), and write "WGS84" here.
    map.toml: error [unknown-unit] The field `capacity` has no unit to choose. Only floor_area_m2 has.
    map.toml: error [unknown-unit] `acre` is no unit of area known here. Known here: m2, ha, km2, ft2.
    map.toml: error [not-text] `a` in [type] must be text. Write it in quotes: a = "…".
    map.toml: error [no-columns] The mapping names no column. Add [columns] with lines such as name = "…".
    "#);

    let mut problems = Problems::new();
    assert!(Mapping::parse("map.toml", "[columns]\nname = Название\n", &mut problems).is_none());
    assert_eq!(problems.as_slice()[0].place.line, Some(2));
}

#[test]
fn an_unknown_column_finds_its_neighbour() {
    let mut problems = Problems::new();
    let mapping = mapping("[columns]\nname = \"Наименовение\"\n");
    mapping.apply(&sheet("Наименование,x\nЗал,1\n"), &Context::default(), &mut problems);
    let problem = &problems.as_slice()[0];
    assert_eq!(
        (problem.code, problem.hint.as_deref()),
        ("unknown-column", Some("Did you mean `Наименование`?"))
    );
}

/// Headers of three languages, and contents that contradict or replace them.
#[test]
fn a_mapping_is_proposed_with_a_reason_for_each_column() {
    let csv = "№,Наименование объекта,Вид спортивного сооружения,Балансодержатель,БСН,Код,Ендік,Бойлық,\"Общая площадь, м2\",ЕПС,Мекенжайы,Облыс,Примечание\n\
        1,Алатау,Бассейн,КГУ Алатау,491240000009,751110000,43.25,76.92,250,120,пр. Абая 1,Алматы,x\n\
        2,Жетісу,Спортивный зал,КГУ Жетісу,51040005150,751210000,43.27,76.83,500,60,ул. Мира 2,Алматы,y\n\
        3,Арена,Бассейн,ТОО Арена,940140000385,751310000,43.22,76.85,900,200,ул. Мира 3,Алматы,z\n";
    let list = sheet(csv);
    let suggestion = suggest(&list, &context());
    insta::assert_snapshot!(suggestion.to_toml(), @r#"
    # Proposed for list.csv, 3 rows. Nothing is applied until a person has read this:
    # compare every line with the sheet, change what is wrong, delete what is not needed.

    [columns]
    # certain: the header is `№`
    key = "№"
    # certain: the header is `Наименование объекта`
    name = "Наименование объекта"
    # certain: the header is `Вид спортивного сооружения`
    type = "Вид спортивного сооружения"
    # certain: the header is `Балансодержатель`
    operator_name = "Балансодержатель"
    # certain: the header is `БСН`; 100 % of 3 cells are identifiers with a right check digit
    operator_id = "БСН"
    # certain: 100 % of 3 cells are codes of the classifier
    territory = "Код"
    # certain: the header is `Ендік`; 100 % of 3 cells are coordinates
    lat = "Ендік"
    # certain: the header is `Бойлық`; 100 % of 3 cells are coordinates
    lon = "Бойлық"
    # certain: the header is `Общая площадь, м2`
    floor_area_m2 = "Общая площадь, м2"
    # certain: the header is `ЕПС`
    capacity = "ЕПС"
    # certain: the header is `Мекенжайы`
    address = "Мекенжайы"
    # certain: the header is `Облыс`
    region = "Облыс"
    # not used: "Примечание": nothing in its name or contents was recognised

    [constants]
    # A short name of the source, and the day as of which it speaks.
    source = "list"
    # as_of = "2026-01-01"

    [values.type]
    # The list's word = ours; lines beginning with # are not used.
    "Бассейн" = "swimming-pool"   # 2 times
    "Спортивный зал" = "sports-hall"   # 1 times

    [units]
    # m2, ha, km2 or ft2
    floor_area_m2 = "m2"
    "#);
    // What was proposed is a mapping that can be read and applied.
    let proposed = mapping(&suggestion.to_toml());
    assert_eq!(proposed.columns, suggestion.mapping.columns);
    let mut problems = Problems::new();
    assert_eq!(proposed.apply(&list, &context(), &mut problems).len(), 3);
    assert!(!problems.has_errors());
}

#[test]
fn contents_speak_where_headers_do_not() {
    let csv = "a,b,c,d\n\
        491240000009,751110000,76.92,43.25\n51040005150,751210000,76.83,43.27\n940140000385,751310000,76.85,43.22\n";
    let list = sheet(csv);
    let columns = suggest(&list, &context()).mapping.columns;
    let got: Vec<(&str, &str)> = columns.iter().map(|(f, c)| (f.as_str(), c.as_str())).collect();
    assert_eq!(got, [("lat", "d"), ("lon", "c"), ("operator_id", "a"), ("territory", "b")]);

    let pairs = sheet("место,n\n\"71.446, 51.1801\",1\n\"76.92, 43.25\",2\n\"76.83, 43.27\",3\n");
    let suggestion = suggest(&pairs, &context());
    assert_eq!(suggestion.mapping.columns.get("coordinates").map(String::as_str), Some("место"));
    assert!(suggestion.to_toml().contains("order = \"lon-lat\""));
}

#[test]
fn a_header_that_its_contents_belie_is_not_certain() {
    let suggestion = suggest(&sheet("БИН,Наименование\nнет,Зал\nнет,Бассейн\nнет,Арена\n"), &context());
    let guess = &suggestion.guesses[0];
    assert_eq!(guess.confidence, Confidence::Likely);
    insta::assert_snapshot!(guess.reason, @"the header is `БИН`; 0 % of 3 cells are identifiers with a right check digit");
}

/// The words file is read whole: no field or word of it is empty or twice.
#[test]
fn the_words_for_columns_are_sound() {
    let text = include_str!("../../data/column-words.toml");
    let file: toml::Table = text.parse().unwrap();
    let mut seen = BTreeMap::new();
    for field in file["field"].as_array().unwrap() {
        let name = field["name"].as_str().unwrap();
        for word in field["words"].as_array().unwrap() {
            let word = word.as_str().unwrap();
            let plain = word == "№"
                || word.chars().all(|c| c == ' ' || c.is_alphanumeric()) && word == word.to_lowercase();
            assert!(plain && !word.contains('ё') && word.trim() == word, "{word}");
            if let Some(other) = seen.insert(word, name) {
                panic!("`{word}` is of {other} and {name}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// No cell panics, every row comes out, and what is proposed can be read.
    #[test]
    fn any_cells_come_out(cells in prop::collection::vec("[0-9a-zА-я°'\",.+\\- №\\\\]{0,16}", 1..24)) {
        let quote = |t: &String| format!("\"{}\"", t.replace('"', "\"\""));
        let mut csv = "БИН,КАТО,lat,lon,xy,Площадь,name\n".to_owned();
        for row in cells.chunks(7) {
            let mut row: Vec<String> = row.iter().map(quote).collect();
            row.resize(7, "\"1\"".to_owned());
            csv += &(row.join(",") + "\n");
        }
        let list = sheet(&csv);
        let map = "[columns]\noperator_id = \"БИН\"\nterritory = \"КАТО\"\nlat = \"lat\"\nlon = \"lon\"\nfloor_area_m2 = \"Площадь\"\nname = \"name\"\n";
        let mut problems = Problems::new();
        let found = mapping(map).apply(&list, &context(), &mut problems);
        prop_assert_eq!(found.len(), list.len());
        let toml = suggest(&list, &context()).to_toml();
        let mut problems = Problems::new();
        let read = Mapping::parse("map.toml", &toml, &mut problems);
        prop_assert!(read.is_some() || toml.contains("[columns]\n#"), "{}", toml);
    }
}
