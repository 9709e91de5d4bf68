// Forms that do something to the whole scene: they wait until all that was typed is in the studio.
class AfterSaving extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", this);
    for (const hidden of this.querySelectorAll(".needs-script")) hidden.hidden = false;
  }

  async handleEvent(event) {
    const editor = this.closest("scene-editor");
    const form = event.target;
    if (!editor?.queue) return;
    event.preventDefault();
    const { area, queue } = editor;
    // The studio counts characters; the browser counts a rare one as two.
    const at = [...area.value.slice(0, area.selectionStart)].length;
    if (queue.unsent) await queue.flush();
    if (queue.unsent) {
      const detail = { text: this.dataset.unsaved };
      document.body.dispatchEvent(new CustomEvent("toast", { detail }));
      return;
    }
    if (form.matches("[data-at-caret]")) {
      form.elements.at.value = at;
      form.elements.base.value = queue.base;
    }
    form.submit();
  }
}

customElements.define("after-saving", AfterSaving);
