// Remarks beside the manuscript: begun on what is selected, or on the sentence of the caret; told where
// their words stand after each save; and the one of the line that is being written stands out.
import { fromCharacters, nearest, sentenceAt, toCharacters, trimmed } from "lib/sentence";

const QUIET = 2500; // after a save, before the states are asked for again

class RemarkRail extends HTMLElement {
  connectedCallback() {
    this.area = document.getElementById("manuscript");
    if (!this.area) return;
    this.stop = new AbortController();
    const on = (target, type, act) => target?.addEventListener(type, act, { signal: this.stop.signal });
    on(this, "focusin", (event) => event.target.id === "remark-body" && this.quote());
    on(this, "input", ({ target }) => target.id === "remark-body" && target.value.trim() === "" && this.quote());
    on(this, "keydown", (event) => this.answerKey(event));
    on(document, "keydown", (event) => this.key(event));
    on(this.area, "keyup", () => this.mark());
    on(this.area, "click", () => this.mark());
    on(document.body, "htmx:afterSwap", ({ detail }) => detail.target.id === "remarks" && this.mark());
    this.observer = new MutationObserver(() => this.saved());
    this.observer.observe(document.querySelector(".saved"), { attributeFilter: ["data-state"] });
    requestAnimationFrame(() => this.arrive());
  }

  disconnectedCallback() {
    this.stop?.abort();
    this.observer?.disconnect();
    clearTimeout(this.later);
  }

  get form() {
    return this.querySelector(".remark-form");
  }

  // What a new remark is on: the selected words, else the sentence the caret is in.
  quote() {
    const { value, selectionStart, selectionEnd } = this.area;
    const chosen = selectionEnd > selectionStart;
    const [start, end] = chosen ? trimmed(value, selectionStart, selectionEnd) : sentenceAt(value, selectionStart);
    const words = value.slice(start, end);
    const shown = this.form.querySelector("[data-on]");
    this.form.elements.quote.value = words;
    this.form.elements.start.value = toCharacters(value, start);
    shown.hidden = !words;
    shown.textContent = words.length > 90 ? `${words.slice(0, 89)}…` : words;
  }

  // ⌃⌥M, as in other editors; with Shift a to-do. By its place on the keyboard: Option changes letters.
  key(event) {
    if (event.code !== "KeyM" || !(event.ctrlKey || event.metaKey) || !event.altKey || event.isComposing) return;
    if (document.querySelector("dialog[open]")) return;
    event.preventDefault();
    const beside = this.closest("[popover]");
    if (beside && !beside.checkVisibility()) beside.showPopover?.();
    this.form.elements.kind.value = event.shiftKey ? "todo" : "remark";
    this.form.elements.body.focus();
  }

  // ⌘↵ sends; Escape goes back to the words.
  answerKey(event) {
    if (event.isComposing || event.target.id !== "remark-body") return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.form.requestSubmit();
      this.area.focus({ preventScroll: true });
    } else if (event.key === "Escape" && !event.target.value) {
      this.area.focus({ preventScroll: true });
    }
  }

  // The remarks on the paragraph of the caret.
  mark() {
    const { value, selectionStart } = this.area;
    const from = value.lastIndexOf("\n", selectionStart - 1) + 1;
    const to = (value.indexOf("\n", selectionStart) + 1 || value.length + 1) - 1;
    for (const quote of this.querySelectorAll("[data-quote]")) {
      const words = quote.nextElementSibling.textContent;
      const at = nearest(value, words, fromCharacters(value, Number(quote.dataset.start)));
      const here = at >= 0 && at <= to && at + words.length >= from;
      quote.closest(".remark").classList.toggle("here", here);
    }
  }

  saved() {
    clearTimeout(this.later);
    if (document.querySelector(".saved").dataset.state !== "saved" || !this.querySelector(".quote:not([data-on])")) return;
    this.later = setTimeout(() => {
      const busy = this.contains(document.activeElement) || this.querySelector("details[open]") || this.form.elements.body.value;
      if (!busy) this.firstElementChild.dispatchEvent(new CustomEvent("words-moved"));
    }, QUIET);
  }

  // From the list of the book's remarks.
  arrive() {
    const remark = location.hash.startsWith("#remark-") && document.getElementById(location.hash.slice(1));
    if (remark && this.contains(remark)) remark.querySelector("[data-quote]")?.click();
  }
}

customElements.define("remark-rail", RemarkRail);
