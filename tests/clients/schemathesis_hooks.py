"""Hooks of schemathesis: NDJSON and HTML bodies are sent as text."""

import schemathesis

schemathesis.serializer.alias("application/x-ndjson", "text/plain")
schemathesis.serializer.alias("text/html", "text/plain")
