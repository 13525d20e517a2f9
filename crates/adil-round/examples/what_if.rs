//! How long a question about another weight takes on a round: `what_if ROUND [TIMES]` prints one line of JSON.

use std::error::Error;
use std::io::Write as _;
use std::path::Path;
use std::time::Instant;

use adil_round::what_if::{Patch, Prepared, apply};
use adil_round::{folder, inputs};

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let round = args.next().ok_or("name the folder of a round")?;
    let times: usize = args.next().map_or(Ok(10), |n| n.parse())?;
    let said = |problems: adil_domain::Problems| {
        problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    };
    let files = folder::read(Path::new(&round)).map_err(said)?;
    let reading = inputs::read(&files, false);
    let inputs = reading.inputs.ok_or_else(|| said(reading.problems))?;
    let begin = Instant::now();
    let prepared = Prepared::new(&inputs).map_err(|error| format!("{error:?}"))?;
    let preparation = begin.elapsed();
    let (criterion, indicator) = inputs
        .policy
        .criteria
        .first()
        .and_then(|c| Some((c.id.clone(), c.indicators.first()?.id.clone())))
        .ok_or("the policy gives no points")?;
    let mut seconds = Vec::new();
    let mut applications = 0;
    for step in 0..times {
        let weight = (5 + 90 * step / times.max(1)).to_string().parse()?;
        let patch = Patch::Weight { criterion: criterion.clone(), indicator: indicator.clone(), weight };
        let begin = Instant::now();
        let policy = apply(&inputs.policy, &[patch])?;
        let answer = prepared.ask(&policy).map_err(|error| format!("{error:?}"))?;
        seconds.push(begin.elapsed().as_secs_f64());
        applications = answer.applications.len();
    }
    seconds.sort_by(f64::total_cmp);
    let figures = serde_json::json!({
        "applications": applications,
        "prepare_seconds": preparation.as_secs_f64(),
        "best": seconds.first(),
        "median": seconds.get(seconds.len() / 2),
        "worst": seconds.last(),
    });
    writeln!(std::io::stdout(), "{figures}")?;
    Ok(())
}
