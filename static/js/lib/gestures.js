// Wheel, drag, pinch, double tap, swipe and hold on one element, told in device pixels:
//   zoom(point, factor) · pan(dx, dy) · swipe(direction) · toggle(point) · hold(true|false)

const HOLD = 350;
const TAP = 280;
const SLOP = 8;

export class Gestures {
  constructor(element, told) {
    this.element = element;
    this.told = told;
    this.fingers = new Map();
    this.lastTap = 0;
    for (const type of ["pointerdown", "pointermove", "pointerup", "pointercancel", "dblclick"]) {
      element.addEventListener(type, this);
    }
    element.addEventListener("wheel", this, { passive: false });
  }

  point(event) {
    const box = this.element.getBoundingClientRect();
    const ratio = this.element.width / box.width;
    return { x: (event.clientX - box.left) * ratio, y: (event.clientY - box.top) * ratio, ratio };
  }

  handleEvent(event) {
    this[event.type](event);
  }

  wheel(event) {
    event.preventDefault();
    const lines = event.deltaMode === 1 ? 16 : 1;
    // A pinch on a trackpad comes as a wheel with ctrl, in small steps.
    const speed = event.ctrlKey ? 100 : 400;
    this.told.zoom(this.point(event), Math.exp((-event.deltaY * lines) / speed));
  }

  dblclick(event) {
    if (event.pointerType !== "touch") this.told.toggle(this.point(event));
  }

  pointerdown(event) {
    if (event.button > 0) return;
    this.element.setPointerCapture(event.pointerId);
    this.fingers.set(event.pointerId, this.point(event));
    if (this.fingers.size === 1) {
      this.from = this.point(event);
      this.moved = false;
      if (event.pointerType === "touch") {
        this.holdTimer = setTimeout(() => {
          if (!this.moved && this.fingers.size === 1) this.told.hold((this.holding = true));
        }, HOLD);
      }
    } else {
      this.letGo();
      this.moved = true;
    }
  }

  pointermove(event) {
    const before = this.fingers.get(event.pointerId);
    if (!before) return;
    const now = this.point(event);
    const slop = SLOP * now.ratio;
    if (this.fingers.size === 1) {
      if (!this.moved && Math.hypot(now.x - this.from.x, now.y - this.from.y) < slop) return;
      this.moved = true;
      this.letGo();
      this.told.pan(now.x - before.x, now.y - before.y);
    } else if (this.fingers.size === 2) {
      const other = [...this.fingers].find(([id]) => id !== event.pointerId)[1];
      const middle = (one) => ({ x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 });
      const apart = (one) => Math.hypot(one.x - other.x, one.y - other.y) || 1;
      const [was, is] = [middle(before), middle(now)];
      this.told.pan(is.x - was.x, is.y - was.y);
      this.told.zoom(is, apart(now) / apart(before));
    }
    this.fingers.set(event.pointerId, now);
  }

  pointerup(event) {
    const now = this.point(event);
    const alone = this.fingers.size === 1;
    const held = this.holding;
    this.fingers.delete(event.pointerId);
    this.letGo();
    if (!alone || held || event.pointerType !== "touch") return;
    const dx = now.x - this.from.x;
    const dy = now.y - this.from.y;
    if (this.moved) {
      if (Math.abs(dx) > 50 * now.ratio && Math.abs(dx) > 2 * Math.abs(dy)) this.told.swipe(Math.sign(-dx));
    } else if (event.timeStamp - this.lastTap < TAP) {
      this.told.toggle(now);
      this.lastTap = 0;
    } else {
      this.lastTap = event.timeStamp;
    }
  }

  pointercancel(event) {
    this.fingers.delete(event.pointerId);
    this.letGo();
  }

  letGo() {
    clearTimeout(this.holdTimer);
    if (this.holding) this.told.hold((this.holding = false));
  }
}
