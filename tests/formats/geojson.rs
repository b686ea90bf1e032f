//! The map.

use super::{events, json};
use daybook::formats::geojson;
use serde_json::json;

#[test]
fn a_map() {
    insta::assert_json_snapshot!(json(geojson, &events()));
}

#[test]
fn longitude_comes_first() {
    let map = json(geojson, &events()[3..4]);
    assert_eq!(map["type"], "FeatureCollection");
    let feature = &map["features"][0];
    assert_eq!(feature["type"], "Feature");
    assert_eq!(feature["id"], "01941f29-7c00-7a11-8a3e-000000000004");
    assert_eq!(feature["geometry"], json!({"type": "Point", "coordinates": [-77.0364, 38.8951]}));
}

#[test]
fn without_a_point_the_geometry_is_null() {
    let map = json(geojson, &[events()[1].clone(), events()[4].clone()]);
    for feature in map["features"].as_array().unwrap() {
        assert!(feature.as_object().unwrap().contains_key("geometry"));
        assert!(feature["geometry"].is_null());
    }
}

#[test]
fn properties_are_flat() {
    for feature in json(geojson, &events())["features"].as_array().unwrap() {
        for (name, value) in feature["properties"].as_object().unwrap() {
            assert!(!value.is_object() && !value.is_array(), "{name} is {value}");
        }
    }
}

#[test]
fn an_empty_map_has_no_features() {
    assert_eq!(json(geojson, &[])["features"], json!([]));
}
