"""The linked data, expanded by PyLD. schema.org.json replaces the context that a processor would fetch from the
network: the terms used here, with their types."""

import json

import pytest
from conftest import HERE, NAME, TITLE
from pyld import jsonld

SCHEMA = "http://schema.org/"


def load(url, _options):
    assert url == "https://schema.org"
    context = json.loads((HERE / "schema.org.json").read_text("utf-8"))
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": context}


def values(node, term):
    return [value.get("@value", value.get("@id")) for value in node.get(SCHEMA + term, [])]


@pytest.fixture(scope="module")
def nodes(daybook):
    document = daybook.get("/v1/timeline.jsonld").json()
    return {node["@id"].rsplit("/", 1)[1]: node for node in jsonld.expand(document, {"documentLoader": load})}


def longitude(place):
    [point] = place[SCHEMA + "geo"]
    return values(point, "longitude")


def titled(nodes, title):
    return next(node for node in nodes.values() if values(node, "name") == [title])


def test_every_event_is_one_to_schema_org(nodes, events):
    assert nodes.keys() == events.keys()
    for id, node in nodes.items():
        event = events[id]
        assert node["@type"] == [SCHEMA + "Event"]
        assert values(node, "name") == [event["title"]]
        assert values(node, "url") == [node["@id"].replace("/v1/", "/")]
        first = values(node, "startDate")
        assert first == [event["starts_on"] if event["precision"] == "day" else event["starts_on"][:7]]
        locations = [(values(place, "name"), longitude(place)) for place in node.get(SCHEMA + "location", [])]
        place = event["place"]
        assert locations == ([([place["name"]], [place["longitude"]])] if place else [])
        attendees = [values(attendee, "name") for attendee in node[SCHEMA + "attendee"]]
        assert attendees == [[party["name"]] for party in event["participants"]]


def test_its_status_says_what_became_of_it(nodes):
    expected = {
        "United States–Russia talks in Geneva": ("EventScheduled", "2022-01-10", []),
        "Norway–Iceland talks in Oslo": ("EventRescheduled", "2022-01-27", ["2022-01-20"]),
        "Peru–Chile talks in Lima": ("EventPostponed", "2022-01-18", []),
        "Canada–Denmark talks in Ottawa": ("EventCancelled", "2022-01-25", []),
    }
    for title, (status, start, previous) in expected.items():
        node = titled(nodes, title)
        assert values(node, "eventStatus") == ["https://schema.org/" + status]
        assert values(node, "startDate") == [start]
        assert values(node, "previousStartDate") == previous


def test_awkward_names_survive(nodes):
    node = titled(nodes, TITLE)
    assert [NAME] in [values(attendee, "name") for attendee in node[SCHEMA + "attendee"]]
