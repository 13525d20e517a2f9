//! `adil import observations` and `adil import journeys`: answers of forms and interviews, people as keyed hashes.

use std::path::Path;

use adil_domain::{Place, Problem, Problems};
use adil_round::folder::{self, Files, PACKAGE};
use adil_round::inputs;
use adil_round::package::Statement;
use adil_sources::mapping::{Context, Mapping};
use adil_sources::people::{self, Told};
use adil_sources::round_folder;
use adil_sources::sheet::Sheet;
use serde_json::json;

use super::super::{print, print_json, say};
use super::{ImportArgs, name_of, no_country, refuse, sources, world};
use crate::{Exit, show};

pub(super) fn import(args: &ImportArgs, told: Told) -> anyhow::Result<Exit> {
    if let Some(folder) = &args.template {
        let files = people::templates(told);
        round_folder::write(folder, &files)?;
        print(&list(folder, &files))?;
        return Ok(Exit::Done);
    }
    let (Some(out), [path]) = (&args.out, args.inputs.as_slice()) else {
        say("One form is read at a time, into the round that --out names.\n")?;
        return Ok(Exit::Usage);
    };
    let Some(country) = adil_domain::country::pack(&args.country) else { return no_country(&args.country) };
    let mut problems = Problems::new();
    let mut all = if out.exists() {
        match folder::read(out) {
            Ok(files) => files,
            Err(found) => return refuse(args, &found),
        }
    } else {
        Files::new()
    };
    if all.contains_key(told.file()) && !args.replace {
        let message = "The round has this table already, and it would be lost.";
        problems.push(
            Problem::error("already-there", Place::file(told.file()), message)
                .hint("Say --replace when the form holds all of its answers."),
        );
    }
    let key = world::hash_key(&mut problems);
    let context = Context { country: Some(country), key: key.as_ref(), ..Context::default() };
    let sheet = sources::bytes(path, &mut problems)
        .and_then(|bytes| Sheet::read(&sources::name(path), &bytes, args.sheet.as_deref(), &mut problems));
    let mapping = mapping(args, path, &mut problems);
    let (Some(sheet), Some(mapping)) = (sheet, mapping) else { return refuse(args, &problems) };
    let records = mapping.apply(&sheet, &context, &mut problems);
    let table = people::table(told, &records, key.as_ref(), &mut problems);
    if problems.has_errors() {
        return refuse(args, &problems);
    }
    let mut files = Files::new();
    files.insert(told.file().to_owned(), table);
    all.extend(files.clone());
    let named = args.source.clone().or_else(|| mapping.constants.get("source").cloned());
    let statement = Statement {
        sources: vec![named.unwrap_or_else(|| "residents".to_owned())],
        licence: None,
        as_of: args.as_of.map(|day| day.to_string()),
    };
    let package = statement.write(&inputs::draft_package(&all, &name_of(out)), told.file());
    files.insert(PACKAGE.to_owned(), package.into_bytes());
    round_folder::write(out, &files)?;
    problems.sort();
    problems.dedup();
    folder::write_problems(out, &problems)?;
    if args.json {
        print_json(&json!({
            "records": records.len(),
            "files": files.keys().collect::<Vec<_>>(),
            "problems": show::problems_json(&problems),
        }))?;
        return Ok(Exit::Done);
    }
    say(&show::problems(&problems, ""))?;
    let done = format!("{:>9}  rows of the form\n", records.len());
    let next = format!("next: write [observations] into the policy, then adil check {}\n", out.display());
    print(&(done + &list(out, &files) + &next))?;
    Ok(Exit::Done)
}

fn mapping(args: &ImportArgs, form: &Path, problems: &mut Problems) -> Option<Mapping> {
    let Some(path) = &args.mapping else {
        problems.push(
            Problem::error(
                "no-mapping",
                Place::file(sources::name(form)),
                "Nobody has said what the columns of the form mean.",
            )
            .hint("Give a mapping with --mapping; --template DIR writes one to start from."),
        );
        return None;
    };
    let text = sources::text(path, problems)?;
    Mapping::parse(&sources::name(path), &text, problems)
}

fn list(folder: &Path, files: &Files) -> String {
    format!("→ {}: {}\n", folder.display(), files.keys().cloned().collect::<Vec<_>>().join(", "))
}
