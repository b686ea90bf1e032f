//! The content lines of iCalendar (RFC 5545, section 3.1): escaped, folded, and terminated by CRLF.
//!
//! Two crates were evaluated and have defects. `icalendar` 0.17 folds at a byte offset that it
//! treats as a character offset: Cyrillic followed by many spaces took more than ten minutes. It
//! also does not escape `NAME`. `ics` 0.5 writes lines of 76 octets.

use super::words::printable;

/// The maximum length of a line in octets, without CRLF.
const LIMIT: usize = 75;

/// A document under construction.
#[derive(Default)]
pub struct ContentLines(String);

impl ContentLines {
    /// Appends a property whose value is not text: a timestamp, a number, a URL.
    pub fn line(&mut self, property: &str, value: &str) {
        let line = format!("{property}:{value}");
        let mut rest = &*line;
        let mut room = LIMIT;
        while rest.len() > room {
            let (head, tail) = rest.split_at(rest.floor_char_boundary(room));
            self.0.push_str(head);
            self.0.push_str("\r\n ");
            rest = tail;
            // The leading blank of a continuation line counts as well.
            room = LIMIT - 1;
        }
        self.0.push_str(rest);
        self.0.push_str("\r\n");
    }

    /// Appends a property whose value is text.
    pub fn text(&mut self, property: &str, value: &str) {
        self.line(property, &escaped(value));
    }

    /// Appends a property whose value is a list of texts.
    pub fn texts(&mut self, property: &str, values: &[&str]) {
        let values: Vec<String> = values.iter().map(|value| escaped(value)).collect();
        self.line(property, &values.join(","));
    }

    /// Returns the document.
    pub fn into_string(self) -> String {
        self.0
    }
}

fn escaped(text: &str) -> String {
    printable(text).replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn lines(value: &str) -> String {
        let mut lines = ContentLines::default();
        lines.text("SUMMARY", value);
        lines.into_string()
    }

    /// Parses a document: unfolds, then unescapes.
    fn read(document: &str) -> String {
        let line = document.replace("\r\n ", "");
        let value = line.strip_prefix("SUMMARY:").unwrap().strip_suffix("\r\n").unwrap();
        let mut text = String::new();
        let mut chars = value.chars();
        while let Some(c) = chars.next() {
            text.push(match c {
                '\\' => match chars.next().unwrap() {
                    'n' => '\n',
                    other => other,
                },
                other => other,
            });
        }
        text
    }

    #[test]
    fn a_line_of_75_octets_stays_whole_and_one_more_is_folded() {
        let full = "x".repeat(75 - "SUMMARY:".len());
        assert_eq!(lines(&full), format!("SUMMARY:{full}\r\n"));
        assert_eq!(lines(&format!("{full}yz")), format!("SUMMARY:{full}\r\n yz\r\n"));
    }

    #[test]
    fn what_has_a_meaning_in_text_is_escaped_and_controls_are_left_out() {
        assert_eq!(lines("a\\b;c,d\r\ne\rf\u{c}\u{7}g: \"h\""), "SUMMARY:a\\\\b\\;c\\,d\\ne\\nfg: \"h\"\r\n");
    }

    #[test]
    fn items_of_a_list_keep_their_commas() {
        let mut lines = ContentLines::default();
        lines.texts("CATEGORIES", &["talks", "a,b"]);
        assert_eq!(lines.into_string(), "CATEGORIES:talks,a\\,b\r\n");
    }

    proptest! {
        #[test]
        fn lines_keep_to_75_octets_and_unfold_to_what_was_said(text in "([ -~]|[а-я]|😀|[ ]{1,90}|\\n|\\PC){0,300}") {
            let document = lines(&text);
            prop_assert!(document.split("\r\n").all(|line| line.len() <= 75));
            prop_assert_eq!(read(&document), printable(&text));
        }
    }
}
