//! The classifier of places of Kazakhstan as a table one can ask: names, levels, what lies in what, and what became of a
//! code that is no more.
//!
//! The table is `countries/kz/geography/kato.csv` (edition NK RK 11-2025, 15,594 places) or any other of the same columns.
//! What became of old codes stands in `countries/kz/geography/successors.toml`, each with its evidence; there is no official
//! table of them. Codes are given anew: `191000000` was Taldykorgan until 8 June 2022 and is Konaev since, so
//! [`Classifier::resolve`] asks for the day on which the code was written down.

mod successors;

use std::collections::BTreeMap;

use adil_domain::kato::Rank;
use adil_domain::{Date, Kato, Place, Problem, Problems};
use adil_geography::country;

use crate::sheet::Sheet;
use crate::words;

use successors::{Moved, Successors};
pub use successors::{Rule, RuleKind};

/// A place of the classifier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KatoPlace {
    /// Its code.
    pub code: Kato,
    /// Its name in Kazakh, with what it is: `Қараауыл а.`
    pub name_kk: String,
    /// Its name in Russian, with what it is: `с.Карааул`.
    pub name_ru: String,
}

/// All places of an edition, in the order of their codes, and the successors of older codes.
#[derive(Debug, Clone)]
pub struct Classifier {
    version: String,
    places: BTreeMap<Kato, KatoPlace>,
    /// Places by name in Russian and Kazakh, letters folded and without what they are.
    names: BTreeMap<String, Vec<Kato>>,
    successors: Successors,
}

/// What a code means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolved {
    /// A place of the classifier.
    Current(Kato),
    /// An old code of exactly one place.
    Successor {
        /// The code of the place now.
        code: Kato,
        /// How that is known.
        rule: Rule,
    },
    /// An old code of what is now in several places, or in one that is not proved; a person has to choose.
    Split {
        /// The places that come into question, from the most to the least likely.
        candidates: Vec<Kato>,
    },
    /// Nobody's code, now or before.
    Unknown {
        /// Codes that may have been meant: one digit away, then the place it would lie in.
        nearest: Vec<Kato>,
    },
}

impl Classifier {
    /// The classifier that comes with the product; `None` if its files did not fit each other, which a test rules out.
    pub fn kazakhstan() -> Option<Self> {
        let geography = country::geography("kz")?;
        let mut problems = Problems::new();
        let classifier = Self::read("kato.csv", geography.places, &mut problems)?;
        (!problems.has_errors()).then_some(classifier)
    }

    /// Reads a table with the columns `kato` (or `te`), `name_kk` (or `name_kaz`, `kaz_name`), `name_ru` (or `name_rus`,
    /// `rus_name`) and perhaps `kato_version`: the file that comes with the product, and the workbook of stat.gov.kz.
    ///
    /// Problems: those of [`Sheet::read`], `missing-column`, `not-kato`, `duplicate-territory`.
    pub fn read(file: &str, bytes: &[u8], problems: &mut Problems) -> Option<Self> {
        let sheet = Sheet::read(file, bytes, None, problems)?;
        let find = |names: &[&str]| names.iter().find_map(|name| sheet.column(name));
        let columns = (
            find(&["kato", "te"]),
            find(&["name_kk", "name_kaz", "kaz_name"]),
            find(&["name_ru", "name_rus", "rus_name"]),
        );
        let (Some(code), Some(kk), Some(ru)) = columns else {
            problems.push(
                Problem::error(
                    "missing-column",
                    sheet.header_place(),
                    "A classifier of places has the columns `kato`, `name_kk` and `name_ru`.",
                )
                .hint("Use the table of stat.gov.kz (te, name_kaz, name_rus) or the one that comes with the product."),
            );
            return None;
        };
        let version = sheet.column("kato_version").map_or("", |c| sheet.cell(0, c)).to_owned();
        let mut places = BTreeMap::new();
        for row in 0..sheet.len() {
            match sheet.cell(row, code).parse::<Kato>() {
                Ok(code_) => {
                    let (name_kk, name_ru) = (sheet.cell(row, kk).to_owned(), sheet.cell(row, ru).to_owned());
                    let place = KatoPlace { code: code_, name_kk, name_ru };
                    if places.insert(code_, place).is_some() {
                        problems.push(
                            Problem::error(
                                "duplicate-territory",
                                sheet.place(row, code),
                                format!("The code {code_} stands in the table twice."),
                            )
                            .hint("Keep one of the two rows."),
                        );
                    }
                }
                Err(error) => problems.push(
                    Problem::error("not-kato", sheet.place(row, code), format!("{error}."))
                        .hint("Get the column as text of nine digits."),
                ),
            }
        }
        let mut names: BTreeMap<String, Vec<Kato>> = BTreeMap::new();
        for place in places.values() {
            for name in [&place.name_ru, &place.name_kk] {
                let list = names.entry(bare_name(name)).or_default();
                if list.last() != Some(&place.code) {
                    list.push(place.code);
                }
            }
        }
        let successors = Successors::of_the_product(problems)?;
        Some(Self { version, places, names, successors })
    }

    /// The edition, such as `NK RK 11-2025`; empty when the table does not say.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Places there are.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// All places, in the order of their codes: each right before what lies in it.
    pub fn iter(&self) -> impl Iterator<Item = &KatoPlace> {
        self.places.values()
    }

    /// The place with that code.
    pub fn get(&self, code: Kato) -> Option<&KatoPlace> {
        self.places.get(&code)
    }

    /// The place it lies in: the nearest code above that exists. None for a region.
    pub fn parent(&self, code: Kato) -> Option<Kato> {
        code.known_parent(|above| self.places.contains_key(&above))
    }

    /// The places that lie directly in it, in the order of their codes.
    pub fn children(&self, code: Kato) -> impl Iterator<Item = &KatoPlace> {
        self.within(code).filter(move |p| self.parent(p.code) == Some(code))
    }

    /// All places that lie in it, in the order of their codes, without itself.
    pub fn within(&self, code: Kato) -> impl Iterator<Item = &KatoPlace> {
        let below = move |p: &&KatoPlace| p.code.ancestors().any(|above| above == code);
        // What lies in a place follows it, up to the first code that does not.
        let after = (std::ops::Bound::Excluded(code), std::ops::Bound::Unbounded);
        self.places.range(after).map(|(_, p)| p).take_while(below)
    }

    /// The district it lies in or is, or the city district of a city of region rank; none for a region.
    pub fn district(&self, code: Kato) -> Option<Kato> {
        let chain = std::iter::successors(Some(code), |c| self.parent(*c));
        let chain: Vec<Kato> = chain.filter(|c| self.places.contains_key(c)).collect();
        // From the top: the region, then what lies directly in it.
        chain.iter().rev().nth(1).copied()
    }

    /// Places of that name in Kazakh or Russian (`Карааул`, `с.Карааул`, `Қараауыл а.`) within a place, or anywhere, in the
    /// order of their codes.
    pub fn named(&self, name: &str, within: Option<Kato>) -> Vec<Kato> {
        let inside =
            |code: &Kato| within.is_none_or(|w| *code == w || code.ancestors().any(|above| above == w));
        self.names.get(&bare_name(name)).into_iter().flatten().copied().filter(inside).collect()
    }

    /// What a code meant on a day.
    pub fn resolve(&self, code: &str, on: Date) -> Resolved {
        self.resolve_named(code, on, None)
    }

    /// As [`Classifier::resolve`], with the name that stood beside the code: it decides among several candidates, and an
    /// only candidate of another name is not taken.
    pub fn resolve_named(&self, code: &str, on: Date, name: Option<&str>) -> Resolved {
        let Ok(kato) = code.trim().parse::<Kato>() else {
            return Resolved::Unknown { nearest: self.nearest(code.trim()) };
        };
        match self.successors.of(kato, on, |c| self.places.contains_key(&c)) {
            None if self.places.contains_key(&kato) => Resolved::Current(kato),
            None => Resolved::Unknown { nearest: self.nearest(kato.as_str()) },
            Some(Moved::To { code, rule }) => match name {
                Some(name) if !self.is_called(code, name) => {
                    self.by_name(&[code], name, &rule).unwrap_or(Resolved::Split { candidates: vec![code] })
                }
                _ => Resolved::Successor { code, rule },
            },
            Some(Moved::Into { candidates, rule }) => name
                .and_then(|name| self.by_name(&candidates, name, &rule))
                .unwrap_or(Resolved::Split { candidates }),
        }
    }

    /// The only place of that name in the districts of the candidates.
    fn by_name(&self, candidates: &[Kato], name: &str, rule: &Rule) -> Option<Resolved> {
        let mut found: Vec<Kato> = candidates
            .iter()
            .filter_map(|c| self.district(*c).or(Some(*c)))
            .flat_map(|district| self.named(name, Some(district)))
            .collect();
        found.sort_unstable();
        found.dedup();
        // A village and its rural district have one name: the village is what a list of places names.
        let settlements: Vec<Kato> = found.iter().copied().filter(|c| c.rank() == Rank::Settlement).collect();
        let only = match (found.as_slice(), settlements.as_slice()) {
            ([one], _) | (_, [one]) => *one,
            _ => return None,
        };
        Some(Resolved::Successor { code: only, rule: Rule { kind: RuleKind::Name, ..rule.clone() } })
    }

    fn is_called(&self, code: Kato, name: &str) -> bool {
        let name = bare_name(name);
        self.get(code).is_some_and(|p| bare_name(&p.name_ru) == name || bare_name(&p.name_kk) == name)
            || self.successors.was_called(code, &name)
    }

    /// Codes one digit away (changed, left out, added or swapped with its neighbour), then the place above.
    pub fn nearest(&self, code: &str) -> Vec<Kato> {
        const LENGTH: usize = 9;
        const MOST: usize = 10;
        if code.len() > 2 * LENGTH || !code.bytes().all(|b| b.is_ascii_digit()) {
            return Vec::new();
        }
        let digits = code.as_bytes();
        let mut tries: Vec<Vec<u8>> = Vec::new();
        for at in 0..=digits.len() {
            for digit in b'0'..=b'9' {
                if digits.len() == LENGTH && at < LENGTH {
                    let mut changed = digits.to_vec();
                    changed[at] = digit;
                    tries.push(changed);
                }
                if digits.len() + 1 == LENGTH {
                    let mut added = digits.to_vec();
                    added.insert(at, digit);
                    tries.push(added);
                }
            }
            if digits.len() == LENGTH && at + 1 < LENGTH {
                let mut swapped = digits.to_vec();
                swapped.swap(at, at + 1);
                tries.push(swapped);
            }
            if digits.len() == LENGTH + 1 && at < digits.len() {
                let mut without = digits.to_vec();
                without.remove(at);
                tries.push(without);
            }
        }
        let mut nearest: Vec<Kato> = tries
            .iter()
            .filter_map(|t| std::str::from_utf8(t).ok()?.parse().ok())
            .filter(|k| self.places.contains_key(k))
            .collect();
        nearest.sort_unstable();
        nearest.dedup();
        nearest.truncate(MOST);
        if let Some(parent) = code.parse::<Kato>().ok().and_then(|k| self.parent(k))
            && !nearest.contains(&parent)
        {
            nearest.push(parent);
        }
        nearest
    }
}

/// A name without what the place is, letters folded: `с.Карааул`, `Карааул` and `Карааульский с.о.` are `карааул`,
/// `карааул` and `карааульский`.
fn bare_name(name: &str) -> String {
    /// Abbreviations in the classifier and in lists, folded and in any place of the name.
    const KINDS: [&str; 46] = [
        "с",
        "село",
        "г",
        "город",
        "п",
        "пос",
        "поселок",
        "а",
        "аул",
        "ауыл",
        "ауылы",
        "к",
        "кенті",
        "кент",
        "қ",
        "қала",
        "қаласы",
        "ст",
        "станция",
        "рзд",
        "разъезд",
        "бекет",
        "зим",
        "зимовка",
        "уч",
        "участок",
        "ж",
        "м",
        "со",
        "са",
        "га",
        "па",
        "ао",
        "қә",
        "ка",
        "кә",
        "о",
        "ә",
        "район",
        "р",
        "н",
        "ауданы",
        "область",
        "облысы",
        "обл",
        "атын",
    ];
    let plain = words::plain(name);
    let kept: Vec<&str> = plain.split(' ').filter(|w| !KINDS.contains(w)).collect();
    let kept = if kept.is_empty() { plain } else { kept.join(" ") };
    words::folded(&kept)
}

/// A KATO code as a table may hold it, made whole where that is certain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Repaired {
    /// Nine digits as they should be.
    Whole(Kato),
    /// Something was done; what.
    Mended(Kato, &'static str),
    /// It cannot be: why, and codes that may be meant.
    Lost(String, Vec<Kato>),
}

impl Classifier {
    /// Reads a code from a cell that a spreadsheet may have spoiled.
    ///
    /// Put right: the `.0` of a number, spaces, a short code of a region, district or rural district (`1032` for
    /// `103200000`). No code begins with 0, so a spreadsheet eats no zero of it: eight digits have lost something else, and
    /// that is not guessed unless a zero in front makes a code that exists.
    pub fn repair(&self, text: &str) -> Repaired {
        let text = text.trim();
        let bare: String =
            text.strip_suffix(".0").unwrap_or(text).chars().filter(|c| !c.is_whitespace()).collect();
        let exists = |k: &Kato| self.places.contains_key(k);
        match bare.parse::<Kato>() {
            Ok(code) if bare == text => return Repaired::Whole(code),
            Ok(code) => return Repaired::Mended(code, "spaces or `.0` were taken away"),
            Err(_) => {}
        }
        let digits = !bare.is_empty() && bare.bytes().all(|b| b.is_ascii_digit());
        if digits
            && bare.len() == 8
            && let Some(code) = format!("0{bare}").parse().ok().filter(exists)
        {
            return Repaired::Mended(code, "a zero was put back in front");
        }
        if digits
            && matches!(bare.len(), 2 | 4 | 6)
            && let Some(code) = format!("{bare:0<9}").parse().ok().filter(exists)
        {
            return Repaired::Mended(code, "the short code was filled up with zeros");
        }
        let why = if digits && bare.len() == 8 {
            "it has 8 digits of 9; codes do not begin with 0, so the digit that is missing cannot be told"
                .to_owned()
        } else {
            match text.parse::<Kato>() {
                Err(error) => error.to_string(),
                Ok(_) => "it is no code".to_owned(),
            }
        };
        Repaired::Lost(why, self.nearest(&bare))
    }

    /// What to say where a code is not a current one; `None` where it is.
    pub fn problem(&self, resolved: &Resolved, code: &str, place: Place) -> Option<Problem> {
        let named = |k: &Kato| {
            let name = self.get(*k).map_or("", |p| p.name_ru.as_str());
            format!("{k} {name}")
        };
        let list = |codes: &[Kato]| codes.iter().map(named).collect::<Vec<_>>().join(", ");
        let code = words::shorten(code);
        match resolved {
            Resolved::Current(_) => None,
            Resolved::Successor { code: now, rule } => Some(
                Problem::warning(
                    "kato-successor",
                    place,
                    format!("The code {code} is an old one of {}; that was written ({rule}).", named(now)),
                )
                .hint("Check it, if the place matters."),
            ),
            Resolved::Split { candidates } => Some(
                Problem::warning(
                    "kato-split",
                    place,
                    format!(
                        "The code {code} is an old one; what it named is now in one of: {}. Which cannot be told from the code.",
                        list(candidates)
                    ),
                )
                .hint("Write the code of now; the name of the place beside it would decide."),
            ),
            Resolved::Unknown { nearest } => {
                let near = if nearest.is_empty() {
                    "Compare it with the classifier of stat.gov.kz.".to_owned()
                } else {
                    format!("Near it are: {}.", list(nearest))
                };
                let version = if self.version.is_empty() { String::new() } else { format!(" ({})", self.version) };
                let message = format!("The classifier{version} has no code {code}, and no reform known here had it.");
                Some(Problem::warning("kato-unknown", place, message).hint(near))
            }
        }
    }
}
