//! `adil verify`: recompute, compare, check the certificate.

use adil_domain::Language;
use adil_round::Decision;
use adil_round::folder::{self, DECISION, Files};
use adil_round::publish::PUBLISHED;
use adil_round::verify::{self, Check};
use serde_json::json;

use super::{language, print, print_json, run, say};
use crate::args::{LangArg, VerifyArgs};
use crate::progress::Progress;
use crate::{Exit, show};

pub(crate) fn verify(args: &VerifyArgs) -> anyhow::Result<Exit> {
    let round = &args.round.round;
    let at = args.decision.clone().unwrap_or_else(|| round.join(DECISION));
    let progress = Progress::new(2);
    progress.step("reading");
    let files = match folder::read(round) {
        Ok(files) => files,
        Err(problems) => {
            drop(progress);
            if args.json {
                print_json(&json!({ "holds": false, "problems": show::problems_json(&problems) }))?;
            }
            say(&show::problems(&problems, ""))?;
            return Ok(Exit::Wrong);
        }
    };
    let decided = match verify::read_decision(&at) {
        Ok(files) => files,
        Err(message) => {
            drop(progress);
            if args.json {
                print_json(&json!({ "holds": false, "message": message }))?;
            }
            say(&format!("{message}\n"))?;
            return Ok(Exit::Wrong);
        }
    };
    progress.step("recomputing");
    let published = match folder::read_some(round, &[PUBLISHED]) {
        Ok(mut files) => files.remove(PUBLISHED),
        Err(problems) => {
            drop(progress);
            say(&show::problems(&problems, ""))?;
            return Ok(Exit::Wrong);
        }
    };
    let checks = checks(&files, published.as_deref(), &decided);
    drop(progress);
    let holds = checks.iter().all(|c| c.findings.is_empty());
    if args.json {
        let checks: Vec<_> = checks
            .iter()
            .map(|c| {
                json!({
                    "check": c.name,
                    "holds": c.findings.is_empty(),
                    "findings": c.findings,
                    "not_checked": c.not_checked,
                })
            })
            .collect();
        print_json(&json!({ "holds": holds, "checks": checks }))?;
    } else {
        for check in &checks {
            print(&lines(check))?;
        }
    }
    Ok(if holds { Exit::Done } else { Exit::Wrong })
}

/// Every check of a round and its decision that can be made.
pub(crate) fn checks(round: &Files, published: Option<&[u8]>, decided: &Files) -> Vec<Check> {
    let render = |decision: &Decision, lang: Option<Language>| {
        let lang = lang.unwrap_or_else(|| language(&LangArg { lang: None }, &decision.policy));
        run::renderings(decision, lang).map_err(|e| format!("{e:#}"))
    };
    verify::verify_published(round, published, decided, render).checks
}

/// A check and what it found.
pub(crate) fn lines(check: &Check) -> String {
    let word = match (check.findings.is_empty(), check.not_checked.is_empty()) {
        (false, _) => "FAILS",
        (true, false) => "open ",
        (true, true) => "holds",
    };
    let found = check.findings.iter().cloned();
    let open = check.not_checked.iter().map(|sentence| format!("not checked: {sentence}"));
    found.chain(open).fold(format!("{word}  {}\n", check.name), |text, line| text + "       " + &line + "\n")
}
