//! Declares the files that macros read, and computes the fingerprint of the data.

use sha2::{Digest, Sha256};
use std::{
    fs, io,
    path::{Path, PathBuf},
};

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=migrations");
    println!("cargo:rerun-if-changed=data");
    let mut files = Vec::new();
    // What decides how articles are read; the words of the pages (data/page) do not.
    for directory in ["data/lang", "data/models", "data/world"] {
        collect(Path::new(directory), &mut files)?;
    }
    files.sort();
    let mut digest = Sha256::new();
    for file in files {
        digest.update(without_head(&fs::read(file)?));
    }
    let digest: [u8; 32] = digest.finalize().into();
    let [a, b, c, d, ..] = digest;
    let fingerprint = u32::from_be_bytes([a, b, c, d]);
    println!("cargo:rustc-env=DAYBOOK_DATA_FINGERPRINT={fingerprint:08x}");
    Ok(())
}

fn collect(directory: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(directory)? {
        let path = entry?.path();
        if path.is_dir() { collect(&path, files)? } else { files.push(path) }
    }
    Ok(())
}

/// Returns a file without its leading comments (source, licence, date of training), which do not
/// affect extraction.
fn without_head(mut file: &[u8]) -> &[u8] {
    while file.first() == Some(&b'#') {
        let end = file.iter().position(|byte| *byte == b'\n').map_or(file.len(), |end| end + 1);
        file = &file[end..];
    }
    file
}
