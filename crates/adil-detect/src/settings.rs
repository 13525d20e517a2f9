//! What the policy says of detectors, over their defaults.

use std::collections::BTreeMap;

use adil_domain::problem::did_you_mean;
use adil_domain::{Place, Problem, Problems};

use crate::detector::{Detector, Setting, SettingValue};

/// `[[detector]]` of a policy.
#[derive(Debug, Clone, PartialEq)]
pub struct DetectorRules {
    /// Which detector.
    pub id: String,
    /// Where the section stands.
    pub place: Place,
    /// Values by name.
    pub settings: BTreeMap<String, SettingValue>,
}

/// The values of a detector's settings: those of the policy, else the defaults. What can't be meant is a problem.
pub fn settings(
    detector: &Detector,
    policy: Option<&[DetectorRules]>,
    problems: &mut Problems,
) -> BTreeMap<String, SettingValue> {
    let mut values: BTreeMap<String, SettingValue> =
        detector.settings.iter().map(|(name, setting)| (name.clone(), setting.default.clone())).collect();
    for rules in policy.unwrap_or_default().iter().filter(|r| r.id == detector.id) {
        for (name, value) in &rules.settings {
            let Some(setting) = detector.settings.get(name) else {
                let known = detector.settings.keys().map(String::as_str);
                let message =
                    format!("{} has no setting “{name}”.{}", detector.id, did_you_mean(name, known));
                problems.push(
                    Problem::error("unknown-setting", rules.place.clone(), message)
                        .hint("Leave it out, or see the detector's README for its settings."),
                );
                continue;
            };
            match fitting(setting, value) {
                Ok(value) => {
                    values.insert(name.clone(), value);
                }
                Err(expected) => problems.push(
                    Problem::error(
                        "setting-range",
                        rules.place.clone(),
                        format!("The setting “{name}” of {} is out of range.", detector.id),
                    )
                    .hint(format!("It must be {expected}.")),
                ),
            }
        }
    }
    values
}

/// The value in the setting's own type, or what is expected instead.
fn fitting(setting: &Setting, value: &SettingValue) -> Result<SettingValue, String> {
    let bound = |b: &Option<SettingValue>| b.as_ref().and_then(SettingValue::number);
    let (min, max) = (bound(&setting.min), bound(&setting.max));
    let within = |n: f64| min.is_none_or(|min| n >= min) && max.is_none_or(|max| n <= max);
    let between = |what: &str| match (min, max) {
        (Some(min), Some(max)) => format!("{what} from {min} to {max}"),
        _ => what.to_owned(),
    };
    match (&setting.default, value) {
        (SettingValue::Text(_), SettingValue::Text(_)) => Ok(value.clone()),
        (SettingValue::Text(_), _) => Err("text".to_owned()),
        (SettingValue::Integer(_), SettingValue::Integer(_)) if value.number().is_some_and(within) => {
            Ok(value.clone())
        }
        (SettingValue::Integer(_), _) => Err(between("a whole number")),
        (SettingValue::Number(_), other) => {
            other.number().filter(|n| within(*n)).map(SettingValue::Number).ok_or_else(|| between("a number"))
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where something is wrong")]
mod tests {
    use super::*;
    use crate::detectors;

    fn asked(id: &str, name: &str, value: SettingValue) -> (BTreeMap<String, SettingValue>, Problems) {
        let detectors = detectors().unwrap();
        let detector = detectors.iter().find(|d| d.id == id).unwrap();
        let settings_of = |name: &str| BTreeMap::from([(name.to_owned(), value.clone())]);
        let rules = [
            DetectorRules {
                id: id.to_owned(),
                place: Place::line("policy.toml", 7),
                settings: settings_of(name),
            },
            DetectorRules {
                id: "another".to_owned(),
                place: Place::line("policy.toml", 9),
                settings: settings_of("anything"),
            },
        ];
        let mut problems = Problems::new();
        let values = settings(detector, Some(&rules), &mut problems);
        (values, problems)
    }

    #[test]
    fn a_policy_sets_what_is_within_bounds() {
        let (values, problems) = asked("too-regular", "deviations", SettingValue::Integer(5));
        assert!(problems.is_empty());
        // A whole number where decimals are meant is a number with decimals.
        assert_eq!(values["deviations"], SettingValue::Number(5.0));
        assert_eq!(values["least_children"], SettingValue::Integer(5));
    }

    #[test]
    fn what_cannot_be_meant_is_told_and_the_default_stays() {
        let cases = [
            ("deviations", SettingValue::Number(99.0), "setting-range", "from 2 to 12"),
            ("least_children", SettingValue::Number(5.5), "setting-range", "a whole number"),
            ("deviation", SettingValue::Integer(5), "unknown-setting", "deviations"),
        ];
        for (name, value, code, words) in cases {
            let (values, problems) = asked("too-regular", name, value);
            assert_eq!(values["deviations"], SettingValue::Number(3.2));
            let problem = &problems.as_slice()[0];
            assert_eq!((problem.code, problem.place.line), (code, Some(7)));
            assert!(problem.full_message().contains(words), "{}", problem.full_message());
        }
    }
}
