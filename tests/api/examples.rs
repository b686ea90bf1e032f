//! The examples in `openapi.yaml`: every response of success has one, and each is as its schema says.

use serde_json::Value;

/// Formats that are no text, or too long to read in a description.
const WITHOUT: [&str; 4] = ["text/html", ".sheet", "text/event-stream", "text/plain"];

/// The responses of success with a body: the operation, the media type, and its description.
fn contents(description: &Value) -> Vec<(String, String, &Value)> {
    let mut contents = Vec::new();
    for (path, item) in description["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let responses = operation["responses"].as_object().into_iter().flatten();
            for (status, response) in responses.filter(|(status, _)| status.starts_with('2')) {
                for (media_type, content) in response["content"].as_object().into_iter().flatten() {
                    contents.push((format!("{method} {path} {status}"), media_type.clone(), content));
                }
            }
        }
    }
    contents
}

#[test]
fn every_response_of_success_has_an_example_that_its_schema_allows() {
    let description = serde_json::to_value(daybook::http::openapi()).unwrap();
    let mut faults = Vec::new();
    for (of, media_type, content) in contents(&description) {
        if WITHOUT.iter().any(|part| media_type.contains(part)) {
            continue;
        }
        match content.get("example") {
            None => faults.push(format!("{of} {media_type}: no example")),
            Some(example) => {
                check(&description, &content["schema"], example, &format!("{of} {media_type}"), &mut faults);
            }
        }
    }
    assert!(faults.is_empty(), "see src/http/examples.json:\n{}", faults.join("\n"));
}

#[test]
fn what_a_schema_does_not_allow_is_found() {
    let description = serde_json::to_value(daybook::http::openapi()).unwrap();
    let event = serde_json::json!({"$ref": "#/components/schemas/Event"});
    let (_, _, content) = contents(&description).into_iter().find(|(of, ..)| of == "get /v1/events/{id} 200").unwrap();
    let example = &content["example"];
    let faults = |changed: Value| {
        let mut faults = Vec::new();
        check(&description, &event, &changed, "event", &mut faults);
        faults
    };
    assert_eq!(faults(example.clone()), [""; 0]);
    for (field, value) in [
        ("kind", serde_json::json!("gathering")),
        ("revision", serde_json::json!("1")),
        ("participants", serde_json::json!([{"kind": "country"}])),
    ] {
        let mut changed = example.clone();
        changed[field] = value;
        assert!(!faults(changed).is_empty(), "{field}");
    }
    let mut without = example.clone();
    without.as_object_mut().unwrap().remove("title");
    assert!(!faults(without).is_empty(), "a required field is missing");
}

/// Adds how a value differs from a schema: the part of JSON Schema that the description uses.
fn check(description: &Value, schema: &Value, value: &Value, at: &str, faults: &mut Vec<String>) {
    if let Some(path) = schema["$ref"].as_str() {
        let target = description.pointer(path.trim_start_matches('#')).unwrap();
        check(description, target, value, at, faults);
    }
    for part in schema["allOf"].as_array().into_iter().flatten() {
        check(description, part, value, at, faults);
    }
    for choice in ["oneOf", "anyOf"].iter().filter_map(|choice| schema[*choice].as_array()) {
        let fits = |part: &&Value| {
            let mut faults = Vec::new();
            check(description, part, value, at, &mut faults);
            faults.is_empty()
        };
        if !choice.iter().any(|part| fits(&part)) {
            faults.push(format!("{at}: fits none of the choices: {value}"));
        }
    }
    let types: Vec<&str> = match &schema["type"] {
        Value::String(name) => vec![name],
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let is_of = |name: &&str| match *name {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => false,
    };
    if !types.is_empty() && !types.iter().any(is_of) {
        faults.push(format!("{at}: is not {types:?}: {value}"));
        return;
    }
    if schema["enum"].as_array().is_some_and(|known| !known.contains(value)) {
        faults.push(format!("{at}: is none of {}: {value}", schema["enum"]));
    }
    if let Some(object) = value.as_object() {
        for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            if !object.contains_key(name) {
                faults.push(format!("{at}: {name} is missing"));
            }
        }
        for (name, part) in object {
            if let Some(schema) = schema["properties"].get(name).or_else(|| schema.get("additionalProperties")) {
                if schema.is_boolean() {
                    if schema == false {
                        faults.push(format!("{at}: {name} is not described"));
                    }
                } else {
                    check(description, schema, part, &format!("{at}.{name}"), faults);
                }
            }
        }
    }
    for (number, item) in value.as_array().into_iter().flatten().enumerate() {
        if schema["items"].is_object() {
            check(description, &schema["items"], item, &format!("{at}[{number}]"), faults);
        }
    }
}
