// Two to ten versions on one camera: side by side, wipe, onion, difference, heat, blink, grid. The
// page works without this as pictures with links and forms; here they are drawn on one canvas.
//
// For whoever draws or points on the stage: `compare-paint` is told after every drawing, `tool` takes
// the pointer from the camera, `versionAt`, `seat` and `flyTo` say where things are. Points of a
// picture are 0 to 1 both ways; points of the stage are the canvas's pixels.
import { apply, around, corners, inverse, then } from "lib/affine";
import { Bitmaps } from "lib/bitmaps";
import { lens, placement } from "lib/camera";
import { CameraView } from "lib/camera-view";
import { nextBy, nextMode, readView, viewQuery } from "lib/compare-address";
import { Controls } from "lib/compare-controls";
import { columnsFor, dividersFor, moved as movedTo, sideOf, spread, tiled } from "lib/compare-layout";
import { paint } from "lib/compare-paint";
import { Versions } from "lib/compare-versions";
import { Gestures } from "lib/gestures";

const GAP = 6;

class CompareView extends CameraView {
  connectedCallback() {
    const asked = readView(location.search);
    this.bitmaps = new Bitmaps(() => this.draw());
    this.chosen = new Versions(this.bitmaps, JSON.parse(this.dataset.versions));
    this.chosen.take({ ...asked, a: Number(this.dataset.a), b: Number(this.dataset.b) });
    Object.assign(this, { mode: asked.mode, by: asked.by, wipe: asked.wipe, measured: asked.measured });
    this.asked = asked.camera;
    this.split = "";
    this.blinks = 1; // which of the versions a blink shows
    this.holding = false;
    this.held = null;
    // Nobody who asked for less motion is blinked at; they may still press play.
    this.paused = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.canvas = document.createElement("canvas");
    this.canvas.tabIndex = 0;
    this.canvas.setAttribute("role", "img");
    this.querySelector(".plain").hidden = true;
    this.stage = this.querySelector(".stage");
    this.stage.hidden = false;
    this.stage.prepend(this.canvas);
    this.around = getComputedStyle(this.stage).backgroundColor;
    this.context = this.canvas.getContext("2d", { alpha: false });
    this.gestures = new Gestures(this.canvas, this);
    this.controls = new Controls(this);
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(this.stage);
    this.onPop = () => this.restore();
    window.addEventListener("popstate", this.onPop);
    this.resize();
    this.setMode(this.mode, false);
  }

  disconnectedCallback() {
    window.removeEventListener("popstate", this.onPop);
    this.observer?.disconnect();
    this.controls?.close();
    clearInterval(this.blinkTimer);
    clearTimeout(this.restTimer);
    cancelAnimationFrame(this.flight);
    this.bitmaps?.close();
  }

  // --- what is on the stage ----------------------------------------------------------------------
  get a() {
    return this.chosen.a;
  }

  get b() {
    return this.chosen.b;
  }

  // A, B and the others.
  get numbers() {
    return this.chosen.numbers;
  }

  get versions() {
    return this.chosen.all;
  }

  get pictures() {
    return this.chosen.pictures;
  }

  get frame() {
    return this.pictures.get(this.a).size;
  }

  // What each pane is of, in order: {number, x, y, width, height}. Modes that lay versions over each
  // other have one place for all.
  get panes() {
    const stage = { x: 0, y: 0, width: this.canvas.width, height: this.canvas.height };
    const numbers = this.shownNumbers;
    if (this.mode !== "side" && this.mode !== "grid") return numbers.map((number) => ({ number, ...stage }));
    const gap = GAP * this.ratio;
    const split = this.mode === "side" && { rows: 1, columns: numbers.length }[this.split];
    const columns = split || columnsFor(numbers.length, this.frame, stage, gap);
    return tiled(numbers.length, columns, stage, gap).map((pane, at) => ({ number: numbers[at], ...pane }));
  }

  get shownNumbers() {
    if (this.mode === "grid") return this.chosen.inGrid;
    if (this.mode === "side" || this.mode === "blink") return this.numbers;
    return this.numbers.slice(0, this.mode === "wipe" ? dividersFor(this.numbers.length) + 1 : 2);
  }

  // From a version's points, 0 to 1, to the canvas's pixels in a pane.
  seat({ number, ...pane }, camera = this.camera) {
    const { size } = this.pictures.get(number);
    const matrix = number === this.a ? null : this.matrixTo?.(number);
    const place = then(placement(size, this.frame, this.by, matrix), lens(camera, pane));
    if (this.by === "content" && matrix) return place;
    // Beside the frame's corner stands the picture's, on a whole pixel too.
    return place.map((one, at) => (at === 2 || at === 5 ? Math.round(one) : one));
  }

  // What takes one finger or the mouse from the camera: {cursor, down(point, number, event), move(…),
  // up(…), cancel()}, told in the points of the version where it came down; null gives them back.
  get tool() {
    return this.held;
  }

  set tool(tool) {
    this.held = tool;
    this.canvas.style.cursor = tool?.cursor ?? "";
  }

  aim(point) {
    const number = this.versionAt(point);
    const pane = { ...this.at(point), number };
    return { number, toPicture: (at) => apply(inverse(this.seat(pane)), at) };
  }

  // The version that is seen at a point of the stage.
  versionAt(point) {
    const pane = this.at(point);
    if (this.holding) return this.a;
    if (this.mode === "wipe") return this.panes[sideOf(pane, point, this.wipe)].number;
    if (this.mode === "heat") return this.a;
    if (this.mode === "blink") return this.panes[this.blinks % this.panes.length].number;
    return this.mode === "onion" || this.mode === "difference" ? this.b : pane.number;
  }

  // --- the address -------------------------------------------------------------------------------
  get query() {
    const { cx, cy, zoom } = this.camera;
    const camera = this.isWhole ? null : { cx, cy, z: zoom / this.ratio };
    const { numbers, mode, by, wipe, measured } = this;
    return viewQuery({ numbers, mode, by, camera, wipe, measured });
  }

  // What was chosen can be taken back with the browser's own key; what is only looked through
  // leaves no trail.
  writeAddress(chosen = false) {
    clearTimeout(this.restTimer);
    const { query } = this;
    if (chosen && query !== location.search) history.pushState(null, "", query);
    else history.replaceState(null, "", query);
  }

  writeSoon() {
    clearTimeout(this.restTimer);
    this.restTimer = setTimeout(() => this.writeAddress(), 200);
  }

  restore() {
    const asked = readView(location.search);
    if (!this.chosen.take(asked)) return;
    Object.assign(this, { mode: asked.mode, by: asked.by, wipe: asked.wipe, measured: asked.measured });
    this.fitDividers();
    this.see(asked.camera);
    this.run();
    this.changed();
    this.controls.refresh();
  }

  resize() {
    const box = this.stage.getBoundingClientRect();
    if (!box.width || !box.height) return;
    const whole = this.camera && this.canvas.width && this.isWhole;
    const scale = this.drawnRatio ? this.ratio / this.drawnRatio : 1;
    this.drawnRatio = this.ratio;
    this.canvas.width = Math.round(box.width * this.ratio);
    this.canvas.height = Math.round(box.height * this.ratio);
    if (this.camera) this.keep({ ...this.camera, zoom: this.camera.zoom * scale }, whole);
    else this.see(this.asked);
    this.controls?.showWipe();
    this.paint(); // a canvas of another size is empty: not even for one frame
  }

  // --- modes -------------------------------------------------------------------------------------
  setMode(mode, chosen = true) {
    if (chosen && mode === "blink" && this.mode === "blink") {
      this.pause(!this.paused);
      return;
    }
    this.staying(() => (this.mode = mode));
    this.fitDividers();
    this.run();
    this.changed({ chosen });
  }

  nextMode() {
    this.setMode(nextMode(this.mode));
  }

  pause(paused) {
    this.paused = paused;
    this.run();
    this.changed();
  }

  run() {
    clearInterval(this.blinkTimer);
    if (this.mode !== "blink") this.blinks = 1;
    else if (!this.paused) this.blinkTimer = setInterval(() => this.blink(), 1000 / this.measured.pace);
  }

  blink() {
    // Not before all are here: a blink to nothing would be a black frame.
    if (!this.numbers.every((number) => this.pictures.get(number).isResident)) return;
    this.blinks = (this.blinks + 1) % this.numbers.length;
    this.draw();
  }

  toggleSplit() {
    const [first, second] = this.panes;
    this.staying(() => (this.split = first.x === second.x ? "columns" : "rows"));
    this.changed();
  }

  // How versions lie over each other: by what they show, by their size, by their pixels.
  nextBy() {
    const sizes = this.numbers.map((number) => this.pictures.get(number).size);
    this.by = nextBy(this.by, sizes);
    this.changed({ chosen: true });
  }

  setMeasure(name, value) {
    this.measured = { ...this.measured, [name]: value };
    if (name === "pace") this.run();
    this.writeSoon();
    this.draw();
    this.controls.showMeasure();
  }

  // As many dividers as there are versions to divide.
  fitDividers() {
    const dividers = dividersFor(this.numbers.length);
    if (this.wipe.positions.length !== dividers) this.wipe = { ...this.wipe, positions: spread(dividers) };
  }

  setWipe(at, position, angle = this.wipe.angle) {
    this.wipe = { positions: movedTo(this.wipe.positions, at, position), angle };
    this.writeSoon();
    this.draw();
    this.controls.showWipe();
  }

  // --- versions ----------------------------------------------------------------------------------
  choose(number, { asA = false, chosen = true } = {}) {
    this.restage(() => this.chosen.choose(number, asA), chosen);
  }

  // Beside A and B, or no longer.
  join(number) {
    this.restage(() => this.chosen.join(number), true);
  }

  swap() {
    this.restage(() => this.chosen.swap(), false);
  }

  step(direction) {
    this.restage(() => this.chosen.step(direction), false);
  }

  restage(change, chosen) {
    let isChanged = false;
    this.staying(() => (isChanged = change()));
    if (!isChanged) return;
    this.fitDividers();
    this.blinks = Math.min(this.blinks, this.numbers.length - 1);
    this.changed({ chosen });
    this.controls.refresh();
  }

  // What the server knows by now: previews may have been made, and versions added.
  update(versions) {
    this.staying(() => this.chosen.learn(versions));
    this.draw();
  }

  // --- what gestures ask for beside the camera's own ---------------------------------------------
  swipe(direction) {
    if (this.isWhole) this.step(direction);
  }

  hold(held) {
    this.holding = held;
    this.draw();
  }

  // To a box of version `number` (else A), in its points 0 to 1: {x, y, w, h} or width and height.
  flyTo({ x, y, w, h, width = w, height = h }, number = this.a) {
    const { size } = this.pictures.get(number);
    const matrix = number === this.a ? null : this.matrixTo?.(number);
    this.fly(around(corners(placement(size, this.frame, this.by, matrix), { x, y, width, height })));
  }

  moved() {
    this.writeSoon();
    this.controls.showZoom();
  }

  changed({ chosen = false, said = true } = {}) {
    this.writeAddress(chosen);
    this.draw();
    this.controls.show(said);
  }

  draw() {
    this.dirty ||= requestAnimationFrame(() => this.paint());
  }

  paint() {
    cancelAnimationFrame(this.dirty);
    this.dirty = 0;
    if (!this.camera || !this.canvas.width) return;
    const shown = paint(this);
    const panes = shown.map(({ pane, number, place }) => ({
      number,
      id: this.pictures.get(number).version.id,
      box: pane,
      toPane: (point) => apply(place, point),
      toPicture: (point) => apply(inverse(place), point),
    }));
    const detail = { context: this.context, ratio: this.ratio, panes };
    this.dispatchEvent(new CustomEvent("compare-paint", { detail }));
  }
}

customElements.define("compare-view", CompareView);
