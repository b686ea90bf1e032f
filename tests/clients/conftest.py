"""Fixtures of the client tests: the real daybook with articles and an event of awkward names; prints a line per test."""

import os
import re
import subprocess
import threading
from pathlib import Path

import pytest
import requests
from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent

# Difficult for formats: 80 letters of two octets, separators of iCalendar and CSV, line endings, quotes, markup.
CYRILLIC = "Объединённый комитет по вопросам судоходства, рыболовства и охраны северных озёр"
NAME = CYRILLIC + ' 🕊️; "C:\\notes, drafts"\n<script>document.title = "broken"</script> & sons'
# A formula to a spreadsheet.
TITLE = "=SUM(1,2) " + NAME

AWKWARD = {
    "author": "The checks",
    "reason": "Names are not always kind",
    "title": TITLE,
    "kind": "meeting",
    "starts_on": "2022-01-17",
    "ends_on": "2022-01-19",
    "place": {"name": 'Tromsø; "Harbour", 7', "country": "NO", "latitude": 69.6489, "longitude": 18.9551},
    "participants": [{"kind": "organization", "name": NAME}, {"kind": "country", "name": "Norway", "code": "NO"}],
}


class Daybook:
    """The real program with its embedded PostgreSQL, and a client."""

    def __init__(self, folder, *options):
        self.settings = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        self.settings["DAYBOOK_DATA_DIR"] = str(folder / "data")
        self.options = options
        self.process = None
        self.session = requests.Session()

    def start(self):
        """Starts the service with the articles of this directory and the event of awkward names."""
        self.serve()
        self._tell()

    def serve(self):
        """Starts the service with its existing data."""
        command = [os.environ["DAYBOOK"], "serve", "--listen", "127.0.0.1:0", *self.options]
        self.process = subprocess.Popen(command, env=self.settings, stderr=subprocess.PIPE, text=True)
        self.url = self._address()
        # Drains the log, since a full pipe would block the program.
        threading.Thread(target=self.process.stderr.read, daemon=True).start()

    def stop(self):
        """Stops it with SIGTERM."""
        self.process.terminate()
        assert self.process.wait(timeout=30) == 0

    def make_key(self):
        """Creates an admin key; from then on, writing requires a key."""
        command = [os.environ["DAYBOOK"], "key", "create", "--name", "checks", "--scope", "admin"]
        made = subprocess.run(command, env=self.settings, capture_output=True, text=True, check=True)
        self.session.headers["Authorization"] = "Bearer " + made.stdout.strip()

    def _address(self):
        lines = []
        for line in self.process.stderr:
            lines.append(line)
            if found := re.search(r"listening on (http://[\d.:]+)", line):
                return found[1]
        raise RuntimeError("daybook did not start:\n" + "".join(lines))

    def get(self, path, **params):
        """Returns the response of a path; any status but success is an error."""
        answer = self.session.get(self.url + path, params=params, timeout=30)
        answer.raise_for_status()
        return answer

    def announce(self, text):
        """Sends an article of one sentence."""
        article = {"text": text, "published_on": "2022-01-03"}
        answer = self.session.post(self.url + "/v1/articles", json=article, timeout=30)
        assert answer.status_code == 201 and len(answer.json()["events"]) == 1, answer.text

    def _tell(self):
        # In the order of publication.
        articles = sorted((HERE / "articles").glob("*.txt"), key=lambda path: path.read_text("utf-8").splitlines()[1])
        for article in articles:
            answer = self.session.post(
                self.url + "/v1/articles",
                data=article.read_bytes(),
                headers={"Content-Type": "text/plain"},
                timeout=30,
            )
            assert answer.status_code == 201, answer.text
        answer = self.session.post(self.url + "/v1/events", json=AWKWARD, timeout=30)
        assert answer.status_code == 201, answer.text

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process:
            self.stop()


@pytest.fixture(scope="session")
def daybook(tmp_path_factory):
    """The service with its events, which tests only read."""
    with Daybook(tmp_path_factory.mktemp("daybook")) as service:
        service.start()
        yield service


@pytest.fixture
def scratch(tmp_path):
    """A second service with the same events, for tests that write and delete. It requires a key, has no rate limit, and may
    fetch pages of this machine."""
    with Daybook(tmp_path, "--rate-limit", "none", "--allow-network", "127.0.0.1/32") as service:
        service.make_key()
        service.start()
        yield service


@pytest.fixture(scope="session")
def chromium():
    """The browser."""
    with sync_playwright() as playwright:
        # The sandbox is unavailable to root and in most containers. All content is our own.
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def events(daybook):
    """All events as the API returns them, by id."""
    items = daybook.get("/v1/events", include="evidence", limit=1000).json()["items"]
    assert len(items) == 8
    return {event["id"]: event for event in items}


@pytest.fixture(scope="session")
def awkward(events):
    """The event with the awkward names."""
    return next(event for event in events.values() if event["title"] == TITLE)


def node(*arguments, **options):
    """Returns the output of a script in this directory or of a program installed by npm."""
    command = ["node", *map(str, arguments)]
    done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, timeout=120, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def pytest_report_teststatus(report):
    """Prints ok or FAILED for each test."""
    if report.when == "call" and report.passed:
        return "passed", ".", "ok"
    return None


def pytest_terminal_summary(terminalreporter):
    """Prints the result."""
    count = {outcome: len(terminalreporter.stats.get(outcome, [])) for outcome in ("passed", "failed", "error")}
    terminalreporter.write_line(f"{count['passed']} passed, {count['failed'] + count['error']} failed")
