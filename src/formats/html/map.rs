//! Events on a map of the world, in the Equal Earth projection of `assets/world.svg`.

use super::{
    super::Language,
    Asked,
    countries::place_in_full,
    entry::{Entry, entry},
};
use crate::event::{Event, Place};
use jiff::civil::Date;

/// The size of the map, and the scale at which the projection fills its width.
const CENTER: (f64, f64) = (500.0, 250.0);
const SCALE: f64 = 1000.0 / (2.0 * 2.706_629_7);

/// How large a part of the map stands around one place.
const AROUND: (f64, f64) = (230.0, 104.0);

/// Places of events on a map.
pub(super) struct Map<'a> {
    pub(super) spots: Vec<Spot<'a>>,
    /// What has no point on the map.
    pub(super) others: Vec<Entry<'a>>,
}

/// A place where there are events.
pub(super) struct Spot<'a> {
    pub(super) name: String,
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) radius: f64,
    /// Where its name begins, or ends where it stands before the place; none where there is no room for it.
    pub(super) name_at: Option<f64>,
    /// The same selection at this place.
    pub(super) href: String,
    pub(super) entries: Vec<Entry<'a>>,
}

/// A piece of the map with one place at its centre.
pub(super) struct Around {
    pub(super) view_box: String,
    pub(super) x: f64,
    pub(super) y: f64,
}

/// The map of events.
pub(super) fn map<'a>(events: &'a [Event], as_of: Option<Date>, asked: &Asked, language: Language) -> Map<'a> {
    let mut spots: Vec<Spot<'a>> = Vec::new();
    let mut others = Vec::new();
    for event in events {
        let place = event.state.place.as_ref();
        let Some((place, (x, y))) = place.and_then(|place| Some((place, point(place)?))) else {
            others.push(entry(event, as_of, language));
            continue;
        };
        let name = place_in_full(place);
        if let Some(spot) = spots.iter_mut().find(|spot| spot.name == name) {
            spot.entries.push(entry(event, as_of, language));
            continue;
        }
        let href = asked.without(&["place", "cursor"]).with("place", &place.name).url("/");
        let entries = vec![entry(event, as_of, language)];
        spots.push(Spot { name, x, y, radius: 0.0, name_at: None, href, entries });
    }
    spots.sort_by_key(|spot| std::cmp::Reverse(spot.entries.len()));
    for spot in &mut spots {
        #[expect(clippy::cast_precision_loss, reason = "a page holds few events")]
        let count = spot.entries.len() as f64;
        spot.radius = (3.5 + count.sqrt() * 1.8).min(20.0);
    }
    label(&mut spots);
    Map { spots, others }
}

/// Names those places that are no other's neighbours, the fullest first.
fn label(spots: &mut [Spot<'_>]) {
    let mut taken: Vec<(f64, f64, f64, f64)> =
        spots.iter().map(|spot| (spot.x - 4.0, spot.y - 4.0, spot.x + 4.0, spot.y + 4.0)).collect();
    for spot in spots {
        #[expect(clippy::cast_precision_loss, reason = "names are short")]
        let width = town(&spot.name).chars().count() as f64 * 6.2;
        let (top, bottom) = (spot.y - 7.0, spot.y + 7.0);
        let (after, before) = (spot.x + spot.radius + 3.0, spot.x - spot.radius - 3.0);
        for (at, left, right) in [(after, after, after + width), (before, before - width, before)] {
            let is_free = |other: &(f64, f64, f64, f64)| {
                left >= other.2 || other.0 >= right || top >= other.3 || other.1 >= bottom
            };
            if left > 0.0 && right < 1000.0 && taken.iter().all(is_free) {
                spot.name_at = Some(at);
                taken.push((left, top, right, bottom));
                break;
            }
        }
    }
}

impl Spot<'_> {
    /// Its name without the country.
    pub(super) fn town(&self) -> &str {
        town(&self.name)
    }
}

fn town(name: &str) -> &str {
    name.split(',').next().unwrap_or(name)
}

/// The map around a place; none of a whole country.
pub(super) fn around(place: &Place) -> Option<Around> {
    let (x, y) = point(place)?;
    let (width, height) = AROUND;
    let (left, top) = ((x - width / 2.0).clamp(0.0, 1000.0 - width), (y - height / 2.0).clamp(0.0, 460.0 - height));
    Some(Around { view_box: format!("{left:.1} {top:.1} {width} {height}"), x, y })
}

/// Where a place lies on the map.
fn point(place: &Place) -> Option<(f64, f64)> {
    let (latitude, longitude) = (place.latitude?, place.longitude?);
    let (x, y) = equal_earth(latitude.to_radians(), longitude.to_radians());
    let tenth = |value: f64| (value * 10.0).round() / 10.0;
    Some((tenth(CENTER.0 + SCALE * x), tenth(CENTER.1 - SCALE * y)))
}

/// The projection of Šavrič, Patterson and Jenny (2018), with their coefficients.
fn equal_earth(latitude: f64, longitude: f64) -> (f64, f64) {
    const A: [f64; 4] = [1.340_264, -0.081_106, 0.000_893, 0.003_796];
    let root = 3_f64.sqrt() / 2.0;
    let angle = (root * latitude.sin()).asin();
    let square = angle * angle;
    let sixth = square.powi(3);
    let slope = A[0] + 3.0 * A[1] * square + sixth * (7.0 * A[2] + 9.0 * A[3] * square);
    let x = longitude * angle.cos() / (root * slope);
    let y = angle * (A[0] + A[1] * square + sixth * (A[2] + A[3] * square));
    (x, y)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_lie_where_the_projection_of_the_map_has_them() {
        // As d3-geo's geoEqualEarth gives them, which drew the map.
        let at = |latitude, longitude| {
            let place =
                Place { name: String::new(), country: None, latitude: Some(latitude), longitude: Some(longitude) };
            point(&place).unwrap()
        };
        assert_eq!(at(0.0, 0.0), (500.0, 250.0));
        assert_eq!(at(0.0, 180.0), (1000.0, 250.0));
        assert_eq!(at(46.2, 6.15), (514.5, 87.4));
        assert_eq!(at(-35.28, 149.13), (877.4, 377.5));
        assert_eq!(at(38.9, -77.04), (309.0, 110.5));
    }
}
