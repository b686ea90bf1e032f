//! The client below: whom it trusts, and that it connects to no address that was not checked.

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

/// What it is called by those it asks; RFC 9309 wants the name that robots.txt is read for in it.
const USER_AGENT: &str = concat!("daybook/", env!("CARGO_PKG_VERSION"));

/// How long a connection may take to be made.
const CONNECT_TIME: Duration = Duration::from_secs(10);

/// How long nothing may come of an answer.
const PAUSE: Duration = Duration::from_secs(15);

/// A client that connects to public addresses and `networks` only, and follows no redirect.
pub(super) fn to(networks: &Networks) -> Result<Client, Error> {
    let roots: RootCertStore = webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect();
    let tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| Error::SetUp(error.to_string()))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let client = Client::builder()
        .tls_backend_preconfigured(tls)
        .user_agent(USER_AGENT)
        // A proxy would connect in our place, to whatever it likes.
        .no_proxy()
        .referer(false)
        .redirect(Policy::none())
        .connect_timeout(CONNECT_TIME)
        .read_timeout(PAUSE)
        .dns_resolver(CheckedNames(networks.clone()));
    client.build().map_err(|error| Error::SetUp(error.to_string()))
}

/// Resolves names to addresses that may be connected to. A name that has any other is refused, so that none can be put
/// before us in turns.
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
