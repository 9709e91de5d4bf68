// What stands on the stage of the compare view and where, for whoever draws or points there:
// `compare-paint` is told after every drawing with {context, ratio, panes: [{number, id, box, toPane,
// toPicture}]}; `tool` takes the pointer from the camera; `versionAt` and `seat` say where things are. Points of a picture are 0 to 1 both ways; points of the stage are the canvas's pixels.
import { apply, chain, inverse } from "lib/affine";
import { lens, placement } from "lib/camera";
import { CameraView } from "lib/camera-view";
import { columnsFor, tiled } from "lib/compare-layout";
import { MODES, paint } from "lib/compare-paint";

const GAP = 6;

export class StageView extends CameraView {
  // --- what is on it -----------------------------------------------------------------------------
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
    if (this.isLaid) return numbers.map((number) => ({ number, ...stage }));
    const gap = GAP * this.ratio;
    const split = this.mode === "side" && { rows: 1, columns: numbers.length }[this.split];
    const columns = split || columnsFor(numbers.length, this.frame, stage, gap);
    return tiled(numbers.length, columns, stage, gap).map((pane, at) => ({ number: numbers[at], ...pane }));
  }

  // Whether versions lie over each other, not beside.
  get isLaid() {
    return Boolean(MODES[this.mode].laid);
  }

  get shownNumbers() {
    return MODES[this.mode].numbers(this);
  }

  // From a version's points, 0 to 1, to the canvas's pixels in a pane.
  seat({ number, ...pane }, camera = this.camera) {
    const { size } = this.pictures.get(number);
    const matrix = number === this.a ? null : this.changes.matrix(number);
    const place = chain(placement(size, this.frame, this.by, matrix), lens(camera, pane));
    if (this.by === "content" && matrix) return place;
    // Beside the frame's corner stands the picture's, on a whole pixel too.
    return place.map((one, at) => (at === 2 || at === 5 ? Math.round(one) : one));
  }

  // The version that is seen at a point of the stage.
  versionAt(point) {
    if (this.holding) return this.a;
    return MODES[this.mode].seen?.(this, point) ?? this.at(point).number;
  }

  // --- what points at it -------------------------------------------------------------------------
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

  // --- drawing -----------------------------------------------------------------------------------
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
