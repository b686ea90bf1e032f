//! The user that runs the server. PostgreSQL refuses to run as root, so under root it runs as
//! another user.
//!
//! That user owns the directories of the cluster and of the socket, nothing else: the data
//! directory remains root's, perhaps with mode 0700, perhaps below `/root`. On Linux the server
//! still reaches the cluster: it inherits a handle on the directory that root has opened, and uses
//! a path through that handle ([`Reach`]), so it needs no access to the parent directories.

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

/// The users that can run the server, in order of preference: those of PostgreSQL's packages on
/// Linux and macOS, then the one without privileges.
const CANDIDATES: [&str; 3] = ["postgres", "_postgres", "nobody"];

/// A user other than root that runs the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Account {
    uid: u32,
    gid: u32,
}

impl Account {
    /// Returns the user for `cluster`: its owner, else the first candidate. Returns `None` unless
    /// root runs daybook; the server then runs as the same user.
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

    /// Makes `command` run as this user, with no group but this user's own.
    pub(super) fn run(self, command: &mut tokio::process::Command) {
        command.uid(self.uid).gid(self.gid);
    }

    /// Transfers the ownership of a file or directory to this user.
    pub(super) fn give(self, path: &Path) -> io::Result<()> {
        lchown(path, Some(self.uid), Some(self.gid))
    }

    /// Returns the id of the user.
    pub(super) fn uid(self) -> u32 {
        self.uid
    }
}

/// Looks up a user with `id`, which knows every user of the system.
fn named(user: &str) -> Option<Account> {
    let id = |flag| {
        let output = Command::new("id").args([flag, user]).output().ok().filter(|output| output.status.success())?;
        String::from_utf8(output.stdout).ok()?.trim().parse().ok()
    };
    Some(Account { uid: id("-u")?, gid: id("-g")? })
}

/// A path under which another user reaches a directory. Keep it until the process that uses it has
/// started.
#[derive(Debug)]
pub(super) struct Reach {
    pub(super) path: PathBuf,
    _handle: Option<File>,
}

impl Reach {
    /// Returns a path to `folder` for `account`.
    pub(super) fn new(folder: &Path, account: Option<&Account>) -> io::Result<Self> {
        let Some(account) = account else {
            return Ok(Self { path: folder.to_owned(), _handle: None });
        };
        if cfg!(target_os = "linux") {
            let handle = File::open(folder)?;
            // Stays open in the server's program and in every process that it starts.
            fcntl_setfd(&handle, FdFlags::empty())?;
            let path = format!("/proc/self/fd/{}", handle.as_raw_fd()).into();
            Ok(Self { path, _handle: Some(handle) })
        } else {
            // There are no such paths on this system, so the user must be able to enter the data
            // directory, and becomes its owner as well.
            if let Some(data_dir) = folder.parent() {
                account.give(data_dir)?;
            }
            Ok(Self { path: folder.to_owned(), _handle: None })
        }
    }
}
