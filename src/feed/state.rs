//! The states of feeds and their items.

use serde::{Deserialize, Serialize};
use strum::{Display, EnumString, IntoStaticStr, VariantArray};
use utoipa::ToSchema;

/// The state of a feed.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    ToSchema,
    Display,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "lowercase")]
pub enum FeedState {
    /// Not polled yet.
    Waiting,
    /// The last request succeeded.
    Ok,
    /// The last request failed. Retried with increasing delays, at least once a day.
    Failing,
    /// May not be fetched: its URL is not public, or robots.txt forbids it. Checked again once a day.
    Refused,
    /// Permanently deleted (410), and no longer polled.
    Gone,
}

/// The state of an item of a feed.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    ToSchema,
    Display,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "lowercase")]
pub enum ItemState {
    /// Not fetched yet.
    Waiting,
    /// Stored as an article.
    Stored,
    /// Failed, and not retried.
    Failed,
}
