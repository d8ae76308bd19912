// On a phone the papers slide in over the conversation, and go by a button, Escape or the way back.
"use strict";

globalThis.qa ??= {};

(() => {
  const narrow = matchMedia("(max-width: 760px)");
  const root = document.documentElement;
  const isOpen = () => root.dataset.papers === "open";
  const back = () => document.querySelector('#papers [data-do="back"]');
  let opener = null;

  function show(open) {
    if (open) root.dataset.papers = "open";
    else delete root.dataset.papers;
    for (const id of ["talk", "masthead"]) document.getElementById(id).inert = open;
  }

  // What was hidden takes the focus only once it is seen.
  function focusBack() {
    if (!isOpen() || !back()) return;
    if (getComputedStyle(back()).visibility === "visible") back().focus({ preventScroll: true });
    else requestAnimationFrame(focusBack);
  }

  qa.openPapers = (from = null) => {
    if (!narrow.matches || isOpen()) return;
    opener = from;
    show(true);
    history.pushState({ papers: true }, "");
    focusBack();
  };

  function close() {
    if (!isOpen()) return;
    show(false);
    if (opener?.isConnected) opener.focus({ preventScroll: true });
    opener = null;
  }

  qa.on("papers", (button) => qa.openPapers(button));
  // The button does what the browser's way back does: both leave one step behind them.
  qa.on("back", () => (history.state?.papers ? history.back() : close()));
  // To the box where a question is typed, on a phone by way of the button.
  qa.on("question", () => {
    opener = null;
    if (isOpen()) back().click();
    const box = () => document.querySelector("#question input");
    const focus = () => (isOpen() ? requestAnimationFrame(focus) : box()?.focus());
    focus();
  });
  addEventListener("popstate", close);
  narrow.addEventListener("change", () => {
    if (!narrow.matches) show(false);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const list = document.querySelector("#source .contents[open]");
    if (list) {
      list.open = false;
      list.querySelector("summary").focus();
    } else if (!qa.closeRecord() && isOpen()) {
      back().click();
    }
  });
})();
