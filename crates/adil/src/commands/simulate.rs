//! `adil simulate`: a country that never was, on real geography.

use std::fs;
use std::path::Path;

use adil_round::folder::{MODELS, POLICY};
use adil_simulate::{Folder, Options, SimulateError, Summary};
use anyhow::Context;
use serde_json::json;

use super::{print, print_json, say};
use crate::Exit;
use crate::args::KazakhstanArgs;
use crate::progress::Progress;

pub(crate) fn kazakhstan(args: &KazakhstanArgs) -> anyhow::Result<Exit> {
    let rules = args.policy.as_deref().map(rules).transpose()?.unwrap_or_default();
    let copied: Vec<(&str, &str)> = rules.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let options = Options {
        seed: args.seed,
        scale: args.scale,
        region: args.region.clone(),
        timesheets: !args.no_timesheets,
        attendance: args.attendance,
        copied: &copied,
    };
    match make(&options, &args.out)? {
        Ok(summary) if args.json => print_json(&as_json(&summary))?,
        Ok(summary) => print(&as_text(&summary, &args.out.display().to_string()))?,
        Err(refused) => return Ok(refused),
    }
    Ok(Exit::Done)
}

/// A policy, and the models that stand in the folder beside it.
fn rules(policy: &Path) -> anyhow::Result<Vec<(String, String)>> {
    let read =
        |file: &Path| fs::read_to_string(file).with_context(|| format!("{} can't be read", file.display()));
    let mut rules = vec![(POLICY.to_owned(), read(policy)?)];
    let models = policy.with_file_name(MODELS);
    if models.is_dir() {
        for entry in fs::read_dir(&models).with_context(|| format!("{} can't be read", models.display()))? {
            let file = entry?.path();
            let json = file.extension().is_some_and(|ending| ending == "json");
            let name = file.file_name().and_then(|name| name.to_str()).filter(|_| json);
            if let Some(name) = name {
                rules.push((format!("{MODELS}/{name}"), read(&file)?));
            }
        }
    }
    rules.sort();
    Ok(rules)
}

/// Simulates into a folder with a bar; an option that can't be met is said, and ends the command.
pub(crate) fn make(options: &Options<'_>, out: &Path) -> anyhow::Result<Result<Summary, Exit>> {
    let mut bar: Option<Progress> = None;
    let mut progress = |_: usize, all: usize| {
        let steps = u64::try_from(all).unwrap_or(u64::MAX);
        bar.get_or_insert_with(|| Progress::new(steps)).step("making up Kazakhstan");
    };
    let made = Folder::create(out)
        .and_then(|mut folder| adil_simulate::kazakhstan(options, &mut folder, &mut progress));
    drop(bar);
    match made {
        Ok(summary) => Ok(Ok(summary)),
        Err(error @ (SimulateError::Scale(_) | SimulateError::Region { .. })) => {
            say(&format!("adil: {error}\n"))?;
            Ok(Err(Exit::Usage))
        }
        Err(error) => Err(error.into()),
    }
}

fn as_json(summary: &Summary) -> serde_json::Value {
    json!({
        "simulated": true,
        "facilities": summary.facilities,
        "rural_facilities": summary.rural_facilities,
        "hall_area_m2": summary.hall_area_m2(),
        "operators": summary.operators,
        "applications": summary.applications,
        "sought": summary.sought.to_string(),
        "paid": summary.paid.to_string(),
        "vouchers": summary.vouchers(),
        "points": summary.points,
        "population": summary.population,
        "planted": summary.flags,
    })
}

fn as_text(summary: &Summary, out: &str) -> String {
    let lines = [
        ("facilities", summary.facilities),
        ("  in villages", summary.rural_facilities),
        ("operators", summary.operators),
        ("applications", summary.applications),
        ("  asked for, tenge", summary.sought),
        ("children with a voucher", summary.vouchers()),
        ("  paid for them, tenge", summary.paid),
        ("demand points", summary.points),
        ("  people at them", summary.population),
        ("planted abuses", summary.flags),
    ];
    let mut text =
        "SIMULATED · ИМИТАЦИЯ: names of places and the population of regions are real, nothing else is.\n\n"
            .to_owned();
    for (what, count) in lines {
        text.push_str(&format!("  {what:<26}{:>18}\n", grouped(count)));
    }
    text.push_str(&format!("\n→ {out}\n"));
    text
}

fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    text
}
