//! The tables of a model, the strongest first, and what their lines are called.

use adil_model::Model;
use adil_model::model::Lines;

use crate::fixed;

/// What a line of a table stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label<'m> {
    /// All numbers.
    All,
    /// Numbers below this one.
    Below(&'m str),
    /// From the first, and below the second.
    Between(&'m str, &'m str),
    /// This number and all above it.
    From(&'m str),
    /// A word.
    Word(&'m str),
    /// What is not known, or a word that is not listed.
    Other,
}

/// What a line stands for; the one after the last is that of what is not known.
pub fn label(lines: &Lines, at: usize) -> Label<'_> {
    match lines {
        Lines::Words(words) => words.get(at).map_or(Label::Other, |word| Label::Word(word)),
        Lines::Cuts(cuts) if at > cuts.len() => Label::Other,
        Lines::Cuts(cuts) => match (at.checked_sub(1).and_then(|below| cuts.get(below)), cuts.get(at)) {
            (None, None) => Label::All,
            (None, Some(to)) => Label::Below(to),
            (Some(from), Some(to)) => Label::Between(from, to),
            (Some(from), None) => Label::From(from),
        },
    }
}

/// One table, and how much it moves predictions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shape {
    /// Its position among the terms, or among the pairs.
    pub at: usize,
    /// Whether it is a table of two columns.
    pub is_pair: bool,
    /// By how many points it moves a prediction up or down, the mean over the training rows.
    pub moves: f64,
}

/// All tables, the one that moves predictions most first.
pub fn shapes(model: &Model) -> Vec<Shape> {
    let unit = model.unit();
    let moves = |cells: &mut dyn Iterator<Item = (i64, u64)>| {
        let (mut sum, mut rows) = (0i128, 0u64);
        for (points, n) in cells {
            sum += i128::from(points.abs()) * i128::from(n);
            rows += n;
        }
        // Divided as whole numbers: at most half a unit is lost, and the order never hangs on rounding.
        let mean = if rows > 0 { sum / i128::from(rows) } else { 0 };
        fixed::points(i64::try_from(mean).unwrap_or(i64::MAX), unit)
    };
    let terms = model.terms.iter().enumerate().map(|(at, term)| {
        let points = term.points.iter().chain([&term.other]).copied();
        Shape { at, is_pair: false, moves: moves(&mut points.zip(term.rows.iter().copied())) }
    });
    let pairs = model.pairs.iter().enumerate().map(|(at, pair)| {
        let cells = pair.points.iter().flatten().copied().zip(pair.rows.iter().flatten().copied());
        Shape { at, is_pair: true, moves: moves(&mut { cells }) }
    });
    let mut shapes: Vec<Shape> = terms.chain(pairs).collect();
    shapes.sort_by(|a, b| b.moves.total_cmp(&a.moves).then((a.is_pair, a.at).cmp(&(b.is_pair, b.at))));
    shapes
}
