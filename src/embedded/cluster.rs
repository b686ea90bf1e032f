//! The cluster: PostgreSQL's own directory, `cluster` in the data directory.

use super::{
    Error, NAME,
    account::{Account, Reach},
    binaries::Binaries,
};
use std::{
    fs, io,
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
    process::Stdio,
};
use tokio::process::Command;

/// The path of the cluster, which may not exist yet.
#[derive(Debug)]
pub(super) struct Cluster(PathBuf);

impl Cluster {
    /// Returns the cluster of a data directory.
    pub(super) fn in_folder(data_dir: &Path) -> Self {
        Self(data_dir.join("cluster"))
    }

    /// Returns its directory.
    pub(super) fn path(&self) -> &Path {
        &self.0
    }

    /// Returns the major version of PostgreSQL that created it, the only one that can serve it;
    /// `None` if it does not exist yet.
    pub(super) fn version(&self) -> Result<Option<u32>, Error> {
        let path = self.0.join("PG_VERSION");
        match fs::read_to_string(&path) {
            Ok(text) => {
                let wrong = |_| Error::io("cannot read", &path)(io::Error::other("it holds no version"));
                text.trim().parse().map(Some).map_err(wrong)
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Error::io("cannot read", &path)(error)),
        }
    }

    /// Creates the cluster. It gets its name only when it is complete; an unfinished one, left when
    /// daybook was killed, is deleted.
    pub(super) async fn create(&self, binaries: &Binaries, account: Option<&Account>) -> Result<(), Error> {
        self.remove_unfinished();
        // An initdb that outlived a killed daybook may still write to its directory, so each
        // attempt has its own.
        let unfinished = self.0.with_extension(std::process::id().to_string());
        let made = fs::DirBuilder::new().mode(0o700).create(&unfinished);
        made.and_then(|()| account.map_or(Ok(()), |account| account.give(&unfinished)))
            .map_err(Error::io("cannot create", &unfinished))?;
        initdb(binaries, &unfinished, account).await?;
        fs::rename(&unfinished, &self.0).map_err(Error::io("cannot rename", &unfinished))
    }

    fn remove_unfinished(&self) {
        let siblings = self.0.parent().and_then(|data_dir| data_dir.read_dir().ok()).into_iter().flatten().flatten();
        for path in siblings.map(|entry| entry.path()) {
            if path.file_stem() == self.0.file_name() && path.extension().is_some() {
                // If this fails, the directory only wastes space.
                let _ = fs::remove_dir_all(path);
            }
        }
    }
}

async fn initdb(binaries: &Binaries, folder: &Path, account: Option<&Account>) -> Result<(), Error> {
    let program = binaries.initdb();
    let not_run = || Error::io("cannot run", &program);
    let reach = Reach::new(folder, account).map_err(not_run())?;
    let mut command = Command::new(&program);
    command
        .arg("--pgdata")
        .arg(&reach.path)
        .args(["--username", NAME, "--encoding", "UTF8"])
        // The permissions of the socket's directory decide who can connect.
        .args(["--auth", "trust"])
        .args(locale(binaries.major()))
        // The other user may be unable to enter daybook's working directory.
        .current_dir("/")
        .stdin(Stdio::null());
    if let Some(account) = account {
        account.run(&mut command);
    }
    let output = command.output().await.map_err(not_run())?;
    if output.status.success() {
        return Ok(());
    }
    Err(Error::Initdb(String::from_utf8_lossy(&output.stderr).trim().to_owned()))
}

/// Returns the options of `initdb` for case and collation by Unicode, the same for every user:
/// those of PostgreSQL itself from version 17, else the system's.
fn locale(major: u32) -> &'static [&'static str] {
    match major {
        17.. => &["--locale", "C", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"],
        _ if cfg!(target_os = "macos") => &["--locale", "en_US.UTF-8"],
        _ => &["--locale", "C.UTF-8"],
    }
}
