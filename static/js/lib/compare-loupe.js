// The loupe: two round windows beside the pointer, A and B at the same place, larger. It follows the
// mouse; on a phone it comes with a held finger and follows that.
import { NEAREST, toFrame } from "lib/camera";
import { paintIn } from "lib/compare-paint";

const SIDE = 168; // CSS pixels across
const GAP = 8;
const TIMES = 3;

export class Loupe {
  isOn = false;
  point = null;

  constructor(view) {
    this.view = view;
    view.canvas.addEventListener("pointermove", (event) => {
      if (this.isOn && event.pointerType !== "touch") this.follow(view.devicePoint(event.clientX, event.clientY));
    });
    view.canvas.addEventListener("pointerleave", () => this.follow(null));
  }

  toggle() {
    this.isOn = !this.isOn;
    if (this.isOn && !matchMedia("(hover: none)").matches) this.point ??= this.view.middle;
    this.view.draw();
  }

  // Of a finger that is held, or no longer: whether it is the loupe's.
  take(held, point) {
    const isOurs = this.isOn && Boolean(point || this.point);
    if (isOurs) this.follow(held ? point : null);
    return isOurs;
  }

  // Where it looks; null for nowhere.
  follow(point) {
    if (!this.isOn || (!point && !this.point)) return;
    this.point = point;
    this.view.draw();
  }

  // At least 100 %, else three times as close as the stage.
  get zoom() {
    return Math.min(NEAREST, Math.max(this.view.camera.zoom * TIMES, this.view.full));
  }

  paint() {
    const { view, point } = this;
    if (!this.isOn || !point || view.holding) return;
    const { x, y } = toFrame(view.camera, view.at(point), point);
    const camera = { cx: x, cy: y, zoom: this.zoom };
    windows(view.canvas, point, view.ratio).forEach((pane, at) => {
      this.window({ ...pane, number: at ? view.b : view.a }, camera, at ? "B" : "A");
    });
  }

  window(pane, camera, letter) {
    const { context, ratio } = this.view;
    const [x, y, radius] = [pane.x + pane.width / 2, pane.y + pane.height / 2, pane.width / 2];
    context.save();
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.clip();
    paintIn(this.view, pane, { camera });
    context.restore();
    for (const [style, width] of [["rgb(0 0 0 / .6)", 4], ["white", 1.5]]) {
      context.strokeStyle = style;
      context.lineWidth = width * ratio;
      context.beginPath();
      context.arc(x, y, radius, 0, 2 * Math.PI);
      context.stroke();
    }
    context.font = `600 ${12 * ratio}px system-ui, sans-serif`;
    context.textAlign = "center";
    context.fillStyle = "rgb(0 0 0 / .72)";
    context.fillRect(x - 9 * ratio, pane.y + pane.height - 22 * ratio, 18 * ratio, 16 * ratio);
    context.fillStyle = "white";
    context.fillText(letter, x, pane.y + pane.height - 10 * ratio);
  }
}

// Both windows above the point where there is room, else below it; always on the stage. Pure.
export function windows(stage, point, ratio) {
  const side = Math.min(SIDE * ratio, stage.width / 2 - GAP * ratio, stage.height / 2 - GAP * ratio);
  const [gap, both] = [GAP * ratio, 2 * side + GAP * ratio];
  const left = Math.min(stage.width - both, Math.max(0, point.x - both / 2));
  const above = point.y - side - 3 * gap;
  const y = above >= 0 ? above : Math.min(stage.height - side, point.y + 3 * gap);
  return [left, left + side + gap].map((x) => ({ x, y, width: side, height: side }));
}
