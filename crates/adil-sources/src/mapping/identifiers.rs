//! Identifiers of organisations and people in cells.

use adil_domain::identifier::{Classified, Identifier, Scheme, classify, repad_numeric_cell};
use adil_domain::{Place, Problem};

use super::Context;

/// What stands in the cell afterwards (nothing, where it must not stand there), and what is to be said.
pub(super) fn read(text: &str, context: &Context<'_>, place: &Place) -> (Option<String>, Option<Problem>) {
    let Some(country) = context.country else { return (Some(text.to_owned()), None) };
    let bare = text.strip_suffix(".0").unwrap_or(text);
    if let Some(problem) = power_of_ten(bare, place) {
        return (Some(text.to_owned()), Some(problem));
    }
    // A number that lost its zeros: only the schemes of the country that have a check digit can prove it.
    for kind in country.identifiers() {
        let scheme = kind.scheme();
        if !matches!(scheme, Scheme::KzBin | Scheme::KzIin) {
            continue;
        }
        if let Ok(repadded) = repad_numeric_cell(scheme, bare) {
            return match &repadded.identifier {
                Identifier::Organisation(id) => (Some(id.to_string()), Some(repadded.record(place.clone()))),
                Identifier::Person(_) => person(&repadded.identifier, context, place),
            };
        }
    }
    if let Some(problem) = not_mended(bare, context, place) {
        return (Some(bare.to_owned()), Some(problem));
    }
    match classify(bare, country) {
        Classified::Personal(id) => person(&Identifier::Person(id), context, place),
        Classified::Empty => (None, None),
        // Whatever else it is stays as it stands; the judgement comes with its problem.
        other => (Some(bare.to_owned()), other.problem(place.clone())),
    }
}

/// As many digits as a number that lost zeros, of which it is none.
fn not_mended(text: &str, context: &Context<'_>, place: &Place) -> Option<Problem> {
    let has_zeros_to_lose =
        context.country?.identifiers().iter().any(|k| matches!(k.scheme(), Scheme::KzBin | Scheme::KzIin));
    let suspect =
        has_zeros_to_lose && (9..12).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    suspect.then(|| {
        let message = format!(
            "This number has {} digits of 12, and no zeros in front give it a right check digit; it was kept.",
            text.len()
        );
        Problem::warning("doubtful-identifier", place.clone(), message)
            .hint("Compare it with the certificate of registration; a foreign identifier may stay.")
    })
}

/// Whether a text that is no identifier's column holds a person's number all the same: what stands there then.
pub(super) fn guard(
    text: &str,
    context: &Context<'_>,
    place: &Place,
) -> Option<(Option<String>, Option<Problem>)> {
    /// A number of a person has twelve digits; shorter texts are quickly passed.
    const DIGITS: usize = 12;
    let country = context.country?;
    if text.bytes().filter(u8::is_ascii_digit).count() < DIGITS {
        return None;
    }
    match classify(text, country) {
        Classified::Personal(id) if text.bytes().all(|b| b.is_ascii_digit()) => {
            Some(person(&Identifier::Person(id), context, place))
        }
        found @ Classified::Personal(_) => Some((None, found.problem(place.clone()))),
        _ => None,
    }
}

fn person(id: &Identifier, context: &Context<'_>, place: &Place) -> (Option<String>, Option<Problem>) {
    let Identifier::Person(id) = id else { return (None, None) };
    match context.key {
        Some(key) => {
            let message = format!(
                "Here stood a person's {} in plain; its keyed hash was written instead.",
                id.scheme().label()
            );
            let problem = Problem::warning("personal-hashed", place.clone(), message)
                .hint("Keep the table and the key with the authority; publish neither.");
            (Some(id.keyed_hash(key).to_string()), Some(problem))
        }
        None => (None, Classified::Personal(id.clone()).problem(place.clone())),
    }
}

/// `9.4E+11`: the digits are gone.
fn power_of_ten(text: &str, place: &Place) -> Option<Problem> {
    let (mantissa, exponent) = text.split_once(['e', 'E', 'е', 'Е'])?;
    let is_number = mantissa.replace(',', ".").parse::<f64>().is_ok() && exponent.parse::<i32>().is_ok();
    is_number.then(|| {
        Problem::warning(
            "digits-lost",
            place.clone(),
            format!("`{text}` is an identifier that a spreadsheet shortened to a power of ten; its digits are lost."),
        )
        .hint("Format the column as text in the original and save it again.")
    })
}
