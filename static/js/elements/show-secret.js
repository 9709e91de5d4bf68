// A button beside each passphrase that shows what was typed. Without script there is no button.

class ShowSecret extends HTMLElement {
  connectedCallback() {
    for (const input of this.querySelectorAll("input[type=password]")) {
      if (!input.parentElement.matches(".secret")) this.equip(input);
    }
  }

  equip(input) {
    const frame = document.createElement("span");
    frame.className = "secret";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button quiet";
    button.setAttribute("aria-controls", input.id);
    const say = () => {
      const shown = input.type === "text";
      button.textContent = shown ? this.dataset.hide : this.dataset.show;
      button.setAttribute("aria-pressed", String(shown));
    };
    button.addEventListener("click", () => {
      input.type = input.type === "text" ? "password" : "text";
      say();
      input.focus();
    });
    // Never sent as plain text that a browser would offer again.
    input.form?.addEventListener("submit", () => {
      input.type = "password";
      say();
    });
    input.replaceWith(frame);
    frame.append(input, button);
    say();
  }
}

customElements.define("show-secret", ShowSecret);
