//! What became of codes that a reform took away.

use std::collections::BTreeMap;
use std::fmt;

use adil_domain::{Date, Kato, Place, Problem, Problems};
use serde::Deserialize;

/// How it is known which place an old code names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// What it rests on.
    pub kind: RuleKind,
    /// The reform, by its name in `successors.toml`.
    pub reform: String,
    /// The first day on which the old code was none any more.
    pub from: Date,
}

/// What a successor rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleKind {
    /// The old code, its name and its new code are listed.
    Listed,
    /// The district moved as a whole, by decree.
    District,
    /// The district moved, and the last five digits of a place stay when its district moves.
    Number,
    /// The name beside the code is that of one place only in the districts that came into question.
    Name,
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let why = match self.kind {
            RuleKind::Listed => "the old code is listed with its name",
            RuleKind::District => "the district moved by decree",
            RuleKind::Number => "its district moved by decree, and places keep their last five digits then",
            RuleKind::Name => "of the districts in question one place has the name beside the code",
        };
        write!(f, "{why}; reform {}, from {}", self.reform, self.from)
    }
}

/// Where a place went.
pub(super) enum Moved {
    To { code: Kato, rule: Rule },
    Into { candidates: Vec<Kato>, rule: Rule },
}

/// All reforms, from the earliest to the latest.
#[derive(Debug, Clone)]
pub(super) struct Successors {
    reforms: Vec<Reform>,
    /// Names by which current places are listed as those of old codes, folded.
    old_names: BTreeMap<Kato, String>,
}

#[derive(Debug, Clone)]
struct Reform {
    id: String,
    from: Date,
    shared: BTreeMap<Kato, Vec<Kato>>,
    districts: BTreeMap<Kato, District>,
    places: BTreeMap<Kato, Kato>,
}

#[derive(Debug, Clone)]
struct District {
    now: Kato,
    divided: Vec<Kato>,
    confirmed: bool,
}

mod file {
    //! The file as it stands.
    use super::Deserialize;

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    pub(super) struct File {
        pub(super) reform: Vec<Reform>,
    }

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    pub(super) struct Reform {
        pub(super) id: String,
        pub(super) from: String,
        #[serde(rename = "title")]
        pub(super) _title: String,
        #[serde(rename = "source")]
        pub(super) _source: Vec<String>,
        pub(super) shared: Vec<Shared>,
        pub(super) district: Vec<District>,
    }

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    pub(super) struct Shared {
        pub(super) old: String,
        pub(super) now: Vec<String>,
    }

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    pub(super) struct District {
        pub(super) old: String,
        pub(super) now: String,
        #[serde(default)]
        pub(super) divided: Vec<String>,
        #[serde(default = "yes")]
        pub(super) confirmed: bool,
        #[serde(default)]
        pub(super) places: Vec<[String; 3]>,
    }

    fn yes() -> bool {
        true
    }
}

const TEXT: &str = include_str!("../../../../countries/kz/geography/successors.toml");

impl Successors {
    /// Those that come with the product. A problem would be a mistake of ours; a test reads the file.
    pub(super) fn of_the_product(problems: &mut Problems) -> Option<Self> {
        match Self::parse(TEXT) {
            Ok(successors) => Some(successors),
            Err(error) => {
                problems.push(Problem::error("successors", Place::file("successors.toml"), error));
                None
            }
        }
    }

    fn parse(text: &str) -> Result<Self, String> {
        let file: file::File = toml::from_str(text).map_err(|e| e.to_string())?;
        let code = |text: &String| text.parse::<Kato>().map_err(|e| e.to_string());
        let mut old_names = BTreeMap::new();
        let mut reforms = Vec::new();
        for reform in file.reform {
            let from = reform.from.parse::<Date>().map_err(|e| e.to_string())?;
            let (mut shared, mut districts, mut places) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
            for region in &reform.shared {
                shared.insert(code(&region.old)?, region.now.iter().map(code).collect::<Result<_, _>>()?);
            }
            for district in &reform.district {
                let divided = district.divided.iter().map(code).collect::<Result<_, _>>()?;
                let now = District { now: code(&district.now)?, divided, confirmed: district.confirmed };
                districts.insert(code(&district.old)?, now);
                for [old, now, name] in &district.places {
                    places.insert(code(old)?, code(now)?);
                    old_names.insert(code(now)?, super::bare_name(name));
                }
            }
            reforms.push(Reform { id: reform.id, from, shared, districts, places });
        }
        reforms.sort_by_key(|r| r.from);
        Ok(Self { reforms, old_names })
    }

    /// Whether the place was listed under that (folded) name with its old code.
    pub(super) fn was_called(&self, code: Kato, name: &str) -> bool {
        self.old_names.get(&code).is_some_and(|n| n == name)
    }

    /// Where a code of that day went; `None` when no reform touched it.
    pub(super) fn of(&self, code: Kato, on: Date, is_current: impl Fn(Kato) -> bool) -> Option<Moved> {
        // A code that is in the classifier was given anew if the day is before the reform that took it away.
        self.reforms
            .iter()
            .filter(|reform| on < reform.from || !is_current(code))
            .find_map(|reform| reform.of(code, &is_current))
    }
}

impl Reform {
    fn of(&self, code: Kato, is_current: &impl Fn(Kato) -> bool) -> Option<Moved> {
        let rule = |kind| Rule { kind, reform: self.id.clone(), from: self.from };
        if let Some(now) = self.shared.get(&code) {
            return Some(Moved::Into { candidates: now.clone(), rule: rule(RuleKind::District) });
        }
        if let Some(now) = self.places.get(&code) {
            return Some(Moved::To { code: *now, rule: rule(RuleKind::Listed) });
        }
        let own = std::iter::once(code).chain(code.ancestors()).find(|c| self.districts.contains_key(c))?;
        let district = self.districts.get(&own)?;
        if own == district.now && is_current(code) {
            return None;
        }
        let all: Vec<Kato> = std::iter::once(district.now).chain(district.divided.iter().copied()).collect();
        if !district.confirmed {
            let number = renumbered(code, district.now).filter(|c| is_current(*c));
            let candidates = vec![number.unwrap_or(district.now)];
            return Some(Moved::Into { candidates, rule: rule(RuleKind::Number) });
        }
        if code == own {
            return Some(if district.divided.is_empty() {
                Moved::To { code: district.now, rule: rule(RuleKind::District) }
            } else {
                Moved::Into { candidates: all, rule: rule(RuleKind::District) }
            });
        }
        let mut same: Vec<Kato> =
            all.iter().filter_map(|d| renumbered(code, *d)).filter(|c| is_current(*c)).collect();
        // A district that was divided has a new seat, and the numbers of seats were given anew.
        let seat = matches!(code.as_str().as_bytes().get(4), Some(b'2' | b'3'))
            && code.as_str().get(5..6) == Some("0");
        if let [only] = same.as_slice()
            && (district.divided.is_empty() || !seat)
        {
            return Some(Moved::To { code: *only, rule: rule(RuleKind::Number) });
        }
        same.extend(all.iter().filter(|d| is_current(**d)).copied().collect::<Vec<_>>());
        Some(Moved::Into { candidates: same, rule: rule(RuleKind::Number) })
    }
}

/// The same last five digits in another district.
fn renumbered(code: Kato, district: Kato) -> Option<Kato> {
    format!("{}{}", district.as_str().get(..4)?, code.as_str().get(4..)?).parse().ok()
}
