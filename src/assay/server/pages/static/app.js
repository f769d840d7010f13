"use strict";
// What every page has with a script: the theme switch. Pages are complete without it.
(() => {
  const ready = (root) => root.querySelectorAll(".needs-script").forEach((element) => { element.hidden = false; });
  ready(document);
  document.addEventListener("htmx:after:swap", () => ready(document));
  document.getElementById("theme").addEventListener("click", () => {
    const root = document.documentElement;
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    document.cookie = `theme=${root.dataset.theme}; path=/; max-age=31536000; samesite=lax`;
  });
})();
