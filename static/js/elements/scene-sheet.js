// One scene among the others of its chapter: its words save as they do in the scene's own room, by the
// same queue and the same journal. What has to be decided is decided there.
import { grow } from "lib/caret";
import { drop, entriesOf } from "lib/journal";
import { SaveQueue } from "lib/save-queue";
import { Siblings } from "lib/siblings";

class SceneSheet extends HTMLElement {
  connectedCallback() {
    this.area = this.querySelector("textarea");
    this.saved = this.querySelector(".saved");
    this.composing = false;
    this.queue = new SaveQueue({
      scene: this.dataset.scene,
      url: this.dataset.url,
      base: Number(this.dataset.base),
      text: this.area.value,
      device: "",
      say: (state, detail) => this.say(state, detail),
    });
    this.siblings = new Siblings(this.dataset.scene, this.queue.id, (news) => this.hear(news));
    this.stop = new AbortController();
    const on = (target, type, act) => target.addEventListener(type, act, { signal: this.stop.signal });
    on(this.area, "compositionstart", () => this.compose(true));
    on(this.area, "compositionend", () => this.compose(false) || this.typed());
    on(this.area, "input", (event) => event.isComposing || this.composing || this.typed());
    on(this.area, "blur", () => this.queue.flush());
    on(document, "visibilitychange", () => (document.hidden ? this.leave() : this.comeBack()));
    on(window, "pagehide", () => this.leave());
    on(window, "online", () => this.comeBack());
    on(window, "beforeunload", (event) => this.queue.full && this.queue.unsent && event.preventDefault());
    this.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
    grow(this.area);
    this.recover().finally(() => this.setAttribute("data-ready", ""));
  }

  disconnectedCallback() {
    this.leave();
    this.stop.abort();
    this.siblings.close();
  }

  compose(on) {
    this.composing = on;
    this.queue.hold(on);
  }

  typed() {
    grow(this.area);
    this.queue.type(this.area.value);
  }

  leave() {
    if (!this.queue.unsent && this.area.value === this.queue.text) return;
    if (this.composing) this.queue.journal(this.area.value);
    else {
      this.typed();
      this.queue.journal();
      this.queue.flush();
    }
  }

  comeBack() {
    if (["signed-out", "device"].includes(this.queue.state)) this.queue.resume();
    else this.queue.refresh();
  }

  async recover() {
    const found = await entriesOf(this.dataset.scene).catch(() => []);
    if (!found.length) return;
    this.area.readOnly = true;
    const alive = await this.siblings.rollCall();
    this.area.readOnly = false;
    const left = found.filter(({ id }) => id !== this.queue.id && !alive.has(id)).sort((a, b) => b.at - a.at);
    for (const entry of left) {
      if (entry.text === this.queue.acked && entry.text === this.queue.text) await drop(entry.id);
      else if (!this.queue.unsent) {
        this.put(entry.text);
        await this.queue.adopt(entry);
      }
    }
  }

  hear({ type, revision, text }) {
    if (type !== "saved" || revision <= this.queue.base || this.queue.unsent || this.composing) return;
    this.queue.take(revision, text);
  }

  put(text) {
    if (this.composing || this.area.value === text) return;
    const { selectionStart } = this.area;
    this.area.value = text;
    if (document.activeElement === this.area) this.area.setSelectionRange(selectionStart, selectionStart);
    grow(this.area);
  }

  say(state, detail) {
    const name = state.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
    this.saved.dataset.state = state;
    const words = this.saved.querySelector(".words");
    const said = detail.error && state === "refused" ? detail.error : this.saved.dataset[name];
    if (words.textContent !== said) words.textContent = said;
    if (state !== "saved") return;
    if (detail.taken) this.put(detail.text);
    else if (detail.revision) this.siblings.tell({ type: "saved", revision: detail.revision, text: this.queue.acked });
  }
}

customElements.define("scene-sheet", SceneSheet);
