// A choice among time zones: where the studio knows of none, the browser's own is proposed.
class OwnZone extends HTMLElement {
  connectedCallback() {
    if (!this.hasAttribute("data-guess")) return;
    const select = this.querySelector("select");
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if ([...select.options].some(({ value }) => value === own)) select.value = own;
    this.removeAttribute("data-guess"); // what is chosen by hand stays
  }
}

customElements.define("own-zone", OwnZone);
