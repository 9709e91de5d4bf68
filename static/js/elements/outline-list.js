/* A long outline opens at the chapter that is being read. */
class OutlineList extends HTMLElement {
  connectedCallback() {
    const list = this.querySelector(".outline");
    const here = list?.querySelector("[aria-current]");
    if (here) list.scrollTop = here.offsetTop - list.offsetTop - list.clientHeight / 3;
  }
}
customElements.define("outline-list", OutlineList);
