use proptest::prelude::*;

use super::*;
use crate::country::{CountryPack, pack};
use crate::problem::{Place, Severity};

fn kz() -> &'static CountryPack {
    pack("kz").unwrap()
}

fn check(number: &str) -> Result<Identifier, IdentifierError> {
    kz::tell_apart(number).unwrap_or(Scheme::KzBin).parse(number)
}

fn bin(number: &str) -> Bin {
    match Scheme::KzBin.parse(number) {
        Ok(Identifier::Organisation(id)) => id.bin().unwrap(),
        other => panic!("{number} as a BIN is {other:?}"),
    }
}

/// The table of domain.md 8.1: seven published numbers and five made up.
#[test]
fn the_published_numbers_are_well_made() {
    for number in [
        "940140000385", // pass 1
        "990140004654", // pass 1
        "980840005389", // pass 1
        "051040005150", // pass 1, check digit 0, leading zero
        "000740001307", // pass 2, three leading zeros
        "140340016539", // pass 2
        "000840002504", // pass 2
    ] {
        assert_eq!((bin(number).holder, bin(number).unit), (BinHolder::Resident, BinUnit::Head), "{number}");
    }
    let head = bin("491240000009");
    assert_eq!((head.year_of_century, head.month, head.unit), (49, 12, BinUnit::Head));
    assert_eq!(bin("491241000004").unit, BinUnit::Branch);
    // Born in 1818, nobody living; the second needs the second pass.
    for number in ["180101100001", "180101100205"] {
        assert!(matches!(check(number), Ok(Identifier::Person(_))), "an IIN");
    }
}

#[test]
fn a_number_that_both_passes_refuse_is_invalid_with_every_last_digit() {
    for last in 0..10 {
        assert_eq!(
            check(&format!("49124000184{last}")),
            Err(IdentifierError::NeverIssued { scheme: Scheme::KzBin })
        );
    }
}

#[test]
fn each_part_of_the_structure_is_told_apart() {
    for (number, error) in [
        ("940140000384", IdentifierError::CheckDigit { found: 4, expected: 5 }),
        ("941340000385", IdentifierError::Month { found: 13 }),
        ("940040000385", IdentifierError::Month { found: 0 }),
        ("940144000385", IdentifierError::Unit { found: 4 }),
        ("940170000385", IdentifierError::Holder { found: 7 }),
        ("180101100001", IdentifierError::OfAPerson),
        ("94014000038", IdentifierError::Length { scheme: Scheme::KzBin, found: 11 }),
        ("9401400003855", IdentifierError::Length { scheme: Scheme::KzBin, found: 13 }),
        ("94O140000385", IdentifierError::NotADigit { scheme: Scheme::KzBin, position: 3 }),
        (" 940140000385", IdentifierError::NotADigit { scheme: Scheme::KzBin, position: 1 }),
        (" ", IdentifierError::Empty { scheme: Scheme::KzBin }),
    ] {
        assert_eq!(Scheme::KzBin.parse(number), Err(error), "{number}");
    }
    for (number, error) in [
        ("180101100002", IdentifierError::PersonalCheck { scheme: Scheme::KzIin }),
        ("180230100001", IdentifierError::BirthDate),
        ("181301100001", IdentifierError::BirthDate),
        ("180101000001", IdentifierError::Century),
        ("180101700001", IdentifierError::Century),
        ("940140000385", IdentifierError::OfAnOrganisation),
    ] {
        assert_eq!(Scheme::KzIin.parse(number), Err(error), "{number}");
    }
}

#[test]
fn a_leap_day_is_judged_in_its_century() {
    // 1800 and 1900 had no 29 February, 2000 had: only digit 7 tells.
    for (digit, ok) in [(1, false), (3, false), (5, true)] {
        let found = Scheme::KzIin.parse(&format!("000229{digit}00000"));
        assert_eq!(found != Err(IdentifierError::BirthDate), ok, "{digit}");
    }
}

#[test]
fn messages_say_what_was_found_and_what_was_expected() {
    let say = |scheme: Scheme, number: &str| scheme.parse(number).unwrap_err().to_string();
    insta::assert_snapshot!(say(Scheme::KzBin, "940140000384"), @"The check digit of this BIN is 4, but the eleven digits before it ask for 5: one of them was mistyped.");
    insta::assert_snapshot!(say(Scheme::KzBin, "94014000038"), @"This BIN has 11 characters instead of 12. A spreadsheet that takes it for a number eats leading zeros: export the column as text.");
    insta::assert_snapshot!(say(Scheme::KzBin, "180101100001"), @"This is built like an IIN, a person's number, where a BIN was expected (digit 5 of a BIN is 4 to 6). Use the BIN of the organisation; for an individual entrepreneur put the keyed hash of the IIN here.");
    insta::assert_snapshot!(say(Scheme::KzBin, "941340000385"), @"Digits 3 and 4 of this BIN are 13; they are the month of registration, 01 to 12.");
    insta::assert_snapshot!(say(Scheme::KzIin, "180101100002"), @"The check character of this IIN does not fit the others: one of them was mistyped.");
    insta::assert_snapshot!("kz-bim".parse::<Scheme>().unwrap_err(), @"`kz-bim` is no way of checking identifiers known here. Did you mean `kz-bin`?");
}

#[test]
fn zeros_are_put_back_only_on_request_and_on_record() {
    assert!(Scheme::KzBin.parse("740001307").is_err(), "never by itself");
    let repadded = repad_numeric_cell(Scheme::KzBin, "740001307").unwrap();
    assert_eq!(repadded.zeros, 3);
    assert_eq!(Ok(repadded.identifier.clone()), Scheme::KzBin.parse("000740001307"));
    insta::assert_snapshot!(
        repadded.record(Place::cell("operators.csv", 7, "operator_id")),
        @"operators.csv:7:operator_id: warning [identifier-repadded] 3 leading zeros of a numeric cell were put back: the spreadsheet had eaten them. Format the column as text, so that nothing has to be guessed."
    );
    for (scheme, text) in [
        (Scheme::KzBin, "940140000385"),
        (Scheme::KzBin, "12345678"),
        (Scheme::KzBin, ""),
        (Scheme::Plain, "51040005150"),
        (Scheme::KzBin, "51040005151"),
        (Scheme::KzBin, "5104000515O"),
    ] {
        assert!(repad_numeric_cell(scheme, text).is_err(), "{text}");
    }
}

#[test]
fn a_person_becomes_a_keyed_hash() {
    let Ok(Identifier::Person(person)) = Scheme::KzIin.parse("180101100001") else { panic!("an IIN") };
    let key = HashKey::new(b"an example key of 32 bytes, no more").unwrap();
    // Computed apart with Python's hmac: hmac.new(key, b"kz-iin\0" + iin, "sha256").
    insta::assert_snapshot!(person.keyed_hash(&key), @"981509cb76173cf2915acb38d00259563648211a8082d231ea48d6d530d3ef66");
    let other = HashKey::new(&[1; 32]).unwrap();
    assert_ne!(person.keyed_hash(&key), person.keyed_hash(&other), "releases cannot be linked");
    assert_eq!(
        classify(&person.keyed_hash(&key).to_string(), kz()),
        Classified::Hashed(person.keyed_hash(&key))
    );
}

fn kind(text: &str) -> String {
    let found = classify(text, kz());
    let code = found.problem(Place::default()).map_or("-", |p| p.code);
    let kind = match found {
        Classified::Organisation(id) => return format!("{id:?}"),
        Classified::Personal(_) => "personal",
        Classified::Doubtful(_) => "doubtful",
        Classified::Hashed(_) => "hashed",
        Classified::Plain(_) => "plain",
        Classified::Empty => "empty",
    };
    format!("{kind} {code}")
}

#[test]
fn the_text_of_a_table_is_judged() {
    for (text, expected) in [
        ("940140000385", "BIN 940140000385"),
        (" 940140000385 ", "BIN 940140000385"),
        ("940140000384", "doubtful doubtful-identifier"),
        ("491240001845", "doubtful doubtful-identifier"),
        ("51040005150", "doubtful doubtful-identifier"), // lost its zero
        ("БИН 940140000385", "doubtful doubtful-identifier"),
        ("180101100001", "personal personal-identifier"),
        ("ИИН 180101100001", "personal personal-identifier"),
        ("180101-100001", "personal personal-identifier"),
        ("ИП Иванов (ИИН 180101100001, Семей)", "personal personal-identifier"),
        ("БИН 940140000385, ИИН 180101100001", "personal personal-identifier"),
        ("180101 100 001", "personal personal-identifier"),
        ("180101100002", "doubtful doubtful-identifier"),
        ("IE-ORG-0001", "plain -"),
        ("20009496", "plain -"),
        ("940170000385", "plain -"),
        ("клуб", "plain -"),
        ("", "empty -"),
    ] {
        assert_eq!(kind(text), expected, "{text}");
    }
}

#[test]
fn another_country_judges_by_its_own_schemes() {
    let ie = pack("ie").unwrap();
    assert!(matches!(classify("0000001ka", ie), Classified::Personal(_)));
    assert!(matches!(classify("PPS 0000001B", ie), Classified::Personal(_)));
    assert!(matches!(classify("0000001C", ie), Classified::Doubtful(_)));
    assert!(matches!(classify("180101100001", ie), Classified::Plain(_)), "an IIN is a Kazakh number");
    assert!(matches!(classify("IE-ORG-0001", ie), Classified::Plain(_)));
}

#[test]
fn a_plain_iin_in_a_table_is_an_error_that_does_not_repeat_it() {
    let problem =
        classify("180101100001", kz()).problem(Place::cell("operators.csv", 2, "operator_id")).unwrap();
    assert_eq!(problem.severity, Severity::Error);
    insta::assert_snapshot!(problem, @"operators.csv:2:operator_id: error [personal-identifier] Here stands a person's IIN in plain; a keyed hash of it was expected, because tables and decisions are published. Replace it by its keyed hash (the key stays with you) in every table.");
}

/// Well-made IINs of people born in the 1800s.
fn iin() -> impl Strategy<Value = String> {
    (0..100u32, 1..13u32, 1..29u32, 1..3u32, 0..10_000u32).prop_filter_map(
        "never issued",
        |(y, m, d, c, serial)| {
            let front = format!("{y:02}{m:02}{d:02}{c}{serial:04}");
            (0..10).map(|last| format!("{front}{last}")).find(|n| kz::check_iin(n).is_ok())
        },
    )
}

/// No run of three characters of the number may be seen in what is printed.
fn shows(printed: &str, secret: &str) -> bool {
    (0..=secret.len() - 3).any(|i| printed.contains(&secret[i..i + 3]))
}

proptest! {
    #[test]
    fn no_formatting_of_a_person_holds_a_digit(number in iin()) {
        let Ok(Identifier::Person(person)) = Scheme::KzIin.parse(&number) else { panic!("an IIN") };
        let whole = Identifier::Person(person.clone());
        let found = classify(&number, kz());
        prop_assert!(matches!(found, Classified::Personal(_)));
        for printed in [
            person.to_string(),
            format!("{person:>40}{person:.4}{person:?}{person:#?}"),
            format!("{whole:?}{whole:#?}{:?}", Some(&whole)),
            format!("{found:?}{found:#?}"),
        ] {
            prop_assert!(!printed.contains(|c: char| c.is_ascii_digit()), "{}", printed);
        }
        prop_assert_eq!(person.to_string(), "IIN ••••••••••••");
    }

    /// A mistyped number is still nearly somebody's: no scheme's message may give it away.
    #[test]
    fn no_message_repeats_a_person(number in iin(), at in 0..12usize, digit in 0..10u8, cut in 0..4usize) {
        let mut typed = number.into_bytes();
        typed[at] = b'0' + digit;
        let typed = String::from_utf8(typed).unwrap();
        prop_assume!(kz::tell_apart(&typed) == Some(Scheme::KzIin));
        for text in [&typed[..], &typed[cut..]] {
            for scheme in [Scheme::KzBin, Scheme::KzIin, Scheme::IePps] {
                for error in [scheme.parse(text).err(), repad_numeric_cell(scheme, text).err()].into_iter().flatten() {
                    prop_assert!(!shows(&format!("{error} {error:?}"), text), "{}", error);
                }
            }
            if let Some(problem) = classify(text, kz()).problem(Place::default()) {
                prop_assert!(!shows(&problem.to_string(), text), "{}", problem);
            }
        }
    }

    #[test]
    fn one_wrong_digit_of_a_well_made_number_is_noticed(number in iin(), at in 0..12usize, by in 1..10u8) {
        let mut typed = number.into_bytes();
        typed[at] = b'0' + (typed[at] - b'0' + by) % 10;
        let typed = String::from_utf8(typed).unwrap();
        // The two passes weigh differently, so a slip may move a number from one to the other: only the first
        // pass by itself promises to notice.
        let digits: Vec<u32> = typed.bytes().map(|b| u32::from(b - b'0')).collect();
        let first: u32 = digits[..11].iter().zip(1..).map(|(d, w)| d * w).sum();
        prop_assume!(first % 11 != 10);
        if let Ok(found) = Scheme::KzIin.parse(&typed) {
            prop_assert!(matches!(found, Identifier::Person(_)));
            prop_assert_eq!(first % 11, digits[11]);
        }
    }

    #[test]
    fn no_text_makes_it_panic(text in ".{0,20}|[0-9 ]{0,14}") {
        for code in ["kz", "ie", "gb"] {
            let _ = classify(&text, pack(code).unwrap());
        }
        for scheme in Scheme::ALL {
            let _ = scheme.parse(&text);
            let _ = repad_numeric_cell(scheme, &text);
        }
    }
}
