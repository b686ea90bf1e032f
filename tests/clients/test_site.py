"""daybook's own pages in Chromium: by keyboard, without JavaScript, under their Content-Security-Policy."""

import json
import re
import threading
from datetime import date, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote

import pytest
from conftest import HERE, TITLE
from playwright.sync_api import expect

ALL = "/?range=all"

# Of many events: who meets whom, and where.
ONE = ["Chile", "Peru", "Japan", "Norway", "Kenya", "Ghana", "Italy", "Spain", "India", "Nepal"]
OTHER = ["France", "Poland", "Sweden", "Finland", "Egypt", "Turkey", "Mexico", "Brazil", "Canada", "Austria"]
TOWNS = ["Geneva", "Vienna", "Lima", "Oslo", "Nairobi", "Tokyo", "Doha"]


@pytest.fixture
def visit(chromium, daybook):
    """Opens a page of daybook. Errors, among them what the policy forbids, are failures; so is anything from elsewhere."""
    errors, pages = [], []

    def open_page(path, **options):
        page = chromium.new_page(**options)
        pages.append(page)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: message.type == "error" and errors.append(message.text))
        page.on("request", lambda request: request.url.startswith(daybook.url) or errors.append(request.url))
        page.goto(daybook.url + path)
        return page

    yield open_page
    for page in pages:
        page.close()
    assert errors == []


def test_the_timeline_can_be_read_by_keyboard(visit, events):
    page = visit(ALL)
    titles = page.locator(".event .title a").all_text_contents()
    assert sorted(" ".join(title.split()) for title in titles) == sorted(" ".join(e["title"].split()) for e in events.values())
    for key, place in [("j", 0), ("j", 1), ("j", 2), ("k", 1)]:
        page.keyboard.press(key)
        expect(page.locator(".event .title a").nth(place)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(titles[1])
    page.go_back()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("Ottawa jt?")
    expect(page.locator("#q")).to_have_value("Ottawa jt?")
    page.locator("#q").fill("Ottawa")
    page.keyboard.press("Enter")
    expect(page.locator(".event")).to_have_count(1)
    expect(page.locator(".event")).to_contain_text("cancelled")


def test_names_are_offered_while_they_are_typed(visit):
    page = visit(ALL)
    page.locator(".all-fields summary").click()
    page.locator("[name=participant]").first.press_sequentially("Norw")
    expect(page.locator("#participants option")).to_have_count(1)
    assert page.locator("#participants option").get_attribute("value") == "NO"


def test_everything_works_without_javascript(visit, events):
    page = visit(ALL, java_script_enabled=False, viewport={"width": 360, "height": 700})
    expect(page.locator(".fields").first).to_be_hidden()
    page.locator(".side .fold > summary").click()
    page.locator(".chip", has_text="Canada").first.click()
    expect(page.locator(".event")).to_have_count(1)
    page.locator(".event summary").click()
    expect(page.locator(".event mark").first).to_be_visible()
    page.locator(".event .title a").click()
    expect(page.locator(".history ins", has_text="cancelled")).to_have_count(1)
    page.locator(".history h3 a").first.click()
    expect(page.locator(".banner")).to_contain_text("As of")
    expect(page.locator(".kicker .status")).not_to_have_text("cancelled")


def test_awkward_names_stay_text(visit, awkward):
    for path in [ALL, *(path.format(id=awkward["id"]) for path in PAGES)]:
        page = visit(path)
        assert page.title() != "broken"
        assert page.locator("script:not([src]):not([type='application/ld+json'])").count() == 0
        page.close()
    assert " ".join(visit(f"/events/{awkward['id']}").locator("h1").text_content().split()) == " ".join(TITLE.split())


PAGES = ["/events/{id}", "/week?date=2022-01-17", "/?kind=talks", "/?view=month&month=2022-01", "/?view=timeline&range=all", "/?view=map&range=all", "/?density=compact&range=all", "/changes", "/try", "/status", "/review", "/corrections"]


@pytest.mark.parametrize("path", [ALL, *PAGES])
def test_nothing_is_wider_than_a_phone(visit, awkward, path):
    page = visit(path.format(id=awkward["id"]), viewport={"width": 360, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_a_phone_shows_events_and_the_whole_world_at_once(visit):
    page = visit(ALL, viewport={"width": 360, "height": 780})
    assert page.locator(".event").first.bounding_box()["y"] < 700
    page.locator(".past > summary").click()
    expect(page.locator("#as_of")).to_be_visible()
    page.goto(page.url + "&view=map")
    spots = [spot.bounding_box() for spot in page.locator(".map-frame .spot circle").all()]
    assert spots and all(0 <= spot["x"] and spot["x"] + spot["width"] <= 360 for spot in spots)


def test_a_week_prints_on_one_sheet(visit):
    page = visit("/week?date=2022-01-17")
    printed = page.pdf(prefer_css_page_size=True)
    assert printed.count(b"/Type /Page\n") == 1


ATTACKS = [
    "<script>document.title = 'broken'</script>",
    "<img src=x onerror=\"document.title = 'broken'\">",
    "\"><svg onload=\"document.title = 'broken'\">",
    "' onfocus='document.title = 1' autofocus='",
    "javascript:document.title='broken'",
    "</textarea></title></script><script>document.title = 'broken'</script>",
    "{{7*7}} ${7*7} <!--#exec cmd=ls-->",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_attacks_stay_text(visit, daybook, attack):
    page = visit("/try")
    page.locator("textarea").fill(f"Japan and Australia will hold talks in Lugano on 7 March 2031. {attack}")
    page.locator("[name=title]").fill(attack)
    page.locator("[name=source]").fill(attack)
    page.get_by_role("button", name="See the events").click()
    expect(page.locator(".result")).to_contain_text("1 event in")
    expect(page.locator(".text")).to_contain_text(attack)
    for path in ["/?q={}", "/?participant={}", "/?place={}", "/?from={}", "/?view={}", "/changes?since={}", "/week?date={}", "/{}"]:
        answer = page.request.get(daybook.url + path.format(quote(attack, safe="")), headers={"Accept": "text/html"})
        text = answer.text()
        assert "<script>document" not in text and "<img src=x" not in text and "<svg onload" not in text, path
    assert page.title() == "Try a text – daybook"


def test_a_text_is_tried_stored_followed_and_corrected(chromium, scratch):
    """What an editor does, from the paste to the correction; the service asks for a key."""
    page = chromium.new_page()
    sample = (HERE / "../corpus/articles/lake-talks.txt").read_text("utf-8")
    page.goto(scratch.url + "/try")
    page.locator("textarea").fill(sample)
    page.get_by_role("button", name="See the events").click()
    expect(page.locator(".found .event")).to_have_count(3)
    date = page.locator(".text .date").first
    date.hover()
    expect(page.locator(".event.is-lit")).to_have_count(1)
    # Without the key nothing is stored, and the page says so.
    page.get_by_role("button", name="Store it").click()
    expect(page.locator("#store [role=alert]")).to_contain_text("key")
    key = scratch.session.headers["Authorization"].removeprefix("Bearer ")
    page.locator("#store [data-key]").fill(key)
    page.get_by_role("button", name="Store it").click()
    expect(page.locator(".edit summary")).to_be_visible()
    assert "/events/" in page.url

    page.goto(scratch.url + "/?range=all")
    page.locator(".all-fields summary").click()
    page.locator("[name=participant]").first.fill("JP")
    page.keyboard.press("Enter")
    page.locator(".event summary").first.click()
    expect(page.locator(".event mark").first).to_be_visible()
    page.locator(".drop summary").click()
    expect(page.locator(".panel a", has_text="Calendar on this device")).to_have_attribute("href", re.compile("^webcal://.*participant=JP"))
    page.keyboard.press("Escape")
    expect(page.locator(".panel")).to_be_hidden()

    page.locator(".event .title a").first.click()
    event = page.url
    page.locator(".edit summary").click()
    expect(page.locator(".edit [data-key]")).to_have_value(key)
    page.locator(".edit [name=author]").fill("Foreign desk")
    page.locator(".edit [name=reason]").fill("The ministry called it off")
    page.get_by_role("button", name="Called off").click()
    expect(page.locator(".kicker .status")).to_have_text("cancelled")
    expect(page.locator(".correction")).to_contain_text("The ministry called it off")
    page.get_by_role("button", name="Withdraw").click()
    expect(page.locator(".kicker .status")).not_to_have_text("cancelled")

    page.locator(".edit summary").click()
    page.locator(".edit [name=starts_on]").fill("2023-03-08")
    page.locator(".edit [name=reason]").fill("Moved by a day")
    page.get_by_role("button", name="Correct", exact=True).click()
    expect(page.locator(".what time")).to_have_text("8 March 2023")
    assert page.url == event

    # On the day before publication nobody knew of it.
    page.goto(scratch.url + "/?range=all&participant=JP&as_of=2023-02-13")
    expect(page.locator(".event")).to_have_count(0)
    page.close()


def test_events_are_merged_and_split_in_the_page(chromium, scratch):
    page = chromium.new_page()
    for source, text in [("One", "Chile and Peru will hold talks in Lima on 7 March 2031."), ("Two", "Chile and Peru will hold talks in Quito on 27 May 2031.")]:
        article = {"text": text, "published_on": "2022-01-03", "source": source}
        scratch.session.post(scratch.url + "/v1/articles", json=article, timeout=30).raise_for_status()
    first, second = scratch.get("/v1/events", participant="Peru", **{"from": "2031-01-01"}).json()["items"]
    page.goto(f"{scratch.url}/events/{first['id']}")
    page.locator(".edit summary").click()
    page.locator(".edit [name=author]").fill("Foreign desk")
    page.locator(".edit [data-key]").fill(scratch.session.headers["Authorization"].removeprefix("Bearer "))
    page.locator(".edit [name=other]").fill(f"{scratch.url}/events/{second['id']}")
    page.get_by_role("button", name="Merge").click()
    expect(page.locator(".what")).to_contain_text("2 articles")
    page.locator(".edit summary").click()
    page.locator(".edit .check input").last.check()
    page.get_by_role("button", name="Split").click()
    expect(page.locator(".what")).to_contain_text("1 article")
    page.close()


def test_the_review_queue_takes_one_key_an_item(chromium, scratch):
    """Keys alone, after the name and the API key were typed once; both stay in the session of the browser."""
    for n, day in enumerate(["7 March 2031", "8 April 2031", "9 May 2031"]):
        article = {"text": f"Chile will hold talks in Lima on {day}.", "published_on": "2022-01-03", "source": f"One {n}"}
        scratch.session.post(scratch.url + "/v1/articles", json=article, timeout=30).raise_for_status()
    page = chromium.new_page()
    page.goto(scratch.url + "/review")
    item = page.locator(".item", has_text="Chile talks in Lima")
    listed = item.count()
    assert listed >= 3
    page.locator("[name=author]").fill("Foreign desk")
    page.locator("[data-key]").fill("none")
    page.locator("[data-key]").blur()
    page.keyboard.press("j")
    expect(page.locator(".item").first).to_be_focused()
    page.keyboard.press("d")
    expect(page.locator("#review [role=alert]")).to_contain_text("key")
    page.locator("[data-key]").fill(scratch.session.headers["Authorization"].removeprefix("Bearer "))
    page.locator("[data-key]").blur()
    page.keyboard.press("j")
    for left, key in [(1, "c"), (2, "r"), (3, "d")]:
        for _ in range(50):
            if "Chile talks in Lima" in page.evaluate("document.activeElement.textContent"):
                break
            page.keyboard.press("j")
        page.keyboard.press(key)
        expect(item).to_have_count(listed - left)
    page.reload()
    expect(item).to_have_count(listed - 3)
    expect(page.locator("[name=author]")).to_have_value("Foreign desk")
    page.goto(scratch.url + "/corrections")
    expect(page.locator(".item").first).to_contain_text("Foreign desk")
    page.get_by_role("button", name="Withdraw").first.click()
    expect(page.locator(".item", has_text="Rejected")).to_have_count(0)
    page.close()


def test_a_cancelled_event_is_struck_through_and_a_moved_one_says_what_it_was(visit):
    page = visit(ALL)
    line = "(title) => getComputedStyle(title).textDecorationLine"
    off = page.locator(".event.is-off")
    assert off.count() >= 1
    for title in off.locator(".title a").all():
        assert "line-through" in title.evaluate(line)
    for title in page.locator(".event:not(.is-off) .title a").all():
        assert "line-through" not in title.evaluate(line)
    moved = page.locator(".event", has=page.locator(".was")).first
    expect(moved.locator(".was")).to_contain_text("was ")
    day = date.fromisoformat(moved.locator("xpath=ancestor::section[1]//time").get_attribute("datetime"))
    page.goto(page.url.split("/?")[0] + f"/week?date={day}")
    expect(page.locator(".line .was").first).to_contain_text("was ")
    digest = page.request.get(page.url.split("/week")[0] + "/v1/digest", params={"from": "2022-01-01", "period": "month", "format": "html"}).text()
    assert "line-through" in digest


def test_the_page_speaks_the_language_of_the_browser(chromium, daybook):
    context = chromium.new_context(locale="de-DE")
    page = context.new_page()
    page.goto(daybook.url + ALL)
    expect(page.locator("html")).to_have_attribute("lang", "de")
    expect(page.locator(".event .title a").first).to_have_attribute("lang", "en")
    page.locator(".languages a", has_text="Français").click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    page.locator(".event .title a").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.get_by_role("heading", name="Historique")).to_be_visible()
    context.close()


@pytest.fixture
def press():
    """A host with the pages of the corpus."""
    handler = partial(SimpleHTTPRequestHandler, directory=HERE / "../corpus/pages")
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_page_is_tried_by_its_url_and_stored(chromium, scratch, press):
    page = chromium.new_page(viewport={"width": 360, "height": 780})
    page.goto(scratch.url + "/try")
    url, button = page.locator("#try [name=url]"), page.get_by_role("button", name="See the events")
    url.fill(f"{press}/json-ld.html")
    button.click()
    expect(page.locator("#error-url")).to_contain_text("an API key is required")
    expect(page.locator("#hint-url")).to_contain_text("only with a key that permits writing")
    expect(url).to_have_value(f"{press}/json-ld.html")

    page.locator("#try [data-key]").fill(scratch.session.headers["Authorization"].removeprefix("Bearer "))
    url.fill(f"{press}/missing.html")
    url.press("Enter")
    expect(page.locator("#error-url")).to_contain_text("404")
    expect(url).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth") == 360

    url.fill(f"{press}/no-date.html")
    url.press("Enter")
    expect(page.locator("#error-published_on")).to_contain_text("states no publication date")
    expect(page.locator("[name=published_on][aria-invalid]")).to_be_focused()

    page.locator("#try [name=url]").fill(f"{press}/json-ld.html")
    page.get_by_role("button", name="See the events").click()
    expect(page.locator("#result")).to_contain_text("2 events in “Envoys of Chile & Peru to meet in Quito”")
    expect(page.locator("#result")).to_be_focused()
    page.locator(".text .date").first.hover()
    expect(page.locator(".event.is-lit")).to_have_count(1)
    expect(page.locator(".signals code").first).to_contain_text("trigger:")
    page.get_by_role("button", name="Store it").click()
    expect(page.locator("h1")).to_contain_text("talks in Quito")
    assert "/events/" in page.url
    page.close()


def test_the_slider_shows_past_days(visit):
    page = visit(ALL)
    page.evaluate("document.getElementById('slider').min = -9000")
    days = page.evaluate("Math.round((new Date('2022-01-02') - new Date(document.getElementById('slider').dataset.today)) / 864e5)")
    page.evaluate("(days) => { const slider = document.getElementById('slider'); slider.value = days; slider.dispatchEvent(new Event('input')); }", days)
    expect(page.locator(".banner")).to_contain_text("2 January 2022")
    assert "as_of=2022-01-02" in page.url


def test_what_changed_since_the_last_visit_is_a_link_away(chromium, daybook):
    context = chromium.new_context()
    page = context.new_page()
    page.goto(daybook.url + "/changes")
    expect(page.locator("#last-visit")).to_be_hidden()
    page.close()
    page = context.new_page()
    page.goto(daybook.url + "/changes")
    page.locator("#last-visit").click()
    expect(page.locator(".empty")).to_have_text("Nothing changed.")
    context.close()


def test_every_view_is_usable_with_many_events(chromium, scratch):
    days = [date(2030, 1, 1) + timedelta(days=n // 3) for n in range(700)]
    lines = "".join(
        json.dumps({"text": f"{ONE[n % 10]} and {OTHER[n // 10 % 10]} will hold talks in {TOWNS[n % 7]} on {day:%-d %B %Y}.", "published_on": "2029-12-30", "source": "wire", "external_id": str(n)}) + "\n"
        for n, day in enumerate(days)
    )
    answer = scratch.session.post(scratch.url + "/v1/articles", data=lines, headers={"Content-Type": "application/x-ndjson"}, timeout=300)
    answer.raise_for_status()
    page = chromium.new_page()
    for view, most in [("list", 100), ("month&month=2030-03", 250), ("timeline", 300), ("map", 1000)]:
        page.goto(f"{scratch.url}/?range=all&view={view}")
        links = page.locator("main a[href^='/events/']").count()
        assert 50 < links <= most, view
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", [ALL, *PAGES, "/?kind=tals", "/?as_of=2022-01-02&range=all", "/articles/{article}", "/events/7", "/changes?since=2022-01-01T00:00:00Z", "/?range=all&lang=de", "/week?date=2022-01-17&lang=fr"])
def test_axe_finds_no_violation(chromium, daybook, events, path, scheme):
    moved = next(event for event in events.values() if event["status"] == "cancelled")
    page = chromium.new_page(color_scheme=scheme)
    page.goto(daybook.url + path.format(id=moved["id"], article=moved["evidence"][0]["article"]["id"]))
    if path == "/try":
        page.locator("textarea").fill("Japan and Australia will hold talks in Lugano on 7 March 2031. They met on 3 May 2019.")
        page.get_by_role("button", name="See the events").click()
        expect(page.locator(".result")).to_be_visible()
    # Evaluated by the driver: the page's policy lets no other script in.
    page.evaluate((HERE / "node_modules/axe-core/axe.min.js").read_text())
    page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })")
    found = page.evaluate("axe.run()")["violations"]
    page.close()
    assert [(one["id"], [node["html"][:120] for node in one["nodes"]][:3]) for one in found] == []
