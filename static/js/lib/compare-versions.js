// The versions of a picture, and which of them stand on the stage: A, B and up to eight beside them.
import { Picture } from "lib/picture";

export const MOST = 10;

export class Versions {
  constructor(bitmaps, all) {
    this.bitmaps = bitmaps;
    this.pictures = new Map();
    this.others = [];
    this.learn(all);
  }

  learn(all) {
    this.all = all;
    for (const version of all) {
      const known = this.pictures.get(version.number);
      if (known) Object.assign(known.version, version);
      else this.pictures.set(version.number, new Picture(version, this.bitmaps));
    }
  }

  // Those of an address, as far as there are any; false and nothing changed without A and B.
  take({ a, b, others }) {
    if (!this.pictures.has(a) || !this.pictures.has(b)) return false;
    Object.assign(this, { a, b, others: others.filter((number) => this.pictures.has(number)) });
    return true;
  }

  get numbers() {
    return [this.a, this.b, ...this.others];
  }

  // In the order they were made: those on the stage when somebody chose more than two; else all, or
  // as many of the newest as there is room for. What was set aside is not shown unasked.
  get inGrid() {
    if (this.others.length) return this.numbers.toSorted((one, other) => one - other);
    const isAsked = ({ number }) => number === this.a || number === this.b;
    const wanted = this.all.filter((version) => isAsked(version) || !version.aside);
    const room = MOST - wanted.filter(isAsked).length;
    const newest = wanted.filter((version) => !isAsked(version)).slice(-room);
    return wanted.filter((version) => isAsked(version) || newest.includes(version)).map(({ number }) => number);
  }

  // As B, or as A; what stood there takes the place of what comes from beside.
  choose(number, asA) {
    if (!this.pictures.has(number)) return false;
    const before = asA ? this.a : this.b;
    this.others = this.others.map((other) => (other === number ? before : other));
    this[asA ? "a" : "b"] = number;
    this.others = [...new Set(this.others)].filter((other) => other !== this.a && other !== this.b);
    return true;
  }

  join(number) {
    if (!this.pictures.has(number) || number === this.a || number === this.b) return false;
    if (this.others.includes(number)) this.others = this.others.filter((other) => other !== number);
    else if (this.numbers.length < MOST) this.others = [...this.others, number];
    else return false;
    return true;
  }

  // Something of each version, and of those before and after B what is drawn so long.
  foresee(longest) {
    const at = this.all.findIndex(({ number }) => number === this.b);
    for (const near of [this.all[at + 1], this.all[at - 1]]) {
      if (near) this.pictures.get(near.number).foresee(longest);
    }
    for (const picture of this.pictures.values()) if (!picture.isResident) picture.foresee();
  }

  swap() {
    [this.a, this.b] = [this.b, this.a];
    return true;
  }

  // B becomes the version before or after it.
  step(direction) {
    const numbers = this.all.map(({ number }) => number);
    const next = numbers[numbers.indexOf(this.b) + direction];
    return next === undefined ? false : this.choose(next, false);
  }
}
