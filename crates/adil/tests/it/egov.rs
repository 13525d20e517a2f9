//! `adil import egov` against a server on the loopback.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread::JoinHandle;

use super::command;
use super::import::Place;

const RECORDS: &str = r#"[
  { "id": "1", "name_kk": "Спорт залы", "name_ru": "Спортзал", "lat": "50.0", "lon": "70.0", "area": "840" },
  { "id": "2", "name_kk": "Корт", "name_ru": "Корт", "lat": "49.9", "lon": "70.1", "area": "" }
]"#;

/// Answers the question for the first page with one status and body, and every other with an empty page.
pub(super) struct Service {
    address: SocketAddr,
    thread: Option<JoinHandle<Vec<String>>>,
}

impl Service {
    pub(super) fn new(status: &'static str, body: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let thread = std::thread::spawn(move || {
            let mut asked = Vec::new();
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
                let first = lines.next().and_then(Result::ok).unwrap_or_default();
                if first.is_empty() {
                    break;
                }
                while lines.next().and_then(Result::ok).is_some_and(|line| !line.is_empty()) {}
                let is_first =
                    ["from%22%3A0", "from%22:0", "\"from\":0"].iter().any(|start| first.contains(start));
                let body = if is_first { body } else { "[]" };
                asked.push(first);
                let answer = format!(
                    "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
                    body.len()
                );
                stream.write_all(answer.as_bytes()).unwrap();
            }
            asked
        });
        Self { address, thread: Some(thread) }
    }

    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Ends the service; what it was asked.
    pub(super) fn end(mut self) -> Vec<String> {
        // A caller that says nothing is the sign to stop.
        drop(TcpStream::connect(self.address).unwrap());
        self.thread.take().unwrap().join().unwrap()
    }
}

fn import(service: &Service, arguments: &[&str]) -> (i32, String, String) {
    let output = command(&[&["import", "egov", "halls/v1", "--as-of", "2026-01-01"], arguments].concat())
        .env("ADIL_EGOV_BASE", format!("http://{}", service.address))
        .env("ADIL_EGOV_KEY", "a-secret-key")
        .env_remove("HTTPS_PROXY")
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn a_data_set_of_the_state_becomes_a_round() {
    let place = Place::new();
    let service = Service::new("200 OK", RECORDS);
    let (code, mapping, said) = import(&service, &["--suggest"]);
    assert_eq!(code, 0, "{said}");
    let mapping = place.write("mapping.toml", &mapping);
    let round = place.round();
    let (code, _, said) = import(&service, &["--mapping", &mapping, "--out", &round]);
    assert_eq!(code, 0, "{said}");
    let asked = service.end();
    assert!(
        asked.iter().all(|line| line.starts_with("GET /api/v4/halls/v1?apiKey=a-secret-key")),
        "{asked:?}"
    );
    let facilities = place.read("round/facilities.csv");
    assert!(facilities.contains("Спортзал") && facilities.contains("355200000"), "{facilities}");
    assert!(place.read("round/datapackage.json").contains("2026-01-01"));
    assert_eq!(super::adil(&["check", &round]).code, 0);
}

#[test]
fn a_refusal_is_explained_and_the_key_is_not_shown() {
    let place = Place::new();
    let service = Service::new("403 Forbidden", "no");
    let round = place.round();
    let (code, out, said) = import(&service, &["--suggest", "--out", &round]);
    drop(service.end());
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("egov-refused") && said.contains("(403)"), "{said}");
    assert!(!std::path::Path::new(&round).exists(), "nothing is written");
    assert!(!said.contains("a-secret-key") && !out.contains("a-secret-key"), "{said}");
}
