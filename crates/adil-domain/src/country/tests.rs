use super::*;
use crate::kato::Kato;

/// The lookup cannot fail, so a broken pack is found here.
#[test]
fn every_pack_can_be_read_and_has_the_code_of_its_folder() {
    for (code, text) in TEXTS {
        let pack = CountryPack::parse(text).unwrap_or_else(|e| panic!("{code}: {e}"));
        assert_eq!(pack.code(), *code);
        assert_eq!(pack.languages().first(), Some(&pack.default_language()));
        for language in pack.languages() {
            assert!(pack.name.has(*language), "{code} has no name in {language}");
        }
        for kind in pack.identifiers() {
            assert!(!kind.name().is_empty(), "{code}: {}", kind.id());
        }
    }
    assert_eq!(codes(), ["gb", "ie", "kz"]);
    assert!(pack("xx").is_none());
}

#[test]
fn kazakhstan() {
    let kz = pack("kz").unwrap();
    assert_eq!(kz.languages(), [Language::KK, Language::RU, Language::EN]);
    assert_eq!(kz.currency().code(), "KZT");
    assert_eq!(kz.territories().places().len(), 20);
    assert!(kz.territories().places().iter().all(|p| p.name.iter().count() == 3));
    assert_eq!(kz.territories().place("710000000").unwrap().name.text(Language::RU), "г. Астана");
    assert_eq!(kz.territories().check("103230100"), Ok(()));
    assert!(kz.territories().check("Abai").is_err());
    assert!(
        kz.territories().places().iter().all(|p| p.code.parse::<Kato>().is_ok_and(|k| k.parent().is_none()))
    );
    // The table of domain.md, section 9.
    let forms: Vec<&str> = kz.legal_forms().iter().map(LegalForm::code).collect();
    assert_eq!(
        forms,
        [
            "llp",
            "jsc",
            "npjsc",
            "cjsc",
            "ie",
            "state_inst",
            "comm_inst",
            "rep_inst",
            "treasury",
            "econ",
            "rep_econ",
            "public_assoc",
            "rep_assoc",
            "public_fund",
            "private_fund",
            "private_inst",
            "coop",
            "legal_union",
            "farm"
        ]
    );
    for form in kz.legal_forms() {
        for language in kz.languages() {
            assert!(form.long(*language).is_some(), "{} in {language}", form.code());
        }
    }
}

#[test]
fn the_marks_of_words_are_kept() {
    let forms = pack("kz").unwrap().legal_forms();
    let short = |code: &str, language| forms.get(code).unwrap().short(language).unwrap();
    assert_eq!(short("llp", Language::RU), ("ТОО", Mark::Published));
    assert_eq!(short("comm_inst", Language::KK), ("КММ", Mark::Unconfirmed));
    assert_eq!(short("farm", Language::RU), ("КХ", Mark::Published));
    assert_eq!(short("legal_union", Language::RU), ("ОЮЛ", Mark::Unconfirmed));
    assert!(forms.get("cjsc").unwrap().is_old());
    assert!(forms.get("ltd").is_none());
}

#[test]
fn ireland() {
    let ie = pack("ie").unwrap();
    assert_eq!(ie.default_language(), Language::EN);
    assert_eq!(ie.currency().code(), "EUR");
    let places = ie.territories().places();
    assert_eq!(places.iter().filter(|p| p.level == "county").count(), 26);
    assert_eq!(places.iter().filter(|p| p.level == "province").count(), 4);
    assert_eq!(ie.territories().place("Cork").unwrap().parent.as_deref(), Some("Munster"));
    insta::assert_snapshot!(
        ie.territories().check("Corc").unwrap_err(),
        @"`Corc` is none of the places that the country pack lists. Did you mean `Cork`?"
    );
}

#[test]
fn united_kingdom() {
    let gb = pack("gb").unwrap();
    assert_eq!(gb.currency().code(), "GBP");
    assert_eq!(gb.territories().places().len(), 32);
    assert_eq!(
        gb.territories().place("na-h-eileanan-siar").unwrap().name.text(Language::EN),
        "Na h-Eileanan Siar"
    );
    for (name, form) in [
        ("Islay Swimming CIC", Some("cic")),
        ("Some Trust Community Interest Company", Some("cic")),
        ("A Football Club (SCIO)", Some("scio")),
        ("Sport Ltd", Some("ltd")),
        ("Sport Company Limited by Guarantee", Some("clg")),
        ("Kilmacolm Tennis Club", None),
    ] {
        assert_eq!(gb.split_legal_form(name).0.map(LegalForm::code), form, "{name}");
    }
}

/// A small pack, with one mistake put in.
fn broken(from: &str, to: &str) -> String {
    const SOUND: &str = r#"
code = "xx"
name = { en = "Nowhere" }
languages = ["en"]
currency = "EUR"
legal_form_place = { en = "after" }
[[identifier]]
id = "number"
check = "plain"
name = { en = "Number" }
mark = "published"
[territory]
scheme = "listed"
name = { en = "Shires" }
[[territory.level]]
id = "shire"
name = { en = "shire" }
[[territory.place]]
code = "North"
level = "shire"
name = { en = "North" }
[[legal_form]]
code = "club"
mark = "published"
words.en = { short = ["C"], long = ["club"] }
[[legal_form]]
code = "guild"
mark = "published"
words.en = { long = ["guild"] }
"#;
    CountryPack::parse(SOUND).unwrap();
    assert!(SOUND.contains(from), "{from}");
    CountryPack::parse(&SOUND.replacen(from, to, 1)).unwrap_err().to_string()
}

#[test]
fn a_mistake_in_a_pack_is_named() {
    insta::assert_snapshot!(broken("EUR", "XXX").split(';').next().unwrap(), @"in the country pack: `XXX` is not a currency known here");
    insta::assert_snapshot!(broken(r#"["en"]"#, "[]"), @"`languages` of the country pack is empty, at least one language was expected");
    insta::assert_snapshot!(broken(r#"["en"]"#, r#"["English"]"#), @"in the country pack: `English` is not a language code of two small letters, such as kk, ru or en");
    insta::assert_snapshot!(broken(r#""plain""#, r#""plane""#), @"in the country pack: `plane` is no way of checking identifiers known here. Did you mean `plain`?");
    insta::assert_snapshot!(broken(r#"level = "shire""#, r#"level = "county""#), @"the place `North` has the level `county`, which the country pack does not list");
    insta::assert_snapshot!(broken(r#"code = "North""#, "code = \"North\"\nparent = \"South\""), @"the places of the country pack form no tree: The territory `North` lies in `South`, which has no row of its own in this table.");
    insta::assert_snapshot!(broken(r#""listed""#, r#""kato""#), @"in the country pack: character 1 of `North` is `N`, a KATO code has 9 digits and nothing else");
    insta::assert_snapshot!(broken(r#""guild"]"#, r#""Club"]"#), @"`club` means both `club` and `guild` in the country pack, a word may mean one legal form");
    insta::assert_snapshot!(broken(r#""guild"]"#, r#""…"]"#), @"the legal form `guild` has an empty word, or `…` without words before it");
    insta::assert_snapshot!(broken(r#"code = "guild""#, r#"code = "club""#), @"the legal form `club` stands twice in the country pack, each may stand once");
    insta::assert_snapshot!(broken(r#"["club"]"#, r#"["club"], unconfirmed = ["society"]"#), @"`unconfirmed` of the legal form `club` names `society`, which is none of its words");
    insta::assert_snapshot!(broken("words.en = { long", "words.ga = { long"), @"the legal form `guild` has words in ga, but `legal_form_place` does not say where they stand: before or after the name");
    assert!(broken("languages", "langauges").contains("langauges"));
}
