//! Times the matching of two long lists of made-up names: `cargo run --release -p adil-integrity --example match_speed`.
//!
//! The second list has the operators of the first, written in the other languages, one in eight with a slip of the pen.

use std::io::Write;
use std::time::Instant;

use adil_domain::country;
use adil_integrity::names::{Operator, Outcome, Row, fold, match_lists};

const ROWS: usize = 200_000;

/// Beginnings and endings of words; Kazakh names are made much like this.
const HEADS: [&str; 24] = [
    "Ақ",
    "Көк",
    "Қара",
    "Алтын",
    "Күміс",
    "Жас",
    "Нұр",
    "Бай",
    "Тау",
    "Дала",
    "Жел",
    "Қар",
    "Сары",
    "Қызыл",
    "Мұз",
    "Отан",
    "Ер",
    "Жар",
    "Сұң",
    "Шың",
    "Тұл",
    "Арғы",
    "Бөрі",
    "Өр",
];
const TAILS: [&str; 24] = [
    "тау",
    "көл",
    "бек",
    "жан",
    "бұлақ",
    "сай",
    "қала",
    "төбе",
    "арал",
    "дос",
    "нұр",
    "гүл",
    "дәурен",
    "жол",
    "керуен",
    "шаңырақ",
    "мерген",
    "тұлпар",
    "сұңқар",
    "қыран",
    "өзен",
    "жайлау",
    "белес",
    "отау",
];

/// A stream of numbers, the same on every machine (Knuth's multiplier).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % limit
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let pack = country::pack("kz").ok_or("the pack of Kazakhstan is compiled in")?;
    let mut numbers = Numbers(1);
    let (mut left, mut right) = (Vec::with_capacity(ROWS), Vec::with_capacity(ROWS));
    for _ in 0..ROWS {
        let mut word = || {
            let (head, tail) = (HEADS[numbers.below(24)], TAILS[numbers.below(24)]);
            format!("{head}{}{tail}", ["", "ай", "лы", "ды"][numbers.below(4)])
        };
        let name = format!("{} {}", word(), word());
        let mut latin = fold(&name);
        if numbers.below(8) == 0 {
            latin.remove(3);
        }
        left.push(format!("ТОО «{name}»"));
        right.push(format!("{latin} LLP"));
    }
    let begun = Instant::now();
    let read = |names: &[String]| -> Vec<Operator> {
        names.iter().map(|n| Operator::new(&Row { names: &[n], ..Row::default() }, pack)).collect()
    };
    let (left, right) = rayon::join(|| read(&left), || read(&right));
    let parsed = begun.elapsed();
    let begun = Instant::now();
    let found = match_lists(&left, &right);
    let matched = begun.elapsed();
    let right_ones = found.pairs.iter().filter(|p| p.left == p.right);
    let (same, asked) = right_ones.fold((0, 0), |(same, asked), pair| match pair.comparison.outcome {
        Outcome::Same => (same + 1, asked),
        _ => (same, asked + 1),
    });
    writeln!(
        std::io::stdout(),
        "{ROWS} × {ROWS}: read in {:.1} s, matched in {:.1} s; {same} found, {asked} asked about, {} pairs in all, {} crowded",
        parsed.as_secs_f64(),
        matched.as_secs_f64(),
        found.pairs.len(),
        found.crowded.len()
    )?;
    Ok(())
}
