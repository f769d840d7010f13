"use strict";
// One key a mark: y right, n wrong, u unsure; b goes back, s passes over, Escape leaves the field.
(() => {
  const form = document.getElementById("sheet");
  if (!form) return;
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select");
    if (event.key === "Escape" && typing) typing.blur();
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const button = form.querySelector(`button[value="${CSS.escape(event.key)}"]`);
    if (button) form.requestSubmit(button);
    else if (event.key === "b") document.getElementById("back")?.click();
    else if (event.key === "s") document.getElementById("skip").click();
  });
})();
