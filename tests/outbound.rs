//! Requests to URLs that clients chose, against a malicious server.

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use daybook::outbound::{Error, Network, Outbound, TIME};
use futures_util::stream;
use reqwest::header::HeaderMap as Headers;
use std::{convert::Infallible, net::SocketAddr, time::Duration};
use tokio::net::TcpListener;
use url::Url;

/// A server on loopback. Its redirects lead to `elsewhere`, unless they lead back to itself.
async fn serve(elsewhere: &str) -> SocketAddr {
    let elsewhere = Redirect::temporary(elsewhere);
    let router = Router::new()
        .route("/page", get(|headers: HeaderMap| async move { format!("{:?}", headers[header::USER_AGENT]) }))
        .route("/missing", get(|| async { (StatusCode::NOT_FOUND, "none") }))
        .route("/moved", get(|| async { Redirect::permanent("/page") }))
        .route("/moved-for-now", get(|| async { Redirect::temporary("/moved") }))
        .route("/loop/{n}", get(|Path(n): Path<u32>| async move { Redirect::temporary(&format!("/loop/{}", n ^ 1)) }))
        .route("/away", get(|State(elsewhere): State<Redirect>| async { elsewhere }))
        .route("/nowhere", get(|| async { StatusCode::FOUND }))
        .route("/endless", get(|| async { endless() }))
        .route("/hangs", get(std::future::pending::<String>))
        .route("/echo", post(|body: Bytes| async { body }))
        .route("/moved-post", post(|| async { Redirect::temporary("/echo") }))
        .with_state(elsewhere);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async { axum::serve(listener, router).await.unwrap() });
    address
}

fn endless() -> Response {
    let chunks = stream::repeat_with(|| Ok::<_, Infallible>(Bytes::from_static(&[b'x'; 4096])));
    Body::from_stream(chunks).into_response()
}

fn allowed() -> Vec<Network> {
    vec!["127.0.0.0/8".parse().unwrap()]
}

async fn ask(server: SocketAddr, path: &str, outbound: &Outbound) -> Result<(StatusCode, String, Option<Url>), Error> {
    let url = format!("http://{server}{path}").parse().unwrap();
    let answer = outbound.get(&url, &Headers::new(), 10_000).await?;
    Ok((answer.status, String::from_utf8(answer.body).unwrap(), answer.moved_to))
}

#[tokio::test]
async fn answers_come_with_where_they_are_from() {
    let server = serve("/").await;
    let outbound = Outbound::new(&allowed(), TIME).unwrap();
    let (status, body, moved_to) = ask(server, "/page", &outbound).await.unwrap();
    assert_eq!((status, moved_to), (StatusCode::OK, None));
    assert!(body.starts_with("\"daybook/"), "{body}");
    assert_eq!(ask(server, "/missing", &outbound).await.unwrap().0, StatusCode::NOT_FOUND);
    let (_, _, moved_to) = ask(server, "/moved", &outbound).await.unwrap();
    assert_eq!(moved_to.unwrap().path(), "/page");
    // A temporary redirect in a chain makes the whole chain temporary.
    let (status, _, moved_to) = ask(server, "/moved-for-now", &outbound).await.unwrap();
    assert_eq!((status, moved_to), (StatusCode::OK, None));
}

#[tokio::test]
async fn what_never_ends_is_ended() {
    let server = serve("/").await;
    let outbound = Outbound::new(&allowed(), TIME).unwrap();
    assert_eq!(ask(server, "/endless", &outbound).await.unwrap_err(), Error::TooLarge { most: 10_000 });
    assert_eq!(ask(server, "/loop/0", &outbound).await.unwrap_err(), Error::TooManyRedirects);
    assert_eq!(ask(server, "/nowhere", &outbound).await.unwrap_err(), Error::RedirectToNowhere);
    let hasty = Outbound::new(&allowed(), Duration::from_millis(50)).unwrap();
    assert_eq!(ask(server, "/hangs", &hasty).await.unwrap_err(), Error::TimedOut);
}

#[tokio::test]
async fn what_is_not_public_is_not_connected_to() {
    let guarded = Outbound::new(&[], TIME).unwrap();
    let server = serve("/").await;
    let refused = |error: Error| assert!(matches!(error, Error::NotPublic(_)), "{error}");
    refused(ask(server, "/page", &guarded).await.unwrap_err());
    // A name is checked by the address it resolves to.
    let url = format!("http://localhost:{}/page", server.port()).parse().unwrap();
    refused(guarded.get(&url, &Headers::new(), 100).await.unwrap_err());
    refused(guarded.post(&url, &Headers::new(), vec![]).await.unwrap_err());
    // Nor through a redirect.
    let outbound = Outbound::new(&allowed(), TIME).unwrap();
    for elsewhere in ["http://10.0.0.1/", "http://[::1]/", "http://169.254.169.254/latest", "http://0x0a000001/"] {
        refused(ask(serve(elsewhere).await, "/away", &outbound).await.unwrap_err());
    }
    let other = ask(serve("file:///etc/passwd").await, "/away", &outbound).await.unwrap_err();
    assert_eq!(other, Error::NotHttp("file".into()));
}

/// Addresses that must not be connected to, each with the reason.
fn private() -> impl Iterator<Item = (&'static str, &'static str)> {
    let table = include_str!("corpus/addresses.tsv").lines().filter(|line| !line.starts_with('#'));
    table.map(|line| line.split_once('\t').unwrap())
}

#[tokio::test]
async fn no_address_in_disguise_is_connected_to() {
    let guarded = Outbound::new(&[], TIME).unwrap();
    let outbound = Outbound::new(&["127.0.0.1".parse().unwrap()], TIME).unwrap();
    let is_refused = |error: &Error| matches!(error, Error::NotPublic(_) | Error::NotHttp(_) | Error::Credentials);
    for (text, why) in private() {
        let url: Url = text.parse().unwrap();
        for error in [
            guarded.get(&url, &Headers::new(), 100).await.unwrap_err(),
            guarded.post(&url, &Headers::new(), vec![]).await.unwrap_err(),
        ] {
            assert!(is_refused(&error), "{text} ({why}): {error}");
        }
        // Nor through a redirect from a permitted address, unless it leads back there.
        let is_allowed = matches!(url.host_str(), Some("127.0.0.1" | "[::ffff:7f00:1]" | "localhost"));
        if !is_allowed {
            let location = if text.is_ascii() { text } else { url.as_str() };
            let error = ask(serve(location).await, "/away", &outbound).await.unwrap_err();
            assert!(is_refused(&error), "{text} ({why}) by a redirect: {error}");
        }
    }
}

#[tokio::test]
async fn a_post_is_sent_where_it_is_meant_to_go() {
    let server = serve("/").await;
    let outbound = Outbound::new(&allowed(), TIME).unwrap();
    let post = |path: &str| {
        let (outbound, url) = (outbound.clone(), format!("http://{server}{path}").parse::<Url>().unwrap());
        async move { outbound.post(&url, &Headers::new(), b"hello".to_vec()).await }
    };
    assert_eq!(post("/echo").await.unwrap().body, b"hello");
    assert_eq!(post("/moved-post").await.unwrap().status, StatusCode::TEMPORARY_REDIRECT);
}

#[tokio::test]
async fn nobody_there_is_said_so() {
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let outbound = Outbound::new(&allowed(), TIME).unwrap();
    let error = ask(free, "/", &outbound).await.unwrap_err();
    assert!(matches!(&error, Error::Unreachable(why) if why.contains("refused")), "{error}");
}
