//! What a search for people knows: the text, its other names, and the lists.

use crate::extract::entities::entity::Entity;
use crate::extract::entities::lists::Lists;
use crate::extract::entities::name_words::NamePart;
use crate::extract::entities::places::Countries;
use crate::extract::text::Document;
use crate::extract::time::Timex;
use crate::extract::words::WordId;
use jiff::civil::Date;

/// A search for people in a text whose other names are known.
pub(in crate::extract::entities) struct Search<'a, 't> {
    /// The text.
    pub doc: &'a Document<'t>,
    /// The lists of names.
    pub lists: Lists<'a>,
    /// The other names of the text.
    pub entities: &'a [Entity],
    /// The text's date expressions: "May".
    pub timexes: &'a [Timex],
    /// The countries that the text names.
    pub about: &'a Countries,
    /// The day of publication.
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
