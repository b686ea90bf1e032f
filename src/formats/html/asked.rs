//! The parameters of a page: what a reader asked for, and URLs that ask for something else.

use url::form_urlencoded;

/// The parameters of a page, without blank ones.
#[derive(Clone, Debug, Default)]
pub struct Asked(pub Vec<(String, String)>);

/// A parameter that was refused.
#[derive(Clone, Debug)]
pub struct FieldError {
    /// Its name, where one parameter is at fault.
    pub field: Option<String>,
    /// What is wrong and what would be right.
    pub detail: String,
}

impl Asked {
    /// The value of a parameter.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| &**value)
    }

    /// All values of a parameter that may be repeated.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| &**value)
    }

    /// The others.
    #[must_use]
    pub fn without(&self, names: &[&str]) -> Self {
        Self(self.0.iter().filter(|(name, _)| !names.contains(&&**name)).cloned().collect())
    }

    /// With one more.
    #[must_use]
    pub fn with(mut self, name: &str, value: &(impl ToString + ?Sized)) -> Self {
        self.0.push((name.to_owned(), value.to_string()));
        self
    }

    /// A path with these parameters.
    pub fn url(&self, path: &str) -> String {
        if self.0.is_empty() {
            return path.to_owned();
        }
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(&self.0).finish();
        format!("{path}?{query}")
    }

    /// Whether one of the values of a parameter, between commas, is this one.
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.all(name).any(|all| all.split(',').any(|one| one.trim().eq_ignore_ascii_case(value)))
    }

    /// With a value added to those of a parameter, or taken out of them. Values of `participant` are repeated, as all of them
    /// must take part; of other parameters there is one.
    #[must_use]
    pub fn toggled(&self, name: &str, value: &str) -> Self {
        let mut toggled = self.without(&["cursor"]);
        if !self.has(name, value) {
            if name != "participant" {
                toggled = toggled.without(&[name]);
            }
            return toggled.with(name, value);
        }
        for (_, values) in toggled.0.iter_mut().filter(|(known, _)| known == name) {
            let rest: Vec<&str> = values.split(',').filter(|one| !one.trim().eq_ignore_ascii_case(value)).collect();
            *values = rest.join(",");
        }
        toggled.0.retain(|(_, value)| !value.is_empty());
        toggled
    }
}

#[cfg(test)]
mod tests {
    use super::Asked;

    #[test]
    fn a_chip_adds_its_value_and_takes_it_out_again() {
        let asked = Asked::default().with("kind", "talks,summit").with("participant", "RU").with("cursor", "1");
        assert_eq!(asked.toggled("kind", "summit").url("/"), "/?kind=talks&participant=RU");
        assert_eq!(asked.toggled("kind", "vote").url("/"), "/?participant=RU&kind=vote");
        assert_eq!(asked.toggled("participant", "US").url("/"), "/?kind=talks%2Csummit&participant=RU&participant=US");
        assert_eq!(asked.toggled("participant", "ru").url("/"), "/?kind=talks%2Csummit");
    }
}
