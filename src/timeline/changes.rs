//! Compares two states of an event.

use crate::event::EventState;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

/// A field that differs from the previous revision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Change {
    /// The name of the field.
    #[schema(example = "status")]
    pub field: String,
    /// The previous value.
    pub from: Value,
    /// The new value.
    pub to: Value,
    /// Whether another source stated the previous value.
    #[serde(default)]
    pub disputed: bool,
}

/// Returns the fields in which `to` differs from `from`, and marks those listed in `disputed`.
pub(super) fn changes(from: &EventState, to: &EventState, disputed: &[&str]) -> Vec<Change> {
    let mut from = fields(from);
    let differing = fields(to).into_iter().filter_map(|(field, to)| {
        let from = from.remove(&field).unwrap_or_default();
        let disputed = disputed.contains(&&*field);
        (from != to).then_some(Change { field, from, to, disputed })
    });
    differing.collect()
}

/// Returns the fields as the API serializes them. The state is a struct, which always serializes to
/// an object.
fn fields(state: &EventState) -> Map<String, Value> {
    match serde_json::to_value(state) {
        Ok(Value::Object(fields)) => fields,
        other => unreachable!("an event's state is a JSON object, not {other:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{Details, Editorial, Kind, Precision, Status, When};
    use jiff::civil::date;
    use serde_json::json;

    #[test]
    fn changes_list_each_field_that_differs() {
        let day = date(2023, 3, 7);
        let before = EventState {
            title: "Talks".into(),
            kind: Kind::Talks,
            status: Status::Tentative,
            when: When {
                starts_on: day,
                ends_on: day,
                precision: Precision::Day,
                edtf: "2023-03-07".into(),
                starts_at: None,
            },
            place: None,
            participants: vec![],
            date_pending: false,
            previous_dates: vec![],
            details: Details::default(),
            editorial: Editorial::default(),
        };
        let mut after = EventState { status: Status::Confirmed, ..before.clone() };
        after.when.ends_on = date(2023, 3, 8);
        let found = serde_json::to_value(changes(&before, &after, &["status"])).unwrap();
        let expected = json!([
            {"field": "ends_on", "from": "2023-03-07", "to": "2023-03-08", "disputed": false},
            {"field": "status", "from": "tentative", "to": "confirmed", "disputed": true},
        ]);
        assert_eq!(found, expected);
        assert_eq!(changes(&before, &before, &[]), []);
    }
}
