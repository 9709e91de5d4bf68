// The outline of a book, or a world's books, by hand: drag a line by its handle, with mouse or finger; press Alt and an arrow on it;
// or use its buttons. Nothing moves before the studio has said so: its answer brings the outline anew.
import { isComposed, stepFrom } from "lib/outline-places";
import { send } from "lib/request";

const STEPS = { ArrowUp: "up", ArrowDown: "down" };
const EDGE = 56; // px from the window's edge where a drag scrolls

class OutlineOrder extends HTMLElement {
  connectedCallback() {
    this.place = this.dataset.target ?? "outline"; // what the answer brings anew
    this.leaving = new AbortController();
    const on = (kind, does, where = this) =>
      where.addEventListener(kind, does.bind(this), { signal: this.leaving.signal });
    on("keydown", this.press);
    on("click", this.choose);
    on("pointerdown", this.take);
    on("click", this.closeMenus, document);
  }

  disconnectedCallback() {
    this.leaving.abort();
    this.letGo();
  }

  // --- keys and buttons --------------------------------------------------------------------------
  press(event) {
    if (event.key === "Escape") return this.inHand ? this.letGo() : this.closeMenus(event);
    const step = STEPS[event.key];
    const thing = event.target.closest("[data-thing]");
    if (!step || !thing || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || isComposed(event)) return;
    event.preventDefault();
    this.move({ what: thing.dataset.thing, step });
  }

  choose(event) {
    const button = event.target.closest("button[data-what]");
    if (!button) return;
    event.preventDefault();
    this.move({ what: button.dataset.what, step: button.value }, button.id);
  }

  closeMenus(event) {
    for (const menu of this.querySelectorAll(".line-menu[open]")) {
      if (event.type === "click" && menu.contains(event.target)) continue;
      if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
      menu.open = false;
    }
  }

  // --- drag: pointer events, so that a finger does what the mouse does ------------------------------
  take(event) {
    const grip = event.target.closest("[data-grip]");
    if (!grip || event.button || this.inHand) return;
    event.preventDefault();
    this.inHand = grip.closest("[data-thing]");
    this.drag = new AbortController();
    const on = (kind, does) => document.addEventListener(kind, does.bind(this), { signal: this.drag.signal });
    on("pointermove", this.over);
    on("pointerup", this.drop);
    on("pointercancel", this.letGo);
    grip.setPointerCapture?.(event.pointerId);
    this.inHand.classList.add("in-hand");
  }

  over(event) {
    event.preventDefault();
    const { clientY } = event;
    if (clientY < EDGE) scrollBy(0, -12);
    else if (clientY > innerHeight - EDGE) scrollBy(0, 12);
    this.unmark();
    this.target = stepFrom(this, this.inHand, clientY);
    this.target?.line?.classList.add(this.target.after ? "line-after" : "line-before");
  }

  drop() {
    const { inHand, target } = this;
    this.letGo();
    if (inHand && target) this.move({ what: inHand.dataset.thing, to: target.to });
  }

  letGo() {
    this.drag?.abort();
    this.inHand?.classList.remove("in-hand");
    this.unmark();
    this.inHand = this.target = null;
  }

  unmark() {
    for (const marked of this.querySelectorAll(".line-before, .line-after")) {
      marked.classList.remove("line-before", "line-after");
    }
  }

  // --- the studio ---------------------------------------------------------------------------------------
  async move(said, focus) {
    if (this.busy) return;
    this.busy = true;
    const body = new URLSearchParams({ ...said, version: this.dataset.version });
    const query = this.hasAttribute("data-arrange") ? "" : "?plain";
    const response = await send(`${this.dataset.order}${query}`, { body, headers: { "HX-Target": this.place } }).catch(() => null);
    this.busy = false;
    if (!response || ![200, 409, 422].includes(response.status)) return toast({ text: this.dataset.failed });
    const outline = document.getElementById(this.place);
    outline.innerHTML = await response.text();
    htmx.process(outline);
    const trigger = response.headers.get("HX-Trigger");
    if (trigger) toast(JSON.parse(trigger).toast);
    const moved = outline.querySelector(`[data-thing="${CSS.escape(said.what)}"]`);
    const to = (focus && document.getElementById(focus)) || moved?.querySelector("a, button");
    to?.focus({ preventScroll: true });
    moved?.scrollIntoView({ block: "nearest" });
  }
}

function toast(detail) {
  document.body.dispatchEvent(new CustomEvent("toast", { detail }));
}

customElements.define("outline-order", OutlineOrder);
