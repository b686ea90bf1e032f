//! Rate limits: requests are counted by key, else by IP address, in this process only.

use axum::{extract::ConnectInfo, http::HeaderName};
use governor::{
    Quota, RateLimiter,
    clock::{Clock, DefaultClock},
    middleware::StateInformationMiddleware,
    state::keyed::DashMapStateStore,
};
use std::{
    fmt,
    net::{IpAddr, Ipv6Addr, SocketAddr},
    num::NonZeroU32,
    str::FromStr,
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

/// The period of the limit.
const WINDOW: Duration = Duration::from_mins(1);

/// The number of requests after which idle clients are removed.
const SWEEP: u32 = 1024;

/// The number of requests that a client may send per minute; `None` for no limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate(Option<NonZeroU32>);

impl Rate {
    /// Returns the number, if there is a limit.
    pub fn per_minute(self) -> Option<NonZeroU32> {
        self.0
    }
}

impl Default for Rate {
    /// 600 per minute, ten per second.
    fn default() -> Self {
        Self(NonZeroU32::new(600))
    }
}

impl FromStr for Rate {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, &'static str> {
        match text {
            "none" => Ok(Self(None)),
            _ => text.parse().map(|number| Self(Some(number))).map_err(|_| "must be a positive number or `none`"),
        }
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(number) => number.fmt(f),
            None => f.write_str("none"),
        }
    }
}

/// The client that requests are counted for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Client {
    /// The holder of a key, by its id.
    Key(String),
    /// The client at an IP address; `None` without a socket, as in tests.
    Address(Option<IpAddr>),
}

impl Client {
    /// Returns the client at the peer of the connection, or the one that a trusted proxy names.
    pub(super) fn address(peer: Option<&ConnectInfo<SocketAddr>>) -> Self {
        Self::Address(peer.map(|ConnectInfo(peer)| match peer.ip().to_canonical() {
            // A single client usually has a whole /64.
            IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
            address @ IpAddr::V4(_) => address,
        }))
    }
}

type Limiter = RateLimiter<Client, DashMapStateStore<Client>, DefaultClock, StateInformationMiddleware>;

/// The counters of all clients.
pub(super) struct Rates {
    limiter: Limiter,
    per_minute: NonZeroU32,
    counted: AtomicU32,
}

/// The remaining requests of a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Allowance {
    per_minute: u32,
    remaining: u32,
}

/// The limit is exceeded; the client may retry after this number of seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Exhausted {
    pub(super) allowance: Allowance,
    pub(super) retry_after: u64,
}

impl Rates {
    pub(super) fn new(per_minute: NonZeroU32) -> Self {
        let limiter = RateLimiter::keyed(Quota::per_minute(per_minute)).with_middleware();
        Self { limiter, per_minute, counted: AtomicU32::new(0) }
    }

    /// Counts a request.
    pub(super) fn count(&self, client: &Client) -> Result<Allowance, Exhausted> {
        if self.counted.fetch_add(1, Ordering::Relaxed) % SWEEP == SWEEP - 1 {
            self.limiter.retain_recent();
            self.limiter.shrink_to_fit();
        }
        let allowance = |remaining| Allowance { per_minute: self.per_minute.get(), remaining };
        match self.limiter.check_key(client) {
            Ok(state) => Ok(allowance(state.remaining_burst_capacity())),
            Err(until) => {
                let wait = until.wait_time_from(DefaultClock::default().now());
                Err(Exhausted { allowance: allowance(0), retry_after: wait.as_secs() + 1 })
            }
        }
    }
}

impl Allowance {
    /// Returns the headers of draft-ietf-httpapi-ratelimit-headers-10; `t` is the time until the
    /// full quota is available.
    pub(super) fn headers(self) -> [(HeaderName, String); 2] {
        let Self { per_minute, remaining } = self;
        let window = WINDOW.as_secs();
        let reset = (u64::from(per_minute - remaining) * window).div_ceil(u64::from(per_minute));
        [
            (HeaderName::from_static("ratelimit-policy"), format!("\"default\";q={per_minute};w={window}")),
            (HeaderName::from_static("ratelimit"), format!("\"default\";r={remaining};t={reset}")),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(number: u32) -> Client {
        Client::Key(number.to_string())
    }

    #[test]
    fn each_client_has_its_own_allowance() {
        let rates = Rates::new(NonZeroU32::new(2).unwrap());
        assert_eq!(rates.count(&client(1)), Ok(Allowance { per_minute: 2, remaining: 1 }));
        assert_eq!(rates.count(&client(1)), Ok(Allowance { per_minute: 2, remaining: 0 }));
        let refused = rates.count(&client(1)).unwrap_err();
        assert!((1..=30).contains(&refused.retry_after), "{refused:?}");
        assert!(rates.count(&client(2)).is_ok());
    }

    #[test]
    fn clients_that_stay_away_are_forgotten() {
        // The rate is so high that a client is forgotten after some microseconds.
        let rates = Rates::new(NonZeroU32::MAX);
        for number in 0..10 * SWEEP {
            let _ = rates.count(&client(number));
        }
        assert!(rates.limiter.len() < 2 * SWEEP as usize, "{}", rates.limiter.len());
    }

    #[test]
    fn the_headers_tell_what_remains_and_when_all_is_back() {
        let [(_, policy), (_, limit)] = Allowance { per_minute: 600, remaining: 585 }.headers();
        assert_eq!((&*policy, &*limit), ("\"default\";q=600;w=60", "\"default\";r=585;t=2"));
    }

    #[test]
    fn an_address_is_that_of_its_network() {
        let address = |text: &str| Client::address(Some(&ConnectInfo(text.parse().unwrap())));
        assert_eq!(address("[2001:db8:1:2::3]:80"), address("[2001:db8:1:2:ffff::4]:81"));
        assert_ne!(address("[2001:db8:1:2::3]:80"), address("[2001:db8:1:3::3]:80"));
        assert_eq!(address("[::ffff:192.0.2.1]:80"), address("192.0.2.1:81"));
        assert_ne!(address("192.0.2.1:80"), address("192.0.2.2:80"));
    }

    #[test]
    fn a_rate_is_a_number_or_none() {
        assert_eq!("60".parse(), Ok(Rate(NonZeroU32::new(60))));
        assert_eq!("none".parse(), Ok(Rate(None)));
        assert!("0".parse::<Rate>().is_err() && "".parse::<Rate>().is_err());
    }
}
