//! The lines of a file with their end positions.

use daybook::store::Loaded;
use sha2::{Digest, Sha256};
use std::io::{self, BufRead, Read};

/// The lines of `input`, of at most `most` bytes each.
pub struct Lines<R> {
    input: R,
    most: usize,
    so_far: Sha256,
    /// The position after the last complete line.
    loaded: Loaded,
}

/// A line.
pub struct Line {
    /// The line number, from 1.
    pub number: u64,
    /// The content without the line ending; `None` if it is too long.
    pub text: Option<Vec<u8>>,
    /// The position after it. An incomplete last line does not count: it may still grow, and is read again.
    pub loaded: Loaded,
}

impl<R: BufRead> Lines<R> {
    pub fn new(input: R, most: usize) -> Self {
        let loaded = Loaded { bytes: 0, lines: 0, hash: Sha256::digest([]).into() };
        Self { input, most, so_far: Sha256::new(), loaded }
    }

    /// Skips what is already loaded; returns false if the file does not begin with it.
    pub fn resume(&mut self, loaded: &Loaded) -> io::Result<bool> {
        let copied = io::copy(&mut self.input.by_ref().take(loaded.bytes), &mut Hashing(&mut self.so_far))?;
        self.loaded = *loaded;
        Ok(copied == loaded.bytes && self.hash() == loaded.hash)
    }

    fn hash(&self) -> [u8; 32] {
        self.so_far.clone().finalize().into()
    }

    fn line(&mut self) -> io::Result<Option<Line>> {
        let Loaded { mut bytes, lines, .. } = self.loaded;
        let mut text = Some(Vec::new());
        let mut has_begun = false;
        loop {
            let ahead = self.input.fill_buf()?;
            let end = ahead.iter().position(|byte| *byte == b'\n');
            let part = &ahead[..end.unwrap_or(ahead.len())];
            if ahead.is_empty() && !has_begun {
                return Ok(None);
            }
            let is_last = ahead.is_empty();
            has_begun = true;
            text = text.filter(|text| text.len() + part.len() <= self.most);
            if let Some(text) = &mut text {
                text.extend_from_slice(part);
            }
            let read = part.len() + usize::from(end.is_some());
            self.so_far.update(&ahead[..read]);
            bytes += read as u64;
            self.input.consume(read);
            let number = lines + 1;
            if end.is_some() {
                self.loaded = Loaded { bytes, lines: number, hash: self.hash() };
            }
            if is_last || end.is_some() {
                return Ok(Some(Line { number, text, loaded: self.loaded }));
            }
        }
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = io::Result<Line>;

    fn next(&mut self) -> Option<Self::Item> {
        self.line().transpose()
    }
}

/// Writes into a hash.
struct Hashing<'a>(&'a mut Sha256);

impl io::Write for Hashing<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "one\n\nthree is longer\nfour";

    fn texts(lines: Lines<&[u8]>) -> Vec<(u64, Option<String>)> {
        let text = |line: Line| (line.number, line.text.map(|text| String::from_utf8(text).unwrap()));
        lines.map(|line| text(line.unwrap())).collect()
    }

    #[test]
    fn a_line_that_is_too_long_is_skipped() {
        let lines = texts(Lines::new(FILE.as_bytes(), 5));
        assert_eq!(lines, [(1, Some("one".into())), (2, Some(String::new())), (3, None), (4, Some("four".into()))]);
    }

    #[test]
    fn it_resumes_after_each_line_of_the_same_file() {
        for at in 0..3 {
            let loaded = Lines::new(FILE.as_bytes(), 99).nth(at).unwrap().unwrap().loaded;
            let mut rest = Lines::new(FILE.as_bytes(), 99);
            assert!(rest.resume(&loaded).unwrap());
            assert_eq!(texts(rest), texts(Lines::new(FILE.as_bytes(), 99))[at + 1..]);
            assert!(!Lines::new("One\n\nthree is longer\nfour".as_bytes(), 99).resume(&loaded).unwrap());
        }
    }

    #[test]
    fn an_incomplete_line_is_read_again() {
        let loaded = Lines::new("one\ntw".as_bytes(), 99).last().unwrap().unwrap().loaded;
        assert!(!Lines::new("o".as_bytes(), 99).resume(&loaded).unwrap());
        let mut longer = Lines::new("one\ntwo\n".as_bytes(), 99);
        assert!(longer.resume(&loaded).unwrap());
        assert_eq!(texts(longer), [(2, Some("two".into()))]);
    }
}
