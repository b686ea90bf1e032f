"""Measures the first page of 100 events: the time of the server, the size on the wire with style and script, and the largest
paint in Chromium with a cold cache. `script/page-speed` runs it and prints rows for docs/performance.md."""

import os
import statistics
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import requests
from conftest import Daybook
from playwright.sync_api import sync_playwright

ROUNDS = 50
ONE = ["Chile", "Japan", "Norway", "Kenya", "Ghana", "Italy", "Spain", "India", "Nepal", "Peru"]
OTHER = ["France", "Poland", "Sweden", "Finland", "Egypt", "Turkey", "Mexico", "Brazil", "Canada", "Austria"]
TOWNS = ["Geneva", "Vienna", "Lima", "Oslo", "Nairobi", "Tokyo", "Doha"]
LARGEST = """() => new Promise((resolve) => new PerformanceObserver((list) => resolve(list.getEntries().at(-1).startTime))
    .observe({ type: "largest-contentful-paint", buffered: true }))"""


def fill(daybook):
    """Announces 150 events ahead."""
    today = date.today()
    for n in range(150):
        on = today + timedelta(days=1 + n // 2)
        text = f"{ONE[n % 10]} and {OTHER[n // 10 % 10]} will hold talks in {TOWNS[n % 7]} on {on:%-d %B %Y}, officials said."
        article = {"title": f"Talks {n}", "text": text, "published_on": str(today), "url": f"https://wire.example/{n}"}
        daybook.session.post(daybook.url + "/v1/articles", json=article, timeout=60).raise_for_status()


def main():
    with tempfile.TemporaryDirectory() as data, Daybook(Path(data)) as daybook, sync_playwright() as playwright:
        daybook.serve()
        fill(daybook)
        session = requests.Session()
        session.headers["Accept-Encoding"] = "gzip"
        times = []
        for _ in range(ROUNDS):
            began = time.perf_counter()
            page = session.get(daybook.url + "/", timeout=30).text
            times.append((time.perf_counter() - began) * 1000)
        assert page.count('<article class="event') == 100
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=["--no-sandbox"])
        paints, sizes = [], []
        for _ in range(9):
            context = browser.new_context()
            tab = context.new_page()
            tab.goto(daybook.url + "/")
            paints.append(tab.evaluate(LARGEST))
            names = "performance.getEntries().filter((of) => of.transferSize).map((of) => of.encodedBodySize)"
            sizes.append(sum(tab.evaluate(names)))
            context.close()
        browser.close()
    print(f"| server, median of {ROUNDS} requests over loopback | {statistics.median(times):.0f} ms | 50 ms |")
    print(f"| page, style sheet, script and icon, compressed | {max(sizes) / 1000:.1f} kB | 60 kB |")
    print(f"| largest paint in headless Chromium with a cold cache, median of 9 | {statistics.median(paints):.0f} ms | 1000 ms |")


if __name__ == "__main__":
    main()
