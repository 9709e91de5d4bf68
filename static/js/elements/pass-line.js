// Where the scene stands in its pass. ⌘⏎ calls it done; what is typed reaches the studio first, so
// that it does not count as changed afterwards.
class PassLine extends HTMLElement {
  connectedCallback() {
    this.editor = this.closest("scene-editor");
    this.stop = new AbortController();
    const on = (target, type, act) => target.addEventListener(type, act, { signal: this.stop.signal });
    on(document, "keydown", (event) => this.key(event));
    on(this, "htmx:confirm", (event) => this.flush(event));
    on(this, "htmx:afterRequest", () => (this.marking = false));
    this.watch = new MutationObserver(() => this.saved());
    this.watch.observe(this.editor.querySelector(".saved"), { attributeFilter: ["data-state"] });
  }

  disconnectedCallback() {
    this.stop.abort();
    this.watch.disconnect();
  }

  key(event) {
    if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey) || event.isComposing) return;
    if (event.target.closest("form:not(#manuscript-form)") || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    this.querySelector("#pass-done")?.click();
  }

  async flush(event) {
    const { queue } = this.editor;
    if (event.detail.verb !== "post" || !queue?.unsent) return;
    event.preventDefault();
    this.marking = true; // else the line would be drawn anew under the request
    await queue.flush();
    event.detail.issueRequest(true);
  }

  // A first word in the pass makes the scene one in work.
  saved() {
    const { state } = this.editor.querySelector(".saved").dataset;
    if (state === "saved" && !this.marking) this.firstElementChild?.dispatchEvent(new Event("saved"));
  }
}

customElements.define("pass-line", PassLine);
