//! Operator after operator, what is kept before what is asked.

use std::collections::BTreeMap;

use adil_domain::{Date, Outcome, Place, Problem, Problems};
use adil_integrity::checks::{Check, not_answered};
use adil_round::table::Limited;
use serde_json::Value;

use super::kept::Kept;
use super::{
    Access, Answers, Context, Options, Provider, Row, Said, Subject, adata, gbd_ul, goszakup,
    goszakup_graphql, kompra,
};
use crate::http::{self, AnswerError, Client, Codes, Ended, Pauses, Question, Words};
use crate::words::shorten;

/// After so many operators in a row without an answer the others are not asked: the service is not there.
const IN_A_ROW: usize = 5;

pub(super) const WORDS: Words = Words {
    codes: Codes {
        refused: "register-refused",
        busy: "register-busy",
        failed: "register-failed",
        answer: "register-answer",
        too_large: "register-too-large",
    },
    no_key: "Get a key from the service and give it in the environment (docs/registers.md says the variable); or have the answers as a file.",
    bad_key: "Look whether the key was copied whole, is still good, and covers this question.",
    busy: "Run it again later; with --cache it goes on from here.",
    later: "Run it again later; with --cache it goes on from here.",
    status: "Compare the address with the service's documentation; it may have changed.",
    too_large: "No answer about one operator is so long: look at the address in a browser.",
    empty: [
        "Without a key a service may answer with nothing at all. What it would answer is unknown.",
        "Look whether the key is still good and covers this question. What it would answer is unknown.",
    ],
    shape: "The service may have changed its answers; until this program knows the new ones, have them as a file.",
    broken: "Run it again; with --cache it goes on from here.",
};

/// Why a good JSON answer says nothing about the operator.
pub(super) enum Fault {
    /// The service has not put it together yet.
    NotReady,
    /// Another shape, or a message instead of an answer.
    Answer(AnswerError),
    /// It is about somebody else.
    OtherSubject,
    /// Days that can't be true together.
    Days(String),
}

/// An answer of another shape than expected.
pub(super) fn other_shape(value: &Value) -> Fault {
    let said = value.as_object().and_then(http::said);
    Fault::Answer(said.unwrap_or_else(|| AnswerError::OtherShape(shorten(&value.to_string()))))
}

/// One question with its attempts: what `read` makes of the JSON that comes.
pub(super) fn one<T>(
    client: &mut Client,
    question: &Question<'_>,
    pauses: &mut dyn Pauses,
    mut read: impl FnMut(&Value) -> Result<T, Fault>,
) -> Result<T, Box<Problem>> {
    client.ask(question, pauses, |body, kind| {
        let fault = match http::json(body) {
            Ok(value) => match read(&value) {
                Ok(said) => return Ended::Done(said),
                Err(fault) => fault,
            },
            Err(error) => Fault::Answer(error),
        };
        let problem = |code, message: String| Problem::error(code, question.place.clone(), message);
        match fault {
            Fault::Answer(error) => http::no_answer(&WORDS, &error, kind, question),
            Fault::NotReady => {
                let message = "The service is still putting its answer together.".to_owned();
                let problem = problem("register-not-ready", message)
                    .hint("It is unknown until the service is ready; run it again later.");
                Ended::Again(problem, None)
            }
            Fault::OtherSubject => {
                let message = "The answer is about another operator than was asked for.".to_owned();
                Ended::Never(
                    problem("register-other-subject", message)
                        .hint("Nothing of it is used; tell the service, and judge by its page."),
                )
            }
            Fault::Days(message) => Ended::Never(days(question.place.clone(), message)),
        }
    })
}

/// Days of an answer that contradict each other or the day of asking.
pub(super) fn days(place: Place, message: String) -> Problem {
    Problem::error("register-contradictory-days", place, message)
        .hint("Nothing of it is used; compare with the service's page, and the day given with --as-of.")
}

/// Asks a service about operators, and says of each what it answered; what has no answer is unknown with the reason.
///
/// Problems: `register-refused`, `register-busy`, `register-failed`, `register-not-ready`, `register-answer`,
/// `register-too-large`, `register-other-subject`, `register-contradictory-days`, `register-stopped`, `register-cache`,
/// `register-cached`, `not-asked`; of data.egov.kz also those of [`crate::egov::fetch`].
pub fn ask(
    provider: Provider,
    access: &Access,
    subjects: &[Subject],
    options: &Options,
    pauses: &mut dyn Pauses,
    problems: &mut Problems,
) -> Answers {
    let mut answers = Answers::default();
    let Some(kept) = Kept::open(provider, options, problems) else { return answers };
    let Some(mut client) = Client::new(access.limits, access.proxy.as_deref(), &WORDS) else {
        problems.push(
            Problem::error(
                "register-failed",
                Place::file(provider.name()),
                "The address of the proxy cannot be used.",
            )
            .hint("Write it like http://proxy:3128."),
        );
        return answers;
    };
    let mut notes = Limited::new(problems, Place::file(provider.name()));
    let mut stopped: Option<&'static str> = None;
    let mut in_a_row = 0;
    for subject in subjects {
        if subject.is_person && !provider.knows_people() {
            let message = "This service knows legal entities only; a person was not asked about.";
            let problem = Problem::warning("not-asked", subject.place.clone(), message);
            notes.push(problem.hint("Ask another provider, or have the answer as a file."));
            push(&mut answers, provider, subject, options, "it knows legal entities only");
            continue;
        }
        if let Some((day, rows)) = kept.get(subject, &mut notes) {
            answers.kept += 1;
            answers.oldest = Some(answers.oldest.map_or(day, |oldest| oldest.min(day)));
            answers.rows.extend(rows);
            continue;
        }
        if let Some(why) = stopped {
            answers.unanswered += 1;
            push(&mut answers, provider, subject, options, why);
            continue;
        }
        // The pages of data.egov.kz come through a client of their own, which does not know the operator before.
        if provider == Provider::Egov && answers.asked > 0 && !access.limits.gap.is_zero() {
            pauses.wait(access.limits.gap);
        }
        answers.asked += 1;
        let context = Context { subject, day: options.day, operators: &options.operators };
        match said(provider, access, &context, &mut client, pauses) {
            Ok(said) => {
                in_a_row = 0;
                let rows = rows(said, subject, options);
                kept.put(subject, &rows, &mut notes);
                answers.rows.extend(rows);
            }
            Err(problem) => {
                answers.unanswered += 1;
                in_a_row += 1;
                let why = reason(&problem);
                push(&mut answers, provider, subject, options, &why);
                stopped = if problem.code.ends_with("-refused") {
                    Some("not asked, because the service refused")
                } else if in_a_row >= IN_A_ROW {
                    Some("not asked, because the service gave no answers")
                } else {
                    None
                };
                notes.push(*problem);
            }
        }
    }
    notes.finish();
    if let Some(why) = stopped {
        let message = format!("Operators after that: {why}. Their checks are unknown.");
        problems.push(
            Problem::error("register-stopped", Place::file(provider.name()), message)
                .hint("Mend the cause above and run it again; with --cache it goes on from here."),
        );
    }
    if let Some(oldest) = answers.oldest {
        let message = format!(
            "Answers about {} operators were taken from the folder of earlier runs, the oldest of {oldest}.",
            answers.kept
        );
        problems.push(
            Problem::warning("register-cached", Place::file(provider.name()), message)
                .hint("Say a shorter --max-age to ask for them anew."),
        );
    }
    answers.rows.sort();
    answers
}

/// What a service says of one operator, with days that can be true.
fn said(
    provider: Provider,
    access: &Access,
    context: &Context<'_>,
    client: &mut Client,
    pauses: &mut dyn Pauses,
) -> Result<Said, Box<Problem>> {
    let said = match provider {
        Provider::Kompra => kompra::ask(access, context, client, pauses),
        Provider::Adata => adata::ask(access, context, client, pauses),
        Provider::Goszakup => goszakup::ask(access, context, client, pauses),
        Provider::GoszakupGraphql => goszakup_graphql::ask(access, context, client, pauses),
        Provider::Egov => gbd_ul::ask(access, context, pauses),
    }?;
    if let Some(as_of) = said.as_of.filter(|as_of| *as_of > context.day) {
        let message = format!("The answer is dated {as_of}, after the day of asking ({}).", context.day);
        return Err(Box::new(days(place(provider, context), message)));
    }
    Ok(said)
}

/// What an answer is called in problems: the operator as the round writes it.
pub(super) fn place(provider: Provider, context: &Context<'_>) -> Place {
    Place::file(format!("{}: {}", provider.name(), context.subject.operator_id))
}

/// A question with what must not be repeated.
pub(super) fn question<'q>(
    provider: Provider,
    access: &'q Access,
    context: &Context<'q>,
    url: String,
) -> Question<'q> {
    let key = access.key.as_deref();
    let number = context.subject.is_person.then_some(context.subject.number.as_str());
    Question {
        url,
        query: Vec::new(),
        bearer: None,
        body: None,
        place: place(provider, context),
        secrets: key.into_iter().chain(number).collect(),
        has_key: key.is_some(),
    }
}

fn rows(said: Said, subject: &Subject, options: &Options) -> Vec<Row> {
    let as_of = said.as_of.unwrap_or(options.day);
    said.judged
        .into_iter()
        .map(|judged| Row {
            operator_id: subject.operator_id.clone(),
            check: judged.check.id().to_owned(),
            outcome: judged.outcome,
            // What is not known is not known on the day of asking.
            as_of: if judged.outcome == Outcome::Unknown { options.day } else { as_of },
            source: options.source.clone(),
            evidence: judged.evidence,
        })
        .collect()
}

/// Unknown with the reason, for each check of the service.
fn push(answers: &mut Answers, provider: Provider, subject: &Subject, options: &Options, why: &str) {
    let unknown = |check: &Check| not_answered(*check, why);
    let judged = provider.checks().iter().map(unknown).collect();
    answers.rows.extend(rows(Said { as_of: None, judged }, subject, options));
}

/// The reason in the evidence, which may be published: never the words of the service.
fn reason(problem: &Problem) -> String {
    let words: BTreeMap<&str, &str> = [
        ("refused", "refused"),
        ("busy", "asked too often"),
        ("failed", "the service failed"),
        ("not-ready", "not ready"),
        ("answer", "not an answer that is understood"),
        ("too-large", "an answer without measure"),
        ("other-subject", "the answer was about another operator"),
        ("contradictory-days", "days that contradict each other"),
    ]
    .into();
    let code = problem.code.trim_start_matches("register-").trim_start_matches("egov-");
    let why = words.get(code).copied().unwrap_or("no whole answer");
    match problem.message.rsplit_once("So it was at ") {
        Some((_, attempts)) => format!("{why} at {}", attempts.trim_end_matches('.')),
        None => why.to_owned(),
    }
}

/// Whether kept rows may stand for an answer: one that is in the future never may.
pub(super) fn is_fresh(day: Date, options: &Options) -> bool {
    let age = i64::from((options.day - day).get_days());
    (0..=options.max_age_days).contains(&age)
}
