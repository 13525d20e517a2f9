//! The rules as plain text.

use std::fmt::Write as _;

use adil_policy::Section;

use super::harmless;

/// Sections with their sentences, legal references and notes, as `adil policy explain` prints them.
pub fn policy(sections: &[Section]) -> String {
    let mut out = String::new();
    for section in sections {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&harmless(&section.heading));
        out.push('\n');
        for sentence in &section.sentences {
            let _ = write!(out, "  {}", harmless(&sentence.text));
            if let Some(reference) = &sentence.reference {
                let _ = write!(out, " [{}]", harmless(reference));
            }
            out.push('\n');
            if let Some(note) = &sentence.note {
                let _ = writeln!(out, "    {}", harmless(note));
            }
        }
    }
    out
}
