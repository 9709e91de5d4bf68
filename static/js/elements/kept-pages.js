// The scenes of the open book that this device can show without a network.

const BOOK = "throughline-book"; // as in sw.js

class KeptPages extends HTMLElement {
  async connectedCallback() {
    if (!globalThis.caches || !(await caches.has(BOOK))) return;
    const cache = await caches.open(BOOK);
    const { title, language, pages } = (await (await cache.match("/?book"))?.json()) ?? { pages: [] };
    const kept = new Set((await cache.keys()).map(({ url }) => new URL(url).pathname));
    const scenes = pages.filter(({ kind, url }) => kind === "write" && kept.has(url));
    if (!scenes.length) return;
    const heading = document.createElement("h2");
    heading.className = "label";
    heading.textContent = `${this.dataset.heading} · ${title}`;
    const list = document.createElement("ul");
    list.lang = language;
    list.append(...scenes.map((scene) => this.line(scene)));
    this.replaceChildren(heading, list);
  }

  line({ url, title }) {
    const line = document.createElement("li");
    const link = document.createElement("a");
    link.href = url;
    link.textContent = title;
    line.append(link);
    return line;
  }
}

customElements.define("kept-pages", KeptPages);
