// The manuscript of one scene: saves by itself, and says truly where the words are.
// The textarea is never replaced, and never read while an input method composes in it.
import { replace } from "lib/caret";
import { differing } from "lib/carry";
import { count } from "lib/counts";
import { device } from "lib/device";
import { onIn } from "lib/door";
import { drop, entriesOf } from "lib/journal";
import { recall, remember } from "lib/known";
import { SaveQueue } from "lib/save-queue";
import { Siblings } from "lib/siblings";
import { WritingRoom } from "lib/writing-room";

const LOUD = ["signed-out", "refused", "full", "conflict", "device"];

class SceneEditor extends HTMLElement {
  connectedCallback() {
    this.area = this.querySelector("#manuscript");
    this.saved = this.querySelector(".saved");
    this.composing = false;
    this.queue = new SaveQueue({
      scene: this.dataset.scene,
      url: this.dataset.url,
      base: Number(this.dataset.base),
      text: this.area.value,
      device: device(),
      say: (state, detail) => this.say(state, detail),
    });
    this.siblings = new Siblings(this.dataset.scene, this.queue.id, (news) => this.hear(news));
    this.room = new WritingRoom(this, { name: () => this.askName() });
    this.stop = new AbortController();
    const on = (target, type, act) => target.addEventListener(type, act, { signal: this.stop.signal });

    on(this.area, "compositionstart", () => this.compose(true));
    on(this.area, "compositionend", () => this.composed());
    on(this.area, "input", (event) => event.isComposing || this.composing || this.typed());
    on(this.area, "blur", () => this.queue.flush());
    on(document, "visibilitychange", () => (document.hidden ? this.leave() : this.comeBack()));
    on(window, "pagehide", () => this.leave());
    on(window, "online", () => this.comeBack());
    on(window, "focus", () => this.comeBack());
    on(window, "pageshow", (event) => event.persisted && this.comeBack());
    on(window, "beforeunload", (event) => this.queue.full && this.queue.unsent && event.preventDefault());
    onIn(() => this.queue.state === "signed-out" && this.comeBack(), this.stop.signal);
    on(this, "click", (event) => this.click(event));
    on(this, "submit", (event) => this.submit(event));
    if (this.hasAttribute("data-still")) return; // the form came back: it is sent by hand
    this.querySelector("#manuscript-form").addEventListener("submit", (event) => event.preventDefault());
    this.recover().finally(() => this.setAttribute("data-ready", ""));
  }

  disconnectedCallback() {
    this.leave();
    this.stop.abort();
    this.room.close();
    this.siblings.close();
  }

  // --- typing ----------------------------------------------------------------------------------
  typed() {
    this.queue.type(this.area.value);
    this.countSoon();
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
    replace(this.area, text, this.room.sheet);
    this.room.follow();
    this.countSoon();
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
    this.banner("restored", true);
    await this.queue.adopt(entry);
  }

  // --- other tabs --------------------------------------------------------------------------------
  hear({ type, revision, text }) {
    if (type !== "saved" || revision <= this.queue.base || this.queue.unsent || this.composing) return;
    this.queue.take(revision, text);
  }

  // --- what is said --------------------------------------------------------------------------------
  say(state, detail) {
    const words = this.saved.querySelector(".words");
    const said = this.saved.dataset[camel(state)];
    const line = state === "saved" ? `${said} ${clock(detail.saved_at)}` : said;
    this.saved.dataset.state = state;
    if (words.textContent !== line) words.textContent = line;
    for (const name of LOUD) this.banner(name, name === state && (name !== "device" || "error" in detail));
    if (state === "saved") this.hasSaved(detail);
    else if (state === "conflict") this.showBoth(detail);
    else if (state === "refused") this.querySelector("[data-sentence]").textContent = detail.error;
    else if (state === "device") this.querySelector("[data-needs-tls]").hidden = window.isSecureContext;
    else if (state === "signed-out" && detail.signIn) {
      this.querySelector('[data-banner="signed-out"] a').href = detail.signIn;
    }
  }

  hasSaved(detail) {
    if (detail.taken) this.put(detail.text);
    if (detail.merged && detail.yours) this.hasMerged(detail);
    if (detail.revision && (detail.merged || !detail.taken)) this.siblings.tell({ type: "saved", revision: detail.revision, text: this.queue.acked });
    if (detail.counts && this.queue.text === detail.text) this.length(detail.counts[this.dataset.unit]);
    this.querySelector('#manuscript-form [name="base"]').value = this.queue.base;
    this.remember();
  }

  // Said once, and not loudly: there is nothing to decide, but the page has other words than before.
  hasMerged({ revision, yours }) {
    const link = this.querySelector("[data-merged]");
    link.href = `${link.pathname}?from=${yours}&to=${revision}`;
    this.banner("merged", true);
  }

  showBoth(theirs) {
    this.theirs = theirs;
    const texts = [this.area.value, theirs.text];
    const places = differing(...texts);
    const sides = ["[data-mine]", "[data-theirs]"].map((name) => this.querySelector(name));
    sides.forEach((side, at) => showPlace(side, texts[at], ...places[at]));
    const compare = this.querySelector("[data-compare]");
    compare.href = `${compare.pathname}?from=${theirs.revision}&to=${theirs.yours}`;
    this.querySelector("#conflict-h").scrollIntoView({ block: "nearest" });
  }

  banner(name, shown) {
    const banner = this.querySelector(`[data-banner="${name}"]`);
    if (banner.hidden === shown) banner.hidden = !shown;
  }

  countSoon() {
    this.counting ??= setTimeout(() => {
      const begun = performance.now();
      this.counting = null;
      this.length(count(this.area.value, this.dataset.unit));
      this.countAfter = Math.max(120, 10 * (performance.now() - begun)); // a long text, less often
    }, this.countAfter ?? 120);
  }

  length(number) {
    const live = this.querySelector(".live-count");
    const bar = this.querySelector(".count progress");
    const form = number === 1 ? live.dataset.one : live.dataset.many;
    live.textContent = form.replace("{n}", number.toLocaleString("en"));
    if (!bar) return;
    bar.value = Number(bar.dataset.before) + number;
    this.querySelector("[data-total]").textContent = (Number(bar.dataset.before) + number).toLocaleString("en");
  }

  // --- what the author does --------------------------------------------------------------------------
  click({ target }) {
    const close = target.closest("[data-close]");
    if (close) close.closest(".banner").hidden = true;
    else if (target.closest("[data-download]")) download(this.area.value, `${document.title}.txt`);
    else if (target.closest("[data-keep-mine]")) this.queue.keepMine(this.theirs);
    else if (target.closest("[data-take-theirs]")) this.takeTheirs();
  }

  async takeTheirs() {
    try {
      await this.queue.takeTheirs(this.theirs);
    } catch (error) {
      console.warn("take theirs:", error.message); // nothing was changed; the banner stays
      this.banner("device", true);
    }
  }

  // A restored revision must stand on all that was typed before it.
  async submit(event) {
    if (!event.target.matches("[data-restore]") || !this.queue.unsent) return;
    event.preventDefault();
    await this.queue.flush();
    if (!this.queue.unsent) event.target.submit();
  }

  askName() {
    const dialog = this.querySelector("#name-revision");
    const input = dialog.querySelector("input");
    input.value = "";
    dialog.onclose = () => {
      if (dialog.returnValue === "name") this.queue.name(input.value);
      this.area.focus({ preventScroll: true });
    };
    dialog.returnValue = "";
    dialog.showModal();
  }
}

// A text with the place that matters marked, and in sight.
function showPlace(box, text, from, to) {
  const mark = document.createElement("mark");
  mark.textContent = text.slice(from, to);
  box.replaceChildren(text.slice(0, from), mark, text.slice(to));
  box.scrollTop += mark.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 4;
}

const camel = (name) => name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());

function clock(iso) {
  const at = iso ? new Date(iso) : new Date();
  return `${String(at.getHours()).padStart(2, "0")}:${String(at.getMinutes()).padStart(2, "0")}`;
}

function download(text, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

customElements.define("scene-editor", SceneEditor);
