// The page's own script: finds the cited characters in the source, marks them, scrolls to them.
"use strict";

const qa = (() => {
  const source = () => document.getElementById("source");

  // Offsets count characters; JavaScript's strings count halves of the rarer ones.
  const slice = (characters, start, stop) => characters.slice(start, stop).join("");

  function clear() {
    for (const leaf of source()?.querySelectorAll("[data-marked]") ?? []) {
      leaf.textContent = leaf.textContent;
      delete leaf.dataset.marked;
    }
  }

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
  function settled(element, then) {
    if (element.getClientRects().length) then();
    else requestAnimationFrame(() => settled(element, then));
  }

  function bring(pane, element, where) {
    const box = element.getBoundingClientRect();
    const frame = pane.getBoundingClientRect();
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const above = (frame.height - box.height) * where;
    pane.scrollTo({
      top: pane.scrollTop + box.top - frame.top - Math.max(above, 8),
      behavior: calm ? "auto" : "smooth",
    });
  }

  function choose(report) {
    for (const page of source().querySelectorAll("article[data-report]")) {
      page.hidden = page.dataset.report !== report;
    }
    const choice = source().querySelector("select.choose");
    if (choice) choice.value = report;
  }

  // Marks the receipts that lie in the report of the first, and scrolls to the first.
  function show(...receipts) {
    const { report } = receipts[0];
    const here = receipts.filter((receipt) => receipt.report === report);
    const figures = here.flatMap((receipt) => receipt.figures);
    const quotes = here.flatMap((receipt) => receipt.quotes);
    clear();
    choose(report);
    document.getElementById("source-tab-button")?.click();
    const page = [...source().querySelectorAll("article[data-report]")].find((a) => !a.hidden);
    for (const leaf of page.querySelectorAll("[data-start]")) mark(leaf, { figures, quotes });
    const [start] = receipts[0].figures[0] ?? receipts[0].quotes[0];
    const marks = [...page.querySelectorAll("mark")];
    const first = marks.find((each) => Number(each.dataset.at) >= start) ?? marks[0];
    if (first) settled(first, () => bring(source(), first, 0.4));
  }

  function answered() {
    const pane = document.getElementById("conversation");
    const turn = pane.querySelector(".turn:last-child");
    if (!turn) return clear();
    settled(turn, () => bring(pane, turn, 0));
    const links = [...turn.querySelectorAll(".quote [data-receipt]")];
    const receipts = links.map((link) => JSON.parse(link.dataset.receipt));
    if (receipts.length) show(...receipts);
    else clear();
  }

  document.documentElement.lang = "zh-CN";
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-receipt]");
    if (link) show(JSON.parse(link.dataset.receipt));
  });
  document.addEventListener("change", (event) => {
    if (!event.target.matches?.("select.choose")) return;
    clear();
    choose(event.target.value);
    source().scrollTo({ top: 0 });
  });
  return { answered, show, clear };
})();
