//! The lists by which names are found, borrowed together.

use super::gazetteer::Gazetteer;
use super::leaders::Leaders;
use super::name_words::NameWords;
use super::offices::Offices;
use crate::extract::text::Document;

/// What is known of names before a text is read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lists<'l> {
    /// The names of the world.
    pub gazetteer: &'l Gazetteer,
    /// What those who act for a party are called.
    pub offices: &'l Offices,
    /// Who acted for whom and when.
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
