//! Requests to URLs given by others: feeds, pages and webhooks. They go only to public addresses, which is checked on
//! every redirect and on the resolved address, and are limited in time and size.

mod client;
mod collector;
mod error;
mod networks;
mod retry_after;

pub use collector::Collector;
pub use error::Error;
pub use networks::Network;
use networks::Networks;
pub use reqwest::header::HeaderMap;

use reqwest::{Client, Method, Request, Response, StatusCode, header::LOCATION};
use std::time::Duration;
use tokio::time::{Instant, timeout_at};
use url::{Host, Url};

/// The timeout for a request, including its redirects and the whole response.
pub const TIME: Duration = Duration::from_secs(30);

/// The maximum number of redirects: RFC 9309 asks for five with robots.txt, and no feed needs more.
const MOST_REDIRECTS: usize = 5;

/// The maximum size of a response to a POST that is kept: enough for an error message.
const LARGEST_REPLY: usize = 16 * 1024;

/// A response.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status of the final response; a redirect only for POST.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The URL of the final response, after all redirects.
    pub url: Url,
    /// The new permanent URL; `None` if there was no redirect, or if one was not permanent.
    pub moved_to: Option<Url>,
    /// The decompressed body.
    pub body: Vec<u8>,
}

/// Sends requests.
#[derive(Clone, Debug)]
pub struct Outbound {
    client: Client,
    networks: Networks,
    time: Duration,
}

impl Outbound {
    /// Creates a client for public addresses and `allowed` networks. `time` limits each request; it is [`TIME`] except
    /// in tests.
    ///
    /// # Errors
    /// Fails if TLS cannot be set up.
    pub fn new(allowed: &[Network], time: Duration) -> Result<Self, Error> {
        let networks = Networks::new(allowed);
        Ok(Self { client: client::to(&networks)?, networks, time })
    }

    /// Fetches `url` with at most five redirects and at most `most` bytes.
    ///
    /// # Errors
    /// Fails if the address, or that of a redirect, is not permitted or unreachable, or if the response takes too
    /// long, is too large or is truncated. No status is an error.
    pub async fn get(&self, url: &Url, headers: &HeaderMap, most: usize) -> Result<Answer, Error> {
        let until = Instant::now() + self.time;
        let (mut url, mut moved_to) = (url.clone(), None);
        let mut is_permanent = true;
        for _ in 0..=MOST_REDIRECTS {
            let mut request = self.request(Method::GET, &url)?;
            request.headers_mut().extend(headers.clone());
            let response = self.send(request, until).await?;
            let Some(next) = target(&response, &url)? else {
                return read(response, url, moved_to.filter(|_| is_permanent), most, until).await;
            };
            is_permanent &= matches!(response.status(), StatusCode::MOVED_PERMANENTLY | StatusCode::PERMANENT_REDIRECT);
            moved_to = Some(next.clone());
            url = next;
        }
        Err(Error::TooManyRedirects)
    }

    /// Sends `body` to `url`, without following redirects.
    ///
    /// # Errors
    /// As [`Outbound::get`].
    pub async fn post(&self, url: &Url, headers: &HeaderMap, body: Vec<u8>) -> Result<Answer, Error> {
        let until = Instant::now() + self.time;
        let mut request = self.request(Method::POST, url)?;
        request.headers_mut().extend(headers.clone());
        *request.body_mut() = Some(body.into());
        let response = self.send(request, until).await?;
        let (status, headers) = (response.status(), response.headers().clone());
        match read(response, url.clone(), None, LARGEST_REPLY, until).await {
            // The body only informs people; the status is enough.
            Err(Error::TooLarge { .. }) => {
                Ok(Answer { status, headers, url: url.clone(), moved_to: None, body: Vec::new() })
            }
            answer => answer,
        }
    }

    /// Checks whether `url` may be requested, as far as is known before its name is resolved.
    ///
    /// # Errors
    /// Fails if it is not an http or https URL, contains credentials, or names an address that is not public.
    pub fn check(&self, url: &Url) -> Result<(), Error> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(Error::NotHttp(url.scheme().to_owned()));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Error::Credentials);
        }
        let address = match url.host() {
            Some(Host::Ipv4(address)) => address.into(),
            Some(Host::Ipv6(address)) => address.into(),
            _ => return Ok(()),
        };
        self.networks.check(address).map_err(Error::from)
    }

    fn request(&self, method: Method, url: &Url) -> Result<Request, Error> {
        // Resolution checks names, but not literal addresses.
        self.check(url)?;
        Ok(Request::new(method, url.clone()))
    }

    async fn send(&self, request: Request, until: Instant) -> Result<Response, Error> {
        let response = timeout_at(until, self.client.execute(request)).await.map_err(|_| Error::TimedOut)?;
        response.map_err(Error::from)
    }
}

/// The target of a redirect; `None` for other responses.
fn target(response: &Response, from: &Url) -> Result<Option<Url>, Error> {
    const REDIRECTS: [StatusCode; 5] = [
        StatusCode::MOVED_PERMANENTLY,
        StatusCode::FOUND,
        StatusCode::SEE_OTHER,
        StatusCode::TEMPORARY_REDIRECT,
        StatusCode::PERMANENT_REDIRECT,
    ];
    if !REDIRECTS.contains(&response.status()) {
        return Ok(None);
    }
    let location = response.headers().get(LOCATION).and_then(|location| location.to_str().ok());
    let next = location.and_then(|location| from.join(location).ok());
    next.map(Some).ok_or(Error::RedirectToNowhere)
}

async fn read(
    mut response: Response,
    url: Url,
    moved_to: Option<Url>,
    most: usize,
    until: Instant,
) -> Result<Answer, Error> {
    let (status, headers) = (response.status(), std::mem::take(response.headers_mut()));
    let mut body = Vec::new();
    while let Some(chunk) = timeout_at(until, response.chunk()).await.map_err(|_| Error::TimedOut)?? {
        if body.len() + chunk.len() > most {
            return Err(Error::TooLarge { most });
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Answer { status, headers, url, moved_to, body })
}
