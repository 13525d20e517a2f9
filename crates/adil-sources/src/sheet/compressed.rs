//! CSV packed with gzip or zstd, unpacked under a cap.

use std::io::{Read, Write};

use adil_domain::{Place, Problem, Problems};

use super::Limits;

const CHUNK: usize = 1 << 16;

/// Unpacks a stream; why it ended early is said with how far it went.
pub(super) fn unpack(file: &str, bytes: &[u8], limits: Limits, problems: &mut Problems) -> Option<Vec<u8>> {
    let zstd = bytes.starts_with(&[0x28, 0xB5, 0x2F, 0xFD]);
    let mut unpacked = Vec::new();
    let end = if zstd {
        match zstd::stream::read::Decoder::with_buffer(bytes) {
            Ok(decoder) => drain(decoder, limits, &mut unpacked),
            Err(error) => End::Broken(error.to_string()),
        }
    } else {
        drain(flate2::bufread::MultiGzDecoder::new(bytes), limits, &mut unpacked)
    };
    let method = if zstd { "zstd" } else { "gzip" };
    match end {
        End::Whole => Some(unpacked),
        End::TooMuch => {
            let message = format!(
                "The {method} stream of {} bytes unpacks to more than {} bytes; at most that many are read.",
                bytes.len(),
                limits.part
            );
            problems.push(
                Problem::error("file-too-large", Place::file(file), message).hint(
                    "Leave out columns and rows that are not used; a stream that never ends is a trap.",
                ),
            );
            None
        }
        End::Broken(error) => {
            let line = (1..).zip(unpacked.split(|b| *b == b'\n')).last().map_or(1, |(line, _)| line);
            let message = format!(
                "The {method} stream ends in the middle: {} bytes could be unpacked, up to this line, then: {error}.",
                unpacked.len()
            );
            problems.push(Problem::error("damaged-file", Place::line(file, line), message).hint(
                "Get the file again and compare its size with the original: a part of the table is missing.",
            ));
            None
        }
    }
}

enum End {
    Whole,
    TooMuch,
    Broken(String),
}

fn drain(mut from: impl Read, limits: Limits, into: &mut Vec<u8>) -> End {
    let mut chunk = vec![0u8; CHUNK];
    loop {
        match from.read(&mut chunk) {
            Ok(0) => return End::Whole,
            Ok(read) => {
                let length = u64::try_from(into.len() + read).unwrap_or(u64::MAX);
                if length > limits.part {
                    return End::TooMuch;
                }
                // Writing to memory does not fail.
                let _ = into.write_all(chunk.get(..read).unwrap_or(&[]));
            }
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return End::Broken(error.to_string()),
        }
    }
}
