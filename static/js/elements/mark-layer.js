// Marks on the stage of a compare view: drawn over each version, made with the hand or with keys,
// and tied to the list in the panel by their numbers.
import { isTyping, lettersAreOff } from "lib/keys";
import { MarkForm } from "lib/mark-form";
import { paintDraft, paintMarks } from "lib/marks-paint";
import { bounds, outline, roomFor } from "lib/marks-shapes";
import { MarkTool } from "lib/marks-tool";

const KEYS = { c: "pin", b: "box", f: "stroke" };
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const MEASURING = new Set(["difference", "heat"]); // there marks would be taken for what is measured
const SLIP = 5; // CSS pixels a click may wander
const [SOON, LATEST] = [1500, 12_000]; // how long until the list is asked for again

class MarkLayer extends HTMLElement {
  connectedCallback() {
    this.viewer = this.closest("compare-view");
    this.room = this.closest(".review");
    this.marks = [];
    this.spots = [];
    this.shows = { looking: true, measuring: false };
    this.wait = SOON;
    this.hint = this.querySelector(".mark-hint");
    this.cross = this.querySelector(".mark-cross");
    this.form = new MarkForm(this, {
      saved: (answer) => this.saved(answer),
      left: () => this.left(),
      redraw: (about) => this.take(about.shape, about),
    });
    this.stop = new AbortController();
    const on = (target, type, act, capture = false) =>
      target.addEventListener(type, act, { signal: this.stop.signal, capture });
    on(this.viewer, "compare-paint", ({ detail }) => this.paint(detail));
    on(document, "keydown", (event) => this.key(event), true);
    on(this.room, "click", (event) => this.click(event));
    on(this.viewer, "pointerdown", ({ clientX, clientY }) => (this.pressed = { x: clientX, y: clientY }), true);
    on(document, "htmx:load", () => this.learn());
    this.learn();
    this.arrive();
  }

  disconnectedCallback() {
    this.stop?.abort();
    clearTimeout(this.again);
  }

  // --- what there is -------------------------------------------------------------------------------
  get list() {
    return this.room.querySelector("#marks");
  }

  learn() {
    const kept = this.list?.querySelector("[data-marked]");
    if (!kept) return;
    this.marks = JSON.parse(kept.dataset.marked);
    this.tell();
    this.viewer.draw?.();
    clearTimeout(this.again);
    if (kept.hasAttribute("data-awaited")) this.again = setTimeout(() => this.ask(), this.wait);
    else this.wait = SOON;
  }

  // A worker looks for marks on other versions; meanwhile the list is asked for, ever more seldom.
  ask() {
    this.wait = Math.min(LATEST, this.wait * 1.5);
    const isBusy = this.room.querySelector(".panel")?.contains(document.activeElement);
    if (isBusy) this.again = setTimeout(() => this.ask(), this.wait);
    else this.viewer.controls?.refresh();
  }

  // From another page: the mark that is meant, as soon as there is something to fly over.
  arrive() {
    const id = /^#mark-(\d+)$/.exec(location.hash)?.[1];
    if (id) this.viewer.addEventListener("compare-paint", () => this.show(Number(id)), { once: true });
  }

  // --- on the stage --------------------------------------------------------------------------------
  get way() {
    return MEASURING.has(this.viewer.mode) ? "measuring" : "looking";
  }

  get isShown() {
    return this.shows[this.way] || Boolean(this.tool) || this.form.isOpen;
  }

  paint({ context, ratio, panes }) {
    this.panes = panes;
    if (this.tool) this.tool.panes = panes;
    if (this.way !== this.told) this.tell();
    const seen = (number, point) => this.viewer.versionAt(point) === number;
    this.spots = this.isShown ? paintMarks(context, ratio, panes, this.marks, seen) : [];
    const draft = this.tool?.draft ?? this.form.about;
    const pane = draft && panes.findLast((each) => each.number === (draft.version ?? draft.number));
    if (pane && (!draft.edit || draft.redrawn)) {
      const shape = this.tool?.draft ? this.tool.shape : draft.shape;
      paintDraft(context, ratio, pane, shape, outline(shape, draft.points));
    }
    this.showCross(ratio);
  }

  showCross(ratio) {
    const at = this.tool?.cross;
    this.cross.hidden = !at;
    if (!at) return;
    this.cross.style.setProperty("left", `${at.x / ratio}px`);
    this.cross.style.setProperty("top", `${at.y / ratio}px`);
  }

  // Buttons and the hint say how things are.
  tell() {
    this.told = this.way;
    for (const button of this.room.querySelectorAll("[data-tool]")) {
      button.setAttribute("aria-pressed", String(button.dataset.tool === this.tool?.shape));
    }
    this.room.querySelector("[data-marks-toggle]")?.setAttribute("aria-pressed", String(this.shows[this.way]));
    this.hint.hidden = !this.tool;
    if (!this.tool) return;
    const by = matchMedia("(pointer: coarse)").matches ? "touch" : "said"; // a finger has no Enter and no Esc
    this.hint.querySelector("span").textContent = this.getAttribute(`data-${by}-${this.tool.shape}`);
  }

  // --- tools ---------------------------------------------------------------------------------------
  // The tool in hand is laid down when it is taken again.
  take(shape, redrawn = null) {
    const isSame = shape === this.tool?.shape && !redrawn;
    if (this.form.isOpen) this.form.close();
    this.tool = isSame
      ? null
      : new MarkTool(this.viewer, shape, { drawn: (made) => this.drawn(made, redrawn), changed: () => this.viewer.draw() });
    if (this.tool) this.tool.panes = this.panes;
    this.viewer.tool = this.tool;
    this.tell();
    this.viewer.draw();
    this.viewer.canvas.focus({ preventScroll: true });
  }

  drawn(made, redrawn) {
    this.layDown();
    // A mark is drawn anew on its own version: that is what its other words are about.
    const about = redrawn ? { ...redrawn, shape: made.shape, points: made.points, redrawn: true } : made;
    if (redrawn && made.number !== redrawn.version) return this.viewer.draw();
    this.openForm(about, made.number);
  }

  layDown() {
    this.tool = null;
    this.viewer.tool = null;
    this.tell();
  }

  openForm(about, number) {
    const pane = this.panes.findLast((each) => each.number === number) ?? this.panes.at(-1);
    const points = number === about.version || !about.on ? about.points : about.on[number].points;
    const { ratio } = this.viewer;
    const seen = points.map(([x, y]) => pane.toPane({ x, y })).map(({ x, y }) => [x / ratio, y / ratio]);
    const { x: left, y: top, w } = bounds(seen);
    this.form.open(about, { left, top, right: left + w });
    this.viewer.draw();
  }

  left() {
    this.viewer.draw();
    this.viewer.canvas.focus({ preventScroll: true });
  }

  saved(answer) {
    document.body.dispatchEvent(new CustomEvent("toast", { detail: answer }));
    this.wait = SOON;
    this.viewer.controls?.refresh();
    this.left();
  }

  // --- keys and clicks -----------------------------------------------------------------------------
  key(event) {
    if (isTyping(event) || event.metaKey || event.ctrlKey || event.altKey) return;
    if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
    const isOnButton = event.target.closest?.("button, a, summary, select");
    if (this.tool && event.key in ARROWS) this.tool.nudge(...ARROWS[event.key], event.shiftKey);
    else if (this.tool && event.key === "Enter" && !isOnButton) this.tool.set();
    else if (this.tool && event.key === "Escape") this.take(this.tool.shape);
    else if (!event.shiftKey && !lettersAreOff() && event.key.toLowerCase() in KEYS) this.take(KEYS[event.key.toLowerCase()]);
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  click(event) {
    const found = (name) => event.target.closest?.(`[data-${name}]`);
    const tool = found("tool");
    const shown = found("show-mark");
    const edited = found("edit-mark");
    if (tool) this.take(tool.dataset.tool);
    else if (found("tool-off")) this.take(this.tool.shape);
    else if (found("marks-toggle")) this.toggle();
    else if (shown) this.show(Number(shown.dataset.showMark));
    else if (edited) this.edit(Number(edited.dataset.editMark));
    else if (event.target === this.viewer.canvas) return this.touch(event);
    else return;
    event.preventDefault();
  }

  toggle() {
    this.shows[this.way] = !this.shows[this.way];
    this.tell();
    this.viewer.draw();
  }

  // A number on the picture leads to its words in the list.
  touch(event) {
    const wandered = this.pressed && Math.hypot(event.clientX - this.pressed.x, event.clientY - this.pressed.y);
    if (this.tool || !(wandered <= SLIP)) return;
    const box = this.viewer.canvas.getBoundingClientRect();
    const ratio = this.viewer.canvas.width / box.width;
    const [x, y] = [(event.clientX - box.left) * ratio, (event.clientY - box.top) * ratio];
    const spot = this.spots.findLast((each) => Math.hypot(each.x - x, each.y - y) <= each.radius + 3 * ratio);
    if (spot) this.point(spot.id);
  }

  // The list's row of a mark stands out and is scrolled to.
  point(id) {
    for (const row of this.list.querySelectorAll(".mark-row.here")) row.classList.remove("here");
    const row = this.list.querySelector(`#mark-${id}`);
    if (!row) return;
    row.closest("details.marks-done")?.setAttribute("open", "");
    row.classList.add("here");
    row.scrollIntoView({ block: "nearest" });
  }

  // Fly to a mark: on its own version if that is on the stage, else where it was found.
  show(id) {
    const mark = this.marks.find((each) => each.id === id);
    if (!mark) return;
    const numbers = new Set((this.panes ?? []).map((pane) => pane.number));
    const elsewhere = Object.keys(mark.on).map(Number).find((number) => numbers.has(number));
    if (!numbers.has(mark.version) && elsewhere === undefined) this.viewer.choose(mark.version);
    const number = numbers.has(mark.version) || elsewhere === undefined ? mark.version : elsewhere;
    const points = number === mark.version ? mark.points : mark.on[number].points;
    this.viewer.flyTo(roomFor(points), number);
    this.point(id);
  }

  // Its words are typed beside it, on its own version or where it was found.
  edit(id) {
    const mark = this.marks.find((each) => each.id === id);
    const seen = new Set(this.panes?.map((pane) => pane.number));
    const found = mark && [mark.version, ...Object.keys(mark.on).map(Number)].find((each) => seen.has(each));
    if (mark) this.openForm({ ...mark }, found ?? mark.version);
  }
}

customElements.define("mark-layer", MarkLayer);
