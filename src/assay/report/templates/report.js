"use strict";
// The page is complete without this: it adds filters, a reader for passages, the theme switch and print preparation.
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  all(".needs-script").forEach((element) => { element.hidden = false; });

  const form = document.getElementById("filters");
  const questions = all("details.q");
  const texts = new Map();
  const textOf = (question) => {
    if (!texts.has(question)) texts.set(question, question.textContent.toLowerCase());
    return texts.get(question);
  };

  const apply = () => {
    const wanted = new FormData(form);
    const words = wanted.get("text").toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const question of questions) {
      const fits =
        (!wanted.get("cause") || question.dataset.cause === wanted.get("cause")) &&
        (!wanted.get("outcome") || question.dataset.outcomes[wanted.get("cell")] === wanted.get("outcome")) &&
        words.every((word) => textOf(question).includes(word));
      question.hidden = !fits;
      shown += fits;
    }
    const status = form.querySelector(".shown");
    status.textContent = status.dataset.template.replace("#", shown);
    document.querySelector(".nothing").hidden = shown > 0;
  };
  let waiting = 0;
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(apply, 120); });
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("submit", (event) => event.preventDefault());
  document.getElementById("open-all").addEventListener("click", () =>
    questions.forEach((question) => { if (!question.hidden) question.open = true; }));
  document.getElementById("close-all").addEventListener("click", () =>
    questions.forEach((question) => { question.open = false; }));
  all("[data-show-cause]").forEach((link) => link.addEventListener("click", () => {
    form.reset();
    form.elements.cause.value = link.dataset.showCause;
    setTimeout(apply);
  }));
  apply();

  const reader = document.getElementById("reader");
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.passage");
    if (event.target === reader) reader.close();
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const copy = document.querySelector(link.getAttribute("href")).cloneNode(true);
    copy.removeAttribute("id");
    reader.lastElementChild.replaceChildren(copy);
    reader.showModal();
    copy.querySelector("mark")?.scrollIntoView({ block: "center" });
  });

  document.getElementById("theme").addEventListener("click", () => {
    const root = document.documentElement;
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });

  // On paper every table is open; questions print as they stand: the list, and in full those that the reader opened.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = all("details.more:not([open]):not(.appendix):not(figure *)");
    opened.forEach((details) => { details.open = true; });
  });
  addEventListener("afterprint", () => opened.forEach((details) => { details.open = false; }));
})();
