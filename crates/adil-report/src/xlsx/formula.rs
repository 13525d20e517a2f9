//! The policy's arithmetic as a spreadsheet writes it.
//!
//! Only what a cell can say exactly: numbers, `+ - * /`, brackets, `min`, `max`, and names whose value stands in the
//! row. Anything else gives no formula, and the cell holds the decision's number.

/// A part of a formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Quantity {
    /// As it is.
    Text(String),
    /// The points of the row.
    Score,
    /// The amount asked for.
    Sought,
    /// The value of an indicator.
    Indicator(usize),
}

/// Brackets within brackets that are followed; a policy has fewer.
const DEPTH: usize = 64;

struct Reader<'s> {
    rest: &'s str,
    indicators: &'s [&'s str],
    pot: &'s str,
    out: Vec<Quantity>,
    depth: usize,
}

/// The expression as parts of a formula; `None` where a spreadsheet row does not hold what it needs.
pub(super) fn translate(source: &str, indicators: &[&str], pot: &str) -> Option<Vec<Quantity>> {
    let mut reader = Reader { rest: source, indicators, pot, out: Vec::new(), depth: 0 };
    reader.sum()?;
    reader.rest.trim().is_empty().then_some(reader.out)
}

impl Reader<'_> {
    fn put(&mut self, text: &str) {
        match self.out.last_mut() {
            Some(Quantity::Text(last)) => last.push_str(text),
            _ => self.out.push(Quantity::Text(text.to_owned())),
        }
    }

    fn eat(&mut self, wanted: char) -> bool {
        match self.rest.trim_start().strip_prefix(wanted) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn sum(&mut self) -> Option<()> {
        self.depth += 1;
        if self.depth > DEPTH {
            return None;
        }
        self.product()?;
        loop {
            if self.eat('+') {
                self.put("+");
            } else if self.eat('-') {
                self.put("-");
            } else {
                self.depth -= 1;
                return Some(());
            }
            self.product()?;
        }
    }

    fn product(&mut self) -> Option<()> {
        self.factor()?;
        loop {
            if self.eat('*') {
                self.put("*");
            } else if self.eat('/') {
                self.put("/");
            } else {
                return Some(());
            }
            self.factor()?;
        }
    }

    fn factor(&mut self) -> Option<()> {
        if self.eat('(') {
            self.put("(");
            self.sum()?;
            self.put(")");
            return self.eat(')').then_some(());
        }
        let rest = self.rest.trim_start();
        let end =
            rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '.')).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        self.rest = after;
        match word {
            "" => None,
            "score" => {
                self.out.push(Quantity::Score);
                Some(())
            }
            "pot" => {
                let pot = self.pot;
                self.put(pot);
                Some(())
            }
            "application.amount_sought" => {
                self.out.push(Quantity::Sought);
                Some(())
            }
            "min" | "max" => self.call(word),
            number if number.starts_with(|c: char| c.is_ascii_digit()) => {
                number.parse::<adil_domain::Rational>().ok()?;
                self.put(number);
                Some(())
            }
            name => {
                let at = self.indicators.iter().position(|i| i.trim() == name)?;
                self.out.push(Quantity::Indicator(at));
                Some(())
            }
        }
    }

    /// `min(a, b, …)`. With one argument it goes over the rows of a history, which no cell holds.
    fn call(&mut self, name: &str) -> Option<()> {
        if !self.eat('(') {
            return None;
        }
        self.put(if name == "min" { "MIN(" } else { "MAX(" });
        self.sum()?;
        let mut many = false;
        while self.eat(',') {
            self.put(",");
            self.sum()?;
            many = true;
        }
        self.put(")");
        (self.eat(')') && many).then_some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(source: &str) -> Option<String> {
        let parts = translate(source, &["facility.capacity"], "1000")?;
        Some(
            parts
                .into_iter()
                .map(|p| match p {
                    Quantity::Text(t) => t,
                    Quantity::Score => "S".into(),
                    Quantity::Sought => "A".into(),
                    Quantity::Indicator(i) => format!("I{i}"),
                })
                .collect(),
        )
    }

    #[test]
    fn arithmetic_over_the_row_becomes_a_formula() {
        assert_eq!(written("score * application.amount_sought").as_deref(), Some("S*A"));
        assert_eq!(
            written("(score + 0.5) / max(2, facility.capacity) - pot").as_deref(),
            Some("(S+0.5)/MAX(2,I0)-1000")
        );
    }

    #[test]
    fn what_a_row_does_not_hold_becomes_none() {
        for source in
            ["min(history.amount)", "facility.area", "score > 3 ? 1 : 0", "score *", "", "1e5", "'a'"]
        {
            assert_eq!(written(source), None, "{source}");
        }
        assert_eq!(written(&"(".repeat(500)), None);
    }
}
