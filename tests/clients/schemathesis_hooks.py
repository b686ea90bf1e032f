"""What schemathesis does not know by itself: bodies of lines and web pages are sent as the text that they are."""

import schemathesis

schemathesis.serializer.alias("application/x-ndjson", "text/plain")
schemathesis.serializer.alias("text/html", "text/plain")
