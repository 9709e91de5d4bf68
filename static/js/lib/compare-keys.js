// The keys of the compare view. Every key is also a button; none needs a modifier but Shift.
import { isTyping, lettersAreOff } from "lib/keys";

const JOINING = 1500; // milliseconds in which a digit follows j

export class Keys {
  constructor(controls, on) {
    this.controls = controls;
    this.view = controls.view;
    this.joining = -JOINING;
    on(document, "keydown", (event) => this.down(event));
    on(document, "keyup", (event) => event.key === " " && this.view.holding && this.view.hold(false));
    on(window, "blur", () => this.view.holding && this.view.hold(false));
    // Here g is the grid, and not the first of the house's two letters: they are asked later.
    window.addEventListener("keydown", (event) => event.key === "g" && this.down(event), {
      capture: true,
      signal: controls.leaving.signal,
    });
  }

  down(event) {
    if (event.defaultPrevented || isTyping(event) || document.querySelector("dialog[open]")) return;
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    if (this.act(event)) event.preventDefault();
  }

  act(event) {
    const { view } = this;
    const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1];
    if (event.key === " ") return this.space(event);
    if (event.key.startsWith("Arrow")) return this.arrow(event);
    if (event.key === "Escape") return this.controls.escape();
    if (lettersAreOff()) return false;
    if (digit) this.number(Number(digit) || 10, event);
    else if (event.key === "+" || event.key === "=") view.zoomMiddle(1.25);
    else if (event.key === "-") view.zoomMiddle(0.8);
    else if (event.key === "[" || event.key === "]") this.controls.measure.step(event.key === "[" ? -1 : 1);
    else if (event.shiftKey && event.key.toLowerCase() !== "n") return false;
    else return this.letter(event.key.toLowerCase(), event);
    return true;
  }

  letter(key, { shiftKey, timeStamp }) {
    const { view, controls } = this;
    const acts = {
      x: () => view.swap(),
      s: () => view.setMode("side"),
      w: () => view.setMode("wipe"),
      o: () => view.setMode("onion"),
      d: () => view.setMode("difference"),
      h: () => view.setMode("heat"),
      k: () => view.setMode("blink"),
      g: () => view.setMode("grid"),
      m: () => view.nextMode(),
      z: () => view.toggle(),
      v: () => view.toggleSplit(),
      l: () => view.nextBy(),
      e: () => controls.toggleLoupe(),
      a: () => controls.toggleMarks(),
      n: () => controls.flyToArea(shiftKey ? -1 : 1),
      j: () => (this.joining = timeStamp),
      p: () => controls.panel.decide("pick"),
      r: () => controls.panel.decide("reject"),
      u: () => controls.panel.decide("clear"),
      i: () => controls.togglePanel(),
    };
    acts[key]?.();
    return key in acts;
  }

  // As B, with Shift as A; after j beside them, or away again.
  number(number, { shiftKey, timeStamp }) {
    const joins = timeStamp - this.joining < JOINING;
    this.joining = -JOINING;
    if (joins) this.view.join(number);
    else this.view.choose(number, { asA: shiftKey });
  }

  // Held, it shows A in the place of the others; on a button it presses the button.
  space(event) {
    const button = event.target.closest?.("button, summary, [role=button], input, select");
    if (button && !button.matches("[role=button]")) return false;
    if (event.repeat) return true;
    if (button) button.click();
    else this.view.hold(true);
    return true;
  }

  // Left and right go through the versions, up and down through the shots; with Shift all four move
  // over the picture. On a slider they are the slider's.
  arrow(event) {
    const right = { ArrowRight: 1, ArrowLeft: -1 }[event.key] ?? 0;
    const down = { ArrowDown: 1, ArrowUp: -1 }[event.key] ?? 0;
    if (event.target.matches?.("[role=slider], input[type=range]")) return false;
    if (event.shiftKey) this.view.panBy(right, down);
    else if (right) this.view.step(right);
    else return !event.target.closest?.(".panel") && this.controls.otherShot(down);
    return true;
  }
}
