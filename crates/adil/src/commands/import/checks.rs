//! `adil import checks`: what registers and verifiers say of the operators, as a table of checks.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use adil_domain::{Date, Outcome, Place, Problem, Problems, Severity};
use adil_sources::mapping::{Context, Mapping};
use adil_sources::registers::{self, Access, Answers, Operators, Options, Provider, Row};
use adil_sources::sheet::Sheet;
use clap::ValueEnum;
use serde_json::json;

use super::service::{self, PROXY, Waiting};
use super::sources::{bytes, name, text};
use super::world::hash_key;
use super::{ImportArgs, no_country};
use crate::commands::{print, print_json, say};
use crate::{Exit, show};

/// Who answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::commands) enum Who {
    /// KOMPRA; `ADIL_KOMPRA_KEY` holds the key
    Kompra,
    /// Adata; `ADIL_ADATA_KEY` holds the key
    Adata,
    /// Public procurement by REST; `ADIL_GOSZAKUP_KEY` holds the key
    Goszakup,
    /// Public procurement by GraphQL, with the days of entries; `ADIL_GOSZAKUP_KEY` holds the key
    GoszakupGraphql,
    /// Legal entities at data.egov.kz; `ADIL_EGOV_KEY` holds the key
    Egov,
    /// Tax arrears, in files
    Kgd,
    /// Legal entities of the Bureau of National Statistics, in workbooks
    Stat,
    /// Answers that somebody wrote down, in files
    File,
}

impl Who {
    /// The service that is asked; none where files are read.
    fn provider(self) -> Option<Provider> {
        match self {
            Self::Kompra => Some(Provider::Kompra),
            Self::Adata => Some(Provider::Adata),
            Self::Goszakup => Some(Provider::Goszakup),
            Self::GoszakupGraphql => Some(Provider::GoszakupGraphql),
            Self::Egov => Some(Provider::Egov),
            Self::Kgd | Self::Stat | Self::File => None,
        }
    }

    /// The variables of its key and of another address than its own.
    fn variables(provider: Provider) -> (&'static str, &'static str) {
        match provider {
            Provider::Kompra => ("ADIL_KOMPRA_KEY", "ADIL_KOMPRA_BASE"),
            Provider::Adata => ("ADIL_ADATA_KEY", "ADIL_ADATA_BASE"),
            Provider::Goszakup | Provider::GoszakupGraphql => ("ADIL_GOSZAKUP_KEY", "ADIL_GOSZAKUP_BASE"),
            Provider::Egov => (service::KEY, service::BASE),
        }
    }
}

/// A length of time as policies write it: `30 days`.
pub(super) fn days(text: &str) -> Result<i64, String> {
    let read = || {
        let (count, unit) = text.trim().split_once(' ')?;
        let each = match unit.trim() {
            "day" | "days" => 1,
            "week" | "weeks" => 7,
            "month" | "months" => 30,
            "year" | "years" => 365,
            _ => return None,
        };
        count.parse::<i64>().ok().filter(|count| *count >= 0)?.checked_mul(each)
    };
    read()
        .ok_or_else(|| "a count and days, weeks, months or years is expected, such as \"30 days\"".to_owned())
}

pub(super) fn import(args: &ImportArgs) -> anyhow::Result<Exit> {
    let (Some(who), Some(operators), Some(out)) = (args.provider, &args.operators, &args.out) else {
        say("`adil import checks` needs --provider, --operators and --out.\n")?;
        return Ok(Exit::Usage);
    };
    let Some(day) = args.as_of else {
        say("An answer holds as of the day on which it was asked: add --as-of with that day, YYYY-MM-DD.\n")?;
        return Ok(Exit::Usage);
    };
    if who.provider().is_some() != args.inputs.is_empty() {
        say(if args.inputs.is_empty() {
            "This provider answers in files: name them.\n"
        } else {
            "This provider is asked over the network and reads no files.\n"
        })?;
        return Ok(Exit::Usage);
    }
    let Some(country) = adil_domain::country::pack(&args.country) else { return no_country(&args.country) };
    let source = args.source.clone().unwrap_or_else(|| stem(out));
    let mut problems = Problems::new();
    let key = hash_key(&mut problems);
    let known = bytes(operators, &mut problems)
        .and_then(|bytes| Sheet::read(&name(operators), &bytes, None, &mut problems))
        .map(|sheet| registers::subjects(&sheet, country, key.as_ref(), &mut problems));
    let Some(known) = known.filter(|_| !problems.has_errors()) else { return refuse(args, &problems) };
    if !args.replace && !may_replace(out) {
        problems.push(
            Problem::error(
                "not-imported",
                Place::file(name(out)),
                "This is no table of checks and would be lost.",
            )
            .hint("Name another file, or say --replace."),
        );
        return refuse(args, &problems);
    }
    let answers = if let Some(provider) = who.provider() {
        of_service(args, provider, &known, day, &source, &mut problems)
    } else {
        let context = Context { country: Some(country), key: key.as_ref(), ..Context::default() };
        let rows = of_files(args, who, &known, &context, day, &source, &mut problems);
        Answers { rows, ..Answers::default() }
    };
    registers::contradictions(&name(out), &answers.rows, &mut problems);
    // What a register did not answer is unknown in the table; anything else wrong stops the import.
    let is_said_in_rows = |p: &Problem| p.code.starts_with("register-") || p.code.starts_with("egov-");
    if problems.iter().any(|p| p.severity == Severity::Error && !is_said_in_rows(p)) {
        return refuse(args, &problems);
    }
    if let Some(folder) = out.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder)?;
    }
    let part = out.with_extension("part");
    fs::write(&part, registers::write(&answers.rows))?;
    fs::rename(&part, out)?;
    problems.sort();
    problems.dedup();
    tell(args, &source, &answers, &problems)?;
    Ok(if problems.has_errors() { Exit::Wrong } else { Exit::Done })
}

fn of_service(
    args: &ImportArgs,
    provider: Provider,
    known: &Operators,
    day: Date,
    source: &str,
    problems: &mut Problems,
) -> Answers {
    let options = Options {
        day,
        source: source.to_owned(),
        cache: args.cache.clone(),
        max_age_days: args.max_age,
        operators: known.ids.clone(),
    };
    let mut access = Access::new(provider);
    let (key, base) = Who::variables(provider);
    access.key = service::said(key);
    access.proxy = service::said(PROXY);
    if let Some(base) = service::said(base) {
        access.base = base;
    }
    registers::ask(provider, &access, &known.subjects, &options, &mut Waiting::new(), problems)
}

fn of_files(
    args: &ImportArgs,
    who: Who,
    known: &Operators,
    context: &Context<'_>,
    day: Date,
    source: &str,
    problems: &mut Problems,
) -> Vec<Row> {
    let files: Vec<(String, Vec<u8>)> =
        args.inputs.iter().filter_map(|path| Some((name(path), bytes(path, problems)?))).collect();
    match who {
        Who::Kgd => registers::arrears_of_file(&files, known, day, source, problems),
        Who::Stat => registers::entities_of_file(&files, known, day, source, problems),
        _ => {
            let mapping = args.mapping.as_ref().map(|path| {
                let read = text(path, problems);
                read.and_then(|text| Mapping::parse(&name(path), &text, problems)).unwrap_or_default()
            });
            let mut rows = Vec::new();
            for (file, bytes) in &files {
                if let Some(sheet) = Sheet::read(file, bytes, args.sheet.as_deref(), problems) {
                    rows.extend(registers::checks_of_file(
                        &sheet,
                        mapping.as_ref(),
                        context,
                        known,
                        day,
                        source,
                        problems,
                    ));
                }
            }
            rows
        }
    }
}

fn tell(args: &ImportArgs, source: &str, answers: &Answers, problems: &Problems) -> anyhow::Result<()> {
    let rows = &answers.rows;
    let mut outcomes: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for row in rows {
        *outcomes.entry((row.check.as_str(), row.outcome.as_str())).or_default() += 1;
    }
    let count = |outcome: Outcome| rows.iter().filter(|r| r.outcome == outcome).count();
    let out = args.out.as_ref().map_or_else(String::new, |out| out.display().to_string());
    if args.json {
        let mut checks = serde_json::Map::new();
        for ((check, outcome), n) in &outcomes {
            checks.entry(*check).or_insert_with(|| json!({}))[*outcome] = json!(n);
        }
        print_json(&json!({
            "source": source,
            "file": out,
            "rows": rows.len(),
            "pass": count(Outcome::Pass),
            "fail": count(Outcome::Fail),
            "unknown": count(Outcome::Unknown),
            "checks": checks,
            "asked": answers.asked,
            "kept": answers.kept,
            "oldest_kept": answers.oldest.map(|day| day.to_string()),
            "unanswered": answers.unanswered,
            "problems": show::problems_json(problems),
        }))?;
        return Ok(());
    }
    say(&show::problems(problems, ""))?;
    let mut said = String::new();
    for ((check, outcome), n) in &outcomes {
        said.push_str(&format!("{n:>9}  {check}: {outcome}\n"));
    }
    let mut line = |n: usize, words: &str| {
        if n > 0 {
            said.push_str(&format!("{n:>9}  {words}\n"));
        }
    };
    line(answers.asked, "operators asked about now");
    line(answers.kept, "operators whose kept answers were used");
    line(answers.unanswered, "operators without an answer: unknown, and asked again by the next run");
    said.push_str(&format!("→ {out}\n"));
    print(&said)?;
    Ok(())
}

fn refuse(args: &ImportArgs, problems: &Problems) -> anyhow::Result<Exit> {
    let mut problems = problems.clone();
    problems.sort();
    problems.dedup();
    if args.json {
        print_json(&json!({ "problems": show::problems_json(&problems) }))?;
    }
    say(&show::problems(&problems, ""))?;
    say(&format!("Nothing was imported: {}.\n", show::count(&problems)))?;
    Ok(Exit::Wrong)
}

/// Whether the file is not there, or a table that this command could have written.
fn may_replace(out: &Path) -> bool {
    match fs::read(out) {
        Ok(bytes) => bytes.starts_with(b"operator_id,check,outcome,as_of,source,evidence\n"),
        Err(error) => error.kind() == std::io::ErrorKind::NotFound,
    }
}

fn stem(path: &Path) -> String {
    path.file_stem().map_or_else(|| "checks".to_owned(), |stem| stem.to_string_lossy().into_owned())
}
