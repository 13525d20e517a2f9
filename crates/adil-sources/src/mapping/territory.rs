//! Codes of places in cells, made current and compared with where the place lies.

use adil_domain::{Date, Kato, Place, Problem};

use crate::kato::{Repaired, Resolved};
use crate::words::shorten;

use super::Context;

/// The code as it should stand, and what is to be said.
pub(crate) fn read(
    text: &str,
    name: Option<&str>,
    on: Option<Date>,
    context: &Context<'_>,
    place: &Place,
) -> (String, Vec<Problem>) {
    let mut problems = Vec::new();
    let Some(classifier) = context.classifier else { return (text.to_owned(), problems) };
    let code = match classifier.repair(text) {
        Repaired::Whole(code) => code,
        Repaired::Mended(code, how) => {
            let message = format!("`{}` was read as the code {code}: {how}.", shorten(text));
            problems.push(
                Problem::warning("kato-repaired", place.clone(), message)
                    .hint("Format the column as text, so that nothing has to be guessed."),
            );
            code
        }
        Repaired::Lost(why, nearest) => {
            let named: Vec<String> = nearest
                .iter()
                .map(|k| format!("{k} {}", classifier.get(*k).map_or("", |p| p.name_ru.as_str())))
                .collect();
            let near =
                if named.is_empty() { String::new() } else { format!(" Near it are: {}.", named.join(", ")) };
            let message = format!("`{}` is no code of a place: {why}.", shorten(text));
            problems.push(
                Problem::warning("kato-unknown", place.clone(), message)
                    .hint(format!("It was kept as it stands.{near}")),
            );
            return (text.to_owned(), problems);
        }
    };
    // Without a day the codes of now are meant: an old code still shows itself by not being one.
    let on = on.or(context.on).unwrap_or(Date::MAX);
    let resolved = classifier.resolve_named(code.as_str(), on, name);
    problems.extend(classifier.problem(&resolved, code.as_str(), place.clone()));
    let now = match resolved {
        Resolved::Current(now) | Resolved::Successor { code: now, .. } => now,
        Resolved::Split { .. } | Resolved::Unknown { .. } => code,
    };
    (now.to_string(), problems)
}

/// The code of the district that an area of the boundaries is or lies in: some polygons are of towns within a district.
pub(crate) fn of_area(area: usize, context: &Context<'_>) -> Option<String> {
    let code = &context.boundaries?.areas().get(area)?.code;
    let district = |code: Kato| context.classifier?.district(code);
    Some(code.parse().ok().and_then(district).map_or_else(|| code.clone(), |d| d.to_string()))
}

/// What to say where a code and a place on the map are of different districts.
pub(crate) fn compare(code: &str, area: usize, context: &Context<'_>, place: &Place) -> Option<Problem> {
    let (boundaries, classifier) = (context.boundaries?, context.classifier?);
    let area = boundaries.areas().get(area)?;
    let (said, lies): (Kato, Kato) = (code.parse().ok()?, area.code.parse().ok()?);
    let is_above = |above: Kato, below: Kato| above == below || below.ancestors().any(|a| a == above);
    // The boundaries may be older than the code: a district that is too young has no polygon of its own.
    let drawn = classifier.district(said).is_none_or(|d| boundaries.index_of(d.as_str()).is_some());
    if is_above(lies, said) || is_above(said, lies) || !drawn {
        return None;
    }
    let name = |k: Kato| classifier.get(k).map_or("", |p| p.name_ru.as_str());
    let message = format!(
        "The code {said} ({}) says another place than the coordinates, which lie in {lies} ({}).",
        name(said),
        name(lies)
    );
    Some(
        Problem::warning("territory-elsewhere", place.clone(), message)
            .hint("One of them is wrong; both were kept. The address may decide."),
    )
}
