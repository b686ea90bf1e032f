"""daybook's own pages in Chromium: by keyboard, without JavaScript, under their Content-Security-Policy."""

import pytest
from conftest import HERE, TITLE
from playwright.sync_api import expect

ALL = "/?range=all"


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
    page.keyboard.press("/")
    page.keyboard.type("Ottawa jt?")
    expect(page.locator("#q")).to_have_value("Ottawa jt?")
    page.locator("#q").fill("Ottawa")
    page.keyboard.press("Enter")
    expect(page.locator(".event")).to_have_count(1)
    expect(page.locator(".event")).to_contain_text("cancelled")


def test_names_are_offered_while_they_are_typed(visit):
    page = visit(ALL)
    page.locator("[name=participant]").first.press_sequentially("Norw")
    expect(page.locator("#participants option")).to_have_count(1)
    assert page.locator("#participants option").get_attribute("value") == "NO"


def test_everything_works_without_javascript(visit, events):
    page = visit(ALL, java_script_enabled=False, viewport={"width": 360, "height": 700})
    expect(page.locator(".fields").first).to_be_hidden()
    page.locator(".fold summary").click()
    page.locator(".chip", has_text="Canada").click()
    expect(page.locator(".event")).to_have_count(1)
    page.locator(".event summary").click()
    expect(page.locator(".event mark").first).to_be_visible()
    page.locator(".event .title a").click()
    expect(page.locator(".history ins", has_text="cancelled")).to_have_count(1)
    page.locator(".history h3 a").first.click()
    expect(page.locator(".banner")).to_contain_text("As of")
    expect(page.locator(".kicker .status")).not_to_have_text("cancelled")


def test_awkward_names_stay_text(visit, awkward):
    for path in [ALL, f"/events/{awkward['id']}", "/week?date=2022-01-17"]:
        page = visit(path)
        assert page.title() != "broken"
        assert page.locator("script:not([src]):not([type='application/ld+json'])").count() == 0
    assert " ".join(visit(f"/events/{awkward['id']}").locator("h1").text_content().split()) == " ".join(TITLE.split())


@pytest.mark.parametrize("path", [ALL, "/events/{id}", "/week?date=2022-01-17", "/?kind=talks"])
def test_nothing_is_wider_than_a_phone(visit, awkward, path):
    page = visit(path.format(id=awkward["id"]), viewport={"width": 360, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_a_week_prints_on_one_sheet(visit):
    page = visit("/week?date=2022-01-17")
    printed = page.pdf(prefer_css_page_size=True)
    assert printed.count(b"/Type /Page\n") == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", [ALL, "/?kind=tals", "/?as_of=2022-01-02&range=all", "/events/{id}", "/week?date=2022-01-17", "/articles/{article}", "/events/7"])
def test_axe_finds_no_violation(chromium, daybook, events, path, scheme):
    moved = next(event for event in events.values() if event["status"] == "cancelled")
    page = chromium.new_page(color_scheme=scheme)
    page.goto(daybook.url + path.format(id=moved["id"], article=moved["evidence"][0]["article"]))
    # Evaluated by the driver: the page's policy lets no other script in.
    page.evaluate((HERE / "node_modules/axe-core/axe.min.js").read_text())
    page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })")
    found = page.evaluate("axe.run()")["violations"]
    page.close()
    assert [(one["id"], [node["html"][:120] for node in one["nodes"]][:3]) for one in found] == []
