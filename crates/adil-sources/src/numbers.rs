//! Numbers as people and programs write them.

/// From here on a spreadsheet's number has lost digits: it keeps fifteen.
pub(crate) const EXACT: f64 = 1e15;

/// A number with all its digits: no power of ten, no `.0`. The shortest decimal that is the same number.
pub fn written_out(number: f64) -> String {
    if number.is_finite() && number.abs() < f64::MIN_POSITIVE { "0".to_owned() } else { format!("{number}") }
}

/// How a number was written, when not as a plain decimal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// `1234.5`.
    Plain,
    /// `1234,5`: the comma was read as a decimal point.
    Comma,
    /// `1 234.5`, `1 234,5`: spaces between thousands were left out.
    Grouped,
}

/// Reads a number as people write it: spaces (also no-break ones) between thousands, a decimal comma or point. Gives it
/// as a plain decimal, and how it was written. `None` for anything else, also where a comma may mean either.
pub fn plain_decimal(text: &str) -> Option<(String, Style)> {
    let text = text.trim();
    let bare: String = text.chars().filter(|c| !is_space(*c)).collect();
    let (sign, digits) = match bare.strip_prefix(['-', '−']) {
        Some(rest) => ("-", rest),
        None => ("", bare.strip_prefix('+').unwrap_or(&bare)),
    };
    let (whole, fraction) = match digits.split_once([',', '.']) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (digits, None),
    };
    let all_digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
    if !all_digits(whole) || fraction.is_some_and(|f| !all_digits(f)) || !groups_of_three(text) {
        return None;
    }
    // `1,234` is one thousand in one country and one and a bit in another; `0,234` and `1234,567` are not.
    let comma = digits.contains(',');
    if comma && fraction.is_some_and(|f| f.len() == 3) && whole.len() <= 3 && whole != "0" && bare == text {
        return None;
    }
    let style = match (bare != text, comma) {
        (true, _) => Style::Grouped,
        (false, true) => Style::Comma,
        (false, false) => Style::Plain,
    };
    let plain = fraction.map_or_else(|| format!("{sign}{whole}"), |f| format!("{sign}{whole}.{f}"));
    Some((plain, style))
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'')
}

/// Whether spaces in the whole part stand only between groups of three digits.
fn groups_of_three(text: &str) -> bool {
    let whole = text.split([',', '.']).next().unwrap_or("").trim_start_matches(['-', '+', '−']);
    let mut groups = whole.split(is_space);
    let first = groups.next().unwrap_or("");
    groups.all(|g| g.len() == 3) && (first.len() <= 3 || !whole.contains(is_space))
}

/// A coordinate in degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Degrees {
    /// Decimal degrees, south and west negative.
    pub value: f64,
    /// How it was written.
    pub written: Written,
    /// Whether a letter said that it is a latitude (`true`) or a longitude.
    pub is_latitude: Option<bool>,
}

/// How a coordinate was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// `51.1801`.
    Decimal,
    /// `51,1801`.
    DecimalComma,
    /// `51°10'48.4"`, `49º31'21" N`, `51 10.8`.
    Sexagesimal,
}

/// The letters for the points of the compass: English, Russian (`с.ш.`, `ю.ш.`, `в.д.`, `з.д.`), Kazakh (`с.е.`, `о.е.`,
/// `ш.б.`, `б.б.`): latitude or not, negative or not.
const COMPASS: [(&str, bool, bool); 12] = [
    ("n", true, false),
    ("s", true, true),
    ("e", false, false),
    ("w", false, true),
    ("сш", true, false),
    ("юш", true, true),
    ("вд", false, false),
    ("зд", false, true),
    ("се", true, false),
    ("ое", true, true),
    ("шб", false, false),
    ("бб", false, true),
];

/// Reads a coordinate: decimal degrees with point or comma, or degrees, minutes and seconds, with or without a letter of
/// the compass. Numbers beyond degrees are read too (metres of a projected system); `None` for what is no coordinate.
pub fn degrees(text: &str) -> Option<Degrees> {
    let text = text.trim();
    let letters: String =
        text.chars().filter(|c| c.is_alphabetic() && *c != 'º').flat_map(char::to_lowercase).collect();
    let compass = match letters.as_str() {
        "" => None,
        some => Some(COMPASS.iter().find(|(word, ..)| *word == some)?),
    };
    let is_latitude = compass.map(|c| c.1);
    let southwest = compass.is_some_and(|c| c.2);
    let numbers: String = text
        .chars()
        .map(|c| {
            if c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '+') {
                c
            } else if c == '−' {
                '-'
            } else {
                ' '
            }
        })
        .collect();
    // Dots of `с.ш.` stand alone.
    let parts: Vec<&str> =
        numbers.split_whitespace().map(|p| p.trim_matches(['.', ','])).filter(|p| !p.is_empty()).collect();
    let number = |t: &str| t.replace(',', ".").parse::<f64>().ok().filter(|n| n.is_finite());
    let marked = text.contains(['°', 'º', '\'', '′', '’', '"', '″', '”']);
    let sign = if southwest { -1.0 } else { 1.0 };
    if let [one] = parts.as_slice() {
        let one_text = *one;
        let value = number(one_text)?;
        let written = if marked || compass.is_some() {
            Written::Sexagesimal
        } else if one_text.contains(',') {
            Written::DecimalComma
        } else {
            Written::Decimal
        };
        return Some(Degrees { value: sign * value, written, is_latitude });
    }
    if !(2..=3).contains(&parts.len()) || !(marked || compass.is_some() || parts.len() == 3) {
        return None;
    }
    let whole = number(parts[0])?;
    let minutes = number(parts[1])?;
    let seconds = parts.get(2).map_or(Some(0.0), |p| number(p))?;
    let is_whole = |n: f64| (n - n.trunc()).abs() < f64::EPSILON;
    let fits = (0.0..60.0).contains(&minutes)
        && (0.0..60.0).contains(&seconds)
        && is_whole(whole)
        && (parts.len() == 2 || is_whole(minutes))
        && whole.abs() <= 180.0;
    if !fits {
        return None;
    }
    let size = whole.abs() + minutes / 60.0 + seconds / 3600.0;
    let negative = parts[0].starts_with('-');
    let value = if negative { -size } else { size };
    Some(Degrees { value: sign * value, written: Written::Sexagesimal, is_latitude })
}

/// Degrees as they stand in tables: at most seven decimals, about a centimetre.
pub fn degrees_text(value: f64) -> String {
    let text = format!("{value:.7}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_written_out() {
        for (number, text) in [
            (9.401_400_003_85e11, "940140000385"),
            (51.18, "51.18"),
            (-0.0, "0"),
            (1e21, "1000000000000000000000"),
            (2.5e-7, "0.00000025"),
        ] {
            assert_eq!(written_out(number), text);
        }
    }

    #[test]
    fn numbers_as_people_write_them() {
        let read = |t: &str| plain_decimal(t);
        assert_eq!(read("1 234,5"), Some(("1234.5".to_owned(), Style::Grouped)));
        assert_eq!(read("1\u{a0}234\u{a0}567"), Some(("1234567".to_owned(), Style::Grouped)));
        assert_eq!(read("12,5"), Some(("12.5".to_owned(), Style::Comma)));
        assert_eq!(read("-3.25"), Some(("-3.25".to_owned(), Style::Plain)));
        assert_eq!(read("0,125"), Some(("0.125".to_owned(), Style::Comma)));
        assert_eq!(read("1,234"), None, "thousands or decimals, nobody can say");
        assert_eq!(read("12 34"), None);
        assert_eq!(read("5 м2"), None);
        assert_eq!(read(""), None);
    }

    #[test]
    fn degrees_as_people_write_them() {
        for (text, value, written, is_latitude) in [
            ("51.1801", 51.1801, Written::Decimal, None),
            ("51,1801", 51.1801, Written::DecimalComma, None),
            ("51°10'48\"N", 51.18, Written::Sexagesimal, Some(true)),
            ("49º31'21\"", 49.5225, Written::Sexagesimal, None),
            ("71°26′45.6″ в.д.", 71.446, Written::Sexagesimal, Some(false)),
            ("51 10.8 с.ш.", 51.18, Written::Sexagesimal, Some(true)),
            ("33° 30' S", -33.5, Written::Sexagesimal, Some(true)),
            ("-0°30'0\"", -0.5, Written::Sexagesimal, None),
            ("5671234.5", 5_671_234.5, Written::Decimal, None),
        ] {
            let found = degrees(text).unwrap();
            assert!((found.value - value).abs() < 1e-9, "{text}: {}", found.value);
            assert_eq!((found.written, found.is_latitude), (written, is_latitude), "{text}");
        }
        for text in ["", "нет", "51 10", "51°70'", "51.5°10'", "1 2 3 4"] {
            assert_eq!(degrees(text), None, "{text}");
        }
    }
}
