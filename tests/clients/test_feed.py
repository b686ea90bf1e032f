"""The feed, parsed by `feedparser`."""

from calendar import timegm
from datetime import datetime
from html import unescape

import feedparser
from conftest import NAME, TITLE


def read(url):
    feed = feedparser.parse(url)
    assert not feed.bozo, feed.bozo_exception
    assert feed.version == "atom10"
    return feed


def test_every_event_is_an_entry(daybook, events):
    feed = read(f"{daybook.url}/v1/timeline.atom")
    assert feed.feed.id.startswith("urn:uuid:")
    assert {entry.id for entry in feed.entries} == {f"urn:uuid:{id}" for id in events}
    for entry in feed.entries:
        event = events[entry.id.removeprefix("urn:uuid:")]
        assert entry.title.startswith(event["title"])
        assert timegm(entry.updated_parsed) == int(datetime.fromisoformat(event["updated_at"]).timestamp())
        assert entry.link == f"{daybook.url}/events/{event['id']}"


def test_the_link_next_leads_through_all_pages(daybook, events):
    url, ids, feeds = f"{daybook.url}/v1/timeline.atom?limit=3", [], set()
    while url:
        feed = read(url)
        assert 1 <= len(feed.entries) <= 3
        ids += [entry.id for entry in feed.entries]
        feeds.add(feed.feed.id)
        url = next((link.href for link in feed.feed.links if link.rel == "next"), None)
    assert sorted(ids) == sorted(f"urn:uuid:{id}" for id in events)
    assert len(feeds) == 1


def test_awkward_names_survive_and_are_no_markup(daybook, awkward):
    feed = read(f"{daybook.url}/v1/timeline.atom")
    entry = next(entry for entry in feed.entries if entry.id.endswith(awkward["id"]))
    assert entry.title == TITLE
    content = entry.content[0]
    assert content.type == "text/html"
    assert NAME in unescape(content.value)
    assert "<script" not in content.value
