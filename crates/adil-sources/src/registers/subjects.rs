//! The operators of a round as those whom a service is asked about.

use std::collections::{BTreeMap, BTreeSet};

use adil_domain::identifier::{Classified, HashKey, Identifier, Scheme, classify, repad_numeric_cell};
use adil_domain::{CountryPack, Place, Problem, Problems};
use adil_round::table::Limited;

use crate::sheet::Sheet;

/// One operator to ask about.
#[derive(Clone, PartialEq, Eq)]
pub struct Subject {
    /// As the round writes it: a person's number only as a keyed hash.
    pub operator_id: String,
    /// As the service is asked.
    pub(super) number: String,
    /// Whether the number is a person's.
    pub(super) is_person: bool,
    /// Where it stands.
    pub(super) place: Place,
}

impl std::fmt::Debug for Subject {
    /// Without the number of a person.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Subject").field("operator_id", &self.operator_id).finish_non_exhaustive()
    }
}

/// The operators of a round.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Operators {
    /// Those who can be asked about, each once, in the order of their identifiers.
    pub subjects: Vec<Subject>,
    /// All of them, as the round writes them.
    pub ids: BTreeSet<String>,
}

/// The operators of a table with the column `operator_id`.
///
/// Who can't be asked about is said and left out: a number whose check digit is wrong (`doubtful-identifier`), a keyed hash or a
/// foreign number (`not-asked`), a person's number without a key to hash it (`personal-identifier`, an error).
pub fn subjects(
    sheet: &Sheet,
    country: &CountryPack,
    key: Option<&HashKey>,
    problems: &mut Problems,
) -> Operators {
    let Some(column) = sheet.column("operator_id") else {
        problems.push(
            Problem::error("missing-column", sheet.header_place(), "There is no column `operator_id`.")
                .hint("Give the operators.csv of the round."),
        );
        return Operators::default();
    };
    let (mut found, mut ids) = (BTreeMap::new(), BTreeSet::new());
    let mut notes = Limited::new(problems, Place::file(sheet.file()));
    for row in 0..sheet.len() {
        let text = sheet.cell(row, column);
        let (subject, problem) = subject(text, country, key, &sheet.place(row, column));
        let is_personal = problem.as_ref().is_some_and(|p| p.code == "personal-identifier");
        notes.extend(problem);
        if let Some(subject) = subject {
            ids.insert(subject.operator_id.clone());
            found.entry(subject.operator_id.clone()).or_insert(subject);
        } else if !text.is_empty() && !is_personal {
            ids.insert(text.to_owned());
        }
    }
    notes.finish();
    Operators { subjects: found.into_values().collect(), ids }
}

fn subject(
    text: &str,
    country: &CountryPack,
    key: Option<&HashKey>,
    place: &Place,
) -> (Option<Subject>, Option<Problem>) {
    let of = |operator_id: String, number: &str, is_person| Subject {
        operator_id,
        number: number.to_owned(),
        is_person,
        place: place.clone(),
    };
    let not_asked = |message: &str, hint: &str| {
        (None, Some(Problem::warning("not-asked", place.clone(), message).hint(hint)))
    };
    let mended = country.identifiers().iter().map(adil_domain::country::IdentifierKind::scheme);
    let mended = mended
        .filter(|scheme| matches!(scheme, Scheme::KzBin | Scheme::KzIin))
        .find_map(|scheme| repad_numeric_cell(scheme, text).ok());
    let note = mended.as_ref().map(|m| m.record(place.clone()));
    let (classified, padded) = match mended.map(|m| m.identifier) {
        Some(Identifier::Organisation(id)) => {
            let padded = id.to_string();
            (Classified::Organisation(id), padded)
        }
        Some(Identifier::Person(id)) => (Classified::Personal(id), format!("{text:0>12}")),
        None => (classify(text, country), text.trim().to_owned()),
    };
    match classified {
        Classified::Organisation(id) => {
            let number = id.to_string();
            (Some(of(number.clone(), &number, false)), note)
        }
        Classified::Personal(ref id) if padded.bytes().all(|b| b.is_ascii_digit()) => match key {
            Some(key) => (Some(of(id.keyed_hash(key).to_string(), &padded, true)), None),
            None => (None, classified.problem(place.clone())),
        },
        Classified::Personal(_) => (None, classified.problem(place.clone())),
        Classified::Doubtful(error) => {
            let message = format!("{error}; no register was asked about it.");
            let problem = Problem::warning("doubtful-identifier", place.clone(), message)
                .hint("Compare it with the certificate of registration; its checks stay unknown until then.");
            (None, Some(problem))
        }
        Classified::Hashed(_) => not_asked(
            "Only the keyed hash of this operator's number is known here, so no register can be asked.",
            "Give the authority's own table, where the number stands in plain, and the key; the answers hold the hash.",
        ),
        Classified::Plain(_) => not_asked(
            "This is no BIN or IIN, so no register was asked about it.",
            "A foreign operator's checks come as a file: --provider file.",
        ),
        Classified::Empty => (None, None),
    }
}
