//! Counts the events that a filter selects.

use super::{Error, EventFilter, Store, conditions};
use serde_json::Value;
use sqlx::{QueryBuilder, types::Json};

/// Up to this number, an estimate is exact.
const COUNTED: i64 = 10_000;

impl Store {
    /// Returns the number of events that `filter` selects.
    pub async fn count(&self, filter: &EventFilter) -> Result<u64, Error> {
        let mut query = QueryBuilder::new("select count(*) from states s");
        conditions::push_known(&mut query, filter);
        let count: i64 = query.build_query_scalar().fetch_one(&self.heavy).await?;
        Ok(count.unsigned_abs())
    }

    /// Returns the approximate number of events that `filter` selects: exact up to 10,000, else the
    /// estimate of the query planner.
    pub async fn estimate(&self, filter: &EventFilter) -> Result<u64, Error> {
        let mut query = QueryBuilder::new("select count(*) from (select from states s");
        conditions::push_known(&mut query, filter);
        query.push(" limit ").push_bind(COUNTED + 1).push(") few");
        let few: i64 = query.build_query_scalar().fetch_one(&self.heavy).await?;
        if few <= COUNTED {
            return Ok(few.unsigned_abs());
        }
        let mut query = QueryBuilder::new("explain (format json) select from states s");
        conditions::push_known(&mut query, filter);
        let plan: Json<Value> = query.build_query_scalar().fetch_one(&self.heavy).await?;
        let expected = plan.0.pointer("/0/Plan/Plan Rows").and_then(Value::as_u64).unwrap_or_default();
        Ok(expected.max(few.unsigned_abs()))
    }
}
