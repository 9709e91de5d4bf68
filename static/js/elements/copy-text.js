// Takes a text to the clipboard; without it the text can still be selected and copied by hand.
class CopyText extends HTMLElement {
  connectedCallback() {
    if (!navigator.clipboard) return;
    for (const button of this.querySelectorAll("button[hidden]")) button.hidden = false;
    this.addEventListener("click", this);
  }

  disconnectedCallback() {
    this.removeEventListener("click", this);
  }

  async handleEvent({ target }) {
    const text = target.closest("button")?.parentElement.querySelector("textarea");
    if (!text) return;
    await navigator.clipboard.writeText(text.value);
    document.querySelector("toast-line")?.say(this.dataset.copied);
  }
}

customElements.define("copy-text", CopyText);
