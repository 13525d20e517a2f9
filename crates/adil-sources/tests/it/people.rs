//! Forms and interviews: words become codes, people keyed hashes, and whatever is wrong is said.

use adil_domain::Problems;
use adil_domain::identifier::HashKey;
use adil_sources::mapping::{Context, Mapping};
use adil_sources::people::{Told, table, templates};
use adil_sources::sheet::Sheet;

fn read(told: Told, form: &str, mapping: &str, key: Option<&HashKey>) -> (String, Problems) {
    let mut problems = Problems::new();
    let sheet = Sheet::read("form.csv", form.as_bytes(), None, &mut problems).unwrap();
    let mapping = Mapping::parse("mapping.toml", mapping, &mut problems).unwrap();
    let records = mapping.apply(&sheet, &Context::default(), &mut problems);
    let table = table(told, &records, key, &mut problems);
    (String::from_utf8(table).unwrap(), problems)
}

fn key(byte: u8) -> HashKey {
    HashKey::new(&[byte; 32]).unwrap()
}

const FORM: &str = "Отметка времени,Объект,Телефон,Открыто?,Инвентарь,Детей,Что ещё\n\
    14.05.2026 9:05:00,F-1,+7 701 000 00 00,Да,Частично,12,Всё хорошо\n\
    2026-05-15T18:30+05:00,F-1,7 (701) 000-00-00,нет,жоқ,,\"Пришли вовремя, а дверь закрыта\"\n\
    16.05.2026,F-2,77010000001,,,\"8\",\"Пришли вовремя, а дверь  закрыта!\"\n";

const MAPPING: &str = "[columns]\nobserved_at = \"Отметка времени\"\nfacility_id = \"Объект\"\nobserver = \"Телефон\"\n\
    open_as_stated = \"Открыто?\"\nequipment_usable = \"Инвентарь\"\nchildren_counted = \"Детей\"\ntext = \"Что ещё\"\n";

#[test]
fn a_form_with_a_column_for_each_question() {
    let (text, problems) = read(Told::Observations, FORM, MAPPING, Some(&key(7)));
    assert!(problems.is_empty(), "{problems:?}");
    let rows: Vec<Vec<&str>> = text.lines().skip(1).map(|line| line.split(',').collect()).collect();
    let mut said: Vec<[&str; 4]> = rows.iter().map(|r| [r[0], r[2], r[3], r[4]]).collect();
    said.sort_unstable();
    assert_eq!(
        said,
        [
            ["F-1", "children_counted", "12", "2026-05-14T09:05:00"],
            ["F-1", "equipment_usable", "no", "2026-05-15T18:30+05:00"],
            ["F-1", "equipment_usable", "partly", "2026-05-14T09:05:00"],
            ["F-1", "open_as_stated", "no", "2026-05-15T18:30+05:00"],
            ["F-1", "open_as_stated", "yes", "2026-05-14T09:05:00"],
            ["F-2", "children_counted", "8", "2026-05-16"],
        ]
    );
    let one = |at: usize| {
        rows.iter().map(|r| r[at]).filter(|h| !h.is_empty()).collect::<std::collections::BTreeSet<_>>()
    };
    assert_eq!(one(1).len(), 2, "a telephone is one however it is written");
    assert_eq!(one(7).len(), 1, "a copied text is one, a short one is none");
    assert!(!text.contains("701") && !text.contains("дверь"));
    let (other, _) = read(Told::Observations, FORM, MAPPING, Some(&key(8)));
    assert!(one(1).iter().all(|hash| !other.contains(hash)), "with another key nobody is linked");
}

#[test]
fn without_a_key_nothing_is_written() {
    let (text, problems) = read(Told::Observations, FORM, MAPPING, None);
    assert!(text.is_empty());
    assert!(problems.iter().any(|p| p.code == "no-key"));
}

#[test]
fn what_is_wrong_is_said_and_not_left_out() {
    let form = "facility_id,observer,question,answer,observed_at,kind\n\
        ,a,welcome,yes,2026-05-01,\nF,,welcome,yes,2026-05-01,\nF,a,welcom,yes,2026-05-01,\nF,a,welcome,maybe,2026-05-01,\n\
        F,a,children_counted,many,2026-05-01,\nF,a,welcome,yes,May,\nF,a,welcome,yes,2026-05-01,spy\n";
    let names = ["facility_id", "observer", "question", "answer", "observed_at", "kind"];
    let mapping: String =
        names.iter().fold("[columns]\n".to_owned(), |text, name| text + name + " = \"" + name + "\"\n");
    let (_, problems) = read(Told::Observations, form, &mapping, Some(&key(7)));
    let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn interviews_become_journeys() {
    let form = "id,Кто,Шаг,Минут,Что мешало,Когда,Объект\n1,Айгерим,Очередь,1440,очередь,14.05.2026,F\n1,Айгерим,first_training,60,,14.05.2026,F\n";
    let mapping = "[columns]\njourney_id = \"id\"\nteller = \"Кто\"\nstep = \"Шаг\"\nminutes = \"Минут\"\n\
        obstacle = \"Что мешало\"\ntold_at = \"Когда\"\nfacility_id = \"Объект\"\n";
    let (text, problems) = read(Told::Journeys, form, mapping, Some(&key(7)));
    assert!(problems.is_empty(), "{problems:?}");
    let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split(',').collect()).collect();
    assert_eq!(rows[0], Told::Journeys.columns());
    assert_eq!(rows[1][4..], ["first_training", "60", "", "2026-05-14"]);
    assert_eq!(rows[2][4..], ["queue", "1440", "queue", "2026-05-14"]);
    assert!(!text.contains("Айгерим") && rows[1][2].len() == 64);
}

#[test]
fn a_blank_form_is_read_by_the_mapping_beside_it() {
    for told in [Told::Observations, Told::Journeys] {
        let files = templates(told);
        let text = |name: &str| std::str::from_utf8(&files[name]).unwrap().to_owned();
        let blank = text(&format!("blank-{}", told.file()));
        let commas = blank.trim().matches(',').count();
        let (_, problems) =
            read(told, &(blank + &",".repeat(commas) + "\n"), &text("mapping.toml"), Some(&key(7)));
        assert!(problems.iter().all(|p| p.code != "unknown-column"), "{problems:?}");
        for language in ["kk", "ru", "en"] {
            assert!(files.keys().any(|name| name.ends_with(&format!(".{language}.csv"))));
        }
    }
    let questions = templates(Told::Observations)["questions.kk.csv"].clone();
    assert!(String::from_utf8(questions).unwrap().contains("иә / ішінара / жоқ"));
}
