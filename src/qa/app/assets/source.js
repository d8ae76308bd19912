// The source: finds the cited characters and marks them, scrolls to them, and shows a figure's record.
"use strict";

globalThis.qa ??= {};

(() => {
  const source = () => document.getElementById("source");
  const page = () =>
    [...source().querySelectorAll("article[data-report]")].find((article) => !article.hidden);

  // Offsets count characters; JavaScript's strings count halves of the rarer ones.
  const slice = (characters, start, stop) => characters.slice(start, stop).join("");

  qa.clear = () => {
    for (const leaf of source()?.querySelectorAll("[data-marked]") ?? []) {
      leaf.textContent = leaf.textContent;
      delete leaf.dataset.marked;
    }
  };

  function mark(leaf, { figures, quotes }) {
    const start = Number(leaf.dataset.start);
    const stop = Number(leaf.dataset.stop);
    const cut = (spans) =>
      spans
        .map(([a, b]) => [Math.max(a, start), Math.min(b, stop)])
        .filter(([a, b]) => a < b);
    const strong = cut(figures);
    const soft = cut(quotes);
    if (!strong.length && !soft.length) return;
    const characters = [...leaf.textContent];
    const ends = [start, stop, ...strong.flat(), ...soft.flat()];
    const cuts = [...new Set(ends)].sort((a, b) => a - b);
    const within = (spans, at) => spans.some(([a, b]) => a <= at && at < b);
    leaf.replaceChildren(
      ...cuts.slice(0, -1).map((at, i) => {
        const text = slice(characters, at - start, cuts[i + 1] - start);
        if (!within(strong, at) && !within(soft, at)) return text;
        // Without a figure the quote itself is what was asked for.
        const main = within(strong, at) || !figures.length;
        const node = document.createElement(main ? "mark" : "span");
        node.className = main ? "cited" : "quoted";
        node.dataset.at = at;
        node.textContent = text;
        return node;
      }),
    );
    leaf.dataset.marked = "";
  }

  // Runs when the element is laid out: a tab just opened has no height yet.
  qa.settled = (element, then) => {
    if (!element.isConnected) return;
    if (element.getClientRects().length) then();
    else requestAnimationFrame(() => qa.settled(element, then));
  };

  qa.bring = (pane, element, where) => {
    const box = element.getBoundingClientRect();
    const frame = pane.getBoundingClientRect();
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const above = (frame.height - box.height) * where;
    pane.scrollTo({
      top: pane.scrollTop + box.top - frame.top - Math.max(above, 8),
      behavior: calm ? "auto" : "smooth",
    });
  };

  function choose(report) {
    for (const part of source().querySelectorAll("[data-report]")) {
      part.hidden = part.dataset.report !== report;
    }
    const choice = source().querySelector("select.choose");
    if (choice) choice.value = report;
  }

  // Marks the receipts that lie in the report of the first, and scrolls to the first.
  qa.show = (...receipts) => {
    const { report } = receipts[0];
    // An old answer may cite a report that has been put away since.
    if (![...source().querySelectorAll("article")].some((a) => a.dataset.report === report)) return false;
    const here = receipts.filter((receipt) => receipt.report === report);
    const figures = here.flatMap((receipt) => receipt.figures);
    const quotes = here.flatMap((receipt) => receipt.quotes);
    qa.clear();
    choose(report);
    document.getElementById("source-tab-button")?.click();
    const leaves = page()?.querySelectorAll("[data-start]") ?? [];
    for (const leaf of leaves) mark(leaf, { figures, quotes });
    const [start] = receipts[0].figures[0] ?? receipts[0].quotes[0];
    const marks = [...(page()?.querySelectorAll("mark") ?? [])];
    const first = marks.find((each) => Number(each.dataset.at) >= start) ?? marks[0];
    if (first) qa.settled(first, () => qa.bring(source(), first, 0.4));
    return true;
  };

  // A receipt that was clicked or linked to; a report that isn't here is said to be away.
  qa.follow = (receipts, link) => {
    if (qa.show(...receipts)) return qa.openPapers?.(link);
    const said = qa.language() === "en"
      ? "That report is not selected here. An uploaded one is seen on its own page alone; select it under “Reports”."
      : "那份报告现在没有选中，请在“报告”里选上；上传的报告只在上传者自己的页面里看得到。";
    qa.notice(said);
  };

  // A receipt of an address: REPORT:START-STOP.
  qa.receipt = (text) => {
    const [, report, start, stop] = /^(.+):(\d+)-(\d+)$/.exec(text ?? "") ?? [];
    return report && { report, figures: [[Number(start), Number(stop)]], quotes: [] };
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-receipt]");
    if (!link) return;
    qa.follow([JSON.parse(link.dataset.receipt)], link);
  });
  document.addEventListener("change", (event) => {
    if (!event.target.matches?.("#source select.choose")) return;
    qa.clear();
    choose(event.target.value);
    source().scrollTo({ top: 0 });
  });

  document.addEventListener("toggle", (event) => {
    // The list lies over the text: a click anywhere else closes it, as does Escape.
    if (event.target.matches?.(".contents") && event.target.open) {
      event.target.querySelector("button")?.focus({ preventScroll: true });
    }
  }, true);
  document.addEventListener("click", (event) => {
    for (const list of source()?.querySelectorAll(".contents[open]") ?? []) {
      if (!list.contains(event.target)) list.open = false;
    }
  });
  qa.on("goto", (button) => {
    const list = button.closest("details");
    list.open = false;
    list.querySelector("summary").focus({ preventScroll: true });
    const heading = page().querySelector(`[data-section="${button.dataset.at}"]`);
    // Headings stick to the top; where they belong is where their section begins.
    if (heading) qa.bring(source(), heading.parentElement, 0);
  });
})();
