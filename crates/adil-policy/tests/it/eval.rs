//! What expressions are worth.

use std::collections::BTreeMap;

use adil_domain::{Outcome, Rational};
use adil_policy::{EvalError, Expr, Name, NameId, Scope, Value};
use proptest::prelude::*;

/// One row: values by the name as it is written.
#[derive(Default)]
struct Row {
    names: Vec<Name>,
    values: BTreeMap<String, Value>,
    series: Vec<Value>,
}

impl Scope for Row {
    fn value(&self, name: NameId) -> Value {
        self.values.get(&self.names[name.0].to_string()).cloned().unwrap_or(Value::Missing)
    }
    fn series(&self, _: NameId) -> Vec<Value> {
        self.series.clone()
    }
}

fn number(text: &str) -> Value {
    Value::Number(text.parse().unwrap())
}

fn row(values: &[(&str, Value)]) -> Row {
    let values = values.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    Row { values, ..Row::default() }
}

fn eval(source: &str, row: &mut Row) -> Result<Value, EvalError> {
    row.names.clear();
    let expr = Expr::parse(source, &mut row.names).unwrap_or_else(|p| panic!("{source}: {p:?}"));
    expr.eval(row)
}

fn facts() -> Row {
    let mut row = row(&[
        ("application.ask", number("12.5")),
        ("facility.name", Value::text("Орда A")),
        ("facility.opened", Value::Date("2020-05-01".parse().unwrap())),
        ("facility.open", Value::Truth(true)),
        ("check.good", Value::Outcome(Outcome::Pass)),
        ("check.bad", Value::Outcome(Outcome::Fail)),
        ("check.silent", Value::Outcome(Outcome::Unknown)),
        ("score", number("71.4")),
        ("pot", number("1000")),
    ]);
    row.series = vec![number("1"), number("2.5"), number("4")];
    row
}

#[test]
fn values_are_exact_and_what_is_missing_stays_missing() {
    let missing = || Value::Missing;
    let (yes, no) = (Value::Truth(true), Value::Truth(false));
    let third = Value::Number(Rational::ratio(1, 3).unwrap());
    let table: Vec<(&str, Value)> = vec![
        ("1 / 3", third.clone()),
        ("1 / 3 * 3 == 1", yes.clone()),
        ("0.1 + 0.2 == 0.3", yes.clone()),
        ("-5 + 2", number("-3")),
        ("2 - -3", number("5")),
        ("-(2 + 3) * 2", number("-10")),
        ("2 + 3 * 4 - 6 / 2", number("11")),
        ("10 - 2 - 3", number("5")),
        ("100 / 10 / 2", number("5")),
        ("123456789012345 * 10", number("1234567890123450")),
        ("0.00000000000001", number("0.00000000000001")),
        ("score * application.ask", number("892.5")),
        ("0.8 * pot * (0.5 + 0.25)", number("600")),
        ("application.ask >= 12.5 && !(application.ask < 1)", yes.clone()),
        ("facility.name == 'Орда A'", yes.clone()),
        ("facility.name != \"it's\"", yes.clone()),
        ("facility.name.startsWith('Орда')", yes.clone()),
        ("facility.name.endsWith('B') || facility.name.contains('да ')", yes.clone()),
        ("facility.name in ['x', 'Орда A']", yes.clone()),
        ("application.ask in [1, 2]", no.clone()),
        ("facility.opened < date('2020-05-02')", yes.clone()),
        ("max(facility.opened, date('2021-01-01')) == date('2021-01-01')", yes.clone()),
        ("facility.open ? 1 : 2", number("1")),
        ("facility.open == false", no.clone()),
        ("score > 90 ? 3 : score > 70 ? 2 : 1", number("2")),
        ("min(3, 1 + 1, 5)", number("2")),
        ("max(3, -1)", number("3")),
        ("sum(history.amount)", number("7.5")),
        ("mean(history.amount)", number("2.5")),
        ("count(history.amount) + 0.5", number("3.5")),
        ("latest(history.amount)", number("4")),
        ("min(history.amount) + max(history.amount)", number("5")),
        // Missing.
        ("application.none + 1", missing()),
        ("-application.none", missing()),
        ("application.none == application.none", missing()),
        ("application.none != 1", missing()),
        ("min(1, application.none)", missing()),
        ("application.none / 0", missing()),
        ("facility.none.startsWith('a')", missing()),
        ("application.none > 1 ? 1 : 2", missing()),
        ("facility.open ? 1 : application.none", number("1")),
        ("has(application.none)", no.clone()),
        ("has(application.ask) && application.ask > 1", yes.clone()),
        ("application.ask in [application.none, 12.5]", yes.clone()),
        ("application.ask in [application.none, 1]", missing()),
        // Checks: unknown is neither.
        ("check.good == 'pass'", yes.clone()),
        ("'fail' != check.good", yes.clone()),
        ("check.bad == 'pass'", no.clone()),
        ("check.bad in ['pass', 'fail']", yes.clone()),
        ("check.silent == 'pass'", missing()),
        ("check.silent != 'pass'", missing()),
        ("check.silent != 'fail'", missing()),
        ("!(check.silent == 'fail')", missing()),
        ("check.silent == check.good", missing()),
        ("check.silent == 'pass' || check.good == 'pass'", yes.clone()),
        ("check.silent == 'pass' ? 1 : 0", missing()),
        // A decided side spares the other one its division.
        ("pot == 0 || 1 / pot < 1", yes.clone()),
        ("pot != 1000 && 1 / 0 == 1", no.clone()),
    ];
    for (source, expected) in table {
        assert_eq!(eval(source, &mut facts()), Ok(expected), "{source}");
    }
}

#[test]
fn logic_is_kleenes() {
    let name = |value: Option<bool>| match value {
        Some(true) => "true",
        Some(false) => "false",
        None => "(application.none == 1)",
    };
    let all = [Some(false), None, Some(true)];
    for (i, a) in all.into_iter().enumerate() {
        for (j, b) in all.into_iter().enumerate() {
            // In the order false, missing, true, `&&` is the least and `||` the greatest.
            for (sign, expected) in [("&&", all[i.min(j)]), ("||", all[i.max(j)])] {
                let source = format!("{} {sign} {}", name(a), name(b));
                let expected = expected.map_or(Value::Missing, Value::Truth);
                assert_eq!(eval(&source, &mut facts()), Ok(expected), "{source}");
            }
        }
        let source = format!("!{}", name(a));
        assert_eq!(
            eval(&source, &mut facts()),
            Ok(a.map_or(Value::Missing, |a| Value::Truth(!a))),
            "{source}"
        );
    }
}

#[test]
fn no_rows_and_rows_without_a_value() {
    for (source, expected) in [
        ("sum(history.amount)", number("0")),
        ("count(history.amount)", number("0")),
        ("mean(history.amount)", Value::Missing),
        ("latest(history.amount)", Value::Missing),
        ("min(history.amount)", Value::Missing),
        ("max(history.amount)", Value::Missing),
    ] {
        assert_eq!(eval(source, &mut Row::default()), Ok(expected), "{source}");
    }
    let mut row = Row { series: vec![number("1"), Value::Missing], ..Row::default() };
    for (source, expected) in [
        ("sum(history.amount)", Value::Missing),
        ("mean(history.amount)", Value::Missing),
        ("max(history.amount)", Value::Missing),
        ("latest(history.amount)", Value::Missing),
        ("count(history.amount)", number("1")),
    ] {
        assert_eq!(eval(source, &mut row), Ok(expected), "{source}");
    }
}

#[test]
fn errors_of_evaluation_name_the_expression() {
    let error = eval("1 / (pot - 1000)", &mut facts()).unwrap_err();
    assert_eq!(error.to_string(), "`1 / (pot - 1000)` divides by zero");
    let square = "pot * pot * pot * pot * pot * pot * pot * pot * pot * pot";
    let mut row = row(&[("pot", Value::Number(Rational::from_scaled(1, 300)))]);
    assert!(matches!(eval(square, &mut row), Err(EvalError::TooLarge { .. })));
    let mut row = self::row(&[("application.ask", Value::text("many"))]);
    let error = eval("application.ask + 1", &mut row).unwrap_err();
    assert_eq!(error.to_string(), "`application.ask + 1` expects a number, but found a text");
}

proptest! {
    /// Against whole-number arithmetic: a decimal of n digits is an integer over a power of ten.
    #[test]
    fn decimals_are_exact(a in -99_999_999i64..99_999_999, b in -99_999_999i64..99_999_999, d in 0u32..8, e in 0u32..8) {
        let (x, y) = (Rational::from_scaled(a, d), Rational::from_scaled(b, e));
        let source = format!("({} + {}) * 2 - {} * {}", x.to_decimal(d), y.to_decimal(e), x.to_decimal(d), y.to_decimal(e));
        let expected = &(&(&x + &y) * &Rational::from(2)) - &(&x * &y);
        prop_assert_eq!(eval(&source, &mut Row::default()), Ok(Value::Number(expected)));
    }
}
