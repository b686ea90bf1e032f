"""The calendar, parsed by `icalendar` in Python and by `ical.js`, the library of Thunderbird."""

import json
from datetime import date, timedelta

import pytest
from conftest import AWKWARD, NAME, TITLE, node
from icalendar import Calendar

STATUS = {"tentative": "TENTATIVE", "confirmed": "CONFIRMED", "cancelled": "CANCELLED", "postponed": "CONFIRMED"}


def by_icalendar(octets):
    return {
        str(event["UID"]): {
            "sequence": int(event["SEQUENCE"]),
            "start": event["DTSTART"].dt.isoformat(),
            "end": event["DTEND"].dt.isoformat(),
            "status": str(event["STATUS"]),
            "summary": str(event["SUMMARY"]),
            "location": event.get("LOCATION"),
            "description": str(event["DESCRIPTION"]),
        }
        for event in Calendar.from_ical(octets).walk("VEVENT")
    }


def by_icaljs(octets):
    return {event.pop("uid"): event for event in json.loads(node("ical.mjs", input=octets.decode()))}


READERS = pytest.mark.parametrize("read", [by_icalendar, by_icaljs], ids=["icalendar", "ical.js"])


@pytest.fixture(scope="module")
def calendar(daybook):
    return daybook.get("/v1/timeline.ics", **{"from": "2000-01-01", "coarse": "span"}).content


def test_lines_end_with_crlf_and_have_75_octets_at_most(calendar):
    *lines, rest = calendar.split(b"\r\n")
    assert rest == b""
    for line in lines:
        assert len(line) <= 75
        assert b"\n" not in line and b"\r" not in line
        line.decode("utf-8")  # No character is split.


@READERS
def test_identity_days_and_status_are_those_of_the_api(calendar, events, read):
    found = read(calendar)
    assert found.keys() == {f"{id}@daybook" for id in events}
    for id, event in events.items():
        entry = found[f"{id}@daybook"]
        after = date.fromisoformat(event["ends_on"]) + timedelta(days=1)
        status = "CANCELLED" if event["date_pending"] else STATUS[event["status"]]
        assert entry["sequence"] == event["revision"] - 1
        assert (entry["start"], entry["end"]) == (event["starts_on"], after.isoformat())
        assert entry["status"] == status
    assert {entry["status"] for entry in found.values()} == {"CONFIRMED", "CANCELLED"}
    # The harbour talks were moved.
    assert max(entry["sequence"] for entry in found.values()) > 0


@READERS
def test_a_coarse_date_says_so(calendar, read):
    summaries = [entry["summary"] for entry in read(calendar).values()]
    assert "Egypt–Ethiopia summit (in March 2022, day not set)" in summaries


@READERS
def test_awkward_names_survive(calendar, awkward, read):
    entry = read(calendar)[f"{awkward['id']}@daybook"]
    assert entry["summary"] == TITLE
    assert entry["location"] == AWKWARD["place"]["name"] + ", NO"
    assert NAME in entry["description"]


@READERS
def test_one_event_alone_is_the_same(daybook, calendar, events, read):
    whole = read(calendar)
    for id in events:
        assert read(daybook.get(f"/v1/events/{id}.ics").content) == {f"{id}@daybook": whole[f"{id}@daybook"]}
