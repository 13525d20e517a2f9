//! `adil match`: which rows of two lists are one operator, and why; it proposes and changes nothing.

use std::fs;
use std::path::{Path, PathBuf};

use adil_domain::{CountryPack, Language, Place, Problem, Problems, country};
use adil_integrity::names::{Matches, Operator, Outcome, Pair, Row, match_lists};
use adil_integrity::words::{say as word, sentence};
use adil_round::table::Table;
use clap::Args;
use serde_json::{Value, json};

use super::{print, print_json, refuse, say};
use crate::args::LangArg;
use crate::{Exit, show};

/// `adil match`.
#[derive(Debug, Args)]
#[command(after_help = "\
Columns unless said: all of name, name_kk, name_ru, name_en; the first of bin, identifier, operator_id; the first of territory, \
kato.

An equal valid identifier decides; a name alone only proposes. Every pair comes with what counted for it and against, in whole \
points; docs/names.md has them all, and how often they err.")]
pub(crate) struct MatchArgs {
    /// The first list: CSV
    #[arg(value_name = "A.csv")]
    first: PathBuf,
    /// The second list: CSV
    #[arg(value_name = "B.csv")]
    second: PathBuf,
    /// A column of names; may be given several times
    #[arg(long = "name", value_name = "COLUMN")]
    names: Vec<String>,
    /// The column of identifiers
    #[arg(long = "id", value_name = "COLUMN")]
    id: Option<String>,
    /// The column of places, as codes or names
    #[arg(long, value_name = "COLUMN")]
    place: Option<String>,
    /// Whose legal forms and identifiers they are
    #[arg(long, value_name = "CODE", default_value = "kz")]
    country: String,
    #[command(flatten)]
    lang: LangArg,
    /// Print the pairs as JSON
    #[arg(long)]
    json: bool,
}

/// Columns of names unless said.
const NAMES: [&str; 4] = ["name", "name_kk", "name_ru", "name_en"];
/// The column of identifiers unless said: the first that there is.
const IDS: [&str; 3] = ["bin", "identifier", "operator_id"];
/// The column of places unless said.
const PLACES: [&str; 2] = ["territory", "kato"];

pub(crate) fn matching(args: &MatchArgs) -> anyhow::Result<Exit> {
    let Some(pack) = country::pack(&args.country) else {
        let codes = country::codes().join(", ");
        return super::what_if::refuse(
            &format!("There is no country `{}`; there are {codes}.", args.country),
            args.json,
        );
    };
    let mut problems = Problems::new();
    let (first, second) = (read(&args.first, args, &mut problems), read(&args.second, args, &mut problems));
    let (Some(first), Some(second)) = (first, second) else {
        return Ok(refuse(&problems, "", args.json)?.0);
    };
    if !problems.is_empty() {
        say(&show::problems(&problems, ""))?;
    }
    let found = match_lists(&first.operators(pack), &second.operators(pack));
    if args.json {
        print_json(&as_json(&found, &first, &second))?;
    } else {
        let language = args.lang.lang.map_or(Language::EN, Into::into);
        print(&as_text(&found, &first, &second, language))?;
    }
    Ok(Exit::Done)
}

/// A list and the columns that count.
struct List {
    table: Table,
    names: Vec<usize>,
    id: Option<usize>,
    place: Option<usize>,
}

fn read(path: &Path, args: &MatchArgs, problems: &mut Problems) -> Option<List> {
    let file = path.display().to_string();
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            let message = format!("The list can't be read: {error}.");
            problems.push(Problem::error("unreadable", Place::file(file), message).hint("Check the path."));
            return None;
        }
    };
    let table = Table::read(&file, &bytes, problems)?;
    let asked: Vec<&str> = args.names.iter().chain(&args.id).chain(&args.place).map(String::as_str).collect();
    let absent: Vec<&&str> = asked.iter().filter(|name| table.column(name).is_none()).collect();
    for name in &absent {
        let there = table.header().join(", ");
        problems.push(
            Problem::error(
                "no-column",
                Place::line(&file, table.header_line()),
                format!("There is no column `{name}`."),
            )
            .hint(format!("The columns are: {there}.")),
        );
    }
    let usual = |names: &[&str]| names.iter().find_map(|name| table.column(name));
    let names: Vec<usize> = if args.names.is_empty() {
        NAMES.iter().filter_map(|name| table.column(name)).collect()
    } else {
        args.names.iter().filter_map(|name| table.column(name)).collect()
    };
    if names.is_empty() && absent.is_empty() {
        problems.push(
            Problem::error(
                "no-column",
                Place::line(&file, table.header_line()),
                "There is no column of names.",
            )
            .hint(format!("Say which it is: --name COLUMN; the columns are: {}.", table.header().join(", "))),
        );
    }
    let id = args.id.as_deref().map_or_else(|| usual(&IDS), |name| table.column(name));
    let place = args.place.as_deref().map_or_else(|| usual(&PLACES), |name| table.column(name));
    (absent.is_empty() && !names.is_empty()).then_some(List { table, names, id, place })
}

impl List {
    fn cell(&self, row: usize, column: Option<usize>) -> &str {
        column.map_or("", |column| self.table.cell(row, column))
    }

    fn operators(&self, pack: &CountryPack) -> Vec<Operator> {
        (0..self.table.len())
            .map(|row| {
                let names: Vec<&str> =
                    self.names.iter().map(|column| self.table.cell(row, *column)).collect();
                let (identifier, place) = (self.cell(row, self.id), self.cell(row, self.place));
                Operator::new(&Row { names: &names, identifier, place }, pack)
            })
            .collect()
    }

    /// The first of its names that says something.
    fn name(&self, row: usize) -> &str {
        let mut names = self.names.iter().map(|column| self.table.cell(row, *column).trim());
        names.find(|name| !name.is_empty()).unwrap_or_default()
    }
}

fn count(found: &Matches, outcome: Outcome) -> usize {
    found.pairs.iter().filter(|pair| pair.comparison.outcome == outcome).count()
}

fn as_json(found: &Matches, first: &List, second: &List) -> Value {
    let side = |list: &List, row: usize| json!({ "line": list.table.line(row), "name": list.name(row) });
    let pair = |pair: &Pair| {
        let compared = &pair.comparison;
        let evidence: Vec<Value> = compared
            .evidence
            .iter()
            .map(|e| json!({ "finding": e.finding.as_str(), "first": e.left, "second": e.right, "points": e.points }))
            .collect();
        json!({
            "first": side(first, pair.left), "second": side(second, pair.right),
            "outcome": compared.outcome.as_str(), "basis": compared.basis.as_str(), "points": compared.points,
            "evidence": evidence,
        })
    };
    json!({
        "format": "adil-match/1",
        "same": count(found, Outcome::Same),
        "unsure": count(found, Outcome::Unsure),
        "pairs": found.pairs.iter().map(pair).collect::<Vec<_>>(),
        "crowded": found.crowded.iter().map(|row| first.table.line(*row)).collect::<Vec<_>>(),
    })
}

fn as_text(found: &Matches, first: &List, second: &List, language: Language) -> String {
    let mut out = String::new();
    for pair in &found.pairs {
        let compared = &pair.comparison;
        out.push_str(&format!(
            "{} ({}, {:+})\n  {}: {}\n  {}: {}\n",
            word(language, &format!("outcome-{}", compared.outcome.as_str()), &[]),
            word(language, &format!("basis-{}", compared.basis.as_str()), &[]),
            compared.points,
            first.table.line(pair.left),
            first.name(pair.left),
            second.table.line(pair.right),
            second.name(pair.right),
        ));
        for evidence in &compared.evidence {
            out.push_str(&format!("    {:+3}  {}\n", evidence.points, sentence(language, evidence)));
        }
        out.push('\n');
    }
    for row in &found.crowded {
        let line = first.table.line(*row).to_string();
        out.push_str(&format!("{}\n", word(language, "match-crowded", &[("line", &line)])));
    }
    let (same, unsure) = (count(found, Outcome::Same).to_string(), count(found, Outcome::Unsure).to_string());
    out.push_str(&word(language, "match-count", &[("same", &same), ("unsure", &unsure)]));
    out.push('\n');
    out
}
