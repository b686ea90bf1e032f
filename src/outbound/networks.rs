//! Public and permitted addresses.

use ipnet::IpNet;
use std::{fmt, net::IpAddr, str::FromStr, sync::Arc};

/// Networks that are not public: those listed as not globally reachable in IANA's special-purpose address registries,
/// multicast, and all of IPv6 but global unicast (RFC 4291), which excludes loopback, private, mapped and translated
/// addresses. Source: IANA, iana-ipv4-special-registry and iana-ipv6-special-registry.
const NOT_PUBLIC: [(&str, &str); 24] = [
    ("0.0.0.0/8", "this network"),
    ("10.0.0.0/8", "private"),
    ("100.64.0.0/10", "shared"),
    ("127.0.0.0/8", "loopback"),
    ("169.254.0.0/16", "link-local"),
    ("172.16.0.0/12", "private"),
    ("192.0.0.0/24", "protocol assignments"),
    ("192.0.2.0/24", "documentation"),
    ("192.88.99.0/24", "6to4 relays"),
    ("192.168.0.0/16", "private"),
    ("198.18.0.0/15", "benchmarking"),
    ("198.51.100.0/24", "documentation"),
    ("203.0.113.0/24", "documentation"),
    ("224.0.0.0/4", "multicast"),
    ("240.0.0.0/4", "reserved"),
    ("::/3", "no global unicast"),
    ("2001::/23", "protocol assignments"),
    ("2001:db8::/32", "documentation"),
    ("2002::/16", "6to4"),
    ("3fff::/20", "documentation"),
    ("4000::/3", "no global unicast"),
    ("6000::/3", "no global unicast"),
    ("8000::/2", "no global unicast"),
    ("c000::/2", "no global unicast"),
];

/// A permitted network that is not public, such as `10.1.0.0/16`, or a single address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network(IpNet);

impl Network {
    /// Whether the network contains `address`.
    pub fn contains(&self, address: IpAddr) -> bool {
        self.0.contains(&address.to_canonical())
    }
}

impl FromStr for Network {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let network = text.parse::<IpNet>().or_else(|_| text.parse::<IpAddr>().map(IpNet::from));
        network.map(Self).map_err(|_| format!("`{text}` is not a network such as 10.1.0.0/16 or fd00::/8"))
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The permitted addresses: public ones, and those of some other networks.
#[derive(Clone, Debug)]
pub(super) struct Networks {
    allowed: Arc<[IpNet]>,
    not_public: Arc<[IpNet]>,
}

/// An address that is neither public nor in a permitted network.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it resolves to {address}, which is not a public address; --allow-network allows a private network")]
pub struct NotPublic {
    address: IpAddr,
}

impl Networks {
    /// Permits public addresses, and `allowed` networks.
    pub(super) fn new(allowed: &[Network]) -> Self {
        let not_public = NOT_PUBLIC.iter().filter_map(|(network, _)| network.parse().ok());
        Self { allowed: allowed.iter().map(|network| network.0).collect(), not_public: not_public.collect() }
    }

    /// Checks whether `address` is permitted.
    ///
    /// # Errors
    /// Fails if it is not.
    pub(super) fn check(&self, address: IpAddr) -> Result<(), NotPublic> {
        let address = address.to_canonical();
        let is_in = |networks: &[IpNet]| networks.iter().any(|network| network.contains(&address));
        if is_in(&self.not_public) && !is_in(&self.allowed) { Err(NotPublic { address }) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_a_network() {
        assert_eq!(Networks::new(&[]).not_public.len(), NOT_PUBLIC.len());
    }

    #[test]
    fn private_addresses_are_refused_however_they_are_written() {
        let networks = Networks::new(&[]);
        let is_open = |address: &str| networks.check(address.parse().unwrap()).is_ok();
        for address in ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "172.32.0.1", "100.128.0.1"] {
            assert!(is_open(address), "{address}");
        }
        let refused = "0.0.0.0 10.1.2.3 100.64.0.1 127.0.0.1 169.254.169.254 172.31.255.255 192.168.1.1 224.0.0.1 \
                       255.255.255.255 :: ::1 ::ffff:10.0.0.1 ::ffff:127.0.0.1 64:ff9b::a00:1 2001:db8::1 2002:a00:1:: \
                       fc00::1 fd12::1 fe80::1 fec0::1 ff02::1 5f00::1";
        for address in refused.split_whitespace() {
            assert!(!is_open(address), "{address}");
        }
    }

    #[test]
    fn a_network_may_be_allowed() {
        let networks = Networks::new(&["10.1.0.0/16".parse().unwrap(), "::1".parse().unwrap()]);
        let is_open = |address: &str| networks.check(address.parse().unwrap()).is_ok();
        assert!(is_open("10.1.2.3") && is_open("::ffff:10.1.2.3") && is_open("::1"));
        assert!(!is_open("10.2.0.1") && !is_open("127.0.0.1"));
        assert!("ten".parse::<Network>().is_err());
    }
}
