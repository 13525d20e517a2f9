//! `adil policy explain`: the rules as sentences.

use adil_report::text;
use serde_json::{Value, json};

use super::{Refused, language, print, print_json, read};
use crate::Exit;
use crate::args::{LangArg, RoundArg};

pub(crate) fn explain(round: &RoundArg, lang: &LangArg, json: bool) -> anyhow::Result<Exit> {
    let inputs = match read(round, json)? {
        Ok((_, inputs)) => inputs,
        Err(Refused(exit)) => return Ok(exit),
    };
    let language = language(lang, &inputs.policy);
    let sections = inputs.policy.explain(language, &inputs.schema);
    if json {
        let sections: Vec<Value> = sections
            .iter()
            .map(|s| {
                let sentences: Vec<Value> = s
                    .sentences
                    .iter()
                    .map(|s| json!({ "text": s.text, "reference": s.reference, "note": s.note }))
                    .collect();
                json!({ "heading": s.heading, "sentences": sentences })
            })
            .collect();
        print_json(&json!({ "sections": sections }))?;
    } else {
        print(&text::policy(&sections, language))?;
    }
    Ok(Exit::Done)
}
