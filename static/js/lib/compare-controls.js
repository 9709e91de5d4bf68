// The buttons, keys and words round the compare view. Every key is also a button.
import { isTyping } from "lib/keys";
import { send } from "lib/request";

export class Controls {
  constructor(view) {
    this.view = view;
    this.room = view.closest(".review");
    this.live = this.room.querySelector("[data-live]");
    this.range = view.querySelector("[data-wipe]");
    this.onKey = (event) => this.key(event);
    this.onKeyUp = (event) => this.keyUp(event);
    this.onClick = (event) => this.click(event);
    this.onSubmit = (event) => this.submit(event);
    document.addEventListener("keydown", this.onKey);
    document.addEventListener("keyup", this.onKeyUp);
    this.room.addEventListener("click", this.onClick);
    this.room.addEventListener("submit", this.onSubmit);
    this.range.addEventListener("input", () => view.setWipe(this.range.value / 1000));
    this.grip();
    this.longPress();
    this.surround(localStorage.getItem("surround") ?? "dark");
    if (this.waits()) this.poll();
  }

  close() {
    document.removeEventListener("keydown", this.onKey);
    document.removeEventListener("keyup", this.onKeyUp);
    clearTimeout(this.pollTimer);
  }

  // --- keys ----------------------------------------------------------------------------------------
  key(event) {
    if (event.defaultPrevented || isTyping(event) || document.querySelector("dialog[open]")) return;
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    const { view } = this;
    const digit = /^Digit(\d)$/.exec(event.code);
    const onRange = event.target === this.range;
    const onButton = event.target.closest?.("button, a, summary");
    const acts = {
      x: () => view.swap(),
      w: () => view.setMode("wipe"),
      s: () => view.setMode("side"),
      k: () => view.setMode("blink"),
      z: () => view.toggle(),
      "+": () => view.zoomMiddle(1.25),
      "=": () => view.zoomMiddle(1.25),
      "-": () => view.zoomMiddle(0.8),
      c: () => view.toggleSplit(),
      p: () => this.decide("pick"),
      r: () => this.decide("reject"),
      u: () => this.decide("clear"),
      i: () => this.togglePanel(),
    };
    const act = acts[event.key.toLowerCase()];
    if (digit) {
      view.choose(digit[1] === "0" ? 10 : Number(digit[1]), event.shiftKey);
    } else if (event.key === " " && !onButton) {
      if (!event.repeat) view.hold(true);
    } else if (event.key === "ArrowLeft" && !onRange) {
      view.step(-1);
    } else if (event.key === "ArrowRight" && !onRange) {
      view.step(1);
    } else if (act && !event.shiftKey) {
      act();
    } else if (event.shiftKey && event.key.startsWith("Arrow") && view.mode === "wipe") {
      const turn = event.key === "ArrowUp" || event.key === "ArrowRight" ? 1 : -1;
      view.setWipe(view.wipe.position, view.wipe.angle + (turn * Math.PI) / 36);
    } else {
      return;
    }
    event.preventDefault();
  }

  keyUp(event) {
    if (event.key === " " && this.view.holding) this.view.hold(false);
  }

  // --- buttons -------------------------------------------------------------------------------------
  click(event) {
    const { view } = this;
    const found = (name) => event.target.closest(`[data-${name}]`);
    const mode = found("set-mode");
    const version = found("version");
    const surround = found("surround");
    if (mode) view.setMode(mode.dataset.setMode);
    else if (version) {
      if (event.metaKey || event.ctrlKey) return;
      if (!this.pressedLong) view.choose(Number(version.dataset.version), event.shiftKey);
      this.pressedLong = false;
    } else if (found("zoom")) view.toggle();
    else if (found("split")) view.toggleSplit();
    else if (found("swap")) view.swap();
    else if (surround) this.surround(surround.dataset.surround);
    else if (found("panel-toggle")) this.togglePanel();
    else return;
    event.preventDefault();
  }

  togglePanel() {
    this.room.toggleAttribute("data-no-panel");
    this.room.querySelector("[data-panel-toggle]")?.setAttribute(
      "aria-pressed",
      String(!this.room.hasAttribute("data-no-panel")),
    );
  }

  surround(name) {
    this.room.dataset.around = name;
    localStorage.setItem("surround", name);
    for (const button of this.room.querySelectorAll("[data-surround]")) {
      button.setAttribute("aria-pressed", String(button.dataset.surround === name));
    }
    this.view.draw();
  }

  // A long press on the film strip takes a version as A: what Shift does on a laptop.
  longPress() {
    const strip = this.room.querySelector(".filmstrip");
    let timer = 0;
    strip.addEventListener("pointerdown", (event) => {
      const version = event.target.closest("[data-version]");
      if (!version || event.pointerType === "mouse") return;
      timer = setTimeout(() => {
        this.pressedLong = true;
        this.view.choose(Number(version.dataset.version), true);
      }, 450);
    });
    for (const type of ["pointerup", "pointercancel", "pointermove"]) {
      strip.addEventListener(type, () => clearTimeout(timer));
    }
    strip.addEventListener("contextmenu", (event) => this.pressedLong && event.preventDefault());
  }

  // The divider: its handle is dragged over the stage, the circle above it turns it.
  grip() {
    const handle = this.view.querySelector(".wipe-handle");
    const turner = this.view.querySelector(".wipe-turn");
    const drag = (part, moved) => {
      part.addEventListener("pointerdown", (event) => {
        event.preventDefault();
        part.setPointerCapture(event.pointerId);
        const move = (next) => moved(next);
        part.addEventListener("pointermove", move);
        part.addEventListener("pointerup", () => part.removeEventListener("pointermove", move), { once: true });
      });
    };
    drag(handle, (event) => {
      const box = this.view.canvas.getBoundingClientRect();
      this.view.setWipe((event.clientX - box.left) / box.width);
    });
    drag(turner, (event) => {
      const box = this.view.canvas.getBoundingClientRect();
      const x = event.clientX - (box.left + box.width * this.view.wipe.position);
      const y = event.clientY - (box.top + box.height / 2);
      this.view.setWipe(this.view.wipe.position, Math.atan2(x, -y));
    });
  }

  // --- decisions -----------------------------------------------------------------------------------
  decide(what) {
    this.room.querySelector(`form[data-decide="${what}"] button`)?.click();
  }

  async submit(event) {
    const form = event.target.closest("form[data-decide], form[data-note]");
    if (!form) return;
    event.preventDefault();
    const response = await send(form.action, {
      body: new FormData(form),
      headers: { Accept: "application/json" },
    });
    const answer = response.ok ? await response.json() : { text: this.room.dataset.failed };
    document.body.dispatchEvent(new CustomEvent("toast", { detail: this.back(answer) }));
    this.refresh();
  }

  // Undo comes back to this very view.
  back(answer) {
    return { ...answer, next: location.pathname + location.search };
  }

  // --- words and marks -----------------------------------------------------------------------------
  show(said) {
    const { view } = this;
    for (const button of this.room.querySelectorAll("[data-set-mode]")) {
      button.setAttribute("aria-pressed", String(button.dataset.setMode === view.mode));
    }
    for (const link of this.room.querySelectorAll("[data-version]")) {
      const number = Number(link.dataset.version);
      const badge = [view.a === number && "A", view.b === number && "B"].filter(Boolean).join(" ");
      link.classList.toggle("in", badge !== "");
      link.toggleAttribute("aria-current", badge !== "");
      link.querySelector(".ab").textContent = badge;
    }
    for (const [side, number] of [["a", view.a], ["b", view.b]]) {
      const tag = view.querySelector(`[data-tag="${side}"]`);
      const link = this.room.querySelector(`[data-version="${number}"]`);
      tag.querySelector("b").textContent = `${side.toUpperCase()} v${number}`;
      tag.querySelector("span").textContent = link?.dataset.date ?? "";
      const waiting = view.pictures.get(number).version.waiting;
      tag.querySelector("i").textContent = waiting ? view.dataset.wait : "";
    }
    view.dataset.split = view.panes[0].x === view.panes[1].x ? "rows" : "columns";
    this.range.value = Math.round(view.wipe.position * 1000);
    this.placeDivider();
    this.showZoom();
    const words = `v${view.a}, v${view.b}, ${this.modeName()}, ${view.percent} %`;
    view.canvas.setAttribute("aria-label", words);
    if (said) this.live.textContent = words;
  }

  modeName() {
    const button = this.room.querySelector(`[data-set-mode="${this.view.mode}"]`);
    return button?.textContent.trim() ?? "";
  }

  placeDivider() {
    const divider = this.view.querySelector(".divider");
    const { position, angle } = this.view.wipe;
    divider.style.setProperty("left", `${position * 100}%`);
    divider.style.setProperty("rotate", `${angle}rad`);
  }

  showZoom() {
    const whole = this.view.camera.zoom / this.view.fitZoom;
    const words = Math.abs(whole - 1) < 0.001 ? this.room.dataset.fit : `${this.view.percent} %`;
    for (const button of this.room.querySelectorAll("[data-zoom]")) button.textContent = words;
  }

  // The panel and the strip come from the server; the canvas stays.
  async refresh() {
    const address = `${location.pathname}?v=${this.view.a}&v=${this.view.b}&mode=${this.view.mode}`;
    for (const part of ["panel", "filmstrip"]) {
      const response = await fetch(address, {
        credentials: "same-origin",
        headers: { "HX-Request": "true", "HX-Target": part },
      });
      if (!response.ok) return;
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const fresh = page.querySelector(`#${part}-in`);
      if (fresh) this.room.querySelector(`#${part}-in`)?.replaceWith(fresh);
      if (part === "filmstrip" && fresh) this.view.update(JSON.parse(fresh.dataset.versions));
    }
    this.show(false);
  }

  waits() {
    return this.view.versions.some((version) => version.waiting);
  }

  poll() {
    this.pollTimer = setTimeout(async () => {
      await this.refresh();
      if (this.waits()) this.poll();
    }, 1500);
  }
}
