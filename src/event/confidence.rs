//! Confidence: how likely it is that an event is as its evidence says.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, Type},
};

/// A probability from 0 to 1 in hundredths, written as a number: `0.87`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Confidence(u8);

impl Confidence {
    /// What a person vouches for.
    pub const CERTAIN: Self = Self(100);
    /// What nothing is known of.
    pub const NONE: Self = Self(0);
    /// The most that reading alone can reach.
    const MOST_READ: f64 = 0.99;

    /// The confidence of what was read, by its probability; at most 0.99.
    pub fn of_reading(probability: f32) -> Self {
        Self::rounded(f64::from(probability).clamp(0.0, Self::MOST_READ))
    }

    /// A probability to the nearest hundredth; `None` unless it lies between 0 and 1.
    ///
    /// ```
    /// use daybook::event::Confidence;
    /// assert_eq!(Confidence::new(0.876).unwrap().value(), 0.88);
    /// assert_eq!(Confidence::new(1.5), None);
    /// ```
    pub fn new(probability: f64) -> Option<Self> {
        (0.0..=1.0).contains(&probability).then(|| Self::rounded(probability))
    }

    /// The probability, from 0 to 1.
    pub fn value(self) -> f64 {
        f64::from(self.0) / 100.0
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 100")]
    fn rounded(probability: f64) -> Self {
        Self((probability * 100.0).round() as u8)
    }
}

impl Serialize for Confidence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.value())
    }
}

impl<'de> Deserialize<'de> for Confidence {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let probability = f64::deserialize(deserializer)?;
        Self::new(probability).ok_or_else(|| D::Error::custom("confidence lies between 0 and 1"))
    }
}

impl ToSchema for Confidence {}

impl PartialSchema for Confidence {
    fn schema() -> RefOr<Schema> {
        let number = ObjectBuilder::new().schema_type(Type::Number).minimum(Some(0)).maximum(Some(1));
        number.description(Some("A probability from 0 to 1, in hundredths.")).examples([serde_json::json!(0.87)]).into()
    }
}
