//! No text makes the reader of models panic, and what it takes as a model can be used.
#![no_main]

use adil_model::{Feature, Model, Predictor, Values};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Ok(model) = Model::from_json(text) else { return };
    let features: Vec<Feature> = model
        .terms
        .iter()
        .map(|term| Feature { name: term.feature.clone(), values: Values::numbers([0.0, -1e300, f64::NAN]) })
        .collect();
    let rows = Predictor::new(&model).rows(&features, 3, &[], 0.9);
    assert!(rows.iter().all(|row| row.low <= row.mean || row.mean.is_nan()));
    assert_eq!(Model::from_json(&model.to_json()).as_ref(), Ok(&model));
});
