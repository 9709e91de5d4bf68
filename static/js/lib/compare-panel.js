// What the server says beside the stage: the strip of versions and the panel about B. Both are
// fetched anew after a choice or a decision; a note that is being written is never overwritten.
import { send } from "lib/request";

const SOON = 120; // whoever leafs through the versions asks once
const AGAIN = 1500;

export class Panel {
  constructor(view, room, refreshed) {
    this.view = view;
    this.room = room;
    this.refreshed = refreshed;
    this.drafts = new Map(); // version -> a note that did not reach the studio
    this.leaving = new AbortController();
    const { signal } = this.leaving;
    document.addEventListener("submit", (event) => this.submit(event), { signal });
    room.addEventListener("change", (event) => event.target.closest("[data-note]") && this.saveNote(), { signal });
    window.addEventListener("pagehide", () => this.saveNote(), { signal });
    window.addEventListener("beforeunload", (event) => this.drafts.size && event.preventDefault(), { signal });
  }

  close() {
    this.leaving.abort();
    this.asking?.abort();
    clearTimeout(this.soon);
    clearTimeout(this.again);
  }

  // --- decisions and notes -------------------------------------------------------------------------
  // About B as it is seen now, whatever the panel has come to by then.
  decide(what) {
    this.post(this.view.pictures.get(this.view.b).version[what], new FormData());
  }

  submit(event) {
    const form = event.target.closest("form[data-decide], toast-line form");
    if (form) this.post(form.action, new FormData(form));
    else if (event.target.closest("form[data-note]")) this.saveNote();
    else return;
    event.preventDefault();
  }

  async saveNote() {
    const form = this.room.querySelector("form[data-note]");
    const area = form?.querySelector("textarea");
    if (!area || area.value === area.defaultValue) return;
    const { version } = this.room.querySelector("#panel").dataset;
    const before = area.defaultValue;
    const words = area.value;
    const data = new FormData(form);
    area.defaultValue = words;
    // A page that is being left still sends it.
    if (await this.post(form.action, data, { keepalive: true })) {
      this.drafts.delete(version);
    } else {
      this.drafts.set(version, words);
      area.defaultValue = before;
    }
  }

  async post(address, body, options = {}) {
    let answer = null;
    try {
      const response = await send(address, { body, headers: { Accept: "application/json" }, ...options });
      if (response.ok) answer = await response.json();
    } catch {
      // No network: the sentence below says so.
    }
    const toast = answer ?? { text: this.room.dataset.failed };
    document.body.dispatchEvent(new CustomEvent("toast", { detail: toast }));
    if (answer) this.refresh();
    return Boolean(answer);
  }

  // --- the server's words --------------------------------------------------------------------------
  refreshSoon() {
    clearTimeout(this.soon);
    this.soon = setTimeout(() => this.refresh(), SOON);
  }

  async refresh() {
    clearTimeout(this.soon);
    this.asking?.abort();
    this.asking = new AbortController();
    const { a, b, mode } = this.view;
    try {
      const response = await fetch(`${location.pathname}?v=${a}&v=${b}&mode=${mode}`, {
        credentials: "same-origin",
        signal: this.asking.signal,
      });
      if (!response.ok) return;
      this.replace(new DOMParser().parseFromString(await response.text(), "text/html"));
    } catch {
      // Overtaken by a newer question, or no network: the next one may come through.
    } finally {
      this.poll();
    }
  }

  replace(page) {
    const panel = page.querySelector("#panel");
    const strip = page.querySelector("#strip");
    if (!panel || !strip) return;
    const focused = this.focused();
    this.replacePanel(panel);
    // What came with it may have behaviour of its own.
    const detail = { elt: this.room.querySelector("#panel") };
    document.dispatchEvent(new CustomEvent("htmx:load", { detail }));
    this.room.querySelector("#strip").replaceWith(strip);
    this.view.update(JSON.parse(strip.dataset.versions));
    this.refreshed();
    const focus = focused && (this.room.querySelector(focused) ?? this.room.querySelector(".panel-foot button"));
    if (document.activeElement === document.body) focus?.focus({ preventScroll: true });
  }

  replacePanel(panel) {
    const old = this.room.querySelector("#panel");
    const area = old.querySelector("textarea");
    const isWriting = area === document.activeElement || area.value !== area.defaultValue;
    const isAnother = old.dataset.version !== panel.dataset.version;
    if (isWriting && isAnother) this.saveNote();
    if (!isWriting || isAnother) {
      old.replaceWith(panel);
      const draft = this.drafts.get(panel.dataset.version);
      if (draft !== undefined) panel.querySelector("textarea").value = draft;
      return;
    }
    for (const part of [".panel-rest", ".panel-foot"]) {
      old.querySelector(part).replaceWith(panel.querySelector(part));
    }
  }

  // How to find again what has the focus, when it is about to be replaced.
  focused() {
    const at = document.activeElement;
    const decide = at?.closest("form[data-decide]")?.dataset.decide;
    const version = at?.closest("#strip [data-version]")?.dataset.version;
    if (decide) return `form[data-decide="${decide}"] button`;
    return version ? `#strip [data-version="${version}"]` : null;
  }

  // While previews are being made, ask from time to time.
  poll() {
    clearTimeout(this.again);
    const waits = this.view.isConnected && this.view.versions.some((version) => version.waiting);
    if (waits) this.again = setTimeout(() => this.refresh(), AGAIN);
  }
}
