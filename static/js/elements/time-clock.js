// Ticks the seconds since the page came; the server said how many there were, so a wrong device
// clock does not matter. When the window is seen again the server is asked anew, since another
// device may have stopped the clock.

const pad = (number) => String(number).padStart(2, "0");

export function face(seconds) {
  return `${Math.floor(seconds / 3600)}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`;
}

class TimeClock extends HTMLElement {
  connectedCallback() {
    this.from = Number(this.dataset.seconds);
    this.since = performance.now();
    this.timer = setInterval(() => this.tick(), 1000);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  tick() {
    this.textContent = face(this.from + Math.floor((performance.now() - this.since) / 1000));
  }
}

customElements.define("time-clock", TimeClock);

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") document.dispatchEvent(new CustomEvent("studio:seen"));
});
