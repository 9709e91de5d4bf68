// Two versions on one camera: side by side, wipe, blink. The page works without this as two
// pictures with links and forms; here the same versions are drawn on one canvas.
import { Bitmaps } from "lib/bitmaps";
import { betterSplit, clamp, fit, fitted, isFitted, pan, panes, toFrame, zoomAt } from "lib/camera";
import { nextMode, readView, viewQuery } from "lib/compare-address";
import { Controls } from "lib/compare-controls";
import { paint } from "lib/compare-paint";
import { Gestures } from "lib/gestures";
import { Picture } from "lib/picture";

const GAP = 6;
const BLINK_MS = 500; // two changes a second: under the three flashes of WCAG 2.3.1

class CompareView extends HTMLElement {
  connectedCallback() {
    const asked = readView(location.search);
    this.a = Number(this.dataset.a);
    this.b = Number(this.dataset.b);
    this.mode = asked.mode;
    this.wipe = asked.wipe;
    this.asked = asked.camera;
    this.split = "";
    this.blinkShowsA = false;
    this.holding = false;
    // Nobody who asked for less motion is blinked at; they may still press play.
    this.paused = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.bitmaps = new Bitmaps(() => this.draw());
    this.pictures = new Map();
    this.learn(JSON.parse(this.dataset.versions));
    this.canvas = document.createElement("canvas");
    this.canvas.tabIndex = 0;
    this.canvas.setAttribute("role", "img");
    this.querySelector(".plain").hidden = true;
    this.stage = this.querySelector(".stage");
    this.stage.hidden = false;
    this.stage.prepend(this.canvas);
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
    this.bitmaps?.close();
  }

  // --- state -------------------------------------------------------------------------------------
  learn(versions) {
    this.versions = versions;
    for (const version of versions) {
      const known = this.pictures.get(version.number);
      if (known) Object.assign(known.version, version);
      else this.pictures.set(version.number, new Picture(version, this.bitmaps));
    }
  }

  get frame() {
    return this.pictures.get(this.a).size;
  }

  get panes() {
    const stage = { x: 0, y: 0, width: this.canvas.width, height: this.canvas.height };
    const split = this.split || betterSplit(this.frame, stage, GAP * this.ratio);
    return panes(stage, this.mode, split, GAP * this.ratio);
  }

  get pane() {
    return this.panes[0];
  }

  get middle() {
    const { x, y, width, height } = this.pane;
    return { x: x + width / 2, y: y + height / 2 };
  }

  get isWhole() {
    return isFitted(this.camera, this.frame, this.pane);
  }

  // Canvas pixels per CSS pixel; more than three cost memory and show nothing.
  get ratio() {
    return Math.min(devicePixelRatio, 3);
  }

  // The zoom at which one pixel of the picture is one of the screen: what a person calls 100 %.
  get full() {
    return this.ratio / devicePixelRatio;
  }

  get percent() {
    return Math.round((this.camera.zoom / this.full) * 100);
  }

  get query() {
    const { cx, cy, zoom } = this.camera;
    const camera = this.isWhole ? null : { cx, cy, z: zoom / this.ratio };
    return viewQuery({ a: this.a, b: this.b, mode: this.mode, camera, wipe: this.wipe });
  }

  // What was chosen can be taken back with the browser's own key; what is only looked through
  // leaves no trail.
  writeAddress(chosen = false) {
    clearTimeout(this.restTimer);
    const { query } = this;
    if (chosen && query !== location.search) history.pushState(null, "", query);
    else history.replaceState(null, "", query);
  }

  restore() {
    const asked = readView(location.search);
    if (!this.pictures.has(asked.a) || !this.pictures.has(asked.b)) return;
    Object.assign(this, { a: asked.a, b: asked.b, wipe: asked.wipe, mode: asked.mode });
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
    this.draw();
  }

  see(asked) {
    const camera = asked && { cx: asked.cx, cy: asked.cy, zoom: asked.z * this.ratio };
    this.camera = camera ? clamp(camera, this.frame, this.pane) : fitted(this.frame, this.pane);
  }

  // Stay at the same place where panes or frame have changed; the whole stays the whole.
  keep(camera, whole) {
    this.camera = whole ? fitted(this.frame, this.pane) : clamp(camera, this.frame, this.pane);
  }

  // --- what gestures and controls ask for --------------------------------------------------------
  at(point) {
    const inside = ({ x, y, width, height }) =>
      point.x >= x && point.x < x + width && point.y >= y && point.y < y + height;
    return this.panes.find(inside) ?? this.pane;
  }

  zoom(point, factor, from = point) {
    const zoom = this.camera.zoom * factor;
    this.look(zoomAt(this.camera, this.frame, this.at(from), point, zoom, from));
  }

  zoomMiddle(factor) {
    this.zoom(this.middle, factor);
  }

  pan(dx, dy) {
    this.look(pan(this.camera, this.frame, this.pane, dx, dy));
  }

  // A tenth of the pane in a direction: -1, 0 or 1 each.
  panBy(right, down) {
    this.pan((-right * this.pane.width) / 10, (-down * this.pane.height) / 10);
  }

  // 100 % at the point, or back to the whole frame.
  toggle(point = this.middle) {
    const close = () => zoomAt(this.camera, this.frame, this.at(point), point, this.full);
    this.look(this.isWhole ? close() : fitted(this.frame, this.pane));
  }

  swipe(direction) {
    if (this.isWhole) this.step(direction);
  }

  hold(held) {
    this.holding = held;
    this.draw();
  }

  look(camera) {
    this.camera = camera;
    clearTimeout(this.restTimer);
    this.restTimer = setTimeout(() => this.writeAddress(), 200);
    this.draw();
    this.controls.showZoom();
  }

  setMode(mode, chosen = true) {
    if (chosen && mode === "blink" && this.mode === "blink") {
      this.pause(!this.paused);
      return;
    }
    const whole = this.isWhole;
    this.mode = mode;
    this.keep(this.camera, whole);
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
    if (this.mode !== "blink") this.blinkShowsA = false;
    else if (!this.paused) this.blinkTimer = setInterval(() => this.blink(), BLINK_MS);
  }

  blink() {
    // Not before both are here: a blink to nothing would be a black frame.
    if (!this.pictures.get(this.a).isResident || !this.pictures.get(this.b).isResident) return;
    this.blinkShowsA = !this.blinkShowsA;
    this.draw();
  }

  toggleSplit() {
    const [first, second] = this.panes;
    const whole = this.isWhole;
    this.split = first.x === second.x ? "columns" : "rows";
    this.keep(this.camera, whole);
    this.changed();
  }

  choose(number, { asA = false, chosen = true } = {}) {
    if (!this.pictures.has(number)) return;
    const ab = asA ? { a: number, b: this.b } : { a: this.a, b: number };
    this.compare(ab, chosen);
  }

  swap() {
    this.compare({ a: this.b, b: this.a }, false);
  }

  step(direction) {
    const numbers = this.versions.map((version) => version.number);
    const next = numbers[numbers.indexOf(this.b) + direction];
    if (next !== undefined) this.choose(next, { chosen: false });
  }

  compare({ a, b }, chosen) {
    const before = this.frame;
    const whole = this.isWhole;
    Object.assign(this, { a, b });
    this.follow(before, whole);
    this.changed({ chosen });
    this.controls.refresh();
  }

  // Another A may have another size: keep looking at the same place.
  follow(before, whole) {
    const scale = this.frame.width / before.width;
    const { cx, cy, zoom } = this.camera;
    const camera = { cx: cx * scale, cy: cy * (this.frame.height / before.height), zoom: zoom / scale };
    this.keep(camera, whole);
  }

  setWipe(position, angle = this.wipe.angle) {
    this.wipe = { position: Math.min(1, Math.max(0, position)), angle };
    clearTimeout(this.restTimer);
    this.restTimer = setTimeout(() => this.writeAddress(), 200);
    this.draw();
    this.controls.showWipe();
  }

  changed({ chosen = false, said = true } = {}) {
    this.writeAddress(chosen);
    this.draw();
    this.controls.show(said);
  }

  // What the server knows by now: previews may have been made, and versions added.
  update(versions) {
    const before = this.frame;
    const whole = this.isWhole;
    this.learn(versions);
    this.follow(before, whole);
    this.draw();
  }

  draw() {
    this.dirty ||= requestAnimationFrame(() => {
      this.dirty = 0;
      if (this.camera && this.canvas.width) paint(this);
    });
  }

  // For tests and for the controls: the frame's point under a point of the window.
  pointAt(x, y) {
    const box = this.canvas.getBoundingClientRect();
    const ratio = this.canvas.width / box.width;
    const point = { x: (x - box.left) * ratio, y: (y - box.top) * ratio };
    return toFrame(this.camera, this.at(point), point);
  }

  get fitZoom() {
    return fit(this.frame, this.pane);
  }
}

customElements.define("compare-view", CompareView);
