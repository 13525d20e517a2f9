//! What rests on a source, and where sources differ, in sentences.

use adil_domain::Rational;
use adil_round::ApplicationDecision;
use adil_round::decision::{AnswerUsed, GateResult, SourcesDiffer};
use adil_round::independence::{ALL_OPTIONAL, Verdict, WithoutSource};

use crate::sentences::Teller;

/// Decimals of a percentage of the budget.
const PERCENT_DECIMALS: u32 = 2;
/// Decimals of a rank correlation.
const CORRELATION_DECIMALS: u32 = 3;

impl Teller<'_> {
    /// The name of what was withdrawn.
    pub(crate) fn withdrawn_name(&self, row: &WithoutSource) -> String {
        if row.source == ALL_OPTIONAL {
            self.words.say("all-optional-sources")
        } else {
            self.source_name(&row.source)
        }
    }

    /// Whether the round stands without it: one sentence.
    pub(crate) fn verdict(&self, row: &WithoutSource) -> String {
        let id = match row.verdict {
            Verdict::Independent => "verdict-independent",
            Verdict::Rests => "verdict-rests",
            Verdict::Impossible => "verdict-impossible",
        };
        self.words
            .message(id)
            .text("all", if row.source == ALL_OPTIONAL { "yes" } else { "no" })
            .text("source", self.withdrawn_name(row))
            .text("share", self.share_moved(row))
            .say()
    }

    /// The part of the budget that would go elsewhere, in percent; `–` where there is no decision.
    pub(crate) fn share_moved(&self, row: &WithoutSource) -> String {
        let Some(moved) = &row.moved else { return "–".to_owned() };
        let percent = &moved.share * &Rational::from(100u8);
        let value = self.words.number(&percent, PERCENT_DECIMALS);
        let least = Rational::from_scaled(1u8, PERCENT_DECIMALS);
        let id = if percent.is_zero() || percent >= least { "percent" } else { "percent-below" };
        let value = if id == "percent" { value } else { self.words.number(&least, PERCENT_DECIMALS) };
        self.words.message(id).text("value", value).say()
    }

    /// How alike the order of the applications stays; `–` where nothing can be said.
    pub(crate) fn correlation(&self, row: &WithoutSource) -> String {
        let known = row.moved.as_ref().and_then(|moved| moved.rank_correlation.as_ref());
        known.map_or_else(|| "–".to_owned(), |rho| self.words.number(rho, CORRELATION_DECIMALS))
    }

    /// What the checks behind a gate said, where that is more than the gate's own outcome: several answers, evidence, an
    /// answer that has become too old to count, or another source that says otherwise.
    pub(crate) fn answers(&self, application: &ApplicationDecision, result: &GateResult) -> Vec<String> {
        let differ: Vec<Option<&SourcesDiffer>> =
            result.answers.iter().map(|answer| self.differ(application, &answer.check)).collect();
        let telling = result.answers.len() > 1
            || result.answers.iter().any(|a| a.dispute.is_some() || a.digest.is_some())
            || differ.iter().any(Option::is_some)
            || result.answers.iter().any(|a| a.evidence.is_some() || a.said.is_some_and(|s| s != a.outcome));
        if !telling {
            return Vec::new();
        }
        let mut said = Vec::new();
        for (answer, differ) in result.answers.iter().zip(differ) {
            said.push(self.answer(answer, differ.is_some()));
            said.extend(self.dispute(answer));
            let others = differ.iter().flat_map(|d| &d.said).filter(|a| a.digest.is_none());
            let others = others.filter(|a| a.source != answer.source && Some(a.outcome) != answer.said);
            said.extend(others.map(|other| self.answer_words("answer-against", other)));
        }
        said
    }

    /// The title of a detector.
    pub(crate) fn detector_title(&self, id: &str) -> String {
        let rule = self.decision.policy.detectors.iter().find(|d| d.id == id);
        rule.map_or_else(|| id.to_owned(), |d| self.title(&d.meta.title, &d.id).to_owned())
    }

    /// What detectors found: a sentence for each, the gravest flag in its own words.
    pub(crate) fn flags(&self, application: &ApplicationDecision) -> Vec<String> {
        let one = |flagged: &adil_round::decision::Flagged| {
            let rule = &self.decision.policy.detectors[flagged.detector];
            self.words
                .message("flag-line")
                .text("title", self.detector_title(&rule.id))
                .text("severity", flagged.severity.as_str())
                .text("holds", if flagged.holds { "yes" } else { "no" })
                .count_as("flags", "n", flagged.flags)
                .text("sentence", &flagged.sentence)
                .say()
                .trim_end()
                .to_owned()
        };
        application.flags.iter().map(one).collect()
    }

    /// Where sources differ about a check of the application's operator.
    fn differ(&self, application: &ApplicationDecision, check: &str) -> Option<&SourcesDiffer> {
        let differ = &self.decision.disagreements;
        let wanted = (application.operator_id.as_str(), check);
        let at = differ.binary_search_by(|d| (d.operator_id.as_str(), d.check.as_str()).cmp(&wanted)).ok()?;
        differ.get(at)
    }

    fn answer(&self, answer: &AnswerUsed, differ: bool) -> String {
        let id = match answer.said {
            _ if answer.digest.is_some() => "answer-digest",
            None => "answer-none",
            Some(said) if said != answer.outcome && answer.dispute.is_some() => "answer-disputed",
            // By the policy none counts until somebody settles it.
            Some(said) if said != answer.outcome && differ => "answer-unsettled",
            Some(said) if said != answer.outcome => "answer-old",
            Some(_) if answer.evidence.is_some() => "answer-evidence",
            Some(_) => "answer",
        };
        self.answer_words(id, answer)
    }

    /// What the operator says against an answer, and what the source replied.
    fn dispute(&self, answer: &AnswerUsed) -> Option<String> {
        let disputed = answer.dispute.as_ref()?;
        let (dispute, words) = (&disputed.dispute, self.words);
        let claim =
            words.message("dispute").date("date", dispute.disputed_on).text("claim", &dispute.claim).say();
        let reply = dispute.reply.as_ref().filter(|_| !disputed.open).map_or_else(
            || words.say("dispute-open"),
            |reply| {
                let source = self.source_name(&dispute.source);
                let message = words.message("dispute-reply").date("date", reply.replied_on);
                message.text("source", source).text("reply", &reply.words).say()
            },
        );
        Some(format!("{claim} {reply}"))
    }

    fn answer_words(&self, id: &'static str, answer: &AnswerUsed) -> String {
        let mut message = self
            .words
            .message(id)
            .text("check", &answer.check)
            .text("source", self.source(&answer.source, answer.as_of))
            .text("digest", answer.digest.as_deref().unwrap_or_default())
            .text("counts", self.words.outcome(answer.outcome))
            .text("evidence", answer.evidence.as_deref().unwrap_or_default());
        if let Some(said) = answer.said {
            message = message.text("said", self.words.outcome(said));
        }
        message.say()
    }
}
