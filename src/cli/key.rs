//! `daybook key`: makes, lists and revokes API keys, while the service serves. It takes a change with the next request.

use super::postgresql::PostgreSql;
use crate::config::{DataDir, Database};
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

/// What to do with keys.
#[derive(clap::Subcommand, Debug)]
pub enum KeyCommand {
    /// Make a key and write it to standard output; it is not shown again
    Create {
        /// What to call it, as in `key list` and `key revoke`
        #[arg(long, value_parser = name)]
        name: String,
        /// What it allows: read where reading asks for a key, write as well, or everything
        #[arg(long, default_value_t = Scope::Read, value_parser = PossibleValuesParser::new(Scope::VARIANTS).try_map(|name| name.parse::<Scope>()))]
        scope: Scope,
        /// Make none where there is any key already
        #[arg(long)]
        unless_any: bool,
        #[command(flatten)]
        place: Place,
    },
    /// List every key, and when each was last used
    List {
        #[command(flatten)]
        place: Place,
    },
    /// Take a key no longer, from the next request on
    Revoke {
        /// What it is called
        name: String,
        #[command(flatten)]
        place: Place,
    },
}

/// Where the keys are.
#[derive(clap::Args, Debug)]
pub struct Place {
    #[command(flatten)]
    database: Database,
    #[command(flatten)]
    data_dir: DataDir,
}

/// Does it.
pub async fn run(command: &KeyCommand) -> Outcome {
    let (KeyCommand::Create { place, .. } | KeyCommand::List { place } | KeyCommand::Revoke { place, .. }) = command;
    let database = PostgreSql::start_or_join(&place.database, &place.data_dir).await?;
    let outcome = carry_out(command, &database.store).await;
    database.stop().await;
    outcome
}

async fn carry_out(command: &KeyCommand, store: &Store) -> Outcome {
    store.migrate().await?;
    match command {
        KeyCommand::Create { unless_any: true, .. } if store.has_keys().await? => {
            eprintln!("There is a key already; `daybook key list` shows it.");
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
        return Err(format!(
            "there is a key named {name}; choose another name, or revoke it: daybook key revoke {name:?}"
        )
        .into());
    }
    eprintln!("The key {name}, of scope {scope}. Keep it now: it is not shown again.");
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
        return Err(format!(
            "there is no key named {name} that could be revoked; daybook key list shows which there are"
        )
        .into());
    }
    eprintln!("The key {name} is revoked.");
    Ok(())
}

/// A name that fits into a line of the list.
fn name(text: &str) -> Result<String, &'static str> {
    let fits = !text.trim().is_empty() && text.chars().count() <= 100 && !text.contains(char::is_control);
    if fits { Ok(text.trim().to_owned()) } else { Err("a name has 1 to 100 characters in one line") }
}
