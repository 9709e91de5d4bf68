// An element with one camera over its panes: what moves it, and how it stays at the same place when
// panes or frame change. Whoever extends it knows `frame`, `panes`, `canvas`, `draw()` and `moved()`.
import { clamp, fit, fitted, isFitted, pan, toFrame, zoomAt } from "lib/camera";

const STILL = 120; // milliseconds after the last move

export class CameraView extends HTMLElement {
  camera = null;
  isMoving = false;
  isZooming = false;

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

  get fitZoom() {
    return fit(this.frame, this.pane);
  }

  // --- staying -----------------------------------------------------------------------------------
  see(asked) {
    const camera = asked && { cx: asked.cx, cy: asked.cy, zoom: asked.z * this.ratio };
    this.camera = camera ? clamp(camera, this.frame, this.pane) : fitted(this.frame, this.pane);
  }

  // Stay at the same place where panes or frame have changed; the whole stays the whole.
  keep(camera, whole) {
    this.camera = whole ? fitted(this.frame, this.pane) : clamp(camera, this.frame, this.pane);
  }

  // Do what changes the panes, and stay.
  staying(change) {
    const whole = this.camera && this.isWhole;
    const before = this.frame;
    change();
    if (this.camera) this.follow(before, whole);
  }

  // Another A may have another size: keep looking at the same place.
  follow(before, whole) {
    const scale = this.frame.width / before.width;
    const { cx, cy, zoom } = this.camera;
    const camera = { cx: cx * scale, cy: cy * (this.frame.height / before.height), zoom: zoom / scale };
    this.keep(camera, whole);
  }

  // --- what gestures and controls ask for --------------------------------------------------------
  // The pane under a point, else the first.
  at(point) {
    const inside = ({ x, y, width, height }) =>
      point.x >= x && point.x < x + width && point.y >= y && point.y < y + height;
    return this.panes.find(inside) ?? this.pane;
  }

  zoom(point, factor, from = point) {
    const zoom = this.camera.zoom * factor;
    this.look(zoomAt(this.camera, this.frame, this.at(from), point, zoom, from));
  }

  pan(dx, dy) {
    this.look(pan(this.camera, this.frame, this.pane, dx, dy));
  }

  // 100 % at the point, or back to the whole frame.
  toggle(point = this.middle) {
    const close = () => zoomAt(this.camera, this.frame, this.at(point), point, this.full);
    this.look(this.isWhole ? close() : fitted(this.frame, this.pane));
  }

  look(camera) {
    cancelAnimationFrame(this.flight);
    this.isMoving = true;
    this.isZooming = Math.abs(camera.zoom / this.camera.zoom - 1) > 1e-6;
    clearTimeout(this.stillTimer);
    this.stillTimer = setTimeout(() => this.rest(), STILL);
    this.camera = camera;
    this.draw();
    this.moved();
  }

  // While it moves it is drawn quickly, then well.
  rest() {
    Object.assign(this, { isMoving: false, isZooming: false });
    this.draw();
  }

  // The frame's point under a point of the window.
  pointAt(x, y) {
    const point = this.devicePoint(x, y);
    return toFrame(this.camera, this.at(point), point);
  }

  // A point of the window in the canvas's pixels.
  devicePoint(x, y) {
    const box = this.canvas.getBoundingClientRect();
    const ratio = this.canvas.width / box.width;
    return { x: (x - box.left) * ratio, y: (y - box.top) * ratio };
  }
}
