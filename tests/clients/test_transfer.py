"""Compression, conditional requests and HEAD, by curl."""

import subprocess

import pytest

DOCUMENTS = pytest.mark.parametrize(
    "path",
    ["events", "timeline", "facets"]
    + [f"timeline.{form}" for form in "ics csv atom geojson jsonld html timelinejs.json fullcalendar.json".split()],
)


def curl(url, *options):
    command = ["curl", "--silent", "--show-error", "--fail", *options, url]
    return subprocess.run(command, capture_output=True, check=True).stdout


def headers(text):
    """Returns the headers of a response without those that differ in each one."""
    lines = text.decode().splitlines()[1:]
    fields = dict(line.lower().split(": ", 1) for line in lines if line)
    return {name: value for name, value in fields.items() if name not in ("date", "x-request-id")}


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd"])
def test_what_curl_unpacks_is_the_same(daybook, coding, tmp_path):
    features = {"gzip": "libz", "br": "brotli", "zstd": "zstd"}
    if features[coding] not in subprocess.run(["curl", "--version"], capture_output=True, check=True).stdout.decode():
        pytest.skip(f"this curl has no {coding}")
    url, fields = f"{daybook.url}/v1/timeline.ics", tmp_path / "fields"
    options = ["--compressed", "--header", f"Accept-Encoding: {coding}", "--dump-header", fields]
    assert curl(url, *options) == curl(url)
    assert headers(fields.read_bytes())["content-encoding"] == coding


@DOCUMENTS
def test_what_curl_holds_is_not_sent_again(daybook, path, tmp_path):
    url, tag = f"{daybook.url}/v1/{path}", tmp_path / "tag"
    assert curl(url, "--etag-save", tag)
    again = curl(url, "--etag-compare", tag, "--write-out", "%{http_code} %{size_download}")
    assert again == b"304 0"


@DOCUMENTS
def test_head_tells_what_get_would(daybook, path, tmp_path):
    url, fields = f"{daybook.url}/v1/{path}", tmp_path / "fields"
    body = curl(url, "--dump-header", fields)
    head = headers(curl(url, "--head"))
    assert head == headers(fields.read_bytes())
    assert int(head["content-length"]) == len(body)
