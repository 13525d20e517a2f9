//! The page: what was asked, what came out, and where others are better.

use anyhow::Context;
use serde_json::Value;

use super::table::{MOST, Row, pools};
use super::{Result, Trial};
use crate::markdown::{Page, Table, number, percent, whole};

pub(super) fn write(rows: &[Row], trials: &[Trial], model: &Value) -> anyhow::Result<String> {
    let mut page = Page::default();
    page.heading(1, "Who comes to the pool?");
    page.paragraph(&format!(
        "New York counts the people at each session of its outdoor pools. From two summers of such counts the glass box learns \
         how many will come on a day, and the third summer shows how good that is. The data are {} sessions of {} pools in \
         2022 to 2024 (NYC Open Data 82jf-bykm); counts above {} are taken for slips of the pen and left out. Known to the model are the \
         pool, the session, the day of the week and of the summer, temperature and weather as noted, lifeguards, and the pool's \
         size, kind and borough. More lifeguards may only raise the forecast: that is a rule given to it, not a finding.",
        whole(u32::try_from(rows.len())?),
        pools(rows).len(),
        number(MOST, 0),
    ));
    page.paragraph(
        "*Off by* is the mean distance between forecast and count. The *root mean square* weighs large misses more. *Deviance* is \
         how surprising the counts are to the forecast (lower is better). *Within* is how many of the counts lay in the interval that \
         was meant to hold nine of ten.",
    );
    for trial in trials {
        page.heading(2, trial.title);
        page.paragraph(&format!(
            "Learned from {} sessions, tried on {} others.",
            whole(u32::try_from(trial.learned)?),
            whole(u32::try_from(trial.tried)?)
        ));
        let mut table = Table::new(&["program", ">off by", ">root mean square", ">deviance", ">within"]);
        for result in &trial.results {
            table.row([
                result.who.clone(),
                number(result.mean_error, 1),
                number(result.rmse, 1),
                number(result.deviance, 1),
                result.covered.map(percent).unwrap_or_default(),
            ]);
        }
        page.table(table);
        page.paragraph(&verdict(trial));
    }
    page.heading(2, "What it learned");
    page.paragraph(
        "Each table multiplies the forecast. Read it so: on a day of that kind so many times as many people come as on an average \
         day, all else being equal.",
    );
    for (feature, words) in
        [("weekday", "Day of the week"), ("weather", "Weather"), ("temperature", "Temperature (°F)")]
    {
        page.heading(3, words);
        page.table(shape(model, feature)?);
    }
    page.heading(2, "What it is not for");
    page.list(&[
        "A low forecast is no reason to close a pool: a pool that is shut, cold or far has few visitors because of that.",
        "Each pool counts for itself, and nothing else confirms it. In a round such a count may be a target of a model only where a \
         second source backs it.",
        "Weather was written down at the pool on the day. A forecast a week ahead needs the forecast of the weather, and is worse.",
        "Half of the sessions have no note of the weather; those get the points of what is not known.",
    ]);
    page.paragraph(
        "`cargo xtask pools` makes this page from the published files. The programs beside it run with their defaults (EBM: 14 bags; \
         ours: 8); how long each takes is measured by `cargo xtask bench`.",
    );
    Ok(page.finish())
}

/// A figure by which programs are compared; the least is the best.
type Measure = fn(&Result) -> f64;

/// Who is best at what, in a sentence, whoever it is.
fn verdict(trial: &Trial) -> String {
    let measures: [(&str, Measure); 3] = [
        ("Nearest on the whole", |r| r.mean_error),
        ("Fewest large misses", |r| r.rmse),
        ("Least surprised", |r| r.deviance),
    ];
    let (mut said, mut ours) = (String::new(), 0);
    for (words, of) in measures {
        let best = trial.results.iter().min_by(|a, b| of(a).total_cmp(&of(b)));
        if let Some(best) = best {
            said.push_str(&format!("{words}: {}. ", best.who));
            ours += usize::from(best.who.starts_with("adil"));
        }
    }
    said.push_str(&format!("Ours: {ours} of the three."));
    said
}

/// The table of a column as factors.
fn shape(model: &Value, feature: &str) -> anyhow::Result<Table> {
    let terms = model["terms"].as_array().context("a model without tables")?;
    let term =
        terms.iter().find(|t| t["feature"] == feature).with_context(|| format!("no table {feature}"))?;
    let unit = 10f64.powi(-i32::try_from(model["decimals"].as_u64().unwrap_or(6))?);
    let factor = |points: &Value| number((points.as_f64().unwrap_or(0.0) * unit).exp(), 2);
    let mut names: Vec<String> = Vec::new();
    if let Some(cuts) = term["lines"]["cuts"].as_array() {
        let cuts: Vec<&str> = cuts.iter().filter_map(Value::as_str).collect();
        for at in 0..=cuts.len() {
            names.push(match (at.checked_sub(1).map(|at| cuts[at]), cuts.get(at)) {
                (None, Some(to)) => format!("below {to}"),
                (Some(from), Some(to)) => format!("{from} to below {to}"),
                (Some(from), None) => format!("{from} and more"),
                (None, None) => "any".to_owned(),
            });
        }
    } else if let Some(words) = term["lines"]["words"].as_array() {
        names.extend(words.iter().filter_map(Value::as_str).map(str::to_owned));
    }
    let mut table = Table::new(&[feature, ">times", ">give or take", ">sessions"]);
    let (points, errors, rows) = (&term["points"], &term["errors"], &term["rows"]);
    let spread = |error: &Value| percent((error.as_f64().unwrap_or(0.0) * unit).exp_m1());
    let sessions = |rows: &Value| whole(u32::try_from(rows.as_u64().unwrap_or(0)).unwrap_or(u32::MAX));
    let lines = names.len();
    for (at, name) in names.into_iter().enumerate() {
        table.row([name, factor(&points[at]), spread(&errors[at]), sessions(&rows[at])]);
    }
    if rows[lines].as_u64() > Some(0) {
        table.row([
            "not known".to_owned(),
            factor(&term["other"]),
            spread(&errors[lines]),
            sessions(&rows[lines]),
        ]);
    }
    Ok(table)
}
