// What the pages can do beyond links and forms: keys, names while they are typed, copying, the slider over past days, and what a
// reader saw last. Everything works without it.
"use strict";

const search = document.getElementById("q");
const keys = document.getElementById("keys");
const timeline = document.querySelector(".brand").href;
const TITLES = ".event .title a, .line .title a, .month-view .mark a";

/** Moves the focus to the event after or before the one that has it; from nowhere, to the first below the top of the window. */
function step(by) {
  const titles = [...document.querySelectorAll(TITLES)];
  const focused = titles.indexOf(document.activeElement);
  const visible = titles.findIndex((title) => title.getBoundingClientRect().top >= 0);
  const next = focused < 0 ? Math.max(visible, 0) : focused + by;
  const title = titles[Math.min(Math.max(next, 0), titles.length - 1)];
  title?.focus({ preventScroll: true });
  title?.closest(".event, .line, .mark").scrollIntoView({ block: "nearest" });
}

function toToday() {
  const today = document.getElementById("today");
  if (today) today.scrollIntoView();
  else location.assign(timeline);
}

const actions = {
  j: () => step(1),
  k: () => step(-1),
  t: toToday,
  "/": () => (search ? search.focus() : location.assign(`${timeline}#q`)),
  "?": () => keys.showModal(),
};

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest("input, select, textarea, dialog");
  const action = actions[event.key];
  if (!action || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  action();
});

if (location.hash === "#q") search?.focus();
document.getElementById("keys-close").addEventListener("click", () => keys.close());
const open = document.getElementById("keys-open");
open.hidden = false;
open.addEventListener("click", () => keys.showModal());

// A panel closes when something else is clicked, or by Escape.
const drops = document.querySelectorAll(".drop");
document.addEventListener("click", (event) => {
  for (const drop of drops) if (!drop.contains(event.target)) drop.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") for (const drop of drops) drop.open = false;
});

/** Fills a list with the names that begin as what is typed, once nothing was typed for a moment. */
function suggest(input, path, value) {
  let timer;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    const typed = input.value.trim();
    if (typed.length < 2) return;
    timer = setTimeout(async () => {
      const answer = await fetch(`${path}?limit=8&q=${encodeURIComponent(typed)}`);
      if (!answer.ok) return;
      const { items } = await answer.json();
      const options = items.map((item) => Object.assign(document.createElement("option"), value(item)));
      input.list.replaceChildren(...options);
    }, 150);
  });
}

for (const input of document.querySelectorAll("input[list]")) {
  if (input.name === "participant") suggest(input, "/v1/participants", ({ code, name }) => ({ value: code ?? name, label: name }));
  else suggest(input, "/v1/places", ({ name }) => ({ value: name }));
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = button.dataset.copied;
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

/** Lights an event while its date or sentence is pointed at, and its sentences while the event is. */
function lightMarks() {
  for (const mark of document.querySelectorAll("[data-event]")) {
    const event = document.getElementById(`e-${mark.dataset.event}`);
    if (!event) continue;
    const light = (isLit) => () => [event, mark].forEach((one) => one.classList.toggle("is-lit", isLit));
    for (const [begins, ends] of [["pointerenter", "pointerleave"], ["focusin", "focusout"]]) {
      for (const one of [mark, event]) {
        one.addEventListener(begins, light(true));
        one.addEventListener(ends, light(false));
      }
    }
  }
}

lightMarks();

// When a reader was last here is kept in the browser, and only there.
const LAST_VISIT = "daybook-last-visit";
const HERE = "daybook-this-visit";
if (!sessionStorage.getItem(HERE)) {
  sessionStorage.setItem(HERE, localStorage.getItem(LAST_VISIT) ?? "none");
}
localStorage.setItem(LAST_VISIT, new Date().toISOString());
const lastVisit = sessionStorage.getItem(HERE);
const sinceLast = document.getElementById("last-visit");
if (sinceLast && lastVisit !== "none") {
  const changes = new URL(sinceLast.href);
  changes.searchParams.set("since", lastVisit);
  sinceLast.href = changes;
  sinceLast.hidden = false;
}

// The slider over past days: it replaces the events, and leaves the rest of the page as it is.
const slider = document.getElementById("slider");
if (slider) {
  const day = document.getElementById("as_of");
  const play = document.getElementById("play");
  const today = new Date(`${slider.dataset.today}T00:00:00Z`);
  const days = (date) => Math.round((new Date(`${date}T00:00:00Z`) - today) / 86_400_000);
  const date = (back) => new Date(today.getTime() + back * 86_400_000).toISOString().slice(0, 10);
  let playing = 0;
  let asked = 0;

  slider.hidden = play.hidden = false;
  document.getElementById("show").hidden = true;
  document.querySelector(".asof .days").hidden = true;
  slider.value = String(days(day.value));

  /** Shows the events as they were known so many days ago. */
  async function show(back) {
    const url = new URL(location.href);
    url.searchParams.delete("cursor");
    if (back < 0) url.searchParams.set("as_of", date(back));
    else url.searchParams.delete("as_of");
    day.value = date(back);
    const number = ++asked;
    const answer = await fetch(url);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    // An earlier answer may come later.
    if (number !== asked) return;
    const before = new Set([...document.querySelectorAll("main .event")].map((event) => event.id));
    for (const part of ["main", ".intro .date", ".intro h1", ".fold-body"]) {
      const [old, fresh] = [document.querySelector(part), page.querySelector(part)];
      if (old && fresh) old.replaceWith(document.adoptNode(fresh));
    }
    const banner = page.querySelector(".banner");
    document.querySelector(".banner")?.remove();
    if (banner) document.querySelector(".columns").before(document.adoptNode(banner));
    for (const event of document.querySelectorAll("main .event")) {
      if (before.size > 0 && !before.has(event.id)) event.classList.add("is-fresh");
    }
    history.replaceState(null, "", url);
  }

  slider.addEventListener("input", () => {
    day.value = date(Number(slider.value));
    clearTimeout(playing);
    playing = setTimeout(() => show(Number(slider.value)), 120);
  });
  day.addEventListener("change", () => {
    if (!day.value) return;
    slider.value = String(days(day.value));
    show(days(day.value));
  });

  let isPlaying = false;
  play.addEventListener("click", async () => {
    isPlaying = !isPlaying;
    play.textContent = isPlaying ? play.dataset.pause : play.dataset.play;
    if (isPlaying && Number(slider.value) >= 0) slider.value = slider.min;
    while (isPlaying && Number(slider.value) < 0) {
      slider.value = String(Number(slider.value) + 1);
      await show(Number(slider.value));
      await new Promise((resolve) => setTimeout(resolve, 350));
    }
    isPlaying = false;
    play.textContent = play.dataset.play;
  });
}

// What is searched for is shown once nothing was typed for a moment.
if (search) {
  let timer;
  search.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const url = new URL(search.form.action, location.href);
      for (const [name, value] of new FormData(search.form)) if (value) url.searchParams.append(name, value);
      const answer = await fetch(url);
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const part of ["main", ".intro .date", ".fold-body"]) {
        const [old, fresh] = [document.querySelector(part), page.querySelector(part)];
        if (old && fresh) old.replaceWith(document.adoptNode(fresh));
      }
      history.replaceState(null, "", url);
    }, 250);
  });
}
