// Single-letter keys of the shell: g then a room's letter, t and T for the clock, / and ⌘K to find, ? for the list.
// Never while something is typed or composed, and never with a modifier.

const TYPING = "input:not([type=range]):not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]";

export function isTyping(event) {
  return event.isComposing || event.target.closest?.(TYPING) !== null;
}

// The author may turn single-letter keys off in the settings (WCAG 2.1.4); ⌘K and the like stay.
export function lettersAreOff() {
  return document.documentElement.hasAttribute("data-no-keys");
}

export function keys() {
  if (lettersAreOff()) return;
  let waiting = 0;
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || isTyping(event)) return;
    if (event.metaKey || event.ctrlKey || event.altKey || document.querySelector("dialog[open]")) return;
    const going = Date.now() - waiting < 1500;
    waiting = 0;
    if (going) {
      // The rooms without a side have the same links in the find box.
      const link = document.querySelector(`:is(.nav, .palette) [data-key="${CSS.escape(event.key)}"]`);
      if (link) {
        event.preventDefault();
        link.click();
      } else if (event.key === "g") waiting = Date.now();
    } else if (event.key === "g") {
      waiting = Date.now();
    } else if (event.key === "t") {
      tellTheClock("clock:toggle");
    } else if (event.key === "T") {
      tellTheClock("clock:menu");
    }
  });
}

// A key may be quicker than what listens for it.
async function tellTheClock(what) {
  await customElements.whenDefined("clock-menu");
  document.dispatchEvent(new CustomEvent(what));
}
