// The line of one file on its way: its name, how far it is, what became of it, and what can be done.
import { hasEnded } from "lib/upload-queue";

const ACTS = {
  waits: ["pause", "cancel"],
  sending: ["pause", "cancel"],
  sent: ["cancel"],
  away: ["retry", "pause", "cancel"],
  paused: ["resume", "cancel"],
  "signed-out": ["retry", "cancel"],
  fault: ["retry", "cancel"],
};

function made(name, className, text = "") {
  const element = document.createElement(name);
  element.className = className;
  element.textContent = text;
  return element;
}

export class UploadLine {
  state = "";

  // `words` are the data of the element: what each state and act is called in the reader's language.
  constructor(item, queue, words) {
    Object.assign(this, { item, queue, words });
    this.row = made("li", "upload");
    this.bar = made("progress", "thin");
    this.bar.max = 1;
    this.bar.value = 0;
    this.bar.setAttribute("aria-label", item.name);
    this.text = made("span", "meta");
    this.acts = made("span", "upload-acts");
    this.acts.addEventListener("click", ({ target }) => this.act(target.closest("button")?.dataset.act));
    this.row.append(made("b", "clip", item.name), this.bar, this.text, this.acts);
  }

  act(name) {
    if (name === "pause") this.queue.pause(this.item);
    if (name === "resume") this.queue.goOn(this.item);
    if (name === "cancel") this.queue.cancel(this.item);
    if (name === "retry") this.item.wake ? this.item.wake() : this.queue.goOn(this.item);
  }

  show() {
    const { state, sent, size } = this.item;
    if (state === "sending" && size) this.bar.value = sent / size;
    if (state === "checking") this.bar.removeAttribute("value");
    if (state === this.state) return;
    this.state = state;
    this.row.className = `upload ${state}`;
    if (hasEnded(this.item)) this.bar.remove();
    this.tell();
    const focused = this.acts.contains(document.activeElement);
    this.acts.replaceChildren(...(ACTS[state] ?? []).map((name) => this.button(name)));
    if (focused) this.acts.querySelector("button")?.focus();
  }

  button(name) {
    const button = made("button", "button quiet", this.words[name]);
    button.type = "button";
    button.dataset.act = name;
    button.setAttribute("aria-label", `${this.words[name]}: ${this.item.name}`);
    return button;
  }

  tell() {
    const { state, told } = this.item;
    if (!told) {
      this.text.textContent = this.words[state === "signed-out" ? "signedOut" : state] ?? "";
      return;
    }
    const message = state === "new" && !this.words.titled ? `${told.message}, ${this.words.making}` : told.message;
    if (state === "refused") this.text.textContent = message;
    else this.text.replaceChildren(...this.whither(message, told));
  }

  // On the page of all pictures: which picture, and why.
  whither(message, told) {
    const link = made("a", "link", this.words.titled ? `${message} · ${told.title}` : message);
    link.href = told.address;
    const why = [told.sure && this.words[told.sure], told.reason].filter(Boolean).join(": ");
    return this.words.titled && why ? [link, made("span", "upload-why", why)] : [link];
  }

  ready() {
    const link = this.text.querySelector("a");
    if (link) link.textContent = `${this.item.told.message}, ${this.words.ready}`;
  }
}
