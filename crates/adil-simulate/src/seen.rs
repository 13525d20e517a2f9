//! What people say of facilities and how they got there, and the truth beside it: observers who differ in care, a few who
//! lie, a few bursts of bought answers. Shares and counts are illustrative.

use crate::csv_text::Rows;
use crate::identity::Keys;
use crate::model::{Draft, Facility};
use crate::piece::Piece;
use crate::stream::{Stream, real, whole};

/// Observers of a block, by its facilities.
const OBSERVERS: f64 = 0.2;
/// Facilities that one of them reports on.
const VISITED: (u32, u32) = (2, 9);
/// How much more is said of some than of others: the part of a list that a random number reaches is this power of it.
const KNOWN: f64 = 3.0;
/// How often a question is answered by somebody who is there.
const ANSWERED: f64 = 0.55;
/// Observers by how often they tell what is so: careful, careless, and those who lie.
const RIGHT: [(f64, f64); 3] = [(0.72, 0.95), (0.24, 0.75), (0.04, 0.15)];
/// How often answers are bought for a facility, if what one question asks is not so there.
const BOUGHT: f64 = 0.02;
/// People in whose names, and within how many minutes.
const HANDS: (u32, u32) = (8, 20);
const WITHIN: u32 = 40;
/// Facilities that somebody tells the way to, where children have sections, and the most who do.
const TOLD: f64 = 0.2;
const TELLERS: (u32, u32) = (1, 6);
/// Of those who set out, how many meet an obstacle at a step, and how many give up there.
const OBSTACLE: f64 = 0.18;
const GIVE_UP: f64 = 0.05;

/// A question, its answers from the best, and whether it has three.
const QUESTIONS: [(&str, &[&str]); 7] = [
    ("open_as_stated", &["yes", "no"]),
    ("equipment_usable", &["yes", "partly", "no"]),
    ("welcome", &["yes", "no"]),
    ("coach_present", &["yes", "no"]),
    ("safe_and_clean", &["yes", "partly", "no"]),
    ("free_places", &["yes", "no"]),
    ("nothing_charged", &["yes", "no"]),
];

/// Steps of the way to a first training with the usual minutes of each, waiting included.
const STEPS: [(&str, f64); 7] = [
    ("search", 45.0),
    ("contact", 60.0),
    ("papers", 240.0),
    ("application", 40.0),
    ("queue", 7_200.0),
    ("visit", 90.0),
    ("first_training", 120.0),
];

/// Obstacles with how common each is.
const OBSTACLES: [(&str, f64); 9] = [
    ("no_place", 6.0),
    ("queue", 5.0),
    ("cost", 3.0),
    ("distance", 3.0),
    ("papers", 3.0),
    ("hours", 2.0),
    ("unreachable", 2.0),
    ("site_down", 1.0),
    ("not_accessible", 1.0),
];

/// Writes what is said of the block's facilities, and what is so.
pub(crate) fn write(draft: &Draft<'_>, keys: &Keys, piece: &mut Piece) {
    let truth = states(draft);
    let mut told = Told { rows: Rows::default(), asked: vec![[false; QUESTIONS.len()]; truth.len()] };
    observers(draft, keys, &truth, &mut told);
    let bought = bought(draft, keys, &truth, &mut told);
    let mut so = Rows::default();
    for (number, facility) in draft.facilities.iter().enumerate() {
        for (question, (id, answers)) in QUESTIONS.iter().enumerate() {
            if told.asked[number][question] {
                let answer = answers[truth[number][question]];
                so.plain(&facility.id)
                    .plain(id)
                    .plain(answer)
                    .plain(bought.contains(&(number, question)))
                    .end();
            }
        }
    }
    piece.add("observations.csv", told.rows);
    piece.add("truth/observations.csv", so);
    piece.add("journeys.csv", journeys(draft, keys));
}

/// Rows under way, and which questions were answered for which facility.
struct Told {
    rows: Rows,
    asked: Vec<[bool; QUESTIONS.len()]>,
}

impl Told {
    fn answer(
        &mut self,
        facility: (usize, &Facility),
        who: &Witness,
        question: usize,
        answer: usize,
        at: &str,
    ) {
        let (number, facility) = facility;
        let (id, answers) = QUESTIONS[question];
        self.asked[number][question] = true;
        self.rows
            .plain(&facility.id)
            .plain(&who.hash)
            .plain(&who.device)
            .plain(who.kind)
            .plain(id)
            .plain(answers[answer])
            .plain(at)
            .end();
    }
}

/// Who answers.
struct Witness {
    hash: String,
    device: String,
    kind: &'static str,
}

/// By facility and question, the position of the answer that is so.
fn states(draft: &Draft<'_>) -> Vec<[usize; QUESTIONS.len()]> {
    let stream = &mut draft.stream("what-is-so");
    let of_three = |condition: f64| usize::from(condition < 62.0) + usize::from(condition < 40.0);
    draft
        .facilities
        .iter()
        .map(|facility| {
            let condition = real(facility.condition);
            let mut no = |chance: f64| usize::from(stream.chance(chance));
            let (open, welcome, coach) = (no(0.08), no(0.14), no(0.06));
            let (places, charged) = (no(0.35), no(0.10));
            let mut near = || of_three(condition + 12.0 * stream.normal());
            [open, near(), welcome, coach, near(), places, charged]
        })
        .collect()
}

fn observers(draft: &Draft<'_>, keys: &Keys, truth: &[[usize; QUESTIONS.len()]], told: &mut Told) {
    let stream = &mut draft.stream("observers");
    let mut known: Vec<usize> = (0..truth.len()).collect();
    stream.shuffle(&mut known);
    let many = whole(real(truth.len() as u64) * OBSERVERS);
    for observer in 0..usize::try_from(many).unwrap_or(0) {
        let name = draft.name("observer", observer);
        let who = Witness {
            hash: keys.hash("observer", &name),
            device: keys.mark("observer-device", &name),
            kind: ["citizen", "panel", "inspector"][stream.weighted([0.8, 0.15, 0.05].into_iter())],
        };
        let right = RIGHT[stream.weighted(RIGHT.into_iter().map(|(share, _)| share))].1;
        let mut visited: Vec<usize> =
            (0..stream.whole(VISITED.0, VISITED.1)).filter_map(|_| one_of(&known, stream)).collect();
        visited.sort_unstable();
        visited.dedup();
        for number in visited {
            let at = moment(stream);
            for question in 0..QUESTIONS.len() {
                if stream.chance(ANSWERED) {
                    let answer = said(truth[number][question], QUESTIONS[question].1.len(), right, stream);
                    told.answer((number, &draft.facilities[number]), &who, question, answer, &at);
                }
            }
        }
    }
}

/// One of a list, the earlier the more often.
fn one_of(known: &[usize], stream: &mut Stream) -> Option<usize> {
    let reached = real(known.len() as u64) * libm::pow(stream.unit(), KNOWN);
    known.get(usize::try_from(whole(reached.floor())).unwrap_or(0)).copied()
}

/// The answer of somebody who tells what is so that often.
fn said(so: usize, answers: usize, right: f64, stream: &mut Stream) -> usize {
    if stream.chance(right) { so } else { (so + 1 + stream.below(answers - 1)) % answers }
}

/// Answers that somebody pays for: the best one, where it is not so, by many hands within minutes.
fn bought(
    draft: &Draft<'_>,
    keys: &Keys,
    truth: &[[usize; QUESTIONS.len()]],
    told: &mut Told,
) -> Vec<(usize, usize)> {
    let stream = &mut draft.stream("bought-answers");
    let mut places = Vec::new();
    for (number, facility) in draft.facilities.iter().enumerate() {
        let wanted = stream.below(QUESTIONS.len());
        if !stream.chance(BOUGHT) || truth[number][wanted] == 0 {
            continue;
        }
        places.push((number, wanted));
        let (month, day, begin) = (stream.whole(9, 12), stream.whole(1, 28), stream.whole(9 * 60, 20 * 60));
        for hand in 0..stream.whole(HANDS.0, HANDS.1) {
            let name = format!("{}/{hand}", facility.id);
            let who = Witness {
                hash: keys.hash("bought", &name),
                device: keys.mark("bought-device", &name),
                kind: "citizen",
            };
            let minute = begin + stream.whole(0, WITHIN);
            let at = format!("2023-{month:02}-{day:02}T{:02}:{:02}", minute / 60, minute % 60);
            told.answer((number, facility), &who, wanted, 0, &at);
        }
    }
    places
}

/// A moment of the half year before the round.
fn moment(stream: &mut Stream) -> String {
    let (month, day, minute) = (stream.whole(7, 12), stream.whole(1, 28), stream.whole(8 * 60, 21 * 60));
    format!("2023-{month:02}-{day:02}T{:02}:{:02}", minute / 60, minute % 60)
}

fn journeys(draft: &Draft<'_>, keys: &Keys) -> Rows {
    let stream = &mut draft.stream("journeys");
    let mut rows = Rows::default();
    for facility in draft.facilities.iter().filter(|f| f.children > 0) {
        if !stream.chance(TOLD) {
            continue;
        }
        for teller in 0..stream.whole(TELLERS.0, TELLERS.1) {
            let name = format!("{}/{teller}", facility.id);
            let (journey, person) = (keys.mark("journey", &name), keys.hash("teller", &name));
            let told_at = moment(stream);
            for (step, usual) in STEPS {
                // Not everybody has to queue, or brings papers.
                if matches!(step, "queue" | "papers" | "visit") && stream.chance(0.45) {
                    continue;
                }
                let minutes = whole(usual * stream.spread(0.8)).max(1);
                let obstacle = stream
                    .chance(OBSTACLE)
                    .then(|| OBSTACLES[stream.weighted(OBSTACLES.into_iter().map(|(_, common)| common))].0);
                rows.plain(&facility.id)
                    .plain(&journey)
                    .plain(&person)
                    .plain(step)
                    .plain(minutes)
                    .text(obstacle.unwrap_or(""))
                    .plain(&told_at[..10])
                    .end();
                if obstacle.is_some() && stream.chance(GIVE_UP / OBSTACLE) {
                    break;
                }
            }
        }
    }
    rows
}
