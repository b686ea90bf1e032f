//! The server process: how it is started, and when it is ready.

use super::{
    Error,
    account::{Account, Reach},
    binaries::Binaries,
    cluster::Cluster,
    log::Log,
    socket::{self, SocketDir},
};
use sqlx::{ConnectOptions, Postgres, migrate::MigrateDatabase, postgres::PgConnectOptions};
use std::{process::Stdio, time::Duration};
use tokio::{
    process::{Child, Command},
    time::{Instant, sleep},
};

/// How long a start may take, including recovery after a crash.
const PATIENCE: Duration = Duration::from_mins(1);

/// The number of attempts: processes of a killed server may hold its shared memory for a moment.
const ATTEMPTS: u32 = 5;

/// What a server process is started with.
#[derive(Debug)]
pub(super) struct Server {
    pub(super) binaries: Binaries,
    pub(super) account: Option<Account>,
    pub(super) cluster: Cluster,
    pub(super) socket: SocketDir,
    pub(super) log: Log,
}

impl Server {
    /// Starts the server and waits until the database of `options`, created if it is missing,
    /// accepts connections.
    pub(super) async fn start(&self, options: &PgConnectOptions) -> Result<Child, Error> {
        let url = options.to_url_lossy();
        let deadline = Instant::now() + PATIENCE;
        let mut problem = String::new();
        for _ in 0..ATTEMPTS {
            let mut process = self.spawn()?;
            while Instant::now() < deadline {
                match database(url.as_str()).await {
                    Ok(()) => return Ok(process),
                    Err(error) => problem = error.to_string(),
                }
                if let Ok(Some(status)) = process.try_wait() {
                    problem = format!("it ended with {status}");
                    break;
                }
                sleep(Duration::from_millis(50)).await;
            }
            super::supervisor::shut_down(&mut process).await;
            sleep(Duration::from_millis(500)).await;
        }
        Err(Error::NotStarted { problem, log: self.log.path.clone(), tail: self.log.tail() })
    }

    /// Starts a server process.
    pub(super) fn spawn(&self) -> Result<Child, Error> {
        let program = self.binaries.postgres();
        let not_run = || Error::io("cannot run", &program);
        let reach = Reach::new(self.cluster.path(), self.account.as_ref()).map_err(not_run())?;
        let mut command = Command::new(&program);
        command.arg("-D").arg(&reach.path);
        for setting in self.settings() {
            command.arg("-c").arg(setting);
        }
        if let Some(account) = self.account {
            account.run(&mut command);
        }
        command
            .current_dir("/")
            // Ctrl-C must reach daybook only, which stops the server after its own last request.
            .process_group(0)
            .stdin(Stdio::null())
            .stdout(self.log.handle()?)
            .stderr(self.log.handle()?)
            .spawn()
            .map_err(not_run())
    }

    /// Settings on the command line, which override the configuration file of a cluster of any age.
    fn settings(&self) -> [String; 8] {
        [
            "listen_addresses=".into(),
            format!("unix_socket_directories={}", self.socket.path().display()),
            "unix_socket_permissions=0700".into(),
            format!("port={}", socket::PORT),
            "logging_collector=off".into(),
            "timezone=UTC".into(),
            "log_timezone=UTC".into(),
            // Compiling a query takes longer than running any of daybook's short ones.
            "jit=off".into(),
        ]
    }
}

async fn database(url: &str) -> sqlx::Result<()> {
    if !Postgres::database_exists(url).await? {
        Postgres::create_database(url).await?;
    }
    Ok(())
}
