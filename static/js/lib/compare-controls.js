// The hands of a compare view: buttons, keys, panel, dividers, loupe, marks, and what they do. Every key
// is also a button.
import { acts } from "lib/compare-acts";
import { flights } from "lib/compare-flights";
import { Keys } from "lib/compare-keys";
import { Loupe } from "lib/compare-loupe";
import { Measure } from "lib/compare-measure";
import { Panel } from "lib/compare-panel";
import { Wipe } from "lib/compare-wipe";
import "elements/mark-layer";

Object.assign(customElements.get("compare-view").prototype, acts, flights);

export class Controls {
  constructor(view) {
    this.view = view;
    this.room = view.room;
    this.strip = this.room.querySelector(".filmstrip");
    this.pauseButton = view.querySelector("[data-pause]");
    this.leaving = new AbortController();
    const on = (target, type, act) => target.addEventListener(type, act, { signal: this.leaving.signal });
    view.blinks = 1; // which of the versions a blink shows
    view.region = null; // the changed area that was flown to
    // Nobody who asked for less motion is blinked at; they may still press play.
    view.paused = matchMedia("(prefers-reduced-motion: reduce)").matches;
    view.loupe = new Loupe(view);
    view.read();
    view.run();
    this.wipe = new Wipe(view);
    this.measure = new Measure(view);
    this.panel = new Panel(view, this.room, () => this.refreshed());
    this.keys = new Keys(this, on);
    on(window, "popstate", () => view.restore());
    on(this.room, "click", (event) => this.click(event));
    for (const button of this.room.querySelectorAll("[data-hold]")) this.holdButton(button, on);
    this.longPress(on);
    this.showSurround();
    this.panel.poll();
  }

  close() {
    this.leaving.abort();
    this.panel.close();
    clearInterval(this.view.blinkTimer);
    clearTimeout(this.view.restTimer);
  }

  // --- buttons -------------------------------------------------------------------------------------
  click(event) {
    const found = (name) => event.target.closest(`:is(button, a)[data-${name}]`);
    const name = Object.keys(BUTTONS).find(found);
    if (!name || ((event.metaKey || event.ctrlKey) && found(name).matches("a"))) return;
    BUTTONS[name](this, found(name), event);
    event.preventDefault();
    // The mouse leaves the keyboard to the stage, so that space shows A and does not press again.
    if (event.detail) this.view.canvas.focus({ preventScroll: true });
  }

  version(number, asA) {
    if (!this.pressedLong) this.view.choose(number, { asA });
    this.pressedLong = false;
  }

  togglePanel() {
    this.room.toggleAttribute("data-no-panel");
    this.press("panel-toggle", !this.room.hasAttribute("data-no-panel"));
  }

  toggleLoupe() {
    this.view.loupe.toggle();
    this.press("loupe", this.view.loupe.isOn);
  }

  toggleMarks() {
    this.view.marks = !this.view.marks;
    this.press("marks", this.view.marks);
    this.view.draw();
  }

  // What is open over the stage goes first.
  escape() {
    if (this.view.loupe.isOn) this.toggleLoupe();
    else return false;
    return true;
  }

  press(name, isPressed) {
    for (const button of this.room.querySelectorAll(`[data-${name}]`)) {
      button.setAttribute("aria-pressed", String(isPressed));
    }
  }

  surround(name) {
    localStorage.setItem("surround", name);
    this.view.surround(name);
    this.showSurround();
  }

  showSurround() {
    for (const button of this.room.querySelectorAll("[data-surround]")) {
      button.setAttribute("aria-pressed", String(button.dataset.surround === this.room.dataset.around));
    }
  }

  // Up and down lead to the pictures of the shots before and after.
  otherShot(down) {
    const link = this.room.querySelector(`.places a[rel=${down > 0 ? "next" : "prev"}]`);
    link?.click();
    return Boolean(link);
  }

  // Shows A for as long as it is held, by hand or by key.
  holdButton(button, on) {
    on(button, "pointerdown", () => this.view.hold(true));
    on(button, "keydown", (event) => /^( |Enter)$/.test(event.key) && this.view.hold(true));
    for (const type of ["pointerup", "pointercancel", "pointerleave", "keyup", "blur"]) {
      on(button, type, () => this.view.hold(false));
    }
    on(button, "contextmenu", (event) => event.preventDefault());
  }

  // A long press on the film strip takes a version as A: what Shift does on a laptop.
  longPress(on) {
    let timer = 0;
    on(this.strip, "pointerdown", (event) => {
      const version = event.target.closest("[data-version]");
      if (!version || event.pointerType === "mouse") return;
      this.pressedLong = false;
      timer = setTimeout(() => {
        this.pressedLong = true;
        this.view.choose(Number(version.dataset.version), { asA: true });
      }, 450);
    });
    for (const type of ["pointerup", "pointercancel", "pointermove"]) {
      on(this.strip, type, () => clearTimeout(timer));
    }
    on(this.strip, "contextmenu", (event) => this.pressedLong && event.preventDefault());
  }

  // --- changed areas -------------------------------------------------------------------------------
  // The next area of B, or the one before it; from the last on to the first.
  flyToArea(direction) {
    const { view } = this;
    const count = view.changes.of(view.b)?.regions?.length ?? 0;
    if (!count) return;
    const at = view.region === null ? (direction > 0 ? 0 : count - 1) : view.region + direction;
    this.flyTo((at + count) % count);
  }

  flyTo(at) {
    const { view } = this;
    const region = view.changes.of(view.b)?.regions?.[at];
    if (!region) return;
    view.region = at;
    view.flyTo(region);
    view.words.say(`${at + 1} / ${view.changes.of(view.b).regions.length}: ${region.where ?? ""}`);
    this.showAreas();
  }

  showAreas() {
    for (const button of this.room.querySelectorAll("[data-region]")) {
      const isIt = Number(button.dataset.region) === this.view.region;
      if (isIt) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
  }

  // --- words and marks -----------------------------------------------------------------------------
  show() {
    const { view } = this;
    this.showStrip();
    this.measure.show();
    this.showAreas();
    this.pauseButton.textContent = view.paused ? view.dataset.play : view.dataset.pause;
  }

  showStrip() {
    const { a, b, chosen } = this.view;
    for (const link of this.strip.querySelectorAll("[data-version]")) {
      const number = Number(link.dataset.version);
      const badge = [a === number && "A", b === number && "B"].filter(Boolean).join(" ");
      const joins = chosen.others.includes(number);
      link.classList.toggle("in", badge !== "" || joins);
      if (badge) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
      link.querySelector(".ab").textContent = badge;
      const button = this.strip.querySelector(`[data-join="${number}"]`);
      button.hidden = badge !== "";
      button.setAttribute("aria-pressed", String(joins));
    }
  }

  // --- the server's words --------------------------------------------------------------------------
  refresh() {
    this.panel.refreshSoon();
  }

  refreshed() {
    this.view.words.centred = null;
    this.view.show(false);
    this.showSurround();
  }
}

// What each kind of button does, by its data attribute.
const BUTTONS = {
  "set-mode": ({ view }, { dataset }) => view.setMode(dataset.setMode),
  join: ({ view }, { dataset }) => view.join(Number(dataset.join)),
  version: (controls, { dataset }, { shiftKey }) => controls.version(Number(dataset.version), shiftKey),
  "zoom-by": ({ view }, { dataset }) => view.zoomMiddle(Number(dataset.zoomBy)),
  zoom: ({ view }) => view.toggle(),
  split: ({ view }) => view.toggleSplit(),
  swap: ({ view }) => view.swap(),
  by: ({ view }) => view.nextBy(),
  pause: ({ view }) => view.pause(!view.paused),
  loupe: (controls) => controls.toggleLoupe(),
  marks: (controls) => controls.toggleMarks(),
  area: (controls, { dataset }) => controls.flyToArea(Number(dataset.area)),
  region: (controls, { dataset }) => controls.flyTo(Number(dataset.region)),
  surround: (controls, { dataset }) => controls.surround(dataset.surround),
  "panel-toggle": (controls) => controls.togglePanel(),
};
