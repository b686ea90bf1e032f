//! The style sheet, the script, the icon and the map of the pages. Their URLs hold a digest of their content, so that browsers keep them for good.

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

/// All assets.
pub static ASSETS: LazyLock<[Asset; 7]> = LazyLock::new(|| {
    [
        asset("daybook.css", "text/css; charset=utf-8", include_str!("../../../assets/daybook.css")),
        asset("daybook.js", "text/javascript; charset=utf-8", include_str!("../../../assets/daybook.js")),
        asset("daybook.svg", "image/svg+xml", include_str!("../../../assets/daybook.svg")),
        asset("world.svg", "image/svg+xml", include_str!("../../../assets/world.svg")),
        asset("edit.js", "text/javascript; charset=utf-8", include_str!("../../../assets/edit.js")),
        asset("try.js", "text/javascript; charset=utf-8", include_str!("../../../assets/try.js")),
        asset("review.js", "text/javascript; charset=utf-8", include_str!("../../../assets/review.js")),
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

/// The path of the icon.
pub(super) fn icon() -> &'static str {
    &ASSETS[2].path
}

/// The path of the map of the world.
pub(super) fn world() -> &'static str {
    &ASSETS[3].path
}

/// The path of the script for corrections.
pub(super) fn editing() -> &'static str {
    &ASSETS[4].path
}

/// The path of the script for texts that are tried.
pub(super) fn trying() -> &'static str {
    &ASSETS[5].path
}

/// The path of the script for the review queue.
pub(super) fn reviewing() -> &'static str {
    &ASSETS[6].path
}

fn asset(name: &str, content_type: &'static str, body: &'static str) -> Asset {
    let digest = Sha256::digest(body).into_iter().take(6).fold(0_u64, |number, byte| number << 8 | u64::from(byte));
    Asset { path: format!("/assets/{digest:012x}/{name}"), content_type, body }
}
