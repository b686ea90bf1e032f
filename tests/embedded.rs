//! The embedded PostgreSQL, as someone who runs daybook on a bare machine sees it.

mod program;

use program::{Server, daybook, postmaster, signal, until};
use std::{
    fs,
    os::unix::fs::{DirBuilderExt, MetadataExt},
    path::Path,
    time::{Duration, Instant},
};
use tempfile::TempDir;

#[tokio::test]
async fn it_is_ready_soon_and_leaves_nothing_running() {
    let folder = TempDir::new().unwrap();
    let begun = Instant::now();
    let server = Server::on_folder(folder.path());
    server.becomes_ready().await;
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    let (_, socket) = postmaster(folder.path()).unwrap();
    let (status, log) = server.end();
    assert!(status.success(), "{log}");
    assert_eq!(postmaster(folder.path()), None);
    assert!(!socket.exists());

    Server::on_folder(folder.path()).becomes_ready().await;
}

#[tokio::test]
async fn an_open_stream_does_not_hold_up_the_end() {
    let folder = TempDir::new().unwrap();
    let server = Server::on_folder(folder.path());
    let mut stream = reqwest::get(format!("{}/v1/stream", server.address)).await.unwrap();
    assert!(stream.chunk().await.unwrap().unwrap().starts_with(b"id: "));
    let (status, log) = server.end();
    assert!(status.success() && !log.contains("aborting"), "{log}");
    assert_eq!(stream.chunk().await.unwrap(), None);
}

#[tokio::test]
async fn a_killed_postgresql_is_started_again() {
    let folder = TempDir::new().unwrap();
    let server = Server::on_folder(folder.path());
    server.becomes_ready().await;
    let (killed, _) = postmaster(folder.path()).unwrap();
    signal(killed, "KILL");
    until(async || postmaster(folder.path()).is_some_and(|(pid, _)| pid != killed)).await;
    server.becomes_ready().await;
    assert!(server.end().0.success());
}

#[tokio::test]
async fn a_killed_daybook_can_be_started_again() {
    let folder = TempDir::new().unwrap();
    let server = Server::on_folder(folder.path());
    server.becomes_ready().await;
    let (left_behind, _) = postmaster(folder.path()).unwrap();
    server.kill();

    let server = Server::on_folder(folder.path());
    server.becomes_ready().await;
    assert_ne!(postmaster(folder.path()).unwrap().0, left_behind);
    assert!(server.end().0.success());
}

#[tokio::test]
async fn both_killed_at_once_can_be_started_again() {
    let folder = TempDir::new().unwrap();
    let server = Server::on_folder(folder.path());
    server.becomes_ready().await;
    let (postgres, _) = postmaster(folder.path()).unwrap();
    server.kill();
    signal(postgres, "KILL");

    let server = Server::on_folder(folder.path());
    server.becomes_ready().await;
    assert!(server.end().0.success());
}

#[tokio::test]
async fn a_second_daybook_is_told_who_has_the_folder() {
    let folder = TempDir::new().unwrap();
    let server = Server::on_folder(folder.path());
    let second =
        daybook().args(["serve", "--listen", "127.0.0.1:0", "--data-dir"]).arg(folder.path()).output().unwrap();
    let said = String::from_utf8(second.stderr).unwrap();
    assert_eq!(second.status.code(), Some(1));
    let holder = fs::read_to_string(folder.path().join("daybook.lock")).unwrap();
    let expected = format!("another daybook (process {}) uses the data directory", holder.trim());
    assert!(said.contains(&expected), "{said}");
    server.becomes_ready().await;
}

#[tokio::test]
async fn a_folder_too_deep_for_a_socket_serves() {
    let folder = TempDir::new().unwrap();
    let deep = folder.path().join("a folder of sixty characters, so that two make it too long...").join("d".repeat(60));
    assert!(deep.as_os_str().len() > 107);
    Server::on_folder(&deep).becomes_ready().await;
}

/// Under root, PostgreSQL runs as another user, who can access neither the data directory nor its parent.
#[tokio::test]
async fn a_folder_that_only_its_owner_can_enter_serves() {
    let folder = TempDir::new().unwrap();
    let (closed, data_dir) = (folder.path().join("closed"), folder.path().join("closed/data"));
    for folder in [&closed, &data_dir] {
        fs::DirBuilder::new().mode(0o700).create(folder).unwrap();
    }
    let server = Server::on_folder(&data_dir);
    server.becomes_ready().await;
    let owner = |path: &Path| fs::metadata(path).unwrap().uid();
    assert_ne!(owner(&data_dir.join("cluster")), 0);
    assert_eq!(owner(&data_dir), owner(&closed));
    assert_eq!(fs::metadata(&data_dir).unwrap().mode() & 0o777, 0o700);
}
