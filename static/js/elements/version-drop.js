// Files become versions: dropped anywhere on the page, pasted, or chosen. Each file is a request of
// its own, with its own line that says how far it is; one after the other, so that their numbers
// follow their names.
import { isTyping } from "lib/keys";
import { csrfToken } from "lib/request";

// v2 before v10, and a name before its copies
const { compare } = new Intl.Collator(undefined, { numeric: true });
const stem = (file) => file.name.replace(/\.\w+$/, "");

const ENOUGH = 5; // a card that does not come then has been removed elsewhere

class VersionDrop extends HTMLElement {
  waiting = [];
  running = false;

  connectedCallback() {
    this.form = this.querySelector("form");
    this.input = this.querySelector("input[type=file]");
    this.list = this.querySelector(".uploads");
    this.leaving = new AbortController();
    const on = (target, type, act) => target.addEventListener(type, act, { signal: this.leaving.signal });
    on(this.input, "change", () => this.choose());
    this.choose(); // on a slow line one may be quicker than this script
    on(document, "dragover", (event) => this.hold(event));
    on(document, "dragleave", (event) => event.relatedTarget ?? this.classList.remove("over"));
    on(document, "drop", (event) => this.drop(event));
    on(document, "paste", (event) => this.paste(event));
    on(document.body, "htmx:load", () => this.look());
    on(window, "beforeunload", (event) => this.running && event.preventDefault());
  }

  disconnectedCallback() {
    this.leaving.abort();
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
    for (const file of inOrder) this.waiting.push({ file, row: this.line(file.name) });
    this.next();
  }

  line(name) {
    const row = document.createElement("li");
    row.className = "upload";
    const title = document.createElement("b");
    title.className = "clip";
    title.textContent = name;
    const bar = document.createElement("progress");
    bar.className = "thin";
    bar.setAttribute("aria-label", name);
    bar.max = 1;
    bar.value = 0;
    const words = document.createElement("span");
    words.className = "meta";
    row.append(title, bar, words);
    words.textContent = this.dataset.waits;
    this.list.append(row);
    return row;
  }

  next() {
    if (this.running) return;
    if (!this.waiting.length) {
      const refused = this.list.querySelector(".refused"); // what needs a look is left in sight
      if (refused) this.follow(refused);
      return;
    }
    this.running = true;
    this.send(this.waiting.shift());
  }

  send({ file, row }) {
    const request = new XMLHttpRequest();
    const [bar, words] = [row.querySelector("progress"), row.querySelector(".meta")];
    const body = new FormData();
    body.append("files", file, file.name);
    words.textContent = this.dataset.sending;
    this.follow(row);
    request.upload.onprogress = (event) => {
      bar.value = event.loaded / event.total;
    };
    request.upload.onload = () => {
      bar.removeAttribute("value");
      words.textContent = this.dataset.checking;
    };
    request.onloadend = () => {
      this.running = false;
      this.told(request, row) || this.failed(file, row, this.cause(request));
      this.next();
    };
    request.open("POST", this.form.action);
    request.responseType = "json";
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRFToken", csrfToken());
    request.send(body);
  }

  // Keep the file that is on its way in sight, without moving the page.
  follow(row) {
    const log = this.list.parentElement;
    const [at, box] = [row.getBoundingClientRect(), log.getBoundingClientRect()];
    log.scrollBy({ top: at.top + at.height / 2 - box.top - box.height / 2 });
  }

  told(request, row) {
    const one = request.response?.files?.[0];
    if (!one) return false;
    row.classList.add(one.state);
    row.querySelector("progress").remove();
    row.dataset.version = one.pk ?? "";
    row.dataset.message = one.message;
    row.querySelector(".meta").textContent = one.message;
    if (one.state === "new") {
      row.querySelector(".meta").textContent = `${one.message}, ${this.dataset.making}`;
      this.ask();
    }
    return true;
  }

  ask() {
    document.getElementById("making")?.dispatchEvent(new CustomEvent("versions-added"));
  }

  cause(request) {
    if (!request.status) return this.dataset.failed;
    return request.status === 401 ? this.dataset.signedOut : this.dataset.refused;
  }

  failed(file, row, words) {
    row.classList.add("refused");
    row.querySelector("progress")?.remove();
    row.querySelector(".meta").textContent = words;
    const again = document.createElement("button");
    again.type = "button";
    again.className = "button";
    again.textContent = this.dataset.retry;
    again.addEventListener("click", () => {
      const fresh = this.line(file.name);
      row.replaceWith(fresh);
      this.waiting.push({ file, row: fresh });
      this.next();
    });
    row.append(again);
  }

  // The cards below change by themselves; the lines above follow them. A file that was added while
  // the cards were being asked for has none yet: ask again.
  look() {
    let asks = false;
    for (const row of this.list.querySelectorAll(".upload.new")) {
      const card = document.getElementById(`version-${row.dataset.version}`);
      if (card?.dataset.reading === "ready") {
        row.querySelector(".meta").textContent = `${row.dataset.message}, ${this.dataset.ready}`;
      } else if (!card) {
        row.asked = (row.asked ?? 0) + 1;
        asks ||= row.asked < ENOUGH;
      }
    }
    if (asks) this.ask();
  }
}

customElements.define("version-drop", VersionDrop);
