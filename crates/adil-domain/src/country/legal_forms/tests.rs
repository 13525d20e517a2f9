use proptest::prelude::*;

use crate::country::pack;

fn check(country: &str, cases: &[(&str, Option<&str>, &str)]) {
    let forms = pack(country).unwrap().legal_forms();
    for (name, form, rest) in cases {
        assert_eq!(forms.split(name), (*form, (*rest).to_owned()), "{name}");
    }
}

#[test]
fn one_form_in_three_languages() {
    check(
        "kz",
        &[
            ("ТОО «Спорт Плюс»", Some("llp"), "Спорт Плюс"),
            ("«Спорт Плюс» ЖШС", Some("llp"), "Спорт Плюс"),
            ("Sport Plus LLP", Some("llp"), "Sport Plus"),
            ("тоо \"спорт плюс\"", Some("llp"), "спорт плюс"),
            ("Товарищество с ограниченной ответственностью \"Спорт\"", Some("llp"), "Спорт"),
            ("\"Спорт\" жауапкершілігі шектеулі серіктестігі", Some("llp"), "Спорт"),
            ("Спорт жауапкершілігі шектеулі серіктестік", Some("llp"), "Спорт"),
            ("Акционерное общество «Олимп»", Some("jsc"), "Олимп"),
        ],
    );
}

#[test]
fn the_longest_form_wins() {
    check(
        "kz",
        &[
            ("НАО \"Арена\"", Some("npjsc"), "Арена"),
            ("ГУ \"Отдел спорта\"", Some("state_inst"), "Отдел спорта"),
            ("Коммунальное государственное учреждение \"ДЮСШ № 1\"", Some("comm_inst"), "ДЮСШ № 1"),
            ("«№ 1 БЖСМ» коммуналдық мемлекеттік мекемесі", Some("comm_inst"), "№ 1 БЖСМ"),
            ("РГП на ПХВ «Арена»", Some("rep_econ"), "Арена"),
        ],
    );
}

#[test]
fn words_of_one_form_change_places_and_stand_around_the_name() {
    check(
        "kz",
        &[
            ("ГКП на ПХВ «Бассейн»", Some("econ"), "Бассейн"),
            ("КГП на ПХВ «Бассейн»", Some("econ"), "Бассейн"),
            ("КГП «Бассейн» на ПХВ", Some("econ"), "Бассейн"),
            ("ГКП на праве хозяйственного ведения «Бассейн»", Some("econ"), "Бассейн"),
            ("КГП «Бассейн» на праве хозяйственного ведения", Some("econ"), "Бассейн"),
            ("РГП «Бассейн» на праве хозяйственного ведения", Some("rep_econ"), "Бассейн"),
            ("«Бассейн» ШЖҚ МКК", Some("econ"), "Бассейн"),
            ("«Бассейн» ШЖҚ КМК", Some("econ"), "Бассейн"),
            ("ГККП \"Дворец спорта\"", Some("treasury"), "Дворец спорта"),
            ("КГКП \"Дворец спорта\"", Some("treasury"), "Дворец спорта"),
        ],
    );
}

/// Traps of domain.md, section 9.
#[test]
fn traps_of_real_data() {
    check(
        "kz",
        &[
            // ООО written for ТОО.
            ("ООО «Спорт»", Some("llp"), "Спорт"),
            // A translated form plus the form again.
            ("Партнерство с ограниченной ответственностью \"Sport\" LLP", Some("llp"), "Sport"),
            ("ТОО Товарищество с ограниченной ответственностью Спорт", Some("llp"), "Спорт"),
            // Nobody's list may send АО to ЖШС.
            ("АО «Спорт»", Some("jsc"), "Спорт"),
            ("«Спорт» АҚ", Some("jsc"), "Спорт"),
            // ҚҚ and ҚБ are initials as well: they count only beside a name in quotes.
            ("«Болашақ» ҚҚ", Some("public_fund"), "Болашақ"),
            ("Ахметов ҚҚ", None, "Ахметов ҚҚ"),
            ("ҚБ Спорт", None, "ҚБ Спорт"),
            // A part of the name in quotes is enough: initials don't follow quotes.
            ("«Үшқыр» бокс клубы ҚБ", Some("public_assoc"), "Үшқыр бокс клубы"),
            ("ҚҚ «Үшқыр» клубы", None, "ҚҚ Үшқыр клубы"),
            ("«Болашақ» ҚБ", Some("public_assoc"), "Болашақ"),
            ("Болашақ қоғамдық бірлестігі", Some("public_assoc"), "Болашақ"),
            // ДЮСШ is a kind of organisation, no form.
            ("ДЮСШ № 1", None, "ДЮСШ № 1"),
        ],
    );
}

#[test]
fn the_wrong_side_counts_beside_quotes_or_where_the_pack_says_so() {
    check(
        "kz",
        &[
            ("ЖШС «Спорт»", Some("llp"), "Спорт"),
            ("«Спорт» ТОО", Some("llp"), "Спорт"),
            ("IE Sport Club", None, "IE Sport Club"),
            ("Клуб LLP", Some("llp"), "Клуб"),
            // Real lists hold Russian and Kazakh forms on both sides; the pack says so.
            ("Клуб АО", Some("jsc"), "Клуб"),
            ("ЖШС Арман", Some("llp"), "Арман"),
            ("Арман, ТОО", Some("llp"), "Арман"),
            ("АО «Арман» ЖШС", Some("jsc"), "Арман ЖШС"),
        ],
    );
}

#[test]
fn what_is_no_form_stays_in_the_name() {
    check(
        "kz",
        &[
            ("ТОО", None, "ТОО"),
            ("\"\"", None, ""),
            ("", None, ""),
            ("  ИП   Иванов И.И. ", Some("ie"), "Иванов И.И."),
            ("ТООспорт", None, "ТООспорт"),
            ("ТОО «Клуб «Олимп»»", Some("llp"), "Клуб Олимп"),
            ("АО «Спорт» LLP", Some("jsc"), "Спорт LLP"),
        ],
    );
}

/// Names of the applications of 2023.
#[test]
fn irish_companies() {
    check(
        "ie",
        &[
            ("Burren Sub Aqua Club CLG", Some("clg"), "Burren Sub Aqua Club"),
            ("Galway Flying Club, clg", Some("clg"), "Galway Flying Club"),
            ("Beara Sports Company Limited By Guarantee", Some("clg"), "Beara Sports"),
            ("Killaloe Sailing Club Company Ltd by Guarantee", Some("clg"), "Killaloe Sailing Club"),
            (
                "Ballinasloe & District Tennis Club Co Ltd (by guarantee)",
                Some("clg"),
                "Ballinasloe & District Tennis Club",
            ),
            ("Thurles Swimming Pool DAC", Some("dac"), "Thurles Swimming Pool"),
            ("Lakewood Tennis Club Ltd.", Some("ltd"), "Lakewood Tennis Club"),
            ("DRA Community Development Co. Ltd.", Some("ltd"), "DRA Community Development"),
            ("Comharchumann Mhic Dara Teo", Some("ltd"), "Comharchumann Mhic Dara"),
            ("Comhlacht Forbatha An Tearmainn Teoranta", Some("ltd"), "Comhlacht Forbatha An Tearmainn"),
            ("St Ita's AFC LTD", Some("ltd"), "St Ita's AFC"),
            (
                "Swilly Mulroy Development Project Society Limited",
                Some("society"),
                "Swilly Mulroy Development Project",
            ),
            // Before the name CLG is Cumann Lúthchleas Gael: a club of Gaelic games, no company.
            ("CLG Na Fianna", None, "CLG Na Fianna"),
            ("Kilmihil People's Park", None, "Kilmihil People's Park"),
            ("Limited", None, "Limited"),
        ],
    );
}

proptest! {
    #[test]
    fn no_name_makes_it_panic_and_no_letter_is_invented(name in "[ТОШЖСІҚ«»\" .ё']{0,12}|.{0,30}") {
        for code in ["kz", "ie", "gb"] {
            let (_, rest) = pack(code).unwrap().legal_forms().split(&name);
            prop_assert!(rest.chars().filter(|c| !c.is_whitespace()).all(|c| name.contains(c)));
        }
    }
}
