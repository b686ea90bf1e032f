//! `/openapi.yaml`, the API reference and the documentation in `/docs`

use crate::support::Api;
use axum::http::{StatusCode, header};
use serde_json::{Value, json};
use sqlx::PgPool;

#[test]
fn the_committed_description_is_the_generated_one() {
    let generated = daybook::http::openapi().to_yaml().unwrap();
    let committed = include_str!("../../openapi.yaml");
    assert!(generated == committed, "openapi.yaml is out of date; run: cargo run -- openapi >openapi.yaml");
}

#[sqlx::test]
async fn the_description_is_served(pool: PgPool) {
    let answer = Api::new(pool).get("/openapi.yaml").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header(header::CONTENT_TYPE), "application/yaml");
    assert!(answer.body == include_bytes!("../../openapi.yaml"), "not the committed description");
}

#[sqlx::test]
async fn the_reference_needs_no_network(pool: PgPool) {
    let api = Api::new(pool);
    let page = api.get("/docs/reference/").await;
    assert_eq!(page.status, StatusCode::OK);
    let page = String::from_utf8(page.body).unwrap();
    assert!(!page.contains("https://"), "{page}");
    let files: Vec<&str> = page.split('"').filter(|part| part.starts_with("/docs/reference/")).collect();
    assert_eq!(files.len(), 3, "{page}");
    for file in files {
        let file = api.get(file).await;
        assert_eq!(file.status, StatusCode::OK);
        assert!(!String::from_utf8(file.body).unwrap().contains("unsafe-inline"));
    }
    let script = api.get("/docs/reference/reference.js").await;
    assert!(String::from_utf8(script.body).unwrap().contains("/openapi.yaml"));
    let description = api.get("/openapi.yaml").await;
    assert!(
        String::from_utf8(description.body).unwrap().contains("## Store an article, get events"),
        "the guide is first"
    );
}

#[sqlx::test]
async fn the_documentation_is_served(pool: PgPool) {
    let api = Api::new(pool);
    let text = async |uri: &str| {
        let page = api.get(uri).await;
        assert_eq!(
            (page.status, page.header(header::CONTENT_TYPE)),
            (StatusCode::OK, "text/html; charset=utf-8"),
            "{uri}"
        );
        String::from_utf8(page.body).unwrap()
    };
    for uri in ["/docs", "/docs/"] {
        let page = text(uri).await;
        assert!(page.contains(r#"href="/docs/articles""#) && page.contains(r#"href="/docs/reference/""#), "{page}");
    }
    assert!(text("/docs/cli").await.contains("<h1 id=\"command-line\">Command line</h1>"));
    api.get("/docs/none").await.problem(StatusCode::NOT_FOUND);
}

/// Returns a schema of the document with its references resolved.
fn resolved(api: &Value, schema: &Value) -> Value {
    let mut properties = serde_json::Map::new();
    let mut required: Vec<Value> = Vec::new();
    let mut parts = vec![schema.clone()];
    while let Some(part) = parts.pop() {
        if let Some(path) = part["$ref"].as_str() {
            parts.push(api.pointer(path.trim_start_matches('#')).unwrap().clone());
        }
        parts.extend(part["allOf"].as_array().into_iter().flatten().cloned());
        properties.extend(part["properties"].as_object().into_iter().flatten().map(|(k, v)| (k.clone(), v.clone())));
        required.extend(part["required"].as_array().into_iter().flatten().cloned());
    }
    json!({"properties": properties, "required": required})
}

/// Checks that every field of a schema is required and present in a response.
fn assert_complete(api: &Value, name: &str, answer: &Value) {
    let schema = resolved(api, &json!({"$ref": format!("#/components/schemas/{name}")}));
    for field in schema["properties"].as_object().unwrap().keys() {
        assert!(schema["required"].as_array().unwrap().contains(&json!(field)), "{name}: {field} may be absent");
        assert!(answer.get(field).is_some(), "{name}: {field} is absent: {answer}");
    }
    assert!(!schema["properties"].as_object().unwrap().is_empty(), "{name}");
}

#[sqlx::test]
async fn every_field_of_an_event_is_present(pool: PgPool) {
    let description = serde_json::to_value(daybook::http::openapi()).unwrap();
    let api = Api::new(pool);
    let article = json!({"text": "Japan and Australia will hold talks on 7 March.", "published_on": "2023-02-14"});
    let extracted = api.post_json("/v1/extract", &article).await.json();
    assert_complete(&description, "ExtractedEvent", &extracted["events"][0]);
    assert!(extracted["events"][0].get("id").is_none(), "what is not stored has no id: {extracted}");
    let stored = api.post_json("/v1/articles", &article).await.json();
    let id = stored["events"][0]["id"].as_str().unwrap();
    let event = api.get(&format!("/v1/events/{id}")).await.json();
    assert_complete(&description, "Event", &event);
    assert_complete(&description, "Evidence", &event["evidence"][0]);
    assert_complete(&description, "EvidenceArticle", &event["evidence"][0]["article"]);
    assert_complete(&description, "Participant", &event["participants"][0]);
    let listed = api.get("/v1/events").await.json()["items"][0].take();
    assert_complete(&description, "Event", &listed);
    assert_eq!(listed["headline"], "Japan and Australia will hold talks on 7 March.");
}

#[test]
fn filters_with_a_closed_set_are_arrays_of_enums() {
    let description = serde_json::to_value(daybook::http::openapi()).unwrap();
    let parameters = description["paths"]["/v1/events"]["get"]["parameters"].as_array().unwrap();
    let parameter = |name: &str| parameters.iter().find(|parameter| parameter["name"] == name).unwrap();
    for name in ["kind", "status", "precision", "include"] {
        let schema = &parameter(name)["schema"];
        assert_eq!(
            (&schema["type"], &parameter(name)["explode"]),
            (&json!("array"), &json!(false)),
            "{name}: {schema}"
        );
        let items = &schema["items"];
        let items = items["$ref"].as_str().map_or(items, |of| description.pointer(of.trim_start_matches('#')).unwrap());
        assert!(items["enum"].is_array(), "{name}: {items}");
    }
    assert!(parameter("sort")["schema"].to_string().contains("\"-updated_at\""), "{}", parameter("sort"));
}
