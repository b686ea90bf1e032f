//! Stops a server that an earlier daybook left running when it was killed. `postmaster.pid` in the
//! cluster identifies it.

use super::{Error, cluster::Cluster};
use rustix::process::{Pid, Signal, kill_process, test_kill_process};
use std::{fs, path::Path, process::Command, time::Duration};
use tokio::time::{Instant, sleep};

/// The signals that stop it, in order, and how long each may take.
const PATIENCE: [(Signal, Duration); 2] =
    [(Signal::INT, Duration::from_secs(15)), (Signal::QUIT, Duration::from_secs(5))];

/// Stops the server of `cluster` with its socket in `socket`, if one runs. The caller holds the lock
/// of the data directory, so no running daybook uses it.
pub(super) async fn stop(cluster: &Cluster, socket: &Path) -> Result<(), Error> {
    let path = cluster.path().join("postmaster.pid");
    let Some(pid) = fs::read_to_string(&path).ok().and_then(|text| text.lines().next()?.parse().ok()) else {
        return Ok(());
    };
    let Some(process) = Pid::from_raw(pid).filter(|process| serves(*process, socket)) else {
        // The system may have reused the number for another process, which PostgreSQL would mistake
        // for a server.
        return fs::remove_file(&path).map_err(Error::io("cannot remove", &path));
    };
    tracing::warn!(pid, "stopping the PostgreSQL process that an earlier daybook left running");
    for (signal, patience) in PATIENCE {
        // An error means that the process has ended, which the loop detects as well.
        let _ = kill_process(process, signal);
        let deadline = Instant::now() + patience;
        while Instant::now() < deadline {
            if test_kill_process(process).is_err() {
                return Ok(());
            }
            sleep(Duration::from_millis(20)).await;
        }
    }
    Err(Error::DoesNotStop(pid))
}

/// Returns whether `process` is a server with its socket in `socket`, a directory named after the
/// data directory. The command line states it, which every user may read; the working directory is
/// not readable by root in a container.
fn serves(process: Pid, socket: &Path) -> bool {
    let pid = process.as_raw_pid().to_string();
    let command = if cfg!(target_os = "linux") {
        fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default()
    } else {
        let ps = Command::new("ps").args(["-ww", "-o", "command=", "-p", &pid]).output();
        ps.map(|output| output.stdout).unwrap_or_default()
    };
    String::from_utf8_lossy(&command).contains(&*socket.to_string_lossy())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn another_process_of_that_number_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let cluster = Cluster::in_folder(folder.path());
        fs::create_dir(cluster.path()).unwrap();
        let pid_file = cluster.path().join("postmaster.pid");
        fs::write(&pid_file, format!("{}\n", std::process::id())).unwrap();
        stop(&cluster, Path::new("/tmp/daybook-none")).await.unwrap();
        assert!(!pid_file.exists());
    }
}
