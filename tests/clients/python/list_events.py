"""A script of a desk: its client is generated from the API's description. Writes each event of January 2022, for test_python.py."""

import datetime
import sys
from uuid import UUID

from daybook_client import Client
from daybook_client.api.events import get_event, list_events
from daybook_client.api.extraction import extract_article
from daybook_client.models import Article, Event, Kind, Problem

client = Client(base_url=sys.argv[1])

page = list_events.sync(client=client, from_="2022-01-01", to="2022-01-31", kind=[Kind.TALKS])
for event in page.items:
    participants = "+".join(party.name for party in event.participants)
    print(event.starts_on, event.status.value, event.place.name if event.place else "nowhere", participants)

# One event with its evidence, whose dates and ids are values of their own types.
event = get_event.sync(client=client, id=page.items[0].id)
assert isinstance(event, Event) and isinstance(event.id, UUID), event
print(event.starts_on.year, event.evidence[0].article.published_on)

# A wrong value is refused by a problem that says which.
wrong = list_events.sync(client=client, from_="soon")
assert isinstance(wrong, Problem), wrong
print(wrong.status, wrong.field)

# A body is one of several models.
article = Article(text="Chile and Peru will hold talks in Lima on 7 March.", published_on=datetime.date(2025, 2, 20))
print(extract_article.sync(client=client, body=article).events[0].starts_on)
