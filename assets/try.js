// A text or a URL to try: files by drop or by choice, and a key that is kept in the session of the browser.
"use strict";

const KEY = "daybook-key";

/** Takes the text of a file, and shows what it makes. */
async function take(chosen) {
  if (!chosen) return;
  const form = document.getElementById("try");
  form.elements.text.value = await chosen.text();
  for (const name of ["title", "published_on", "source", "url"]) form.elements[name].value = "";
  form.requestSubmit();
}

/** Returns the headers of a request that accepts a media type, with the key that was typed into a form. */
function headersOf(form, accept) {
  const key = form.querySelector("[data-key]").value.trim();
  sessionStorage.setItem(KEY, key);
  return key ? { Accept: accept, Authorization: `Bearer ${key}` } : { Accept: accept };
}

/** Shows what a text or a URL makes. A form cannot send a key. */
async function attempt(event) {
  const form = event.target;
  const headers = headersOf(form, "text/html");
  if (!headers.Authorization) return;
  event.preventDefault();
  const button = form.querySelector("button");
  button.disabled = true;
  let text;
  try {
    const answer = await fetch(form.action, { method: "POST", headers, body: new URLSearchParams(new FormData(form)) });
    text = await answer.text();
  } finally {
    button.disabled = false;
  }
  const page = new DOMParser().parseFromString(text, "text/html");
  document.getElementById("main").replaceWith(document.adoptNode(page.getElementById("main")));
  prepare();
  lightMarks();
  const shown = document.querySelector("#result, #try [aria-invalid], #try [role=alert]");
  if (!shown) return;
  if (!shown.matches("input, textarea")) shown.tabIndex = -1;
  shown.focus();
}

/** Stores the text, and leads to its first event. */
async function store(event) {
  event.preventDefault();
  const form = event.target;
  const error = form.querySelector("[role=alert]");
  const headers = { ...headersOf(form, "application/json"), "Content-Type": "application/json" };
  const body = JSON.stringify(Object.fromEntries(new FormData(form)));
  const answer = await fetch("/v1/articles", { method: "POST", headers, body });
  const told = await answer.json();
  // The page of an article needs a key, which no link can send; that of an event does not.
  if (answer.ok) location.assign((told.events.length ? `/events/${told.events[0].id}` : "/") + location.search);
  else {
    error.textContent = told.detail;
    error.hidden = false;
  }
}

/** Prepares the forms of the page that is shown. */
function prepare() {
  const file = document.getElementById("file");
  file.closest("label").hidden = false;
  file.addEventListener("change", () => take(file.files[0]));
  for (const key of document.querySelectorAll("[data-key]")) {
    key.closest(".key-field").hidden = false;
    key.value = sessionStorage.getItem(KEY) ?? "";
  }
  document.getElementById("try").addEventListener("submit", attempt);
  document.getElementById("store")?.addEventListener("submit", store);
}

const isOver = (is) => document.getElementById("try").classList.toggle("is-over", is);
for (const name of ["dragenter", "dragover"]) {
  document.addEventListener(name, (event) => {
    event.preventDefault();
    isOver(true);
  });
}
document.addEventListener("dragleave", () => isOver(false));
document.addEventListener("drop", (event) => {
  event.preventDefault();
  isOver(false);
  take(event.dataTransfer.files[0]);
});

prepare();
