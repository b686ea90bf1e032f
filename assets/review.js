// The review queue by one key an item: j and k go from item to item, the keys on the buttons decide. The key of the API and the
// name of the editor are kept in the session of the browser.
"use strict";

const form = document.getElementById("review");
const error = form.querySelector("[role=alert]");
const key = form.querySelector("[data-key]");
const { author, reason } = form.elements;
const KEY = "daybook-key";
const NAME = "daybook-author";

form.querySelector(".key-field").hidden = false;
key.value = sessionStorage.getItem(KEY) ?? "";
author.value ||= sessionStorage.getItem(NAME) ?? "";
key.addEventListener("change", () => sessionStorage.setItem(KEY, key.value.trim()));
author.addEventListener("change", () => sessionStorage.setItem(NAME, author.value.trim()));

const items = () => [...form.querySelectorAll(".item")];
const current = () => document.activeElement?.closest(".item");

function go(item) {
  item?.focus();
  item?.scrollIntoView({ block: "nearest" });
}

/** Sends a decision; the item leaves the page, and the next one is up. */
async function decide(button) {
  const item = button.closest(".item");
  const headers = { Accept: "application/json" };
  if (key.value.trim()) headers.Authorization = `Bearer ${key.value.trim()}`;
  const body = new URLSearchParams({ author: author.value, reason: reason.value, decision: button.value });
  const answer = await fetch(form.action, { method: "POST", headers, body, redirect: "manual" });
  if (answer.type !== "opaqueredirect") {
    error.textContent = (await answer.json()).detail;
    error.hidden = false;
    error.scrollIntoView({ block: "nearest" });
    return;
  }
  error.hidden = true;
  const next = item.nextElementSibling ?? item.previousElementSibling;
  item.remove();
  if (items().length === 0) location.reload();
  else go(next);
}

form.addEventListener("submit", (event) => {
  if (!event.submitter?.closest(".item")) return;
  event.preventDefault();
  decide(event.submitter);
});

// Before the keys of all pages: here j and k go from item to item.
document.addEventListener(
  "keydown",
  (event) => {
    if (event.target.closest("input, textarea, dialog") || event.ctrlKey || event.metaKey || event.altKey) return;
    const all = items();
    if (event.key === "j" || event.key === "k") {
      const at = all.indexOf(current());
      go(all[Math.min(Math.max(at < 0 ? 0 : at + (event.key === "j" ? 1 : -1), 0), all.length - 1)]);
    } else {
      const button = current()?.querySelector(`[data-press="${CSS.escape(event.key)}"]`);
      if (!button) return;
      if (form.reportValidity()) decide(button);
    }
    event.preventDefault();
    event.stopImmediatePropagation();
  },
  true,
);
