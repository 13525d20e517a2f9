//! Answers of forms and interviews as `observations.csv` and `journeys.csv`: codes for words, keyed hashes for people.
//!
//! A mapping ([`crate::mapping`]) says which column is which. A form with a column for each question is read like one with the
//! columns `question` and `answer`: the field is then the question's code. No name, number, device or text leaves this module
//! but as a keyed hash.

mod template;

use std::collections::BTreeMap;

use adil_domain::identifier::{HashKey, KeyedHash};
use adil_domain::problem::did_you_mean;
use adil_domain::{Place, Problem, Problems};
use adil_integrity::observations::{Kind, Moment, scheme};
use adil_round::folder::{JOURNEYS, OBSERVATIONS};
use adil_round::table::Limited;

use crate::Found;
use crate::words::{plain, shorten};

pub use template::templates;

/// Shorter texts are alike by chance.
const LONG_ENOUGH: usize = 20;

/// Which of the two tables is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// What people saw.
    Observations,
    /// How they got there.
    Journeys,
}

impl Told {
    /// The table of the round.
    pub const fn file(self) -> &'static str {
        match self {
            Self::Observations => OBSERVATIONS,
            Self::Journeys => JOURNEYS,
        }
    }

    /// The columns that are written, in their order.
    pub const fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Observations => &[
                "facility_id",
                "observer",
                "question",
                "answer",
                "observed_at",
                "kind",
                "device",
                "text_hash",
            ],
            Self::Journeys => {
                &["facility_id", "journey_id", "teller", "coder", "step", "minutes", "obstacle", "told_at"]
            }
        }
    }
}

/// The table of what people said; rows in byte order, so that the order of a form says nothing of its people.
///
/// Problems: `no-key`, `no-observer`, `no-facility`, `unknown-question`, `unknown-answer`, `unknown-kind`, `unknown-step`,
/// `unknown-obstacle`, `not-a-moment`. Whatever has one is an error, since an answer left out in silence is an answer changed.
pub fn table(told: Told, records: &[Found], key: Option<&HashKey>, problems: &mut Problems) -> Vec<u8> {
    let Some(key) = key else {
        let message = "People are written down as keyed hashes, and there is no key.";
        problems.push(
            Problem::error("no-key", Place::file(told.file()), message)
                .hint("Set ADIL_HASH_KEY to at least 32 random bytes; keep it with the authority."),
        );
        return Vec::new();
    };
    let whole =
        records.first().map_or_else(|| Place::file(told.file()), |r| Place::file(r.place.file.clone()));
    let mut reader = Reader { key, notes: Limited::new(problems, whole) };
    let mut rows: Vec<Vec<String>> = records
        .iter()
        .flat_map(|record| match told {
            Told::Observations => reader.observations(record),
            Told::Journeys => reader.journey(record),
        })
        .collect();
    reader.notes.finish();
    rows.sort();
    write(told.columns(), rows)
}

/// A table as text. Writing to memory can't fail.
fn write<R: AsRef<[u8]>>(header: &[&str], rows: impl IntoIterator<Item = Vec<R>>) -> Vec<u8> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(Vec::new());
    let mut sound = writer.write_record(header).is_ok();
    for row in rows {
        sound &= writer.write_record(row).is_ok();
    }
    debug_assert!(sound, "a record in memory was refused");
    writer.into_inner().unwrap_or_default()
}

struct Reader<'r> {
    key: &'r HashKey,
    notes: Limited<'r>,
}

impl Reader<'_> {
    fn wrong(&mut self, code: &'static str, record: &Found, message: String, hint: &str) {
        self.notes.error(code, || Problem::error(code, record.place.clone(), message).hint(hint));
    }

    /// One row of a form may answer several questions.
    fn observations(&mut self, record: &Found) -> Vec<Vec<String>> {
        let mut answers: BTreeMap<&str, &str> = BTreeMap::new();
        for question in scheme::questions() {
            answers.extend(record.get(&question.id).map(|answer| (question.id.as_str(), answer)));
        }
        if let (Some(question), Some(answer)) = (record.get("question"), record.get("answer")) {
            answers.insert(question, answer);
        }
        if answers.is_empty() {
            return Vec::new();
        }
        let kind = record.get("kind").unwrap_or_default();
        if Kind::from_word(kind).is_none() {
            let hint = did_you_mean(kind, Kind::ALL.iter().map(|kind| kind.as_str()));
            self.wrong("unknown-kind", record, format!("`{}` is no kind of observer.", shorten(kind)), &hint);
        }
        let facility = self.facility(record);
        let observer = self.person(record, "observer");
        let device = self.person(record, "device");
        if observer.is_empty() && device.is_empty() {
            let message =
                "The row names neither an observer nor a device, so it belongs to nobody.".to_owned();
            self.wrong("no-observer", record, message, "Map one of the two, or take the row out.");
        }
        let text = self.text(record);
        let at = self.moment(record, "observed_at");
        answers
            .into_iter()
            .filter_map(|(question, answer)| {
                let answer = self.answer(record, question, answer)?;
                let cells = [&facility, &observer, question, &answer, &at, kind, &device, &text];
                Some(cells.iter().map(|cell| (*cell).to_owned()).collect())
            })
            .collect()
    }

    /// The code of an answer in words.
    fn answer(&mut self, record: &Found, question: &str, answer: &str) -> Option<String> {
        let Some(rule) = scheme::question(question).and_then(|at| scheme::questions().get(at)) else {
            let hint = did_you_mean(question, scheme::questions().iter().map(|q| q.id.as_str()));
            self.wrong("unknown-question", record, format!("`{}` is no question.", shorten(question)), &hint);
            return None;
        };
        let number = || {
            let text = answer.trim().replace(',', ".");
            text.parse::<adil_domain::Rational>().is_ok_and(|n| !n.is_negative()).then_some(text)
        };
        let known = if rule.is_count() {
            number()
        } else {
            let code = scheme::answer_in_words(answer).unwrap_or(answer);
            rule.answer(code).map(|_| code.to_owned())
        };
        if known.is_none() {
            let hint = if rule.is_count() {
                "A number that is not below zero is expected.".to_owned()
            } else {
                let words = rule.answers.join(", ");
                format!(
                    "Answers are {words}; [values.{question}] or [values.answer] of the mapping translates others."
                )
            };
            let message = format!("`{}` is no answer to `{question}`.", shorten(answer));
            self.wrong("unknown-answer", record, message, &hint);
        }
        known
    }

    fn journey(&mut self, record: &Found) -> Vec<Vec<String>> {
        let facility = self.facility(record);
        let teller = self.person(record, "teller");
        let journey = record.get("journey_id").unwrap_or_default();
        if teller.is_empty() && journey.is_empty() {
            let message = "The row names neither a teller nor a journey, so it belongs to nobody.".to_owned();
            self.wrong("no-observer", record, message, "Map one of the two, or take the row out.");
        }
        let step = self.code(record, "step", "unknown-step", scheme::steps());
        let obstacle = self.code(record, "obstacle", "unknown-obstacle", scheme::obstacles());
        let told_at = self.moment(record, "told_at");
        let [coder, minutes] = ["coder", "minutes"].map(|field| record.get(field).unwrap_or_default());
        let cells = [&facility, journey, &teller, coder, &step, minutes, &obstacle, &told_at];
        vec![cells.iter().map(|cell| (*cell).to_owned()).collect()]
    }

    /// The word of a coding scheme, by its code or by what it is called in any language.
    fn code(&mut self, record: &Found, field: &str, problem: &'static str, codes: &[scheme::Code]) -> String {
        let Some(word) = record.get(field) else { return String::new() };
        let small = word.trim().to_lowercase();
        let is = |code: &&scheme::Code| {
            code.id == small || adil_domain::Language::PRODUCT.iter().any(|l| code.title.text(*l) == small)
        };
        let found = codes.iter().find(is);
        if found.is_none() {
            let hint = did_you_mean(word, codes.iter().map(|code| code.id.as_str()));
            self.wrong(problem, record, format!("`{}` is no {field}.", shorten(word)), &hint);
        }
        found.map(|code| code.id.clone()).unwrap_or_default()
    }

    fn facility(&mut self, record: &Found) -> String {
        let facility = record.get("facility_id").unwrap_or_default();
        if facility.is_empty() {
            let message = "The row names no facility.".to_owned();
            self.wrong(
                "no-facility",
                record,
                message,
                "Map `facility_id` to the column that holds its identifier.",
            );
        }
        facility.to_owned()
    }

    /// Letters and digits of whoever it is, hashed; a keyed hash stays.
    fn person(&self, record: &Found, field: &str) -> String {
        let text = record.get(field).unwrap_or_default();
        if KeyedHash::from_hex(text).is_some() {
            return text.to_owned();
        }
        let letters = plain(text).replace(' ', "");
        // A teller may be an observer too, so people have one name in both tables; a device is nobody.
        let what = if field == "device" { "device" } else { "observer" };
        if letters.is_empty() { String::new() } else { self.hash(what, &letters) }
    }

    fn text(&self, record: &Found) -> String {
        if let Some(hash) = record.get("text_hash") {
            return if KeyedHash::from_hex(hash).is_some() {
                hash.to_owned()
            } else {
                self.hash("text", &plain(hash))
            };
        }
        let text = plain(record.get("text").unwrap_or_default());
        if text.chars().count() < LONG_ENOUGH { String::new() } else { self.hash("text", &text) }
    }

    fn hash(&self, what: &str, text: &str) -> String {
        self.key.keyed(format!("{what}\0{text}").as_bytes()).to_string()
    }

    /// A moment as ISO 8601; `14.05.2026 18:30:00` is one too.
    fn moment(&mut self, record: &Found, field: &str) -> String {
        let text = record.get(field).unwrap_or_default().trim();
        let iso = if Moment::parse(text).is_some() { Some(text.to_owned()) } else { day_first(text) };
        iso.unwrap_or_else(|| {
            let message = format!("`{}` is neither a day nor a moment.", shorten(text));
            self.wrong("not-a-moment", record, message, "Write 2026-05-14T18:30+05:00 or 14.05.2026 18:30.");
            String::new()
        })
    }
}

fn day_first(text: &str) -> Option<String> {
    let (day, time) = text.split_once(' ').unwrap_or((text, ""));
    let [day, month, year] = day.split('.').collect::<Vec<_>>().try_into().ok()?;
    let two = |text: &str| format!("{text:0>2}");
    let time = time.trim();
    let time = match time.split_once(':') {
        Some((hour, rest)) => format!("T{}:{rest}", two(hour)),
        None if time.is_empty() => String::new(),
        None => return None,
    };
    let iso = format!("{year}-{}-{}{time}", two(month), two(day));
    Moment::parse(&iso).map(|_| iso)
}
