//! A service on the loopback, and a clock that only notes the time down.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use adil_sources::http::Pauses;

/// One answer: status line, headers, body, the length to claim for it, and whether it never comes.
#[derive(Clone)]
pub(super) struct Answer {
    pub(super) status: &'static str,
    pub(super) headers: &'static str,
    pub(super) body: String,
    pub(super) claimed: Option<usize>,
    pub(super) never: bool,
}

pub(super) fn ok(body: impl Into<String>) -> Answer {
    Answer {
        status: "200 OK",
        headers: "Content-Type: application/json\r\n",
        body: body.into(),
        claimed: None,
        never: false,
    }
}

pub(super) fn status(status: &'static str) -> Answer {
    Answer {
        status,
        headers: "Content-Type: text/plain\r\n",
        body: "no".to_owned(),
        claimed: None,
        never: false,
    }
}

/// A server that gives these answers, one each, and remembers what it was asked.
pub(super) struct Stub {
    pub(super) base: String,
    asked: Arc<Mutex<Vec<String>>>,
    thread: Option<JoinHandle<()>>,
}

impl Stub {
    pub(super) fn new(answers: Vec<Answer>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let list = Arc::clone(&asked);
        // It ends when its answers are used up, or when `stop` is asked for.
        let thread = std::thread::spawn(move || {
            let mut answers = answers.into_iter();
            let mut held = Vec::new();
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut reader = BufReader::new(stream.try_clone().unwrap());
                let mut first = String::new();
                reader.read_line(&mut first).unwrap();
                let (mut line, mut length, mut bearer) = (String::new(), 0, String::new());
                while reader.read_line(&mut line).unwrap() > 2 {
                    if let Some((name, value)) = line.trim().split_once(": ") {
                        if name.eq_ignore_ascii_case("content-length") {
                            length = value.parse().unwrap();
                        }
                        if name.eq_ignore_ascii_case("authorization") {
                            bearer = format!(" [{value}]");
                        }
                    }
                    line.clear();
                }
                let mut posted = vec![0; length];
                reader.read_exact(&mut posted).unwrap();
                if first.starts_with("GET /stop") {
                    return;
                }
                let address = first.split(' ').nth(1).unwrap_or("");
                let posted = String::from_utf8(posted).unwrap();
                list.lock().unwrap().push(format!("{address}{bearer}{posted}"));
                let answer = answers.next().unwrap_or_else(|| status("599 Out Of Answers"));
                if answer.never {
                    held.push(stream);
                    continue;
                }
                let length = answer.claimed.unwrap_or(answer.body.len());
                let head = format!(
                    "HTTP/1.1 {}\r\n{}Content-Length: {length}\r\nConnection: close\r\n\r\n",
                    answer.status, answer.headers
                );
                // A client that has given up already is no fault of the service.
                let _ =
                    stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(answer.body.as_bytes()));
            }
        });
        Self { base, asked, thread: Some(thread) }
    }

    /// The addresses that were asked for, each followed by what was posted.
    pub(super) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

impl Drop for Stub {
    fn drop(&mut self) {
        let address = self.base.trim_start_matches("http://");
        if let Ok(mut stream) = std::net::TcpStream::connect(address) {
            let _ = stream.write_all(b"GET /stop HTTP/1.1\r\n\r\n");
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Notes pauses down instead of waiting.
#[derive(Default)]
pub(super) struct Noted(pub(super) Vec<Duration>);

impl Pauses for Noted {
    fn wait(&mut self, pause: Duration) {
        self.0.push(pause);
    }

    fn jitter(&mut self) -> f64 {
        0.5
    }
}
