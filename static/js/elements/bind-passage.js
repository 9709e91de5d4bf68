// What is selected in the manuscript goes with the request to bind it: the words, and where they begin.
class BindPassage extends HTMLElement {
  connectedCallback() {
    this.addEventListener("htmx:configRequest", ({ detail }) => this.add(detail));
  }

  add({ verb, parameters }) {
    const area = document.getElementById("manuscript");
    if (verb !== "get" || !area) return;
    const before = area.value.slice(0, area.selectionStart);
    const words = area.value.slice(area.selectionStart, area.selectionEnd);
    if (!words.trim()) return;
    const skipped = words.length - words.trimStart().length;
    parameters.set("quote", words.trim());
    // The studio counts whole characters, where the browser counts halves of some.
    parameters.set("start", [...before].length + skipped);
  }
}

customElements.define("bind-passage", BindPassage);
