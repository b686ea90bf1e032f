//! How many events a filter selects.

use super::{
    Error, EventFilter, Store, search,
    selection::{party_keys, select, select_known},
    time::{Day, Instant},
};
use crate::event::{Confidence, Kind, Precision, Status};
use serde_json::Value;
use sqlx::{AssertSqlSafe, Execute, types::Json};

/// Up to how many an estimate counts.
const COUNTED: i64 = 10_000;

struct CountRow {
    count: i64,
}

impl Store {
    /// How many events `filter` selects.
    pub async fn count(&self, filter: &EventFilter) -> Result<u64, Error> {
        let row = select_known!(CountRow, filter, r#"select count(*) as "count!" from states s"#, "");
        Ok(row.fetch_one(&self.pool).await?.count.unsigned_abs())
    }

    /// About how many events `filter` selects: exactly while they are few, else as many as the database expects.
    pub async fn estimate(&self, filter: &EventFilter) -> Result<u64, Error> {
        let few = select_known!(
            CountRow,
            filter,
            r#"select count(*) as "count!" from (select from states s"#,
            " limit $16) few",
            COUNTED + 1
        );
        let few = few.fetch_one(&self.pool).await?.count;
        if few <= COUNTED {
            return Ok(few.unsigned_abs());
        }
        let mut all = select_known!(CountRow, filter, r#"select 1::bigint as "count!" from states s"#, "");
        let arguments = all.take_arguments().map_err(sqlx::Error::Encode)?.unwrap_or_default();
        let explain = format!("explain (format json) {}", all.sql().as_str());
        let plan: Json<Value> =
            sqlx::query_scalar_with(AssertSqlSafe(explain), arguments).fetch_one(&self.pool).await?;
        let expected = plan.0.pointer("/0/Plan/Plan Rows").and_then(Value::as_u64).unwrap_or_default();
        Ok(expected.max(few.unsigned_abs()))
    }
}
