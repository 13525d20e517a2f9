//! Words of the field that translation, inflection and shortening change beyond recognition.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::fold::{fold, sound};

/// All of a line are one word.
const CONCEPTS: [&[&str]; 20] = [
    &["centre", "center", "ctr", "центр", "орталығы", "орталық"],
    &["club", "клуб", "клубы"],
    &["community", "comm"],
    &["complex", "комплекс", "кешені", "кешен"],
    &["hall", "зал", "залы"],
    &["pool", "pools", "baths", "бассейн", "бассейні"],
    &["school", "sch", "школа", "мектеп", "мектебі"],
    &["primary", "prim", "ps"],
    &["sport", "sports", "спорт", "спортивный", "спортивная", "спортивно"],
    &["stadium", "стадион", "стадионы"],
    &["ice", "ледовый", "ледовая", "мұз"],
    &["palace", "дворец", "сарайы"],
    &["arena", "арена", "аренасы"],
    &["children", "детская", "балалар"],
    &["youth", "юношеская", "жасөспірімдер"],
    &["central", "центральный", "орталық"],
    &["pitch", "field", "fields", "поле", "алаңы", "алаң"],
    &["recreation", "rec"],
    &["academy", "acad", "академия", "академиясы"],
    &["park", "парк", "саябағы", "паркі"],
];

/// What stands in names of operators and seldom in names of facilities. The numbers go on where those above end; a line
/// that begins with a word of the lines above adds to that line.
const OF_OPERATORS: [&[&str]; 52] = [
    &["centre", "центра", "центры", "орталығының"],
    &["club", "клуба", "клубов", "клубының", "клубтар", "клубтары", "clubs"],
    &["complex", "комплекса", "комплексі", "кешенінің"],
    &["hall", "зала", "gym"],
    &["school", "школы", "мектебінің", "schools"],
    &["sport", "спорта", "спорттық", "спортивное", "спортивной", "спорты", "sporting", "sporty"],
    &["stadium", "стадиона"],
    &["palace", "дворца", "сарай"],
    &[
        "children",
        "детский",
        "детское",
        "детско",
        "детей",
        "дети",
        "балаларға",
        "балалардың",
        "kids",
        "kid",
        "childrens",
    ],
    &["youth", "юношеский", "юношеского", "юношества", "жасөспірім", "junior", "juniors", "жастар"],
    &["academy", "академии", "академиясының"],
    &["ice", "ледовое"],
    &["football", "soccer", "футбол", "футбольный", "футбольная", "футбола", "футболдан"],
    &["hockey", "хоккей", "хоккейный", "хоккейная", "хоккея"],
    &["basketball", "баскетбол", "баскетбольный", "баскетбола"],
    &["volleyball", "волейбол", "волейбольный", "волейбола"],
    &["boxing", "бокс", "бокса", "боксерский", "бокстан"],
    &["wrestling", "борьба", "борьбы", "күрес", "күресі", "күрестен"],
    &["judo", "дзюдо", "дзюдодан"],
    &["karate", "каратэ", "каратедан"],
    &["taekwondo", "таэквондо", "тхэквондо", "таеквондо"],
    &["gymnastics", "гимнастика", "гимнастики", "гимнастикасы"],
    &["swimming", "плавание", "плавания", "жүзу", "swim"],
    &["chess", "шахматы", "шахмат", "шахматный", "шахматная", "шахматтан"],
    &["tennis", "теннис", "теннисный", "тенниса", "теннистен"],
    &["athletics", "athletic", "атлетик", "атлетика", "атлетики", "атлетикасы"],
    &["martial", "arts", "единоборств", "единоборства", "жекпе", "жек"],
    &["dance", "танцы", "танца", "танцев", "биі"],
    &["federation", "федерация", "федерации", "федерациясы"],
    &["association", "ассоциация", "ассоциациясы", "қауымдастығы", "қауымдастық"],
    &["fitness", "фитнес"],
    &["health", "оздоровительный", "оздоровительная", "сауықтыру"],
    &[
        "physical",
        "физкультурный",
        "физкультурно",
        "физкультуры",
        "шынықтыру",
        "дене",
        "физической",
        "культуры",
    ],
    &["development", "развития", "развитие", "дамыту", "дамуы"],
    &["regional", "областной", "областная", "областное", "облыстық"],
    &["republican", "республиканский", "республиканская", "республикалық"],
    &["city", "городской", "городская", "городское", "қалалық"],
    &["district", "районный", "районная", "районное", "аудандық"],
    &["specialised", "specialized", "специализированная", "мамандандырылған"],
    &["olympic", "олимпийского", "олимпийский", "олимпийская", "олимпиадалық", "олимпиада"],
    &["reserve", "резерва", "резерв", "резерві", "резервтің"],
    &["group", "группа", "тобы", "топ"],
    &["company", "компания", "компаниясы"],
    &["studio", "студия", "студиясы"],
    &["city of", "города", "город", "қаласы", "қаласының", "gorod"],
    &["district of", "района", "район", "ауданы", "ауданының"],
    &["region of", "области", "область", "облысы", "облысының"],
    &["department", "отдел", "бөлімі"],
    &["skiing", "горнолыжный", "лыжный", "лыж", "шаңғы", "шаңғысы"],
    &["running", "бега", "бег", "жүгіру"],
    &["hippodrome", "ипподром", "ипподромы"],
    &["training", "тренировочный", "тренировочная", "жаттығу"],
];

/// Kinds of sport: a club for one is no club for another.
const SPORTS: [&str; 18] = [
    "football",
    "hockey",
    "basketball",
    "volleyball",
    "boxing",
    "wrestling",
    "judo",
    "karate",
    "taekwondo",
    "gymnastics",
    "swimming",
    "chess",
    "tennis",
    "athletics",
    "martial",
    "dance",
    "skiing",
    "running",
];

/// Words of rank: the school of a region is not that of its town.
const RANKS: [&str; 7] = ["republican", "specialised", "olympic", "reserve", "regional", "city", "district"];

/// Abbreviations that stand for several of these words. They say what kind of organisation it is, never its legal form.
const ABBREVIATIONS: [(&[&str], &[&str]); 14] = [
    (&["ДЮСШ", "DYSSH", "DUSSH"], &["children", "youth", "sport", "school"]),
    (&["БЖСМ", "BJSM"], &["children", "youth", "sport", "school"]),
    (&["СДЮСШОР", "СДЮШОР"], &["specialised", "children", "youth", "sport", "school", "olympic", "reserve"]),
    (&["ДСШ"], &["children", "sport", "school"]),
    (&["СШ", "СМ"], &["sport", "school"]),
    (&["ОР"], &["olympic", "reserve"]),
    (&["СК", "SK", "SC"], &["sport", "club"]),
    (&["ФК", "FC", "FK"], &["football", "club"]),
    (&["ХК", "HC"], &["hockey", "club"]),
    (&["БК", "BC"], &["basketball", "club"]),
    (&["ФОК"], &["physical", "health", "complex"]),
    (&["ДСК", "БСК"], &["children", "sport", "club"]),
    (&["спортклуб", "sportclub", "спортклубы"], &["sport", "club"]),
    (&["спорткомплекс", "спорткешені", "спорткомплексі"], &["sport", "complex"]),
];

/// Words that name nothing.
const EMPTY: [&str; 17] = [
    "the", "and", "of", "im", "imeni", "atindagi", "no", "n", "i", "jane", "dlia", "po", "nomer", "for", "g",
    "num", "nr",
];

static FACILITIES: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let lines = CONCEPTS.iter().enumerate();
    lines.flat_map(|(n, words)| words.iter().map(move |w| (fold(w), format!("={n}")))).collect()
});

static OPERATORS: LazyLock<BTreeMap<String, Vec<&'static str>>> = LazyLock::new(|| {
    let mut by_word: BTreeMap<String, Vec<&'static str>> = BTreeMap::new();
    for words in CONCEPTS.iter().chain(&OF_OPERATORS) {
        let Some(first) = words.first() else { continue };
        // The first of two lines that share a word has it.
        for word in *words {
            by_word.entry(sound(&fold(word))).or_insert_with(|| vec![first]);
        }
    }
    for (written, meant) in ABBREVIATIONS {
        for word in written {
            by_word.insert(sound(&fold(word)), meant.to_vec());
        }
    }
    by_word
});

/// What a folded word means among words of facilities: the number of its line; nothing when it is no word of the field.
pub(super) fn of_facilities(folded: &str) -> Option<&'static str> {
    FACILITIES.get(folded).map(String::as_str)
}

/// What a folded word means among words of operators, in English: several words for an abbreviation.
pub(super) fn of_operators(folded: &str) -> Option<&'static [&'static str]> {
    OPERATORS.get(folded).map(Vec::as_slice)
}

/// Whether a word of the field is a kind of sport.
pub(super) fn is_sport(kind: &str) -> bool {
    SPORTS.contains(&kind)
}

/// Whether a word of the field is a rank.
pub(super) fn is_rank(kind: &str) -> bool {
    RANKS.contains(&kind)
}

/// Whether a folded word names nothing.
pub(super) fn is_empty(folded: &str) -> bool {
    EMPTY.contains(&folded)
}
