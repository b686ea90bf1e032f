//! Streamed NDJSON: one article per line, and one response for each line that is not blank, in
//! order. Neither all lines nor all responses are held in memory, so their number is unlimited.

use super::{
    Limits,
    body::{self, decompressed},
    problem::Problem,
};
use crate::article::Article;
use axum::{
    Extension,
    body::{Body, BodyDataStream, Bytes},
    extract::Request,
    http::{Extensions, HeaderMap, StatusCode, Version, header},
    response::{IntoResponse, Response},
};
use futures_util::{StreamExt, TryStreamExt, future, stream};
use http_body_util::Limited;
use serde::Serialize;
use std::{io, str::from_utf8};
use tokio::{task::JoinSet, time::timeout};
use tokio_util::{
    bytes::{Buf, BytesMut},
    codec::{Decoder, FramedRead},
    io::StreamReader,
};
use utoipa::ToSchema;

/// The media type.
pub(super) const NDJSON: &str = "application/x-ndjson";

/// The number of lines that are stored in one transaction, if they have arrived, while as many are extracted.
const BATCH: usize = 16;

/// The lines of a body.
pub(super) struct Lines {
    frames: Frames,
    limits: Limits,
    /// The number of the last line.
    number: usize,
    has_ended: bool,
}

type Bits = stream::MapErr<BodyDataStream, fn(axum::Error) -> io::Error>;
type Frames = FramedRead<StreamReader<Bits, Bytes>, Cutter>;

/// The number of a line that is not blank, from 1, and its article.
struct Line {
    number: usize,
    article: Result<Article, Problem>,
}

impl Lines {
    /// Returns the lines of a request.
    pub(super) fn of(request: Request) -> Result<Self, Problem> {
        let limits = body::limits(&request);
        let (body, is_compressed) = decompressed(request)?;
        let body = if is_compressed { Body::new(Limited::new(body, limits.decompressed)) } else { body };
        let bits: Bits = body.into_data_stream().map_err(io::Error::other);
        let cutter = Cutter { most: limits.body, looked_at: 0, drops: false };
        Ok(Self { frames: FramedRead::new(StreamReader::new(bits), cutter), limits, number: 0, has_ended: false })
    }

    /// Returns the next line, or the error that ended the body; `None` at the end.
    async fn next(&mut self) -> Option<Line> {
        while !self.has_ended {
            self.number += 1;
            let number = self.number;
            let article = match timeout(self.limits.body_time, self.frames.next()).await {
                Ok(None) => return None,
                Ok(Some(Ok(Cut::Line(line)))) if line.trim_ascii().is_empty() => continue,
                Ok(Some(Ok(Cut::Line(line)))) => article(&line),
                Ok(Some(Ok(Cut::TooLong))) => {
                    let detail = format!("the line is longer than {} bytes and was skipped", self.limits.body);
                    Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, detail))
                }
                Ok(Some(Err(error))) => self.end(broken(&error, self.limits.decompressed)),
                Err(_) => self.end(Problem::new(
                    StatusCode::REQUEST_TIMEOUT,
                    format!("no line arrived for {} seconds; send the rest again", self.limits.body_time.as_secs_f64()),
                )),
            };
            return Some(Line { number, article });
        }
        None
    }

    /// Returns an error after which nothing more is read.
    fn end(&mut self, problem: Problem) -> Result<Article, Problem> {
        self.has_ended = true;
        Err(problem)
    }
}

fn article(line: &[u8]) -> Result<Article, Problem> {
    let text = from_utf8(line)
        .map_err(|error| Problem::bad_request(format!("the line is not UTF-8 at byte {}", error.valid_up_to())))?;
    Article::from_json(text).map_err(Problem::from)
}

fn broken(error: &io::Error, most: usize) -> Problem {
    if body::is_too_large(error) {
        let detail = format!("the body decompresses to more than {most} bytes; send the rest in another request");
        return Problem::new(StatusCode::PAYLOAD_TOO_LARGE, detail);
    }
    Problem::bad_request(
        "the body is incomplete, or cannot be decompressed according to Content-Encoding; send the rest again",
    )
}

/// The outcome of a line.
#[derive(Serialize, ToSchema)]
pub(super) struct Answer<T> {
    /// The line number, from 1; blank lines count.
    #[schema(example = 1)]
    line: usize,
    #[serde(flatten)]
    outcome: Outcome<T>,
}

#[derive(Serialize, ToSchema)]
#[serde(untagged)]
enum Outcome<T> {
    Done {
        /// As for a request with this line alone.
        #[schema(example = 201)]
        status: u16,
        #[serde(flatten)]
        answer: T,
    },
    Refused(Problem),
}

impl<T: Serialize> Answer<T> {
    fn to(line: usize, outcome: Result<(StatusCode, T), Problem>) -> Self {
        let outcome = match outcome {
            Ok((status, answer)) => Outcome::Done { status: status.as_u16(), answer },
            Err(problem) => Outcome::Refused(problem),
        };
        Self { line, outcome }
    }

    fn is_unauthorized(&self) -> bool {
        matches!(&self.outcome, Outcome::Refused(problem) if problem.status() == StatusCode::UNAUTHORIZED)
    }

    fn written(&self) -> io::Result<String> {
        let mut text = serde_json::to_string(self)?;
        text.push('\n');
        Ok(text)
    }
}

/// Streams the response to each line: `read` extracts its article, some lines ahead, and `done`
/// stores those that have arrived, and returns the outcome of each in order. If the client
/// disconnects, processing ends; lines that were answered are stored.
pub(super) async fn answered<R, T, Reading, Doing>(
    mut lines: Lines,
    read: impl Fn(Article) -> Reading + Send + 'static,
    done: impl Fn(Vec<Result<R, Problem>>) -> Doing + Send + 'static,
) -> Response
where
    R: Send + 'static,
    T: Serialize + Send + 'static,
    Reading: Future<Output = R> + Send + 'static,
    Doing: Future<Output = Vec<Result<(StatusCode, T), Problem>>> + Send + 'static,
{
    // The response starts after the first line, because a client may wait for `100 Continue` before
    // it sends.
    let first = lines.next().await;
    let time = lines.limits.time;
    let rest = stream::unfold(lines, async |mut lines| lines.next().await.map(|line| (line, lines)));
    let answers = stream::iter(first)
        .chain(rest)
        .map(move |Line { number, article }| {
            // A task of its own goes on while lines before it are stored, and ends with the response.
            let reading = article.map(|article| JoinSet::from_iter([read(article)]));
            async move {
                match reading {
                    Ok(reading) => (number, Ok(reading.join_all().await.remove(0))),
                    Err(problem) => (number, Err(problem)),
                }
            }
        })
        .buffered(BATCH)
        .ready_chunks(BATCH)
        .then(move |batch| {
            let (numbers, read): (Vec<usize>, Vec<_>) = batch.into_iter().unzip();
            let doing = timeout(time, done(read));
            async move {
                let late = || Problem::new(StatusCode::SERVICE_UNAVAILABLE, "the line took too long; send it again");
                let outcomes = doing.await.unwrap_or_else(|_| numbers.iter().map(|_| Err(late())).collect());
                stream::iter(numbers.into_iter().zip(outcomes).map(|(number, outcome)| Answer::to(number, outcome)))
            }
        })
        .flatten()
        // A client whose key was revoked gets a single error.
        .scan(false, |has_ended, answer| {
            let next = (!*has_ended).then(|| answer.written());
            *has_ended |= answer.is_unauthorized();
            future::ready(next)
        });
    (Extension(Live), [(header::CONTENT_TYPE, NDJSON)], Body::from_stream(answers)).into_response()
}

/// Marks a response that is streamed and must not be buffered.
#[derive(Clone, Copy)]
pub(super) struct Live;

/// Whether a response may be compressed: compression would delay the lines until a block is full.
pub(super) fn may_be_compressed(_: StatusCode, _: Version, _: &HeaderMap, extensions: &Extensions) -> bool {
    extensions.get::<Live>().is_none()
}

/// Splits a body into lines. Of a line that is too long, only the part already received is kept.
struct Cutter {
    /// The maximum length of a line, in bytes.
    most: usize,
    /// The number of bytes already searched for the end of the line.
    looked_at: usize,
    /// Whether the present line is too long and is being skipped.
    drops: bool,
}

enum Cut {
    Line(BytesMut),
    TooLong,
}

impl Decoder for Cutter {
    type Item = Cut;
    type Error = io::Error;

    fn decode(&mut self, bytes: &mut BytesMut) -> io::Result<Option<Cut>> {
        let end = bytes[self.looked_at..].iter().position(|byte| *byte == b'\n').map(|end| self.looked_at + end);
        let length = end.unwrap_or(bytes.len());
        let is_too_long = self.drops || length > self.most;
        self.looked_at = 0;
        match end {
            Some(end) if is_too_long => {
                bytes.advance(end + 1);
                self.drops = false;
                Ok(Some(Cut::TooLong))
            }
            Some(end) => {
                let line = bytes.split_to(end);
                bytes.advance(1);
                Ok(Some(Cut::Line(line)))
            }
            None => {
                if is_too_long {
                    bytes.clear();
                }
                self.drops = is_too_long;
                self.looked_at = bytes.len();
                Ok(None)
            }
        }
    }

    fn decode_eof(&mut self, bytes: &mut BytesMut) -> io::Result<Option<Cut>> {
        match self.decode(bytes)? {
            None if self.drops => {
                self.drops = false;
                Ok(Some(Cut::TooLong))
            }
            None if !bytes.is_empty() => {
                self.looked_at = 0;
                Ok(Some(Cut::Line(bytes.split())))
            }
            cut => Ok(cut),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the lines of a body that arrives in pieces; `-` for one that is too long.
    fn cut(pieces: &[&str]) -> Vec<String> {
        let mut cutter = Cutter { most: 5, looked_at: 0, drops: false };
        let (mut bytes, mut lines) = (BytesMut::new(), Vec::new());
        let mut keep = |cut: Cut| match cut {
            Cut::Line(line) => lines.push(String::from_utf8(line.to_vec()).unwrap()),
            Cut::TooLong => lines.push("-".into()),
        };
        for piece in pieces {
            bytes.extend_from_slice(piece.as_bytes());
            while let Some(cut) = cutter.decode(&mut bytes).unwrap() {
                keep(cut);
            }
            assert!(bytes.len() <= 5, "{bytes:?}");
        }
        while let Some(cut) = cutter.decode_eof(&mut bytes).unwrap() {
            keep(cut);
        }
        lines
    }

    #[test]
    fn lines_are_cut_wherever_their_pieces_end() {
        assert_eq!(cut(&["one\ntw", "o\n", "\nlast"]), ["one", "two", "", "last"]);
        assert_eq!(cut(&["12345\n", "123456\n", "12345", "6", "789\nok\n"]), ["12345", "-", "-", "ok"]);
        assert_eq!(cut(&["123", "4567"]), ["-"]);
        assert_eq!(cut(&["1234567", "8\n12345678\n1\n"]), ["-", "-", "1"]);
        assert_eq!(cut(&[]), Vec::<String>::new());
    }
}
