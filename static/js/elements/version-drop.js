// Files become versions: dropped anywhere on the page, pasted, or chosen. Each file is a request of
// its own, two at a time, with its own line that says how far it is.
import { csrfToken } from "lib/request";

const AT_ONCE = 2;

class VersionDrop extends HTMLElement {
  waiting = [];
  running = 0;

  connectedCallback() {
    this.form = this.querySelector("form");
    this.input = this.querySelector("input[type=file]");
    this.list = this.querySelector(".uploads");
    this.leaving = new AbortController();
    const on = (target, type, act) => target.addEventListener(type, act, { signal: this.leaving.signal });
    on(this.input, "change", () => {
      this.add(this.input.files);
      this.input.value = "";
    });
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
    for (const file of files) this.waiting.push({ file, row: this.line(file.name) });
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
    this.list.append(row);
    return row;
  }

  next() {
    while (this.running < AT_ONCE && this.waiting.length) {
      this.running += 1;
      this.send(this.waiting.shift());
    }
  }

  send({ file, row }) {
    const request = new XMLHttpRequest();
    const [bar, words] = [row.querySelector("progress"), row.querySelector(".meta")];
    const body = new FormData();
    body.append("files", file, file.name);
    words.textContent = this.dataset.sending;
    request.upload.onprogress = (event) => {
      bar.value = event.loaded / event.total;
    };
    request.upload.onload = () => {
      bar.removeAttribute("value");
      words.textContent = this.dataset.checking;
    };
    request.onloadend = () => {
      this.running -= 1;
      this.told(request, row) || this.failed(file, row);
      this.next();
    };
    request.open("POST", this.form.action);
    request.responseType = "json";
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRFToken", csrfToken());
    request.send(body);
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
      document.getElementById("making")?.dispatchEvent(new CustomEvent("versions-added"));
    }
    return true;
  }

  failed(file, row) {
    row.classList.add("refused");
    row.querySelector("progress")?.remove();
    row.querySelector(".meta").textContent = this.dataset.failed;
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

  // The cards below change by themselves; the lines above follow them.
  look() {
    for (const row of this.list.querySelectorAll(".upload.new")) {
      const card = document.getElementById(`version-${row.dataset.version}`);
      if (card?.dataset.reading === "ready") {
        row.querySelector(".meta").textContent = `${row.dataset.message}, ${this.dataset.ready}`;
      }
    }
  }
}

customElements.define("version-drop", VersionDrop);
