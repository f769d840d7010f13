"use strict";
// One answer at a time; every mark is kept in this browser at once, and saved to a file on request. Nothing is sent.
(() => {
  const byId = (id) => document.getElementById(id);
  const { form, run, draw, rows, words } = JSON.parse(byId("data").textContent);
  const key = `assay-marks-${run}-${draw}`;
  const buttons = [...document.querySelectorAll(".marks button")];
  const person = byId("person");
  const fill = (pattern, n, of) => pattern.replace("##", of).replace("#", n);
  let marks = {};
  let at = 0;

  const load = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(key) || "{}");
      marks = kept.marks || {};
      person.value = kept.person || "";
      at = Math.max(0, rows.findIndex((one) => !marks[one.row]));
    } catch {
      byId("told").textContent = words.no_store;
    }
  };
  const keep = () => {
    try {
      localStorage.setItem(key, JSON.stringify({ person: person.value, marks }));
    } catch {
      byId("told").textContent = words.no_store;
    }
  };

  const jumps = rows.map((one, place) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = place + 1;
    button.addEventListener("click", () => go(place));
    const item = document.createElement("li");
    item.append(button);
    document.querySelector(".jump").append(item);
    return button;
  });

  const show = () => {
    const one = rows[at];
    const said = marks[one.row];
    byId("place").textContent = fill(words.position, at + 1, rows.length);
    byId("question").textContent = one.question;
    byId("accepted").textContent = one.accepted.join("\n") || byId("accepted").dataset.none;
    byId("evidence").textContent = [one.quote, one.source].filter(Boolean).join("\n");
    byId("evidence-row").hidden = !one.quote && !one.source;
    byId("answer").textContent = one.answer || byId("answer").dataset.empty;
    byId("answer").scrollTop = 0;
    buttons.forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.said === said)));
    byId("back").disabled = at === 0;
    byId("next").disabled = at === rows.length - 1;
    jumps.forEach((button, place) => {
      const mark = marks[rows[place].row];
      if (mark) button.dataset.said = mark; else delete button.dataset.said;
      button.setAttribute("aria-current", String(place === at));
      button.setAttribute("aria-label", `${fill(words.position, place + 1, rows.length)}: ${mark ? words[`said.${mark}`] : words.open}`);
    });
    const done = rows.filter((row) => marks[row.row]).length;
    byId("progress").value = done;
    byId("count").textContent = done === rows.length ? words.done : fill(words.progress, done, rows.length);
  };
  const go = (place) => {
    at = Math.min(Math.max(place, 0), rows.length - 1);
    show();
    const card = document.querySelector(".card").getBoundingClientRect();
    if (card.top < 0 || card.bottom > document.querySelector(".bar").getBoundingClientRect().top) document.querySelector(".card").scrollIntoView();
  };

  const nextOpen = () => {
    const later = rows.findIndex((one, place) => place > at && !marks[one.row]);
    return later >= 0 ? later : rows.findIndex((one) => !marks[one.row]);
  };
  const mark = (said) => {
    const { row } = rows[at];
    const isAgain = marks[row] === said;
    if (isAgain) delete marks[row]; else marks[row] = said;
    keep();
    const open = nextOpen();
    if (isAgain || open < 0) {
      show();
      if (!isAgain) byId("save").focus();
    } else go(open);
  };
  buttons.forEach((button) => button.addEventListener("click", () => mark(button.dataset.said)));
  byId("back").addEventListener("click", () => go(at - 1));
  byId("next").addEventListener("click", () => go(at + 1));
  person.addEventListener("input", keep);
  document.addEventListener("keydown", (event) => {
    if (event.target === person || event.ctrlKey || event.metaKey || event.altKey) return;
    const said = event.key.toLowerCase();
    if (["y", "n", "u"].includes(said)) mark(said);
    else if (event.key === "ArrowLeft") go(at - 1);
    else if (event.key === "ArrowRight") go(at + 1);
    else return;
    event.preventDefault();
  });

  byId("save").addEventListener("click", () => {
    const name = person.value.trim();
    byId("told").textContent = name ? "" : words.name_first;
    if (!name) return person.focus();
    const open = rows.filter((one) => !marks[one.row]).length;
    const text = JSON.stringify({ form, run, draw, person: name, open, marks }, null, 1);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = `marks-${run}-${draw}-${name.replace(/[^\p{L}\p{N}]+/gu, "-")}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    byId("told").textContent = fill(words.saved, rows.length - open, rows.length);
  });

  load();
  show();
})();
