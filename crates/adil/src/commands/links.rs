//! `adil links`: operators of a round joined by what they share, the money behind them, and declared interests.

mod said;

use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

use adil_domain::{Currency, Money, Place, Problem, Problems};
use adil_integrity::links::{
    Concentration, Interest, Interests, Links, Reading, Rules, Share, Tie, concentration, interests, links,
};
use adil_round::folder::{DECISION, OPERATORS};
use adil_round::output::AWARDS;
use adil_round::table::{Table, parse_date, parse_money, require_columns};
use anyhow::Context;
use clap::Args;

use super::{Refused, language, print, print_json, read, refuse, say};
use crate::args::{LangArg, RoundArg};
use crate::{Exit, show};

/// `adil links`.
#[derive(Debug, Args)]
#[command(after_help = "\
Unless said: head=3, founder=3, account=4, phone=2, address=1; two operators are linked from 4 on; a value that more than 20 \
share counts nothing. A link is a question with its evidence, never a verdict.")]
pub(crate) struct LinksArgs {
    #[command(flatten)]
    round: RoundArg,
    /// What sharing a value of a column of operators.csv counts; 0 leaves it out
    #[arg(long = "weight", value_name = "COLUMN=N", value_parser = weight)]
    weights: Vec<(String, u32)>,
    /// The sum from which on two operators are linked
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    threshold: Option<u32>,
    /// A value that more operators share counts nothing
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(2..=1000))]
    most: Option<u16>,
    #[command(flatten)]
    lang: LangArg,
    /// Print what was found as JSON
    #[arg(long)]
    json: bool,
}

/// Declared interests of those who decide.
const INTERESTS: &str = "interests.csv";

fn weight(text: &str) -> Result<(String, u32), String> {
    let (column, number) = text.split_once('=').ok_or("write COLUMN=N, such as head=3")?;
    let number: u32 = number.parse().map_err(|_| format!("`{number}` is no whole number"))?;
    Ok((column.to_owned(), number))
}

impl LinksArgs {
    fn rules(&self) -> Rules {
        let mut rules = Rules::default();
        for (column, weight) in &self.weights {
            match rules.shares.iter_mut().find(|s| s.column == *column) {
                Some(share) => share.weight = *weight,
                None => rules.shares.push(Share {
                    column: column.clone(),
                    weight: *weight,
                    reading: Reading::Exact,
                }),
            }
        }
        rules.shares.retain(|share| share.weight > 0);
        rules.threshold = self.threshold.unwrap_or(rules.threshold);
        rules.most = self.most.map_or(rules.most, usize::from);
        rules
    }
}

/// All that was found.
struct Seen {
    links: Links,
    money: Option<Concentration>,
    interests: Option<(Interests, Table)>,
    currency: Currency,
}

pub(crate) fn look(args: &LinksArgs) -> anyhow::Result<Exit> {
    let inputs = match read(&args.round, args.json)? {
        Ok((_, inputs)) => inputs,
        Err(Refused(exit)) => return Ok(exit),
    };
    let round = &args.round.round;
    let rules = args.rules();
    let mut problems = Problems::new();
    let Some(operators) = inputs.table(OPERATORS) else {
        problems.push(
            Problem::error(
                "no-file",
                Place::file(OPERATORS),
                "Links are found between operators, and this file is not there.",
            )
            .hint("Add it, with columns such as head, phone and address."),
        );
        return Ok(refuse(&problems, "", args.json)?.0);
    };
    // The default columns need not be there, those asked for must.
    let asked: Vec<&str> =
        args.weights.iter().filter(|(_, n)| *n > 0).map(|(column, _)| column.as_str()).collect();
    require_columns(operators, &asked, &mut problems);
    let found = links(&ties(operators, &rules), &rules);
    let currency = inputs.policy.round.budget.currency();
    let money = money(round, currency, &found, &mut problems)?;
    let declared = declared(round, &found, &mut problems)?;
    if problems.has_errors() {
        return Ok(refuse(&problems, "", args.json)?.0);
    }
    if !problems.is_empty() {
        say(&show::problems(&problems, ""))?;
    }
    let seen = Seen { links: found, money, interests: declared, currency };
    if args.json {
        print_json(&said::json(&seen))?;
    } else {
        print(&said::text(&seen, language(&args.lang, &inputs.policy)))?;
    }
    Ok(Exit::Done)
}

/// What operators have, column by column; one without any of it is known all the same.
fn ties<'t>(operators: &'t Table, rules: &'t Rules) -> Vec<Tie<'t>> {
    let Some(id) = operators.column("operator_id") else { return Vec::new() };
    let columns = rules.shares.iter().filter_map(|share| Some((share, operators.column(&share.column)?)));
    let own = (0..operators.len()).map(|row| Tie {
        operator: operators.cell(row, id),
        column: "operator_id",
        value: "",
    });
    own.chain(columns.flat_map(|(share, column)| {
        (0..operators.len()).map(move |row| Tie {
            operator: operators.cell(row, id),
            column: &share.column,
            value: operators.cell(row, column),
        })
    }))
    .collect()
}

/// A table that need not be there.
fn table(path: &Path, name: &str, problems: &mut Problems) -> anyhow::Result<Option<Table>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Table::read(name, &bytes, problems)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("{} can't be read", path.display())),
    }
}

/// Concentration of what the decision awards, where there is one.
fn money(
    round: &Path,
    currency: Currency,
    found: &Links,
    problems: &mut Problems,
) -> anyhow::Result<Option<Concentration>> {
    let Some(awards) = table(&round.join(DECISION).join(AWARDS), AWARDS, problems)? else { return Ok(None) };
    let (Some(id), Some(amount)) = (awards.column("operator_id"), awards.column("amount")) else {
        require_columns(&awards, &["operator_id", "amount"], problems);
        return Ok(None);
    };
    let mut amounts: BTreeMap<String, Money> = BTreeMap::new();
    for row in 0..awards.len() {
        // An award that names no operator is one of its own.
        let operator = match awards.cell(row, id).trim() {
            "" => format!("line {}", awards.line(row)),
            named => named.to_owned(),
        };
        let sum = amounts.entry(operator).or_insert(Money::zero(currency));
        let added =
            parse_money(awards.cell(row, amount), currency).ok().and_then(|money| sum.checked_add(money));
        match added {
            Some(added) => *sum = added,
            None => problems.push(
                Problem::error(
                    "bad-amount",
                    Place::cell(AWARDS, awards.line(row), "amount"),
                    "This is no amount of the round.",
                )
                .hint("Decide the round again: adil run ROUND."),
            ),
        }
    }
    // A decision without any money has no concentration.
    Ok(concentration(found, &amounts).ok())
}

/// Declared interests against the links, where the table is there.
fn declared(
    round: &Path,
    found: &Links,
    problems: &mut Problems,
) -> anyhow::Result<Option<(Interests, Table)>> {
    let Some(table) = table(&round.join(INTERESTS), INTERESTS, problems)? else { return Ok(None) };
    require_columns(&table, &["person", "role", "relation", "declared_on"], problems);
    let column = |name: &str| table.column(name);
    if column("operator_id").is_none() && column("value").is_none() {
        problems.push(
            Problem::error("no-column", Place::line(INTERESTS, table.header_line()), "There is no column that says what the interest is in.")
                .hint("Add operator_id, or value with something that operators.csv states, such as the hash of a head."),
        );
    }
    let cell = |row: usize, name: &str| column(name).map_or("", |at| table.cell(row, at));
    let rows: Vec<Interest<'_>> = (0..table.len())
        .map(|row| Interest {
            person: cell(row, "person"),
            role: cell(row, "role"),
            operator: cell(row, "operator_id"),
            value: cell(row, "value"),
            relation: cell(row, "relation"),
            declared_on: cell(row, "declared_on"),
        })
        .collect();
    for (row, interest) in rows.iter().enumerate() {
        if let Err(error) = parse_date(interest.declared_on) {
            let place = Place::cell(INTERESTS, table.line(row), "declared_on");
            problems
                .push(Problem::error("bad-date", place, error.to_string()).hint("Write it as 2026-01-31."));
        }
    }
    let interests = interests(&rows, found);
    Ok(Some((interests, table)))
}
