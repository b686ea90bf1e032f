//! Protects the service without keys. Any web page can make its reader's browser send requests to
//! 127.0.0.1, across origins or by a name that resolves there (DNS rebinding); `Host` and `Origin`
//! reveal that.

use super::{access::Refusal, cors::Origin};
use axum::http::{HeaderValue, header, request::Parts, uri::Authority};
use std::net::IpAddr;
use url::Url;

/// Rejects requests that another site caused. Without these headers, no browser sent the request,
/// or it only navigates for its user.
pub(super) fn check(request: &Parts, allowed: &[Origin]) -> Result<(), Refusal> {
    let headers = &request.headers;
    let hosts = headers.get_all(header::HOST).iter().map(text).chain(request.uri.authority().map(Authority::to_string));
    if let Some(host) = hosts.into_iter().find(|host| !is_loopback_authority(host)) {
        return Err(Refusal::Host(host));
    }
    let strange = |origin: &&HeaderValue| !is_loopback_origin(origin) && !allowed.iter().any(|one| one.names(origin));
    match headers.get_all(header::ORIGIN).iter().find(strange) {
        Some(origin) => Err(Refusal::Origin(text(origin))),
        None => Ok(()),
    }
}

fn text(value: &HeaderValue) -> String {
    String::from_utf8_lossy(value.as_bytes()).into_owned()
}

fn is_loopback_authority(text: &str) -> bool {
    text.parse().is_ok_and(|authority: Authority| !text.contains('@') && is_loopback(authority.host()))
}

fn is_loopback_origin(origin: &HeaderValue) -> bool {
    let url = origin.to_str().ok().and_then(|text| Url::parse(text).ok());
    url.as_ref().and_then(Url::host_str).is_some_and(is_loopback)
}

/// Returns whether a host is `localhost` or a loopback address.
fn is_loopback(host: &str) -> bool {
    let address = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    host.eq_ignore_ascii_case("localhost") || address.parse().is_ok_and(|address: IpAddr| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_this_machine_are_known() {
        for host in ["localhost", "LOCALHOST:8080", "127.0.0.1", "127.1.2.3:1", "[::1]", "[::1]:8080"] {
            assert!(is_loopback_authority(host), "{host}");
        }
        for host in [
            "",
            "evil.example",
            "localhost.evil.example:8080",
            "127.0.0.1.evil.example",
            "10.0.0.1",
            "[::2]",
            "a@localhost",
        ] {
            assert!(!is_loopback_authority(host), "{host}");
        }
    }

    #[test]
    fn pages_of_this_machine_are_known() {
        let is_ours = |origin: &'static str| is_loopback_origin(&HeaderValue::from_static(origin));
        assert!(is_ours("http://localhost:5173") && is_ours("http://127.0.0.1") && is_ours("https://[::1]:8443"));
        assert!(!is_ours("https://evil.example") && !is_ours("null") && !is_ours("http://localhost.evil.example"));
    }
}
