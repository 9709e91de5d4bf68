// The words of one scene in a textarea: typed, kept, sent, taken from elsewhere, brought back.
// The textarea is never replaced, and never read while an input method composes in it.
//
// Who inherits calls `open(area, scroller)` and says what there is to say in `say(state, detail)`;
// it may add to `grown()` (the words are others now) and `restored()` (an earlier page's came back).
import { replace } from "lib/caret";
import { device } from "lib/device";
import { onIn } from "lib/door";
import { drop, entriesOf } from "lib/journal";
import { recall, remember } from "lib/known";
import { SaveQueue } from "lib/save-queue";
import { Siblings } from "lib/siblings";

export class SceneText extends HTMLElement {
  open(area, scroller) {
    Object.assign(this, { area, scroller, composing: false, stop: new AbortController() });
    this.queue = new SaveQueue({
      scene: this.dataset.scene,
      url: this.dataset.url,
      base: Number(this.dataset.base),
      text: area.value,
      device: device(),
      say: (state, detail) => this.say(state, detail),
    });
    this.siblings = new Siblings(this.dataset.scene, this.queue.id, (news) => this.hear(news));
    const on = (target, type, act) => target.addEventListener(type, act, { signal: this.stop.signal });
    on(area, "compositionstart", () => this.compose(true));
    on(area, "compositionend", () => this.composed());
    on(area, "input", (event) => event.isComposing || this.composing || this.typed());
    on(area, "blur", () => this.queue.flush());
    on(document, "visibilitychange", () => (document.hidden ? this.leave() : this.comeBack()));
    on(window, "pagehide", () => this.leave());
    on(window, "online", () => this.comeBack());
    on(window, "focus", () => this.comeBack());
    on(window, "pageshow", (event) => event.persisted && this.comeBack());
    on(window, "beforeunload", (event) => this.queue.full && this.queue.unsent && event.preventDefault());
    onIn(() => this.queue.state === "signed-out" && this.comeBack(), this.stop.signal);
  }

  close() {
    this.leave();
    this.stop.abort();
    this.siblings.close();
  }

  grown() {}

  restored() {}

  // --- typing ----------------------------------------------------------------------------------
  typed() {
    this.queue.type(this.area.value);
    this.grown();
  }

  compose(on) {
    this.composing = on;
    this.queue.hold(on);
  }

  composed() {
    this.compose(false);
    this.typed();
  }

  leave() {
    if (!this.queue.unsent && this.area.value === this.queue.text) return;
    // What is being composed may be all there is of a sentence: it is kept here, but never sent.
    if (this.composing) this.queue.journal(this.area.value);
    else {
      this.typed();
      this.queue.journal();
      this.queue.flush();
    }
  }

  comeBack() {
    if (["signed-out", "device"].includes(this.queue.state)) this.queue.resume();
    else if (this.queue.unsent) this.queue.flush(); // a tab that slept: its timers slept too
    else this.queue.refresh();
  }

  // A text from elsewhere comes into the page; the queue takes none while something is composed.
  put(text) {
    if (this.area.value === text) return;
    replace(this.area, text, this.scroller);
    this.grown();
  }

  // --- other tabs, and what this device knows ---------------------------------------------------
  hear({ type, revision, text }) {
    if (type !== "saved" || revision <= this.queue.base || this.queue.unsent || this.composing) return;
    this.queue.take(revision, text);
  }

  // Saved: what came from elsewhere is shown, and the other tabs hear of what is new.
  hasSaved(detail) {
    if (detail.taken) this.put(detail.text);
    const news = detail.revision && (detail.merged || !detail.taken);
    if (news) this.siblings.tell({ type: "saved", revision: detail.revision, text: this.queue.acked });
    this.remember();
  }

  // Beside the offline copy of this page, which may be older. At once: a page that goes has no time.
  remember() {
    const { base: revision, acked: text, behind, url } = this.queue;
    if (text === null || behind) return;
    remember(url, { revision, text }).catch((error) => console.warn("offline copy:", error.message));
  }

  // --- what an earlier page could not send ------------------------------------------------------
  async recover() {
    const known = await recall(this.queue.url).catch(() => undefined);
    if (known?.revision > this.queue.base && !this.queue.busy) this.queue.take(known.revision, known.text);
    const found = await entriesOf(this.dataset.scene).catch(() => []);
    if (!found.length) return;
    this.area.readOnly = true;
    const alive = await this.siblings.rollCall();
    this.area.readOnly = false;
    const left = found.filter(({ id }) => id !== this.queue.id && !alive.has(id)).sort((a, b) => b.at - a.at);
    for (const entry of left) {
      const known = entry.text === this.queue.acked && entry.text === this.queue.text;
      if (known) await drop(entry.id);
      else if (!this.queue.unsent) await this.restore(entry);
      // Older ones wait for their turn: the next page finds them, and the server keeps them aside.
    }
  }

  async restore(entry) {
    this.put(entry.text);
    this.restored();
    await this.queue.adopt(entry);
  }
}
