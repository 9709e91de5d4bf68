// Two versions on one camera: side by side, wipe, blink. The page works without this as two
// pictures with links and forms; here the same versions are drawn on one canvas.
import { Bitmaps } from "lib/bitmaps";
import { betterSplit, clamp, fit, fitted, isFitted, pan, panes, toFrame, wipeSide, zoomAt } from "lib/camera";
import { Controls } from "lib/compare-controls";
import { Gestures } from "lib/gestures";
import { Picture } from "lib/picture";

const GAP = 6;
const BLINK_MS = 500; // two changes a second: under the three flashes of WCAG 2.3.1

class CompareView extends HTMLElement {
  connectedCallback() {
    this.versions = JSON.parse(this.dataset.versions);
    this.a = Number(this.dataset.a);
    this.b = Number(this.dataset.b);
    this.mode = this.dataset.mode;
    this.split = "";
    this.wipe = { position: 0.5, angle: 0 };
    this.blinkShowsA = false;
    this.holding = false;
    this.still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.bitmaps = new Bitmaps(() => this.draw());
    this.pictures = new Map(
      this.versions.map((version) => [version.number, new Picture(version, this.bitmaps)]),
    );
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
    this.readAddress();
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(this.stage);
    this.resize();
    this.setMode(this.mode);
  }

  disconnectedCallback() {
    this.observer?.disconnect();
    this.controls?.close();
    clearInterval(this.blinkTimer);
    clearTimeout(this.restTimer);
    this.bitmaps?.close();
  }

  // --- state -------------------------------------------------------------------------------------
  get frame() {
    const { width, height } = this.pictures.get(this.a).version;
    return { width, height };
  }

  get panes() {
    const stage = { x: 0, y: 0, width: this.canvas.width, height: this.canvas.height };
    const split = this.split || betterSplit(this.frame, stage, GAP * this.ratio);
    return panes(stage, this.mode, split, GAP * this.ratio);
  }

  get pane() {
    return this.panes[0];
  }

  get ratio() {
    return this.moving ? Math.min(devicePixelRatio, 2) : Math.min(devicePixelRatio, 3);
  }

  // The zoom as a person reads it: 100 % is one pixel of the picture on one of the screen.
  get percent() {
    return Math.round((this.camera.zoom * devicePixelRatio * 100) / this.ratio);
  }

  readAddress() {
    const asked = new URLSearchParams(location.search);
    const [cx, cy, z] = ["cx", "cy", "z"].map((name) => Number.parseFloat(asked.get(name)));
    this.asked = [cx, cy, z].every(Number.isFinite) && z > 0 ? { cx, cy, zoom: z } : null;
    const wipe = Number.parseFloat(asked.get("wipe"));
    if (wipe >= 0 && wipe <= 1) this.wipe.position = wipe;
  }

  writeAddress() {
    const kept = new URLSearchParams([["v", this.a], ["v", this.b], ["mode", this.mode]]);
    if (!isFitted(this.camera, this.frame, this.pane)) {
      kept.set("cx", this.camera.cx.toFixed(1));
      kept.set("cy", this.camera.cy.toFixed(1));
      kept.set("z", (this.camera.zoom / this.ratio).toFixed(4));
    }
    if (this.mode === "wipe") kept.set("wipe", this.wipe.position.toFixed(3));
    history.replaceState(null, "", `?${kept}`);
  }

  resize() {
    const box = this.stage.getBoundingClientRect();
    if (!box.width || !box.height) return;
    const before = this.canvas.width ? this.pane : null;
    const wasFitted = before && this.camera && isFitted(this.camera, this.frame, before);
    const scale = this.drawnRatio ? this.ratio / this.drawnRatio : 1;
    this.drawnRatio = this.ratio;
    this.canvas.width = Math.round(box.width * this.ratio);
    this.canvas.height = Math.round(box.height * this.ratio);
    if (!this.camera) {
      this.camera = this.asked
        ? clamp({ ...this.asked, zoom: this.asked.zoom * this.ratio }, this.frame, this.pane)
        : fitted(this.frame, this.pane);
    } else if (wasFitted) {
      this.camera = fitted(this.frame, this.pane);
    } else {
      const kept = { ...this.camera, zoom: this.camera.zoom * scale };
      this.camera = clamp(kept, this.frame, this.pane);
    }
    this.draw();
  }

  // --- what gestures and controls ask for --------------------------------------------------------
  at(point) {
    const inside = ({ x, y, width, height }) =>
      point.x >= x && point.x < x + width && point.y >= y && point.y < y + height;
    return this.panes.find(inside) ?? this.pane;
  }

  zoom(point, factor) {
    const zoom = this.camera.zoom * factor;
    this.look(zoomAt(this.camera, this.frame, this.at(point), point, zoom));
  }

  zoomMiddle(factor) {
    const { x, y, width, height } = this.pane;
    this.zoom({ x: x + width / 2, y: y + height / 2 }, factor);
  }

  pan(dx, dy) {
    this.look(pan(this.camera, this.frame, this.pane, dx, dy));
  }

  // 100 % at the point, or back to the whole frame.
  toggle(point) {
    const whole = isFitted(this.camera, this.frame, this.pane);
    const { x, y, width, height } = this.pane;
    const where = point ?? { x: x + width / 2, y: y + height / 2 };
    const full = this.ratio / devicePixelRatio;
    this.look(
      whole
        ? zoomAt(this.camera, this.frame, this.at(where), where, full)
        : fitted(this.frame, this.pane),
    );
  }

  swipe(direction) {
    if (isFitted(this.camera, this.frame, this.pane)) this.step(direction);
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

  setMode(mode) {
    const whole = isFitted(this.camera, this.frame, this.pane);
    this.mode = mode;
    this.dataset.mode = mode;
    this.camera = whole
      ? fitted(this.frame, this.pane)
      : clamp(this.camera, this.frame, this.pane);
    clearInterval(this.blinkTimer);
    this.blinkShowsA = false;
    if (mode === "blink" && !this.still) this.blinkTimer = setInterval(() => this.blink(), BLINK_MS);
    this.changed();
  }

  blink() {
    // Not before both are here: a blink to nothing would be a black frame.
    if (!this.pictures.get(this.a).isResident || !this.pictures.get(this.b).isResident) return;
    this.blinkShowsA = !this.blinkShowsA;
    this.draw();
  }

  toggleSplit() {
    const [first, second] = this.panes;
    const isRows = first.x === second.x;
    const keep = isFitted(this.camera, this.frame, this.pane);
    this.split = isRows ? "columns" : "rows";
    this.camera = keep
      ? fitted(this.frame, this.pane)
      : clamp(this.camera, this.frame, this.pane);
    this.changed();
  }

  choose(number, asA = false) {
    if (!this.pictures.has(number)) return;
    const before = this.frame;
    const whole = isFitted(this.camera, before, this.pane);
    if (asA) this.a = number;
    else this.b = number;
    this.follow(before, whole);
    this.changed();
    this.controls.refresh();
  }

  swap() {
    const before = this.frame;
    const whole = isFitted(this.camera, before, this.pane);
    [this.a, this.b] = [this.b, this.a];
    this.follow(before, whole);
    this.changed();
    this.controls.refresh();
  }

  // Another A may have another size: keep looking at the same place.
  follow(before, whole) {
    const scale = this.frame.width / before.width;
    this.camera = whole
      ? fitted(this.frame, this.pane)
      : clamp(
          {
            cx: this.camera.cx * scale,
            cy: this.camera.cy * (this.frame.height / before.height),
            zoom: this.camera.zoom / scale,
          },
          this.frame,
          this.pane,
        );
  }

  step(direction) {
    const numbers = this.versions.map((version) => version.number);
    const at = numbers.indexOf(this.b) + direction;
    if (at >= 0 && at < numbers.length) this.choose(numbers[at]);
  }

  setWipe(position, angle = this.wipe.angle) {
    this.wipe = { position: Math.min(1, Math.max(0, position)), angle };
    this.changed(false);
  }

  changed(said = true) {
    this.writeAddress();
    this.draw();
    this.controls.show(said);
  }

  // A version whose previews have just been made.
  update(versions) {
    this.versions = versions;
    for (const version of versions) {
      const known = this.pictures.get(version.number);
      if (known) Object.assign(known.version, version);
    }
    this.draw();
    this.controls.show(false);
  }

  // --- drawing -----------------------------------------------------------------------------------
  draw() {
    this.dirty ||= requestAnimationFrame(() => {
      this.dirty = 0;
      this.paint();
    });
  }

  paint() {
    if (!this.camera || !this.canvas.width) return;
    const { context, canvas } = this;
    this.bitmaps.forgetWanted();
    context.fillStyle = getComputedStyle(this.stage).backgroundColor;
    context.fillRect(0, 0, canvas.width, canvas.height);
    const [first, second] = this.panes;
    const a = this.pictures.get(this.a);
    const b = this.pictures.get(this.b);
    if (this.holding) {
      this.paintIn(a, first);
      if (this.mode === "side") this.paintIn(a, second);
    } else if (this.mode === "side") {
      this.paintIn(a, first);
      this.paintIn(b, second);
    } else if (this.mode === "wipe") {
      this.paintIn(a, first);
      this.paintIn(b, first, wipeSide(first, this.wipe.position, this.wipe.angle));
    } else {
      // Both are drawn, the one that is seen last: the other stays decoded.
      const [under, over] = this.blinkShowsA ? [b, a] : [a, b];
      this.paintIn(under, first);
      this.paintIn(over, first);
    }
    this.bitmaps.pump();
    this.toggleAttribute("data-drawn", a.isResident && b.isResident);
  }

  paintIn(picture, pane, side) {
    const { context } = this;
    context.save();
    context.beginPath();
    context.rect(pane.x, pane.y, pane.width, pane.height);
    context.clip();
    if (side) {
      context.beginPath();
      for (const { x, y } of side) context.lineTo(x, y);
      context.closePath();
      context.clip();
    }
    picture.draw(context, this.camera, this.frame, pane);
    context.restore();
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
