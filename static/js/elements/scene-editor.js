// The manuscript of one scene: saves by itself, and says truly where the words are.
import { differing } from "lib/carry";
import { count } from "lib/counts";
import { SceneText } from "lib/scene-text";
import { WritingRoom } from "lib/writing-room";

const LOUD = ["signed-out", "refused", "full", "conflict", "device"];

class SceneEditor extends SceneText {
  connectedCallback() {
    this.saved = this.querySelector(".saved");
    this.area = this.querySelector("#manuscript");
    this.room = new WritingRoom(this, { name: () => this.askName() });
    this.open(this.area, this.room.sheet);
    const on = (target, type, act) => target.addEventListener(type, act, { signal: this.stop.signal });
    on(this, "click", (event) => this.click(event));
    on(this, "submit", (event) => this.submit(event));
    if (this.hasAttribute("data-still")) return; // the form came back: it is sent by hand
    this.querySelector("#manuscript-form").addEventListener("submit", (event) => event.preventDefault());
    this.recover().finally(() => this.setAttribute("data-ready", ""));
  }

  disconnectedCallback() {
    this.close();
    this.room.close();
  }

  grown() {
    this.countSoon();
  }

  put(text) {
    super.put(text);
    this.room.follow();
  }

  restored() {
    this.banner("restored", true);
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
    super.hasSaved(detail);
    if (detail.merged && detail.yours) this.hasMerged(detail);
    if (detail.counts && this.queue.text === detail.text) this.length(detail.counts[this.dataset.unit]);
    this.querySelector('#manuscript-form [name="base"]').value = this.queue.base;
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
