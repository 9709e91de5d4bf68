// The same scene in the other language beside the manuscript: paragraph by paragraph, scrolled in step.
import { caretMiddle } from "lib/caret";
import { recall, remember } from "lib/remembered";
import { send } from "lib/request";

class SideBySide extends HTMLElement {
  connectedCallback() {
    this.room = this.closest(".room");
    this.area = this.room.querySelector("#manuscript");
    this.sheet = this.room.querySelector(".sheet");
    this.button = this.room.querySelector("[data-side-by-side]");
    this.leaving = new AbortController();
    const on = (target, type, act) => target.addEventListener(type, act, { signal: this.leaving.signal });
    this.button.hidden = false;
    on(this.button, "click", () => this.show(this.hidden));
    on(document, "selectionchange", () => document.activeElement === this.area && this.soon());
    on(this.sheet, "scroll", () => this.scrolled());
    if (recall("side-by-side")) this.show(true);
  }

  disconnectedCallback() {
    this.leaving.abort();
  }

  async show(on) {
    this.hidden = !on;
    this.room.querySelector(".desk").classList.toggle("with-twin", on);
    this.button.setAttribute("aria-pressed", on);
    remember("side-by-side", on);
    if (!on) return;
    const response = await send(this.dataset.url, { method: "GET", headers: { "HX-Target": "counterpart" } }).catch(() => null);
    if (response?.ok) this.innerHTML = await response.text();
    this.align();
  }

  soon() {
    this.waiting ??= requestAnimationFrame(() => {
      this.waiting = null;
      if (!this.hidden) this.align();
    });
  }

  // The paragraph of the same number is marked, and stands as high as the caret.
  align() {
    const before = this.area.value.slice(0, this.area.selectionEnd);
    const number = before.split("\n").filter((line) => line.trim()).length - 1;
    const own = before.endsWith("\n") ? number + 1 : number;
    this.querySelector(".at")?.classList.remove("at");
    const twin = this.querySelector(`[data-n="${Math.max(0, own)}"]`);
    if (!twin) return;
    twin.classList.add("at");
    const caret = this.area.getBoundingClientRect().top + caretMiddle(this.area);
    this.aligned = Date.now();
    this.scrollTop += twin.getBoundingClientRect().top - caret + 14;
  }

  // Scrolled without the caret: as far through the one as through the other.
  scrolled() {
    if (this.hidden || Date.now() - (this.aligned ?? 0) < 200) return;
    const far = this.sheet.scrollTop / Math.max(1, this.sheet.scrollHeight - this.sheet.clientHeight);
    this.scrollTop = far * (this.scrollHeight - this.clientHeight);
  }
}

customElements.define("side-by-side", SideBySide);
