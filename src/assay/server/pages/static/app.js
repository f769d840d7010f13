"use strict";
// What every page has with a script: the theme switch, copying, and forms that are sent once. Pages are complete without it.
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
  document.addEventListener("submit", (event) => { // a second press would do it twice, or hide what the first one shows
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.pressed) { event.preventDefault(); return; }
    form.dataset.pressed = "1";
    setTimeout(() => { delete form.dataset.pressed; }, 5000); // an answer that never came
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-pressed]").forEach((form) => { delete form.dataset.pressed; }));
  document.getElementById("theme").addEventListener("click", () => {
    const root = document.documentElement;
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    document.cookie = `theme=${root.dataset.theme}; path=/; max-age=31536000; samesite=lax`;
  });
})();
