//! The HTTP client: its TLS roots, and the check of every address that it connects to.

use super::{
    Error,
    networks::{Networks, NotPublic},
};
use reqwest::{
    Client,
    dns::{Addrs, Name, Resolve, Resolving},
    redirect::Policy,
};
use rustls::{ClientConfig, RootCertStore, crypto::ring};
use std::{net::SocketAddr, sync::Arc, time::Duration};

/// The `User-Agent`; it contains the name used in robots.txt, as RFC 9309 requires.
const USER_AGENT: &str = concat!("daybook/", env!("CARGO_PKG_VERSION"));

/// The timeout for a connection.
const CONNECT_TIME: Duration = Duration::from_secs(10);

/// The timeout between two reads of a response.
const PAUSE: Duration = Duration::from_secs(15);

/// Returns the configuration of TLS, with the root certificates of Mozilla.
pub(super) fn tls() -> Result<ClientConfig, Error> {
    let roots: RootCertStore = webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect();
    let tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| Error::SetUp(error.to_string()))?;
    Ok(tls.with_root_certificates(roots).with_no_client_auth())
}

/// Creates a client that connects only to public addresses and `networks`, and follows no redirects.
pub(super) fn to(networks: &Networks) -> Result<Client, Error> {
    let client = Client::builder()
        .tls_backend_preconfigured(tls()?)
        .user_agent(USER_AGENT)
        // A proxy could connect to any address on our behalf.
        .no_proxy()
        .referer(false)
        .redirect(Policy::none())
        .connect_timeout(CONNECT_TIME)
        .read_timeout(PAUSE)
        .dns_resolver(CheckedNames(networks.clone()));
    client.build().map_err(|error| Error::SetUp(error.to_string()))
}

/// Resolves host names to permitted addresses. It rejects a name that also resolves to any other address, against DNS
/// rebinding.
struct CheckedNames(Networks);

impl Resolve for CheckedNames {
    fn resolve(&self, name: Name) -> Resolving {
        let networks = self.0.clone();
        Box::pin(async move {
            let addresses = checked(tokio::net::lookup_host((name.as_str(), 0)).await?, &networks)?;
            let addresses: Addrs = Box::new(addresses.into_iter());
            Ok(addresses)
        })
    }
}

/// The addresses of a name, if every one of them may be connected to. The client connects to these, and resolves no name again: an
/// answer of the DNS that changes afterwards changes nothing.
fn checked(addresses: impl Iterator<Item = SocketAddr>, networks: &Networks) -> Result<Vec<SocketAddr>, NotPublic> {
    addresses.map(|address| networks.check(address.ip()).map(|()| address)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_one_private_address_is_refused() {
        let networks = Networks::new(&[]);
        let of = |addresses: &[&str]| checked(addresses.iter().map(|address| address.parse().unwrap()), &networks);
        let public = ["93.184.215.14:0", "[2606:2800:21f:cb07:6820:80da:af6b:8b2c]:0"];
        assert_eq!(of(&public).unwrap().len(), 2);
        for private in ["10.0.0.1:0", "[::1]:0", "[::ffff:127.0.0.1]:0", "[64:ff9b::a00:1]:0"] {
            for addresses in [[public[0], private], [private, public[0]]] {
                assert!(of(&addresses).is_err(), "{addresses:?}");
            }
        }
    }
}
