//! `[checks]` and `[independence]`: what counts where sources disagree, and how much may rest on one of them alone.

use adil_domain::WhileDisputed;

use super::reader::{Reader, Section};
use crate::policy::{Disagreement, IndependenceRule};

/// Which answer counts where fresh answers differ, and what a disputed one is worth.
pub(super) fn checks(reader: &mut Reader, root: &Section<'_>) -> (Disagreement, WhileDisputed) {
    let Some(section) = root.section(reader, "checks", "[checks]", &["disagreement", "disputed"]) else {
        return Default::default();
    };
    let choices = Disagreement::ALL.map(|rule| (rule.as_str(), rule));
    let disagreement = section.choice(reader, "disagreement", &choices, &[]).unwrap_or_default();
    let choices = WhileDisputed::ALL.map(|rule| (rule.as_str(), rule));
    (disagreement, section.choice(reader, "disputed", &choices, &[]).unwrap_or_default())
}

/// Reads the rule; `None` when the policy has none.
pub(super) fn independence(reader: &mut Reader, root: &Section<'_>) -> Option<IndependenceRule> {
    let keys = ["tolerance", "title", "reference", "from", "until"];
    let section = root.section(reader, "independence", "[independence]", &keys)?;
    let meta = section.meta(reader);
    let tolerance = if section.has("tolerance") {
        section.required_share(reader, "tolerance")?.0
    } else {
        IndependenceRule::default_tolerance()
    };
    Some(IndependenceRule { tolerance, meta })
}
