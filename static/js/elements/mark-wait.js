// A worker is looking for marks on the newest version: the list is asked for again, but not while
// somebody has a form of it open.

const AGAIN = 2500;

class MarkWait extends HTMLElement {
  connectedCallback() {
    this.timer = setInterval(() => this.ask(), AGAIN);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  ask() {
    const list = this.closest("#marks");
    const isBusy = list?.querySelector("details[open]") || list?.contains(document.activeElement);
    if (!isBusy && !document.hidden) this.dispatchEvent(new CustomEvent("again"));
  }
}

customElements.define("mark-wait", MarkWait);
