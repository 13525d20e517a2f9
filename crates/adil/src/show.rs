//! Problems and contradictions as a person at a terminal reads them.

use std::fmt::Write as _;

use adil_domain::{Problem, Problems, Severity};
use adil_round::Conflict;
use adil_round::folder::POLICY;
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

/// Bounds that contradict each other.
pub(crate) fn conflicts(conflicts: &[Conflict]) -> String {
    let mut out = String::new();
    for conflict in conflicts {
        let _ = writeln!(
            out,
            "error[bounds-conflict]: In pot `{}` these bounds contradict each other: {} is demanded, but only {} can \
             be given.",
            conflict.pot,
            conflict.demanded.to_short_string(),
            conflict.available.to_short_string()
        );
        for bound in conflict.bounds.iter().take(SHOWN) {
            let whose = if bound.subject.is_empty() {
                "the pot".to_owned()
            } else {
                format!("{} {}", bound.level, bound.subject)
            };
            let _ = writeln!(out, "  {:8} {:>16}  {whose}", bound.kind, bound.amount.to_short_string());
        }
        if conflict.bounds.len() > SHOWN {
            let _ = writeln!(out, "  … and {} more", conflict.bounds.len() - SHOWN);
        }
        let _ = writeln!(
            out,
            "  = help: Loosening any one of them far enough resolves this contradiction. Lower a floor, raise a \
             ceiling, or add money.\n"
        );
    }
    out
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
