//! `adil explain`: why this amount.

use adil_domain::problem::did_you_mean;
use adil_report::text;
use serde_json::to_value;

use super::{Refused, decide, language, print, print_json, say};
use crate::Exit;
use crate::args::ExplainArgs;

pub(crate) fn explain(args: &ExplainArgs) -> anyhow::Result<Exit> {
    let decision = match decide(&args.round, args.json)? {
        Ok(decision) => decision,
        Err(Refused(exit)) => return Ok(exit),
    };
    let Some(application) = decision.application(&args.application) else {
        let known = decision.applications.iter().map(|a| a.id.as_str());
        let hint = did_you_mean(&args.application, known);
        say(&format!("There is no application `{}` in this round. {hint}\n", args.application))?;
        return Ok(Exit::Wrong);
    };
    if args.json {
        print_json(&to_value(adil_round::explain(&decision, application))?)?;
    } else {
        print(&text::explanation(&decision, application, language(&args.lang, &decision.policy)))?;
    }
    Ok(Exit::Done)
}
