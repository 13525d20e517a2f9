//! `adil publish`: what of a round may stand on a public web site.

use std::path::{Path, PathBuf};

use adil_policy::PrivacyRule;
use adil_report::text;
use adil_round::folder::{self, DECISION};
use adil_round::publish::{self, PUBLISHED, PUBLISHED_IN_WORDS, Publication, Whole};
use adil_round::verify::{self, Check};
use anyhow::Context as _;
use clap::Args;
use serde_json::json;

use super::verify::{checks, lines};
use super::{Refused, language, print, print_json, read, say};
use crate::args::{LangArg, RoundArg};
use crate::{Exit, show};

/// `adil publish`.
#[derive(Debug, Args)]
pub(crate) struct PublishArgs {
    #[command(flatten)]
    pub(crate) round: RoundArg,
    /// The folder to write, outside the round; one that is there must be empty
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Hide counts of fewer people, where the round says less [default: the round's, or 5]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(3..=1000))]
    smallest: Option<u32>,
    #[command(flatten)]
    pub(crate) lang: LangArg,
    /// Print what became of each file as JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn publish(args: &PublishArgs) -> anyhow::Result<Exit> {
    let round = &args.round.round;
    let (files, inputs) = match read(&args.round, args.json)? {
        Ok(found) => found,
        Err(Refused(exit)) => return Ok(exit),
    };
    let stated = inputs.policy.privacy.as_ref().map_or(PrivacyRule::DEFAULT_SMALLEST, |rule| rule.smallest);
    let smallest = args.smallest.unwrap_or(stated);
    if smallest < stated {
        say(&format!(
            "--smallest {smallest} would show more than the round allows: counts of fewer than {stated} people are hidden in it.\n"
        ))?;
        return Ok(Exit::Usage);
    }
    if is_inside(&args.out, round)? {
        let out = args.out.display();
        say(&format!(
            "{out} is inside the round; name a folder elsewhere, which can be put on a web site.\n"
        ))?;
        return Ok(Exit::Usage);
    }
    let decided = match verify::read_decision(&round.join(DECISION)) {
        Ok(files) => files,
        Err(message) => {
            say(&format!("{message}\n"))?;
            return Ok(Exit::Wrong);
        }
    };
    // What does not hold here is not put before everyone.
    let whole = checks(&files, None, &decided);
    if whole.iter().any(|check| !check.findings.is_empty()) {
        whole.iter().try_for_each(|check| say(&lines(check)))?;
        say("The decision does not hold, so nothing was published. Decide the round again: adil run.\n")?;
        return Ok(Exit::Wrong);
    }
    let listing = folder::listing(round).with_context(|| format!("{} can't be listed", round.display()))?;
    let made = folder::read_some(round, &publish::beside()).and_then(|beside| {
        let whole =
            Whole { inputs: &inputs, files: &files, listing: &listing, beside: &beside, decided: &decided };
        publish::publish(&whole, smallest)
    });
    let mut publication = match made {
        Ok(publication) => publication,
        Err(problems) => {
            if args.json {
                print_json(&json!({ "problems": show::problems_json(&problems) }))?;
            }
            say(&show::problems(&problems, ""))?;
            say("Nothing was published.\n")?;
            return Ok(Exit::Wrong);
        }
    };
    // What somebody who has nothing else can check.
    let public = publish::inputs_of(&publication.files);
    let list = publication.files.get(PUBLISHED).cloned();
    let outside = checks(&public, list.as_deref(), &decided);
    let language = language(&args.lang, &inputs.policy);
    let page = text::published(&publication, &outside, &inputs.policy, language);
    publication.files.insert(PUBLISHED_IN_WORDS.to_owned(), page.clone().into_bytes());
    folder::write_new(&args.out, &publication.files)?;
    for small in &publication.small {
        say(&format!(
            "warning: {} is published as it is, and {} of the counts of people in its column {} are below {smallest}.\n",
            small.file, small.rows, small.column
        ))?;
    }
    if let Some(rule) = inputs.policy.observations.as_ref().filter(|rule| rule.min_observers < smallest) {
        say(&format!(
            "warning: the decision shows what {} people saw of a facility, and fewer than {smallest} are few: raise min_observers before the next round.\n",
            rule.min_observers
        ))?;
    }
    if args.json {
        print_json(&as_json(&publication, &outside))?;
    } else {
        print(&page)?;
    }
    say(&format!("→ {}\n", args.out.display()))?;
    Ok(Exit::Done)
}

/// Whether a folder, which need not be there yet, lies in the round or is the round.
fn is_inside(out: &Path, round: &Path) -> anyhow::Result<bool> {
    let whole =
        |path: &Path| path.canonicalize().with_context(|| format!("{} can't be found", path.display()));
    let round = whole(round)?;
    let here = std::path::absolute(out).with_context(|| format!("{} is no path", out.display()))?;
    // The nearest folder above that is there says where the others will be.
    let there = here.ancestors().find_map(|above| above.canonicalize().ok());
    Ok(there.is_some_and(|there| there.starts_with(&round)))
}

fn as_json(publication: &Publication, outside: &[Check]) -> serde_json::Value {
    let files: Vec<_> = publication
        .entries
        .iter()
        .map(|e| {
            json!({ "file": e.file, "published": e.how.as_str(), "why": e.why.as_str(), "counts": e.counts })
        })
        .collect();
    let counted: Vec<_> = publication
        .counted
        .iter()
        .map(|c| json!({ "file": c.file, "counts": c.counts, "hidden": c.hidden }))
        .collect();
    let small: Vec<_> = publication
        .small
        .iter()
        .map(|s| json!({ "file": s.file, "column": s.column, "rows": s.rows }))
        .collect();
    let checks: Vec<_> = outside
        .iter()
        .map(|c| json!({ "check": c.name, "findings": c.findings, "not_checked": c.not_checked }))
        .collect();
    json!({
        "format": "adil-published/1",
        "smallest": publication.smallest,
        "files": files,
        "counts": counted,
        "small": small,
        "checks": checks,
    })
}
