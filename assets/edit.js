// Corrections on the page of an event. The key and the name are kept in the session of the browser.
"use strict";

const section = document.querySelector(".edit");
const KEY = "daybook-key";
const NAME = "daybook-author";

/** Sends a request of the API, with the key that was typed. Returns the answer, or throws what is wrong. */
async function call(method, path, body) {
  const headers = { "Content-Type": "application/json", Accept: "application/json" };
  const key = sessionStorage.getItem(KEY);
  if (key) headers.Authorization = `Bearer ${key}`;
  const answer = await fetch(path, { method, headers, body: body && JSON.stringify(body) });
  if (answer.status === 204) return null;
  const told = await answer.json();
  if (!answer.ok) throw new Error(told.detail);
  return told;
}

if (section) {
  const id = section.dataset.event;
  const error = section.querySelector("[role=alert]");
  const key = section.querySelector("[data-key]");
  const author = section.querySelector("[name=author]");
  const reason = section.querySelector("[name=reason]");
  section.hidden = false;
  key.value = sessionStorage.getItem(KEY) ?? "";
  author.value = sessionStorage.getItem(NAME) ?? "";
  key.addEventListener("change", () => sessionStorage.setItem(KEY, key.value.trim()));
  author.addEventListener("change", () => sessionStorage.setItem(NAME, author.value.trim()));

  /** Makes a correction, and shows the event as it is then; `usual` is the reason where none was typed. */
  async function correct(method, path, fields, usual) {
    try {
      const signed = { author: author.value.trim(), reason: reason.value.trim() || usual, ...fields };
      const { events } = await call(method, path, signed);
      const shown = events.find((event) => event.id === id) ?? events[0];
      if (shown && shown.id !== id) location.assign(`/events/${shown.id}${location.search}`);
      else location.reload();
    } catch (wrong) {
      error.textContent = wrong.message;
      error.hidden = false;
    }
  }

  for (const button of section.querySelectorAll("[data-set-status]")) {
    const status = button.dataset.setStatus;
    button.addEventListener("click", () => correct("PATCH", `/v1/events/${id}`, { status }, button.textContent));
  }

  section.querySelector("[data-correct]").addEventListener("submit", (event) => {
    event.preventDefault();
    const fields = {};
    for (const field of event.target.elements) {
      const was = field.tagName === "SELECT" ? [...field.options].find((option) => option.defaultSelected)?.value : field.defaultValue;
      if (field.name && field.value !== was) fields[field.name] = field.value;
    }
    const { starts_on, ends_on } = event.target.elements;
    // Days go together; where the last one was left, an event of one day stays one.
    if (fields.starts_on || fields.ends_on) {
      fields.starts_on = starts_on.value;
      const isOneDay = starts_on.defaultValue === ends_on.defaultValue && !fields.ends_on;
      fields.ends_on = isOneDay ? starts_on.value : ends_on.value;
    }
    correct("PATCH", `/v1/events/${id}`, fields, "");
  });

  section.querySelector("[data-merge]").addEventListener("submit", (event) => {
    event.preventDefault();
    const other = event.target.elements.other.value.match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/i)?.[0];
    correct("POST", `/v1/events/${id}/merge`, { other: other ?? event.target.elements.other.value }, section.dataset.reasonMerged);
  });

  section.querySelector("[data-split]")?.addEventListener("submit", (event) => {
    event.preventDefault();
    const articles = new FormData(event.target).getAll("articles");
    correct("POST", `/v1/events/${id}/split`, { articles }, section.dataset.reasonSplit);
  });
}

for (const button of document.querySelectorAll("[data-withdraw]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await call("DELETE", `/v1/corrections/${button.dataset.withdraw}`);
      location.reload();
    } catch (wrong) {
      button.replaceWith(Object.assign(document.createElement("span"), { className: "error", role: "alert", textContent: wrong.message }));
    }
  });
}
