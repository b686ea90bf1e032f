//! `daybook key`: creates, lists and revokes API keys. A running service applies a change to the next request.

use super::{Place, postgresql::PostgreSql};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use daybook::{
    http::system_time,
    key::{Scope, Token},
    store::Store,
};
use jiff::Timestamp;
use std::error::Error;
use strum::VariantNames;

type Outcome = Result<(), Box<dyn Error>>;

/// Management of API keys.
#[derive(clap::Subcommand, Debug)]
pub enum KeyCommand {
    /// Create a key and print it on standard output; it cannot be shown again
    Create {
        /// Name of the key, as shown by `key list`
        #[arg(long, value_parser = name)]
        name: String,
        /// Permissions: `read`; `write`, which includes read; or `admin`, which includes both and manages feeds and webhooks
        #[arg(long, default_value_t = Scope::Read, value_parser = PossibleValuesParser::new(Scope::VARIANTS).try_map(|name| name.parse::<Scope>()))]
        scope: Scope,
        /// Do nothing if a key exists
        #[arg(long)]
        unless_any: bool,
        #[command(flatten)]
        place: Place,
    },
    /// List all keys with the time of their last use
    List {
        #[command(flatten)]
        place: Place,
    },
    /// Revoke a key, effective with the next request
    Revoke {
        /// Name of the key
        name: String,
        #[command(flatten)]
        place: Place,
    },
}

/// Runs the command.
pub async fn run(command: &KeyCommand) -> Outcome {
    let (KeyCommand::Create { place, .. } | KeyCommand::List { place } | KeyCommand::Revoke { place, .. }) = command;
    let database = PostgreSql::open(&place.database, &place.data_dir).await?;
    let outcome = carry_out(command, &database.store).await;
    database.stop().await;
    outcome
}

async fn carry_out(command: &KeyCommand, store: &Store) -> Outcome {
    store.migrate().await?;
    match command {
        KeyCommand::Create { unless_any: true, .. } if store.has_keys().await? => {
            eprintln!("A key exists already; `daybook key list` shows it.");
            Ok(())
        }
        KeyCommand::Create { name, scope, .. } => create(store, name, *scope).await,
        KeyCommand::List { .. } => list(store).await,
        KeyCommand::Revoke { name, .. } => revoke(store, name).await,
    }
}

async fn create(store: &Store, name: &str, scope: Scope) -> Outcome {
    let token = Token::random()?;
    if !store.create_key(&token, name, scope, system_time()).await? {
        let problem = "exists already; choose another name, or revoke that key first";
        return Err(format!("a key named {name} {problem}: daybook key revoke {name:?}").into());
    }
    eprintln!("Created key {name} with scope {scope}. Store it now; it cannot be shown again.");
    println!("{token}");
    Ok(())
}

async fn list(store: &Store) -> Outcome {
    let time = |at: Option<Timestamp>| at.map_or("-".into(), |at| at.strftime("%Y-%m-%d %H:%MZ").to_string());
    let mut rows = vec![["NAME", "SCOPE", "CREATED", "LAST USED", "REVOKED"].map(str::to_owned)];
    rows.extend(store.keys().await?.into_iter().map(|key| {
        let times = [Some(key.created_at), key.last_used_at, key.revoked_at].map(time);
        let [created, used, revoked] = times;
        [key.name, key.scope.to_string(), created, used, revoked]
    }));
    let width = rows.iter().map(|[name, ..]| name.chars().count()).max().unwrap_or_default();
    for [name, scope, created, used, revoked] in rows {
        println!("{name:width$}  {scope:5}  {created:17}  {used:17}  {revoked}");
    }
    Ok(())
}

async fn revoke(store: &Store, name: &str) -> Outcome {
    if !store.revoke_key(name, system_time()).await? {
        return Err(format!("no active key is named {name}; `daybook key list` lists all keys").into());
    }
    eprintln!("Revoked key {name}.");
    Ok(())
}

/// Accepts a name that fits on a line of the list.
fn name(text: &str) -> Result<String, &'static str> {
    let fits = !text.trim().is_empty() && text.chars().count() <= 100 && !text.contains(char::is_control);
    if fits { Ok(text.trim().to_owned()) } else { Err("a name must have 1 to 100 characters on one line") }
}
