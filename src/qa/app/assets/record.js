// The record of a figure: a small card beside it, on hover, on focus and on a tap.
"use strict";

globalThis.qa ??= {};

(() => {
  const rows = {
    indicator: "指标\u2063Indicator",
    measure: "量\u2063Measure",
    period: "时期\u2063Period",
    scope: "范围\u2063Scope",
    value: "数值\u2063Value",
  };
  const card = document.createElement("div");
  card.id = "record";
  card.setAttribute("role", "tooltip");
  card.hidden = true;
  let shown = null;

  function fill(figure) {
    const record = JSON.parse(figure.dataset.record);
    const head = document.createElement("p");
    head.textContent = record.text;
    const list = document.createElement("dl");
    for (const [key, name] of Object.entries(rows)) {
      if (!record[key]) continue;
      const term = document.createElement("dt");
      const said = document.createElement("dd");
      term.textContent = name;
      said.textContent = record[key];
      list.append(term, said);
    }
    card.replaceChildren(head, list);
  }

  function place(figure) {
    const box = figure.getClientRects()[0];
    const { width, height } = card.getBoundingClientRect();
    const left = Math.min(Math.max(8, box.left), innerWidth - width - 8);
    const above = box.top - height - 8;
    card.style.left = `${left}px`;
    card.style.top = `${above > 8 ? above : box.bottom + 8}px`;
  }

  function open(figure) {
    if (!card.isConnected) document.body.append(card);
    close();
    shown = figure;
    fill(figure);
    card.hidden = false;
    place(figure);
    figure.setAttribute("aria-describedby", card.id);
  }

  function close() {
    shown?.removeAttribute("aria-describedby");
    shown = null;
    card.hidden = true;
  }
  qa.closeRecord = () => {
    const was = shown;
    close();
    return Boolean(was);
  };

  const figureAt = (event) => event.target.closest?.("#source .printed");

  document.addEventListener("pointerover", (event) => {
    const figure = figureAt(event);
    if (figure && figure !== shown) open(figure);
    else if (!figure && shown && shown !== document.activeElement && event.target !== card) close();
  });
  document.addEventListener("focusin", (event) => {
    const figure = figureAt(event);
    if (figure) open(figure);
    else close();
  });
  document.addEventListener(
    "scroll",
    () => {
      if (shown && shown === document.activeElement) place(shown);
      else if (shown) close();
    },
    true,
  );

  // One figure can be reached with Tab, the others from it with the arrows.
  document.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const figure = figureAt(event);
    if (!figure || !step) return;
    event.preventDefault();
    const all = [...figure.closest("article").querySelectorAll(".printed")];
    const next = all[all.indexOf(figure) + step];
    if (!next) return;
    figure.tabIndex = -1;
    next.tabIndex = 0;
    next.focus({ preventScroll: true });
    const box = next.getBoundingClientRect();
    const frame = document.getElementById("source").getBoundingClientRect();
    if (box.top < frame.top + 90 || box.bottom > frame.bottom - 20) {
      next.scrollIntoView({ block: "center" });
    }
  });
})();
