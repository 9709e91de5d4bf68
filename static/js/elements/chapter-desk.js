// A chapter's scenes in one piece: the caret goes over the edge of a scene into the next.
class ChapterDesk extends HTMLElement {
  connectedCallback() {
    this.addEventListener("keydown", (event) => this.press(event));
  }

  press(event) {
    const area = event.target;
    const way = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (!way || !area.matches(".manuscript") || event.isComposing || event.shiftKey || event.altKey) return;
    if (event.ctrlKey || event.metaKey || area.selectionStart !== area.selectionEnd) return;
    const edge = way > 0 ? area.value.length : 0;
    const before = area.selectionStart;
    // The browser moves first: where it could not move any further, the next scene begins.
    requestAnimationFrame(() => {
      if (before !== edge || area.selectionStart !== edge) return;
      const areas = [...this.querySelectorAll(".manuscript")];
      const next = areas[areas.indexOf(area) + way];
      if (!next) return;
      const place = way > 0 ? 0 : next.value.length;
      next.focus();
      next.setSelectionRange(place, place);
    });
  }
}

customElements.define("chapter-desk", ChapterDesk);
