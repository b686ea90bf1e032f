//! The command line, as someone at a terminal sees it.

mod program;

use program::{Server, daybook};
use reqwest::StatusCode;
use std::{
    fs,
    io::Write,
    process::{Command, Output, Stdio},
};
use tempfile::TempDir;

const ARTICLE: &str = "tests/corpus/articles/lake-talks.txt";
const JSON: &str = r#"{"text": "Talks open on Monday.", "published_on": "2024-03-01", "external_id": "a"}"#;

fn ids(output: &Output) -> Vec<String> {
    let lines = std::str::from_utf8(&output.stdout).unwrap().lines();
    lines.map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["id"].as_str().unwrap().into()).collect()
}

fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

fn with_input(command: &mut Command, input: &str) -> Output {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn extract_writes_one_line_for_each_article() {
    let folder = TempDir::new().unwrap();
    let (single, many) = (folder.path().join("one.json"), folder.path().join("many.jsonl"));
    fs::write(&single, JSON.replace(", ", ",\n")).unwrap();
    fs::write(&many, format!("{JSON}\n\n{}\n", JSON.replace(r#", "external_id": "a""#, ""))).unwrap();
    let output = daybook().arg("extract").args([ARTICLE.as_ref(), single.as_path(), &many]).output().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    assert_eq!(ids(&output), ["lake-talks.txt", "a", "a", "many.jsonl"]);
}

#[test]
fn extract_reads_any_form_from_standard_input() {
    let text = fs::read_to_string(ARTICLE).unwrap();
    assert_eq!(ids(&with_input(daybook().arg("extract"), &text)), ["-"]);
    assert_eq!(ids(&with_input(daybook().args(["extract", "-"]), &JSON.replace(", ", ",\n"))), ["a"]);
    assert_eq!(ids(&with_input(daybook().arg("extract"), &format!("{JSON}\n{JSON}\n"))), ["a", "a"]);
}

#[test]
fn extract_reads_web_pages() {
    let page = |name: &str| format!("{}/tests/corpus/pages/{name}.html", env!("CARGO_MANIFEST_DIR"));
    let output = daybook().args(["extract", &page("json-ld"), &page("no-date")]).output().unwrap();
    assert_eq!(ids(&output), ["json-ld.html"]);
    assert!(stderr(&output).contains("no-date.html: published_on: is missing"), "{}", stderr(&output));
}

#[test]
fn text_without_header_lines_needs_a_date() {
    let text = "Chile and Peru will hold talks in Lima on 7 March.\nOfficials confirmed it.\n";
    let output = with_input(daybook().args(["extract", "--date", "2025-02-20"]), text);
    let line: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(line["events"][0]["starts_on"], "2025-03-07", "{line}");
    let output = with_input(daybook().arg("extract"), text);
    assert!(stderr(&output).contains("--date"), "{}", stderr(&output));
    let output = daybook().args(["extract", "--date", "soon"]).output().unwrap();
    assert!(stderr(&output).contains("must be a date such as"), "{}", stderr(&output));
}

#[test]
fn explain_tells_the_rule_behind_each_date_and_event() {
    let output = daybook().args(["explain", ARTICLE]).output().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    let text = std::str::from_utf8(&output.stdout).unwrap();
    for line in [
        "lake-talks.txt, published on 2023-02-14",
        "  date   \"9 March\" = DATE 2023-03-09, 2023-03-09 to 2023-03-09, counted from 2023-02-14; future; rule: day month",
        "  name   \"Canberra\" (capital); party: AU; place: Canberra",
        "  event  meeting on 2023-03-09; announces; rule: trigger:meet ",
    ] {
        assert!(text.lines().any(|found| found.starts_with(line)), "no line {line:?} in\n{text}");
    }
}

#[test]
fn extract_names_what_it_cannot_read_and_does_the_rest() {
    let folder = TempDir::new().unwrap();
    let (bad, many) = (folder.path().join("bad.txt"), folder.path().join("many.jsonl"));
    fs::write(&bad, "A title\nyesterday\n\nBody").unwrap();
    fs::write(&many, format!("{JSON}\n{{\"text\": 1}}\n{}\n{JSON}\n", JSON.replace("Talks open on Monday.", " ")))
        .unwrap();
    let missing = folder.path().join("missing.txt");
    let output = daybook().arg("extract").args([&bad, &missing, &many]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(ids(&output), ["a", "a"]);
    let said: Vec<&str> = stderr(&output).lines().collect();
    assert_eq!(said.len(), 4, "{said:?}");
    assert!(said[0].contains("bad.txt: published_on: line 2 is `yesterday`"), "{}", said[0]);
    assert!(said[1].contains("missing.txt: No such file"), "{}", said[1]);
    assert!(said[2].contains("many.jsonl:2: text: must be a string"), "{}", said[2]);
    assert!(said[3].contains("many.jsonl:3: text: is empty"), "{}", said[3]);
}

#[test]
fn an_invalid_setting_is_named_without_the_password() {
    let url = "postgres://user:secret@host:port/database";
    let output = daybook().env("DATABASE_URL", url).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("DATABASE_URL"), "{}", stderr(&output));
    assert!(!stderr(&output).contains("secret"), "{}", stderr(&output));
}

#[test]
fn an_address_in_use_is_named() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let output =
        daybook().args(["--listen", &address, "--database-url", "postgres://127.0.0.1:1/none"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains(&format!("cannot listen on {address}")), "{}", stderr(&output));
}

#[tokio::test]
async fn it_serves_while_its_database_is_away() {
    let server = Server::start(daybook().env("DATABASE_URL", "postgres://127.0.0.1:1/none"));
    assert_eq!(server.status("/healthz").await, StatusCode::OK);
    assert_eq!(server.status("/readyz").await, StatusCode::SERVICE_UNAVAILABLE);
    assert!(server.end().0.success());
}

#[tokio::test]
async fn more_connections_than_allowed_wait_their_turn() {
    let database = "postgres://127.0.0.1:1/none";
    let server = Server::start(daybook().args(["serve", "--database-url", database, "--max-connections", "1"]));
    let held = std::net::TcpStream::connect(server.address.trim_start_matches("http://")).unwrap();
    let asked = tokio::spawn(program::client().get(format!("{}/healthz", server.address)).send());
    drop(held);
    assert_eq!(asked.await.unwrap().unwrap().status(), StatusCode::OK);

    let output = daybook().args(["--max-connections", "0"]).output().unwrap();
    assert!(stderr(&output).contains("--max-connections"), "{}", stderr(&output));
}
