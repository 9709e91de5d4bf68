// One line at the foot of the page that says what happened. Answers to htmx may carry one:
// HX-Trigger: {"toast": {"text": "…", "undo": "/address/"}}.
import { isTyping } from "lib/keys";
import { csrfToken } from "lib/request";

const STAYS = 8000;

class ToastLine extends HTMLElement {
  connectedCallback() {
    for (const toast of this.children) this.leave(toast);
    document.body.addEventListener("toast", this);
    document.addEventListener("keydown", this.undo);
  }

  disconnectedCallback() {
    document.body.removeEventListener("toast", this);
    document.removeEventListener("keydown", this.undo);
  }

  // ⌘Z undoes what the toast says while it is there; in a field it is the field's.
  undo = (event) => {
    const button = this.querySelector("form button");
    if (!button || event.key !== "z" || !(event.metaKey || event.ctrlKey) || event.shiftKey) return;
    if (event.defaultPrevented || isTyping(event)) return;
    event.preventDefault();
    button.click();
  };

  handleEvent({ detail }) {
    this.say(detail.text, detail.undo);
  }

  say(text, undo) {
    const toast = document.createElement("div");
    toast.className = "toast";
    const words = document.createElement("span");
    words.textContent = text;
    toast.append(words);
    if (undo) toast.append(this.undoForm(undo));
    this.replaceChildren(toast);
    this.leave(toast);
  }

  undoForm(address) {
    const form = document.createElement("form");
    form.method = "post";
    form.action = address;
    const token = document.createElement("input");
    Object.assign(token, { type: "hidden", name: "csrfmiddlewaretoken", value: csrfToken() });
    const button = document.createElement("button");
    button.className = "button";
    button.textContent = this.dataset.undo;
    form.append(token, button);
    return form;
  }

  // It goes by itself, but not from under the hand that reaches for Undo.
  leave(toast) {
    const wait = () => {
      if (toast.matches(":hover, :focus-within")) setTimeout(wait, 2000);
      else toast.remove();
    };
    setTimeout(wait, STAYS);
  }
}

customElements.define("toast-line", ToastLine);
