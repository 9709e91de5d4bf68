// The dividers of the wipe. Each has a handle that is dragged across the stage, or along the divider
// for how much of B is seen, and a circle above it that turns all of them. A handle is a slider too.
import { dividerAt, positionOf } from "lib/compare-dividers";

const STEP = Math.PI / 36;
const SLOP = 6;
const TALL = 240; // CSS pixels along the divider from nothing of B to all of it

export class Wipe {
  constructor(view) {
    this.view = view;
    this.dividers = [view.querySelector(".divider")];
    this.wire(this.dividers[0], 0);
  }

  wire(divider, at) {
    const { view } = this;
    const handle = divider.querySelector(".wipe-handle");
    this.drag(handle, (event, begun) => this.handleDragged(event, begun, at));
    this.drag(divider.querySelector(".wipe-turn"), (event) => this.turnTo(event, at));
    handle.addEventListener("keydown", (event) => this.key(event, at));
    handle.addEventListener("dblclick", () => view.setMeasure("over", 1));
    divider.querySelector(".wipe-turn").addEventListener("dblclick", () => view.setWipe(at, this.position(at), 0));
  }

  position(at) {
    return this.view.wipe.positions[at];
  }

  drag(part, moved) {
    let begun = null;
    part.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      part.focus({ preventScroll: true });
      part.setPointerCapture(event.pointerId);
      begun = { x: event.clientX, y: event.clientY, over: this.view.measured.over };
    });
    part.addEventListener("pointermove", (event) => part.hasPointerCapture(event.pointerId) && moved(event, begun));
  }

  // Across: the divider moves. Along: B becomes clearer upwards. The first pixels say which.
  handleDragged(event, begun, at) {
    const { view } = this;
    const { angle } = view.wipe;
    const [x, y] = [event.clientX - begun.x, event.clientY - begun.y];
    const across = x * Math.cos(angle) + y * Math.sin(angle);
    const along = x * Math.sin(angle) - y * Math.cos(angle);
    if (!begun.way && Math.hypot(x, y) < SLOP) return;
    begun.way ??= Math.abs(along) > 1.5 * Math.abs(across) ? "along" : "across";
    if (begun.way === "along") view.setMeasure("over", Math.min(1, Math.max(0, begun.over + along / TALL)));
    else view.setWipe(at, positionOf(view.pane, view.devicePoint(event.clientX, event.clientY), angle));
  }

  turnTo(event, at) {
    const { view } = this;
    const point = view.devicePoint(event.clientX, event.clientY);
    const centre = dividerAt(view.pane, this.position(at), view.wipe.angle);
    const angle = Math.atan2(point.x - centre.x, centre.y - point.y);
    const upright = Math.abs(angle) < STEP / 2; // which is easy to find
    view.setWipe(at, this.position(at), upright ? 0 : angle);
  }

  // Arrows move the divider that has the focus; with Shift they turn it.
  key(event, at) {
    const { view } = this;
    const step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
    const far = { PageUp: 0.1, PageDown: -0.1 }[event.key];
    const end = { Home: 0, End: 1 }[event.key];
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    if (step && event.shiftKey) view.setWipe(at, this.position(at), view.wipe.angle + step * STEP);
    else if (step || far) view.setWipe(at, this.position(at) + (far ?? step / 100));
    else if (end !== undefined) view.setWipe(at, end);
    else return;
    event.preventDefault();
  }

  show() {
    const { view } = this;
    const { positions, angle } = view.wipe;
    while (this.dividers.length < positions.length) {
      const divider = this.dividers[0].cloneNode(true);
      this.dividers.at(-1).after(divider);
      this.wire(divider, this.dividers.push(divider) - 1);
    }
    for (const [at, divider] of this.dividers.entries()) {
      divider.hidden = at >= positions.length;
      if (!divider.hidden && view.canvas.width) this.put(divider, positions[at], angle);
    }
  }

  put(divider, position, angle) {
    const { x, y } = dividerAt(this.view.pane, position, angle);
    divider.style.left = `${x / this.view.ratio}px`;
    divider.style.top = `${y / this.view.ratio}px`;
    divider.style.rotate = `${angle}rad`;
    const handle = divider.querySelector(".wipe-handle");
    handle.setAttribute("aria-valuenow", Math.round(position * 100));
    const turned = angle ? `, ${Math.round((angle * 180) / Math.PI)}°` : "";
    handle.setAttribute("aria-valuetext", `${Math.round(position * 100)} %${turned}`);
  }
}
