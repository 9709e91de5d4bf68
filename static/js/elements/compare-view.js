// Two to ten versions on one camera: side by side, wipe, onion, difference, heat, blink, grid. The
// page works without this as pictures with links and forms; here they are drawn on one canvas.
//
// What is needed to look is here: panes, pictures, camera and what moves it. All that a person does
// beside looking (`compare-acts`, `compare-modes`, `compare-controls`, marks) are the view's hands:
// they come with the first touch of the page.
import { Bitmaps } from "lib/bitmaps";
import { readPlace } from "lib/compare-address";
import { Changes } from "lib/compare-changes";
import { MODES } from "lib/compare-paint";
import { Versions } from "lib/compare-versions";
import { Words } from "lib/compare-words";
import { Gestures } from "lib/gestures";
import { StageView } from "lib/stage-view";

// What is taken for a first touch, and what has keys of its own.
const TOUCHES = ["pointermove", "pointerdown", "pointerup", "wheel", "click", "keydown", "keyup"];
const OWN_KEYS = "input, textarea, select, button, a, summary";

class CompareView extends StageView {
  connectedCallback() {
    const { versions, staged, mode } = this.dataset;
    const [a, b, ...others] = JSON.parse(staged);
    this.bitmaps = new Bitmaps(() => this.draw());
    this.chosen = new Versions(this.bitmaps, JSON.parse(versions));
    this.chosen.take({ a, b, others });
    this.plain = this.querySelector(".plain");
    const images = new Map([...(this.plain?.querySelectorAll("img") ?? [])].map((each) => [Number(each.dataset.number), each]));
    for (const number of this.numbers) this.pictures.get(number).begin(images.get(number));
    this.bitmaps.pump();
    this.mode = mode;
    this.split = "";
    this.holding = false;
    this.held = null;
    this.marks = true; // whether changed areas are shown
    this.lastSeen = new Map();
    this.room = this.closest(".review");
    this.canvas = document.createElement("canvas");
    this.canvas.tabIndex = 0;
    this.canvas.setAttribute("role", "img");
    this.canvas.setAttribute("aria-label", this.room.querySelector("h1").textContent); // until words say more
    if (this.plain) this.plain.hidden = true;
    this.stage = this.querySelector(".stage");
    this.stage.hidden = false;
    this.stage.prepend(this.canvas);
    this.context = this.canvas.getContext("2d", { alpha: false });
    this.gestures = new Gestures(this.canvas, this);
    this.words = new Words(this);
    this.changes = new Changes(this, (answer) => this.words.learnt(answer));
    this.waiting = new AbortController();
    const { signal } = this.waiting;
    for (const type of TOUCHES) window.addEventListener(type, (event) => this.touched(event), { capture: true, signal });
    this.surround(localStorage.getItem("surround") ?? "dark");
    if (MODES[mode]) this.begin();
    if (!MODES[mode] || this.isAwaited) this.hands();
  }

  disconnectedCallback() {
    this.waiting?.abort();
    this.observer?.disconnect();
    this.controls?.close();
    this.changes?.close();
    clearTimeout(this.stillTimer);
    cancelAnimationFrame(this.flight);
    this.bitmaps?.close();
  }

  begin() {
    const { by, camera } = readPlace(location.search);
    Object.assign(this, { by, asked: camera });
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(this.stage);
    this.resize();
    requestAnimationFrame(() => this.isConnected && this.show(true)); // pictures first, then words
  }

  resize() {
    const box = this.stage.getBoundingClientRect();
    if (!box.width || !box.height) return;
    const whole = this.camera && this.canvas.width && this.isWhole;
    const scale = this.drawnRatio ? this.ratio / this.drawnRatio : 1;
    this.drawnRatio = this.ratio;
    this.canvas.width = Math.round(box.width * this.ratio);
    this.canvas.height = Math.round(box.height * this.ratio);
    if (this.camera) this.keep({ ...this.camera, zoom: this.camera.zoom * scale }, whole);
    else this.see(this.asked);
    this.bitmaps.fit(this.canvas);
    this.showPlaces();
    this.paint(); // a canvas of another size is empty: not even for one frame
  }

  surround(name) {
    this.room.dataset.around = name;
    this.around = getComputedStyle(this.stage).backgroundColor;
    this.draw();
  }

  show(said) {
    this.draw();
    this.words.show(said);
    this.controls?.show();
    this.changes.lookSoon();
  }

  // What stands where on the stage: names and dividers.
  showPlaces() {
    this.words.tags.show();
    this.controls?.wipe.show();
  }

  moved() {
    this.writeSoon?.();
    this.words.showZoom();
  }

  // A finger that is held has A under it, or the loupe over it.
  hold(held, point) {
    if (!this.loupe?.take(held, point)) this.holding = held;
    this.draw();
  }

  holdMoved(point) {
    return this.loupe?.take(true, point);
  }

  // --- the hands -----------------------------------------------------------------------------------
  // Whether there is something to show or to ask that only they know.
  get isAwaited() {
    return location.hash || this.room.querySelector("#marks .mark-row") || this.versions.some(({ waiting }) => waiting);
  }

  // Settles when they are here, or could not be had; the next touch asks again.
  hands() {
    this.coming ??= import("lib/compare-controls").then(
      ({ Controls }) => this.isConnected && this.take(new Controls(this)),
      (error) => console.warn("compare-controls", error, (this.coming = null)),
    );
    return this.coming;
  }

  take(controls) {
    this.waiting.abort();
    this.controls = controls;
    if (!this.observer) this.begin();
    this.writeAddress();
    controls.show();
  }

  // What is touched before they are here is touched once more when they are. The canvas knows the
  // camera's own gestures; and keys that are a field's, a button's or the browser's are left to them.
  touched(event) {
    const { type, target, key } = event;
    const here = this.hands();
    const isKey = type.startsWith("key");
    if (/move|wheel/.test(type) || event.metaKey || event.ctrlKey || event.altKey) return;
    if (type.startsWith("pointer") && target === this.canvas) return;
    if (isKey && (target.closest?.(OWN_KEYS) || !(key.length === 1 || /^(Arrow|Esc)/.test(key)))) return;
    if (isKey || type === "click") {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
    here.then(() => this.controls && target.dispatchEvent(new event.constructor(type, event)));
  }
}

customElements.define("compare-view", CompareView);
