//! The languages of the pages, and their words: one catalogue of messages for each in `data/page`, in the syntax of Fluent.

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use jiff::civil::Date;
use std::{fmt, sync::LazyLock};
use strum::{Display, EnumString, VariantArray};
use utoipa::ToSchema;

/// A language of the pages, written as its tag: "de".
#[derive(Clone, Copy, Debug, Default, Display, EnumString, PartialEq, Eq, ToSchema, VariantArray)]
pub enum Language {
    /// Also the language of all other documents.
    #[default]
    #[strum(serialize = "en")]
    #[schema(rename = "en")]
    English,
    /// Deutsch.
    #[strum(serialize = "de")]
    #[schema(rename = "de")]
    German,
    /// Français.
    #[strum(serialize = "fr")]
    #[schema(rename = "fr")]
    French,
}

type Catalogue = FluentBundle<FluentResource>;

static CATALOGUES: LazyLock<[Catalogue; 3]> = LazyLock::new(|| {
    [
        catalogue(Language::English, include_str!("../../data/page/en.ftl")),
        catalogue(Language::German, include_str!("../../data/page/de.ftl")),
        catalogue(Language::French, include_str!("../../data/page/fr.ftl")),
    ]
});

/// What the file holds. `tests/words.rs` holds that each file is valid.
fn catalogue(language: Language, file: &str) -> Catalogue {
    let tag = language.to_string().parse().unwrap_or_default();
    let mut catalogue = FluentBundle::new_concurrent(vec![tag]);
    // The marks around a value that isolate its direction of writing would be text in titles and URLs.
    catalogue.set_use_isolating(false);
    let (Ok(resource) | Err((resource, _))) = FluentResource::try_new(file.to_owned());
    catalogue.add_resource_overriding(resource);
    catalogue
}

impl Language {
    /// The message with this id.
    pub fn text(self, id: &str) -> String {
        self.with(id, [])
    }

    /// A message that counts something: its variable is `$count`.
    pub fn count(self, id: &str, count: usize) -> String {
        self.with(id, [("count", count.into())])
    }

    /// A message with the values of its variables.
    pub fn with<'a, const N: usize>(self, id: &str, values: [(&'a str, FluentValue<'a>); N]) -> String {
        self.format(id, &FluentArgs::from_iter(values))
    }

    /// A message about a day, which has the variables `$weekday` (1 for Monday), `$day`, `$month` and `$year`.
    pub fn date(self, id: &str, date: Date) -> String {
        self.with(
            id,
            [
                ("weekday", date.weekday().to_monday_one_offset().into()),
                ("day", date.day().into()),
                ("month", date.month().into()),
                ("year", date.year().into()),
            ],
        )
    }

    /// A value of a vocabulary by its name: "talks" of `kind`.
    pub fn name(self, vocabulary: &str, value: impl fmt::Display) -> String {
        self.text(&format!("{vocabulary}-{value}"))
    }

    fn format(self, id: &str, values: &FluentArgs<'_>) -> String {
        let [english, german, french] = &*CATALOGUES;
        let catalogue = match self {
            Self::English => english,
            Self::German => german,
            Self::French => french,
        };
        let pattern = catalogue.get_message(id).and_then(|message| message.value());
        // An id without a message shows itself, as a person would report it.
        pattern.map_or_else(
            || id.to_owned(),
            |pattern| catalogue.format_pattern(pattern, Some(values), &mut vec![]).into_owned(),
        )
    }
}
