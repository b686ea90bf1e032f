// A text to try: files by drop or by choice, and storing with a key that is kept in the session of the browser.
"use strict";

const form = document.getElementById("try");
const text = form.elements.text;
const file = document.getElementById("file");
const KEY = "daybook-key";

/** Takes the text of a file, and shows what it makes. */
async function take(chosen) {
  if (!chosen) return;
  text.value = await chosen.text();
  for (const name of ["title", "published_on", "source", "url"]) form.elements[name].value = "";
  form.requestSubmit();
}

file.closest("label").hidden = false;
file.addEventListener("change", () => take(file.files[0]));
for (const name of ["dragenter", "dragover"]) {
  document.addEventListener(name, (event) => {
    event.preventDefault();
    form.classList.add("is-over");
  });
}
document.addEventListener("dragleave", () => form.classList.remove("is-over"));
document.addEventListener("drop", (event) => {
  event.preventDefault();
  form.classList.remove("is-over");
  take(event.dataTransfer.files[0]);
});

const store = document.getElementById("store");
if (store) {
  const key = document.getElementById("key");
  const error = store.querySelector("[role=alert]");
  store.querySelector(".key-field").hidden = false;
  key.value = sessionStorage.getItem(KEY) ?? "";
  store.addEventListener("submit", async (event) => {
    event.preventDefault();
    const headers = { "Content-Type": "application/json", Accept: "application/json" };
    if (key.value.trim()) headers.Authorization = `Bearer ${key.value.trim()}`;
    sessionStorage.setItem(KEY, key.value.trim());
    const body = JSON.stringify(Object.fromEntries(new FormData(store)));
    const answer = await fetch("/v1/articles", { method: "POST", headers, body });
    const told = await answer.json();
    // The page of an article needs a key, which no link can send; that of an event does not.
    if (answer.ok) location.assign((told.events.length ? `/events/${told.events[0].id}` : "/") + location.search);
    else {
      error.textContent = told.detail;
      error.hidden = false;
    }
  });
}
