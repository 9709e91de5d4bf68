// While reading: touch a paragraph, and the way to its line in the editor is beside it.
class EditHere extends HTMLElement {
  connectedCallback() {
    this.link = this.querySelector("a");
    this.leaving = new AbortController();
    document.addEventListener("click", (event) => this.offer(event), { signal: this.leaving.signal });
    document.addEventListener("keydown", ({ key }) => key === "Escape" && this.close(), { signal: this.leaving.signal });
    document.querySelector(".sheet")?.addEventListener("scroll", () => this.close(), { signal: this.leaving.signal });
  }

  disconnectedCallback() {
    this.leaving.abort();
  }

  offer({ target, clientY }) {
    if (this.contains(target)) return;
    const line = target.closest?.(".scene [data-line]");
    if (!line || target.closest("a, button") || String(getSelection())) return this.close();
    const { edit } = line.closest("[data-edit]").dataset;
    this.link.href = `${edit}?line=${line.dataset.line}`;
    this.hidden = false;
    const box = line.getBoundingClientRect();
    const { offsetWidth, offsetHeight } = this.link;
    const room = Math.min(box.right + 16, innerWidth - offsetWidth - 12);
    this.style.setProperty("left", `${Math.max(12, room)}px`);
    this.style.setProperty("top", `${Math.min(Math.max(56, clientY - offsetHeight / 2), innerHeight - offsetHeight - 12)}px`);
  }

  close() {
    this.hidden = true;
  }
}

customElements.define("edit-here", EditHere);
