//! Marks response schemas in `openapi.yaml` whose fields are always present, with `null` for a
//! missing value, so that clients need not handle absent fields.

use utoipa::openapi::{OpenApi, RefOr, Schema};

/// The schemas of which every field is always present.
const COMPLETE: [&str; 26] = [
    "Change",
    "CorrectionEvidence",
    "DateQuote",
    "Editorial",
    "Event",
    "EventDates",
    "EventDetails",
    "EventState",
    "EventSummary",
    "Evidence",
    "EvidenceArticle",
    "ExtractedEvent",
    "Feed",
    "FeedItem",
    "ListedCorrection",
    "Participant",
    "Place",
    "PlaceSuggestion",
    "PreviousDate",
    "ReviewItem",
    "Revision",
    "Statement",
    "StoredEvent",
    "Tombstone",
    "UnknownName",
    "Webhook",
];

/// Marks every field of these schemas as required.
pub(super) fn describe(api: &mut OpenApi) {
    let schemas = &mut api.components.get_or_insert_default().schemas;
    for name in COMPLETE {
        if let Some(RefOr::T(schema)) = schemas.get_mut(name) {
            require_all(schema);
        }
    }
}

fn require_all(schema: &mut Schema) {
    match schema {
        Schema::Object(object) => object.required = object.properties.keys().cloned().collect(),
        Schema::AllOf(all) => {
            for part in &mut all.items {
                if let RefOr::T(part) = part {
                    require_all(part);
                }
            }
        }
        _ => {}
    }
}
