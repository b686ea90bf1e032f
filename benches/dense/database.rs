//! The database of a bench: created for each measurement, on the server of `DATABASE_URL`.

use daybook::store::Store;
use sqlx::{Connection, PgConnection, postgres::PgConnectOptions};
use std::env;

const NAME: &str = "daybook_bench";

fn server() -> PgConnectOptions {
    env::var("DATABASE_URL").expect("run it with script/with-postgres").parse().unwrap()
}

/// Creates the database, replacing one that an earlier run left; returns a store on it and a connection to it.
pub async fn create_database() -> (Store, PgConnection) {
    drop_database().await;
    let mut db = PgConnection::connect_with(&server()).await.unwrap();
    sqlx::raw_sql("create database daybook_bench").execute(&mut db).await.unwrap();
    let options = server().database(NAME);
    let store = Store::connect(options.clone());
    store.migrate().await.unwrap();
    (store, PgConnection::connect_with(&options).await.unwrap())
}

/// Drops the database. The store on it must be closed.
pub async fn drop_database() {
    let mut db = PgConnection::connect_with(&server()).await.unwrap();
    sqlx::raw_sql("drop database if exists daybook_bench").execute(&mut db).await.unwrap();
}
