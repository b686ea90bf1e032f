//! The embedded PostgreSQL: the server programs installed on this machine, run on a cluster in the data directory.
//!
//! Nothing is downloaded. The cluster is `cluster` in the data directory, its log is `postgres.log`, and `daybook.lock`
//! prevents a second daybook from using the directory. The server accepts connections over a unix socket only. The next
//! start cleans up after a `kill -9`, of daybook or of PostgreSQL.

mod account;
mod binaries;
mod client;
mod cluster;
mod left_behind;
mod lock;
mod log;
mod server;
mod socket;
mod supervisor;

pub use client::{client_program, connection_string};

use account::Account;
use cluster::Cluster;
use lock::Lock;
use server::Server;
use socket::SocketDir;
use sqlx::postgres::{PgConnectOptions, PgSslMode};
use std::{
    fs, io,
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
};
use supervisor::Supervisor;

/// The name of the superuser of the embedded cluster, and of its database.
const NAME: &str = "daybook";

/// An embedded PostgreSQL that runs until [`Postgres::stop`].
#[derive(Debug)]
pub struct Postgres {
    options: PgConnectOptions,
    supervisor: Supervisor,
    /// Released last, when no server uses the directory any more.
    _lock: Lock,
}

impl Postgres {
    /// Starts the server of the cluster in `data_dir`, creates the cluster if it is missing, and
    /// returns once the server accepts connections. From then on, a server that exits is restarted.
    ///
    /// # Errors
    /// Fails if no server is installed, another daybook uses the directory, or PostgreSQL does not
    /// start.
    pub async fn start(data_dir: &Path) -> Result<Self, Error> {
        let data_dir = own_folder(data_dir).map_err(Error::io("cannot use the data directory", data_dir))?;
        let lock = Lock::take(&data_dir)?;
        let cluster = Cluster::in_folder(&data_dir);
        let socket = socket::place(&data_dir);
        left_behind::stop(&cluster, &socket).await?;

        let made_by = cluster.version()?;
        let binaries = binaries::find(made_by)?;
        let account = Account::choose(&cluster)?;
        let log = log::begin(&data_dir)?;
        if made_by.is_none() {
            cluster.create(&binaries, account.as_ref()).await?;
        }
        let socket = SocketDir::create(socket, account.as_ref())?;
        let options = options(socket.path());
        let server = Server { binaries, account, cluster, socket, log };
        let process = server.start(&options).await?;
        Ok(Self { options, supervisor: Supervisor::watch(server, process), _lock: lock })
    }

    /// Returns the options of a connection over its socket, to a database that exists.
    pub fn connect_options(&self) -> PgConnectOptions {
        self.options.clone()
    }

    /// Stops it; running transactions are rolled back.
    pub async fn stop(self) {
        self.supervisor.stop().await;
    }
}

/// Returns the options of a connection to the server that another daybook runs in `data_dir`.
pub fn options_of_running(data_dir: &Path) -> PgConnectOptions {
    options(&socket::place(data_dir))
}

fn options(socket: &Path) -> PgConnectOptions {
    PgConnectOptions::new_without_pgpass()
        .socket(socket)
        .port(socket::PORT)
        .username(NAME)
        .database(NAME)
        // PGSSLMODE applies to other servers.
        .ssl_mode(PgSslMode::Disable)
}

/// Creates the data directory, accessible by its owner only, and returns its canonical path.
fn own_folder(data_dir: &Path) -> io::Result<PathBuf> {
    if !data_dir.exists() {
        if let Some(parent) = data_dir.parent().filter(|parent| !parent.as_os_str().is_empty()) {
            fs::create_dir_all(parent)?;
        }
        fs::DirBuilder::new().mode(0o700).create(data_dir)?;
    }
    data_dir.canonicalize()
}

/// An error of the embedded PostgreSQL.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No server is installed that can serve the directory.
    #[error("{problem}\n{advice}\nOr set DATABASE_URL to use an existing PostgreSQL server.")]
    NotInstalled {
        /// What was searched for, and what was found.
        problem: String,
        /// What to install on this system.
        advice: String,
    },
    /// A client program is not installed.
    #[error("{0} of PostgreSQL is not installed; install the client programs, package postgresql-client or postgresql")]
    NoClient(String),
    /// Another daybook uses the directory.
    #[error("another daybook{} uses the data directory {}; stop it, or choose another directory with --data-dir", process(.holder.as_deref()), .folder.display())]
    InUse {
        /// The directory.
        folder: PathBuf,
        /// The id of the other process, if it is known.
        holder: Option<String>,
    },
    /// Root runs daybook, and no other user exists that can run PostgreSQL.
    #[error("PostgreSQL does not run as root, and none of the users {0} exists to run it as")]
    NoUser(String),
    /// The directory of the socket belongs to another user.
    #[error("{} is not a directory that only the server's user can access; another user may have created it; remove it", .0.display())]
    UnsafeSocketFolder(PathBuf),
    /// The cluster could not be created.
    #[error("initdb failed: {0}")]
    Initdb(String),
    /// PostgreSQL did not start.
    #[error("PostgreSQL did not start: {problem}\nThe last lines of {}:\n{tail}", .log.display())]
    NotStarted {
        /// What was observed.
        problem: String,
        /// The path of its log.
        log: PathBuf,
        /// The last lines of the log.
        tail: String,
    },
    /// The server that an earlier daybook left running does not stop.
    #[error("the PostgreSQL process {0}, left running by an earlier daybook, does not stop")]
    DoesNotStop(i32),
    /// A file or program could not be used.
    #[error("{what} {}: {source}", .path.display())]
    Io {
        /// The operation.
        what: &'static str,
        /// The path.
        path: PathBuf,
        /// The error of the system.
        source: io::Error,
    },
}

impl Error {
    fn io(what: &'static str, path: impl AsRef<Path>) -> impl FnOnce(io::Error) -> Self {
        let path = path.as_ref().to_owned();
        move |source| Self::Io { what, path, source }
    }
}

fn process(holder: Option<&str>) -> String {
    holder.map(|pid| format!(" (process {pid})")).unwrap_or_default()
}
