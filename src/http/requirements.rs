//! Describes keys and limits in `openapi.yaml`: for each operation, what `access` requires.

use super::{access, problem::Problem, public::Public};
use crate::key::Scope;
use axum::http::Method;
use utoipa::{
    IntoResponses,
    openapi::{
        Header, HeaderBuilder, Object, OpenApi, Ref, RefOr, Type,
        path::Operation,
        security::{Http, HttpAuthScheme, SecurityRequirement, SecurityScheme},
    },
};

/// The name of the scheme in the description.
const SCHEME: &str = "bearer";

const HOLDER: &str = "An API key, `daybook_…`, from `daybook key create`. Writing requires the scope `write` or `admin`. Reading \
                      articles, exports and metrics requires a key of any scope, unless the service is configured otherwise; reading \
                      the rest does only if the service is configured so. A service on loopback \
                      without keys requires none.";

/// The responses that reject a request.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "describes answers; they are made from `Refusal`")]
enum Refusals {
    /// An API key is required, or the one sent is unknown or revoked
    #[response(status = 401, content_type = "application/problem+json",
        headers(("WWW-Authenticate" = String, description = "`Bearer`, with `error` if the key is invalid")))]
    NoKey(Problem),
    /// The scope of the key is insufficient; or, without keys, the request comes from a page of another site
    #[response(status = 403, content_type = "application/problem+json")]
    TooLittle(Problem),
    /// Without keys: `Host` is not a name of this machine
    #[response(status = 421, content_type = "application/problem+json")]
    Misdirected(Problem),
    /// The rate limit is exceeded
    #[response(status = 429, content_type = "application/problem+json",
        headers(("Retry-After" = u64, description = "The seconds until the next request is permitted"),
                ("RateLimit" = String, description = "The remaining requests: `\"default\";r=0;t=60`"),
                ("RateLimit-Policy" = String, description = "The number of requests per period in seconds: `\"default\";q=600;w=60`")))]
    TooMany(Problem),
}

/// Describes for every operation which key it requires and how it is rejected.
pub(super) fn describe(api: &mut OpenApi) {
    let mut scheme = Http::new(HttpAuthScheme::Bearer);
    scheme.description = Some(HOLDER.into());
    let components = api.components.get_or_insert_default();
    components.add_security_scheme(SCHEME, SecurityScheme::Http(scheme));
    components.responses.extend(Refusals::responses().into_iter().map(|(status, refusal)| (name(&status), refusal)));
    for (path, item) in &mut api.paths.paths {
        let operations = [
            (Method::GET, &mut item.get),
            (Method::POST, &mut item.post),
            (Method::PUT, &mut item.put),
            (Method::PATCH, &mut item.patch),
            (Method::DELETE, &mut item.delete),
        ];
        for (method, operation) in operations {
            if let Some((operation, scope)) = operation.as_mut().zip(access::needed(&method, path)) {
                require(operation, scope, Public::default().includes(path));
            }
        }
    }
}

fn require(operation: &mut Operation, scope: Scope, is_public: bool) {
    let without = (scope == Scope::Read && is_public).then(SecurityRequirement::default);
    let with = SecurityRequirement::new(SCHEME, [scope.to_string()]);
    operation.security = Some(without.into_iter().chain([with]).collect());
    for (status, answer) in &mut operation.responses.responses {
        if let (true, RefOr::T(answer)) = (status.starts_with('2'), answer) {
            answer.headers.insert(
                "RateLimit".into(),
                header("Once API keys are in use, the remaining requests: `\"default\";r=599;t=1`"),
            );
        }
    }
    for status in Refusals::responses().into_keys() {
        let refusal = Ref::from_response_name(name(&status)).into();
        operation.responses.responses.entry(status).or_insert(refusal);
    }
}

fn header(about: &str) -> RefOr<Header> {
    HeaderBuilder::new().schema(Some(Object::with_type(Type::String))).description(Some(about)).build().into()
}

/// Returns the name of a rejection among the components.
fn name(status: &str) -> String {
    format!("Refusal{status}")
}
