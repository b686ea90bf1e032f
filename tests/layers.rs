//! Dependencies point one way: `http → store, formats, timeline, extract → event, article, key,
//! saved`. A file does not mention a layer that it must not use.

use std::{fs, path::Path};

/// Directories, and what they must not mention.
const RULES: [(&[&str], &[&str]); 14] = [
    (
        &["src/event", "src/article", "src/extract", "src/timeline", "src/formats"],
        &["axum", "sqlx", "tokio", "crate::http", "crate::store", "crate::embedded", "::now(", "std::fs", "std::env"],
    ),
    (&["src/event", "src/key.rs", "src/saved.rs"], &["crate::", "axum", "sqlx", "tokio"]),
    (&["src/article"], &["crate::extract", "crate::timeline"]),
    (&["src/extract"], &["crate::timeline"]),
    (&["src/formats"], &["crate::article", "crate::extract", "crate::timeline"]),
    (&["src/store"], &["axum", "crate::http", "crate::embedded", "Timestamp::now("]),
    (&["src/http"], &["sqlx", "crate::embedded", "crate::deliver", "crate::watch", "reqwest"]),
    (&["src/deliver.rs"], &["axum", "sqlx", "reqwest", "crate::embedded", "Timestamp::now("]),
    (&["src/webhook"], &["axum", "sqlx", "tokio", "reqwest", "crate::http", "crate::store", "Timestamp::now("]),
    (&["src/feed"], &["axum", "sqlx", "tokio", "reqwest", "crate::", "::now(", "std::fs", "std::env"]),
    (&["src/fetch"], &["axum", "sqlx", "reqwest", "crate::http", "crate::store", "crate::watch", "Timestamp::now("]),
    (&["src/watch"], &["axum", "sqlx", "reqwest", "crate::http", "Timestamp::now("]),
    (&["src/outbound"], &["crate::", "axum", "sqlx"]),
    (
        &["src/event", "src/article", "src/extract", "src/timeline", "src/formats", "src/store"],
        &["reqwest", "crate::outbound"],
    ),
];

#[test]
fn each_layer_knows_only_what_lies_below_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (places, forbidden) in RULES {
        for place in places {
            each_file(&root.join(place), &mut |file, text| {
                let named = forbidden.iter().find(|name| text.contains(**name));
                assert_eq!(named, None, "in {}", file.display());
            });
        }
    }
}

fn each_file(path: &Path, check: &mut impl FnMut(&Path, &str)) {
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            each_file(&entry.unwrap().path(), check);
        }
    } else if path.extension().is_some_and(|extension| extension == "rs") {
        check(path, &fs::read_to_string(path).unwrap());
    }
}
