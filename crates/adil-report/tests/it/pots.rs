//! A round of two pots, of scales that no cell can compute, and of places without bounds.

use adil_domain::Language;
use adil_report::text::{self, RunSummary};
use adil_report::{html, xlsx};

use crate::markup::text_of;
use crate::{decided, files};

#[test]
fn every_report_can_be_made_of_it() {
    let mut files = files();
    let mut policy = include_str!("round/policy.toml")
        .replace("{ kind = \"goalposts\", low = 0, high = 400 }", "{ kind = \"percentile\" }")
        .replace("share   = \"100%\"", "share   = \"60%\"")
        .replace("[round]", "[score]\naggregation = \"geometric\"\n\n[round]");
    let bound = policy.find("  [[pot.bound]]").unwrap();
    policy.truncate(bound);
    policy.push_str(
        "[[pot]]\nid = \"equal\"\ntitle = { en = \"For everyone\" }\nshare = \"40%\"\nrule = \"fair-share\"\nweight = \"1\"\n",
    );
    files.insert("policy.toml".into(), policy.into_bytes());
    let decision = decided(&files);
    assert_eq!(decision.pots.len(), 2);
    for language in Language::PRODUCT {
        let page = html::page(&decision, language).unwrap();
        let text = text_of(&page);
        for part in page.split("href=\"#").skip(1) {
            let id = part.split('"').next().unwrap_or_default();
            assert!(page.contains(&format!("id=\"{id}\"")), "#{id}");
        }
        for application in &decision.applications {
            let said = text::explanation(&decision, application, language);
            assert!(said.contains(&application.id));
            assert!(text.contains(&application.name));
        }
        assert!(!xlsx::workbook(&decision, language).unwrap().is_empty());
        let run = RunSummary { round: "two", out: "two/decision", holds: Some(false) };
        assert!(text::summary(&decision, run, language).contains("two/decision"));
    }
}
