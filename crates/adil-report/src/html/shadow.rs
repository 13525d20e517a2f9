//! The page of a real division beside that by the rules.

use adil_domain::Language;
use adil_round::Decision;
use adil_round::shadow::{Recipient, Shadow};

use super::chart::{Bar, Chart, finish, percent};
use super::sections::{Page, Part, Section, Table};
use crate::error::ReportError;
use crate::shadow::{PlaceSums, Story, who};

/// The most recipients in a table.
const SHOWN: usize = 50;

/// Both divisions as one self-contained page.
///
/// # Errors
/// Only when the template can't be put together.
pub fn shadow(found: &Shadow, decision: &Decision, language: Language) -> Result<String, ReportError> {
    let story = Story::new(found, decision, language);
    let words = story.teller.words;
    let round = &decision.policy.round;
    let sections = [Some(divisions(&story)), recipients(&story), strangers(&story)];
    let page = Page {
        words,
        kicker: words.say("division-kicker"),
        title: story.teller.title(&round.title, &round.id).to_owned(),
        simulated: decision.simulated.then(|| words.say("simulated-note")),
        lead: story.lead(),
        about: if decision.shadow { words.say("division-about") } else { String::new() },
        short: words.say("division-short"),
        sections: sections.into_iter().flatten().collect(),
        caveat: words.say("division-caveat-label"),
        footer: words
            .message("footer")
            .text("engine", env!("CARGO_PKG_VERSION"))
            .text("round", &round.id)
            .say(),
        digest: (words.say("footer-policy"), decision.policy_digest.clone()),
        style: "",
    };
    page.render()
}

fn divisions(story: &Story<'_>) -> Section {
    let words = story.teller.words;
    let mut sentences = story.counts().into_iter();
    let lead = sentences.next().unwrap_or_default();
    let mut parts = vec![Part { text: sentences.collect(), ..Part::default() }];
    parts.retain(|part| !part.text.is_empty());
    parts.extend(by_place(story));
    Section {
        id: "divisions",
        heading: words.say("heading-divisions"),
        lead,
        parts,
        caveat: words.say("division-caveat"),
    }
}

/// The pale bar is what was paid, the dark one what the rules award.
fn by_place(story: &Story<'_>) -> Option<Part> {
    let words = story.teller.words;
    let places = story.places();
    let first = places.first()?;
    let units = |money: adil_domain::Money| money.to_rational().to_f64();
    let most = places.iter().flat_map(|p| [units(p.actual), units(p.ruled)]).fold(0.0, f64::max);
    let bar = |p: &PlaceSums<'_>| Bar {
        label: p.name.to_owned(),
        value: words.amount(p.ruled),
        length: percent(units(p.ruled), most),
        band: Some((0.0, percent(units(p.actual), most))),
        arrow: "",
        more: vec![words.amount(p.actual), story.signed(p.ruled.minor() - p.actual.minor())],
    };
    let chart = finish(
        &story.teller,
        Chart {
            title: story.place_sentence(first),
            note: words.say("division-chart-note"),
            head: words.say("column-place"),
            value_head: words.say("column-by-rules"),
            more_heads: vec![words.say("column-really-paid"), words.say("column-difference")],
            rows: places.iter().map(bar).collect(),
            svg: String::new(),
        },
    );
    Some(chart.into_part(words))
}

fn recipients(story: &Story<'_>) -> Option<Section> {
    let words = story.teller.words;
    let differing: Vec<&Recipient> =
        story.found.by_difference().into_iter().filter(|r| r.is_candidate()).collect();
    let first = differing.first()?;
    let lead = words
        .message("division-recipient")
        .text("name", who(first))
        .money("actual", first.actual)
        .money("ruled", first.ruled)
        .say();
    let row = |r: &&Recipient| {
        vec![
            who(r).to_owned(),
            words.amount(r.actual),
            words.amount(r.ruled),
            story.signed(r.difference()),
            story.why(r),
        ]
    };
    let heads =
        ["column-recipient", "column-really-paid", "column-by-rules", "column-difference", "column-why"];
    let shown = words
        .message("division-shown")
        .text("shown", words.count(differing.len().min(SHOWN)))
        .text("all", words.count(differing.len()))
        .say();
    Some(Section {
        id: "recipients",
        heading: words.say("heading-recipients"),
        lead,
        parts: vec![Part {
            tables: vec![Table {
                caption: shown,
                head: heads.map(|h| words.say(h)).into(),
                rows: differing.iter().take(SHOWN).map(row).collect(),
                words: vec![0, 4],
                folded: false,
            }],
            ..Part::default()
        }],
        caveat: String::new(),
    })
}

/// Who was paid and is not among the candidates.
fn strangers(story: &Story<'_>) -> Option<Section> {
    let words = story.teller.words;
    let mut unknown: Vec<&Recipient> = story.found.recipients.iter().filter(|r| !r.is_candidate()).collect();
    if unknown.is_empty() {
        return None;
    }
    unknown.sort_by_key(|r| (std::cmp::Reverse(r.actual), &r.id));
    let lead = words
        .message("division-unknown")
        .text("number", words.count(unknown.len()))
        .money("amount", story.found.to_unknown())
        .say();
    let row = |r: &&Recipient| vec![who(r).to_owned(), words.amount(r.actual)];
    Some(Section {
        id: "unknown",
        heading: words.say("heading-unknown-recipients"),
        lead,
        parts: vec![Part {
            tables: vec![Table {
                head: ["column-recipient", "column-really-paid"].map(|h| words.say(h)).into(),
                rows: unknown.iter().take(SHOWN).map(row).collect(),
                words: vec![0],
                ..Table::default()
            }],
            ..Part::default()
        }],
        caveat: words.say("division-unknown-caveat"),
    })
}
