// The name of each version on the stage, at its place: letter, number, day, and what is to be known.

const INSET = 10; // CSS pixels from the corner of a pane

export class Tags {
  constructor(view) {
    this.view = view;
    this.tags = [...view.querySelectorAll(".tag[data-tag]")];
  }

  show() {
    const { view } = this;
    if (!view.canvas.width) return;
    const { panes } = view;
    while (this.tags.length < panes.length) {
      const tag = this.tags[1].cloneNode(true);
      this.tags.at(-1).after(tag);
      this.tags.push(tag);
    }
    const sizes = new Set(panes.map(({ number }) => this.sizeOf(number)));
    for (const [at, tag] of this.tags.entries()) {
      tag.hidden = at >= panes.length;
      if (tag.hidden) continue;
      this.write(tag, panes[at].number, at, sizes.size > 1);
      this.put(tag, panes, at);
    }
    this.showShown();
  }

  sizeOf(number) {
    const { width, height } = this.view.pictures.get(number).size;
    return `${width} × ${height}`;
  }

  write(tag, number, at, tellsSize) {
    const { view } = this;
    const { version } = view.pictures.get(number);
    const letter = this.letter(number, at);
    const link = view.room.querySelector(`#strip [data-version="${number}"]`);
    const trouble = version.waiting ? view.dataset.wait : version.trouble || this.mapless();
    tag.dataset.tag = { A: "a", B: "b" }[letter] ?? `v${number}`;
    tag.querySelector("b").textContent = `${letter} v${number}`.trim();
    tag.querySelector("span").textContent = link?.dataset.date ?? "";
    tag.querySelector("i").textContent = trouble || (tellsSize ? this.sizeOf(number) : "");
  }

  // Why the heat map is not there.
  mapless() {
    const { view } = this;
    const { state, sentence, heat } = view.changes.of(view.b) ?? {};
    if (view.mode !== "heat" || heat) return "";
    return ["different", "unable", "ready"].includes(state) ? sentence : view.dataset.map;
  }

  letter(number, at) {
    const { a, b, mode } = this.view;
    if (mode !== "grid" && at < 2) return "AB"[at];
    return number === a ? "A" : number === b ? "B" : "";
  }

  // In panes of their own at the upper left; where two lie over each other A's left and B's right; in
  // a wipe where each begins.
  put(tag, panes, at) {
    const { view } = this;
    const { x, y } = panes[at];
    const isRight = !["side", "grid"].includes(view.mode) && at === 1 && panes.length === 2;
    let left = x / view.ratio;
    if (!isRight && at && view.mode === "wipe") {
      left = (view.wipe.positions[at - 1] * view.canvas.width) / view.ratio;
    }
    tag.style.left = isRight ? "auto" : `${left + INSET}px`;
    tag.style.right = isRight ? `${INSET}px` : "auto";
    tag.style.top = `${y / view.ratio + INSET}px`;
  }

  // What is not seen just now has no name.
  showShown() {
    const { shows = "both" } = this.view.dataset;
    for (const tag of this.tags) {
      const isSeen = shows === "both" || tag.dataset.tag === shows;
      tag.toggleAttribute("data-unseen", !isSeen);
    }
  }
}
