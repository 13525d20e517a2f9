//! Whatever is written, the answer is a list of problems and never a crash.

use adil_domain::Language;
use adil_policy::{Expr, Policy};
use proptest::prelude::*;

use super::{SAMPLE, Tables};

/// Reads, and goes on with whatever came out of it.
fn all_of_it(text: &str) {
    let (policy, problems) = Policy::parse("policy.toml", text);
    assert!(policy.is_some() || problems.has_errors());
    for problem in &problems {
        if let Some((from, to)) = problem.place.span {
            assert!(text.get(from..to).is_some(), "{problem}");
        }
    }
    if let Some(policy) = policy {
        let _ = policy.check(&Tables, &Language::PRODUCT);
        let _ = policy.explain(Language::KK, &Tables);
    }
}

#[test]
fn deep_nesting_is_refused_before_it_can_hurt() {
    for (open, inner, close) in [
        ("(", "1", ")"),
        ("-(", "1", ")"),
        ("!(", "true", ")"),
        ("min(1, ", "1", ")"),
        ("true ? 1 : ", "1", ""),
        ("1 + ", "1", ""),
    ] {
        for times in [1, 10, 23, 100, 149, 600, 10_000, 100_000] {
            let source = format!("{}{inner}{}", open.repeat(times), close.repeat(times));
            let answer = Expr::parse(&source, &mut Vec::new());
            if times <= 10 {
                assert!(answer.is_ok(), "{source}: {answer:?}");
            }
            if times >= 600 {
                let code = answer.unwrap_err().as_slice()[0].code;
                assert!(matches!(code, "expression-too-deep" | "expression-too-long"), "{code}");
            }
        }
    }
    all_of_it(&format!("a = {}", "[".repeat(100_000)));
    all_of_it(&format!("{}a = 1", "a.".repeat(100_000)));
    all_of_it(&"[[pot]]\n".repeat(10_000));
    all_of_it(&format!("a = [{}]", "[[1]],".repeat(40_000)));
    all_of_it(&"x".repeat(2 << 20));
}

#[test]
fn a_file_cut_short_anywhere_is_refused_in_words() {
    for (end, _) in SAMPLE.char_indices().step_by(7) {
        all_of_it(&SAMPLE[..end]);
    }
}

fn token() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "1",
        "0.5",
        "'a'",
        "true",
        "null",
        "score",
        "pot",
        "application.ask",
        "check.x",
        "history.amount",
        "model.m",
        "in",
        "[",
        "]",
        "(",
        ")",
        ",",
        ".",
        "?",
        ":",
        "+",
        "-",
        "*",
        "/",
        "%",
        "!",
        "==",
        "!=",
        "<",
        ">=",
        "&&",
        "||",
        "min(",
        "has(",
        "date(",
        "sum(",
        "x.startsWith(",
        "{",
        "}",
        "\"",
        "'",
        "\\",
        "`",
        "r'a'",
        "0x1",
        "1u",
        "1e5",
        "b'x'",
        "é",
        "//",
        "all(",
        ".map(",
        "\n",
    ])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_text_at_all(text in "\\PC{0,200}") {
        all_of_it(&text);
        let _ = Expr::parse(&text, &mut Vec::new());
    }

    #[test]
    fn any_tokens_of_an_expression(tokens in prop::collection::vec(token(), 0..24), spaced in any::<bool>()) {
        let source = tokens.join(if spaced { " " } else { "" });
        let _ = Expr::parse(&source, &mut Vec::new());
    }

    #[test]
    fn the_sample_with_a_hole_and_a_patch(from in 0usize..5000, len in 0usize..40, patch in "[\\PC\n]{0,12}") {
        let floor = |mut at: usize| { at = at.min(SAMPLE.len()); while !SAMPLE.is_char_boundary(at) { at -= 1; } at };
        let (start, end) = (floor(from), floor(from + len));
        all_of_it(&format!("{}{patch}{}", &SAMPLE[..start], &SAMPLE[end..]));
    }

    #[test]
    fn the_sample_with_a_value_exchanged(line in 0usize..110, value in prop::sample::select(vec![
        "1", "-1", "0", "'x'", "[]", "{}", "true", "2020-01-01", "1e9", "inf", "[[1]]", "[{}]", "{ kind = 'bands' }", "\"\\u0041\"", "''", "99999999999999999999",
    ])) {
        let lines: Vec<String> = SAMPLE.lines().enumerate().map(|(i, l)| match l.split_once('=') {
            Some((key, _)) if i == line => format!("{key}= {value}"),
            _ => l.to_owned(),
        }).collect();
        all_of_it(&lines.join("\n"));
    }
}
