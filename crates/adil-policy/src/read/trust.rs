//! `[checks]`, `[independence]` and `[privacy]`: what counts where sources disagree, how much may rest on one of them alone, and
//! what of people may be published.

use adil_domain::WhileDisputed;

use super::reader::{Reader, Section};
use crate::policy::{Disagreement, IndependenceRule, PrivacyRule};

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

/// With two, a hidden count would be one.
const SMALLEST: std::ops::RangeInclusive<u32> = 3..=1000;

/// Reads the rule; `None` when the policy has none, or its number can't be used.
pub(super) fn privacy(reader: &mut Reader, root: &Section<'_>) -> Option<PrivacyRule> {
    let keys = ["smallest", "title", "reference", "from", "until"];
    let section = root.section(reader, "privacy", "[privacy]", &keys)?;
    let meta = section.meta(reader);
    let smallest =
        section.whole(reader, "smallest", (PrivacyRule::DEFAULT_SMALLEST, SMALLEST), "bad-number")?;
    Some(PrivacyRule { smallest, meta })
}
