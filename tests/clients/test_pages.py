"""FullCalendar 6 and TimelineJS 3 in Chromium. Their pages and code are served from daybook's own origin, as behind a
common proxy; no other host is contacted."""

import mimetypes

import pytest
from conftest import HERE, TITLE
from playwright.sync_api import expect

# The dates on which each event is displayed: those whose cells in the grid its box covers.
SEEN = """() => {
  const withBox = (cell) => [cell.dataset.date, cell.getBoundingClientRect()];
  const cells = [...document.querySelectorAll("[data-date]")].map(withBox);
  return [...document.querySelectorAll(".fc-event")].map((event) => {
    const box = event.getBoundingClientRect();
    const covered = ([, cell]) =>
      Math.min(box.right, cell.right) - Math.max(box.left, cell.left) > cell.width / 2 &&
      box.top >= cell.top && box.bottom <= cell.bottom;
    return {
      title: event.querySelector(".fc-event-title").textContent,
      days: cells.filter(covered).map(([date]) => date),
      classes: [...event.classList],
      address: event.getAttribute("href"),
    };
  });
}"""


@pytest.fixture
def page(chromium, daybook):
    """A page on daybook's origin; an error in it is a failure."""

    def serve(route):
        path = route.request.url.split("?")[0].removeprefix(daybook.url)
        if path.startswith("/clients/"):
            file = HERE / path.removeprefix("/clients/")
            route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(file)[0])
        elif path.startswith("/v1/"):
            route.continue_()
        else:
            route.abort()

    page, errors = chromium.new_page(), []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.route("**/*", serve)
    yield page
    page.close()
    assert errors == []


def test_fullcalendar_shows_the_month(page, daybook):
    page.goto(f"{daybook.url}/clients/pages/fullcalendar.html")
    expect(page.locator(".fc-event")).to_have_count(7)
    seen = page.evaluate(SEEN)
    day = "2022-01-{:02}".format
    assert sorted((event["days"], event["title"]) for event in seen) == [
        ([day(10)], "United States–Russia talks in Geneva"),
        ([day(12)], "NATO–Russia meeting in Brussels"),
        ([day(13)], "OSCE meeting in Vienna"),
        ([day(17), day(18), day(19)], TITLE),
        ([day(18)], "Peru–Chile talks in Lima"),
        ([day(25)], "Canada–Denmark talks in Ottawa"),
        ([day(27)], "Norway–Iceland talks in Oslo"),
    ]
    assert page.title() == "FullCalendar"


def test_fullcalendar_styles_by_status(page, daybook):
    page.goto(f"{daybook.url}/clients/pages/fullcalendar.html")
    expect(page.locator(".fc-event.status-cancelled")).to_have_text("Canada–Denmark talks in Ottawa")
    expect(page.locator(".fc-event.date-pending")).to_have_text("Peru–Chile talks in Lima")
    expect(page.locator(".fc-event.kind-talks.status-confirmed")).to_have_text("United States–Russia talks in Geneva")


def test_fullcalendar_follows_the_window(page, daybook, events):
    page.goto(f"{daybook.url}/clients/pages/fullcalendar.html")
    expect(page.locator(".fc-event")).to_have_count(7)
    page.evaluate("calendar.gotoDate('2022-03-01')")
    summit = page.locator(".fc-event.precision-month").first
    expect(summit).to_have_text("Egypt–Ethiopia summit")
    id = next(id for id, event in events.items() if event["precision"] == "month")
    expect(summit).to_have_attribute("href", f"{daybook.url}/events/{id}")
    assert {event["title"] for event in page.evaluate(SEEN)} == {"Egypt–Ethiopia summit"}


def test_timelinejs_shows_every_event(page, daybook, events):
    page.goto(f"{daybook.url}/clients/pages/timelinejs.html")
    # A marker on the axis and a slide for each, and a slide for the title.
    expect(page.locator(".tl-timemarker")).to_have_count(len(events))
    expect(page.locator(".tl-slide")).to_have_count(len(events) + 1)
    headlines = page.locator(".tl-slide h2.tl-headline").all_text_contents()
    for title in ["United States–Russia talks in Geneva", "Canada–Denmark talks in Ottawa (cancelled)"]:
        assert title in headlines
    # HTML collapses white space.
    assert " ".join(TITLE.split()) in [" ".join(headline.split()) for headline in headlines]
    assert page.title() == "TimelineJS"
    dates = page.locator(".tl-slide .tl-headline-date").all_text_contents()
    assert "in March 2022, day not set" in dates
    assert page.locator(".tl-message-container").is_hidden()


def test_timelinejs_takes_an_empty_selection(page, daybook):
    page.goto(f"{daybook.url}/clients/pages/timelinejs.html?participant=Tonga")
    expect(page.locator(".tl-slide-titleslide h2.tl-headline")).to_have_text("Diplomatic events: Tonga")
    expect(page.locator(".tl-slide", has_text="No events are selected.")).to_have_count(1)
    assert page.locator(".tl-message-container").is_hidden()
