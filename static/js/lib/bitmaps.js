// Decoded pieces of pictures, no more of them than fits: the ones not drawn for longest go first.
// Decoding happens off the main thread (createImageBitmap).

const LEAST = 40 * 1024 * 1024; // bytes
const PHONE = 96 * 1024 * 1024;
const MOST = 384 * 1024 * 1024;
const SCREENS = 8; // as much as so many canvases, within these
const AT_ONCE = 6;
const NEW_A_FRAME = 4; // a bitmap's first drawing sends it to the screen's memory, which takes its time
const RETRY = 4000; // milliseconds until what failed is asked for again

export class Bitmaps {
  constructor(changed) {
    this.changed = changed;
    this.budget = LEAST;
    this.bytes = 0;
    this.kept = new Map(); // key -> {bitmap, bytes, drawn} in the order of use
    this.wanted = new Map(); // key -> {load, far}
    this.spare = new Map(); // the same, for when nothing else is to do
    this.loading = new Map(); // key -> AbortController
    this.missing = new Map(); // key -> when it failed
    this.begin();
  }

  // A drawing begins: what the last one asked for and did not get is forgotten.
  begin() {
    this.wanted.clear();
    this.fresh = 0;
    this.isLate = false;
  }

  // The bitmap, if it is here; asks for it otherwise, the nearest first. With `patient` it may be a
  // frame late, for the sake of the frame.
  get(key, load, { far = 0, patient = false } = {}) {
    const found = this.kept.get(key);
    if (!found) {
      this.ask(this.wanted, key, { load, far });
      return null;
    }
    if (!found.drawn && patient && this.fresh >= NEW_A_FRAME) {
      this.isLate = true;
      return null;
    }
    if (!found.drawn) this.fresh += 1;
    found.drawn = true;
    this.kept.delete(key);
    this.kept.set(key, found);
    return found.bitmap;
  }

  // A phone has little memory, a large screen needs much.
  fit({ width, height }) {
    const wanted = SCREENS * width * height * 4;
    const most = matchMedia("(pointer: coarse)").matches ? PHONE : MOST;
    this.budget = Math.min(most, Math.max(LEAST, wanted));
  }

  // Have it, once there is nothing else to do.
  foresee(key, load) {
    if (!this.kept.has(key)) this.ask(this.spare, key, { load, far: 0 });
  }

  ask(list, key, one) {
    if (!one.load) return;
    const failed = this.missing.get(key);
    const coming = this.loading.get(key);
    if (coming && list === this.wanted) coming.spare = false; // it was foreseen, and now it is needed
    if (coming || (failed && performance.now() - failed < RETRY)) return;
    list.set(key, one);
  }

  has(key) {
    return this.kept.has(key);
  }

  // Whether it would be drawn in this very frame.
  canDraw(key) {
    return Boolean(this.kept.get(key)?.drawn);
  }

  // Whether nothing that the last drawing asked for is still to come.
  get isIdle() {
    return !this.isLate && this.wanted.size === 0 && [...this.loading.values()].every(({ spare }) => spare);
  }

  // A drawing has ended: start what it asked for.
  pump() {
    const nearest = [...this.wanted].sort(([, one], [, other]) => one.far - other.far);
    for (const [key, { load }] of nearest) {
      if (this.loading.size >= AT_ONCE) return;
      this.wanted.delete(key);
      this.load(key, load);
    }
    if (this.isLate) this.changed();
    const [next] = this.spare;
    if (!next || this.loading.size) return;
    this.spare.delete(next[0]);
    this.load(next[0], next[1].load, true);
  }

  async load(key, load, spare = false) {
    const coming = { stop: new AbortController(), spare };
    this.loading.set(key, coming);
    try {
      this.keep(key, await createImageBitmap(await load(coming.stop.signal)));
    } catch (error) {
      if (error.name === "AbortError") return;
      this.missing.set(key, performance.now());
      if (!coming.spare) setTimeout(this.changed, RETRY + 50);
    } finally {
      this.loading.delete(key);
      if (!coming.spare) this.changed();
      this.pump();
    }
  }

  keep(key, bitmap) {
    const bytes = bitmap.width * bitmap.height * 4;
    this.kept.set(key, { bitmap, bytes, drawn: false });
    this.bytes += bytes;
    for (const [oldest, { bitmap: old, bytes: less }] of this.kept) {
      if (this.bytes <= this.budget || this.kept.size <= 2) return;
      this.kept.delete(oldest);
      this.bytes -= less;
      old.close?.();
    }
  }

  // Draw an image of the page at once; a bitmap takes its place, so that it is not decoded again.
  adopt(key, image) {
    if (!image.naturalWidth || this.kept.has(key)) return;
    const kept = { bitmap: image, bytes: 0, drawn: false };
    this.kept.set(key, kept);
    this.changed();
    createImageBitmap(image).then((bitmap) => {
      if (this.kept.get(key) !== kept) return bitmap.close();
      kept.bitmap = bitmap;
      kept.bytes = bitmap.width * bitmap.height * 4;
      this.bytes += kept.bytes;
    }, () => {});
  }

  close() {
    for (const { stop } of this.loading.values()) stop.abort();
    for (const { bitmap } of this.kept.values()) bitmap.close?.();
    for (const map of [this.kept, this.wanted, this.spare]) map.clear();
    this.bytes = 0;
  }
}

export async function fetchBlob(url, signal, range) {
  const headers = range ? { Range: `bytes=${range[0]}-${range[1] - 1}` } : {};
  const response = await fetch(url, { signal, headers, credentials: "same-origin" });
  if (!response.ok) throw new Error(`${response.status} ${url}`);
  const blob = await response.blob();
  if (!range) return blob;
  // A server on the way that knows no ranges answers with the whole.
  const start = response.status === 206 ? 0 : range[0];
  return blob.slice(start, start + range[1] - range[0], "image/jpeg");
}
