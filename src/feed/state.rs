//! How feeds and their items stand.

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
    /// It was not asked for yet.
    Waiting,
    /// The last request succeeded.
    Ok,
    /// It did not; it is tried again after ever longer waits, at least once a day.
    Failing,
    /// It may not be read: its address is not public, or robots.txt forbids it. This is looked at again once a day.
    Refused,
    /// It is permanently gone (410) and no longer polled.
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
    /// It is to be read.
    Waiting,
    /// It became an article.
    Stored,
    /// It did not, and is not tried again.
    Failed,
}
