//! PostgreSQL's log: a file in the data directory, which every start replaces; the previous one is
//! kept.

use super::Error;
use std::{
    fs::{self, File},
    path::{Path, PathBuf},
};

/// The number of lines of the log that an error quotes.
const TAIL_LINES: usize = 15;

/// An open log.
#[derive(Debug)]
pub(super) struct Log {
    /// Its path.
    pub(super) path: PathBuf,
    file: File,
}

/// Creates the log in the data directory.
pub(super) fn begin(data_dir: &Path) -> Result<Log, Error> {
    let path = data_dir.join("postgres.log");
    if path.exists() {
        fs::rename(&path, data_dir.join("postgres.log.1")).map_err(Error::io("cannot rename", &path))?;
    }
    let file = File::options().append(true).create_new(true).open(&path).map_err(Error::io("cannot create", &path))?;
    Ok(Log { path, file })
}

impl Log {
    /// Returns a handle that a process can write to.
    pub(super) fn handle(&self) -> Result<File, Error> {
        self.file.try_clone().map_err(Error::io("cannot write", &self.path))
    }

    /// Returns its last lines.
    pub(super) fn tail(&self) -> String {
        let text = fs::read(&self.path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        lines[lines.len().saturating_sub(TAIL_LINES)..].join("\n")
    }
}
