//! The directory of the server's socket.
//!
//! The path of a socket is limited to 107 bytes, and the path of the data directory may be longer.
//! So the socket is in a directory below `/tmp` that is named after the data directory. Connections
//! over it need no password (`trust`): only the server's user and root can enter the directory, and
//! they could read the cluster's files anyway. In `/tmp`, any user may have created the directory
//! first, so its owner and mode are checked.

use super::{Error, account::Account};
use rustix::process::geteuid;
use sha2::{Digest, Sha256};
use std::{
    fs, io,
    os::unix::{
        ffi::OsStrExt,
        fs::{DirBuilderExt, MetadataExt},
    },
    path::{Path, PathBuf},
};

/// Part of the name of the socket; nothing listens on the network.
pub(super) const PORT: u16 = 5432;

/// The directory of the socket; deleted when dropped.
#[derive(Debug)]
pub(super) struct SocketDir(PathBuf);

/// Returns the directory of the socket of the server of `data_dir`.
pub(super) fn place(data_dir: &Path) -> PathBuf {
    let digest = Sha256::digest(data_dir.as_os_str().as_bytes());
    let name = digest.first_chunk().map_or(0, |bytes| u64::from_be_bytes(*bytes));
    format!("/tmp/daybook-{name:016x}").into()
}

impl SocketDir {
    /// Creates the directory at `path` for a server run by `account`, after deleting an earlier
    /// one.
    pub(super) fn create(path: PathBuf, account: Option<&Account>) -> Result<Self, Error> {
        match fs::symlink_metadata(&path) {
            Ok(found) => {
                let ours = [Some(geteuid().as_raw()), account.map(|a| a.uid())].contains(&Some(found.uid()));
                if !found.is_dir() || !ours || found.mode() & 0o077 != 0 {
                    return Err(Error::UnsafeSocketFolder(path));
                }
                fs::remove_dir_all(&path).map_err(Error::io("cannot remove", &path))?;
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(Error::io("cannot look at", &path)(error)),
        }
        // Fails if another process was faster: a directory created here is ours.
        fs::DirBuilder::new().mode(0o700).create(&path).map_err(Error::io("cannot create", &path))?;
        if let Some(account) = account {
            account.give(&path).map_err(Error::io("cannot hand over", &path))?;
        }
        Ok(Self(path))
    }

    /// Returns its path.
    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for SocketDir {
    fn drop(&mut self) {
        // The next start deletes what remains.
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};

    #[test]
    fn a_folder_that_others_can_enter_is_refused() {
        let tmp = tempfile::tempdir().unwrap();
        let path = tmp.path().join("open");
        fs::create_dir(&path).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        assert!(matches!(SocketDir::create(path, None), Err(Error::UnsafeSocketFolder(_))));
    }

    #[test]
    fn a_link_to_elsewhere_is_refused() {
        let tmp = tempfile::tempdir().unwrap();
        let (elsewhere, path) = (tmp.path().join("elsewhere"), tmp.path().join("link"));
        fs::DirBuilder::new().mode(0o700).create(&elsewhere).unwrap();
        symlink(&elsewhere, &path).unwrap();
        assert!(matches!(SocketDir::create(path, None), Err(Error::UnsafeSocketFolder(_))));
    }

    #[test]
    fn what_an_earlier_server_left_is_cleared_away() {
        let tmp = tempfile::tempdir().unwrap();
        let path = tmp.path().join("ours");
        fs::DirBuilder::new().mode(0o700).create(&path).unwrap();
        fs::write(path.join(".s.PGSQL.5432.lock"), "1\n").unwrap();
        let folder = SocketDir::create(path.clone(), None).unwrap();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        drop(folder);
        assert!(!path.exists());
    }
}
