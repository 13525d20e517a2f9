//! Problems and contradictions as a person at a terminal reads them.

use std::fmt::Write as _;

use adil_domain::{Language, Money, Problem, Problems, Severity};
use adil_round::folder::POLICY;
use adil_round::{Conflict, ConflictBound};
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use serde_json::{Value, json};

/// The most problems shown; `problems.csv` has them all.
const SHOWN: usize = 20;

/// All problems, errors first, those of the policy with the line and a caret.
pub(crate) fn problems(problems: &Problems, policy_text: &str) -> String {
    let mut ordered: Vec<&Problem> = problems.iter().collect();
    ordered.sort_by_key(|p| p.severity);
    let mut out = String::new();
    for problem in ordered.iter().take(SHOWN) {
        out.push_str(&one(problem, policy_text));
    }
    if ordered.len() > SHOWN {
        let _ = writeln!(out, "… and {} more; problems.csv lists them all.", ordered.len() - SHOWN);
    }
    out
}

fn one(problem: &Problem, policy_text: &str) -> String {
    let level = match problem.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    match problem.place.span {
        Some((start, end)) if problem.place.file == POLICY && end <= policy_text.len() => {
            let end = end.max(start);
            let snippet = Snippet::source(policy_text)
                .path(&problem.place.file)
                .fold(true)
                .annotation(AnnotationKind::Primary.span(start..end));
            let mut group = level.primary_title(&problem.message).id(problem.code).element(snippet);
            if let Some(hint) = &problem.hint {
                group = group.element(Level::HELP.message(hint));
            }
            format!("{}\n\n", Renderer::plain().render(&[group]))
        }
        _ => {
            let mut text = format!(
                "{}[{}]: {}\n  --> {}\n",
                problem.severity, problem.code, problem.message, problem.place
            );
            if let Some(hint) = &problem.hint {
                let _ = writeln!(text, "  = help: {hint}");
            }
            text.push('\n');
            text
        }
    }
}

/// One line: how many of each.
pub(crate) fn count(problems: &Problems) -> String {
    let errors = problems.iter().filter(|p| p.severity == Severity::Error).count();
    let warnings = problems.len() - errors;
    let many = |n: usize, one: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") };
    format!("{}, {}", many(errors, "error"), many(warnings, "warning"))
}

/// Problems as JSON.
pub(crate) fn problems_json(problems: &Problems) -> Value {
    problems
        .iter()
        .map(|p| {
            json!({
                "severity": p.severity.as_str(), "code": p.code, "file": p.place.file, "line": p.place.line,
                "column": p.place.column, "message": p.message, "hint": p.hint,
            })
        })
        .collect()
}

/// The most contradictions shown, and the most members named of one kind of bound.
const CONTRADICTIONS: usize = 5;
const NAMED: usize = 3;

/// Bounds that contradict each other. Many bounds of one kind are summed up: `--json` names them all.
pub(crate) fn conflicts(conflicts: &[Conflict]) -> String {
    let mut out = String::new();
    for conflict in conflicts.iter().take(CONTRADICTIONS) {
        let _ = writeln!(
            out,
            "error[bounds-conflict]: In pot `{}` these bounds contradict each other: {} is demanded, but only {} can \
             be given.",
            conflict.pot,
            grouped(conflict.demanded),
            grouped(conflict.available)
        );
        for bounds in conflict.bounds.chunk_by(|a, b| (a.kind, &a.level) == (b.kind, &b.level)) {
            out.push_str(&like_bounds(bounds));
        }
        out.push('\n');
    }
    if conflicts.len() > CONTRADICTIONS {
        let _ = writeln!(
            out,
            "… and {} more contradictions; --json names them all.",
            conflicts.len() - CONTRADICTIONS
        );
    }
    out.push_str(
        "help: Loosening any one bound of a contradiction far enough resolves it. Lower a floor, raise a ceiling, or \
         add money.\n",
    );
    out
}

/// Bounds of one kind and level: one line each while they are few, else their sum and the first of them.
fn like_bounds(bounds: &[ConflictBound]) -> String {
    let line =
        |kind: &str, amount: Money, whose: &str| format!("  {kind:11} {:>18}  {whose}\n", grouped(amount));
    if bounds.len() <= NAMED {
        return bounds
            .iter()
            .map(|b| match b.subject.as_str() {
                "" => line(b.kind, b.amount, "the pot"),
                subject => line(b.kind, b.amount, &format!("{} {subject}", b.level)),
            })
            .collect();
    }
    let (first, sum) = (&bounds[0], bounds.iter().map(|b| i128::from(b.amount.minor())).sum::<i128>());
    let sum = Money::from_minor(i64::try_from(sum).unwrap_or(i64::MAX), first.amount.currency());
    let named: Vec<&str> = bounds.iter().take(NAMED).map(|b| b.subject.as_str()).collect();
    let whose = format!("together, of {} {}s: {}, …", bounds.len(), first.level, named.join(", "));
    line(first.kind, sum, &whose)
}

/// An amount as English writes it, like the sentence around it.
fn grouped(amount: Money) -> String {
    let decimals = if amount.to_short_string().contains('.') { amount.currency().decimals() } else { 0 };
    format!("{} {}", Language::EN.number(&amount.to_rational(), decimals), amount.currency())
}

/// Contradictions as JSON.
pub(crate) fn conflicts_json(conflicts: &[Conflict]) -> Value {
    let one = |c: &Conflict| {
        let bounds: Vec<Value> = c
            .bounds
            .iter()
            .map(|b| json!({ "level": b.level, "subject": b.subject, "kind": b.kind, "amount": b.amount.to_short_string() }))
            .collect();
        json!({
            "pot": c.pot, "demanded": c.demanded.to_short_string(), "available": c.available.to_short_string(),
            "bounds": bounds,
        })
    };
    conflicts.iter().map(one).collect()
}
