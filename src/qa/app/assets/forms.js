// What the ledger's and the charts' forms have in common: reading them, keeping the focus, saving a file.
"use strict";

const qaForms = (() => {
  let held = "";

  // What the form says; a name that several boxes share gives a list.
  function values(id) {
    const form = document.getElementById(id);
    const said = {};
    if (!form) return said;
    for (const [name, value] of new FormData(form)) {
      said[name] = name in said ? [said[name], value].flat() : value;
    }
    return said;
  }

  // The element in focus is about to be drawn anew: `restore` gives the focus back by its id.
  const hold = () => (held = document.activeElement?.id ?? "");

  function restore(element) {
    if (held && document.activeElement === document.body) {
      element.querySelector(`#${CSS.escape(held)}`)?.focus({ preventScroll: true });
    }
    held = "";
  }

  // A file from the server: its name, its type and its bytes in base64.
  function save(file) {
    if (!file?.data) return;
    const bytes = Uint8Array.from(atob(file.data), (character) => character.charCodeAt(0));
    qa.save(file.name, file.type, bytes);
  }

  return { values, hold, restore, save };
})();
