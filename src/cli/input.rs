//! Input files: their format by name, and their content, decompressed.

use std::{
    io::{self, BufRead, BufReader, Read},
    path::Path,
};

/// The format of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    PlainText,
    Json,
    JsonLines,
    WebPage,
}

/// The content of a file, decompressed.
pub type Content = Box<dyn BufRead + Send>;

/// The format by the name of the file, whether or not it is compressed.
pub fn form(file: &Path) -> Form {
    let name = compression(file).map_or(file.as_os_str(), |_| file.file_stem().unwrap_or_default());
    match Path::new(name).extension().and_then(|extension| extension.to_str()) {
        Some("json") => Form::Json,
        Some("jsonl" | "ndjson") => Form::JsonLines,
        Some("html" | "htm") => Form::WebPage,
        _ => Form::PlainText,
    }
}

/// The content of a file of this name, decompressed.
pub fn decompressed(file: &Path, bytes: impl Read + Send + 'static) -> io::Result<Content> {
    Ok(match compression(file) {
        None => Box::new(BufReader::new(bytes)),
        Some("gz") => Box::new(BufReader::new(flate2::read::MultiGzDecoder::new(bytes))),
        Some(_) => Box::new(BufReader::new(zstd::Decoder::new(bytes)?)),
    })
}

fn compression(file: &Path) -> Option<&str> {
    file.extension().and_then(|extension| extension.to_str()).filter(|extension| matches!(*extension, "gz" | "zst"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_format_follows_from_the_name() {
        let form = |name: &str| form(Path::new(name));
        assert_eq!([form("a.txt"), form("a"), form("a.txt.gz"), form(".gz")], [Form::PlainText; 4]);
        assert_eq!([form("a.json"), form("b/a.json.zst")], [Form::Json; 2]);
        assert_eq!([form("a.html"), form("a.htm.gz")], [Form::WebPage; 2]);
        assert_eq!([form("a.jsonl"), form("a.ndjson"), form("a.b.ndjson.gz")], [Form::JsonLines; 3]);
    }
}
