//! Confidence: the probability that an event is scheduled as its evidence states.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, Type},
};

/// A probability from 0 to 1 in hundredths, serialized as a number such as `0.87`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Confidence(u8);

impl Confidence {
    /// The confidence of a person's statement.
    pub const CERTAIN: Self = Self(100);
    /// The confidence without evidence.
    pub const NONE: Self = Self(0);
    /// The highest confidence that extraction alone can reach.
    const MOST_READ: f64 = 0.99;

    /// Returns the confidence of an extracted mention, at most 0.99.
    pub fn of_reading(probability: f32) -> Self {
        Self::rounded(f64::from(probability).clamp(0.0, Self::MOST_READ))
    }

    /// Returns a probability rounded to hundredths; `None` unless it is between 0 and 1.
    ///
    /// ```
    /// use daybook::event::Confidence;
    /// assert_eq!(Confidence::new(0.876).unwrap().value(), 0.88);
    /// assert_eq!(Confidence::new(1.5), None);
    /// ```
    pub fn new(probability: f64) -> Option<Self> {
        (0.0..=1.0).contains(&probability).then(|| Self::rounded(probability))
    }

    /// Returns the probability, from 0 to 1.
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
