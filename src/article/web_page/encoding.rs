//! Decodes a page. The encoding is that of its byte order mark, else of `Content-Type`, else of its `meta` (HTML
//! Standard, "Determining the character encoding").

use dom_query::Document;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;

/// The number of bytes in which `meta` must declare the encoding, as in the HTML Standard.
const HEAD: usize = 1024;

/// Decodes the page; invalid bytes become U+FFFD.
pub(super) fn decode<'a>(html: &'a [u8], content_type: Option<&str>) -> Cow<'a, str> {
    let encoding = content_type.and_then(of_content_type).or_else(|| of_meta(html)).unwrap_or_else(|| by_default(html));
    // A byte order mark takes precedence over `encoding`.
    encoding.decode(html).0
}

/// The encoding in the `charset` of a media type.
fn of_content_type(content_type: &str) -> Option<&'static Encoding> {
    let mut parameters = content_type.split(';').skip(1).filter_map(|parameter| parameter.split_once('='));
    let (_, label) = parameters.find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))?;
    Encoding::for_label(label.trim().trim_matches(['"', '\'']).as_bytes())
}

/// The encoding in the page's `meta`.
fn of_meta(html: &[u8]) -> Option<&'static Encoding> {
    let head = &html[..html.len().min(HEAD)];
    let head = Document::from(WINDOWS_1252.decode_without_bom_handling(head).0.as_ref());
    let named = |meta: dom_query::Selection<'_>| match meta.attr("charset") {
        Some(label) => Encoding::for_label(label.as_bytes()),
        None => of_content_type(&meta.attr("content")?),
    };
    let encoding = head.select("meta[charset], meta[http-equiv='content-type' i]").iter().find_map(named)?;
    // A declaration readable as ASCII is not in UTF-16.
    Some(if encoding == UTF_16BE || encoding == UTF_16LE { UTF_8 } else { encoding })
}

/// A page without a declaration is in UTF-8, or in a legacy encoding.
fn by_default(html: &[u8]) -> &'static Encoding {
    if str::from_utf8(html).is_ok() { UTF_8 } else { WINDOWS_1252 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_outranks_the_media_type_and_that_the_meta() {
        let meta = b"<meta charset=windows-1251>\xcc\xe8\xed\xf1\xea";
        assert!(decode(meta, None).ends_with("Минск"));
        assert!(decode(meta, Some("text/html; Charset=\"iso-8859-1\"")).ends_with("Ìèíñê"));
        assert!(decode(b"<META HTTP-EQUIV=Content-Type CONTENT='text/html; charset=koi8-r'>\xed", None).ends_with('М'));
        assert_eq!(decode(b"\xef\xbb\xbfb\xc3\xa9", Some("text/html; charset=windows-1251")), "bé");
        assert_eq!(decode(b"\xff\xfeb\0", None), "b");
    }

    #[test]
    fn what_names_no_encoding_is_in_utf_8_or_older() {
        assert_eq!(decode("é".as_bytes(), Some("text/html")), "é");
        assert_eq!(decode(b"\xe9", Some("text/html; charset=no-such")), "é");
        assert_eq!(decode("<meta charset=utf-16le>é".as_bytes(), None), "<meta charset=utf-16le>é");
    }
}
