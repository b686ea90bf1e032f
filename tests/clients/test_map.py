"""The map, validated by `geojson`."""

import geojson


def test_it_is_valid_and_has_every_event_at_its_place(daybook, events):
    collection = geojson.loads(daybook.get("/v1/timeline.geojson").text)
    assert collection.is_valid, collection.errors()
    assert {feature.id for feature in collection.features} == events.keys()
    for feature in collection.features:
        event = events[feature.id]
        place = event["place"]
        point = feature.geometry and feature.geometry.coordinates
        assert point == (place and [place["longitude"], place["latitude"]])
        assert feature.properties["title"] == event["title"]
    assert [feature.geometry for feature in collection.features].count(None) == 1
