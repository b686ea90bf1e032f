//! Who runs the server. PostgreSQL refuses to run as root, so under root it runs as another user.
//!
//! That user owns the cluster's folder and the socket's, and nothing else: the data directory stays root's own, perhaps
//! with mode 0700, perhaps below `/root`. The cluster is still reached, because on Linux the server is given a handle
//! on its folder, which root opened, and a path through that handle ([`Reach`]): of the folders above, it enters none.

use super::{Error, cluster::Cluster};
use rustix::{
    io::{FdFlags, fcntl_setfd},
    process::geteuid,
};
use std::{
    fs::{self, File},
    io,
    os::{
        fd::AsRawFd,
        unix::fs::{MetadataExt, lchown},
    },
    path::{Path, PathBuf},
    process::Command,
};

/// Users to run the server as, the first that is there: its packages' own on Linux, on macOS, and the one without
/// rights.
const CANDIDATES: [&str; 3] = ["postgres", "_postgres", "nobody"];

/// A user other than the one who runs daybook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Account {
    uid: u32,
    gid: u32,
}

impl Account {
    /// The user for `cluster`: its owner, else the first candidate. None where daybook is not run by
    /// root: then the server runs as the same user.
    pub(super) fn choose(cluster: &Cluster) -> Result<Option<Self>, Error> {
        if !geteuid().is_root() {
            return Ok(None);
        }
        let owner = fs::metadata(cluster.path()).ok().map(|m| Self { uid: m.uid(), gid: m.gid() });
        match owner.filter(|owner| owner.uid != 0).or_else(|| CANDIDATES.into_iter().find_map(named)) {
            Some(account) => Ok(Some(account)),
            None => Err(Error::NoUser(CANDIDATES.join(", "))),
        }
    }

    /// Makes `command` run as this user, with this user's group only.
    pub(super) fn run(self, command: &mut tokio::process::Command) {
        command.uid(self.uid).gid(self.gid);
    }

    /// Hands a file or folder over to this user.
    pub(super) fn give(self, path: &Path) -> io::Result<()> {
        lchown(path, Some(self.uid), Some(self.gid))
    }

    /// The user's id.
    pub(super) fn uid(self) -> u32 {
        self.uid
    }
}

/// `id` knows every user that the system knows, from whatever directory.
fn named(user: &str) -> Option<Account> {
    let id = |flag| {
        let output = Command::new("id").args([flag, user]).output().ok().filter(|output| output.status.success())?;
        String::from_utf8(output.stdout).ok()?.trim().parse().ok()
    };
    Some(Account { uid: id("-u")?, gid: id("-g")? })
}

/// A path under which another user reaches a folder; to be kept until the process that uses it has been started.
#[derive(Debug)]
pub(super) struct Reach {
    pub(super) path: PathBuf,
    _handle: Option<File>,
}

impl Reach {
    /// A path to `folder` for `account`.
    pub(super) fn new(folder: &Path, account: Option<&Account>) -> io::Result<Self> {
        let Some(account) = account else {
            return Ok(Self { path: folder.to_owned(), _handle: None });
        };
        if cfg!(target_os = "linux") {
            let handle = File::open(folder)?;
            // Not closed when the server's program takes over; every process that it starts has it too.
            fcntl_setfd(&handle, FdFlags::empty())?;
            let path = format!("/proc/self/fd/{}", handle.as_raw_fd()).into();
            Ok(Self { path, _handle: Some(handle) })
        } else {
            // No such paths here: the user must be able to enter the data directory, so ownership of that is transferred as well.
            if let Some(data_dir) = folder.parent() {
                account.give(data_dir)?;
            }
            Ok(Self { path: folder.to_owned(), _handle: None })
        }
    }
}
