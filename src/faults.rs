//! The faults of a JSON object that a client sent: all at once, in wording of our own.

use serde::de::DeserializeOwned;
use serde_json::Value;

/// The maximum number of faults that are listed.
const MOST: usize = 32;

/// A fault of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The path of the field; `None` for the object as a whole.
    pub field: Option<String>,
    /// The kind of fault.
    pub code: FaultCode,
    /// What is wrong and what is expected.
    pub problem: String,
}

/// The kind of a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultCode {
    /// A required field is missing.
    Missing,
    /// The field does not exist.
    Unknown,
    /// The value is invalid.
    Invalid,
}

/// Returns all faults of `object` as a `T`. A field with a fault is replaced or removed, so that
/// the next one is found.
pub fn faults<T: DeserializeOwned>(mut object: Value) -> Vec<Fault> {
    let mut faults: Vec<Fault> = Vec::new();
    while faults.len() < MOST {
        let Err(error) = serde_path_to_error::deserialize::<_, T>(object.clone()) else { break };
        let fault = fault(&error.path().to_string(), &error.inner().to_string());
        let Some(name) = fault.field.as_deref().and_then(|field| field.split(['.', '[']).next()).map(str::to_owned)
        else {
            faults.push(fault);
            break;
        };
        let (path, is_missing) = (fault.field.clone().unwrap_or_default(), fault.code == FaultCode::Missing);
        // A removed field is then reported missing.
        if faults.iter().all(|known| known.field != fault.field) {
            faults.push(fault);
        }
        let Value::Object(fields) = &mut object else { break };
        if !is_missing {
            // The name of an unknown field may look like a path.
            match fields.remove(&path).or_else(|| fields.remove(&name)) {
                Some(_) => continue,
                None => break,
            }
        }
        // A placeholder of the type of the field.
        let fits = |stand_in: &Value| {
            let mut with = fields.clone();
            with.insert(name.clone(), stand_in.clone());
            let read = serde_path_to_error::deserialize::<_, T>(Value::Object(with));
            read.err().is_none_or(|error| !error.path().to_string().starts_with(&name))
        };
        let Some(stand_in) = STAND_INS.iter().map(|text| serde_json::from_str(text).unwrap_or(Value::Null)).find(fits)
        else {
            break;
        };
        fields.insert(name, stand_in);
    }
    faults
}

/// A value of each type of field.
const STAND_INS: [&str; 7] = [
    "\"a\"",
    "\"2000-01-01\"",
    "\"2000-01-01T00:00:00Z\"",
    "\"00000000-0000-4000-8000-000000000000\"",
    "[]",
    "{}",
    "1",
];

/// Returns an error of serde at this path in our wording.
pub fn fault(path: &str, message: &str) -> Fault {
    let message = message.rfind(" at line ").map_or(message, |at| &message[..at]);
    let quoted = |message: &str| message.split('`').nth(1).unwrap_or_default().to_owned();
    let within = |name: String| match path.rsplit_once('.') {
        _ if path == "." || path == name => name,
        Some((_, last)) if last == name => path.to_owned(),
        _ => format!("{path}.{name}"),
    };
    if message.starts_with("missing field") {
        let field = within(quoted(message));
        return Fault { problem: format!("{field} is missing"), field: Some(field), code: FaultCode::Missing };
    }
    if message.starts_with("duplicate field") {
        let field = within(quoted(message));
        return Fault {
            problem: format!("{field} is a duplicate field"),
            field: Some(field),
            code: FaultCode::Invalid,
        };
    }
    if message.starts_with("unknown field") {
        let field = within(quoted(message));
        let known: Vec<&str> = message.split('`').skip(3).step_by(2).collect();
        let problem = match &*known {
            [] => format!("{field} is an unknown field; no field is expected"),
            known => format!("{field} is an unknown field; expected one of {}", known.join(", ")),
        };
        return Fault { problem, field: Some(field), code: FaultCode::Unknown };
    }
    let field = Some(path).filter(|path| *path != ".").map(str::to_owned);
    let expectation = expectation(message);
    let problem =
        field.as_ref().map_or_else(|| format!("the body {expectation}"), |field| format!("{field}: {expectation}"));
    Fault { field, code: FaultCode::Invalid, problem }
}

/// Returns what a value must be: "must be a string, not integer `7`".
fn expectation(message: &str) -> String {
    for start in ["invalid type: ", "invalid value: ", "invalid length "] {
        if let Some((found, expected)) = message.strip_prefix(start).and_then(|rest| rest.split_once(", expected ")) {
            let found = match found.trim_start_matches("Option value") {
                // serde reads an array as the fields of an object in order.
                _ if start == "invalid length " && expected.starts_with("struct ") => "an array",
                "sequence" => "an array",
                "map" => "an object",
                found => found,
            };
            return format!("must be {}, not {found}", named(expected));
        }
    }
    if let Some(rest) = message.strip_prefix("unknown variant ") {
        let names: Vec<&str> = rest.split('`').skip(1).step_by(2).collect();
        if let [wrong, known @ ..] = &*names {
            return format!("`{wrong}` is not one of {}", known.join(", "));
        }
    }
    if message.starts_with("UUID parsing failed") {
        return "must be an id (a UUID)".to_owned();
    }
    // Libraries that parse dates have wording of their own.
    let is_foreign = ["failed to parse", "parsed ", "premature end"].iter().any(|start| message.contains(start));
    if is_foreign {
        return "must be a date such as 2023-02-14, or a timestamp such as 2023-02-14T09:00:00Z".to_owned();
    }
    message.to_owned()
}

/// Returns a type in the terms of JSON.
fn named(expected: &str) -> &str {
    match expected {
        "a sequence" => "an array",
        "a map" => "an object",
        _ if expected.starts_with("struct ") => "an object",
        _ if expected.starts_with("enum ") || expected.ends_with("identifier") => "one of the known names",
        _ if ["u8", "u16", "u32", "u64", "i32", "i64", "f32", "f64"].contains(&expected) => "a number",
        _ => expected,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;
    use serde_json::json;
    use uuid::Uuid;

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "read only")]
    struct Sent {
        author: String,
        other: Uuid,
        articles: Vec<Uuid>,
        date: jiff::civil::Date,
        count: Option<u32>,
    }

    #[test]
    fn all_faults_are_listed_at_once() {
        let listed = |value: Value| {
            let faults = faults::<Sent>(value);
            faults.into_iter().map(|fault| (fault.field.unwrap_or_default(), fault.problem)).collect::<Vec<_>>()
        };
        let mut all = listed(json!({"other": "7", "colour": "red", "date": "soon", "count": "x"}));
        all.sort();
        let expected = [
            ("articles", "articles is missing"),
            ("author", "author is missing"),
            ("colour", "colour is an unknown field; expected one of author, other, articles, date, count"),
            ("count", "count: must be a number, not string \"x\""),
            ("date", "date: must be a date such as 2023-02-14, or a timestamp such as 2023-02-14T09:00:00Z"),
            ("other", "other: must be an id (a UUID)"),
        ];
        assert_eq!(all, expected.map(|(field, problem)| (field.to_owned(), problem.to_owned())));
        let odd =
            json!({"a.b": 1, "[0]": 2, "author": "A", "other": Uuid::nil(), "articles": [], "date": "2023-02-14"});
        assert_eq!(listed(odd).len(), 2, "names that look like paths");
        assert_eq!(listed(json!([])), [(String::new(), "the body must be an object, not an array".to_owned())]);
    }
}
