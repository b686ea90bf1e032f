//! The lock on the data directory. The system releases it when the process ends.

use super::Error;
use std::{
    fs::{File, TryLockError},
    io::{Read, Write},
    path::Path,
};

/// Locks the data directory for as long as it exists.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// Locks the directory, or fails with the process that holds the lock.
    pub(super) fn take(data_dir: &Path) -> Result<Self, Error> {
        let path = data_dir.join("daybook.lock");
        // Truncated only once locked: until then, the process id in it is that of another process.
        let mut file = File::options()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(Error::io("cannot open", &path))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                let known = file.read_to_string(&mut holder).is_ok() && !holder.trim().is_empty();
                let holder = known.then(|| holder.trim().to_owned());
                return Err(Error::InUse { folder: data_dir.to_owned(), holder });
            }
            Err(TryLockError::Error(error)) => return Err(Error::io("cannot lock", &path)(error)),
        }
        file.set_len(0)
            .and_then(|()| writeln!(file, "{}", std::process::id()))
            .map_err(Error::io("cannot write", &path))?;
        Ok(Self { _file: file })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_holds_it_and_the_next_is_told_who() {
        let folder = tempfile::tempdir().unwrap();
        // Whether the lock is released afterwards is tested by tests/embedded.rs with real
        // processes: here, a process that another test is starting may briefly inherit the lock.
        let _held = Lock::take(folder.path()).unwrap();
        let refused = Lock::take(folder.path()).unwrap_err().to_string();
        assert!(refused.contains(&format!("process {}", std::process::id())), "{refused}");
        assert!(refused.contains(folder.path().to_str().unwrap()), "{refused}");
    }
}
