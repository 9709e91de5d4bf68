// Files become versions: dropped anywhere on the page, pasted, or chosen. Each has its own line that
// says how far it is; what a page before left unsent stands here again.
import { isTyping } from "lib/keys";
import { hasEnded, isMoving, UploadQueue } from "lib/upload-queue";
import { UploadLine } from "lib/upload-line";
import { entries, hold } from "lib/upload-store";

// v2 before v10, and a name before its copies
const { compare } = new Intl.Collator(undefined, { numeric: true });
const stem = (file) => file.name.replace(/\.\w+$/, "");

const ENOUGH = 5; // a card that does not come then has been removed elsewhere

class VersionDrop extends HTMLElement {
  lines = new Map();

  connectedCallback() {
    this.form = this.querySelector("form");
    this.input = this.querySelector("input[type=file]");
    this.list = this.querySelector(".uploads");
    this.log = this.list.parentElement;
    this.queue ??= new UploadQueue(this.dataset.query ?? "", (item) => this.said(item));
    this.leaving = new AbortController();
    const on = (target, type, act) => target.addEventListener(type, act, { signal: this.leaving.signal });
    on(this.input, "change", () => this.choose());
    this.choose(); // on a slow line one may be quicker than this script
    on(document, "dragover", (event) => this.hold(event));
    on(document, "dragleave", (event) => event.relatedTarget ?? this.classList.remove("over"));
    on(document, "drop", (event) => this.drop(event));
    on(document, "paste", (event) => this.paste(event));
    on(document.body, "htmx:load", () => this.look());
    on(window, "beforeunload", (event) => this.wouldBeLost() && event.preventDefault());
    this.goOn();
  }

  disconnectedCallback() {
    this.leaving.abort();
  }

  // What an earlier page for the same place did not bring to its end.
  async goOn() {
    for (const entry of await entries()) {
      if (entry.query !== this.queue.query || this.queue.items.some(({ key }) => key === entry.key)) continue;
      const free = await hold(entry.key, () => true, { ifAvailable: true });
      if (free) this.queue.take({ ...entry, kept: true });
    }
  }

  wouldBeLost() {
    return this.queue.items.some((item) => isMoving(item) && !item.kept);
  }

  choose() {
    if (!this.input.files.length) return;
    this.add(this.input.files);
    this.input.value = "";
  }

  hold(event) {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.classList.add("over");
  }

  drop(event) {
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    this.classList.remove("over");
    this.add(event.dataTransfer.files);
  }

  // A picture on the clipboard is always called image.png: give it a name of its own.
  paste(event) {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length) return;
    // Some programs put a picture beside the text they copy; into a note goes the text.
    if (isTyping(event) && event.clipboardData.types.includes("text/plain")) return;
    event.preventDefault();
    const stamp = new Date().toLocaleString("sv").replaceAll(":", ".");
    this.add(
      files.map((file) => {
        if (!/^image\.\w+$/.test(file.name)) return file;
        const name = `${this.dataset.pasted} ${stamp}.${file.name.split(".").pop()}`;
        return new File([file], name, { type: file.type });
      }),
    );
  }

  add(files) {
    const inOrder = [...files].sort((one, other) => compare(stem(one), stem(other)));
    for (const file of inOrder) this.queue.add(file);
  }

  said(item) {
    let line = this.lines.get(item.key);
    if (!line) {
      line = new UploadLine(item, this.queue, this.dataset);
      this.lines.set(item.key, line);
      this.list.append(line.row);
    }
    const before = line.state;
    line.show();
    if (line.state === before) return;
    if (item.state === "cancelled") line.row.remove();
    if (item.state === "sending" || item.state === "refused") this.follow(line.row);
    if (item.state === "new") this.ask();
    this.countUp();
  }

  // When all have come to their end: what needs a look is left in sight, and what came can be shown.
  countUp() {
    if (!this.queue.items.every(hasEnded)) return;
    const refused = this.list.querySelector(".refused");
    if (refused) this.follow(refused);
    const shows = this.querySelector("[data-show]");
    if (shows) shows.hidden = !this.list.querySelector(".new");
  }

  // Keep the file that is on its way in sight, without moving the page.
  follow(row) {
    const [at, box] = [row.getBoundingClientRect(), this.log.getBoundingClientRect()];
    this.log.scrollBy({ top: at.top + at.height / 2 - box.top - box.height / 2 });
  }

  ask() {
    document.getElementById("making")?.dispatchEvent(new CustomEvent("versions-added"));
  }

  // The cards below change by themselves; the lines above follow them. A file that was added while
  // the cards were being asked for has none yet: ask again.
  look() {
    if (!document.getElementById("making")) return;
    let asks = false;
    for (const line of this.lines.values()) {
      if (line.item.state !== "new") continue;
      const card = document.getElementById(`version-${line.item.told.pk}`);
      if (card?.dataset.reading === "ready") line.ready();
      else if (!card) {
        line.asked = (line.asked ?? 0) + 1;
        asks ||= line.asked < ENOUGH;
      }
    }
    if (asks) this.ask();
  }
}

customElements.define("version-drop", VersionDrop);
