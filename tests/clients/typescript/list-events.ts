// A client of a front end. Its types are generated from the description of the API, so the compiler rejects unknown fields.
// Writes each event of January 2022, for test_typescript.py.
import createClient from "openapi-fetch";
import type { components, paths } from "./api.js";

type Event = components["schemas"]["Event"];

const api = createClient<paths>({ baseUrl: process.argv[2] });

const { data, error } = await api.GET("/v1/events", {
  params: { query: { from: "2022-01-01", to: "2022-01-31", kind: ["talks"] } },
});
if (error) {
  throw new Error(error.detail);
}
for (const event of data.items) {
  // With `updated_since`, a list contains tombstones as well, according to the types.
  if (!("removed" in event)) {
    console.log(line(event));
  }
}

// An invalid value is rejected with a problem that names it.
const wrong = await api.GET("/v1/events", { params: { query: { from: "soon" } } });
console.log(wrong.error?.status, wrong.error?.field);

function line(event: Event): string {
  const place: string = event.place?.name ?? "nowhere";
  return [event.starts_on, event.status, place, event.participants.map((party) => party.name).join("+")].join(" ");
}
