//! For whom a page is written: the language, whether its links keep it, and the URL of the page in other languages. Templates
//! reach both by the filters below.

use super::language::Language;
use askama::Values;
use std::any::Any;
use strum::VariantArray;
use url::form_urlencoded;

/// The reader of a page.
#[derive(Clone, Debug, Default)]
pub struct Locale {
    /// The language.
    pub language: Language,
    /// Whether the URL names the language, so that links of the page name it too.
    pub is_asked: bool,
    /// The path and the query of the page, without the language.
    pub here: String,
}

const NAME: &str = "locale";

impl Values for Locale {
    fn get_value<'a>(&'a self, key: &str) -> Option<&'a dyn Any> {
        (key == NAME).then_some(self)
    }
}

impl Locale {
    /// A link of the page: it keeps a language that the URL named. The API and files have none.
    fn link(&self, href: &str) -> String {
        let is_page = href.starts_with('/') && !["/v1/", "/assets/", "/docs"].iter().any(|of| href.starts_with(of));
        if is_page && self.is_asked && !has_language(href) { in_language(href, self.language) } else { href.to_owned() }
    }

    /// The page in each language: the language, and its URL.
    fn languages(&self) -> Vec<(Language, String)> {
        Language::VARIANTS.iter().map(|language| (*language, in_language(&self.here, *language))).collect()
    }
}

fn has_language(href: &str) -> bool {
    let query = href.split_once('?').map_or("", |(_, query)| query);
    form_urlencoded::parse(query.as_bytes()).any(|(name, _)| name == "lang")
}

fn in_language(href: &str, language: Language) -> String {
    let (href, fragment) = href.split_once('#').map_or((href, String::new()), |(href, of)| (href, format!("#{of}")));
    let mark = if href.contains('?') { '&' } else { '?' };
    format!("{href}{mark}lang={language}{fragment}")
}

/// What templates call, as in `{{ "copy"|text }}`.
#[expect(clippy::inline_always, clippy::unused_self, reason = "the code that `filter_fn` generates")]
pub mod filters {
    use super::{Language, Locale, NAME};
    use askama::{Result, Values};
    use fluent_bundle::FluentValue;
    use std::fmt::Display;

    fn locale(values: &dyn Values) -> Result<&Locale> {
        askama::get_value::<Locale>(values, NAME)
    }

    /// The message with this id.
    #[askama::filter_fn]
    pub fn text(id: impl Display, values: &dyn Values) -> Result<String> {
        Ok(locale(values)?.language.text(&id.to_string()))
    }

    /// A message that counts something.
    #[askama::filter_fn]
    pub fn count<N: Display>(id: impl Display, values: &dyn Values, count: N) -> Result<String> {
        let count = count.to_string();
        let count = FluentValue::try_number(&count);
        Ok(locale(values)?.language.with(&id.to_string(), [("count", count)]))
    }

    /// A message with one variable.
    #[askama::filter_fn]
    pub fn with<V: Display>(id: impl Display, values: &dyn Values, name: &str, value: V) -> Result<String> {
        Ok(locale(values)?.language.with(&id.to_string(), [(name, value.to_string().into())]))
    }

    /// A value of a vocabulary by its name.
    #[askama::filter_fn]
    pub fn of(value: impl Display, values: &dyn Values, vocabulary: &str) -> Result<String> {
        Ok(locale(values)?.language.name(vocabulary, value))
    }

    /// A link that keeps the language.
    #[askama::filter_fn]
    pub fn link(href: impl Display, values: &dyn Values) -> Result<String> {
        Ok(locale(values)?.link(&href.to_string()))
    }

    /// The page in each language.
    #[askama::filter_fn]
    pub fn languages(_: &str, values: &dyn Values) -> Result<Vec<(Language, String)>> {
        Ok(locale(values)?.languages())
    }
}
