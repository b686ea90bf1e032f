//! Merges the details of an event from several mentions: each field is taken from the mention that
//! states it with the highest confidence; among equals, the latest.

use crate::event::{Confidence, Details, EventState, Mention};
use jiff::civil::Date;

/// The confidence of the mention that stated each field.
#[derive(Clone, Debug, Default)]
pub(super) struct DetailsFold {
    name: Option<Confidence>,
    topic: Option<Confidence>,
    local_time: Option<Confidence>,
    format: Option<Confidence>,
    level: Option<Confidence>,
}

impl DetailsFold {
    /// Starts with the details of the first entry.
    pub(super) fn of(details: &Details, confidence: Confidence) -> Self {
        let mut fold = Self::default();
        fold.add(&mut Details::default(), details, confidence);
        fold
    }

    /// Adds the details of a mention to the state of an event. `was` is the start date before the
    /// mention was applied.
    pub(super) fn add_mention(&mut self, state: &mut EventState, mention: &Mention, was: Date) {
        // The clock time of a previous date does not apply to the new one.
        if state.when.starts_on != was || state.when.starts_at.is_some() {
            (state.details.local_time, self.local_time) = (None, None);
        }
        let mut stated = mention.details.clone();
        let of_date = mention.when.as_ref().is_some_and(|when| when.starts_on == state.when.starts_on);
        stated.local_time = stated.local_time.filter(|_| of_date && state.when.starts_at.is_none());
        self.add(&mut state.details, &stated, mention.confidence().unwrap_or(Confidence::NONE));
    }

    fn add(&mut self, known: &mut Details, stated: &Details, confidence: Confidence) {
        replace(&mut known.name, stated.name.as_ref(), &mut self.name, confidence);
        replace(&mut known.topic, stated.topic.as_ref(), &mut self.topic, confidence);
        replace(&mut known.local_time, stated.local_time.as_ref(), &mut self.local_time, confidence);
        replace(&mut known.format, stated.format.as_ref(), &mut self.format, confidence);
        replace(&mut known.level, stated.level.as_ref(), &mut self.level, confidence);
    }
}

/// Replaces a field if the new value is stated with at least the same confidence.
fn replace<T: Clone>(known: &mut Option<T>, stated: Option<&T>, of: &mut Option<Confidence>, confidence: Confidence) {
    if let Some(stated) = stated
        && of.is_none_or(|of| confidence >= of)
    {
        *known = Some(stated.clone());
        *of = Some(confidence);
    }
}
