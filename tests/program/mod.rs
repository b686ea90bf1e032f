//! Runs the real program.
#![allow(dead_code, reason = "each test binary uses its part")]

use reqwest::{Client, StatusCode};
use std::{
    env, fs,
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
    process::{Child, ChildStderr, Command, ExitStatus, Stdio},
    thread::{self, JoinHandle},
    time::Duration,
};

/// The process of the embedded PostgreSQL and the directory of its socket, as its own file states
/// them.
pub fn postmaster(data_dir: &Path) -> Option<(u32, PathBuf)> {
    let text = fs::read_to_string(data_dir.join("cluster/postmaster.pid")).ok()?;
    let mut lines = text.lines();
    Some((lines.next()?.parse().ok()?, lines.nth(3)?.into()))
}

/// The program without the settings of the environment.
pub fn daybook() -> Command {
    // The tests' own client uses reqwest with the features of the program, which chooses its TLS
    // provider itself.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut command = Command::new(env!("CARGO_BIN_EXE_daybook"));
    let settings = env::vars_os().map(|(name, _)| name).filter(|name| name.to_string_lossy().starts_with("DAYBOOK_"));
    for variable in settings.chain(["DATABASE_URL".into(), "RUST_LOG".into()]) {
        command.env_remove(variable);
    }
    command
}

/// A client. reqwest requires a TLS provider here, though nothing is encrypted.
pub fn client() -> Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::new()
}

/// A running `daybook serve`.
pub struct Server {
    pub address: String,
    child: Child,
    /// Reads the log to the end, so that the program never blocks on it.
    log: Option<JoinHandle<String>>,
}

impl Server {
    /// Starts the service with an embedded PostgreSQL in `data_dir`.
    pub fn on_folder(data_dir: &Path) -> Self {
        Self::start(daybook().arg("--data-dir").arg(data_dir))
    }

    /// Runs `command` on a free port until it logs its address.
    pub fn start(command: &mut Command) -> Self {
        Self::start_on("127.0.0.1:0", command)
    }

    /// Runs it on a given address.
    pub fn start_on(listen: &str, command: &mut Command) -> Self {
        let mut child = command.args(["--listen", listen]).stderr(Stdio::piped()).spawn().unwrap();
        let mut log = BufReader::new(child.stderr.take().unwrap());
        let address = wait_for_address(&mut log);
        let log = thread::spawn(move || {
            let mut said = String::new();
            log.read_to_string(&mut said).unwrap();
            said
        });
        Self { address, child, log: Some(log) }
    }

    pub async fn status(&self, path: &str) -> StatusCode {
        client().get(format!("{}{path}", self.address)).send().await.unwrap().status()
    }

    /// Waits until it is ready.
    pub async fn becomes_ready(&self) {
        until(async || self.status("/readyz").await == StatusCode::OK).await;
    }

    /// Terminates it as the system does, and returns its exit status and what it has logged since
    /// it listened.
    pub fn end(self) -> (ExitStatus, String) {
        self.signal("TERM");
        self.ends()
    }

    /// Waits until it exits by itself.
    pub fn ends(mut self) -> (ExitStatus, String) {
        let said = self.log.take().unwrap().join().unwrap();
        (self.child.wait().unwrap(), said)
    }

    /// `kill -9`.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Returns its process id.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    fn signal(&self, name: &str) {
        signal(self.child.id(), name);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            self.signal("TERM");
            let _ = self.child.wait();
        }
    }
}

fn wait_for_address(log: &mut BufReader<ChildStderr>) -> String {
    let mut said = String::new();
    loop {
        let from = said.len();
        assert_ne!(log.read_line(&mut said).unwrap(), 0, "it ended before it listened:\n{said}");
        if let Some((_, rest)) = said[from..].split_once("listening on ") {
            // In JSON, more fields follow.
            return rest.split(|c: char| c == '"' || c.is_whitespace()).next().unwrap().to_owned();
        }
    }
}

pub fn signal(pid: u32, name: &str) {
    assert!(Command::new("kill").args(["-s", name, &pid.to_string()]).status().unwrap().success());
}

/// Waits until `condition` holds; it may take 20 seconds.
pub async fn until(condition: impl AsyncFn() -> bool) {
    let mut tick = tokio::time::interval(Duration::from_millis(50));
    let asked = async {
        while !condition().await {
            tick.tick().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), asked).await.expect("20 seconds suffice");
}
