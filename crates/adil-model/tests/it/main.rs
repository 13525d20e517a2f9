//! Training, publishing and predicting, as somebody from outside would.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "helpers of tests are not seen as tests by the lint"
)]

mod bad;
mod by_hand;
mod fitting;
mod held_out;
mod same;

use adil_model::{About, Feature, Fitted, Loss, Model, Settings, Target, Values, fit, publish};

/// Numbers that look random and are the same everywhere (`SplitMix64`), from 0 to 1.
struct Noise(u64);

impl Noise {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        f64::from(u32::try_from((z ^ (z >> 31)) >> 32).unwrap()) / f64::from(u32::MAX)
    }
}

/// A table: two numbers, one of them with holes, a word, and what they lead to.
struct Table {
    features: Vec<Feature>,
    truth: Vec<f64>,
    noise: Vec<f64>,
}

fn table(rows: usize, seed: u64) -> Table {
    let mut noise = Noise(seed);
    let (mut size, mut near, mut kind, mut truth) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for _ in 0..rows {
        let (a, b) = (noise.next(), noise.next());
        let word = ["hall", "pool", "field"][(noise.next() * 2.999) as usize];
        let known = noise.next() > 0.1;
        size.push(a * 100.0);
        near.push(if known { b } else { f64::NAN });
        kind.push(word);
        let of_kind = match word {
            "pool" => 0.6,
            "field" => -0.4,
            _ => 0.0,
        };
        truth.push(2.0 * a + if known { -b * b } else { 0.3 } + of_kind);
    }
    let noise = (0..rows).map(|_| noise.next() + noise.next() + noise.next() - 1.5).collect();
    let feature = |name: &str, values| Feature { name: name.to_owned(), values };
    let features = vec![
        feature("size", Values::numbers(size)),
        feature("near", Values::numbers(near)),
        feature("kind", Values::words(kind)),
    ];
    Table { features, truth, noise }
}

fn settings(loss: Loss) -> Settings {
    Settings { rounds: 400, bags: 4, ..Settings::new(loss) }
}

fn published(table: &Table, target: &Target, settings: &Settings) -> (Model, Fitted) {
    let fitted = fit(&table.features, target, settings).unwrap();
    let about = About { target: "visits".to_owned(), ..About::default() };
    (publish(&fitted, &table.features, target, settings, &about), fitted)
}
