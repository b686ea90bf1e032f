//! `daybook key`, and a service that requires a key, as an operator sees them.

mod program;

use program::{Server, client, daybook, postmaster};
use reqwest::StatusCode;
use std::{path::Path, process::Output};
use tempfile::TempDir;

fn key(data_dir: &Path, arguments: &[&str]) -> Output {
    daybook().arg("key").args(arguments).arg("--data-dir").arg(data_dir).output().unwrap()
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

async fn post(server: &Server, key: &str) -> StatusCode {
    let request = client().post(format!("{}/v1/articles", server.address)).bearer_auth(key);
    let request = request.header("Content-Type", "text/plain").body("A title\n20230214\n\nTalks open.\n");
    request.send().await.unwrap().status()
}

#[tokio::test]
async fn a_key_is_made_listed_and_revoked_while_the_service_serves() {
    let folder = TempDir::new().unwrap();
    let made = key(folder.path(), &["create", "--name", "News desk", "--scope", "write"]);
    assert!(made.status.success(), "{}", stderr(&made));
    let token = stdout(&made).trim_end();
    assert!(token.starts_with("daybook_") && !token.contains(char::is_whitespace), "{token}");

    let server = Server::on_folder(folder.path());
    assert_eq!(post(&server, token).await, StatusCode::CREATED);

    let again = key(folder.path(), &["create", "--name", "News desk"]);
    assert_eq!((again.status.code(), stdout(&again)), (Some(1), ""));
    assert!(stderr(&again).contains("choose another name, or revoke that key"), "{}", stderr(&again));
    let another = key(folder.path(), &["create", "--name", "reader"]);
    assert!(another.status.success(), "{}", stderr(&another));
    let one_more = key(folder.path(), &["create", "--name", "third", "--unless-any"]);
    assert_eq!((one_more.status.code(), stdout(&one_more)), (Some(0), ""));

    let revoked = key(folder.path(), &["revoke", "News desk"]);
    assert!(revoked.status.success(), "{}", stderr(&revoked));
    assert_eq!(post(&server, token).await, StatusCode::UNAUTHORIZED);
    let unknown = key(folder.path(), &["revoke", "News desk"]);
    assert_eq!(unknown.status.code(), Some(1));
    assert!(stderr(&unknown).contains("no active key is named News desk"), "{}", stderr(&unknown));

    let listed = key(folder.path(), &["list"]);
    let cells =
        |line: &str| line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).map(String::from).collect();
    let rows: Vec<Vec<String>> = stdout(&listed).lines().map(cells).collect();
    assert_eq!(rows[0], ["NAME", "SCOPE", "CREATED", "LAST USED", "REVOKED"]);
    assert_eq!((&*rows[1][0], &*rows[1][1], &*rows[2][0], &*rows[2][1]), ("News desk", "write", "reader", "read"));
    assert!(rows[1].iter().all(|cell| cell != "-"), "used and revoked: {:?}", rows[1]);
    assert_eq!(rows[2][3..], ["-", "-"]);
    assert!(!stdout(&listed).contains(token));

    let (_, log) = server.end();
    assert!(!log.contains(token), "{log}");
}

#[test]
fn a_service_for_others_wants_a_key_before_it_serves() {
    let folder = TempDir::new().unwrap();
    let serve =
        |arguments: &[&str]| daybook().arg("serve").args(arguments).arg("--data-dir").arg(folder.path()).output();
    for arguments in [&["--listen", "0.0.0.0:0"][..], &["--listen", "127.0.0.1:0", "--require-key-for-reading"]] {
        let refused = serve(arguments).unwrap();
        assert_eq!(refused.status.code(), Some(1), "{arguments:?}");
        assert!(stderr(&refused).contains("daybook key create --name"), "{}", stderr(&refused));
        assert!(!stderr(&refused).contains("listening on"), "{}", stderr(&refused));
    }
}

#[tokio::test]
async fn a_service_for_others_ends_when_its_database_comes_back_without_a_key() {
    let folder = TempDir::new().unwrap();
    let own = Server::on_folder(folder.path());
    own.becomes_ready().await;
    let (_, socket) = postmaster(folder.path()).unwrap();
    assert!(own.end().0.success());

    let url = format!("postgres://daybook@localhost/daybook?host={}", socket.display());
    let for_others = Server::start_on("0.0.0.0:0", daybook().env("DATABASE_URL", url));
    assert_eq!(for_others.status("/healthz").await, StatusCode::OK);
    assert_eq!(post(&for_others, "none").await, StatusCode::UNAUTHORIZED);
    let own = Server::on_folder(folder.path());
    let (status, log) = for_others.ends();
    assert_eq!(status.code(), Some(1));
    assert!(log.contains("daybook key create --name"), "{log}");
    assert!(own.end().0.success());
}

#[tokio::test]
async fn a_service_for_others_serves_holders_of_keys() {
    let folder = TempDir::new().unwrap();
    let made = key(folder.path(), &["create", "--name", "first", "--scope", "admin", "--unless-any"]);
    let server = Server::start_on("0.0.0.0:0", daybook().arg("--data-dir").arg(folder.path()));
    assert_eq!(server.status("/v1/events").await, StatusCode::OK);
    assert_eq!(post(&server, "none").await, StatusCode::UNAUTHORIZED);
    assert_eq!(post(&server, stdout(&made).trim_end()).await, StatusCode::CREATED);
}

#[test]
fn a_wrong_setting_is_named() {
    for (arguments, named) in [
        (&["key", "create", "--name", " "][..], "1 to 100 characters"),
        (&["key", "create", "--name", "a", "--scope", "all"], "read, write, admin"),
        (
            &["serve", "--allow-origin", "https://app.example/"],
            "must be written as browsers send it: https://app.example",
        ),
        (&["serve", "--rate-limit", "0"], "`none`"),
    ] {
        let output = daybook().args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(stderr(&output).contains(named), "{}", stderr(&output));
    }
}
