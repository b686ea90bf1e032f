//! What `daybook serve` is told by flags and environment. Every flag doubles as a variable; `.env.sample` lists them.

#![allow(clippy::doc_markdown, reason = "what describes a flag is shown in the help as it stands")]

use clap::{Args, builder::FalseyValueParser};
use daybook::{
    http::{CEILING, Origin, Rate},
    outbound::Network,
};
use sqlx::postgres::PgConnectOptions;
use std::{
    env,
    path::{Path, PathBuf},
};
use url::Url;

/// How to serve.
#[derive(Args, Debug)]
pub struct Config {
    /// The address to listen on; port 0 takes a free one
    #[arg(long, env = "DAYBOOK_LISTEN", default_value = "127.0.0.1:8080", value_name = "ADDRESS")]
    pub listen: String,
    #[command(flatten)]
    pub database: Database,
    #[command(flatten)]
    pub data_dir: DataDir,
    /// The longest body of a request, in bytes
    #[arg(long, env = "DAYBOOK_BODY_LIMIT", value_name = "BYTES", default_value_t = 1024 * 1024)]
    pub body_limit: usize,
    /// The most events that a calendar, a sheet or another document may hold that does not come in pages
    #[arg(long, env = "DAYBOOK_MAX_EVENTS", value_name = "EVENTS", default_value_t = CEILING)]
    pub max_events: u32,
    /// The address that clients reach the service at, as https://daybook.example; else the Host of each request says it
    #[arg(long, env = "DAYBOOK_BASE_URL", value_name = "URL")]
    base_url: Option<String>,
    /// How many connections may be open; more wait until one is closed
    #[arg(long, env = "DAYBOOK_MAX_CONNECTIONS", value_name = "NUMBER", default_value_t = 1024, value_parser = clap::value_parser!(u16).range(1..))]
    pub max_connections: u16,
    /// How many requests a client may send in a minute, by its key or else its address, or `none` for no limit; not
    /// counted on loopback without keys
    #[arg(long, env = "DAYBOOK_RATE_LIMIT", value_name = "NUMBER", default_value_t)]
    pub rate_limit: Rate,
    /// Ask for a key for reading as well as for writing
    #[arg(long, env = "DAYBOOK_REQUIRE_KEY_FOR_READING", value_parser = FalseyValueParser::new())]
    pub require_key_for_reading: bool,
    /// A site whose pages may use the API from a browser, as https://app.example, or * for any; may be repeated, and is
    /// separated by commas in the environment
    #[arg(long = "allow-origin", env = "DAYBOOK_ALLOW_ORIGINS", value_name = "ORIGIN", value_delimiter = ',')]
    pub allowed_origins: Vec<Origin>,
    /// A site that may show the timeline within its pages (`/?embed=1`), as https://news.example, or * for any; may be repeated,
    /// and is separated by commas in the environment
    #[arg(long = "frame-ancestor", env = "DAYBOOK_FRAME_ANCESTORS", value_name = "ORIGIN", value_delimiter = ',')]
    pub frame_ancestors: Vec<Origin>,
    #[command(flatten)]
    pub reach: Reach,
}

impl Config {
    /// The address that clients reach the service at, with no slash at its end; none where none is given, or an empty one.
    ///
    /// # Errors
    /// When it is not an address of the web.
    pub fn base(&self) -> Result<Option<String>, String> {
        let Some(url) = self.base_url.as_deref().filter(|url| !url.is_empty()) else { return Ok(None) };
        let parsed =
            Url::parse(url).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.query().is_none());
        let not_one = || format!("--base-url: `{url}` is not an address such as https://daybook.example");
        parsed.map(|url| Some(url.as_str().trim_end_matches('/').to_owned())).ok_or_else(not_one)
    }
}

/// Which addresses may be called that are not public.
#[derive(Args, Clone, Debug)]
pub struct Reach {
    /// A network that feeds and webhooks may lead to though it is not public, as 10.1.0.0/16; may be repeated, and is separated
    /// by commas in the environment
    #[arg(long = "allow-network", env = "DAYBOOK_ALLOW_NETWORKS", value_name = "NETWORK", value_delimiter = ',')]
    pub allowed_networks: Vec<Network>,
}

/// Where the private PostgreSQL is.
#[derive(Args, Debug)]
pub struct DataDir {
    /// Where the private PostgreSQL keeps its data, used where there is no --database-url
    ///
    /// [default: the user's data folder; as root /var/lib/daybook]
    #[arg(long = "data-dir", env = "DAYBOOK_DATA_DIR", value_name = "FOLDER", hide_default_value = true, default_value_os_t = default_data_dir())]
    pub path: PathBuf,
}

/// Which PostgreSQL to use.
#[derive(Args, Debug)]
pub struct Database {
    /// A PostgreSQL that runs already, as postgres://user:password@host/database
    ///
    /// The password may also stand in a PGPASSFILE or in PGPASSWORD.
    #[arg(long = "database-url", env = "DATABASE_URL", value_name = "URL", hide_env_values = true)]
    url: Option<String>,
}

impl Database {
    /// How to connect; none where no address is given, or an empty one, as compose files do.
    ///
    /// # Errors
    /// When the address is none; it is not repeated, as it may hold a password.
    pub fn options(&self) -> Result<Option<PgConnectOptions>, String> {
        let Some(url) = self.url.as_deref().filter(|url| !url.is_empty()) else { return Ok(None) };
        if !(url.starts_with("postgres://") || url.starts_with("postgresql://")) {
            return Err("DATABASE_URL must begin with postgres://".into());
        }
        url.parse().map(Some).map_err(|error| format!("DATABASE_URL is not an address of a PostgreSQL: {error}"))
    }
}

/// The platform's place for what a user's programs keep.
fn default_data_dir() -> PathBuf {
    if rustix::process::geteuid().is_root() {
        return "/var/lib/daybook".into();
    }
    let home = env::home_dir().unwrap_or_default();
    if cfg!(target_os = "macos") {
        return home.join("Library/Application Support/daybook");
    }
    // A relative path in XDG_DATA_HOME is to be ignored, says its specification.
    let data = env::var_os("XDG_DATA_HOME").map(PathBuf::from).filter(|path| Path::is_absolute(path));
    data.unwrap_or_else(|| home.join(".local/share")).join("daybook")
}
