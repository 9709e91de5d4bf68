// What every page of the studio does for a network that goes away: keeps the open book on this
// device, sends what earlier pages could not, and says what has to wait.
import { isIn } from "lib/door";
import { sendOrphans } from "lib/orphans";

const AGAIN = 30_000;
const here = document.querySelector("scene-editor")?.dataset.scene;
let retry;

async function send() {
  clearTimeout(retry);
  const { went, wait } = await sendOrphans(here).catch(() => ({ went: 0, wait: true }));
  if (went) say("sent");
  if (wait) retry = setTimeout(send, AGAIN);
}

function say(what) {
  const line = document.querySelector("toast-line");
  document.body.dispatchEvent(new CustomEvent("toast", { detail: { text: line.dataset[what] } }));
}

// A form that changes more than words needs the studio; what was filled in stays in it.
function hold(event) {
  if (navigator.onLine || event.defaultPrevented || event.target.method !== "post") return;
  event.preventDefault();
  say("away");
}

async function keepTheBook() {
  if (!window.isSecureContext || !navigator.serviceWorker) return;
  const registered = await navigator.serviceWorker.register("/sw.js");
  const book = document.querySelector("[data-offline-book]")?.dataset.offlineBook;
  if (!registered || !book) return;
  const { active } = await navigator.serviceWorker.ready;
  const response = await fetch(book, { headers: { Accept: "application/json" } });
  if (!response.ok) return;
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => document.documentElement.setAttribute("data-kept", "");
  active.postMessage({ type: "keep", ...(await response.json()) }, [port2]);
}

export function offline() {
  isIn();
  send();
  window.addEventListener("online", send);
  document.addEventListener("visibilitychange", () => document.hidden || send());
  document.addEventListener("submit", hold);
  // What a page asks by itself, again and again, may fail in silence.
  document.body.addEventListener("htmx:sendError", ({ detail }) => detail.requestConfig.verb !== "get" && say("away"));
  keepTheBook().catch((error) => console.warn("offline copy:", error.message));
}
