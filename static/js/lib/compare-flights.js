// Flights of the camera to a place: what a `StageView` can do once its hands are here.
import { around, corners } from "lib/affine";
import { clamp, fit, placement } from "lib/camera";
import { sized } from "lib/compare-areas";

const TIME = 360; // milliseconds
const MARGIN = 2.2; // how much more than an area is seen, once flown to it
const CLOSEST = 2; // 200 %: nearer than that an area is only larger, not clearer

// The camera that shows a box of the frame, in frame pixels, with its surroundings: never farther
// than the whole and never closer than `closest`.
export function over(box, frame, pane, closest) {
  const around = { width: box.width * MARGIN, height: box.height * MARGIN };
  const zoom = Math.max(fit(frame, pane), Math.min(closest, fit(around, pane)));
  return clamp({ cx: box.x + box.width / 2, cy: box.y + box.height / 2, zoom }, frame, pane);
}

// The camera on its way from one place to another, `part` from 0 to 1: the zoom goes evenly to the
// eye, so by factors, and the place goes with what is seen.
export function between(from, to, part) {
  const eased = part * part * (3 - 2 * part);
  const zoom = from.zoom * (to.zoom / from.zoom) ** eased;
  const far = 1 / to.zoom - 1 / from.zoom;
  const gone = Math.abs(far) * to.zoom < 0.001 ? eased : (1 / zoom - 1 / from.zoom) / far;
  return { cx: from.cx + (to.cx - from.cx) * gone, cy: from.cy + (to.cy - from.cy) * gone, zoom };
}

export const flights = {
  // To a box of the frame, in frame pixels; at once for whoever asked for less motion.
  fly(box) {
    const [from, to] = [this.camera, over(box, this.frame, this.pane, CLOSEST * this.full)];
    cancelAnimationFrame(this.flight);
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
      this.look(to);
      return;
    }
    let begun = 0;
    const step = (now) => {
      begun ||= now;
      const part = Math.min(1, (now - begun) / TIME);
      this.look(between(from, to, part));
      if (part < 1) this.flight = requestAnimationFrame(step);
    };
    this.flight = requestAnimationFrame(step);
  },

  // To a box of version `number` (else A), in its points: {x, y, w, h}.
  flyTo(box, number = this.a) {
    const { size } = this.pictures.get(number);
    const matrix = number === this.a ? null : this.changes.matrix(number);
    this.fly(around(corners(placement(size, this.frame, this.by, matrix), sized(box))));
  },

  zoomMiddle(factor) {
    this.zoom(this.middle, factor);
  },

  // A tenth of the pane in a direction: -1, 0 or 1 each.
  panBy(right, down) {
    this.pan((-right * this.pane.width) / 10, (-down * this.pane.height) / 10);
  },
};
