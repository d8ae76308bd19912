// The conversation: what is clicked in it, what is copied and taken away, and the way to a new answer.
"use strict";

globalThis.qa ??= {};

(() => {
  const pane = () => document.getElementById("conversation");
  const turns = () => [...pane().querySelectorAll(".turn")];
  const either = (chinese, english) => (qa.language() === "en" ? english : chinese);

  // One place speaks to those who hear the page; the conversation itself is not read out anew.
  const voice = document.createElement("div");
  voice.id = "voice";
  voice.className = "unseen";
  voice.setAttribute("role", "status");
  qa.say = (text) => {
    if (!voice.isConnected) document.body.append(voice);
    voice.textContent = text;
  };

  // What the page has to say to all; it stays until the next click or key.
  qa.notice = (text) => {
    document.getElementById("notice")?.remove();
    const notice = document.createElement("div");
    notice.id = "notice";
    notice.setAttribute("role", "status");
    document.body.append(notice);
    notice.textContent = text;
    const leave = () => notice.remove();
    setTimeout(() => {
      for (const kind of ["pointerdown", "keydown"]) document.addEventListener(kind, leave, { once: true });
    });
  };

  let trigger = () => {};

  function ask(question, after = []) {
    trigger("select", { question, after });
  }

  // Runs once when the conversation is there: an address may ask a question or show a receipt.
  qa.converse = (way) => {
    trigger = way;
    const wanted = new URLSearchParams(location.search);
    const receipt = qa.receipt(wanted.get("receipt"));
    if (wanted.get("q")) ask(wanted.get("q"), wanted.getAll("after"));
    if (!receipt) return;
    const there = () => document.querySelector("#source article");
    const show = () => {
      if (!there()) return requestAnimationFrame(show);
      qa.follow([receipt]);
    };
    show();
  };

  qa.answered = () => {
    const turn = turns().at(-1);
    if (!turn) return qa.clear();
    qa.settled(turn, () => qa.bring(pane(), turn, 0));
    qa.say(turn.querySelector(".card").dataset.said ?? turn.querySelector(".card").textContent);
    // What was clicked may be gone with the old conversation: the new answer takes its place.
    if (document.activeElement === document.body) turn.focus({ preventScroll: true });
    const links = [...turn.querySelectorAll(".quote [data-receipt]")];
    const receipts = links.map((link) => JSON.parse(link.dataset.receipt));
    if (!receipts.length) qa.clear();
    else qa.show(...receipts);
  };

  // What may be asked next takes its room from the conversation: the answer stays in sight.
  qa.offered = () => {
    const turn = turns().at(-1);
    if (turn) qa.bring(pane(), turn, 0);
  };

  qa.on("ask", (button) => ask(button.textContent));
  qa.on("fresh", () => {
    history.replaceState(history.state, "", location.pathname);
    trigger("clear", {});
    document.querySelector("#question input")?.focus();
  });

  // Copying.
  async function copy(text, button) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Without a secure address the clipboard is closed: the old way is left.
      const area = document.createElement("textarea");
      area.value = text;
      area.className = "unseen";
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
      button.focus({ preventScroll: true });
    }
    qa.say(either("已复制", "Copied"));
    button.classList.add("done");
    button.addEventListener("pointerleave", () => button.classList.remove("done"), { once: true });
    button.addEventListener("blur", () => button.classList.remove("done"), { once: true });
  }
  const address = (search) => location.origin + location.pathname + search;

  qa.on("copy", (button) => copy(button.dataset.copy, button));
  qa.on("share", (button) => copy(address(button.dataset.address), button));
  qa.on("link", (button) => {
    const asked = button.closest(".turn").querySelector(".asked");
    const wanted = new URLSearchParams({ q: asked.querySelector("span").textContent });
    for (const before of asked.querySelectorAll("data")) wanted.append("after", before.value);
    copy(address(`?${wanted}`), button);
  });

  // Taking away.
  qa.save = (name, type, content) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([content], { type }));
    link.download = name;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  // The sign at the beginning tells spreadsheets that this is UTF-8.
  qa.on("csv", (button) => qa.save("数字.csv", "text/csv", `\ufeff${button.dataset.csv}\n`));
  qa.on("export", () => {
    const literal = (text) => text.replace(/[\\`*_{}[\]<>#|!]/g, "\\$&");
    const parts = turns().map((turn) => {
      const card = turn.querySelector(".card");
      const asked = turn.querySelector(".asked span").textContent;
      return `## ${literal(asked)}\n\n${card.dataset.text ?? literal(card.textContent)}\n`;
    });
    // The reports of each answer stand in its receipts: others may lie on the desk by now.
    const head = `# ${either("报告问答", "Questions to reports")}\n`;
    qa.save("问答.md", "text/markdown", [head, ...parts].join("\n"));
  });

  // Thumbs: one answer is judged once.
  function judge(turn, thumb, comment) {
    trigger("like", { turn: Number(turn.dataset.turn), thumb, comment });
    for (const button of turn.querySelectorAll("[data-thumb]")) {
      button.setAttribute("aria-pressed", String(button.dataset.thumb === thumb));
      button.disabled = true;
    }
    turn.querySelector(".comment").hidden = true;
    turn.querySelector(".thanks").hidden = false;
    turn.focus({ preventScroll: true });
    qa.say(either("已记下", "Noted"));
  }
  qa.on("thumb", (button) => {
    const turn = button.closest(".turn");
    if (button.dataset.thumb === "up") return judge(turn, "up", "");
    const comment = turn.querySelector(".comment");
    comment.hidden = !comment.hidden;
    if (!comment.hidden) comment.querySelector("input").focus();
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches?.(".comment")) return;
    event.preventDefault();
    judge(event.target.closest(".turn"), "down", event.target.querySelector("input").value);
  });
})();
