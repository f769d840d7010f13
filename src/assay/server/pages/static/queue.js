"use strict";
// One key a decision: a accepts, t for the test, x throws away, s passes over, e corrects, Escape leaves the field.
(() => {
  const form = document.getElementById("queue");
  if (!form) return;
  const press = (value) => form.requestSubmit(form.querySelector(`button[value=${value}]`));
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select");
    if (event.key === "Escape" && typing) typing.blur();
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "a") press("accept");
    else if (event.key === "t") press("test");
    else if (event.key === "x") press("discard");
    else if (event.key === "s") document.getElementById("skip").click();
    else if (event.key === "e") { event.preventDefault(); form.elements.question.focus(); }
  });
})();
