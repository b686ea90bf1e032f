//! The inputs of a search for people: the text, its other entities, and the lists.

use crate::extract::entities::entity::Entity;
use crate::extract::entities::lists::Lists;
use crate::extract::entities::name_words::NamePart;
use crate::extract::entities::places::Countries;
use crate::extract::text::Document;
use crate::extract::time::Timex;
use crate::extract::words::WordId;
use jiff::civil::Date;

/// A search for people in a text whose other entities are known.
pub(in crate::extract::entities) struct Search<'a, 't> {
    /// The text.
    pub doc: &'a Document<'t>,
    /// The lists of names.
    pub lists: Lists<'a>,
    /// The other entities of the text.
    pub entities: &'a [Entity],
    /// The date expressions of the text, with which names can collide: "May".
    pub timexes: &'a [Timex],
    /// The countries named in the text.
    pub about: &'a Countries,
    /// The publication date.
    pub published_on: Date,
}

impl Search<'_, '_> {
    pub(super) fn word(&self, at: usize) -> WordId {
        self.doc.tokens[at].word
    }

    pub(super) fn is(&self, at: usize, part: NamePart) -> bool {
        self.lists.parts.is(self.word(at), part)
    }
}
