"""Takes the screenshots of docs/screenshots: the real program with some twenty articles about the days around today, in
Chromium. `script/screenshots` runs it; it prints where each picture is."""

import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

from conftest import Daybook
from playwright.sync_api import sync_playwright

import os

TODAY = date.today()


def day(after, with_year=False):
    """A day as an article writes it: "3 December"."""
    on = TODAY + timedelta(days=after)
    return f"{on.day} {on:%B}" + (f" {on.year}" if with_year else "")


def month(after):
    """The month that is so many days ahead, with its year: "January 2027"."""
    return f"{TODAY + timedelta(days=after):%B %Y}"


# Days before today, source, headline, text.
ARTICLES = [
    (40, "Northern Courier", "Oslo to host fisheries talks", f"Norway and Iceland will hold talks on fishing quotas in Oslo on {day(-6)}, the Norwegian foreign ministry said."),
    (5, "Fjord Times", "Quota talks end without a deal", f"Talks between Norway and Iceland took place in Oslo on {day(-6)}. Both sides agreed to meet again."),
    (30, "Lagoon Gazette", "Lima talks agreed", f"Chile and Peru will hold talks on the maritime border in Lima on {day(4)}, a spokeswoman for the Peruvian foreign ministry said."),
    (12, "Andes Daily", "Border talks moved", f"The talks between Chile and Peru in Lima have been moved from {day(4)} to {day(9)}, the Chilean foreign ministry said on Tuesday."),
    (3, "Lagoon Gazette", "Lima confirms new date", f"Peru confirmed that the talks with Chile will be held in Lima on {day(9)}."),
    (20, "Evening Post", "Lavrov and Blinken to meet in Geneva", f"Russia and the United States will hold talks on strategic stability in Geneva on {day(0)}, both foreign ministries said."),
    (8, "Geneva Tribune", "Geneva prepares for arms talks", f"Delegations of Russia and the United States will meet in Geneva on {day(0)} at 10:00 GMT.\n\nA meeting of the OSCE will be held in Vienna on {day(3)}."),
    (6, "Brussels Wire", "NATO-Russia Council called", f"NATO Secretary General Mark Rutte said a meeting of the NATO-Russia Council will be held in Brussels on {day(2)}."),
    (25, "Nairobi Standard", "Kenyan president to visit Paris", f"The Kenyan president will visit France from {day(5)} to {day(7)}, the presidency announced."),
    (4, "Nairobi Standard", "Paris visit called off", f"Kenya has cancelled the president's visit to France, which had been scheduled for {day(5)}."),
    (15, "Gulf Observer", "Doha conference on Afghanistan", f"A United Nations conference on Afghanistan will be held in Doha from {day(1)} to {day(3)}. Representatives of Pakistan, Iran, China and India will take part."),
    (10, "The Example", "ASEAN leaders may meet early", f"ASEAN leaders may hold an extraordinary summit in Jakarta in {month(45)}, diplomats said."),
    (9, "Harbour News", "Egypt and Ethiopia plan summit", f"Egypt and Ethiopia plan a summit on the Nile dam in {month(75)}, officials in Addis Ababa said."),
    (7, "Council Watch", "Security Council vote", f"The UN Security Council will vote on the peacekeeping mandate in Cyprus on {day(10)}."),
    (7, "Hague Reporter", "Court sets hearings", f"The International Court of Justice will hold public hearings in The Hague from {day(14)} to {day(17)} on the dispute between Guyana and Venezuela."),
    (6, "Tokyo Ledger", "Japan, Australia and India to stage exercise", f"Japan, Australia and India will hold a joint naval exercise off Okinawa from {day(16)} to {day(20)}."),
    (5, "Baltic Review", "Signing in Tallinn", f"Estonia and Latvia will sign an agreement on a joint rail line in Tallinn on {day(11)}."),
    (5, "Baltic Review", "Phone call planned", f"The German chancellor and the Turkish president will speak by phone on {day(1)}, a government spokesman said."),
    (2, "Evening Post", "Truce deadline", f"Armenia and Azerbaijan have until {day(21)} to accept the proposal; the deadline expires on {day(21)}, mediators said."),
    (2, "Capital Letter", "New president to be sworn in", f"Ghana's new president will be inaugurated in Accra on {day(37)}."),
    (1, "Lagoon Gazette", "Rome: G7 ministers", f"G7 foreign ministers will meet in Rome on {day(24)}. The Italian foreign minister will brief reporters on {day(25)}."),
    (1, "Andes Daily", "Bogota talks postponed", f"Colombia and Venezuela have postponed talks in Bogota that had been scheduled for {day(6)}, the Colombian foreign ministry said. No new date was given."),
    (1, "The Example", "Talks <b>may</b> follow", f"Serbia and Kosovo could hold talks in Ohrid next month, a diplomat said."),
]  # fmt: skip

# What is tried.
TRIED = (
    f"Envoys to meet\n{TODAY:%Y%m%d}\nhttps://courier.example/envoys\n"
    f"Japan and Australia will hold talks in Lugano on {day(7)}, officials said. The last round was held on {day(-90)}.\n"
    f"The prime ministers may meet in {month(45)}. Chile and Peru will sign an agreement in Lima on {day(12)}."
)

# Where, how wide and high, in which scheme, and for what.
SHOTS = {
    "timeline": ("/", 1200, 1100, "light"),
    "timeline-phone": ("/", 360, 780, "light"),
    "timeline-dark": ("/", 1200, 1100, "dark"),
    "timeline-german": ("/?lang=de", 1200, 1100, "light"),
    "event": ("{moved}", 1100, 850, "light"),
    "event-french": ("{moved}?lang=fr", 1100, 850, "light"),
    "event-phone-dark": ("{moved}", 360, 780, "dark"),
    "month": ("/?view=month", 1200, 1050, "light"),
    "month-phone": ("/?view=month", 360, 780, "light"),
    "axis": ("/?view=timeline", 1200, 760, "light"),
    "map": ("/?view=map", 1200, 1000, "light"),
    "map-dark": ("/?view=map", 1200, 1000, "dark"),
    "compact": ("/?density=compact", 1200, 900, "light"),
    "changes": ("/changes?since=-7d", 1200, 800, "light"),
    "try": ("/try", 1200, 900, "light"),
    "try-url": ("/try", 1200, 900, "light"),
    "try-url-phone": ("/try", 360, 780, "light"),
    "try-phone-dark": ("/try", 360, 780, "dark"),
    "review": ("/review", 1100, 900, "light"),
    "review-phone-dark": ("/review", 360, 780, "dark"),
    "corrections": ("/corrections", 1100, 700, "light"),
    "status": ("/status", 1000, 900, "light"),
    "week-phone": ("/week", 360, 780, "light"),
    "as-of": (f"/?as_of={TODAY - timedelta(days=14)}", 1200, 800, "light"),
    "wrong-filter": ("/?kind=tals", 1200, 700, "light"),
    "week": ("/week", 900, 900, "light"),
    "article": ("{article}", 900, 700, "light"),
}


def main(folder):
    with tempfile.TemporaryDirectory() as data, Daybook(Path(data)) as daybook, sync_playwright() as playwright:
        daybook.serve()
        for before, source, title, text in ARTICLES:
            published_on = str(TODAY - timedelta(days=before))
            url = f"https://{source.lower().replace(' ', '-')}.example/{title.lower().replace(' ', '-')}"
            article = {"title": title, "text": text, "published_on": published_on, "source": source, "url": url}
            daybook.session.post(daybook.url + "/v1/articles", json=article, timeout=30).raise_for_status()
        events = daybook.get("/v1/events", include="evidence").json()["items"]
        moved = next(event for event in events if event["previous_dates"])
        places = {
            "moved": f"/events/{moved['id']}",
            "article": "/articles/" + next(of["article"]["id"] for e in events for of in e["evidence"] if of["article"]["source"] == "Geneva Tribune"),
        }
        # What an editor did, for the page of corrections.
        signed = {"author": "Maria Lopez, foreign desk", "reason": "Confirmed by telephone with the ministry"}
        for event, fields in zip(events, [{"topic": "fishing quotas"}, {"status": "confirmed"}]):
            daybook.session.patch(f"{daybook.url}/v1/events/{event['id']}", json=signed | fields, timeout=30).raise_for_status()
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=["--no-sandbox"])
        for name, (path, width, height, scheme) in SHOTS.items():
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
            page.goto(daybook.url + path.format(**places))
            if name.startswith("try-url"):
                page.locator("[name=url]").fill("https://courier.example/envoys")
            elif path == "/try":
                page.locator("textarea").fill(TRIED)
                page.get_by_role("button", name="See the events").click()
                page.locator(".text .date").first.hover()
            page.wait_for_load_state("networkidle")
            page.screenshot(path=folder / f"{name}.png")
            print(folder / f"{name}.png")
        browser.close()
        if "--keep" in sys.argv:
            input(daybook.url)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
