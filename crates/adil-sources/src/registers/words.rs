//! The registers' own words.

use adil_integrity::checks::{Registration, Standing, TaxRisk};

use crate::words::{plain, shorten};

/// Beginnings of words that say that an organisation is no more; they count only where nothing says that it is still going on.
const CEASED: [&str; 6] = ["ликвидирован", "прекращ", "исключен", "снят", "таратыл", "тоқтатыл"];
/// Beginnings of words that say that it is there.
const EXISTING: [&str; 6] = ["зарегистрирован", "действу", "активн", "тіркелген", "жұмыс", "қолданыста"];
/// Beginnings of words that leave it open.
const OPEN: [&str; 8] =
    ["процесс", "стади", "бездейств", "недейств", "не", "приостан", "временно", "банкрот"];

/// What a register's words for a state come down to. Words that are not known leave it open.
pub(super) fn registration(words: &str) -> Registration {
    let said = plain(words);
    let has = |beginnings: &[&str]| {
        said.split(' ')
            .any(|word| beginnings.iter().any(|b| if *b == "не" { word == *b } else { word.starts_with(b) }))
    };
    let standing = match (has(&OPEN), has(&CEASED), has(&EXISTING)) {
        (false, true, false) => Standing::Ceased,
        (false, false, true) => Standing::Existing,
        _ => Standing::Unclear,
    };
    Registration { standing, words: shorten(words) }
}

/// The degree of tax risk.
pub(super) fn tax_risk(words: &str) -> Option<TaxRisk> {
    let said = plain(words);
    let is = |beginnings: [&str; 3]| beginnings.iter().any(|b| said.starts_with(b));
    match (is(["low", "низк", "төмен"]), is(["medium", "средн", "орта"]), is(["high", "высок", "жоғары"]))
    {
        (true, false, false) => Some(TaxRisk::Low),
        (false, true, false) => Some(TaxRisk::Medium),
        (false, false, true) => Some(TaxRisk::High),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_registers_are_understood_or_left_open() {
        for (words, standing) in [
            ("Зарегистрирован", Standing::Existing),
            ("ДЕЙСТВУЮЩИЙ", Standing::Existing),
            ("Ликвидировано", Standing::Ceased),
            ("Снят с учета", Standing::Ceased),
            ("Деятельность прекращена", Standing::Ceased),
            ("В процессе ликвидации", Standing::Unclear),
            ("Бездействующий", Standing::Unclear),
            ("Не действует", Standing::Unclear),
            ("недействующий", Standing::Unclear),
            ("Регистрация не прекращена", Standing::Unclear),
            ("зарегистрирован, ликвидирован", Standing::Unclear),
            ("Perhaps", Standing::Unclear),
            ("", Standing::Unclear),
        ] {
            assert_eq!(registration(words).standing, standing, "{words}");
        }
        assert_eq!(tax_risk("Высокая степень риска"), Some(TaxRisk::High));
        assert_eq!(tax_risk("средняя"), Some(TaxRisk::Medium));
        assert_eq!(tax_risk("LOW"), Some(TaxRisk::Low));
        assert_eq!(tax_risk("не определена"), None);
    }
}
