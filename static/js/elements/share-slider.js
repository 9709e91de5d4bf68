// Says both shares while the slider moves; htmx asks the server for the dates, and the button that
// does so without a script is not needed.

class ShareSlider extends HTMLElement {
  connectedCallback() {
    this.addEventListener("input", (event) => {
      const film = Number(event.target.value);
      const [one, other] = this.querySelectorAll("output");
      one.textContent = film;
      other.textContent = 100 - film;
    });
  }
}

customElements.define("share-slider", ShareSlider);
