// A letter saves by itself, as a scene does: all its fields travel as one text.
import { drop, entriesOf } from "lib/journal";
import { SaveQueue } from "lib/save-queue";
import { Siblings } from "lib/siblings";

const LOUD = ["signed-out", "refused", "full", "conflict", "device"];
const FIELDS = ["kind", "language", "title", "body", "other_title", "other_body"];

class LetterEditor extends HTMLElement {
  connectedCallback() {
    if (this.hasAttribute("data-still")) return; // the form came back: it is sent by hand
    this.form = this.querySelector("#letter-form");
    this.saved = this.querySelector(".saved");
    const scene = `letter-${this.dataset.letter}`;
    const { url, base } = this.dataset;
    const say = (state, detail) => this.say(state, detail);
    this.queue = new SaveQueue({ scene, url, base: Number(base), text: this.text, device: "", say });
    this.siblings = new Siblings(scene, this.queue.id, () => {});
    this.stop = new AbortController();
    const on = (target, type, act) => target.addEventListener(type, act, { signal: this.stop.signal });
    on(this.form, "compositionstart", () => this.queue.hold(true));
    on(this.form, "compositionend", () => this.composed());
    on(this.form, "input", (event) => event.isComposing || this.queue.type(this.text));
    on(this.form, "change", () => this.queue.type(this.text));
    on(this.form, "submit", () => this.submitted());
    on(document, "visibilitychange", () => (document.hidden ? this.leave() : this.comeBack()));
    on(window, "pagehide", () => this.leave());
    on(window, "online", () => this.comeBack());
    on(window, "focus", () => this.comeBack());
    on(window, "beforeunload", (event) => this.queue.full && this.queue.unsent && event.preventDefault());
    on(this, "click", ({ target }) => this.click(target));
    this.recover(scene).finally(() => this.setAttribute("data-ready", ""));
  }

  disconnectedCallback() {
    if (!this.stop) return;
    this.leave();
    this.stop.abort();
    this.siblings.close();
  }

  get text() {
    return JSON.stringify(Object.fromEntries(FIELDS.map((name) => [name, this.form.elements[name].value])));
  }

  put(text) {
    const fields = JSON.parse(text);
    for (const name of FIELDS) {
      const field = this.form.elements[name];
      if (field.value !== fields[name]) field.value = fields[name];
    }
  }

  composed() {
    this.queue.hold(false);
    this.queue.type(this.text);
  }

  leave() {
    if (this.submitting) return;
    if (!this.queue.held) this.queue.type(this.text);
    if (!this.queue.unsent) return;
    this.queue.journal(this.text);
    this.queue.flush();
  }

  comeBack() {
    if (["signed-out", "device"].includes(this.queue.state)) this.queue.resume();
    else this.queue.refresh();
  }

  // The form carries everything; the same words sent twice change nothing.
  submitted() {
    this.form.elements.base.value = this.queue.base;
    this.submitting = true;
    this.queue.stopped = "sent";
    this.queue.journal(this.text);
  }

  // Words an earlier page could not send.
  async recover(scene) {
    const found = await entriesOf(scene).catch(() => []);
    if (!found.length) return;
    const alive = await this.siblings.rollCall();
    const left = found.filter(({ id }) => id !== this.queue.id && !alive.has(id)).sort((a, b) => b.at - a.at);
    for (const entry of left) {
      if (entry.text === this.queue.acked && entry.text === this.queue.text) await drop(entry.id);
      else if (!this.queue.unsent) {
        this.put(entry.text);
        this.banner("restored", true);
        await this.queue.adopt(entry);
      }
    }
  }

  say(state, detail) {
    const words = this.saved.querySelector(".words");
    const said = this.saved.dataset[state.replace(/-(.)/g, (_, letter) => letter.toUpperCase())];
    const line = state === "saved" ? `${said} ${clock(detail.saved_at)}` : said;
    this.saved.dataset.state = state;
    if (words.textContent !== line) words.textContent = line;
    for (const name of LOUD) this.banner(name, name === state && (name !== "device" || "error" in detail));
    if (state === "saved") {
      if (detail.taken) this.put(detail.text);
      this.form.elements.base.value = this.queue.base;
    } else if (state === "conflict") {
      this.theirs = detail;
      const { title, body, other_title, other_body } = JSON.parse(detail.text);
      this.querySelector("[data-theirs]").textContent = [title, body, other_title, other_body].filter(Boolean).join("\n\n");
    } else if (state === "refused") this.querySelector("[data-sentence]").textContent = detail.error;
    else if (state === "signed-out" && detail.signIn) {
      this.querySelector('[data-banner="signed-out"] a').href = detail.signIn;
    }
  }

  banner(name, shown) {
    this.querySelector(`[data-banner="${name}"]`).hidden = !shown;
  }

  click(target) {
    if (target.closest("[data-keep-mine]")) this.queue.keepMine(this.theirs);
    else if (target.closest("[data-take-theirs]")) {
      this.queue.take(this.theirs.revision, this.theirs.text);
      this.banner("conflict", false);
    }
  }
}

function clock(iso) {
  const at = iso ? new Date(iso) : new Date();
  return `${String(at.getHours()).padStart(2, "0")}:${String(at.getMinutes()).padStart(2, "0")}`;
}

customElements.define("letter-editor", LetterEditor);
