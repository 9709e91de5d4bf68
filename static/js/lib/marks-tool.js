// A pin, a box or a stroke being drawn: with the hand, or with a cross that keys move. It is what a
// compare view takes as its `tool`: told in the points of the version it came down on.
import { held, simplified } from "lib/marks-shapes";

const STEP = 12; // CSS pixels an arrow moves the cross; with Shift a quarter
const FINE = 0.0008;
const LEAST = 0.004; // a box that is less wide or high was a slip

export class MarkTool {
  cursor = "crosshair";

  // `drawn({shape, number, points})` is told when a shape is whole, `changed()` while it grows.
  constructor(viewer, shape, { drawn, changed }) {
    Object.assign(this, { viewer, shape, drawn, changed });
    this.draft = null; // {number, points}
    this.cross = null; // where keys have brought it, in pixels of the canvas
  }

  // --- the hand ------------------------------------------------------------------------------------
  down(point, number) {
    this.cross = null;
    this.begin(number, held([point.x, point.y]));
  }

  begin(number, point) {
    this.draft = { number, points: this.shape === "box" ? [point, point] : [point] };
    this.changed();
  }

  move(point) {
    if (this.draft) this.grow(held([point.x, point.y]));
  }

  grow(point) {
    const { points } = this.draft;
    if (this.shape === "pin") points[0] = point;
    else if (this.shape === "box") points[1] = point;
    else points.push(point);
    this.changed();
  }

  up() {
    const { draft, shape } = this;
    if (!draft) return;
    this.draft = null;
    const points = shape === "stroke" ? simplified(draft.points, FINE) : draft.points;
    if (this.isWhole(points)) this.drawn({ shape, number: draft.number, points });
    this.changed();
  }

  isWhole(points) {
    if (this.shape === "pin") return true;
    if (points.length < 2) return false;
    const [[ax, ay], [bx, by]] = points;
    if (this.shape === "box") return Math.abs(ax - bx) > LEAST && Math.abs(ay - by) > LEAST;
    return true;
  }

  cancel() {
    this.draft = null;
    this.changed();
  }

  // --- the keys ------------------------------------------------------------------------------------
  // Moves the cross, from the middle of the stage, and takes a growing box along.
  nudge(right, down, fine) {
    const { width, height } = this.viewer.canvas;
    const step = STEP * this.viewer.ratio * (fine ? 0.25 : 1);
    const { x, y } = this.cross ?? this.start();
    this.cross = {
      x: Math.min(width - 1, Math.max(0, x + right * step)),
      y: Math.min(height - 1, Math.max(0, y + down * step)),
    };
    if (this.draft) this.grow(this.under(this.draft.number));
    this.changed();
  }

  // The middle of B's pane, or of what is seen last.
  start() {
    const { x, y, width, height } = this.panes.at(-1).box;
    return { x: x + width / 2, y: y + height / 2 };
  }

  // The cross in the points of a version, held inside its picture.
  under(number) {
    const contains = ({ box }) =>
      this.cross.x >= box.x && this.cross.x <= box.x + box.width && this.cross.y >= box.y && this.cross.y <= box.y + box.height;
    const panes = this.panes.filter((pane) => pane.number === number);
    const point = (panes.find(contains) ?? panes[0]).toPicture(this.cross);
    return held([point.x, point.y]);
  }

  // Sets a pin, or one corner of a box after the other.
  set() {
    this.cross ??= this.start();
    if (this.draft) {
      this.grow(this.under(this.draft.number));
      this.up();
      return;
    }
    const number = this.viewer.versionAt(this.cross);
    if (this.shape === "stroke") return;
    this.begin(number, this.under(number));
    if (this.shape === "pin") this.up();
  }
}
