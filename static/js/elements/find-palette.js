// The find box over any page. Without it, the link in the bar leads to the page that does the same.
import { isTyping, lettersAreOff } from "lib/keys";

class FindPalette extends HTMLElement {
  connectedCallback() {
    this.find = this.querySelector("#find");
    this.keys = this.querySelector("#keys");
    this.input = this.find.querySelector("input");
    document.addEventListener("keydown", this);
    document.addEventListener("click", this);
    if (!/Mac|iPhone|iPad/.test(navigator.platform)) {
      this.nameKeys(document);
      document.addEventListener("htmx:load", (event) => this.nameKeys(event.detail.elt));
    }
    this.find.addEventListener("keydown", (event) => this.move(event));
    for (const dialog of [this.find, this.keys]) {
      dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    }
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this);
    document.removeEventListener("click", this);
  }

  handleEvent(event) {
    if (event.type === "click") {
      if (!event.target.closest?.("[data-open-find]") || event.metaKey || event.ctrlKey) return;
      event.preventDefault();
      this.open();
    } else if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      this.open();
    } else if (!lettersAreOff() && !isTyping(event) && !event.metaKey && !event.ctrlKey && !event.altKey) {
      if (event.key === "/") {
        event.preventDefault();
        this.open();
      } else if (event.key === "?" && !document.querySelector("dialog[open]")) {
        this.keys.showModal();
        this.keys.querySelector("h2").focus(); // a long list is read from its top, not from the button below it
      }
    }
  }

  // The page says ⌘, as on a Mac; elsewhere that key is called Ctrl.
  nameKeys(root) {
    for (const key of root.querySelectorAll("kbd")) {
      key.textContent = key.textContent.replace("⌘", "Ctrl ");
    }
  }

  open() {
    if (!this.find.open) this.find.showModal();
    this.input.select();
  }

  // Arrows walk the hits; Enter on the input takes the first one.
  move(event) {
    if (event.isComposing) return;
    const hits = [...this.find.querySelectorAll("a.hit")];
    const at = hits.indexOf(document.activeElement);
    if (event.key === "ArrowDown" && hits.length) {
      event.preventDefault();
      hits[Math.min(at + 1, hits.length - 1)].focus();
    } else if (event.key === "ArrowUp" && at >= 0) {
      event.preventDefault();
      (hits[at - 1] ?? this.input).focus();
    } else if (event.key === "Escape") {
      event.preventDefault(); // a search field would only empty itself
      this.find.close();
    } else if (event.key === "Enter" && event.target === this.input && hits.length) {
      event.preventDefault();
      hits[0].click();
    }
  }
}

customElements.define("find-palette", FindPalette);
