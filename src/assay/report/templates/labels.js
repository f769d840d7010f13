"use strict";
// The page is complete without this: it adds the filter of the texts and the theme switch.
(() => {
  document.querySelectorAll(".needs-script").forEach((element) => { element.hidden = false; });

  const form = document.getElementById("filters");
  const apply = () => {
    const wanted = new FormData(form);
    const words = wanted.get("text").toLowerCase().split(/\s+/).filter(Boolean);
    for (const text of document.querySelectorAll("details.q")) {
      const said = text.textContent.toLowerCase();
      text.hidden = (wanted.get("wrong") && text.dataset.state !== "wrong") || !words.every((word) => said.includes(word));
    }
  };
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());

  document.getElementById("theme").addEventListener("click", () => {
    const root = document.documentElement;
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });
})();
