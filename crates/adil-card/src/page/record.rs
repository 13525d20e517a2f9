//! The fields of the Algorithmic Transparency Recording Standard: what the model's file and the data know, what the owner
//! states, and what nobody stated.

use super::teller::Teller;
use super::{Part, Section, Table};
use crate::record::{FIELDS, Field, VERSION};
use crate::shape::shapes;

pub(super) fn section(teller: &Teller<'_>) -> Section {
    let stated = FIELDS.iter().filter(|field| !text(teller, field).is_empty()).count();
    let lead = teller
        .message("record-lead")
        .text("version", VERSION)
        .text("stated", stated.to_string())
        .text("all", FIELDS.len().to_string())
        .say();
    let parts = crate::record::Part::ALL.map(|part| {
        let lines = FIELDS.iter().filter(|field| field.part == part).map(|field| {
            let text = text(teller, field);
            let text = if text.is_empty() { teller.say("card-unsaid") } else { text };
            let name = teller.say(&format!("field-{}", field.key.replace('_', "-")));
            vec![format!("{} {name}", field.number), text]
        });
        Part {
            title: teller.say(&format!("record-{}", part.as_str())),
            tables: vec![Table {
                caption: String::new(),
                head: vec![teller.say("column-field"), teller.say("column-said")],
                rows: lines.collect(),
                words: vec![1],
                folded: false,
            }],
            ..Part::default()
        }
    });
    Section {
        id: "record",
        heading: teller.say("record-heading"),
        lead,
        parts: parts.into(),
        ..Section::default()
    }
}

/// What is known of a field, and after it what the owner states.
fn text(teller: &Teller<'_>, field: &Field) -> String {
    let known = if field.is_known { known(teller, field.key) } else { String::new() };
    let stated = teller.card.statement.fields.get(field.key).map_or("", |text| teller.localized(text));
    [known.as_str(), stated].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" ")
}

/// What the model's file and the data say of a field.
fn known(teller: &Teller<'_>, key: &str) -> String {
    let (card, model) = (teller.card, teller.card.model);
    let training = &model.training;
    let target = || teller.target();
    match key {
        "detailed_description" => teller
            .message("known-description")
            .text("tables", (model.terms.len() + model.pairs.len()).to_string())
            .say(),
        "provided_information" => teller.message("known-information").text("target", target()).say(),
        "system_architecture" => teller.say("known-system"),
        "models" => teller.say("known-models"),
        "model_version" => teller.message("known-version").text("digest", card.digest).say(),
        "model_task" => teller.message("known-task").text("target", target()).say(),
        "model_input" => {
            let names = (0..model.terms.len()).map(|at| teller.term(at).to_owned());
            teller.message("known-input").text("columns", teller.names(names)).say()
        }
        "model_output" => teller.message("known-output").text("target", target()).say(),
        "model_architecture" => teller
            .message("known-architecture")
            .text("terms", model.terms.len().to_string())
            .text("pairs", model.pairs.len().to_string())
            .text("loss", teller.say(&format!("loss-{}", model.loss.as_str())))
            .text("bags", training.bags.to_string())
            .say(),
        "model_performance" => card.trial.as_ref().map_or_else(
            |_| String::new(),
            |trial| {
                teller
                    .message("known-performance")
                    .text("off", teller.value(trial.all.absolute))
                    .text("off-mean", teller.value(trial.all.absolute_of_mean))
                    .say()
            },
        ),
        "datasets" => training
            .digest
            .as_ref()
            .map_or_else(String::new, |digest| teller.message("known-datasets").text("digest", digest).say()),
        "dataset_purposes" => teller.say("known-purposes"),
        "data_modality" => teller.say("known-modality"),
        "data_quantities" => teller
            .message("known-quantities")
            .text("rows", teller.count(training.rows))
            .text("columns", model.terms.len().to_string())
            .say(),
        "data_completeness_and_representativeness" => completeness(teller),
        _ => String::new(),
    }
}

/// Where most is not known.
fn completeness(teller: &Teller<'_>) -> String {
    let unknown = &teller.card.unknown;
    let terms = shapes(teller.card.model).into_iter().filter(|s| !s.is_pair);
    let most = terms.map(|s| s.at).max_by(|a, b| unknown[*a].total_cmp(&unknown[*b]));
    match most.filter(|at| unknown[*at] > 0.0) {
        Some(at) => teller
            .message("known-unknown")
            .text("column", teller.term(at))
            .text("share", teller.percent(unknown[at], 1))
            .say(),
        None => teller.say("known-complete"),
    }
}
