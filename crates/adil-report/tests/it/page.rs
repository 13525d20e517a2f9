//! The page: whole, well formed, self-contained, and harmless.

use adil_domain::Language;
use adil_report::html;

use crate::DECISION;
use crate::markup::text_of;

#[test]
fn everything_is_in_the_text_without_a_script() {
    for language in Language::PRODUCT {
        let page = html::page(&DECISION, language).unwrap();
        let text = text_of(&page);
        assert!(page.contains(&format!("<html lang=\"{language}\">")));
        for application in &DECISION.applications {
            assert!(text.contains(&application.id), "{}", application.id);
            assert!(text.contains(&application.name), "{}", application.name);
            let amount = language.number(&application.amount.to_rational(), 0);
            assert!(text.contains(&amount), "{language} {}: {amount}", application.id);
            assert!(page.contains(&format!("id=\"a-{}\"", application.id)));
        }
        for digest in DECISION.inputs.values() {
            assert!(text.contains(digest));
        }
    }
}

#[test]
fn nothing_is_loaded_from_anywhere() {
    let page = html::page(&DECISION, Language::EN).unwrap();
    for outside in ["src=", "http://", "https://", "@import", "<link", "<img", "<iframe"] {
        assert!(!page.contains(outside), "{outside}");
    }
    // Patterns of the page itself.
    for part in page.split("url(").skip(1) {
        assert!(part.starts_with('#'), "{}", &part[..40.min(part.len())]);
    }
    for part in page.split("href=\"").skip(1) {
        assert!(part.starts_with('#'), "{}", &part[..40.min(part.len())]);
    }
}

#[test]
fn what_clubs_write_stays_text() {
    for language in Language::PRODUCT {
        let page = html::page(&DECISION, language).unwrap();
        assert!(!page.contains("<script>alert"));
        assert!(!page.contains("<b>windows"));
        assert_eq!(page.matches("<script>").count(), 1, "only our own");
    }
}

#[test]
fn every_link_leads_somewhere() {
    let page = html::page(&DECISION, Language::EN).unwrap();
    for part in page.split("href=\"#").skip(1) {
        let id = part.split('"').next().unwrap_or_default();
        assert!(page.contains(&format!("id=\"{id}\"")), "#{id}");
    }
}

#[test]
fn made_up_data_says_so_on_the_page_and_in_every_picture() {
    let page = html::page(&DECISION, Language::KK).unwrap();
    let pictures = page.matches("<svg").count();
    assert!(pictures > 0);
    assert_eq!(page.matches("class=\"z\"").count(), pictures);
    assert!(page.contains("class=\"ribbon\""));
    let mut real = DECISION.clone();
    real.simulated = false;
    let page = html::page(&real, Language::KK).unwrap();
    assert!(!page.contains("class=\"z\"") && !page.contains("class=\"ribbon\""));
}

#[test]
fn the_same_decision_is_the_same_page() {
    let page = || html::page(&DECISION, Language::RU).unwrap();
    assert_eq!(page(), page());
}
