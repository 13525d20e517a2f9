//! Tables as people really send them: what is read, and what is said about them.

#![allow(clippy::unwrap_used, reason = "helpers of tests are not seen as tests by the lint")]

use std::fmt::Write as _;
use std::time::Instant;

use adil_domain::{Currency, Place, Problem, Problems, Rational};
use adil_round::table::{
    ColumnType, LISTED, Table, check_column, check_money, check_unique, infer_type, is_date, is_date_time,
    is_decimal, parse_date, parse_number, require_columns, unique_key,
};
use encoding_rs::WINDOWS_1251;
use insta::assert_snapshot;
use proptest::prelude::*;

fn read(bytes: &[u8]) -> (Option<Table>, Problems) {
    let mut problems = Problems::new();
    let table = Table::read("applications.csv", bytes, &mut problems);
    (table, problems)
}

fn sound(bytes: &[u8]) -> Table {
    let (table, problems) = read(bytes);
    assert!(problems.is_empty(), "{problems:?}");
    table.unwrap()
}

/// The table as it was read, then every problem on a line of its own.
fn show(bytes: &[u8]) -> String {
    let (table, problems) = read(bytes);
    let mut out = match &table {
        None => "no table\n".to_owned(),
        Some(table) => table_text(table),
    };
    out.push_str(&list(&problems));
    out
}

fn table_text(table: &Table) -> String {
    let mut out = format!("{}, {:?}\n{:?}\n", table.encoding(), table.delimiter(), table.header());
    for row in 0..table.len() {
        let cells: Vec<&str> = (0..table.header().len()).map(|c| table.cell(row, c)).collect();
        let _ = writeln!(out, "line {}: {cells:?}", table.line(row));
    }
    out
}

fn list(problems: &Problems) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

fn utf16(text: &str, little: bool, mark: bool) -> Vec<u8> {
    let units = mark.then_some('\u{feff}').into_iter().chain(text.chars()).collect::<String>();
    units.encode_utf16().flat_map(|u| if little { u.to_le_bytes() } else { u.to_be_bytes() }).collect()
}

#[test]
fn a_plain_table_is_read_without_a_word() {
    let table = sound("application_id,name\n007, Қайрат клубы \n\n008,\n".as_bytes());
    assert_snapshot!(table_text(&table));
}

#[test]
fn line_ends_marks_and_quoted_line_breaks_keep_their_lines() {
    // A byte order mark, CRLF, blank lines, a line break inside a quoted cell, no line end at the end.
    let table = sound(
        "\u{feff}\r\nid,name\r\n\r\n1,\"two\r\nlines, \"\"quoted\"\"\"\r\n\r\n\r\n2,b\r\n3,c".as_bytes(),
    );
    assert_eq!(table.cell(0, 1), "two\r\nlines, \"quoted\"");
    assert_eq!((0..3).map(|r| table.line(r)).collect::<Vec<_>>(), [4, 8, 9]);
    assert_eq!(table.header_line(), 2);
    // Line ends of very old spreadsheets.
    let table = sound(b"id,name\r1,a\r2,b\r");
    assert_eq!((table.len(), table.line(1)), (2, 3));
}

#[test]
fn nothing_there() {
    assert_snapshot!("empty_file", show(b""));
    assert_snapshot!("blank_lines_only", show(b"\xEF\xBB\xBF \n\r\n\t\n"));
    assert_snapshot!("header_only", show(b"application_id,amount_sought\n"));
}

#[test]
fn files_that_are_no_tables() {
    let mut out = String::new();
    for bytes in [
        &b"PK\x03\x04\x14\x00\x06\x00"[..],
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
        b"<!DOCTYPE html>\n<html><body>Sign in</body></html>",
        b"\n  <?xml version=\"1.0\"?>",
        b"{\"error\": \"not found\"}",
        b"%PDF-1.7",
        b"PAR1\x15\x04",
        b"\x1F\x8B\x08\x00",
    ] {
        out.push_str(&show(bytes));
        out.push('\n');
    }
    assert_snapshot!(out);
}

#[test]
fn headers() {
    assert_snapshot!("duplicate_column", show(b"id,name,id,name,id\n1,a,2,b,3\n"));
    assert_snapshot!("empty_column_name", show(b"id,,name,\n1,2,a,\n"));
    let table = sound(b"aplication_id,facility_id,amount\n1,2,3\n");
    let mut problems = Problems::new();
    require_columns(&table, &["application_id", "amount_sought", "facility_id"], &mut problems);
    assert_snapshot!("missing_column", list(&problems));
}

#[test]
fn ragged_rows() {
    assert_snapshot!(show(
        b"id,name,amount\n1,a\n2,b,3\n3,Smith, John,4\n , ,\n   \n4,\"open,5\n5,x\"\n,,\n6\n"
    ));
}

#[test]
fn quotes_that_went_wrong() {
    assert_snapshot!("unclosed_quote", show(b"id,name\n1,a\n2,\"b\n3,c\n4,d\n"));
    assert_snapshot!("stray_quote", show(b"id,name\n1,\"Club \"Kairat\"\"\n2,5\" pipe\n3,\"x\" \n"));
    let mut long = b"id,name\n1,\"".to_vec();
    long.extend(std::iter::repeat_n(b"abc,def\n", 200_000).flatten());
    assert_snapshot!("row_too_long", show(&long));
}

#[test]
fn zero_bytes() {
    assert_snapshot!(show(b"id,name\n1,a\n2,b\x00c\n3,d\n"));
}

#[test]
fn other_encodings() {
    let text = "id,атауы\n1,Алматы\n2,\"Көкшетау, мектеп\"\n";
    assert_snapshot!("utf16_le_with_mark", show(&utf16(text, true, true)));
    assert_snapshot!("utf16_be_with_mark", show(&utf16(text, false, true)));
    assert_snapshot!("utf16_le_without_mark", show(&utf16(text, true, false)));
    assert_snapshot!("utf16_be_without_mark", show(&utf16(text, false, false)));
    let russian = "id;название;сумма\r\n1;Спортивный клуб «Кайрат»;1000\r\n2;Школа №5;250.50\r\n";
    assert_snapshot!("windows_1251", show(&WINDOWS_1251.encode(russian).0));
    for short in [
        "id,name\n1,Алматы\n",
        "id,имя\n1,x\n",
        "id,name\n1,Школа № 7\n",
        "код,да\n1,2\n",
        "id,name\n1,ТОО\n",
    ] {
        let (table, _) = read(&WINDOWS_1251.encode(short).0);
        assert_eq!(table.unwrap().encoding(), "windows-1251", "{short}");
    }
    let french = "id,nom\n1,Stade de l'Étoile à Nîmes\n2,Salle Coubertin\n3,Complexe de la Forêt\n";
    let (table, _) = read(&encoding_rs::WINDOWS_1252.encode(french).0);
    assert_eq!(table.unwrap().cell(0, 1), "Stade de l'Étoile à Nîmes");
    // Mostly UTF-8, with one place damaged.
    let damaged =
        ["id,атауы\n1,Алматы\n2,".as_bytes(), b"\xE2\x28 \xFF", "\n3,Көкшетау\n".as_bytes()].concat();
    assert_snapshot!("damaged_utf8", show(&damaged));
    assert_snapshot!(
        "lost_letters",
        show("id,name\n1,a\n2,Dún Laogh\u{fffd}ire \u{fffd}\n3,\u{fffd}\n".as_bytes())
    );
}

#[test]
fn other_delimiters() {
    assert_snapshot!("semicolons", show(b"id;\"a;b,c,d\";amount\n1;x, y;1.5\n"));
    assert_snapshot!("tabs", show(b"id\tname\n1\tSmith, John\n"));
    assert_snapshot!("stated_delimiter", show(b"sep=;\r\nid;name\r\n1;a\r\n2\r\n"));
}

#[test]
fn cells_that_are_no_numbers() {
    let texts = [
        "1.234,56",
        "1,234.56",
        "1,234",
        "1,5",
        "1 000",
        "1\u{a0}000,50",
        "1.234.567",
        "12,34,5",
        "NaN",
        "n/a",
        "inf",
        "1e5",
        "1.5E+06",
        "−5",
        ".5",
        "5.",
        "€500",
        "500 тг",
        "50%",
        "5 of 7",
        "abc",
        "0x10",
        "1\n2",
        "--1",
        "9999999999999999999999999999999999999999999999999999999999999999",
    ];
    let mut out = String::new();
    for text in texts {
        let error = parse_number(text).unwrap_err();
        let _ = writeln!(out, "[{}] {error} {}", error.code, error.hint.as_deref().unwrap_or_default());
    }
    for text in [
        "31.12.2023",
        "12/31/2023",
        "05/06/2023",
        "2023-1-5",
        "2023-02-30",
        "2023-12-31T10:00",
        "45291",
        "нет",
        "soon",
    ] {
        let error = parse_date(text).unwrap_err();
        let _ = writeln!(out, "[{}] {error} {}", error.code, error.hint.as_deref().unwrap_or_default());
    }
    assert_snapshot!(out);
}

#[test]
fn money_and_columns() {
    let table = sound(
        "id,amount,ok,day\n1,-5,true,2023-12-31\n2,\"1.234,56\",yes,31.12.2023\n3,10.125,false,2023-01-01\n\
         4,99999999999999999999999,true,2022-02-28\n5,NaN,true,2023-02-29\n6,,,\n7,12345.60,TRUE,2024-02-29\n8,7.100,true,2023-06-01\n"
            .as_bytes(),
    );
    let currency: Currency = "EUR".parse().unwrap();
    let mut problems = Problems::new();
    check_money(&table, 1, currency, &mut problems);
    check_column(&table, 1, ColumnType::Number, &mut problems);
    check_column(&table, 2, ColumnType::Truth, &mut problems);
    check_column(&table, 3, ColumnType::Date, &mut problems);
    check_column(&table, 0, ColumnType::Text, &mut problems);
    assert_snapshot!(list(&problems));
}

#[test]
fn types_are_told_by_all_cells() {
    use ColumnType::{Date, Empty, Number, Text, Truth};
    let table = sound(
        b"number,date,truth,text,empty,code,half,mixed\n1,2023-01-01,true,a,,007,1,true\n2.5,2023-01-02,false,1,,008,x,maybe\n-3,soon,,b,,009,,\nx,2023-01-03,true,2,,010,,\n",
    );
    let found: Vec<ColumnType> = (0..table.header().len()).map(|c| infer_type(&table, c)).collect();
    assert_eq!(found, [Number, Date, Truth, Text, Empty, Text, Text, Text]);
}

#[test]
fn keys() {
    let table = sound(b"id,part,n\na,1,1\nb,1,2\n,1,3\na,2,4\na,1,5\nb,,6\n");
    let mut problems = Problems::new();
    let keys = unique_key(&table, "id", &mut problems);
    assert_eq!((keys.get("a"), keys.get("b"), keys.get("c"), keys.len()), (Some(0), Some(1), None, 2));
    assert!(unique_key(&table, "absent", &mut problems).is_empty());
    check_unique(&table, &["id", "part"], &mut problems);
    assert_snapshot!(list(&problems));
}

#[test]
fn a_million_equal_mistakes_are_listed_up_to_a_limit() {
    let mut text = String::from("id,amount\n");
    for i in 0..3_000 {
        let _ = writeln!(text, "{i},x\n{i}");
    }
    let (table, problems) = read(text.as_bytes());
    assert_eq!(problems.len(), LISTED + 1);
    assert_snapshot!("many_mistakes", problems.as_slice().last().unwrap().to_string());
    let mut problems = Problems::new();
    check_column(&table.unwrap(), 1, ColumnType::Number, &mut problems);
    assert_eq!(problems.len(), LISTED + 1);
    assert_snapshot!("many_mistakes_in_a_column", problems.as_slice().last().unwrap().to_string());
}

/// `rows` rows of ten columns; the amount of row 777,777 (from one) is no number.
fn large(rows: usize) -> String {
    let mut text = String::from(
        "application_id,facility_id,operator_id,territory,name,amount_sought,amount_minimum,lat,lon,as_of\n",
    );
    for i in 1..=rows {
        let amount = if i == 777_777 { "12,5" } else { "123456.78" };
        let _ = writeln!(
            text,
            "A-{i:07},F-{:07},O-{:06},{:09},\"Клуб, {i}\",\"{amount}\",1000,43.{:06},76.{:06},2023-12-31",
            i * 7 % rows,
            i / 3,
            i % 200 * 1000,
            i % 999_983,
            i % 999_979
        );
    }
    text
}

#[test]
fn one_bad_cell_in_a_million_rows_is_found() {
    let text = large(1_000_000);
    let start = Instant::now();
    let table = sound(text.as_bytes());
    let read_in = start.elapsed();
    let mut problems = Problems::new();
    assert_eq!(infer_type(&table, 5), ColumnType::Number);
    check_column(&table, 5, ColumnType::Number, &mut problems);
    assert_eq!(unique_key(&table, "application_id", &mut problems).len(), 1_000_000);
    println!("{} MB read in {read_in:?}, with checks {:?}", text.len() / 1_000_000, start.elapsed());
    let expected = Place::cell("applications.csv", 777_778, "amount_sought");
    let places: Vec<(&Place, &str)> = problems.iter().map(|p: &Problem| (&p.place, p.code)).collect();
    assert_eq!(places, [(&expected, "not-a-number")]);
}

/// A cell as a spreadsheet would write it.
fn quoted(cell: &str) -> String {
    format!("\"{}\"", cell.replace('"', "\"\""))
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let (table, problems) = read(&bytes);
        prop_assert!(table.is_some() || problems.has_errors());
    }

    #[test]
    fn arbitrary_bytes_of_tables_never_panic(bytes in prop::collection::vec(
        prop::sample::select(b"ab1;,\t\"\r\n \xC2\xA0\xEF\xBB\xBF\0\xFF\xE0".to_vec()), 0..200)) {
        let (table, problems) = read(&bytes);
        prop_assert!(table.is_some() || problems.has_errors());
        if let Some(table) = table {
            for column in 0..table.header().len() {
                let mut problems = Problems::new();
                for kind in [ColumnType::Number, ColumnType::Date, ColumnType::Truth] {
                    check_column(&table, column, kind, &mut problems);
                }
                infer_type(&table, column);
                unique_key(&table, table.name(column), &mut problems);
            }
            for row in 0..table.len() {
                prop_assert!(table.line(row) > table.header_line());
            }
        }
    }

    #[test]
    fn a_written_table_reads_back_equal(
        rows in prop::collection::vec(prop::collection::vec("[ -~а-яәіңғүұқөһ\n\"]{0,12}", 3), 0..30),
        crlf in any::<bool>(),
    ) {
        let end = if crlf { "\r\n" } else { "\n" };
        let mut text = format!("first,second,third{end}");
        let mut expected = Vec::new();
        let mut line = 2;
        for row in &rows {
            let written: Vec<String> = row.iter().map(|c| quoted(c)).collect();
            text.push_str(&written.join(","));
            text.push_str(end);
            let trimmed: Vec<&str> = row.iter().map(|c| c.trim()).collect();
            // A row without any content is left out, with a warning.
            if trimmed.iter().any(|c| !c.is_empty()) {
                expected.push((line, trimmed));
            }
            line += 1 + row.iter().map(|c| c.matches('\n').count()).sum::<usize>() as u64;
        }
        let (table, problems) = read(text.as_bytes());
        let table = table.unwrap();
        prop_assert!(problems.iter().all(|p| p.code == "blank-row"), "{:?}", problems);
        let found: Vec<(u64, Vec<&str>)> =
            (0..table.len()).map(|r| (table.line(r), (0..3).map(|c| table.cell(r, c)).collect())).collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn the_quick_look_agrees_with_reading(text in "[-+]{0,2}[0-9]{0,70}[.,eN ]{0,2}[0-9]{0,5}") {
        prop_assert_eq!(is_decimal(&text), text.parse::<Rational>().is_ok());
        if let Err(error) = parse_number(&text) {
            prop_assert!(!error.message.is_empty());
        }
    }

    #[test]
    fn any_text_is_a_cell(text in any::<String>()) {
        prop_assert_eq!(is_decimal(&text), parse_number(&text).is_ok());
        prop_assert_eq!(is_date(&text), parse_date(&text).is_ok());
        is_date_time(&text);
    }
}

#[test]
fn moments() {
    for text in
        ["2023-12-31T18:30:00Z", "2023-12-31T18:30", "2023-12-31 18:30:59.123+05:00", "2023-12-31t00:00:00z"]
    {
        assert!(is_date_time(text), "{text}");
    }
    for text in [
        "2023-12-31",
        "2023-12-31T",
        "2023-12-31T24:00",
        "2023-12-31T1:00",
        "2023-12-31T18:30:00+0500",
        "2023-13-01T10:00",
    ] {
        assert!(!is_date_time(text), "{text}");
    }
}
