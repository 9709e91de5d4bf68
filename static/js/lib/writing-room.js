// What is around the manuscript: focus, the sheets of a phone, the keyboard of a phone, keys.
import { grow, showCaret } from "lib/caret";
import { recall, remember } from "lib/remembered";
import { fromCharacters, nearest } from "lib/sentence";

const phone = matchMedia("(max-width: 59.99rem)");

export class WritingRoom {
  constructor(root, { name }) {
    this.root = root;
    this.desk = root.querySelector(".desk");
    this.sheet = root.querySelector(".sheet");
    this.area = root.querySelector("#manuscript");
    this.title = root.querySelector("#title");
    this.button = root.querySelector("[data-focus]");
    this.name = name;
    this.stop = new AbortController();
    const on = (target, type, act) => target?.addEventListener(type, act, { signal: this.stop.signal });

    on(document, "keydown", (event) => this.key(event));
    on(this.button, "click", () => this.focus());
    on(this.title, "keydown", (event) => this.leaveTitle(event));
    on(this.title, "input", () => grow(this.title));
    on(this.area, "input", () => this.follow());
    on(this.area, "keydown", (event) => this.indent(event));
    on(root, "click", (event) => this.click(event));
    on(window.visualViewport, "resize", () => this.keyboard());
    on(document.body, "htmx:afterSwap", ({ detail }) => detail.target.id === "revisions" && this.drawer(true));
    on(document.body, "htmx:afterSwap", ({ detail }) => this.unfolded(detail));
    grow(this.title);
    grow(this.area);
    this.showPlace();
    if (recall("focus")) this.setFocus(true);
    this.arrive(new URLSearchParams(location.search).get("line"));
  }

  // The open chapter, in the middle of the outline.
  showPlace() {
    this.root.querySelector(".outline [aria-current=page]")?.scrollIntoView({ block: "center" });
  }

  // All chapters came in place of those around the open one: its link has the focus, not a lost one.
  unfolded({ target, requestConfig }) {
    if (target.id !== "outline" || requestConfig.verb !== "get") return;
    this.showPlace();
    target.querySelector("[aria-current=page]")?.focus({ preventScroll: true });
  }

  key(event) {
    const leaves = event.key === "Escape" && !event.isComposing && !event.defaultPrevented;
    if (leaves && this.desk.classList.contains("focus") && !this.isCovered()) return this.focus(false);
    if (event.isComposing || !(event.metaKey || event.ctrlKey) || event.altKey) return;
    const act = { s: () => this.name(), ".": () => this.focus(), "\\": () => this.outline() }[event.key.toLowerCase()];
    if (!act || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    act();
  }

  // --- focus: only the page, and the line being written in the middle of the window ------------
  focus(on = !this.desk.classList.contains("focus")) {
    this.setFocus(on);
    remember("focus", on);
    this.area.focus({ preventScroll: true });
    showCaret(this.area, this.sheet);
  }

  setFocus(on) {
    this.desk.classList.toggle("focus", on);
    this.button.setAttribute("aria-pressed", on);
  }

  // What Escape closes first.
  isCovered() {
    return Boolean(document.querySelector("dialog[open], :popover-open, details[open] > summary:focus"));
  }

  // From the reading page: the caret stands at the line that was read there.
  arrive(line) {
    if (!/^\d{1,7}$/.test(line ?? "")) return;
    const lines = this.area.value.split("\n").slice(0, Number(line));
    const at = lines.reduce((sum, one) => sum + one.length + 1, 0);
    this.area.focus({ preventScroll: true });
    this.area.setSelectionRange(at, at);
    showCaret(this.area, this.sheet, 0.4);
  }

  follow() {
    grow(this.area);
    if (this.desk.classList.contains("focus")) showCaret(this.area, this.sheet, 0.45);
  }

  outline() {
    const outline = this.root.querySelector("#outline");
    if (phone.matches) outline.togglePopover?.();
    else this.desk.classList.toggle("no-outline");
  }

  // --- the phone's keyboard takes half of the window: the room ends above it -------------------
  keyboard() {
    const view = window.visualViewport;
    const hidden = view.scale > 1.01 ? 0 : Math.max(0, window.innerHeight - view.height - view.offsetTop);
    this.root.style.setProperty("--keyboard", `${Math.round(hidden)}px`);
    this.root.classList.toggle("keyboard", hidden > 80);
    if (hidden > 80 && document.activeElement === this.area) showCaret(this.area, this.sheet);
  }

  leaveTitle(event) {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    this.area.focus();
  }

  // Who begins a paragraph with full-width spaces begins the next one with them too.
  indent(event) {
    if (event.key !== "Enter" || event.isComposing || event.shiftKey || event.ctrlKey || event.metaKey) return;
    const before = this.area.value.slice(0, this.area.selectionStart);
    const spaces = before.slice(before.lastIndexOf("\n") + 1).match(/^\u3000+/)?.[0];
    // insertText keeps the browser's own undo; where it is not to be had, Enter stays Enter.
    if (spaces && document.execCommand("insertText", false, `\n${spaces}`)) event.preventDefault();
  }

  // --- beside the text -------------------------------------------------------------------------
  drawer(open) {
    this.desk.classList.toggle("with-drawer", open);
    this.root.querySelector("#revisions").hidden = !open;
    this.root.querySelector("[data-open-revisions]").setAttribute("aria-expanded", open);
  }

  click(event) {
    const close = event.target.closest("[data-close-revisions]");
    const quote = event.target.closest("[data-quote]");
    if (close) {
      event.preventDefault();
      this.drawer(false);
      this.area.focus({ preventScroll: true });
    } else if (quote) {
      event.preventDefault();
      this.show(quote.nextElementSibling.textContent, Number(quote.dataset.start ?? 0));
    }
  }

  // Selects a passage a remark is on, where it still stands; `start` is in the studio's characters.
  show(passage, start) {
    const at = nearest(this.area.value, passage, fromCharacters(this.area.value, start));
    if (at < 0) return;
    if (phone.matches) this.root.querySelector("#beside").hidePopover?.();
    this.area.focus({ preventScroll: true });
    this.area.setSelectionRange(at, at + passage.length);
    showCaret(this.area, this.sheet, 0.4);
  }

  close() {
    this.stop.abort();
  }
}
