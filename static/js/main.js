// Loads the behaviour of each custom element that a page has, when it has it, but for what another will
// load when it is needed (`data-later`); and the keys of the house.
import { keys } from "lib/keys";

const known = new Set();

function wake(root) {
  for (const element of [root, ...root.querySelectorAll(":not(:defined, [data-later])")]) {
    const tag = element.localName;
    if (!tag?.includes("-") || known.has(tag)) continue;
    known.add(tag);
    import(`elements/${tag}`).catch((error) => console.warn(tag, error));
  }
}

// A page that is left while it still fades in gives its fade up, which is no fault of ours.
addEventListener("unhandledrejection", (event) => {
  if (/^Transition was (aborted|skipped)/.test(event.reason?.message)) event.preventDefault();
});
wake(document.documentElement);
document.addEventListener("htmx:load", (event) => wake(event.detail.elt));
keys();
if (document.documentElement.hasAttribute("data-inside")) {
  import("lib/offline").then(({ offline }) => offline()).catch((error) => console.warn("offline", error));
  if (globalThis.localStorage?.getItem("throughline:uploads")) {
    const shown = document.querySelector("version-drop")?.dataset.query;
    import("lib/uploads-left").then(({ sendLeft }) => sendLeft(shown)).catch((error) => console.warn("uploads", error));
  }
}
