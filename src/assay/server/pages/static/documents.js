"use strict";
// Files by drag and drop, one after another, each with its progress and what is wrong with it. The form does without.
(() => {
  const form = document.getElementById("upload");
  if (!form) return;
  const list = document.getElementById("sending");

  const send = (file, name) => new Promise((done) => {
    const item = document.createElement("li");
    const bar = document.createElement("progress");
    bar.max = file.size || 1;
    bar.value = 0;
    bar.setAttribute("aria-label", name);
    const told = document.createElement("span");
    told.textContent = `${name}: ${form.dataset.sending}`;
    item.append(told, bar);
    list.append(item);
    const request = new XMLHttpRequest();
    const end = (text, wrong) => { told.textContent = `${name}: ${text}`; bar.remove(); item.className = wrong ? "problem" : ""; done(!wrong); };
    const replace = form.elements.replace.checked ? "&replace=1" : "";
    request.open("PUT", `/documents/-/file?name=${encodeURIComponent(name)}${replace}`);
    request.upload.onprogress = (event) => { bar.value = event.loaded; };
    request.onload = () => {
      const page = new DOMParser().parseFromString(request.responseText, "text/html");
      let problem = request.status < 400 ? "" : (page.querySelector(".problem") ?? page.body).textContent.trim();
      try { problem = JSON.parse(request.responseText).problem ?? ""; } catch { /* a sentence, or a page with one */ }
      end(problem || form.dataset.sent, Boolean(problem));
    };
    request.onerror = () => end(form.dataset.lost, true);
    request.setRequestHeader("hx-request", "true");
    request.send(file);
  });

  const sendAll = async (files) => {
    const below = form.elements.folder.value.trim().replace(/^\/+|\/+$/g, "");
    let sent = 0;
    for (const file of files) sent += await send(file, (below ? `${below}/` : "") + file.name);
    if (sent) {
      await fetch("/documents/-/sync", { method: "POST" });
      if (sent === files.length) location.reload();
    }
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    sendAll([...form.elements.files.files]);
  });
  ["dragover", "dragenter"].forEach((name) => form.addEventListener(name, (event) => { event.preventDefault(); form.classList.add("over"); }));
  ["dragleave", "drop"].forEach((name) => form.addEventListener(name, () => form.classList.remove("over")));
  form.addEventListener("drop", (event) => { event.preventDefault(); sendAll([...event.dataTransfer.files]); });
})();
