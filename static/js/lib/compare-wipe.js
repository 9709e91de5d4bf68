// The divider of the wipe: its handle is dragged over the stage, the circle above it turns it. A
// range says the same to keys and screen readers.

const STEP = Math.PI / 36;

export class Wipe {
  constructor(view) {
    this.view = view;
    this.divider = view.querySelector(".divider");
    this.range = view.querySelector("[data-wipe]");
    this.range.addEventListener("input", () => view.setWipe(this.range.value / 1000));
    const turner = view.querySelector(".wipe-turn");
    this.drag(view.querySelector(".wipe-handle"), (event, box) => {
      view.setWipe((event.clientX - box.left) / box.width);
    });
    this.drag(turner, (event, box) => {
      const x = event.clientX - (box.left + box.width * view.wipe.position);
      const y = event.clientY - (box.top + box.height / 2);
      const angle = Math.atan2(x, -y);
      view.setWipe(view.wipe.position, Math.abs(angle) < STEP / 2 ? 0 : angle); // upright is easy to find
    });
    turner.addEventListener("dblclick", () => view.setWipe(view.wipe.position, 0));
  }

  drag(part, moved) {
    part.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      part.setPointerCapture(event.pointerId);
    });
    part.addEventListener("pointermove", (event) => {
      if (!part.hasPointerCapture(event.pointerId)) return;
      moved(event, this.view.canvas.getBoundingClientRect());
    });
  }

  turn(direction) {
    this.view.setWipe(this.view.wipe.position, this.view.wipe.angle + direction * STEP);
  }

  show() {
    const { position, angle } = this.view.wipe;
    this.range.value = Math.round(position * 1000);
    this.range.setAttribute("aria-valuetext", `${Math.round(position * 100)} %`);
    this.divider.style.setProperty("left", `${position * 100}%`);
    this.divider.style.setProperty("rotate", `${angle}rad`);
  }
}
