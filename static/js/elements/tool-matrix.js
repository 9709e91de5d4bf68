// The matrix by keyboard: one tab stop, arrows from sign to sign, Escape closes the tests. Without it every
// sign is a link and a tab stop.

const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

class ToolMatrix extends HTMLElement {
  connectedCallback() {
    this.rows = [...this.querySelectorAll("tr")]
      .map((row) => [...row.querySelectorAll(".cell")])
      .filter((row) => row.length);
    const here = this.querySelector(".cell[aria-current]");
    for (const cell of this.rows.flat()) cell.tabIndex = -1;
    (here ?? this.rows[0][0]).tabIndex = 0;
    if (here) this.uncover(here);
    this.addEventListener("keydown", this);
    this.addEventListener("focusin", this);
    document.addEventListener("keydown", this);
    document.addEventListener("htmx:afterSettle", this);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this);
    document.removeEventListener("htmx:afterSettle", this);
  }

  handleEvent(event) {
    if (event.type === "htmx:afterSettle") this.shown(event.detail);
    else if (event.type === "focusin") this.stop(event.target.closest(".cell"));
    else if (event.key === "Escape") this.close(event);
    else if (event.currentTarget === this) this.step(event);
  }

  // The tests of another cell came, or were closed: the ring follows, and so does the focus.
  shown({ target, requestConfig }) {
    if (target?.id !== "capability") return;
    const before = this.querySelector(".cell[aria-current]");
    const cell = this.rows.flat().find((each) => each.getAttribute("href") === requestConfig.path);
    before?.removeAttribute("aria-current");
    cell?.setAttribute("aria-current", "true");
    if (!cell) return before?.focus();
    this.uncover(cell);
    target.querySelector("h2")?.focus({ preventScroll: true });
  }

  // On a phone the tests lie over the foot of the page: the row goes to its head.
  uncover(cell) {
    const sheet = document.querySelector("#capability .card");
    const over = sheet && getComputedStyle(sheet).position === "fixed";
    cell.scrollIntoView({ block: "nearest", inline: "center" });
    if (over) cell.closest("tr").scrollIntoView();
  }

  close(event) {
    const shut = document.querySelector("#capability .shut");
    if (!shut || event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]")) return;
    event.stopPropagation();
    shut.click();
  }

  step(event) {
    const [down, right] = STEPS[event.key] ?? [];
    const row = this.rows.findIndex((cells) => cells.includes(event.target));
    if (down === undefined || row < 0 || event.metaKey || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    const column = this.rows[row].indexOf(event.target) + right;
    this.rows[row + down]?.[column]?.focus();
  }

  stop(cell) {
    if (!cell) return;
    for (const each of this.rows.flat()) each.tabIndex = each === cell ? 0 : -1;
  }
}

customElements.define("tool-matrix", ToolMatrix);
