"use strict";
// What every page has with a script: the theme switch and copying. Pages are complete without it.
(() => {
  const ready = (root) => root.querySelectorAll(".needs-script").forEach((element) => { element.hidden = false; });
  ready(document);
  document.addEventListener("htmx:after:swap", () => ready(document));
  document.addEventListener("click", async (event) => {
    const copy = event.target.closest("[data-copy]");
    if (!copy) return;
    await navigator.clipboard.writeText(copy.dataset.copy);
    copy.textContent = copy.dataset.done;
  });
  document.getElementById("theme").addEventListener("click", () => {
    const root = document.documentElement;
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    document.cookie = `theme=${root.dataset.theme}; path=/; max-age=31536000; samesite=lax`;
  });
})();
