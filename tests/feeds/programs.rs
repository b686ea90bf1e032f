//! The real program, next to a running `daybook serve`.

use crate::{
    program::{Server as Service, daybook, signal, until},
    server::{Says, Server},
    world::{page, rss},
};
use reqwest::Client;
use serde_json::{Value, json};
use std::process::{Child, Stdio};
use tempfile::TempDir;

/// A watcher, stopped when dropped.
struct Watching(Child);

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

async fn get(service: &Service, path: &str) -> Value {
    let answer = Client::new().get(format!("{}{path}", service.address)).send().await.unwrap();
    answer.error_for_status().unwrap().json().await.unwrap()
}

#[tokio::test]
async fn it_watches_what_it_is_told_and_what_is_entered_while_the_service_serves() {
    let folder = TempDir::new().unwrap();
    let service = Service::on_folder(folder.path());
    let news = Server::start().await;
    for (path, item) in [("/one.xml", "a"), ("/two.xml", "b")] {
        news.says(path, Says::Tagged(rss(&[item])));
        news.says(&format!("/{item}"), page(item));
    }
    let url = |path: &str| format!("{}{path}", news.address);

    let mut command = daybook();
    command.args(["watch", "--allow-network", "127.0.0.1", "--data-dir"]).arg(folder.path());
    let child = command.env("DAYBOOK_FEEDS", url("/one.xml")).stderr(Stdio::piped()).spawn().unwrap();
    let mut watching = Watching(child);
    until(async || get(&service, "/v1/articles").await["items"][0]["url"] == url("/a")).await;

    let entered = Client::new().post(format!("{}/v1/feeds", service.address)).json(&json!({"url": url("/two.xml")}));
    let feed: Value = entered.send().await.unwrap().json().await.unwrap();
    let items = format!("/v1/feeds/{}/items?state=stored", feed["id"].as_str().unwrap());
    until(async || get(&service, &items).await["items"][0]["url"] == url("/b")).await;
    let events = get(&service, "/v1/events?include=evidence").await;
    assert_eq!(events["items"][0]["evidence"].as_array().unwrap().len(), 2, "{events}");

    signal(watching.0.id(), "TERM");
    let status = watching.0.wait().unwrap();
    let mut log = String::new();
    std::io::Read::read_to_string(&mut watching.0.stderr.take().unwrap(), &mut log).unwrap();
    assert!(status.success(), "{log}");
    let id = feed["id"].as_str().unwrap();
    assert!(
        log.lines().any(|line| line.contains(id) && line.contains("state=ok") && line.contains(&news.address)),
        "{log}"
    );
    assert!(!log.contains("Lugano") && !log.contains("On b"), "{log}");
}

#[test]
fn what_is_no_address_of_a_feed_is_named() {
    let output = daybook().args(["watch", "--feed", "news.example"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("--feed: `news.example` must be an absolute URL"), "{said}");
}
