//! Operation: backup and restore, `daybook doctor` and `demo`, settings, reverse proxies.

mod program;

use program::{Server, client, daybook};
use reqwest::StatusCode;
use serde_json::{Value, json};
use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Command, Output},
};
use tempfile::TempDir;

fn said(output: &Output) -> String {
    [&output.stdout[..], &output.stderr].concat().iter().map(|byte| char::from(*byte)).collect()
}

fn on(data_dir: &Path, arguments: &[&str]) -> Command {
    let mut command = daybook();
    command.args(arguments).arg("--data-dir").arg(data_dir);
    command
}

async fn get(server: &Server, path: &str) -> Value {
    client().get(format!("{}{path}", server.address)).send().await.unwrap().json().await.unwrap()
}

/// Returns everything that a client sees of the events, independent of the URL of the service.
async fn content(server: &Server) -> String {
    let events = get(server, "/v1/events?limit=1000&include=evidence").await["items"].take();
    let mut histories = Vec::new();
    for event in events.as_array().unwrap() {
        histories.push(get(server, &format!("/v1/events/{}/history", event["id"].as_str().unwrap())).await);
    }
    let all = json!([events, histories, get(server, "/v1/articles?limit=1000&include=text").await["items"]]);
    all.to_string().replace(server.address.as_str(), "http://daybook.example")
}

#[tokio::test]
async fn a_backup_restores_everything() {
    let folder = TempDir::new().unwrap();
    let [first, second] = ["first", "second"].map(|name| folder.path().join(name));
    let dump = folder.path().join("daybook.dump");
    let filled = on(&first, &["demo"]).output().unwrap();
    assert!(filled.status.success(), "{}", said(&filled));
    let server = Server::on_folder(&first);
    server.becomes_ready().await;
    let events = get(&server, "/v1/events").await;
    let correction = json!({"author": "Desk", "reason": "By phone", "title": "The talks"});
    let uri = format!("{}/v1/events/{}", server.address, events["items"][0]["id"].as_str().unwrap());
    assert_eq!(client().patch(uri).json(&correction).send().await.unwrap().status(), StatusCode::OK);
    let before = content(&server).await;

    // While the service runs.
    let backup = on(&first, &["backup"]).arg(&dump).output().unwrap();
    assert!(backup.status.success(), "{}", said(&backup));
    assert_eq!(fs::metadata(&dump).unwrap().permissions().mode() & 0o777, 0o600);
    let refused = on(&first, &["restore"]).arg(&dump).output().unwrap();
    assert!(!refused.status.success() && said(&refused).contains("not empty"), "{}", said(&refused));
    assert_eq!(content(&server).await, before);

    let restored = on(&second, &["restore"]).arg(&dump).output().unwrap();
    assert!(restored.status.success(), "{}", said(&restored));
    let copy = Server::on_folder(&second);
    copy.becomes_ready().await;
    assert_eq!(content(&copy).await, before);
}

#[tokio::test]
async fn a_backup_that_fails_leaves_the_last_one() {
    let folder = TempDir::new().unwrap();
    let dump = folder.path().join("daybook.dump");
    fs::write(&dump, "the last one").unwrap();
    let failed =
        daybook().args(["backup", "--database-url", "postgres://127.0.0.1:1/none"]).arg(&dump).output().unwrap();
    assert!(!failed.status.success() && said(&failed).contains("database"), "{}", said(&failed));
    assert_eq!(fs::read_to_string(&dump).unwrap(), "the last one");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[tokio::test]
async fn the_start_says_where_and_for_whom() {
    let folder = TempDir::new().unwrap();
    let output = daybook().args(["--listen", "256.0.0.1:0", "--data-dir"]).arg(folder.path()).output().unwrap();
    assert!(said(&output).contains("database: embedded PostgreSQL in"), "{}", said(&output));
    let other = daybook().args(["key", "list", "--data-dir"]).arg(folder.path()).output().unwrap();
    assert!(said(&other).contains(&format!("Database: embedded PostgreSQL in {}", folder.path().display())));
}

#[test]
fn the_doctor_names_problems_and_remedies() {
    let folder = TempDir::new().unwrap();
    let data_dir = folder.path().join("data");
    let fresh = on(&data_dir, &["doctor"]).output().unwrap();
    assert!(fresh.status.success() && said(&fresh).contains("`daybook serve` creates it"), "{}", said(&fresh));
    assert!(!data_dir.exists());

    let filled = on(&data_dir, &["demo"]).output().unwrap();
    assert!(filled.status.success(), "{}", said(&filled));
    fs::set_permissions(&data_dir, fs::Permissions::from_mode(0o755)).unwrap();
    let healthy = on(&data_dir, &["doctor"]).output().unwrap();
    assert!(healthy.status.success() && said(&healthy).contains("chmod 700"), "{}", said(&healthy));
    let without_key = on(&data_dir, &["doctor", "--listen", "0.0.0.0:80"]).output().unwrap();
    assert_eq!(without_key.status.code(), Some(1), "{}", said(&without_key));
    assert!(said(&without_key).contains("daybook key create"), "{}", said(&without_key));

    let unreachable = daybook().args(["doctor", "--database-url", "postgres://127.0.0.1:1/none"]).output().unwrap();
    assert_eq!(unreachable.status.code(), Some(1), "{}", said(&unreachable));
}

#[test]
fn an_empty_variable_counts_as_unset() {
    let output = daybook().env("DAYBOOK_RATE_LIMIT", "").env("DAYBOOK_LISTEN", "").args(["serve", "--help"]).output();
    assert!(output.unwrap().status.success());
    let mut command = daybook();
    for variable in ["DAYBOOK_RATE_LIMIT", "DAYBOOK_MAX_EVENTS", "DAYBOOK_ALLOW_NETWORKS", "DAYBOOK_TRUSTED_PROXIES"] {
        command.env(variable, "");
    }
    // Fails for another reason, so the settings are accepted.
    let output =
        command.args(["--listen", "nowhere", "--database-url", "postgres://127.0.0.1:1/none"]).output().unwrap();
    assert!(said(&output).contains("cannot listen on nowhere"), "{}", said(&output));
}

#[test]
fn every_setting_is_documented_and_passed_to_containers() {
    let help = said(&daybook().args(["serve", "--help"]).output().unwrap())
        + &said(&daybook().args(["watch", "--help"]).output().unwrap());
    let variables = help.split("[env: ").skip(1).map(|rest| rest.split(['=', ']']).next().unwrap());
    let variables: Vec<&str> = variables.collect();
    assert!(variables.len() > 10, "{variables:?}");
    let read = |name: &str| fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap();
    let (sample, compose, page) = (read(".env.sample"), read("docker-compose.yml"), read("docs/configuration.md"));
    for variable in variables {
        assert!(sample.contains(&format!("#{variable}=")), ".env.sample: {variable}");
        assert!(page.contains(&format!("`{variable}`")), "docs/configuration.md: {variable}");
        let is_fixed = ["DAYBOOK_LISTEN", "DAYBOOK_DATA_DIR"].contains(&variable);
        assert!(is_fixed || compose.contains(&format!("    {variable}:")), "docker-compose.yml: {variable}");
    }
}

#[tokio::test]
async fn behind_a_trusted_proxy_each_client_has_its_own_limit() {
    let folder = TempDir::new().unwrap();
    let key = on(folder.path(), &["key", "create", "--name", "a"]).output().unwrap();
    assert!(key.status.success(), "{}", said(&key));
    let mut command = on(folder.path(), &["serve", "--rate-limit", "1", "--trusted-proxy", "127.0.0.1"]);
    let server = Server::start(&mut command);
    let status = async |address: &str| {
        let request = client().get(format!("{}/v1/facets", server.address)).header("x-forwarded-for", address);
        request.send().await.unwrap().status()
    };
    assert_eq!(status("198.51.100.7").await, StatusCode::OK);
    assert_eq!(status("198.51.100.7").await, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(status("198.51.100.8").await, StatusCode::OK);
    let (_, log) = server.end();
    assert!(log.contains("198.51.100.8"), "{log}");
}
