// The board by hand: drag a card, or hold Shift and press an arrow; the menu of each card does the same.
// Nothing moves before the studio has said so: its answer brings the columns that changed.
import { isTyping } from "lib/keys";
import { nearest, placeAt } from "lib/board-places";

const ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

class ConceptBoard extends HTMLElement {
  connectedCallback() {
    this.moves = Promise.resolve();
    this.leaving = new AbortController();
    const on = (kind, does, where = this) =>
      where.addEventListener(kind, does.bind(this), { signal: this.leaving.signal });
    on("dragstart", this.take);
    on("dragover", this.over);
    on("drop", this.drop);
    on("dragend", this.letGo);
    on("keydown", this.press);
    on("click", this.choose);
    on("click", this.closeMenus, document);
    on("htmx:responseError", this.failed);
    on("htmx:sendError", this.failed);
  }

  disconnectedCallback() {
    this.leaving.abort();
  }

  get stages() {
    return [...this.querySelectorAll(".stage")];
  }

  cards(stage = this) {
    return [...stage.querySelectorAll("li[data-concept]")];
  }

  take(event) {
    this.inHand = event.target.closest("li[data-concept]");
    if (!this.inHand) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", this.inHand.querySelector(".name").innerText);
    this.inHand.classList.add("dragging");
  }

  over(event) {
    const stage = this.inHand && event.target.closest(".stage");
    if (!stage) return;
    event.preventDefault();
    this.unmark();
    this.before = placeAt(this.cards(stage), event.clientX, event.clientY);
    (this.before ?? stage).classList.add(this.before ? "before" : "last");
  }

  drop(event) {
    const stage = this.inHand && event.target.closest(".stage");
    if (!stage) return;
    event.preventDefault();
    const { inHand, before } = this;
    if (before === inHand) return;
    this.move(inHand.id, () => [stage.id, before?.dataset.concept ?? ""]);
  }

  letGo() {
    this.inHand?.classList.remove("dragging");
    this.inHand = this.before = null;
    this.unmark();
  }

  unmark() {
    for (const marked of this.querySelectorAll(".before, .last")) marked.classList.remove("before", "last");
  }

  press(event) {
    if (event.key === "Escape") return this.closeMenus(event);
    const way = ARROWS[event.key];
    const card = event.target.closest(".concept")?.closest("li");
    if (!way || !card || isTyping(event) || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (event.shiftKey) this.move(card.id, (moving) => this.beside(moving, way));
    else nearest(card, this.cards(), way)?.querySelector(".concept").focus();
  }

  // Where a card goes by one press: a place on or back in its column, or over to the next column.
  beside(card, [across, down]) {
    const stage = card.closest(".stage");
    const cards = this.cards(stage);
    const place = cards.indexOf(card);
    if (across) {
      const next = this.stages[this.stages.indexOf(stage) + across];
      return next && [next.id, placeAt(this.cards(next), next.getBoundingClientRect().left, card.getBoundingClientRect().top + 1)?.dataset.concept ?? ""];
    }
    if (down < 0) return place > 0 && [stage.id, cards[place - 1].dataset.concept];
    return place < cards.length - 1 && [stage.id, cards[place + 2]?.dataset.concept ?? ""];
  }

  choose(event) {
    const button = event.target.closest(".mover-menu button");
    if (!button) return;
    event.preventDefault();
    this.move(button.closest("li").id, () => [button.value]);
  }

  closeMenus(event) {
    for (const menu of this.querySelectorAll(".mover[open]")) {
      if (event.type === "click" && menu.contains(event.target)) continue;
      if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
      menu.open = false;
    }
  }

  // One after the other: each is found anew when the one before has been answered.
  move(id, where) {
    this.moves = this.moves.then(async () => {
      const card = document.getElementById(id);
      const place = card && where(card);
      if (!place) return;
      const [stage, before] = place;
      const values = before === undefined ? { stage } : { stage, before };
      await htmx.ajax("POST", card.dataset.move, { source: this, target: this, swap: "none", values }).catch(() => {});
      const moved = document.getElementById(id)?.querySelector(".concept");
      moved?.focus({ preventScroll: true });
      moved?.scrollIntoView({ block: "nearest" });
    });
  }

  failed() {
    const detail = { text: this.dataset.failed };
    document.body.dispatchEvent(new CustomEvent("toast", { detail }));
  }
}

customElements.define("concept-board", ConceptBoard);
