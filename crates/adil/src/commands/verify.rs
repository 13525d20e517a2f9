//! `adil verify`: recompute, compare, check the certificate.

use adil_round::folder::{self, DECISION};
use adil_round::verify::{self, Verification};
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
    let Verification { checks } = verify::verify(&files, &decided, |decision, lang| {
        let lang = lang.unwrap_or_else(|| language(&LangArg { lang: None }, &decision.policy));
        run::renderings(decision, lang).map_err(|e| format!("{e:#}"))
    });
    drop(progress);
    let holds = checks.iter().all(|c| c.findings.is_empty());
    if args.json {
        let checks: Vec<_> = checks
            .iter()
            .map(|c| json!({ "check": c.name, "holds": c.findings.is_empty(), "findings": c.findings }))
            .collect();
        print_json(&json!({ "holds": holds, "checks": checks }))?;
    } else {
        for check in &checks {
            print(&format!("{}  {}", if check.findings.is_empty() { "holds" } else { "FAILS" }, check.name))?;
            for finding in &check.findings {
                print(&format!("       {finding}"))?;
            }
        }
    }
    Ok(if holds { Exit::Done } else { Exit::Wrong })
}
