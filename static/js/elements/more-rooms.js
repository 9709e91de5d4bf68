// The sheet behind "More": a tap beside it or Escape closes it. Without script it is a disclosure.

class MoreRooms extends HTMLElement {
  connectedCallback() {
    this.sheet = this.querySelector("details");
    document.addEventListener("click", this);
    document.addEventListener("keydown", this);
  }

  disconnectedCallback() {
    document.removeEventListener("click", this);
    document.removeEventListener("keydown", this);
  }

  handleEvent(event) {
    if (!this.sheet.open) return;
    if (event.type === "click") {
      if (!this.contains(event.target)) this.sheet.open = false;
    } else if (event.key === "Escape") {
      this.sheet.open = false;
      this.sheet.querySelector("summary").focus();
    }
  }
}

customElements.define("more-rooms", MoreRooms);
