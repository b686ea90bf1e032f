//! The gazetteer: the `names` of states, organisations and places, loaded from the data `files`.

mod files;
mod names;

pub use files::read;
pub use names::{Followers, Gazetteer, How, PartyId, PlaceId, Reading};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::words::Words;

    #[test]
    fn a_country_and_an_organisation_may_share_a_code() {
        let gazetteer = read(&mut Words::default());
        let named = |code| gazetteer.party_of(code).map(|party| gazetteer.parties[party].name);
        assert_eq!(named("AU"), Some("Australia"));
        assert_eq!(named("org:AU"), Some("African Union"));
        assert_eq!(named("org:FR"), None);
        assert_eq!(named("NATO"), named("org:NATO"));
        assert!(gazetteer.country("NATO").is_none() && gazetteer.organisation("FR").is_none());
    }
}
