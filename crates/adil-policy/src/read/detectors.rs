//! `[[detector]]`: what follows from flags.

use std::collections::BTreeMap;

use toml::de::DeValue;

use super::reader::{Reader, Section};
use crate::policy::{DetectorRule, FlagAction, FlagSeverity};

const KEYS: &[&str] = &["id", "action", "from_severity", "settings", "title", "reference", "from", "until"];

pub(super) fn read(reader: &mut Reader, root: &Section<'_>) -> Vec<DetectorRule> {
    let sections = root.sections(reader, "detector", "[[detector]]", KEYS);
    let ids = reader.ids(&sections, "detector");
    let mut detectors = Vec::new();
    for (section, id) in sections.iter().zip(ids) {
        let meta = section.meta(reader);
        section.required(reader, "action");
        let actions = [FlagAction::Hold, FlagAction::Review].map(|action| (action.as_str(), action));
        let action = section.choice(reader, "action", &actions, &[]);
        let severities = FlagSeverity::ALL.map(|severity| (severity.as_str(), severity));
        let least = section.choice(reader, "from_severity", &severities, &[]);
        let least = if section.has("from_severity") { least } else { Some(FlagSeverity::default()) };
        let settings = settings(reader, section);
        if let (Some(id), Some(action), Some(from), Some(settings)) = (id, action, least, settings) {
            detectors.push(DetectorRule { id, action, from, settings, meta });
        }
    }
    detectors
}

/// Numbers by name; which there are, the detector says.
fn settings(reader: &mut Reader, section: &Section<'_>) -> Option<BTreeMap<String, adil_domain::Rational>> {
    let Some(value) = section.get("settings") else { return Some(BTreeMap::new()) };
    let DeValue::Table(table) = value.get_ref() else {
        section.wrong_type(reader, "settings", value, "a table of numbers such as { most_sections = 2 }");
        return None;
    };
    let mut settings = BTreeMap::new();
    let mut complete = true;
    for (name, value) in table {
        match section.number_of(reader, name.get_ref(), value) {
            Some(number) => {
                settings.insert(name.get_ref().to_string(), number);
            }
            None => complete = false,
        }
    }
    complete.then_some(settings)
}
