//! Authentication and authorization. On loopback without keys, every request is permitted; otherwise writing requires an
//! API key, and so does reading what is not public.

use super::{
    App, codes,
    cors::Origin,
    local,
    problem::Problem,
    public::Public,
    rate::{Allowance, Client, Rate, Rates},
    saved_address,
};
use crate::{
    key::{Scope, Token},
    outbound::Network,
    store::{self, Key},
};
use axum::{
    extract::{ConnectInfo, Request, State},
    http::{Extensions, HeaderMap, Method, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::{net::SocketAddr, sync::Arc};

/// The access configuration.
#[derive(Clone, Debug)]
pub struct Access {
    /// Whether the service listens on loopback only: then it requires no key as long as none
    /// exists.
    pub loopback: bool,
    /// Whether all reading requires a key.
    pub key_for_reading: bool,
    /// What can be read without a key, unless all reading requires one.
    pub public: Public,
    /// The origins whose pages may use the API from a browser.
    pub origins: Vec<Origin>,
    /// Networks of the reverse proxies whose `Forwarded` and `X-Forwarded-For` headers are trusted.
    pub trusted_proxies: Vec<Network>,
}

impl Default for Access {
    /// On loopback, without keys, and for no other site's pages.
    fn default() -> Self {
        Self {
            loopback: true,
            key_for_reading: false,
            public: Public::default(),
            origins: vec![],
            trusted_proxies: vec![],
        }
    }
}

impl Access {
    /// Returns whether this path can be read without a key.
    fn is_open(&self, path: &str) -> bool {
        !self.key_for_reading && self.public.includes(path)
    }

    /// Returns whether a key must exist, wherever a request comes from.
    pub fn needs_keys(&self) -> bool {
        !self.loopback || self.key_for_reading
    }
}

/// Returns the scope that a request requires; `None` if it never requires a key.
pub(super) fn needed(method: &Method, path: &str) -> Option<Scope> {
    let open = matches!(path, "/healthz" | "/readyz" | "/openapi.yaml" | "/docs")
        || path.starts_with("/docs/")
        || path.starts_with("/assets/");
    // Feeds and webhooks make the service send requests to other hosts, and their URLs may contain
    // secrets.
    let administers = ["/v1/feeds", "/v1/webhooks", "/v1/export/settings"].iter().any(|route| path.starts_with(route));
    // Extracting stores nothing.
    let reads =
        matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) || matches!(path, "/v1/extract" | "/try");
    let scope = match () {
        () if administers => Scope::Admin,
        () if reads => Scope::Read,
        () => Scope::Write,
    };
    (!open).then_some(scope)
}

/// Authorizes requests.
pub(super) struct Gate {
    app: App,
    access: Access,
    rates: Option<Rates>,
}

impl Gate {
    pub(super) fn new(app: App, access: Access, rate: Rate) -> Arc<Self> {
        Arc::new(Self { app, access, rates: rate.per_minute().map(Rates::new) })
    }

    /// Authorizes a request that requires this scope, or rejects it, and returns the scope and the
    /// remaining rate limit of the client.
    async fn admit(&self, request: &Parts, needed: Scope) -> (Option<Allowance>, Result<(Scope, Client), Refusal>) {
        let address = || Client::address(request.extensions.get::<ConnectInfo<SocketAddr>>());
        match self.identify(request).await {
            Ok(Caller::Local(outcome)) => (None, outcome.map(|()| (Scope::Admin, address()))),
            Ok(Caller::Remote { key, wrong }) => {
                let client = key.as_ref().map_or_else(address, |key| Client::Key(key.id.clone()));
                match self.rates.as_ref().map(|rates| rates.count(&client)).transpose() {
                    Ok(allowance) => {
                        let permitted = self.permit(request, key, wrong, needed).await;
                        (allowance, permitted.map(|scope| (scope, client)))
                    }
                    Err(refused) => (Some(refused.allowance), Err(Refusal::TooMany(refused.retry_after))),
                }
            }
            // Whether keys exist is unknown, but public reading requires none.
            Err(_) if needed == Scope::Read && !self.access.needs_keys() && bearer(&request.headers).is_none() => {
                (None, local::check(request, &self.access.origins).map(|()| (Scope::Read, address())))
            }
            Err(error) => (None, Err(Refusal::Failed(error))),
        }
    }

    async fn identify(&self, request: &Parts) -> Result<Caller, store::Error> {
        let sent = bearer(&request.headers);
        if !self.access.needs_keys() && !self.app.store.has_keys().await? {
            let outcome = local::check(request, &self.access.origins);
            return Ok(Caller::Local(outcome.and(if sent.is_some() { Err(Refusal::WrongKey) } else { Ok(()) })));
        }
        let key = match sent.and_then(Token::parse) {
            Some(token) => self.app.store.use_key(&token, (self.app.now)()).await?,
            None => None,
        };
        Ok(Caller::Remote { wrong: sent.is_some() && key.is_none(), key })
    }

    async fn permit(&self, request: &Parts, key: Option<Key>, wrong: bool, needed: Scope) -> Result<Scope, Refusal> {
        match key {
            _ if wrong => Err(Refusal::WrongKey),
            Some(key) if key.scope < needed => Err(Refusal::Scope { held: key.scope, needed }),
            Some(key) => Ok(key.scope),
            None if needed == Scope::Read && self.access.is_open(request.uri.path()) => Ok(Scope::Read),
            // A calendar program that subscribes to a private timeline cannot send a key.
            None if saved_address::is_opened(&self.app, request).await.map_err(Refusal::Failed)? => Ok(Scope::Read),
            None => Err(Refusal::NoKey),
        }
    }
}

/// Returns whether a client may continue a long request: its key may have been revoked since.
pub(super) async fn may_go_on(app: &App, client: &Client) -> Result<bool, store::Error> {
    match client {
        Client::Key(id) => app.store.is_good_key(id).await,
        Client::Address(_) => Ok(true),
    }
}

/// Checks that the client of a request, given by its extensions, has a scope that only a part of the
/// route requires.
pub(super) fn require(client: &Extensions, needed: Scope) -> Result<(), Refusal> {
    match (client.get::<Scope>(), client.get::<Client>()) {
        (Some(held), _) if *held >= needed => Ok(()),
        (Some(held), Some(Client::Key(_))) => Err(Refusal::Scope { held: *held, needed }),
        _ => Err(Refusal::NoKey),
    }
}

/// The sender of a request.
enum Caller {
    /// A client on this machine while no keys exist, or a web page that abuses its browser.
    Local(Result<(), Refusal>),
    /// Any other client, with its key; `wrong` if it sent an unknown one.
    Remote { key: Option<Key>, wrong: bool },
}

/// Returns the key in the request. Other schemes are ignored: a proxy in front of the service may
/// use them.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ').unwrap_or((value, ""));
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// Forwards an authorized request with its scope and client, or responds with the reason of the
/// rejection.
pub(super) async fn guard(State(gate): State<Arc<Gate>>, request: Request, next: Next) -> Response {
    let Some(needed) = needed(request.method(), request.uri().path()) else { return next.run(request).await };
    let (mut parts, body) = request.into_parts();
    let (allowance, admitted) = gate.admit(&parts, needed).await;
    let response = match admitted {
        Ok((scope, client)) => {
            parts.extensions.insert(scope);
            parts.extensions.insert(client);
            next.run(Request::from_parts(parts, body)).await
        }
        Err(refusal) => refusal.into_response(),
    };
    (allowance.map(Allowance::headers), response).into_response()
}

/// The reason why a request is rejected.
pub(super) enum Refusal {
    /// It requires a key.
    NoKey,
    /// Its key is unknown or revoked.
    WrongKey,
    /// The scope of its key is insufficient.
    Scope {
        /// The scope of the key.
        held: Scope,
        /// The required scope.
        needed: Scope,
    },
    /// Its `Host` is not a name of this machine.
    Host(String),
    /// A page of another site sent it.
    Origin(String),
    /// Its client exceeded the rate limit, and may retry after this number of seconds.
    TooMany(u64),
    /// The database failed.
    Failed(store::Error),
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let problem = |status, detail: String| Problem::new(status, detail).into_response();
        let challenge = |detail: &str| [(header::WWW_AUTHENTICATE, format!("Bearer realm=\"daybook\"{detail}"))];
        match self {
            Self::NoKey => {
                let detail = "an API key is required, as `Authorization: Bearer daybook_…`; the operator of the \
                              service creates one with `daybook key create`";
                (challenge(""), problem(StatusCode::UNAUTHORIZED, detail.into())).into_response()
            }
            Self::WrongKey => {
                let detail = "the API key in `Authorization` is unknown or revoked; send a valid key, or none if reading is open";
                let challenge = challenge(", error=\"invalid_token\"");
                let problem = Problem::new(StatusCode::UNAUTHORIZED, detail).coded(codes::INVALID_KEY);
                (challenge, problem).into_response()
            }
            Self::Scope { held, needed } => {
                let detail = format!(
                    "the API key has the scope {held}, but this request requires {needed}; use a key with that scope"
                );
                let challenge = challenge(&format!(", error=\"insufficient_scope\", scope=\"{needed}\""));
                let problem = Problem::new(StatusCode::FORBIDDEN, detail).coded(codes::INSUFFICIENT_SCOPE);
                (challenge, problem).into_response()
            }
            Self::Host(host) => {
                let detail = format!(
                    "without API keys, `Host` must be localhost, 127.0.0.1 or [::1], not {host}; create a key with \
                     `daybook key create` to use another name"
                );
                problem(StatusCode::MISDIRECTED_REQUEST, detail)
            }
            Self::Origin(origin) => {
                let detail = format!(
                    "without API keys, pages of {origin} are not allowed; permit them with --allow-origin, or create a \
                     key with `daybook key create`"
                );
                problem(StatusCode::FORBIDDEN, detail)
            }
            Self::TooMany(seconds) => {
                let detail = format!("the rate limit is exceeded; retry in {seconds} s, as `Retry-After` states");
                let retry_after = [(header::RETRY_AFTER, seconds.to_string())];
                (retry_after, problem(StatusCode::TOO_MANY_REQUESTS, detail)).into_response()
            }
            Self::Failed(error) => Problem::from(error).into_response(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stores_or_deletes_needs_more_than_what_reads() {
        let needed = |method: &str, path| needed(&method.parse().unwrap(), path);
        for path in ["/healthz", "/readyz", "/openapi.yaml", "/docs", "/docs/index.css"] {
            assert_eq!(needed("GET", path), None, "{path}");
        }
        for (method, path) in
            [("GET", "/"), ("HEAD", "/v1/events"), ("POST", "/v1/extract"), ("POST", "/try"), ("GET", "/docsets")]
        {
            assert_eq!(needed(method, path), Some(Scope::Read), "{method} {path}");
        }
        for (method, path) in [
            ("POST", "/v1/articles"),
            ("POST", "/try/store"),
            ("PUT", "/v1/timelines/a"),
            ("DELETE", "/v1/corrections/1"),
        ] {
            assert_eq!(needed(method, path), Some(Scope::Write), "{method} {path}");
        }
        for (method, path) in [
            ("GET", "/v1/feeds"),
            ("POST", "/v1/webhooks"),
            ("DELETE", "/v1/webhooks/1"),
            ("GET", "/v1/export/settings.ndjson"),
        ] {
            assert_eq!(needed(method, path), Some(Scope::Admin), "{method} {path}");
        }
    }

    #[test]
    fn a_key_is_a_bearer_token() {
        let bearer = |value: &str| {
            bearer(&HeaderMap::from_iter([(header::AUTHORIZATION, value.parse().unwrap())])).map(str::to_owned)
        };
        assert_eq!(bearer("bearer  x"), Some("x".into()));
        assert_eq!(bearer("Bearer"), Some(String::new()));
        assert_eq!(bearer("Basic x"), None);
    }
}
