// What is said round the stage of a compare view, as far as looking goes: names, mode, zoom.
import { Tags } from "lib/compare-tags";

export class Words {
  constructor(view) {
    this.view = view;
    this.live = view.room.querySelector("[data-live]");
    this.tags = new Tags(view);
  }

  say(words) {
    this.live.textContent = words;
  }

  show(said) {
    const { view } = this;
    const { mode, panes, room } = view;
    view.dataset.mode = mode;
    view.dataset.split = panes.length < 2 || panes[0].x === panes[1].x ? "rows" : "columns";
    let name = "";
    for (const button of room.querySelectorAll("[data-set-mode]")) {
      const isOn = button.dataset.setMode === mode;
      button.setAttribute("aria-pressed", String(isOn));
      if (!isOn) continue;
      name = button.textContent.trim();
      centre(button.parentElement, button);
    }
    if (this.centred !== view.b) {
      this.centred = view.b;
      centre(room.querySelector(".filmstrip"), room.querySelector(`#strip [data-version="${view.b}"]`));
    }
    this.showZoom();
    this.showBy();
    view.showPlaces();
    const words = [...view.numbers.map((number) => `v${number}`), name, `${view.percent} %`].join(room.dataset.comma);
    view.canvas.setAttribute("aria-label", words);
    if (said) this.say(words);
  }

  // How versions lie over each other; "by content" only where the server knows how.
  showBy() {
    const { view } = this;
    const isFound = view.by !== "content" || view.a === view.b || view.changes.matrix(view.b);
    for (const button of view.room.querySelectorAll("[data-by]")) {
      button.querySelector("span").textContent = isFound ? button.dataset[view.by] : button.dataset.unknown;
      button.setAttribute("aria-pressed", String(view.by === "content" && Boolean(isFound)));
    }
  }

  showZoom() {
    const { view } = this;
    const words = view.isWhole ? view.room.dataset.fit : `${view.percent} %`;
    if (words === this.zoomed) return; // a move asks at every frame
    this.zoomed = words;
    for (const button of view.room.querySelectorAll("[data-zoom]")) button.textContent = words;
  }

  // The server has more to say about A and B; the panel says it too, as soon as it can.
  learnt({ sentence, state }) {
    const { a, b, room } = this.view;
    const told = room.querySelector("#changes")?.dataset;
    const isTold = told?.state === state && told.changes.endsWith(`?v=${a}&v=${b}`);
    this.view.region = null;
    if (sentence) this.say(sentence);
    this.showBy();
    this.tags.show();
    if (!isTold) this.view.hands().then(() => this.view.controls?.refresh());
  }
}

// Scroll a row so that one thing in it stands in the middle.
function centre(row, one) {
  if (!one) return;
  const [box, around] = [one.getBoundingClientRect(), row.getBoundingClientRect()];
  if (around.width) row.scrollBy({ left: box.left + box.width / 2 - around.left - around.width / 2 });
}
