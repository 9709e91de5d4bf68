// Two to ten versions on one camera: side by side, wipe, onion, difference, heat, blink, grid. The
// page works without this as pictures with links and forms; here they are drawn on one canvas.
import { Bitmaps } from "lib/bitmaps";
import { nextBy, nextMode, readView, viewQuery } from "lib/compare-address";
import { Changes } from "lib/compare-changes";
import { Controls } from "lib/compare-controls";
import { dividersFor, moved as movedTo, spread } from "lib/compare-layout";
import { Loupe } from "lib/compare-loupe";
import { canDiffer } from "lib/compare-paint";
import { Versions } from "lib/compare-versions";
import { Gestures } from "lib/gestures";
import { StageView } from "lib/stage-view";

class CompareView extends StageView {
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
    this.marks = true;
    this.region = null; // the changed area that was flown to
    this.lastSeen = new Map();
    // Nobody who asked for less motion is blinked at; they may still press play.
    this.paused = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.canvas = document.createElement("canvas");
    this.canvas.tabIndex = 0;
    this.canvas.setAttribute("role", "img");
    this.plain = this.querySelector(".plain");
    if (this.plain) this.plain.hidden = true;
    this.stage = this.querySelector(".stage");
    this.stage.hidden = false;
    this.stage.prepend(this.canvas);
    this.around = getComputedStyle(this.stage).backgroundColor;
    this.context = this.canvas.getContext("2d", { alpha: false });
    this.gestures = new Gestures(this.canvas, this);
    this.changes = new Changes(this, (answer) => this.controls.learnt(answer));
    this.loupe = new Loupe(this);
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
    this.changes?.close();
    clearInterval(this.blinkTimer);
    clearTimeout(this.restTimer);
    clearTimeout(this.stillTimer);
    cancelAnimationFrame(this.flight);
    this.bitmaps?.close();
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
    this.bitmaps.fit(this.canvas);
    this.controls?.showPlaces();
    this.paint(); // a canvas of another size is empty: not even for one frame
  }

  // --- modes -------------------------------------------------------------------------------------
  setMode(mode, chosen = true) {
    if (chosen && mode === "blink" && this.mode === "blink") {
      this.pause(!this.paused);
      return;
    }
    const isUnable = mode === "difference" && !canDiffer();
    this.staying(() => (this.mode = isUnable ? "heat" : mode));
    this.fitDividers();
    this.run();
    this.changed({ chosen });
    if (isUnable) this.controls.live.textContent = this.dataset.unable;
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
    this.controls.showPlaces();
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
    this.region = null;
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
  // Across through the versions, up and down through the shots.
  swipe(direction, isDown) {
    if (!this.isWhole) return;
    if (isDown) this.controls.otherShot(direction);
    else this.step(direction);
  }

  // A finger that is held has A under it, or the loupe over it.
  hold(held, point) {
    if (this.loupe.isOn && (point || this.loupe.point)) this.loupe.follow(held ? point : null);
    else this.holding = held;
    this.draw();
  }

  holdMoved(point) {
    if (this.loupe.isOn) this.loupe.follow(point);
    return this.loupe.isOn;
  }

  // In the grid it takes a version as B.
  tap(point) {
    if (this.mode === "grid") this.choose(this.versionAt(point), { chosen: false });
  }

  moved() {
    this.writeSoon();
    this.controls.showZoom();
  }

  changed({ chosen = false, said = true } = {}) {
    this.writeAddress(chosen);
    this.draw();
    this.controls.show(said);
    this.changes.lookSoon();
  }

}

customElements.define("compare-view", CompareView);
