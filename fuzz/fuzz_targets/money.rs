//! A text is an amount that prints itself back, or a clear refusal.
#![no_main]

use adil_domain::{Currency, Money, Rational};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Ok(currency) = "EUR".parse::<Currency>() else { return };
    if let Ok(money) = Money::parse(text, currency) {
        assert_eq!(Money::parse(&money.to_string(), currency), Ok(money));
        assert_eq!(Money::parse(&money.to_short_string(), currency), Ok(money));
    }
    if let Ok(number) = text.parse::<Rational>() {
        assert_eq!(number.to_string().parse::<Rational>(), Ok(number));
    }
});
