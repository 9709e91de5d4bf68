// One scene among the others of its chapter: its words save as they do in the scene's own room. What
// has to be decided is decided there.
import { grow } from "lib/caret";
import { SceneText } from "lib/scene-text";

class SceneSheet extends SceneText {
  connectedCallback() {
    this.saved = this.querySelector(".saved");
    this.open(this.querySelector("textarea"), document.scrollingElement);
    this.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
    grow(this.area);
    this.recover().finally(() => this.setAttribute("data-ready", ""));
  }

  disconnectedCallback() {
    this.close();
  }

  grown() {
    grow(this.area);
  }

  say(state, detail) {
    const name = state.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
    this.saved.dataset.state = state;
    const words = this.saved.querySelector(".words");
    const said = detail.error && state === "refused" ? detail.error : this.saved.dataset[name];
    if (words.textContent !== said) words.textContent = said;
    if (state === "saved") this.hasSaved(detail);
  }
}

customElements.define("scene-sheet", SceneSheet);
