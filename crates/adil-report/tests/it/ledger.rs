//! The page of a large round: every application still there, explained in its row, without a script.

use adil_domain::Language;
use adil_report::html;
use adil_round::Decision;

use crate::DECISION;
use crate::markup::text_of;

/// The small round many times over.
fn large() -> Decision {
    let mut decision = DECISION.clone();
    let mut applications = Vec::new();
    for n in 0..700 {
        for application in &DECISION.applications {
            let mut copy = application.clone();
            copy.id = format!("{}-{n}", copy.id);
            applications.push(copy);
        }
    }
    applications.sort_by(|a, b| a.id.cmp(&b.id));
    decision.applications = applications;
    decision
}

/// The row of an application, to the next one or the end of the table.
fn row<'p>(page: &'p str, id: &str) -> &'p str {
    let at = page.find(&format!("<tr id=\"a-{id}\"")).expect("a row of its own");
    let next = page[at + 1..].find("<tr ").unwrap_or(usize::MAX);
    let end = page[at + 1..].find("</tbody>").unwrap();
    &page[at..=at + next.min(end)]
}

#[test]
fn every_row_is_its_own_explanation() {
    let decision = large();
    for language in Language::PRODUCT {
        let page = html::page(&decision, language).unwrap();
        let text = text_of(&page);
        for application in decision.applications.iter().step_by(97) {
            let row = row(&page, &application.id);
            assert!(row.contains(&language.number(&application.points.to_rational(), 2)));
            assert!(row.contains(&language.number(&application.amount.to_rational(), 0)));
        }
        assert!(text.contains("=cmd|' /C calc'!A0"));
        assert!(!page.contains("<script>alert"));
        for part in page.split("href=\"#").skip(1) {
            let id = part.split('"').next().unwrap_or_default();
            assert!(page.contains(&format!("id=\"{id}\"")), "#{id}");
        }
        // Rows of three indicators and one pot in so many bytes; a country's round has a few more of each.
        let rows =
            &page[page.find("<div id=\"groups\">").unwrap()..page.find("<section id=\"rules\">").unwrap()];
        assert!(
            rows.len() < decision.applications.len() * 450,
            "{}",
            rows.len() / decision.applications.len()
        );
    }
}

#[test]
fn the_same_decision_is_the_same_page() {
    let decision = large();
    assert!(html::page(&decision, Language::KK).unwrap() == html::page(&decision, Language::KK).unwrap());
}

#[test]
fn what_is_not_as_usual_is_said_in_words() {
    let page = html::page(&large(), Language::EN).unwrap();
    let refused = row(&page, "A-4-0");
    assert!(refused.contains("✕\u{a0}not admitted\ncondition not met: There is no tax debt"), "{refused}");
    let held = row(&page, "A-6-0");
    assert!(held.contains("?\u{a0}held") && held.contains("the amount asked for is not known"), "{held}");
}
