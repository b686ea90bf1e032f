// What the pages can do beyond links and forms: keys, names while they are typed, and copying a link. Everything works without it.
"use strict";

const search = document.getElementById("q");
const keys = document.getElementById("keys");
const titles = [...document.querySelectorAll(".event .title a, .line .title a")];

/** Moves the focus to the event after or before the one that has it; from nowhere, to the first below the top of the window. */
function step(by) {
  const focused = titles.indexOf(document.activeElement);
  const visible = titles.findIndex((title) => title.getBoundingClientRect().top >= 0);
  const next = focused < 0 ? Math.max(visible, 0) : focused + by;
  const title = titles[Math.min(Math.max(next, 0), titles.length - 1)];
  title?.focus({ preventScroll: true });
  title?.closest(".event, .line").scrollIntoView({ block: "nearest" });
}

function toToday() {
  const today = document.getElementById("today");
  if (today) today.scrollIntoView();
  else location.assign("/");
}

const actions = {
  j: () => step(1),
  k: () => step(-1),
  t: toToday,
  "/": () => (search ? search.focus() : location.assign("/#q")),
  "?": () => keys.showModal(),
};

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest("input, select, textarea, dialog");
  const action = actions[event.key];
  if (!action || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  action();
});

document.getElementById("keys-close").addEventListener("click", () => keys.close());

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
    button.textContent = "Copied";
  });
}
