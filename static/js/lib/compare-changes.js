// What the server finds changed between A and each other version: where it lies in register, the
// areas, the heat map. It is asked for B first, then for the others, one after the other; and again,
// while the server says that there is more to come.
import { fetchBlob } from "lib/bitmaps";

const SOON = 150;
const AGAIN = [700, 1000, 1500, 2500, 4000]; // milliseconds, then always the last

export class Changes {
  constructor(view, told) {
    this.view = view;
    this.told = told;
    this.known = new Map(); // "a/b" -> the server's answer
    this.asked = new Map(); // "a/b" -> how often
    this.silent = new Set(); // there is nothing to be had
  }

  key(number) {
    return `${this.view.a}/${number}`;
  }

  // The answer about A and a version, if it is here.
  of(number) {
    return this.known.get(this.key(number));
  }

  matrix(number) {
    return this.of(number)?.matrix ?? null;
  }

  // The map of A and a version as something to draw; asks for it otherwise.
  heat(number) {
    const url = this.of(number)?.heat;
    return url ? this.view.bitmaps.get(`heat/${url}`, (signal) => fetchBlob(url, signal)) : null;
  }

  lookSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), SOON);
  }

  // The next version of which there is more to know.
  get next() {
    const canBeSeen = (number) => this.view.pictures.get(number).names.length > 0;
    const { a, shownNumbers, b } = this.view;
    if (!canBeSeen(a)) return undefined;
    return [b, ...shownNumbers].find((number) => {
      const key = this.key(number);
      const isOpen = !this.known.has(key) || this.known.get(key).again;
      return number !== a && canBeSeen(number) && isOpen && !this.silent.has(key);
    });
  }

  async look() {
    clearTimeout(this.timer);
    this.asking?.abort();
    const number = this.next;
    if (number === undefined) return;
    const [{ signal }, key] = [(this.asking = new AbortController()), this.key(number)];
    try {
      const address = new URL(`changes/?v=${this.view.a}&v=${number}`, location.origin + location.pathname);
      const response = await fetch(address, { signal, credentials: "same-origin" });
      if (!response.ok) throw new Error(response.status);
      this.learn(key, number, await response.json());
    } catch (error) {
      if (error.name === "AbortError") return;
      this.silent.add(key); // until the page is loaded anew
    }
    this.lookAgain(key);
  }

  lookAgain(key) {
    const times = this.asked.get(key) ?? 0;
    const waits = this.known.get(key)?.again;
    if (waits) this.asked.set(key, times + 1);
    this.timer = setTimeout(() => this.look(), waits ? AGAIN[Math.min(times, AGAIN.length - 1)] : 0);
  }

  learn(key, number, answer) {
    const before = this.known.get(key);
    this.known.set(key, answer);
    this.view.draw();
    if (number === this.view.b && before?.state !== answer.state) this.told(answer);
  }

  close() {
    clearTimeout(this.timer);
    this.asking?.abort();
  }
}
