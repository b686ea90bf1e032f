//! The examples of responses in the description: what the service answered to each operation, kept in `examples.json` by operation
//! id; of an operation with several media types, NDJSON has the suffix `.ndjson`. An example of NDJSON is one line.

use serde_json::{Map, Value};
use utoipa::openapi::{OpenApi, RefOr, path::Operation};

const EXAMPLES: &str = include_str!("examples.json");

/// Adds the examples to the responses of success.
pub(super) fn describe(api: &mut OpenApi) {
    let examples: Map<String, Value> = serde_json::from_str(EXAMPLES).unwrap_or_default();
    for item in api.paths.paths.values_mut() {
        let operations = [&mut item.get, &mut item.post, &mut item.put, &mut item.patch, &mut item.delete];
        operations.into_iter().flatten().for_each(|operation| illustrate(operation, &examples));
    }
}

fn illustrate(operation: &mut Operation, examples: &Map<String, Value>) {
    let Some(name) = &operation.operation_id else { return };
    for (status, response) in &mut operation.responses.responses {
        let RefOr::T(response) = response else { continue };
        for (media_type, content) in response.content.iter_mut().filter(|_| status.starts_with('2')) {
            let RefOr::T(content) = content else { continue };
            let of_lines = examples.get(&format!("{name}.ndjson")).filter(|_| media_type.ends_with("ndjson"));
            if content.example.is_none() {
                content.example = of_lines.or_else(|| examples.get(name)).cloned();
            }
        }
    }
}
