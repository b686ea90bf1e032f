// Shows the API reference with Redoc, in the colors of daybook's pages.
"use strict";

Redoc.init(
  "/openapi.yaml",
  {
    expandResponses: "200,201",
    hideHostname: true,
    jsonSamplesExpandLevel: 3,
    scrollYOffset: "#reference-header",
    theme: {
      colors: { primary: { main: "#1f4e79" }, text: { primary: "#211d18" } },
      rightPanel: { backgroundColor: "#26221d" },
      sidebar: { backgroundColor: "#fbf8f1", textColor: "#211d18" },
      typography: {
        fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif',
        fontSize: "15px",
        headings: { fontFamily: 'ui-serif, "Palatino Linotype", Palatino, "Liberation Serif", Georgia, serif' },
        code: { fontSize: "13px", color: "#a4271b" },
        links: { color: "#1f4e79" },
      },
    },
  },
  document.getElementById("reference"),
);
