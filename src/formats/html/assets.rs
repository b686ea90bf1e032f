//! The style sheet and the script of the pages. Their URLs hold a digest of their content, so that browsers keep them for good.

use sha2::{Digest, Sha256};
use std::sync::LazyLock;

/// A file that pages load.
#[derive(Clone, Debug)]
pub struct Asset {
    /// The path under which pages load it: `/assets/3f0c2be4a7d1/daybook.css`.
    pub path: String,
    /// Its media type.
    pub content_type: &'static str,
    /// Its content.
    pub body: &'static str,
}

/// All of them.
pub static ASSETS: LazyLock<[Asset; 2]> = LazyLock::new(|| {
    [
        asset("daybook.css", "text/css; charset=utf-8", include_str!("../../../assets/daybook.css")),
        asset("daybook.js", "text/javascript; charset=utf-8", include_str!("../../../assets/daybook.js")),
    ]
});

/// The path of the style sheet.
pub(super) fn style() -> &'static str {
    &ASSETS[0].path
}

/// The path of the script.
pub(super) fn script() -> &'static str {
    &ASSETS[1].path
}

fn asset(name: &str, content_type: &'static str, body: &'static str) -> Asset {
    let digest: [u8; 32] = Sha256::digest(body).into();
    let [a, b, c, d, e, f, ..] = digest;
    let digest = u64::from_be_bytes([0, 0, a, b, c, d, e, f]);
    Asset { path: format!("/assets/{digest:012x}/{name}"), content_type, body }
}
