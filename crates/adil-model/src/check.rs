//! What can be wrong with a published model, all of it.

use std::collections::BTreeSet;

use crate::model::{Direction, FORMAT, Lines, Model, ModelError, PairTerm, Term};

/// The largest number of points in a table, so that no sum overflows.
const MOST_POINTS: i64 = 1 << 53;
/// The most tables in a file.
const MOST_TERMS: usize = 10_000;

impl Model {
    /// Everything that is wrong with the tables.
    pub fn errors(&self) -> Vec<ModelError> {
        let mut errors = Vec::new();
        let mut wrong = |at: String, what: String| errors.push(ModelError { at, what });
        if self.format != FORMAT {
            wrong("/format".to_owned(), format!("`{}` is not `{FORMAT}`", short(&self.format)));
        }
        if self.decimals > 12 {
            wrong("/decimals".to_owned(), format!("{} is more than 12", self.decimals));
        }
        if self.terms.is_empty() || self.terms.len() > MOST_TERMS {
            wrong("/terms".to_owned(), format!("there must be 1 to {MOST_TERMS} tables"));
        }
        let far = |points: &i64| !(-MOST_POINTS..=MOST_POINTS).contains(points);
        if far(&self.intercept) {
            wrong("/intercept".to_owned(), format!("{} is beyond 2^53", self.intercept));
        }
        let mut names = BTreeSet::new();
        for (at, term) in self.terms.iter().enumerate() {
            if !names.insert(&term.feature) {
                wrong(
                    format!("/terms/{at}/feature"),
                    format!("`{}` has a table already", short(&term.feature)),
                );
            }
            term.check(&format!("/terms/{at}"), &mut wrong);
            if term.points.iter().chain([&term.other]).any(far) {
                wrong(format!("/terms/{at}/points"), "points are beyond 2^53".to_owned());
            }
        }
        for (at, pair) in self.pairs.iter().enumerate() {
            pair.check(&format!("/pairs/{at}"), &mut wrong);
            for (side, name) in pair.features.iter().enumerate().filter(|(_, name)| !names.contains(name)) {
                wrong(format!("/pairs/{at}/features/{side}"), format!("`{}` has no table", short(name)));
            }
        }
        for (at, fold) in self.folds.iter().enumerate() {
            let place = format!("/folds/{at}");
            if fold.points.len() != self.terms.len() {
                let what = format!("{} tables, but the model has {}", fold.points.len(), self.terms.len());
                wrong(format!("{place}/points"), what);
                continue;
            }
            for (number, (points, term)) in fold.points.iter().zip(&self.terms).enumerate() {
                if points.len() != term.points.len() + 1 {
                    let what = format!("{} points, but {} are expected", points.len(), term.points.len() + 1);
                    wrong(format!("{place}/points/{number}"), what);
                }
                if points.iter().any(far) {
                    wrong(format!("{place}/points/{number}"), "points are beyond 2^53".to_owned());
                }
            }
            let shapes = |table: &[Vec<i64>]| table.iter().map(Vec::len).collect::<Vec<_>>();
            let same = fold.pairs.len() == self.pairs.len()
                && fold.pairs.iter().zip(&self.pairs).all(|(a, b)| shapes(a) == shapes(&b.points));
            if !same || fold.pairs.iter().flatten().flatten().any(far) {
                wrong(
                    format!("{place}/pairs"),
                    "they must be laid out as those of the model, below 2^53".to_owned(),
                );
            }
            if far(&fold.intercept) {
                wrong(format!("{place}/intercept"), format!("{} is beyond 2^53", fold.intercept));
            }
            if !fold.misses.is_sorted() {
                wrong(format!("{place}/misses"), "they must rise".to_owned());
            }
        }
        if let Some(split) = &self.training.split {
            let (said, folds) = (split.folds(), self.folds.len());
            if said != folds && folds > 0 {
                wrong("/training/split".to_owned(), format!("{said} folds, but the model has {folds}"));
            }
        }
        errors
    }
}

impl Term {
    fn check(&self, place: &str, wrong: &mut impl FnMut(String, String)) {
        let lines = self.lines.len();
        self.lines.check(&format!("{place}/lines"), wrong);
        if matches!(self.lines, Lines::Words(_)) && self.monotone.is_some() {
            wrong(format!("{place}/monotone"), "words neither rise nor fall".to_owned());
        }
        if self.points.len() != lines {
            let what = format!("{} points, but there are {lines} lines", self.points.len());
            wrong(format!("{place}/points"), what);
        }
        for (name, len) in [("errors", self.errors.len()), ("rows", self.rows.len())] {
            if len != lines + 1 {
                wrong(format!("{place}/{name}"), format!("{len} numbers, but {} are expected", lines + 1));
            }
        }
        let against = |pair: &[i64]| match self.monotone {
            None => false,
            Some(Direction::Rising) => pair[0] > pair[1],
            Some(Direction::Falling) => pair[0] < pair[1],
        };
        if let Some(at) = self.points.windows(2).position(against) {
            let what = format!("the points of lines {at} and {} go against `monotone`", at + 1);
            wrong(format!("{place}/points"), what);
        }
    }
}

impl PairTerm {
    fn check(&self, place: &str, wrong: &mut impl FnMut(String, String)) {
        let [first, second] = [&self.lines[0], &self.lines[1]];
        for (at, lines) in self.lines.iter().enumerate() {
            lines.check(&format!("{place}/lines/{at}"), wrong);
        }
        let expected = vec![second.len() + 1; first.len() + 1];
        let lens = |table: Vec<usize>, name: &str, wrong: &mut dyn FnMut(String, String)| {
            if table != expected {
                let (lines, each) = (first.len() + 1, second.len() + 1);
                wrong(format!("{place}/{name}"), format!("{lines} lists of {each} numbers are expected"));
            }
        };
        lens(self.points.iter().map(Vec::len).collect(), "points", wrong);
        lens(self.errors.iter().map(Vec::len).collect(), "errors", wrong);
        lens(self.rows.iter().map(Vec::len).collect(), "rows", wrong);
        if self.points.iter().flatten().any(|p| !(-MOST_POINTS..=MOST_POINTS).contains(p)) {
            wrong(format!("{place}/points"), "points are beyond 2^53".to_owned());
        }
    }
}

impl Lines {
    fn check(&self, place: &str, wrong: &mut impl FnMut(String, String)) {
        match self {
            Self::Cuts(cuts) => {
                let parsed: Vec<Option<f64>> =
                    cuts.iter().map(|cut| cut.parse().ok().filter(|c: &f64| c.is_finite())).collect();
                if let Some(at) = parsed.iter().position(Option::is_none) {
                    wrong(format!("{place}/cuts/{at}"), format!("`{}` is no number", short(&cuts[at])));
                } else if let Some(at) = parsed.windows(2).position(|pair| pair[0] >= pair[1]) {
                    let what = format!("{} does not lie above {}", cuts[at + 1], cuts[at]);
                    wrong(format!("{place}/cuts/{}", at + 1), what);
                }
            }
            Self::Words(words) => {
                if let Some(at) = words.windows(2).position(|pair| pair[0] >= pair[1]) {
                    let what =
                        format!("`{}` does not come after `{}`", short(&words[at + 1]), short(&words[at]));
                    wrong(format!("{place}/words/{}", at + 1), what);
                }
            }
        }
    }
}

fn short(text: &str) -> String {
    if text.chars().count() <= 40 { text.to_owned() } else { text.chars().take(39).chain(['…']).collect() }
}
