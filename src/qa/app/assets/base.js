// The face of the page: Chinese or English, light or dark. Both are remembered on this machine.
"use strict";

globalThis.qa ??= {};

(() => {
  const root = document.documentElement;
  const between = "\u2063";
  const named = ["aria-label", "title", "placeholder", "label"];
  const darkness = matchMedia("(prefers-color-scheme: dark)");

  // Private windows and sandboxed frames may forbid storage: then nothing is remembered.
  const remembered = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  const remember = (key, value) => {
    try {
      localStorage.setItem(key, value);
    } catch {
      return;
    }
  };

  // Plain texts hold both languages; what was there before one was shown is kept here.
  const whole = new WeakMap();
  const part = (text) => text.split(between)[root.dataset.lang === "en" ? 1 : 0];

  function show(holder, key, read, write) {
    const now = read();
    if (now === null || now === undefined) return;
    const kept = whole.get(holder)?.[key];
    const both = now.includes(between) ? now : kept;
    if (!both || (both === kept && !both.split(between).includes(now) && both !== now)) return;
    whole.set(holder, { ...whole.get(holder), [key]: both });
    if (part(both) !== now) write(part(both));
  }

  function speakNode(node) {
    if (node.nodeType === Node.TEXT_NODE) {
      show(node, "data", () => node.data, (text) => (node.data = text));
    } else if (node.nodeType === Node.ELEMENT_NODE) {
      for (const name of named) {
        show(node, name, () => node.getAttribute(name), (text) => node.setAttribute(name, text));
      }
      if (node.localName === "input") {
        show(node, "value", () => node.value, (text) => (node.value = text));
      }
    }
  }

  function speak(top) {
    speakNode(top);
    const walker = document.createTreeWalker(top, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    while (walker.nextNode()) speakNode(walker.currentNode);
  }

  function speakInputs() {
    for (const input of document.querySelectorAll("input")) speakNode(input);
  }

  new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      if (type === "childList") addedNodes.forEach(speak);
      else speakNode(target);
    }
    // What a part of Gradio's writes into a box as its value is no change of the document.
    speakInputs();
  }).observe(root, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: named,
  });

  qa.language = () => root.dataset.lang;

  qa.speak = (language) => {
    root.dataset.lang = language;
    root.lang = language === "en" ? "en" : "zh-CN";
    speak(root);
  };

  qa.dress = (theme) => {
    root.dataset.theme = theme;
  };

  qa.on = (what, handler) => {
    // Buttons say by `data-do` what they do; one listener serves those that come later too.
    document.addEventListener("click", (event) => {
      const button = event.target.closest?.(`[data-do="${what}"]`);
      if (button) handler(button, event);
    });
  };

  qa.on("language", () => {
    qa.speak(qa.language() === "en" ? "zh" : "en");
    remember("qa-language", qa.language());
  });
  qa.on("theme", () => {
    qa.dress(root.dataset.theme === "dark" ? "light" : "dark");
    remember("qa-theme", root.dataset.theme);
  });
  darkness.addEventListener("change", () => {
    if (!remembered("qa-theme")) qa.dress(darkness.matches ? "dark" : "light");
  });

  const wanted = new URLSearchParams(location.search).get("lang") ?? remembered("qa-language");
  qa.dress(remembered("qa-theme") ?? (darkness.matches ? "dark" : "light"));
  qa.speak(wanted === "en" ? "en" : "zh");
})();
