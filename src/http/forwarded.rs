//! The client behind a trusted reverse proxy, as `Forwarded` (RFC 7239) or `X-Forwarded-For` names it.

use crate::outbound::Network;
use axum::{
    extract::{ConnectInfo, Request},
    http::{HeaderMap, header::FORWARDED},
};
use std::net::{IpAddr, SocketAddr};

/// Replaces the peer of a request with the client that its proxy names, if the peer is a trusted
/// proxy.
pub(super) fn resolve(mut request: Request, trusted: &[Network]) -> Request {
    if let Some(ConnectInfo(peer)) = request.extensions().get::<ConnectInfo<SocketAddr>>().copied() {
        let address = client(peer.ip(), request.headers(), trusted);
        if address != peer.ip() {
            request.extensions_mut().insert(ConnectInfo(SocketAddr::new(address, peer.port())));
        }
    }
    request
}

/// Returns the address nearest to the service that is not a trusted proxy.
///
/// A proxy usually sets one of the headers and passes the other on as the client has sent it. If they name different
/// clients, one may be forged, so neither is used.
fn client(peer: IpAddr, headers: &HeaderMap, trusted: &[Network]) -> IpAddr {
    if !is_trusted(peer, trusted) {
        return peer;
    }
    let elements = |name: &str| {
        let values = headers.get_all(name).iter().map(|value| value.to_str().unwrap_or_default());
        values.flat_map(|value| value.split(',')).collect::<Vec<_>>()
    };
    let standard =
        elements(FORWARDED.as_str()).into_iter().map(|element| address(parameter_for(element))).collect::<Vec<_>>();
    let common = elements("x-forwarded-for").into_iter().map(address).collect::<Vec<_>>();
    match (nearest(&standard, trusted), nearest(&common, trusted)) {
        (Some(one), Some(other)) if one != other => peer,
        (one, other) => one.or(other).unwrap_or(peer),
    }
}

/// Returns the last address of a chain that is not a trusted proxy; `None` if an element before it
/// cannot be parsed.
fn nearest(chain: &[Option<IpAddr>], trusted: &[Network]) -> Option<IpAddr> {
    for address in chain.iter().rev() {
        let address = (*address)?;
        if !is_trusted(address, trusted) {
            return Some(address);
        }
    }
    chain.first().copied().flatten()
}

fn is_trusted(address: IpAddr, trusted: &[Network]) -> bool {
    trusted.iter().any(|network| network.contains(address))
}

/// Returns the value of `for` in an element of `Forwarded`.
fn parameter_for(element: &str) -> &str {
    let pairs = element.split(';').filter_map(|pair| pair.split_once('='));
    pairs.into_iter().find(|(name, _)| name.trim().eq_ignore_ascii_case("for")).map_or("", |(_, value)| value)
}

/// Parses an address with or without port, brackets and quotation marks.
fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim().trim_matches('"');
    let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    bare.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|socket| socket.ip()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::{HeaderName, HeaderValue};

    fn client_of(peer: &str, headers: &[(&'static str, &'static str)]) -> String {
        let trusted: Vec<Network> = ["10.0.0.0/8", "fd00::/8"].map(|network| network.parse().unwrap()).into();
        let headers =
            headers.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
        let headers: HeaderMap = headers.fold(HeaderMap::new(), |mut map, (name, value)| {
            map.append(name, value);
            map
        });
        client(peer.parse().unwrap(), &headers, &trusted).to_string()
    }

    #[test]
    fn a_trusted_proxy_names_the_client() {
        assert_eq!(client_of("10.0.0.1", &[("x-forwarded-for", "198.51.100.7")]), "198.51.100.7");
        assert_eq!(
            client_of("10.0.0.1", &[("x-forwarded-for", "203.0.113.9, 198.51.100.7, 10.0.0.2")]),
            "198.51.100.7"
        );
        let two = [("x-forwarded-for", "203.0.113.9"), ("x-forwarded-for", "198.51.100.7")];
        assert_eq!(client_of("10.0.0.1", &two), "198.51.100.7");
        assert_eq!(client_of("fd00::1", &[("forwarded", "for=\"[2001:db8::1]:4711\";proto=https")]), "2001:db8::1");
        assert_eq!(
            client_of("10.0.0.1", &[("forwarded", "for=203.0.113.9, for=198.51.100.7;by=10.0.0.1")]),
            "198.51.100.7"
        );
    }

    #[test]
    fn any_other_peer_is_the_client_itself() {
        assert_eq!(client_of("192.0.2.1", &[("x-forwarded-for", "198.51.100.7")]), "192.0.2.1");
        assert_eq!(client_of("10.0.0.1", &[]), "10.0.0.1");
        assert_eq!(client_of("10.0.0.1", &[("forwarded", "for=unknown")]), "10.0.0.1");
    }

    #[test]
    fn headers_that_disagree_are_ignored() {
        let forged = [("forwarded", "for=203.0.113.9"), ("x-forwarded-for", "198.51.100.7")];
        assert_eq!(client_of("10.0.0.1", &forged), "10.0.0.1");
        let same = [("forwarded", "for=198.51.100.7"), ("x-forwarded-for", "198.51.100.7")];
        assert_eq!(client_of("10.0.0.1", &same), "198.51.100.7");
    }
}
