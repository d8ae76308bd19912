// The charts: the form asks for a picture, its lines show their receipt, pictures are saved.
"use strict";

const qaCharts = (() => {
  const SHARP = 3;
  // What the pane leaves free left and right of the picture.
  const SIDES = 24;
  const pane = () => document.getElementById("charts");
  let open = [];
  let scrolled = 0;
  let drawn = 0;

  function values() {
    const language = document.documentElement.lang.startsWith("en") ? "en" : "zh";
    drawn = Math.round(pane()?.clientWidth ?? 0);
    const width = String(Math.min(Math.max(drawn - SIDES, 260), 900));
    return { ...qaForms.values("charts-query"), width, language };
  }

  function listen(frame, ask) {
    const again = () => {
      if (!frame.clientWidth) return;
      open = [...frame.querySelectorAll("details[open]")].map((each) => each.id);
      scrolled = frame.querySelector(".chart-scroll")?.scrollTop ?? 0;
      qaForms.hold();
      ask();
    };
    frame.addEventListener("submit", (event) => event.preventDefault());
    frame.addEventListener("change", (event) => {
      const form = event.target.form;
      // Other figures have other indicators: what was chosen among them no longer holds.
      form.elements.named.value = event.target.name === "names" ? "1" : "";
      again();
    });
    frame.addEventListener("redraw", again);
    new ResizeObserver(() => {
      const width = frame.clientWidth;
      if (width && (frame.querySelector(".waiting") || Math.abs(width - drawn) > 24)) again();
    }).observe(frame);
    new MutationObserver(again).observe(document.documentElement, { attributeFilter: ["lang"] });
    frame.addEventListener("pointerover", tell);
    frame.addEventListener("focusin", tell);
    frame.addEventListener("pointerleave", hush);
    frame.addEventListener("focusout", hush);
    frame.addEventListener("keydown", press);
    frame.addEventListener("click", (event) => {
      const kind = event.target.closest("[data-picture]")?.dataset.picture;
      if (kind) save(kind);
    });
  }

  function shown(frame) {
    if (frame.querySelector(".waiting")) return frame.dispatchEvent(new Event("redraw"));
    for (const id of open) frame.querySelector(`#${id}`)?.setAttribute("open", "");
    frame.querySelector(".chart-scroll")?.scrollTo(0, scrolled);
    qaForms.restore(frame);
  }

  function hush() {
    const tip = pane().querySelector(".tip");
    if (tip) tip.hidden = true;
  }

  function tell(event) {
    const line = event.target.closest("[data-tip]");
    const tip = pane().querySelector(".tip");
    if (!line || !tip) return hush();
    tip.innerHTML = pane().querySelector(`.tips [data-of="${line.dataset.tip}"]`).innerHTML;
    tip.hidden = false;
    const frame = pane().querySelector(".chart-scroll");
    const [all, box] = [frame.getBoundingClientRect(), line.getBoundingClientRect()];
    const below = box.bottom - all.top + tip.offsetHeight < frame.clientHeight;
    const top = below ? box.bottom + 2 : box.top - tip.offsetHeight - 2;
    tip.style.top = `${top - all.top + frame.scrollTop}px`;
    const left = event.clientX ? event.clientX - all.left + 12 : box.left - all.left + 40;
    tip.style.left = `${Math.max(8, Math.min(left, frame.clientWidth - tip.offsetWidth - 8))}px`;
  }

  function press(event) {
    if (event.key === "Escape") return hush();
    if (!event.target.matches("[data-tip]")) return;
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    event.target.dispatchEvent(new MouseEvent("click", { bubbles: true }));
  }

  // The picture alone: what only this page can use is left out.
  function picture() {
    const copy = pane().querySelector("figure.chart svg").cloneNode(true);
    for (const line of copy.querySelectorAll(".hit")) {
      for (const name of ["data-receipt", "data-tip", "tabindex", "role", "class"]) {
        line.removeAttribute(name);
      }
    }
    return new XMLSerializer().serializeToString(copy);
  }

  // Painted here and not on the server, which may have no font for Chinese.
  async function paint(blob) {
    const { width, height } = pane().querySelector("figure.chart svg").viewBox.baseVal;
    const image = new Image(width * SHARP, height * SHARP);
    image.src = URL.createObjectURL(blob);
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [width * SHARP, height * SHARP];
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(image.src);
    return new Promise((done) => canvas.toBlob(done, "image/png"));
  }

  async function save(kind) {
    const name = pane().querySelector("figure.chart").dataset.name;
    const drawing = new Blob([picture()], { type: "image/svg+xml" });
    const saved = kind === "svg" ? drawing : await paint(drawing);
    qa.save(`${name}.${kind}`, saved.type, saved);
  }

  return { values, listen, shown };
})();
