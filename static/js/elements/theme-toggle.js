// Turns the light on and off at once; the form inside does the same by way of the server.
import { send } from "lib/request";

class ThemeToggle extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", this);
  }

  handleEvent(event) {
    event.preventDefault();
    const root = document.documentElement;
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    const now = root.dataset.theme || (dark ? "dark" : "light");
    root.dataset.theme = now === "dark" ? "light" : "dark";
    const form = new FormData(event.target);
    form.set("theme", root.dataset.theme);
    send(event.target.action, { body: form, redirect: "manual" });
  }
}

customElements.define("theme-toggle", ThemeToggle);
