//! A scheduler of Ballista that answers instead of this machine.

use std::io;
use std::pin::pin;
use std::time::{Duration, Instant};

use ballista::prelude::SessionContextExt;
use datafusion::arrow::array::RecordBatch;
use datafusion::dataframe::DataFrame;
use datafusion::error::DataFusionError;
use datafusion::prelude::SessionContext;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

use crate::DetectError;

const SCHEME: &str = "ballista://";
/// Where Ballista's scheduler listens unless it is told otherwise.
const PORT: u16 = 50050;
/// Between two looks at whether the cluster is still there.
const PAUSE: Duration = Duration::from_secs(1);
/// A scheduler that takes longer than this to say how it is does not answer.
const PROMPT: Duration = Duration::from_secs(10);
/// Bytes of the first line of an answer; what is longer is no scheduler's.
const LINE: u64 = 256;

/// What a job is called.
const JOB: &str = "ballista.job.name";
/// What Ballista 55 must be told, or it loses rows, waits for ever, or breaks down over questions that are in `detectors/`.
const OPTIONS: [(&str, &str); 2] = [
    // Plans that change under way: a stage whose inputs come late is never done ("Can't find active stage"), and inputs found
    // empty that stand beside others under `UNION ALL` cost rows of the others, without a word.
    ("ballista.planner.adaptive.enabled", "false"),
    // Merge joins, Ballista's preference, panic on a condition beside the keys (DataFusion 55.2, sort_merge_join/filter.rs).
    ("datafusion.optimizer.prefer_hash_join", "true"),
];

/// A scheduler, and how long it may be without executors before that is an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scheduler {
    authority: String,
    patience: Duration,
}

impl Scheduler {
    /// The scheduler under an address such as `ballista://host:50050`.
    pub fn at(address: &str, patience: Duration) -> Result<Self, DetectError> {
        let wrong = || DetectError::Engine(address.to_owned());
        let place = address.strip_prefix(SCHEME).ok_or_else(wrong)?;
        let place = place.strip_suffix('/').unwrap_or(place);
        // The colons of an IPv6 address stand in brackets.
        let (host, port) = match place.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => (host, port.parse().map_err(|_| wrong())?),
            _ => (place, PORT),
        };
        let odd = |c: char| c.is_whitespace() || matches!(c, '/' | '?' | '#' | '@');
        if host.is_empty() || host.contains(odd) {
            return Err(wrong());
        }
        Ok(Self { authority: format!("{host}:{port}"), patience })
    }

    /// A session whose questions are planned and answered there.
    pub(crate) async fn session(&self) -> Result<SessionContext, DetectError> {
        let failed = |e: DataFusionError| self.failed(e.to_string());
        let session = SessionContext::remote(&format!("{SCHEME}{}", self.authority)).await.map_err(failed)?;
        for (option, value) in OPTIONS {
            set(&session, option, value).map_err(failed)?;
        }
        Ok(session)
    }

    /// What is wrong with the cluster, and where it should be.
    pub(crate) fn failed(&self, reason: impl Into<String>) -> DetectError {
        DetectError::Cluster { scheduler: self.authority.clone(), reason: reason.into() }
    }

    /// The answer to a question. A scheduler gives the tasks of an executor that is gone to others, but can't bring back an
    /// answer that was complete and then lost with its executor: so a question that failed is asked once more as a whole.
    pub(crate) async fn collect(
        &self,
        what: &str,
        question: DataFrame,
    ) -> Result<Vec<RecordBatch>, DetectError> {
        if let Ok(answer) = self.attempt(question.clone()).await? {
            return Ok(answer);
        }
        self.attempt(question).await?.map_err(|e| {
            self.failed(format!(
                "{what} failed there twice: {e}. The logs of the scheduler and of the executors say more; without \
                 --engine the same question is answered on this machine."
            ))
        })
    }

    /// Asks once the cluster is ready, and gives up only where it is gone: a question may take long.
    async fn attempt(
        &self,
        question: DataFrame,
    ) -> Result<Result<Vec<RecordBatch>, DataFusionError>, DetectError> {
        self.ready().await?;
        let mut answer = pin!(question.collect());
        let mut gone = None;
        loop {
            if let Ok(answer) = timeout(PAUSE, answer.as_mut()).await {
                return Ok(answer);
            }
            match self.state().await {
                Ok(()) => gone = None,
                Err(reason) => self.still_patient(gone.get_or_insert_with(Instant::now), reason)?,
            }
        }
    }

    /// Returns when the scheduler has an executor.
    async fn ready(&self) -> Result<(), DetectError> {
        let since = Instant::now();
        while let Err(reason) = self.state().await {
            self.still_patient(&since, reason)?;
            sleep(PAUSE).await;
        }
        Ok(())
    }

    fn still_patient(&self, since: &Instant, reason: String) -> Result<(), DetectError> {
        if since.elapsed() < self.patience { Ok(()) } else { Err(self.failed(reason)) }
    }

    /// Nothing where the scheduler has an executor; else what is missing. Asking a scheduler without executors a question would
    /// wait for ever.
    async fn state(&self) -> Result<(), String> {
        let answer = match timeout(PROMPT, self.readiness()).await {
            Ok(answer) => answer,
            Err(_) => Err(io::ErrorKind::TimedOut.into()),
        };
        let line = answer.map_err(|e| {
            format!("no scheduler answers ({e}). Start ballista-scheduler there, or leave --engine out to use this machine.")
        })?;
        match line.split_whitespace().nth(1) {
            Some("200") => Ok(()),
            Some("503") => Err("the scheduler has no executor to work with. Start ballista-executor on at least one \
                                machine, with the scheduler's address; the scheduler's log says why one is refused."
                .to_owned()),
            _ => Err(format!("what answers is no scheduler of Ballista 55: {:?}.", line.trim())),
        }
    }

    /// The first line of what the scheduler says of itself; it is one line of HTTP, for which no client is worth carrying.
    async fn readiness(&self) -> io::Result<String> {
        let mut stream = TcpStream::connect(&self.authority).await?;
        let request =
            format!("GET /readyz HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.authority);
        stream.write_all(request.as_bytes()).await?;
        let mut line = Vec::new();
        BufReader::new(stream).take(LINE).read_until(b'\n', &mut line).await?;
        Ok(String::from_utf8_lossy(&line).into_owned())
    }
}

/// Says what the next question is about, for those who look at the scheduler's list of jobs.
pub(crate) fn name(session: &SessionContext, what: &str) -> Result<(), DataFusionError> {
    set(session, JOB, what)
}

fn set(session: &SessionContext, option: &str, value: &str) -> Result<(), DataFusionError> {
    session.state_ref().write().config_mut().options_mut().set(option, value)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where something is wrong")]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_host_and_perhaps_a_port() {
        let cases = [
            ("ballista://ten.local:7", "ten.local:7"),
            ("ballista://ten.local/", "ten.local:50050"),
            ("ballista://[::1]:7", "[::1]:7"),
            ("ballista://[::1]", "[::1]:50050"),
        ];
        for (address, authority) in cases {
            assert_eq!(Scheduler::at(address, PAUSE).unwrap().authority, authority);
        }
        for wrong in [
            "ten.local:7",
            "http://ten.local:7",
            "ballista://",
            "ballista://:7",
            "ballista://a:b",
            "ballista://a/b",
        ] {
            let error = Scheduler::at(wrong, PAUSE).unwrap_err();
            assert!(matches!(&error, DetectError::Engine(address) if address == wrong), "{error}");
        }
    }
}
