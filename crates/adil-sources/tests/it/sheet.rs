//! Sheets from CSV, packed CSV, XLSX, XLS and ODS, whole and broken.

use std::io::Write as _;

use adil_domain::{Problems, Severity};
use adil_sources::sheet::{Limits, Sheet};
use proptest::prelude::*;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn read(file: &str, bytes: &[u8]) -> (Option<Sheet>, Problems) {
    let mut problems = Problems::new();
    let sheet = Sheet::read(file, bytes, None, &mut problems);
    (sheet, problems)
}

fn codes(problems: &Problems) -> Vec<&str> {
    problems.iter().map(|p| p.code).collect()
}

fn columns(sheet: &Sheet) -> Vec<&str> {
    sheet.columns().collect()
}

fn row(sheet: &Sheet, row: usize) -> Vec<&str> {
    (0..sheet.columns().len()).map(|c| sheet.cell(row, c)).collect()
}

/// A list as an office keeps it: a title over all columns, a header of two lines, numbered columns.
fn office_list() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Лист1").unwrap();
    let plain = Format::new();
    sheet.merge_range(0, 0, 0, 5, "Реестр спортивных объектов (simulated)", &plain).unwrap();
    sheet.write(1, 0, "по состоянию на 1 января").unwrap();
    sheet.merge_range(3, 0, 4, 0, "Наименование\nобъекта", &plain).unwrap();
    sheet.merge_range(3, 1, 4, 1, "БИН", &plain).unwrap();
    sheet.merge_range(3, 2, 3, 3, "Координаты", &plain).unwrap();
    sheet.write(4, 2, "широта").unwrap();
    sheet.write(4, 3, "долгота").unwrap();
    sheet.merge_range(3, 4, 4, 4, "Дата", &plain).unwrap();
    sheet.merge_range(3, 5, 4, 5, "Площадь", &plain).unwrap();
    for (at, n) in (0u16..).zip(1..=6) {
        sheet.write(5, at, n).unwrap();
    }
    let date = Format::new().set_num_format("dd.mm.yyyy");
    sheet.write(6, 0, "Зал «Алатау»").unwrap();
    sheet.write(6, 1, 491_240_000_009_f64).unwrap();
    sheet.write(6, 2, 43.238_949).unwrap();
    sheet.write(6, 3, 76.889_709).unwrap();
    sheet.write_with_format(6, 4, ExcelDateTime::from_ymd(2025, 10, 13).unwrap(), &date).unwrap();
    sheet.write_formula(6, 5, Formula::new("=10*12.5").set_result("125")).unwrap();
    sheet.write(7, 0, "Бассейн").unwrap();
    sheet.write(7, 1, "051040005150").unwrap();
    sheet.write_formula(7, 5, Formula::new("=Z9").set_result("#REF!")).unwrap();
    book.save_to_buffer().unwrap()
}

#[test]
fn an_office_list_is_read_as_its_reader_sees_it() {
    let (sheet, problems) = read("list.xlsx", &office_list());
    let sheet = sheet.unwrap();
    assert_eq!(
        columns(&sheet),
        ["Наименование объекта", "БИН", "Координаты / широта", "Координаты / долгота", "Дата", "Площадь"]
    );
    assert_eq!(
        row(&sheet, 0),
        ["Зал «Алатау»", "491240000009", "43.238949", "76.889709", "2025-10-13", "125"]
    );
    assert_eq!(sheet.len(), 2);
    assert_eq!(row(&sheet, 1), ["Бассейн", "051040005150", "", "", "", ""]);
    assert_eq!(sheet.place(1, 3).to_string(), "list.xlsx, sheet Лист1:8:D");
    insta::assert_snapshot!(problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"), @r"
    list.xlsx, sheet Лист1:8:F: warning [error-cell] The formula in this cell failed with #REF!; the value is not known. Repair the formula, or write the value, and save the file again.
    list.xlsx, sheet Лист1:1: warning [title-rows] 2 lines above the header were skipped; the text began with `Реестр спортивных объектов (simulated)`. The header was found on line 4. If that is not the header, delete what stands above it.
    list.xlsx, sheet Лист1:5: warning [merged-header] The header stands on two lines with merged cells; they were read as one, such as `Координаты / широта`. Use these names in the mapping.
    list.xlsx, sheet Лист1:6: warning [numbering-row] This line numbers the columns 1, 2, 3 …; it was left out.
    ");
}

#[test]
fn a_header_on_two_lines_is_known_without_a_word_of_merging() {
    let csv = "Название;Координаты;;Адрес\n;широта;долгота;\nЗал;43,2;76,9;пр. Абая\n";
    let (sheet, problems) = read("a.csv", csv.as_bytes());
    let sheet = sheet.unwrap();
    assert_eq!(columns(&sheet), ["Название", "Координаты / широта", "Координаты / долгота", "Адрес"]);
    assert_eq!(row(&sheet, 0), ["Зал", "43,2", "76,9", "пр. Абая"]);
    assert_eq!(codes(&problems), ["delimiter", "merged-header"]);

    // A first row of data that is only partly filled is no second line of a header.
    let (sheet, problems) = read("b.csv", "name,lat,lon,address\nHall,,,\nPool,43.2,76.9,x\n".as_bytes());
    assert_eq!(sheet.unwrap().len(), 2);
    assert!(problems.is_empty());
}

#[test]
fn columns_without_a_name_and_twice_the_same_name_are_kept_and_said() {
    let (sheet, problems) = read("a.csv", "name,,name,x\nHall,1,2,3\n".as_bytes());
    assert_eq!(columns(&sheet.unwrap()), ["name", "column B", "name (2)", "x"]);
    assert_eq!(codes(&problems), ["empty-column-name", "duplicate-column"]);
}

#[test]
fn numbers_are_written_out_and_lost_digits_are_said() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (at, name) in (0u16..).zip(["long", "small", "whole", "truth", "ratio"]) {
        sheet.write(0, at, name).unwrap();
    }
    sheet.write(1, 0, 1.5e17).unwrap();
    sheet.write(1, 1, 0.000_000_25).unwrap();
    sheet.write(1, 2, 7.0).unwrap();
    sheet.write(1, 3, true).unwrap();
    sheet.write(1, 4, 0.1 + 0.2).unwrap();
    let (sheet, problems) = read("n.xlsx", &book.save_to_buffer().unwrap());
    assert_eq!(
        row(&sheet.unwrap(), 0),
        ["150000000000000000", "0.00000025", "7", "true", "0.30000000000000004"]
    );
    assert_eq!(codes(&problems), ["digits-lost"]);
}

#[test]
fn a_workbook_of_1997_is_read_like_one_of_today() {
    let (sheet, problems) = read("list.xls", include_bytes!("data/sheet/list.xls"));
    let sheet = sheet.unwrap();
    assert_eq!(columns(&sheet), ["Атауы", "БСН", "Координаттар / ендік", "Координаттар / бойлық", "Күні"]);
    assert_eq!(row(&sheet, 0), ["Зал «Алатау»", "491240000009", "43.2389", "76.8897", "2025-10-13"]);
    assert_eq!(row(&sheet, 1)[1], "51040005150", "the zero is gone, which the mapping mends");
    assert_eq!(codes(&problems), ["title-rows", "merged-header"]);
}

/// A zip archive of parts.
fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn ods(rows: &str) -> Vec<u8> {
    let content = format!(
        r#"<?xml version="1.0"?><office:document-content><office:body><office:spreadsheet>
        <table:table table:name="Пусто"><table:table-row><table:table-cell/></table:table-row></table:table>
        <table:table table:name="Залы">{rows}</table:table>
        </office:spreadsheet></office:body></office:document-content>"#
    );
    archive(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.as_bytes()),
    ])
}

#[test]
fn an_open_document_is_read_cell_by_cell() {
    let bytes = ods(r#"
        <table:table-row>
          <table:table-cell office:value-type="string"><text:p>name</text:p></table:table-cell>
          <table:table-cell><text:p>area</text:p></table:table-cell>
          <table:table-cell><text:p>built</text:p></table:table-cell>
          <table:table-cell><text:p>code</text:p></table:table-cell>
        </table:table-row>
        <table:table-row>
          <table:table-cell><office:annotation><text:p>a comment</text:p></office:annotation><text:p>A &amp; B</text:p><text:p>hall</text:p></table:table-cell>
          <table:table-cell office:value-type="float" office:value="1.5E3"><text:p>1 500,00</text:p></table:table-cell>
          <table:table-cell office:value-type="date" office:date-value="1999-05-01T00:00:00"><text:p>01.05.99</text:p></table:table-cell>
          <table:table-cell calcext:value-type="error"><text:p>#REF!</text:p></table:table-cell>
        </table:table-row>
        <table:table-row table:number-rows-repeated="2">
          <table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="7"/>
          <table:table-cell table:number-columns-repeated="16382"/>
        </table:table-row>
        <table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>"#);
    let (sheet, problems) = read("halls.ods", &bytes);
    let sheet = sheet.unwrap();
    assert_eq!(columns(&sheet), ["name", "area", "built", "code"]);
    assert_eq!(row(&sheet, 0), ["A & B\nhall", "1500", "1999-05-01", ""]);
    assert_eq!((row(&sheet, 1), row(&sheet, 2)), (vec!["7", "7", "", ""], vec!["7", "7", "", ""]));
    assert_eq!((sheet.len(), sheet.line(2)), (3, 4));
    assert_eq!(codes(&problems), ["error-cell", "several-sheets"]);
}

#[test]
fn a_cell_that_repeats_without_end_meets_a_limit() {
    let bytes = ods(r#"<table:table-row table:number-rows-repeated="1048576">
        <table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="7"/></table:table-row>"#);
    let mut problems = Problems::new();
    let limits = Limits { cells: 100_000, ..Limits::default() };
    assert!(Sheet::read_within("bomb.ods", &bytes, None, limits, &mut problems).is_none());
    assert_eq!(codes(&problems), ["file-too-large"]);
}

#[test]
fn a_sheet_can_be_named_and_a_wrong_name_finds_its_neighbour() {
    let mut book = Workbook::new();
    for name in ["Залы", "Бассейны"] {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        sheet.write(0, 0, "name").unwrap();
        sheet.write(0, 1, name).unwrap();
        sheet.write(1, 0, "x").unwrap();
    }
    let bytes = book.save_to_buffer().unwrap();
    let mut problems = Problems::new();
    let sheet = Sheet::read("a.xlsx", &bytes, Some("Бассейны"), &mut problems).unwrap();
    assert_eq!(columns(&sheet), ["name", "Бассейны"]);
    assert!(problems.is_empty());
    assert!(Sheet::read("a.xlsx", &bytes, Some("Басейны"), &mut problems).is_none());
    let problem = &problems.as_slice()[0];
    assert_eq!((problem.code, problem.hint.as_deref()), ("unknown-sheet", Some("Did you mean `Бассейны`?")));
}

/// Every way in which a spreadsheet can be no spreadsheet gives one clear error.
#[test]
fn broken_and_hostile_files_are_refused() {
    let whole = office_list();
    let flat = vec![0u8; 20 << 20];
    let workbook = archive(&[("xl/workbook.xml", b"<workbook/>"), ("xl/worksheets/sheet1.xml", &flat)]);
    let far = {
        let sheet = br#"<worksheet><sheetData><row r="99999999999999"><c r="A99999999999999"><v>1</v></c></row></sheetData></worksheet>"#;
        archive(&[("xl/workbook.xml", b"<workbook/>"), ("xl/worksheets/sheet1.xml", sheet.as_slice())])
    };
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("cut.xlsx", whole[..whole.len() / 2].to_vec(), "damaged-file"),
        ("garbage.xlsx", [b"PK\x03\x04".as_slice(), &[7; 500]].concat(), "damaged-file"),
        ("bomb.xlsx", workbook, "zip-bomb"),
        ("far.xlsx", far, "damaged-file"),
        ("plain.zip", archive(&[("readme.txt", b"hello")]), "not-a-table"),
        ("binary.xlsb", archive(&[("xl/workbook.bin", b"x")]), "not-a-table"),
        ("cut.xls", include_bytes!("data/sheet/list.xls")[..700].to_vec(), "damaged-file"),
        ("garbage.xls", [b"\xD0\xCF\x11\xE0".as_slice(), &[7; 500]].concat(), "damaged-file"),
        (
            "cut.ods",
            archive(&[("content.xml", b"<office:body><table:table table:name='a'><table:table-row>")]),
            "damaged-file",
        ),
        (
            "locked.ods",
            archive(&[
                (
                    "META-INF/manifest.xml",
                    b"<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>",
                ),
                ("content.xml", b"noise"),
            ]),
            "encrypted-file",
        ),
        ("page.xlsx", b"<html>sign in</html>".to_vec(), "not-a-table"),
        ("empty.csv", Vec::new(), "empty-file"),
    ];
    for (file, bytes, code) in cases {
        let (sheet, problems) = read(file, &bytes);
        assert!(sheet.is_none(), "{file}");
        let errors: Vec<&str> =
            problems.iter().filter(|p| p.severity == Severity::Error).map(|p| p.code).collect();
        assert_eq!(errors, [code], "{file}: {problems:?}");
        assert!(problems.iter().all(|p| p.hint.is_some()), "{file}");
    }
}

/// A protected workbook of today is a compound file with an encrypted package in it.
#[test]
fn a_protected_workbook_is_told_from_a_damaged_one() {
    let mut file = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).unwrap();
    file.create_stream("/EncryptedPackage").unwrap().write_all(&[1; 64]).unwrap();
    let (_, problems) = read("locked.xlsx", &file.into_inner().into_inner());
    assert_eq!(codes(&problems), ["encrypted-file"]);
}

#[test]
fn a_directory_that_lies_about_a_size_is_caught() {
    let flat = vec![b' '; 1 << 20];
    let mut bytes = archive(&[("xl/workbook.xml", &flat)]);
    // The size in the directory at the end, and in the local header.
    let size = u32::try_from(flat.len()).unwrap().to_le_bytes();
    let small = 100u32.to_le_bytes();
    let places: Vec<usize> = (0..bytes.len() - 4).filter(|i| bytes[*i..*i + 4] == size).collect();
    assert!(!places.is_empty());
    for place in places {
        bytes[place..place + 4].copy_from_slice(&small);
    }
    let (sheet, problems) = read("lie.xlsx", &bytes);
    assert!(sheet.is_none());
    assert!(matches!(codes(&problems).as_slice(), ["zip-bomb" | "damaged-file"]), "{problems:?}");
}

#[test]
fn packed_csv_is_unpacked_and_a_cut_stream_says_how_far_it_went() {
    let rows: Vec<String> = (0..5_000).map(|i| format!("Hall {i},{}", i * 7 % 1_000)).collect();
    let csv = format!("name,area\n{}\n", rows.join("\n"));
    let zst = zstd::encode_all(csv.as_bytes(), 3).unwrap();
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gz.write_all(csv.as_bytes()).unwrap();
    let gz = gz.finish().unwrap();
    for (file, bytes) in [("a.csv.zst", zst), ("a.csv.gz", gz)] {
        let (sheet, problems) = read(file, &bytes);
        assert_eq!(sheet.unwrap().len(), 5_000, "{file}");
        assert!(problems.is_empty());

        let (sheet, problems) = read(file, &bytes[..bytes.len() - 40]);
        assert!(sheet.is_none());
        let problem = &problems.as_slice()[0];
        assert_eq!(problem.code, "damaged-file", "{file}");
        assert!(problem.place.line.is_some());

        let mut problems = Problems::new();
        let limits = Limits { part: 1_000, ..Limits::default() };
        assert!(Sheet::read_within(file, &bytes, None, limits, &mut problems).is_none());
        assert_eq!(codes(&problems), ["file-too-large"]);
    }
}

#[test]
fn a_long_sheet_is_stored_only_where_there_is_text() {
    // A cell in the last row and column that a sheet can have: laid out, it would be 17 billion cells.
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "name").unwrap();
    sheet.write(0, 1, "area").unwrap();
    sheet.write(1, 0, "Hall").unwrap();
    sheet.write(1_048_575, 16_383, "here").unwrap();
    let (sheet, problems) = read("far.xlsx", &book.save_to_buffer().unwrap());
    let sheet = sheet.unwrap();
    assert_eq!((sheet.len(), sheet.line(1), columns(&sheet)[2]), (2, 1_048_576, "column XFD"));
    assert_eq!(codes(&problems), ["empty-column-name"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Flipped bytes of good files, and bytes of nothing, never panic; what is read can be asked for.
    #[test]
    fn no_bytes_panic(which in 0usize..4, at in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8), noise in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut bytes = match which {
            0 => office_list(),
            1 => include_bytes!("data/sheet/list.xls").to_vec(),
            2 => ods("<table:table-row><table:table-cell><text:p>a</text:p></table:table-cell></table:table-row>"),
            _ => noise,
        };
        for (index, byte) in at {
            if !bytes.is_empty() {
                let i = index.index(bytes.len());
                bytes[i] = byte;
            }
        }
        let (sheet, problems) = read("fuzz", &bytes);
        prop_assert!(sheet.is_some() || problems.has_errors());
        if let Some(sheet) = sheet {
            for r in 0..sheet.len() {
                let _ = row(&sheet, r);
            }
        }
    }
}
