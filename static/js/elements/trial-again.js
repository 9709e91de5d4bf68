// Suggests when to test again as soon as the state or the day is chosen; a day that was chosen by hand stays.
// The server does the same for a day that was left empty.

class TrialAgain extends HTMLElement {
  connectedCallback() {
    this.again = this.querySelector("[name=again_on]");
    this.never = this.querySelector("[name=never]");
    this.suggested = this.suggestion();
    this.addEventListener("change", this);
    this.querySelector(".error")?.scrollIntoView({ block: "center" });
    const form = this.closest("form");
    this.closest("details")?.addEventListener("toggle", () => form.scrollIntoView({ block: "nearest" }));
  }

  handleEvent({ target }) {
    if (target.name === "never") this.again.value = target.checked ? "" : this.suggestion();
    if (target === this.again) this.never.checked = false;
    if (target.name !== "state" && target.name !== "tried_on") return;
    if (this.again.value === "" || this.again.value === this.suggested) {
      this.again.value = this.suggestion();
      this.never.checked = false;
    }
    this.suggested = this.suggestion();
  }

  suggestion() {
    const weeks = Number(this.querySelector("[name=state]:checked")?.dataset.weeks ?? 0);
    const tried = this.querySelector("[name=tried_on]").valueAsDate;
    if (!weeks || !tried) return "";
    return new Date(tried.getTime() + weeks * 7 * 86400000).toISOString().slice(0, 10);
  }
}

customElements.define("trial-again", TrialAgain);
