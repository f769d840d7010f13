"use strict";
// Answers as they come, and the page of a source beside its answer. Without this file forms and links do the same.
(() => {
  const form = document.getElementById("ask-form");
  const turns = document.getElementById("turns");
  const beside = document.getElementById("page");
  const wake = (root) => {
    root.querySelectorAll(".needs-script").forEach((element) => { element.hidden = false; });
    window.htmx?.process(root);
  };

  const waiting = (question) => {
    const item = document.createElement("li");
    item.className = "turn";
    const asked = document.createElement("p");
    asked.className = "asked";
    asked.textContent = question;
    const answer = document.createElement("div");
    answer.className = "answer busy";
    answer.textContent = form.dataset.busy;
    item.append(asked, answer);
    turns.append(item);
    item.scrollIntoView({ block: "nearest" });
    return { item, answer };
  };

  const take = (line, shown) => {
    const told = JSON.parse(line);
    if (told.text !== undefined) {
      if (!shown.begun) shown.answer.textContent = "";
      shown.begun = true;
      shown.answer.textContent += told.text;
    } else if (told.html !== undefined) {
      const holder = document.createElement("ol");
      holder.innerHTML = told.html; // of this server's own template
      const item = holder.firstElementChild;
      shown.item.replaceWith(item);
      wake(item);
      form.elements.conversation.value = told.conversation;
      history.replaceState(null, "", `/ask/${told.conversation}`);
      shown.done = true;
    } else {
      shown.answer.className = "problem";
      shown.answer.setAttribute("role", "alert");
      shown.answer.textContent = told.problem;
      shown.done = true;
    }
  };

  const read = async (response, shown) => {
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const { value, done } = await reader.read();
      const lines = (rest + (value ?? "")).split("\n");
      rest = lines.pop();
      lines.filter(Boolean).forEach((line) => take(line, shown));
      if (done) return;
    }
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button.main");
    const asked = new FormData(form);
    if (button.disabled || !asked.get("question").trim()) return;
    button.disabled = true;
    form.elements.question.value = "";
    const shown = waiting(asked.get("question").trim());
    try {
      const response = await fetch("/ask/stream", { method: "POST", body: new URLSearchParams(asked), headers: { "hx-request": "true" } });
      if (response.headers.get("content-type").startsWith("application/x-ndjson")) {
        await read(response, shown);
        if (!shown.done) throw new Error("ended");
      } else {
        shown.answer.className = "";
        shown.answer.innerHTML = await response.text(); // one sentence of this server's own template
        form.elements.question.value = asked.get("question");
      }
    } catch {
      shown.answer.className = "problem";
      shown.answer.textContent = form.dataset.lost;
      form.elements.question.value = asked.get("question");
    }
    button.disabled = false;
    form.elements.question.focus();
  });

  form.elements.question.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
  });

  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[data-source]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const response = await fetch(link.dataset.source, { headers: { "hx-request": "true" } });
    beside.innerHTML = await response.text(); // of this server's own template
    beside.hidden = false;
    document.getElementById("desk").classList.add("with-page");
    beside.setAttribute("tabindex", "-1");
    beside.focus({ preventScroll: true });
    const rect = beside.querySelector("rect, mark");
    const picture = beside.querySelector("img");
    if (picture && !picture.complete) await new Promise((ready) => picture.addEventListener("load", ready, { once: true }));
    (rect ?? beside).scrollIntoView({ block: "center", behavior: "smooth" });
  });
})();
