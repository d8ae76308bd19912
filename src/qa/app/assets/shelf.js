// The shelf's own script: sends files and tells the page's handlers what was clicked.
"use strict";

// The page's address as a folder, so that it also holds behind a proxy's sub-path.
const qaAddress = (name) =>
  `${location.pathname}${location.pathname.endsWith("/") ? "" : "/"}${name}`;

const qaShelf = (element, trigger) => {
  const find = (selector) => element.querySelector(selector);
  let sending = false;

  // One file: its ticket, or why there is none.
  const send = (file, told) =>
    new Promise((resolve) => {
      const { name, size } = file;
      if (size > Number(find(".shelf").dataset.bytes)) {
        resolve({ name, refused: "large" });
        return;
      }
      const request = new XMLHttpRequest();
      request.open("POST", qaAddress("upload"));
      request.setRequestHeader("X-QA-Upload", "1");
      request.responseType = "json";
      request.upload.onprogress = (event) => told(event.loaded);
      request.onerror = () => resolve({ name, refused: "cut" });
      request.onload = () => {
        const why = { 413: "large", 503: "busy" }[request.status] ?? "cut";
        const ticket = request.status === 200 && request.response?.ticket;
        resolve(ticket ? { name, ticket } : { name, refused: why });
      };
      request.send(file);
    });

  async function bring(files) {
    if (!files.length || sending) return;
    sending = true;
    const line = find(".sending");
    const [text, bar] = [find(".sending p"), find(".sending progress")];
    line.hidden = false;
    const whole = files.reduce((sum, file) => sum + file.size, 0) || 1;
    let before = 0;
    const done = [];
    for (const file of files) {
      text.textContent = `${file.name} (${done.length + 1}/${files.length})`;
      done.push(await send(file, (sent) => (bar.value = (100 * (before + sent)) / whole)));
      before += file.size;
      bar.value = (100 * before) / whole;
    }
    line.hidden = true;
    sending = false;
    trigger("bring", { files: done });
  }

  const boxes = (kind) => [...element.querySelectorAll(`input[type=checkbox]${kind}`)];
  const values = (inputs) => inputs.map((input) => input.value);

  element.addEventListener("change", ({ target }) => {
    if (target.type === "file") {
      bring([...target.files]);
      target.value = "";
    } else if (target.type === "checkbox") {
      trigger("choose", { reports: values(boxes(":checked")) });
    }
  });
  element.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (button?.matches(".discard")) trigger("discard", { report: button.dataset.report });
    const kind = { mine: "[data-mine]", served: "[data-served]", all: "" }[button?.dataset.which];
    if (kind !== undefined) trigger("choose", { reports: values(boxes(kind)) });
  });
  element.addEventListener("submit", (event) => {
    event.preventDefault();
    const form = event.target;
    trigger("correct", {
      report: form.dataset.report,
      place: form.elements.place.value,
      year: form.elements.year.value,
    });
  });
  for (const name of ["dragenter", "dragover", "dragleave", "drop"]) {
    element.addEventListener(name, (event) => {
      event.preventDefault();
      find(".drop").classList.toggle("over", name === "dragenter" || name === "dragover");
      if (name === "drop") bring([...event.dataTransfer.files]);
    });
  }
  addEventListener("pagehide", (event) => {
    const session = find(".shelf")?.dataset.session;
    if (session && !event.persisted) navigator.sendBeacon(qaAddress("leave"), session);
  });
};
