// Decoded pieces of pictures, no more of them than fits: the ones not drawn for longest go first.
// Decoding happens off the main thread (createImageBitmap).

const PHONE = 96 * 1024 * 1024;
const LAPTOP = 384 * 1024 * 1024;
const AT_ONCE = 6;
const RETRY = 4000; // milliseconds until what failed is asked for again

export class Bitmaps {
  constructor(changed) {
    this.changed = changed;
    this.budget = matchMedia("(pointer: coarse)").matches ? PHONE : LAPTOP;
    this.bytes = 0;
    this.kept = new Map(); // key -> {bitmap, bytes} in the order of use
    this.wanted = new Map(); // key -> () => Promise<Blob>
    this.loading = new Map(); // key -> AbortController
    this.missing = new Map(); // key -> when it failed
  }

  // The bitmap, if it is here; asks for it otherwise.
  get(key, load) {
    const found = this.kept.get(key);
    if (found) {
      this.kept.delete(key);
      this.kept.set(key, found);
      return found.bitmap;
    }
    const failed = this.missing.get(key);
    if (load && !this.loading.has(key) && !(failed && performance.now() - failed < RETRY)) {
      this.wanted.set(key, load);
    }
    return null;
  }

  has(key) {
    return this.kept.has(key);
  }

  // Whether nothing that the last drawing asked for is still to come.
  get isIdle() {
    return this.wanted.size === 0 && this.loading.size === 0;
  }

  // Forget what was asked for by the last drawing and start what this one asked for, in order.
  pump() {
    for (const [key, load] of this.wanted) {
      if (this.loading.size >= AT_ONCE) break;
      this.wanted.delete(key);
      this.load(key, load);
    }
  }

  // A drawing begins: what the last one asked for and did not get is forgotten.
  begin() {
    this.wanted.clear();
  }

  async load(key, load) {
    const stop = new AbortController();
    this.loading.set(key, stop);
    try {
      const bitmap = await createImageBitmap(await load(stop.signal));
      const bytes = bitmap.width * bitmap.height * 4;
      this.kept.set(key, { bitmap, bytes });
      this.bytes += bytes;
      this.evict();
    } catch (error) {
      if (error.name === "AbortError") return;
      this.missing.set(key, performance.now());
      setTimeout(this.changed, RETRY + 50);
    } finally {
      this.loading.delete(key);
      this.changed();
      this.pump();
    }
  }

  evict() {
    for (const [key, { bitmap, bytes }] of this.kept) {
      if (this.bytes <= this.budget || this.kept.size <= 2) return;
      this.kept.delete(key);
      this.bytes -= bytes;
      bitmap.close();
    }
  }

  close() {
    for (const stop of this.loading.values()) stop.abort();
    for (const { bitmap } of this.kept.values()) bitmap.close();
    this.kept.clear();
    this.wanted.clear();
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
