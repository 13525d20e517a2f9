//! `adil independence`: the round again without each of its optional sources; never a decision.

use adil_policy::IndependenceRule;
use adil_report::text;
use adil_round::what_if::Prepared;
use adil_round::{independence, output};

use super::{Refused, language, print, print_json, read, refuse_decision};
use crate::Exit;
use crate::args::IndependenceArgs;

pub(crate) fn independence(args: &IndependenceArgs) -> anyhow::Result<Exit> {
    let inputs = match read(&args.round, args.json)? {
        Ok((_, inputs)) => inputs,
        Err(Refused(exit)) => return Ok(exit),
    };
    let rule = inputs.policy.independence.as_ref();
    let tolerance = rule.map_or_else(IndependenceRule::default_tolerance, |rule| rule.tolerance.clone());
    let decision = match Prepared::new(&inputs).and_then(|prepared| prepared.decision()) {
        Ok(decision) => decision,
        Err(error) => return Ok(refuse_decision(&error, args.json)?.0),
    };
    let found = independence::measure(&inputs, &decision, &tolerance);
    if args.json {
        print_json(&output::independence_json(&found))?;
    } else {
        print(&text::independence(&found, &decision, language(&args.lang, &decision.policy)))?;
    }
    Ok(Exit::Done)
}
