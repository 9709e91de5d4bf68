// Files dropped on a file field's frame land in the field, as if they had been chosen.

class FileDrop extends HTMLElement {
  connectedCallback() {
    for (const type of ["dragover", "dragleave", "drop"]) this.addEventListener(type, this);
  }

  handleEvent(event) {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.toggleAttribute("data-over", event.type === "dragover");
    if (event.type !== "drop") return;
    const input = this.querySelector("input[type=file]");
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

customElements.define("file-drop", FileDrop);
