// The ledger: the form asks for rows, heads sort, arrow keys walk from row to row.
"use strict";

const qaLedger = (() => {
  const form = () => document.getElementById("ledger-query");
  const rows = () => [...document.querySelectorAll("#ledger tbody .show")];

  function ask(page = 0) {
    form().elements.page.value = page;
    form().dispatchEvent(new CustomEvent("ask", { bubbles: true }));
  }

  // Only the sections of the report that is chosen can be chosen.
  function narrow() {
    const { report, section } = form().elements;
    if (!report || !section) return;
    const name = report.value && report.selectedOptions[0].label;
    for (const group of section.querySelectorAll("optgroup")) {
      group.hidden = group.disabled = Boolean(name) && group.label !== name;
    }
    if (section.selectedOptions[0]?.closest("optgroup")?.disabled) section.value = "";
  }

  function mark() {
    for (const choice of form().querySelectorAll("select")) {
      choice.classList.toggle("chosen", choice.value !== "");
    }
    form().querySelector("[data-clear]").hidden = !form().querySelector(".chosen");
  }

  // The form may be drawn anew with other reports: what listens is its frame.
  function listen(frame, does) {
    frame.addEventListener("submit", (event) => event.preventDefault());
    frame.addEventListener("ask", () => {
      mark();
      qaForms.hold();
      does.query();
    });
    frame.addEventListener("input", (event) => {
      // Letters of an input method that are no word yet are not searched for.
      if (event.target.type === "search" && !event.isComposing) ask();
    });
    frame.addEventListener("compositionend", () => ask());
    frame.addEventListener("change", (event) => {
      if (event.target.type === "search") return;
      narrow();
      ask();
    });
    frame.addEventListener("click", (event) => {
      if (event.target.closest("[data-clear]")) {
        form().reset();
        narrow();
        ask();
      }
      const kind = event.target.closest("[data-save]")?.dataset.save;
      if (kind) does[kind]();
    });
  }

  function shown(table) {
    form().querySelector("[role=status]").textContent = table.querySelector(".count").innerText;
    qaForms.restore(table);
  }

  function walk(to) {
    if (!to) return;
    for (const row of rows()) row.tabIndex = -1;
    to.tabIndex = 0;
    to.focus();
  }

  document.addEventListener("click", (event) => {
    const turn = event.target.closest?.("#ledger [data-sort], #ledger [data-page]");
    if (!turn) return;
    if (turn.dataset.page) return ask(turn.dataset.page);
    form().elements.sort.value = turn.dataset.sort;
    form().elements.down.value = turn.dataset.down;
    ask();
  });
  document.addEventListener("keydown", (event) => {
    const row = event.target.closest?.("#ledger tbody .show");
    if (!row) return;
    const all = rows();
    const at = all.indexOf(row);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    walk(all[to]);
  });
  return { listen, shown };
})();
