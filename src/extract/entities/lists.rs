//! The lists of names, borrowed together.

use super::gazetteer::Gazetteer;
use super::leaders::Leaders;
use super::name_words::NameWords;
use super::offices::Offices;
use crate::extract::text::Document;

/// The lists of names, independent of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lists<'l> {
    /// States, organisations and places.
    pub gazetteer: &'l Gazetteer,
    /// The offices.
    pub offices: &'l Offices,
    /// The leaders, with their terms.
    pub leaders: &'l Leaders,
    /// The words inside and around names.
    pub parts: &'l NameWords,
}

impl Lists<'_> {
    /// Whether an office begins at token `at`.
    pub fn office_at(self, doc: &Document<'_>, at: usize, limit: usize) -> bool {
        self.offices.at(doc, at, limit).is_some()
    }
}
