//! What of an answer may be published. A source decides, in the policy; the authority's own files keep everything.

use adil_domain::identifier::HashKey;
use adil_domain::{Date, Outcome, Publish};
use sha2::{Digest as _, Sha256};

/// One row of a table of checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row<'r> {
    /// Whose.
    pub operator_id: &'r str,
    /// Which check.
    pub check: &'r str,
    /// What was said.
    pub outcome: Outcome,
    /// As of when.
    pub as_of: Date,
    /// By whom.
    pub source: &'r str,
    /// What it rests on; empty when nothing was said.
    pub evidence: &'r str,
}

/// What public files show of a row beside operator, check, day and source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// The outcome, where it may be shown.
    pub outcome: Option<Outcome>,
    /// The evidence, where it may be shown and there is any.
    pub evidence: Option<String>,
    /// 64 hexadecimal digits in place of both.
    pub digest: Option<String>,
}

/// What of a row may be shown.
///
/// Without a key the digest is plain SHA-256: it proves that a row was not changed, but hides only what can't be
/// guessed, and outcomes are three words. With a key that stays with the authority it hides everything.
pub fn reduce(publish: Publish, row: &Row<'_>, key: Option<&HashKey>) -> Published {
    let nothing = Published { outcome: None, evidence: None, digest: None };
    match publish {
        Publish::Answer => Published {
            outcome: Some(row.outcome),
            evidence: Some(row.evidence).filter(|e| !e.is_empty()).map(str::to_owned),
            ..nothing
        },
        Publish::Outcome => Published { outcome: Some(row.outcome), ..nothing },
        Publish::Digest => {
            let bytes = row.bytes();
            let digest =
                key.map_or_else(|| hex::encode(Sha256::digest(&bytes)), |k| k.keyed(&bytes).to_string());
            Published { digest: Some(digest), ..nothing }
        }
    }
}

impl Row<'_> {
    /// Each field with its length before it, so that no two rows have the same bytes.
    fn bytes(&self) -> Vec<u8> {
        let as_of = self.as_of.to_string();
        let fields =
            [self.operator_id, self.check, self.outcome.as_str(), &as_of, self.source, self.evidence];
        let mut bytes = Vec::new();
        for field in fields {
            bytes.extend(format!("{}:", field.len()).into_bytes());
            bytes.extend(field.as_bytes());
        }
        bytes
    }
}
