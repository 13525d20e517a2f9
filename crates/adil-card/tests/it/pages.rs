//! The page: whole, in three languages, loud about made-up rows, and safe from what people write.

use adil_card::{Card, Other, Statement, card, page};
use adil_domain::{Language, Problems};
use adil_model::{Loss, Model};

use super::{model, raw, table};

fn with<T>(model: &Model, statement: &Statement, look: impl Fn(&Card<'_>) -> T) -> T {
    let rows = raw();
    let other = Other { model, digest: "m1" };
    look(&card(
        model,
        "m0",
        statement,
        Some(&table(&rows, "d0")),
        Some(&table(&rows[..30], "n0")),
        Some(other),
    ))
}

fn text(card: &Card<'_>, language: Language) -> String {
    page(card, language).unwrap().text
}

#[test]
fn a_page_stands_alone_in_every_language() {
    let mut problems = Problems::new();
    let stated =
        "name = \"A <name>\"\nscope = { en = \"For <us>\", kk = \"Бізге\" }\nnot_for = [\"<script>\"]\n";
    let statement = Statement::read("ABOUT.toml", stated, &mut problems).unwrap();
    for language in Language::PRODUCT {
        let page = with(&model(), &statement, |card| text(card, language));
        assert!(page.starts_with("<!DOCTYPE html>\n<html lang="), "{language}");
        for part in ["<script", "http://", "https://", "src=", "{ $", ">column-", "NaN", "<b>pool", "<i>"] {
            assert!(!page.contains(part), "{language}: {part}");
        }
        let ids = ["what", "hand", "wrong", "calibration", "shape", "drift", "limits", "record"];
        let places: Vec<usize> =
            ids.iter().map(|id| page.find(&format!("<section id=\"{id}\">")).unwrap()).collect();
        assert!(places.is_sorted(), "{language}: sections in their order");
        assert!(ids.iter().all(|id| page.contains(&format!("href=\"#{id}\""))), "{language}");
        for element in ["section", "figure", "table", "details", "svg", "tr", "p", "h2", "div", "ul", "title"]
        {
            let opened =
                page.matches(&format!("<{element}>")).count() + page.matches(&format!("<{element} ")).count();
            assert_eq!(opened, page.matches(&format!("</{element}>")).count(), "{language}: {element}");
        }
        for written in
            ["A &#60;name&#62;", "&lt;b&gt;", "pool&lt;i&gt;", "A &#60;unit&#62;", "&lt;script&gt;"]
        {
            assert!(page.contains(written), "{language}: {written}");
        }
    }
}

#[test]
fn made_up_rows_are_called_so_on_the_page_and_at_every_picture() {
    let statement = Statement::default();
    let mut made_up = model();
    made_up.training.simulated = true;
    let loud = with(&made_up, &statement, |card| text(card, Language::EN));
    assert!(loud.contains("class=\"ribbon\"") && loud.contains("were made up; no decision"));
    let pictures = loud.matches("role=\"img\"").count() + loud.matches("class=\"heat\"").count();
    assert!(pictures >= 7, "{pictures}");
    // The receipt says so too.
    assert_eq!(loud.matches("<p class=\"z\">").count(), pictures + 1);
    let said = with(&made_up, &statement, |card| page(card, Language::RU).unwrap().summary);
    assert_eq!(said.len(), 11, "a title, the warning, nine sections: {said:?}");
    let quiet = with(&model(), &statement, |card| text(card, Language::EN));
    assert!(!quiet.contains("Simulated data.") && !quiet.contains("made up;"));
}

#[test]
fn what_is_promised_changed_or_not_stated_is_said() {
    let page = with(&model(), &Statement::default(), |card| text(card, Language::EN));
    assert!(page.contains("Promised, and kept in every line: more of “Area, m²” never lowers the forecast."));
    assert!(page.contains("It was &#60;shut&#62;.") && page.contains("pool&#60;i&#62; (changed by hand)"));
    assert!(page.contains("class=\"hand\""), "the bar has its mark");
    assert!(page.matches(">not stated<").count() > 25, "what nobody stated is not made up");
    let bare = card(&model(), "m0", &Statement::default(), None, None, None).trial.is_err();
    assert!(bare);
    let (model, statement) = (model(), Statement::default());
    let without = text(&card(&model, "m0", &statement, None, None, None), Language::EN);
    assert!(without.contains("Give them with --data.") && without.contains("with --new."));
    assert!(without.contains("This is no real row"));
    let other = text(&card(&model, "m0", &statement, Some(&table(&raw(), "x1")), None, None), Language::EN);
    assert!(other.contains("The errors on this page are those on another table"));
}

#[test]
fn every_kind_of_answer_is_explained_in_its_own_way() {
    let statement = Statement::default();
    for (loss, said, receipt) in [
        (Loss::Squared, "five more than on average", "The forecast is the sum"),
        (Loss::Poisson, "a tenth more than on average", "The forecast: e to the power of"),
        (Loss::Gamma, "a tenth more than on average", "The forecast: e to the power of"),
        (Loss::Logistic, "make a yes likelier", "The forecast: 1 ÷ (1 + e to the power of minus"),
    ] {
        let mut model = model();
        model.loss = loss;
        model.decimals = 4;
        let page = with(&model, &statement, |card| text(card, Language::EN));
        assert!(page.contains(said) && page.contains(receipt), "{loss:?}");
        assert!(!page.contains("NaN") && !page.contains(">inf"), "{loss:?}");
    }
}
