//! The twelve months of a block: who was marked, who signed, what was paid; and the sums that facilities report.

use std::io::Write;

use crate::calendar::meet_together;
use crate::csv_text::Rows;
use crate::identity::Keys;
use crate::model::{Draft, Section};
use crate::piece::Piece;
use crate::stream::Stream;
use crate::visits::visits;

/// How often a parent never signs.
const NEVER_SIGNS: f64 = 0.012;
/// Fewer come in the summer holidays.
const SUMMER: f64 = 0.7;

/// What a sheet says of a child, and what was true.
#[derive(Debug, Clone)]
pub(crate) struct Mark {
    pub(crate) child: usize,
    pub(crate) class: usize,
    pub(crate) held: u32,
    pub(crate) present: u32,
    really: u32,
    /// Days after the end of the month and second of the day; `None` when nobody signed.
    signed: Option<(usize, u32)>,
}

/// Keeps the sheets of the year: sums into the draft, rows into the piece.
pub(crate) fn keep(draft: &mut Draft<'_>, keys: &Keys, piece: &mut Piece) {
    let mut streams: Vec<Stream> =
        draft.sections.iter().map(|s| Stream::new(draft.world.seed, &format!("marks/{}", s.id))).collect();
    let mut first: Vec<Vec<u32>> = vec![Vec::new(); draft.sections.len()];
    for month in 0..draft.world.months.len() {
        let mut of_month: Vec<Vec<Mark>> = Vec::with_capacity(draft.sections.len());
        let name = draft.world.months[month].name.clone();
        let mut timesheet = Rows::default();
        let mut sheets = Rows::default();
        let mut payments = Rows::default();
        let mut twice: Vec<String> = Vec::new();
        for (s, stream) in streams.iter_mut().enumerate() {
            let section = &draft.sections[s];
            let mut marks = own(draft, section, month, stream);
            if section.habit.frozen {
                freeze(&mut marks, &mut first[s]);
            }
            let created = 17 * 3_600 + stream.whole(0, 4 * 3_600);
            sign(section, &mut marks, created, stream);
            if let Some((source, from)) = section.habit.copies
                && month >= from
                && let Some(copied) = of_month.get(source)
            {
                marks.clone_from(copied);
                let [own, of] = [&section.classes, &draft.sections[source].classes];
                for mark in marks.iter().filter(|m| m.present > 0 && !draft.children[m.child].honest) {
                    if own.get(mark.class).zip(of.get(mark.class)).is_some_and(|(a, b)| meet_together(a, b)) {
                        twice.push(draft.children[mark.child].hash.clone());
                    }
                }
                for mark in &mut marks {
                    mark.really = 0;
                }
            }
            let shared = section.habit.mass_signed.then(|| {
                let operator = &draft.operators[section.operator];
                (operator.phone.clone(), keys.mark("operator-device", &operator.id))
            });
            let ends = &draft.world.months[month].ends;
            let (mut children, mut signed, mut sessions) = (0, 0, 0);
            for mark in &marks {
                let child = &draft.children[mark.child];
                let (phone, device) =
                    shared.as_ref().map_or((&child.phone, &child.device), |(phone, device)| (phone, device));
                timesheet.plain(&section.id).plain(&child.hash).plain(mark.held).plain(mark.present);
                match mark.signed {
                    Some((day, second)) => {
                        timesheet
                            .plain(stamp(ends.get(day).map_or("", String::as_str), second))
                            .plain(phone)
                            .plain(device);
                        signed += 1;
                        sessions += u64::from(mark.present);
                        children += u64::from(mark.present > 0);
                    }
                    None => {
                        timesheet.text("").text("").text("");
                    }
                }
                timesheet.end();
            }
            let rate = draft.world.sports[section.sport].tenge_month;
            // A copied sheet puts its children in two places at once, where the hours are the same.
            draft.truth.extend(twice.drain(..).map(|hash| ("overlapping-sessions", "participant", hash)));
            let amount = children * rate;
            if !marks.is_empty() {
                let sheet_second = if shared.is_some() { NIGHT } else { created };
                let all = signed == marks.len();
                sheets
                    .plain(&section.id)
                    .plain(&name)
                    .plain(stamp(&ends[0], sheet_second))
                    .plain(marks.iter().map(|m| m.held).max().unwrap_or(0))
                    .plain(marks.len())
                    .plain(signed)
                    .plain(if all { "review_operator_success" } else { "review_operator" })
                    .end();
                let facility = &draft.facilities[section.facility].id;
                payments
                    .plain(facility)
                    .plain(&section.id)
                    .plain(children)
                    .plain(amount)
                    .plain("paid")
                    .text("")
                    .end();
            }
            let really: u64 = marks.iter().map(|m| u64::from(m.really)).sum();
            let facility = &mut draft.facilities[section.facility];
            facility.signed += sessions;
            facility.real += really;
            facility.paid += amount;
            piece.month(draft.world.region_of(draft.block), month, children, amount);
            of_month.push(marks);
        }
        piece.add("sheets.csv", sheets);
        if piece.wants.timesheets {
            piece.add(&format!("timesheets/{name}.csv"), timesheet);
            piece.add(&format!("payments/{name}.csv"), payments);
        }
        if piece.wants.attendance {
            let visits = visits(draft, month, &of_month);
            piece.add_bytes(&format!("attendance/{name}.csv.zst"), visits);
        }
    }
}

/// Ten to midnight: when a sheet is made whose signatures are collected in bulk.
const NIGHT: u32 = 23 * 3_600 + 50 * 60;

fn own(draft: &Draft<'_>, section: &Section, month: usize, stream: &mut Stream) -> Vec<Mark> {
    let here = &draft.world.months[month];
    let present = section.enrolments.iter().enumerate().filter(|(_, e)| (e.from..e.until).contains(&month));
    present
        .map(|(position, enrolment)| {
            let class = position % section.classes.len().max(1);
            let days = section.classes.get(class).map_or(0, |c| here.days[c.pattern].len());
            let mut held = u32::try_from(days).unwrap_or(0);
            if section.habit.gap == Some(month) {
                held /= 2;
            }
            let child = &draft.children[enrolment.child];
            let rate = enrolment.rate * if here.summer { SUMMER } else { 1.0 };
            let (present, really) = match child.abroad.filter(|abroad| abroad.month == month) {
                _ if enrolment.ghost => (held, 0),
                Some(abroad) if abroad.marked => (held - held / 8, 0),
                Some(_) => (held / 10, held / 10),
                None if section.habit.always_full => (held, held),
                None if enrolment.invented => (stream.count(held, rate), 0),
                None => {
                    let came = stream.count(held, rate);
                    (came, came)
                }
            };
            Mark { child: enrolment.child, class, held, present, really, signed: None }
        })
        .collect()
}

/// The marks of the first month in every month.
fn freeze(marks: &mut [Mark], first: &mut Vec<u32>) {
    if first.is_empty() {
        first.extend(marks.iter().map(|m| m.present));
    }
    for (mark, present) in marks.iter_mut().zip(first.iter()) {
        mark.present = (*present).min(mark.held);
    }
}

fn sign(section: &Section, marks: &mut [Mark], created: u32, stream: &mut Stream) {
    const DAY: u32 = 24 * 3_600;
    let mut second = NIGHT;
    for mark in marks {
        mark.signed = if section.habit.mass_signed {
            second += stream.whole(3, 14);
            Some(((second / DAY) as usize, second % DAY))
        } else if stream.chance(NEVER_SIGNS) {
            None
        } else {
            let day = stream.weighted([0.34, 0.30, 0.18, 0.11, 0.07].into_iter());
            let earliest = if day == 0 { created + 60 } else { 8 * 3_600 };
            Some((day, stream.whole(earliest, 23 * 3_600)))
        };
    }
}

fn stamp(day: &str, second: u32) -> String {
    format!("{day}T{:02}:{:02}:{:02}", second / 3_600, second / 60 % 60, second % 60)
}

/// A frame; writing to memory can't fail.
pub(crate) fn compressed(text: &[u8]) -> Vec<u8> {
    const LEVEL: i32 = 3;
    let frame = zstd::stream::write::Encoder::new(Vec::new(), LEVEL).and_then(|mut encoder| {
        encoder.write_all(text)?;
        encoder.finish()
    });
    frame.unwrap_or_default()
}
