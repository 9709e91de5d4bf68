// What a new mark says, or one that is there, typed beside it on the stage.
import { send } from "lib/request";

const GAP = 28; // pixels between it and what it is about

export class MarkForm {
  // `layer` is the element with the words; `saved` and `left` are told how it ended.
  constructor(layer, { saved, left, redraw }) {
    Object.assign(this, { layer, saved, left });
    this.form = layer.querySelector(".mark-form");
    this.form.addEventListener("submit", (event) => this.submit(event));
    this.form.addEventListener("keydown", (event) => this.key(event));
    this.form.querySelector("[data-cancel]").addEventListener("click", () => this.leave());
    this.form.querySelector("[data-redraw]").addEventListener("click", () => redraw({ ...this.about, ...this.said }));
  }

  get isOpen() {
    return !this.form.hidden;
  }

  // What is typed so far.
  get said() {
    const { body, kind } = this.form.elements;
    return { body: body.value, kind: kind.value };
  }

  // `about` is {shape, number, points} for a new mark; one that is there has an `edit` address too.
  open(about, place) {
    const { form, layer } = this;
    const keep = form.querySelector("[value=keep]");
    this.about = about;
    form.elements.body.value = about.body ?? "";
    form.elements.kind.value = about.kind ?? "note";
    keep.closest("label").hidden = about.shape === "pin";
    if (about.shape === "pin" && about.kind === "keep") form.elements.kind.value = "note";
    form.querySelector("h2").textContent = about.edit
      ? layer.dataset.change.replace("{number}", about.number).replace("{version}", about.version)
      : layer.dataset.on.replace("{number}", about.number);
    form.querySelector("[data-redraw]").hidden = !about.edit;
    this.say("");
    form.hidden = false;
    this.stand(place);
    form.elements.body.focus({ preventScroll: true });
  }

  // Beside the place {left, right, top}, and inside the stage.
  stand(place) {
    const { form, layer } = this;
    const room = layer.getBoundingClientRect();
    const { width, height } = form.getBoundingClientRect();
    const hold = (at, size, all) => Math.max(8, Math.min(at, all - size - 8));
    const right = place.right + GAP;
    const x = right + width + 8 < room.width ? right : place.left - width - GAP;
    form.style.setProperty("left", `${hold(x, width, room.width)}px`);
    form.style.setProperty("top", `${hold(place.top - GAP, height, room.height)}px`);
  }

  key(event) {
    if (event.isComposing) return;
    if (event.key === "Escape") this.leave();
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.form.requestSubmit();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  leave() {
    this.close();
    this.left();
  }

  close() {
    this.form.hidden = true;
    this.about = null;
  }

  say(words) {
    const line = this.form.querySelector(".error");
    line.hidden = !words;
    line.querySelector("span").textContent = words;
  }

  async submit(event) {
    event.preventDefault();
    if (this.sending) return;
    const { about } = this;
    const data = new FormData(this.form);
    if (!about.edit || about.redrawn) {
      data.set("shape", about.shape);
      data.set("points", JSON.stringify(about.points));
    }
    if (!about.edit) data.set("v", about.number);
    this.sending = true;
    try {
      const address = about.edit ?? this.layer.dataset.new;
      const response = await send(address, { body: data, headers: { Accept: "application/json" } });
      const answer = await response.json().catch(() => ({}));
      if (response.ok) {
        this.close();
        this.saved(answer);
      } else this.say(answer.error ?? this.layer.dataset.failed);
    } catch {
      this.say(this.layer.dataset.failed); // no network: what was typed stays
    } finally {
      this.sending = false;
    }
  }
}
