//! Names that sound right and are nobody's: two common words and a number.

use adil_domain::Language;
use adil_domain::country::CountryPack;

use crate::stream::Stream;

/// First words, in Cyrillic and Latin letters.
const FIRST: [(&str, &str); 16] = [
    ("Алтын", "Altyn"),
    ("Жас", "Zhas"),
    ("Көк", "Kok"),
    ("Ақ", "Aq"),
    ("Жаңа", "Zhana"),
    ("Нұрлы", "Nurly"),
    ("Қуатты", "Quatty"),
    ("Дарынды", "Daryndy"),
    ("Жарық", "Zharyq"),
    ("Берік", "Berik"),
    ("Шапшаң", "Shapshan"),
    ("Ұшқыр", "Ushqyr"),
    ("Бақытты", "Baqytty"),
    ("Жүйрік", "Zhuirik"),
    ("Асқақ", "Asqaq"),
    ("Тұңғыш", "Tungysh"),
];

/// Second words.
const SECOND: [(&str, &str); 20] = [
    ("Барыс", "Barys"),
    ("Тұлпар", "Tulpar"),
    ("Қыран", "Qyran"),
    ("Жігер", "Zhiger"),
    ("Намыс", "Namys"),
    ("Болашақ", "Bolashaq"),
    ("Өркен", "Orken"),
    ("Самұрық", "Samuryq"),
    ("Серпін", "Serpin"),
    ("Арлан", "Arlan"),
    ("Дала", "Dala"),
    ("Қанат", "Qanat"),
    ("Шыңдау", "Shyndau"),
    ("Жеңіс", "Zhenis"),
    ("Көкжиек", "Kokzhiek"),
    ("Қадам", "Qadam"),
    ("Тарлан", "Tarlan"),
    ("Сайыс", "Saiys"),
    ("Алау", "Alau"),
    ("Өрлеу", "Orleu"),
];

/// A private operator: in Russian with the form before the name, in Kazakh or English with it after.
pub(crate) fn private(pack: &CountryPack, form: &str, stream: &mut Stream) -> String {
    let (first, second) = (FIRST[stream.below(FIRST.len())], SECOND[stream.below(SECOND.len())]);
    let number = stream.whole(101, 999);
    let cyrillic = format!("«{} {}-{number}»", first.0, second.0);
    let words = |language: Language| {
        let form = pack.legal_forms().get(form);
        form.and_then(|f| f.short(language).or_else(|| f.long(language))).map_or("", |(word, _)| word)
    };
    match stream.below(20) {
        0..=9 => format!("{} {cyrillic}", words(Language::RU)),
        10..=16 => format!("{cyrillic} {}", words(Language::KK)),
        _ => format!("\"{} {}-{number}\" {}", first.1, second.1, words(Language::EN)),
    }
}

/// A school, by a number that no school has.
pub(crate) fn school(place: &str, stream: &mut Stream) -> String {
    let number = stream.whole(701, 999);
    if stream.chance(0.5) {
        format!("КГУ «Школа №{number}, {place}»")
    } else {
        format!("«{place}, №{number} мектеп» КММ")
    }
}

/// An operator of the local executive.
pub(crate) fn local(place: &str, number: usize, form: &str, stream: &mut Stream) -> String {
    match (form, stream.chance(0.5)) {
        ("treasury", true) => format!("ГККП «Спортивная база №{number}, {place}»"),
        ("treasury", false) => format!("«{place}, №{number} спорт базасы» МКҚК"),
        (_, true) => format!("КГУ «Отдел спортивных сооружений №{number}, {place}»"),
        (_, false) => format!("«{place}, №{number} спорт ғимараттары бөлімі» КММ"),
    }
}

/// A facility: its kind, its number in the district, the settlement.
pub(crate) fn facility(
    kind_kk: &str,
    kind_ru: &str,
    number: u64,
    place_kk: &str,
    place_ru: &str,
    kazakh: bool,
) -> String {
    if kazakh {
        format!("{kind_kk} №{number}, {place_kk}")
    } else {
        format!("{kind_ru} №{number}, {place_ru}")
    }
}
