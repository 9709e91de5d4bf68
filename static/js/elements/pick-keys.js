// The keys of a picture's page: arrows go from version to version, p picks, r sets aside, u opens again.
import { isTyping, lettersAreOff } from "lib/keys";

const ACTS = { p: ["pick"], r: ["reject"], u: ["unpick", "clear"] };
const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

class PickKeys extends HTMLElement {
  connectedCallback() {
    this.leaving = new AbortController();
    const { signal } = this.leaving;
    document.addEventListener("keydown", (event) => this.press(event), { signal });
    document.addEventListener("htmx:afterSettle", () => this.comeBack(), { signal });
  }

  disconnectedCallback() {
    this.leaving.abort();
  }

  press(event) {
    if (event.defaultPrevented || isTyping(event) || document.querySelector("dialog[open]")) return;
    if (event.metaKey || event.ctrlKey || event.altKey || event.shiftKey) return;
    const card = document.activeElement.closest?.(".version");
    if (event.key in STEPS) this.step(event, card);
    else if (card && event.key in ACTS && !lettersAreOff()) this.act(event, card);
  }

  step(event, card) {
    const cards = [...document.querySelectorAll("#version-list .version")];
    const next = card ? cards[cards.indexOf(card) + STEPS[event.key]] : cards[0];
    if (!next) return;
    event.preventDefault();
    this.focusOn(next);
  }

  act(event, card) {
    const button = ACTS[event.key]
      .map((verb) => card.querySelector(`form[action$="/${verb}/"] button`))
      .find(Boolean);
    if (!button) return;
    event.preventDefault();
    this.was = card.id;
    button.click();
  }

  // The list was swapped: whoever decided by key stays on the version.
  comeBack() {
    const card = this.was && document.getElementById(this.was);
    this.was = null;
    if (card && document.activeElement === document.body) this.focusOn(card);
  }

  focusOn(card) {
    (card.querySelector(".frame a") ?? card.querySelector("button"))?.focus();
  }
}

customElements.define("pick-keys", PickKeys);
