// The buttons, keys and words round the compare view. Every key is also a button.
import { Panel } from "lib/compare-panel";
import { Wipe } from "lib/compare-wipe";
import { isTyping, lettersAreOff } from "lib/keys";

export class Controls {
  constructor(view) {
    this.view = view;
    this.room = view.closest(".review");
    this.strip = this.room.querySelector(".filmstrip");
    this.live = this.room.querySelector("[data-live]");
    this.pauseButton = view.querySelector("[data-pause]");
    this.wipe = new Wipe(view);
    this.panel = new Panel(view, this.room, () => this.refreshed());
    this.leaving = new AbortController();
    const on = (target, type, act) => target.addEventListener(type, act, { signal: this.leaving.signal });
    on(document, "keydown", (event) => this.key(event));
    on(document, "keyup", (event) => this.keyUp(event));
    on(window, "blur", () => view.holding && view.hold(false));
    on(this.room, "click", (event) => this.click(event));
    for (const button of this.room.querySelectorAll("[data-hold]")) this.holdButton(button, on);
    this.longPress(on);
    this.surround(localStorage.getItem("surround") ?? "dark");
    this.panel.poll();
  }

  close() {
    this.leaving.abort();
    this.panel.close();
  }

  // --- keys ----------------------------------------------------------------------------------------
  key(event) {
    if (event.defaultPrevented || isTyping(event) || document.querySelector("dialog[open]")) return;
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    if (this.act(event)) event.preventDefault();
  }

  act(event) {
    const { view } = this;
    const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1];
    const onButton = event.target.closest?.("button, summary, [role=button], input, select");
    if (event.key === " ") return this.space(event, onButton);
    if (event.key.startsWith("Arrow")) return this.arrow(event);
    if (lettersAreOff()) return false;
    if (digit) view.choose(Number(digit) || 10, { asA: event.shiftKey });
    else if (event.key === "+" || event.key === "=") view.zoomMiddle(1.25);
    else if (event.key === "-") view.zoomMiddle(0.8);
    else if (!event.shiftKey) return this.letter(event.key.toLowerCase());
    else return false;
    return true;
  }

  letter(key) {
    const { view, panel } = this;
    const acts = {
      x: () => view.swap(),
      w: () => view.setMode("wipe"),
      s: () => view.setMode("side"),
      k: () => view.setMode("blink"),
      m: () => view.nextMode(),
      z: () => view.toggle(),
      v: () => view.toggleSplit(),
      p: () => panel.decide("pick"),
      r: () => panel.decide("reject"),
      u: () => panel.decide("clear"),
      i: () => this.togglePanel(),
    };
    acts[key]?.();
    return key in acts;
  }

  // Held, it shows A in the place of B; on a button it presses the button.
  space(event, onButton) {
    if (onButton && !onButton.matches("[role=button]")) return false;
    if (event.repeat) return true;
    if (onButton) onButton.click();
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
    else return !event.target.closest?.(".panel") && this.otherShot(down);
    return true;
  }

  // Up and down lead to the pictures of the shots before and after.
  otherShot(down) {
    const link = this.room.querySelector(`.places a[rel=${down > 0 ? "next" : "prev"}]`);
    link?.click();
    return Boolean(link);
  }

  keyUp(event) {
    if (event.key === " " && this.view.holding) this.view.hold(false);
  }

  // --- buttons -------------------------------------------------------------------------------------
  click(event) {
    const { view } = this;
    const found = (name) => event.target.closest(`:is(button, a)[data-${name}]`);
    const mode = found("set-mode");
    const version = found("version");
    const surround = found("surround");
    const zoom = found("zoom-by");
    if (version && (event.metaKey || event.ctrlKey)) return;
    if (mode) view.setMode(mode.dataset.setMode);
    else if (version) {
      const number = Number(version.dataset.version);
      if (!this.pressedLong) view.choose(number, { asA: event.shiftKey });
      this.pressedLong = false;
    } else if (zoom) view.zoomMiddle(Number(zoom.dataset.zoomBy));
    else if (found("zoom")) view.toggle();
    else if (found("split")) view.toggleSplit();
    else if (found("swap")) view.swap();
    else if (found("pause")) view.pause(!view.paused);
    else if (surround) this.surround(surround.dataset.surround);
    else if (found("panel-toggle")) this.togglePanel();
    else return;
    event.preventDefault();
    // The mouse leaves the keyboard to the stage, so that space shows A and does not press again.
    if (event.detail) view.canvas.focus({ preventScroll: true });
  }

  togglePanel() {
    this.room.toggleAttribute("data-no-panel");
    this.room
      .querySelector("[data-panel-toggle]")
      ?.setAttribute("aria-pressed", String(!this.room.hasAttribute("data-no-panel")));
  }

  surround(name) {
    this.room.dataset.around = name;
    localStorage.setItem("surround", name);
    this.view.around = getComputedStyle(this.view.stage).backgroundColor;
    for (const button of this.room.querySelectorAll("[data-surround]")) {
      button.setAttribute("aria-pressed", String(button.dataset.surround === name));
    }
    this.view.draw();
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

  // --- words and marks -----------------------------------------------------------------------------
  show(said) {
    const { view } = this;
    view.dataset.mode = view.mode;
    view.dataset.split = view.panes[0].x === view.panes[1].x ? "rows" : "columns";
    for (const button of this.room.querySelectorAll("[data-set-mode]")) {
      button.setAttribute("aria-pressed", String(button.dataset.setMode === view.mode));
    }
    this.showStrip();
    this.showTags();
    this.showZoom();
    this.showWipe();
    this.pauseButton.textContent = view.paused ? view.dataset.play : view.dataset.pause;
    const words = `v${view.a}, v${view.b}, ${this.modeName()}, ${view.percent} %`;
    view.canvas.setAttribute("aria-label", words);
    if (said) this.live.textContent = words;
  }

  showStrip() {
    const { a, b } = this.view;
    for (const link of this.strip.querySelectorAll("[data-version]")) {
      const number = Number(link.dataset.version);
      const badge = [a === number && "A", b === number && "B"].filter(Boolean).join(" ");
      link.classList.toggle("in", badge !== "");
      if (badge) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
      link.querySelector(".ab").textContent = badge;
    }
    const link = this.strip.querySelector(`[data-version="${b}"]`);
    if (!link || this.centred === b) return;
    this.centred = b;
    const [box, strip] = [link.getBoundingClientRect(), this.strip.getBoundingClientRect()];
    this.strip.scrollBy({ left: box.left + box.width / 2 - strip.left - strip.width / 2 });
  }

  showTags() {
    const { view } = this;
    const [a, b] = [view.pictures.get(view.a), view.pictures.get(view.b)];
    const sameSize = a.size.width === b.size.width && a.size.height === b.size.height;
    for (const [side, { version, size }] of [["a", a], ["b", b]]) {
      const tag = view.querySelector(`[data-tag="${side}"]`);
      const link = this.strip.querySelector(`[data-version="${version.number}"]`);
      const trouble = version.waiting ? view.dataset.wait : version.trouble;
      tag.querySelector("b").textContent = `${side.toUpperCase()} v${version.number}`;
      tag.querySelector("span").textContent = link?.dataset.date ?? "";
      tag.querySelector("i").textContent = trouble || (sameSize ? "" : `${size.width} × ${size.height}`);
    }
  }

  modeName() {
    const button = this.room.querySelector(`[data-set-mode="${this.view.mode}"]`);
    return button?.textContent.trim() ?? "";
  }

  showWipe() {
    this.wipe.show();
  }

  showMeasure() {}

  showZoom() {
    const words = this.view.isWhole ? this.room.dataset.fit : `${this.view.percent} %`;
    for (const button of this.room.querySelectorAll("[data-zoom]")) button.textContent = words;
  }

  // --- the server's words --------------------------------------------------------------------------
  refresh() {
    this.panel.refreshSoon();
  }

  refreshed() {
    this.centred = null;
    this.show(false);
    this.surround(this.room.dataset.around);
  }
}
