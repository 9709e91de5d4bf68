// Wheel, drag, pinch, taps, swipe and hold on one element, told in device pixels:
//   zoom(point, factor, from) · pan(dx, dy) · swipe(direction, isDown) · tap(point) · toggle(point) ·
//   swap() · hold(true|false, point) · holdMoved(point), which says whether it goes on being held
// Where whoever is told has a `tool`, one finger or the mouse is the tool's: down, move, up or cancel;
// two fingers still pinch. `aim(point)` then says what the tool points at: {number, toPicture}.

const HOLD = 350;
const TAP = 280;
const SLOP = 8;
const SWIPE = 50;

export class Gestures {
  constructor(element, told) {
    this.element = element;
    this.told = told;
    this.fingers = new Map();
    this.lastTap = 0;
    this.held = null;
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
    // Two taps of a finger are a double click too, for some browsers; pointerup has told them.
    if (this.lastPointer !== "touch" && !this.told.tool) this.told.toggle(this.point(event));
  }

  pointerdown(event) {
    if (event.button > 0) return;
    this.lastPointer = event.pointerType;
    this.element.setPointerCapture(event.pointerId);
    const at = this.point(event);
    this.fingers.set(event.pointerId, { at, from: at });
    if (this.fingers.size === 1) {
      this.moved = false;
      this.most = 1;
      this.began = event.timeStamp;
      if (this.told.tool) this.take(at, event);
      else if (event.pointerType === "touch") this.holdTimer = setTimeout(() => this.startHold(at), HOLD);
    } else {
      this.most = Math.max(this.most, this.fingers.size);
      this.drop();
      this.letGo();
    }
  }

  pointermove(event) {
    const finger = this.fingers.get(event.pointerId);
    if (!finger) return;
    const now = this.point(event);
    if (this.held) {
      this.held.tool.move(this.held.toPicture(now), this.held.number, event);
      return;
    }
    if (this.holding && this.told.holdMoved(now)) return;
    const before = finger.at;
    if (!this.moved && Math.hypot(now.x - finger.from.x, now.y - finger.from.y) < SLOP * now.ratio) return;
    this.moved = true;
    this.letGo();
    finger.at = now;
    if (this.fingers.size === 1) this.told.pan(now.x - before.x, now.y - before.y);
    else if (this.fingers.size === 2) this.pinch(event.pointerId, before, now);
  }

  // About the middle of the two fingers, which may wander.
  pinch(id, before, now) {
    const other = [...this.fingers].find(([each]) => each !== id)[1].at;
    const middle = (one) => ({ x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 });
    const apart = (one) => Math.hypot(one.x - other.x, one.y - other.y) || 1;
    const [was, is] = [middle(before), middle(now)];
    this.told.zoom(is, apart(now) / apart(before), was);
  }

  pointerup(event) {
    const finger = this.fingers.get(event.pointerId);
    const held = this.holding || this.held;
    this.fingers.delete(event.pointerId);
    if (this.held) {
      const { tool, toPicture, number } = this.held;
      this.held = null;
      tool.up(toPicture(this.point(event)), number, event);
    }
    this.letGo();
    if (!finger || held || this.fingers.size) return;
    const now = this.point(event);
    if (!this.moved && this.most === 1) this.told.tap(now);
    if (event.pointerType !== "touch") return;
    const quick = event.timeStamp - this.began < HOLD;
    if (this.most === 1 && this.moved) this.swiped(finger.from, now);
    else if (this.most === 1) this.tapped(event, now);
    else if (this.most === 2 && !this.moved && quick) this.told.swap();
  }

  swiped(from, now) {
    const [dx, dy] = [now.x - from.x, now.y - from.y];
    const isDown = Math.abs(dy) > Math.abs(dx);
    const [long, short] = isDown ? [dy, dx] : [dx, dy];
    const isSwipe = Math.abs(long) > SWIPE * now.ratio && Math.abs(long) > 2 * Math.abs(short);
    if (isSwipe) this.told.swipe(Math.sign(-long), isDown);
  }

  tapped(event, now) {
    const isSecond = event.timeStamp - this.lastTap < TAP;
    this.lastTap = isSecond ? 0 : event.timeStamp;
    if (isSecond) this.told.toggle(now);
  }

  pointercancel(event) {
    this.fingers.delete(event.pointerId);
    this.drop();
    this.letGo();
  }

  // --- a tool ------------------------------------------------------------------------------------
  take(at, event) {
    this.held = { tool: this.told.tool, ...this.told.aim(at) };
    this.held.tool.down(this.held.toPicture(at), this.held.number, event);
  }

  drop() {
    this.held?.tool.cancel();
    this.held = null;
  }

  startHold(at) {
    if (this.moved || this.fingers.size !== 1) return;
    this.holding = true;
    this.told.hold(true, at);
  }

  letGo() {
    clearTimeout(this.holdTimer);
    if (!this.holding) return;
    this.holding = false;
    this.told.hold(false);
  }
}
