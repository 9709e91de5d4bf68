// Of the boxes inside, at most two are checked: a third takes the place of the one checked first.

class ChooseTwo extends HTMLElement {
  chosen = [];

  connectedCallback() {
    this.addEventListener("change", this);
  }

  handleEvent({ target }) {
    if (target.type !== "checkbox") return;
    this.chosen = this.chosen.filter((box) => box !== target && box.isConnected && box.checked);
    if (!target.checked) return;
    this.chosen.push(target);
    if (this.chosen.length > 2) this.chosen.shift().checked = false;
  }
}

customElements.define("choose-two", ChooseTwo);
