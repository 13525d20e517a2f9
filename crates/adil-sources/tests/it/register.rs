//! Several lists made one register.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use adil_domain::{Place, Problems, country};
use adil_sources::Found;
use adil_sources::register::{self, Decision, Options, Register, SourceOptions, review};

const EXCERPT: &[u8] = include_bytes!("data/scotland/facilities.csv");

/// Records of a table as the Scottish list has them.
fn scotland(bytes: &[u8]) -> Vec<Found> {
    let mut reader = csv::Reader::from_reader(bytes);
    let header = reader.headers().unwrap().clone();
    (reader.records().zip(2u64..))
        .map(|(row, line)| {
            let row = row.unwrap();
            let cell = |name: &str| row[header.iter().position(|h| h == name).unwrap()].to_owned();
            let fields = [
                ("name", cell("name")),
                ("source_type", format!("{} / {}", cell("facility_type"), cell("facility_sub_type"))),
                ("lat", cell("lat")),
                ("lon", cell("lon")),
                ("territory", cell("council")),
            ];
            Found {
                source: "sportscotland".to_owned(),
                key: cell("facility_id"),
                as_of: Some(cell("date_updated")),
                place: Place::line("facilities.csv", line),
                fields: fields.into_iter().map(|(k, v)| (k.to_owned(), v)).collect(),
            }
        })
        .collect()
}

fn found(source: &str, key: &str, fields: &[(&str, &str)]) -> Found {
    Found {
        source: source.to_owned(),
        key: key.to_owned(),
        as_of: Some("2024-01-01".to_owned()),
        place: Place::file(source),
        fields: fields.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect(),
    }
}

fn build(lists: &[Vec<Found>], options: &Options) -> (Register, Vec<&'static str>) {
    let mut problems = Problems::new();
    let register = register::build(lists, options, &mut problems);
    (register, problems.iter().map(|p| p.code).collect())
}

fn kazakh(decisions: Vec<Decision>) -> Options {
    Options { country: country::pack("kz"), decisions, ..Options::default() }
}

/// Three lists about a few places of one town.
fn town() -> Vec<Vec<Found>> {
    let ministry = vec![
        found(
            "ministry",
            "1",
            &[
                ("name", "ТОО «Достық-Спорт»"),
                ("type", "ФОК"),
                ("lat", "51.1000"),
                ("lon", "71.4000"),
                ("capacity", "120"),
            ],
        ),
        found(
            "ministry",
            "2",
            &[("name", "Школа-лицей № 5"), ("type", "спортзал"), ("lat", "51.1100"), ("lon", "71.4000")],
        ),
        found("ministry", "3", &[("name", "Бассейн «Дельфин»"), ("lat", "51.1200"), ("lon", "71.4000")]),
    ];
    let osm = vec![
        found(
            "osm",
            "way/10",
            &[
                ("name", "Dostyk Sport"),
                ("source_type", "leisure=sports_centre"),
                ("lat", "51.1002"),
                ("lon", "71.4002"),
                ("floor_area_m2", "1500"),
            ],
        ),
        found(
            "osm",
            "way/11",
            &[
                ("name", "Школа № 7"),
                ("source_type", "leisure=sports_hall"),
                ("lat", "51.1101"),
                ("lon", "71.4001"),
            ],
        ),
        found(
            "osm",
            "way/12",
            &[("source_type", "leisure=swimming_pool"), ("lat", "51.1206"), ("lon", "71.4006")],
        ),
        found(
            "osm",
            "way/13",
            &[
                ("name", "Парк"),
                ("source_type", "leisure=fitness_station"),
                ("lat", "51.1300"),
                ("lon", "71.4000"),
            ],
        ),
    ];
    vec![ministry, osm]
}

fn names(register: &Register) -> Vec<(&str, &str)> {
    register.facilities.iter().map(|f| (f.id.as_str(), f.get("sources").unwrap_or(""))).collect()
}

#[test]
fn what_agrees_is_one_what_does_not_is_two_and_the_rest_is_asked() {
    let (register, codes) = build(&town(), &kazakh(vec![]));
    assert_eq!(
        names(&register),
        [
            ("ministry-1", "ministry 1; osm way/10"),
            ("ministry-2", "ministry 2"),
            ("ministry-3", "ministry 3"),
            ("osm-way-11", "osm way/11"),
            ("osm-way-12", "osm way/12"),
            ("osm-way-13", "osm way/13"),
        ]
    );
    assert_eq!(codes, ["type-from-name"]);
    let complex = &register.facilities[0];
    assert_eq!(complex.get("name"), Some("ТОО «Достық-Спорт»"), "the first source's name is kept");
    assert_eq!((complex.get("capacity"), complex.get("floor_area_m2")), (Some("120"), Some("1500")));
    assert_eq!((complex.get("lat"), complex.get("lon")), (Some("51.1000"), Some("71.4000")));
    assert_eq!(complex.get("type"), Some("sports-complex"));
    // The pool without a name, 80 m away, is for a person to judge.
    assert_eq!(register.review.len(), 1);
    insta::assert_snapshot!(register.review[0].cells.join("\n"));
}

#[test]
fn every_value_keeps_its_source() {
    let (register, _) = build(&town(), &kazakh(vec![]));
    let lines: Vec<String> = (register.provenance.iter())
        .filter(|p| p.facility_id == "ministry-1" || p.facility_id == "ministry-3")
        .map(|p| {
            format!(
                "{} {}={} from {} {} as of {} [{}]",
                p.facility_id, p.field, p.value, p.source, p.key, p.as_of, p.other_values
            )
        })
        .collect();
    insta::assert_snapshot!(lines.join("\n"));
}

/// A review file as a person fills it in.
fn filled(register: &Register, word: &str) -> Vec<Decision> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(review::COLUMNS).unwrap();
    for row in &register.review {
        let mut cells = row.cells.clone();
        (cells[0], cells[1], cells[2]) = (word.to_owned(), "A. Reviewer".to_owned(), "2024-05-01".to_owned());
        csv.write_record(&cells).unwrap();
    }
    let mut problems = Problems::new();
    let decisions = review::read(&csv.into_inner().unwrap(), &mut problems);
    assert!(problems.is_empty(), "{problems:?}");
    decisions
}

#[test]
fn decisions_are_obeyed_and_kept() {
    let (asked, _) = build(&town(), &kazakh(vec![]));
    let (same, _) = build(&town(), &kazakh(filled(&asked, "same")));
    assert_eq!(names(&same)[2], ("ministry-3", "ministry 3; osm way/12"));
    assert_eq!((same.counts.unsure, same.counts.decided), (0, 1));
    let (different, _) = build(&town(), &kazakh(filled(&asked, "Different")));
    assert_eq!((different.counts.unsure, different.counts.decided), (0, 1));
    assert_eq!(names(&different), names(&asked));
    for register in [&same, &different] {
        assert_eq!(register.review.len(), 1);
        assert_eq!(register.review[0].cells[1..3], ["A. Reviewer", "2024-05-01"], "who and when are kept");
        assert_eq!(filled(register, "same").len(), 1);
    }
    // A record that has gone takes no decision with it.
    let lists = vec![town()[0].clone()];
    let (gone, codes) = build(&lists, &kazakh(filled(&asked, "same")));
    assert!(codes.contains(&"decision-unused"), "{codes:?}");
    assert_eq!(gone.review.len(), 1);
}

#[test]
fn decisions_that_contradict_each_other_are_said() {
    let (asked, _) = build(&town(), &kazakh(vec![]));
    let mut decisions = filled(&asked, "same");
    let mut other = decisions[0].clone();
    other.right = ("osm".to_owned(), "way/13".to_owned());
    decisions.push(other);
    let (_, codes) = build(&town(), &kazakh(decisions));
    assert!(codes.contains(&"contradicting-decisions"), "{codes:?}");
    let mut problems = Problems::new();
    review::read(b"decision,left_source,left_key,right_source,right_key\nperhaps,a,1,b,2\n", &mut problems);
    assert_eq!(problems.as_slice()[0].code, "unknown-decision");
    review::read(b"decision,left_source\nsame,a\n", &mut problems);
    assert!(problems.iter().any(|p| p.code == "missing-column"), "{problems:?}");
}

#[test]
fn what_a_third_list_joins_must_not_contradict() {
    // B is 400 m from both ends, which are 800 m apart: only one of them can be it.
    let place = |source: &str, key: &str, lat: &str| {
        let fields = [
            ("name", "Динамо"),
            ("type", "стадион"),
            ("operator_id", "990140004654"),
            ("lat", lat),
            ("lon", "71.4"),
        ];
        vec![found(source, key, &fields)]
    };
    let lists = vec![place("a", "1", "51.1000"), place("b", "1", "51.1036"), place("c", "1", "51.1072")];
    let (register, _) = build(&lists, &kazakh(vec![]));
    assert_eq!(names(&register), [("a-1", "a 1; b 1"), ("c-1", "c 1")]);
    assert_eq!(register.review.len(), 1);
    assert_eq!(register.review[0].cells[3], "contradiction");
}

#[test]
fn one_list_is_never_merged_with_itself() {
    let mut problems = Problems::new();
    let list = scotland(EXCERPT);
    let register = register::build(std::slice::from_ref(&list), &Options::default(), &mut problems);
    assert_eq!((register.facilities.len(), register.review.len()), (list.len(), 0));
    let sites: BTreeSet<&str> = register.facilities.iter().filter_map(|f| f.get("site")).collect();
    assert!(sites.len() < list.len(), "pitches of one school are of one site");
    let school: BTreeSet<_> = register
        .facilities
        .iter()
        .filter(|f| f.get("name") == Some("Dyce Academy"))
        .map(|f| f.get("site"))
        .collect();
    assert_eq!(school.len(), 1);
    // Coordinates in London, council in Scotland.
    let far: Vec<_> = problems.iter().filter(|p| p.code == "far-from-others").collect();
    assert_eq!(far.len(), 1);
    assert!(far[0].message.contains("Millbank and Tillyfourie"), "{}", far[0].message);
    assert_eq!(far[0].place.line, Some(12));
}

#[test]
fn identifiers_stay_whatever_list_comes_first() {
    let (before, _) = build(&town(), &kazakh(vec![]));
    let known: BTreeMap<(String, String), String> =
        before.facilities.iter().flat_map(|f| f.sources.iter().map(|s| (s.clone(), f.id.clone()))).collect();
    let turned: Vec<Vec<Found>> = town().into_iter().rev().collect();
    let options = Options { known_ids: known, ..kazakh(vec![]) };
    let (after, _) = build(&turned, &options);
    let ids = |r: &Register| r.facilities.iter().map(|f| f.id.clone()).collect::<BTreeSet<String>>();
    assert_eq!(ids(&before), ids(&after));
    assert_eq!(after.facilities[0].get("name"), Some("Dostyk Sport"), "the first list now gives the name");
    let keep = SourceOptions { keep_ids: true, ..SourceOptions::default() };
    let options = Options { sources: BTreeMap::from([("ministry".to_owned(), keep)]), ..kazakh(vec![]) };
    assert_eq!(build(&town(), &options).0.facilities[0].id, "1");
}

#[test]
fn what_is_wrong_with_records_is_said_and_nothing_is_dropped() {
    let list = vec![
        found("list", "1", &[("name", "Бассейн"), ("type", "водоём"), ("lat", "71.4"), ("lon", "151.1")]),
        found("list", "2", &[("name", "Каток"), ("type", "водоём"), ("lat", "0"), ("lon", "0")]),
        found("list", "3", &[("name", "Каток"), ("lat", "51,1"), ("lon", "71.4")]),
        found("list", "4", &[("name", "Каток"), ("lat", "51.1")]),
        found("list", "5", &[("type", "беседка")]),
        found("list", "5", &[("type", "каток")]),
        found("list", "6", &[("lat", "151.1"), ("lon", "71.4")]),
    ];
    let mut problems = Problems::new();
    let register = register::build(&[list], &kazakh(vec![]), &mut problems);
    assert_eq!(register.facilities.len(), 6);
    let text: Vec<String> = problems.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(text.join("\n"));
}

/// A stream of numbers that is the same everywhere (`SplitMix64`).
struct Stream(u64);

impl Stream {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }

    fn percent(&mut self, n: u64) -> bool {
        self.below(100) < n
    }

    /// Metres to either side, mostly small: the sum of four even throws, about 35 m wide.
    fn metres(&mut self) -> f64 {
        (0..4).map(|_| f64::from(u32::try_from(self.below(121)).unwrap()) - 60.0).sum::<f64>() / 2.0
    }
}

/// The names of a second list that somebody else wrote down.
fn renamed(name: &str, stream: &mut Stream) -> String {
    const SHORT: [(&str, &str); 10] = [
        ("Academy", "Acad"),
        ("Primary School", "PS"),
        ("Community", "Comm"),
        ("Recreation", "Rec"),
        ("Secondary", "Sec"),
        ("Leisure Centre", "Leisure Ctr"),
        ("Bowling Club", "Bowling"),
        ("Golf Club", "Golf"),
        ("Playing Fields", "Playing Field"),
        ("Saint", "St"),
    ];
    let mut name = name.to_owned();
    if stream.percent(40) {
        for (long, short) in SHORT {
            name = name.replace(long, short);
        }
    }
    if stream.percent(15)
        && let Some(at) = name.find(['(', ','])
    {
        name = name[..at].trim().into();
    }
    if stream.percent(10) {
        let at = usize::try_from(stream.below(name.len() as u64)).unwrap();
        let mut letters: Vec<char> = name.chars().collect();
        if at + 1 < letters.len() {
            letters.swap(at, at + 1);
        }
        name = letters.into_iter().collect();
    }
    if stream.percent(10) { name.to_uppercase() } else { name }
}

/// A second list of most of the same places: moved, renamed, some without a kind or with a neighbouring one; and some
/// places that only it has, since the first list then lacks them.
fn surveyed(list: &[Found], stream: &mut Stream) -> (Vec<Found>, Vec<Found>) {
    let (mut first, mut second) = (Vec::new(), Vec::new());
    for original in list {
        let here = stream.below(10);
        if here < 9 {
            first.push(original.clone());
        }
        if here < 3 {
            continue;
        }
        let mut copy = original.clone();
        "survey".clone_into(&mut copy.source);
        let degrees: f64 = copy.fields["lat"].parse().unwrap();
        let lat = degrees + stream.metres() / 111_195.0;
        let lon: f64 = copy.fields["lon"].parse().unwrap();
        let lon = lon + stream.metres() / (111_195.0 * libm::cos(degrees.to_radians()));
        copy.fields.insert("lat".to_owned(), format!("{lat:.6}"));
        copy.fields.insert("lon".to_owned(), format!("{lon:.6}"));
        let name = renamed(&copy.fields["name"], stream);
        copy.fields.insert("name".to_owned(), name);
        let kind = adil_sources::taxonomy::from_source_type(
            adil_sources::taxonomy::Vocabulary::Sportscotland,
            &copy.fields["source_type"],
        );
        match stream.below(20) {
            0 => drop(copy.fields.remove("source_type")),
            _ => drop(copy.fields.insert("source_type".to_owned(), kind.unwrap().id.clone())),
        }
        if stream.percent(5) {
            copy.fields.remove("name");
        }
        second.push(copy);
    }
    (first, second)
}

/// What matching found of what there was to find.
#[derive(Debug, Default, PartialEq, Eq)]
struct Measured {
    pairs: usize,
    merged: usize,
    right: usize,
    asked: usize,
    asked_right: usize,
}

impl Measured {
    fn thousandths(part: usize, whole: usize) -> usize {
        part * 1000 / whole.max(1)
    }
    fn precision(&self) -> usize {
        Self::thousandths(self.right, self.merged)
    }
    fn recall(&self) -> usize {
        Self::thousandths(self.right, self.pairs)
    }
    fn found_or_asked(&self) -> usize {
        Self::thousandths(self.right + self.asked_right, self.pairs)
    }
}

/// Two records are rightly one when they are the same row of the list, or rows that nothing tells apart.
fn measure(list: &[Found], seed: u64) -> Measured {
    let (first, second) = surveyed(list, &mut Stream(seed));
    let same_as: BTreeMap<&str, _> = list
        .iter()
        .map(|f| {
            let kind = adil_sources::taxonomy::from_source_type(
                adil_sources::taxonomy::Vocabulary::Sportscotland,
                &f.fields["source_type"],
            );
            (f.key.as_str(), (f.get("name"), kind.unwrap().id.as_str(), f.get("lat"), f.get("lon")))
        })
        .collect();
    let mut groups: BTreeMap<_, [usize; 4]> = BTreeMap::new();
    for (n, found) in
        [&first, &second].into_iter().enumerate().flat_map(|(n, l)| l.iter().map(move |f| (n, f)))
    {
        groups.entry(same_as[found.key.as_str()]).or_default()[n] += 1;
    }
    let register = register::build(&[first, second], &Options::default(), &mut Problems::new());
    let mut measured = Measured::default();
    for facility in register.facilities.iter().filter(|f| f.sources.len() > 1) {
        let [left, right] = [0, 1].map(|n| same_as[facility.sources[n].1.as_str()]);
        measured.merged += 1;
        if left == right {
            groups.get_mut(&left).unwrap()[2] += 1;
        }
    }
    let column = |name: &str| review::COLUMNS.iter().position(|c| *c == name).unwrap();
    let mut asked = BTreeSet::new();
    for row in &register.review {
        let (left, right) = (row.cells[column("left_key")].as_str(), row.cells[column("right_key")].as_str());
        measured.asked += 1;
        if same_as[left] == same_as[right] && asked.insert(right.to_owned()) {
            groups.get_mut(&same_as[right]).unwrap()[3] += 1;
        }
    }
    for [in_first, in_second, right, asked] in groups.into_values() {
        let pairs = in_first.min(in_second);
        measured.pairs += pairs;
        measured.right += right;
        measured.asked_right += asked.min(pairs - right);
    }
    measured
}

#[test]
fn matching_finds_what_was_moved_and_renamed() {
    let list = scotland(EXCERPT);
    let (mut right, mut merged) = (0, 0);
    for seed in 1..=8 {
        let measured = measure(&list, seed);
        right += measured.right;
        merged += measured.merged;
        assert!(measured.recall() >= 700, "seed {seed}: {measured:?}");
    }
    assert!(right * 1000 >= merged * 985, "{right} of {merged} are right");
}

/// The figures of docs/importing.md, on all of the list.
#[test]
fn matching_on_the_whole_scottish_list() {
    let Some(list) = whole() else { return };
    let measured = measure(&list, 2024);
    let page =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/importing.md")).unwrap();
    let percent = |thousandths: usize| format!("{}.{} %", thousandths / 10, thousandths % 10);
    for figure in [measured.precision(), measured.recall(), measured.found_or_asked()] {
        assert!(
            page.contains(&percent(figure)),
            "docs/importing.md does not say {}: {measured:?}",
            percent(figure)
        );
    }
    assert!(measured.precision() >= 985 && measured.recall() >= 850, "{measured:?}");
}

fn whole() -> Option<Vec<Found>> {
    super::scotland().map(|bytes| scotland(&bytes))
}

#[test]
fn rows_of_the_whole_scottish_list_that_lie_elsewhere() {
    let Some(list) = whole() else { return };
    let mut problems = Problems::new();
    let register = register::build(&[list], &Options::default(), &mut problems);
    assert_eq!(register.facilities.len(), 13_830);
    // One point in London; the others are as real: a hall of Aberdeenshire under Dundee, Lewis under Orkney, Harris under
    // Shetland, and a club of Orkney with a point in Perthshire.
    assert!(problems.iter().all(|p| p.code == "far-from-others"), "{problems:?}");
    let names: Vec<&str> = problems.iter().filter_map(|p| p.message.split('`').nth(1)).collect();
    assert_eq!(
        names,
        [
            "Millbank and Tillyfourie Bowling Club",
            "Johnshaven Village Hall",
            "Back Driving Range",
            "Westray Golf Club",
            "Isle of Harris Golf Club",
            "Isle of Harris Golf Club",
        ]
    );
    assert_eq!(register.counts.unknown_type, 0);
}

#[test]
fn the_same_lists_give_the_same_register() {
    let (first, second) = surveyed(&scotland(EXCERPT), &mut Stream(7));
    let once = register::build(&[first.clone(), second.clone()], &Options::default(), &mut Problems::new());
    let twice = register::build(&[first, second], &Options::default(), &mut Problems::new());
    assert_eq!(once, twice);
}

#[test]
fn the_published_rule_is_the_one_in_code() {
    let page =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/importing.md")).unwrap();
    assert!(
        page.contains(&register::rule::table()),
        "docs/importing.md should hold:\n{}",
        register::rule::table()
    );
}
