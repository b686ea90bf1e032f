//! The settings of `daybook serve`. Every flag doubles as an environment variable; `.env.sample` lists them.

#![allow(clippy::doc_markdown, reason = "the help shows the description of a flag verbatim")]

use clap::{Args, builder::FalseyValueParser};
use daybook::{
    http::{CEILING, Origin, Public, Rate},
    outbound::Network,
};
use sqlx::postgres::PgConnectOptions;
use std::{
    env,
    path::{Path, PathBuf},
};
use url::Url;

/// The settings of the service.
#[derive(Args, Debug)]
pub struct Config {
    /// Address and port to listen on; port 0 chooses a free port
    #[arg(long, env = "DAYBOOK_LISTEN", default_value = "127.0.0.1:8080", value_name = "ADDRESS")]
    pub listen: String,
    #[command(flatten)]
    pub database: Database,
    #[command(flatten)]
    pub data_dir: DataDir,
    /// Maximum size of a request body, in bytes; of NDJSON, of each line
    #[arg(long, env = "DAYBOOK_BODY_LIMIT", value_name = "BYTES", default_value_t = 1024 * 1024)]
    pub body_limit: usize,
    /// Maximum number of events in a format that is not paginated, such as iCalendar or CSV
    #[arg(long, env = "DAYBOOK_MAX_EVENTS", value_name = "EVENTS", default_value_t = CEILING)]
    pub max_events: u32,
    /// Public base URL, such as https://daybook.example; defaults to the Host header of each request
    #[arg(long, env = "DAYBOOK_BASE_URL", value_name = "URL")]
    base_url: Option<String>,
    /// Maximum number of open connections; further connections wait until one closes
    #[arg(long, env = "DAYBOOK_MAX_CONNECTIONS", value_name = "NUMBER", default_value_t = 1024, value_parser = clap::value_parser!(u16).range(1..))]
    pub max_connections: u16,
    /// Maximum number of change streams per client (API key, else IP address); all clients together may
    /// have half as many streams as --max-connections
    #[arg(long, env = "DAYBOOK_MAX_STREAMS_PER_CLIENT", value_name = "NUMBER", default_value_t = 64, value_parser = clap::value_parser!(u16).range(1..))]
    pub max_streams_per_client: u16,
    /// Maximum number of requests per minute and client (API key, else IP address), or `none`; does not apply on
    /// loopback without API keys
    #[arg(long, env = "DAYBOOK_RATE_LIMIT", value_name = "NUMBER", default_value_t)]
    pub rate_limit: Rate,
    /// What may be read without an API key: `events`; `articles`, also their texts and exports; `all`, also metrics
    #[arg(long, env = "DAYBOOK_PUBLIC", value_name = "WHAT", default_value_t)]
    pub public: Public,
    /// Require an API key for all reading as well as for writing
    #[arg(long, env = "DAYBOOK_REQUIRE_KEY_FOR_READING", value_parser = FalseyValueParser::new())]
    pub require_key_for_reading: bool,
    /// Origin whose pages may call the API from a browser, such as https://app.example, or * for any; repeatable,
    /// comma-separated in the environment
    #[arg(long = "allow-origin", env = "DAYBOOK_ALLOW_ORIGINS", value_name = "ORIGIN", value_delimiter = ',')]
    pub allowed_origins: Vec<Origin>,
    /// Network of a reverse proxy whose Forwarded and X-Forwarded-For headers are trusted, such as 10.0.0.0/8;
    /// repeatable, comma-separated in the environment
    #[arg(long = "trusted-proxy", env = "DAYBOOK_TRUSTED_PROXIES", value_name = "NETWORK", value_delimiter = ',')]
    pub trusted_proxies: Vec<Network>,
    /// Origin of a site that may embed the timeline (`/?embed=1`), such as https://news.example, or * for any; repeatable,
    /// comma-separated in the environment
    #[arg(long = "frame-ancestor", env = "DAYBOOK_FRAME_ANCESTORS", value_name = "ORIGIN", value_delimiter = ',')]
    pub frame_ancestors: Vec<Origin>,
    #[command(flatten)]
    pub reach: Reach,
}

impl Config {
    /// The public base URL, without a trailing slash; `None` if it is not set or empty.
    ///
    /// # Errors
    /// Fails if it is not an absolute http or https URL.
    pub fn base(&self) -> Result<Option<String>, String> {
        let Some(url) = self.base_url.as_deref().filter(|url| !url.is_empty()) else { return Ok(None) };
        let parsed =
            Url::parse(url).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.query().is_none());
        let invalid = || format!("--base-url must be an absolute URL such as https://daybook.example, not `{url}`");
        parsed.map(|url| Some(url.as_str().trim_end_matches('/').to_owned())).ok_or_else(invalid)
    }
}

/// Non-public networks that outbound requests may reach.
#[derive(Args, Clone, Debug)]
pub struct Reach {
    /// Private network that feeds and webhooks may connect to, such as 10.1.0.0/16; repeatable, comma-separated in the
    /// environment
    #[arg(long = "allow-network", env = "DAYBOOK_ALLOW_NETWORKS", value_name = "NETWORK", value_delimiter = ',')]
    pub allowed_networks: Vec<Network>,
}

/// The data directory of the embedded PostgreSQL.
#[derive(Args, Debug)]
pub struct DataDir {
    /// Data directory of the embedded PostgreSQL; ignored if --database-url is set
    ///
    /// [default: ~/.local/share/daybook; on macOS ~/Library/Application Support/daybook; as root /var/lib/daybook]
    #[arg(long = "data-dir", env = "DAYBOOK_DATA_DIR", value_name = "DIRECTORY", hide_default_value = true, default_value_os_t = default_data_dir())]
    pub path: PathBuf,
}

/// The database to use.
#[derive(Args, Debug)]
pub struct Database {
    /// URL of a PostgreSQL database, as postgres://user:password@host/database; if not set, daybook runs an embedded
    /// PostgreSQL in the data directory
    ///
    /// The password can also be given in PGPASSWORD or in the file that PGPASSFILE names.
    #[arg(long = "database-url", env = "DATABASE_URL", value_name = "URL", hide_env_values = true)]
    url: Option<String>,
}

impl Database {
    /// The URL; `None` if it is not set or empty.
    pub fn url(&self) -> Option<&str> {
        self.url.as_deref().filter(|url| !url.is_empty())
    }

    /// The connection options; `None` if no URL is set.
    ///
    /// # Errors
    /// Fails if the URL is invalid. The error does not contain the URL, which may hold a password.
    pub fn options(&self) -> Result<Option<PgConnectOptions>, String> {
        let Some(url) = self.url() else { return Ok(None) };
        if !(url.starts_with("postgres://") || url.starts_with("postgresql://")) {
            return Err("DATABASE_URL must begin with postgres://".into());
        }
        url.parse().map(Some).map_err(|error| format!("DATABASE_URL is not a valid PostgreSQL URL: {error}"))
    }
}

/// The platform's directory for the data of a user's programs.
fn default_data_dir() -> PathBuf {
    if rustix::process::geteuid().is_root() {
        return "/var/lib/daybook".into();
    }
    let home = env::home_dir().unwrap_or_default();
    if cfg!(target_os = "macos") {
        return home.join("Library/Application Support/daybook");
    }
    // The XDG specification requires ignoring relative paths.
    let data = env::var_os("XDG_DATA_HOME").map(PathBuf::from).filter(|path| Path::is_absolute(path));
    data.unwrap_or_else(|| home.join(".local/share")).join("daybook")
}
