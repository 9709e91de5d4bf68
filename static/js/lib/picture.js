// One version as something that can be drawn: a small copy at once, finer ones as they come, and
// tiles of the level that the zoom asks for.
import { around, corners, inverse } from "lib/affine";
import { fetchBlob } from "lib/bitmaps";

const THUMBS = ["256", "1024", "2048"];
const UNDER_TILES = "1024"; // what lies under the tiles until they are here; finer would be wasted

export class Picture {
  constructor(version, bitmaps) {
    this.version = version;
    this.bitmaps = bitmaps;
    this.index = null;
  }

  // The size as seen; previews tell when the file did not.
  get size() {
    return { width: this.version.width, height: this.version.height };
  }

  get names() {
    return THUMBS.filter((name) => this.version.thumbs[name]);
  }

  async learnTiles() {
    if (this.index || this.asking || !this.version.index) return;
    this.asking = true;
    try {
      const response = await fetch(this.version.index, { credentials: "same-origin" });
      if (response.ok) this.index = await response.json();
    } catch {
      // No network: a later drawing asks again.
    }
    this.asking = false;
    if (this.index) this.bitmaps.changed();
  }

  key(name) {
    return `${this.version.id}/${name}`;
  }

  thumb(name) {
    const url = this.version.thumbs[name];
    return url && this.bitmaps.get(this.key(name), (signal) => fetchBlob(url, signal));
  }

  // Begin with what the page itself shows of it, which comes while the page is read, so that the very
  // first drawing has something to draw; otherwise ask for the smallest copy.
  begin(image) {
    const name = image && this.names.find((each) => image.currentSrc.endsWith(this.version.thumbs[each]));
    if (!name) return this.thumb(this.names[0]);
    const take = () => this.bitmaps.adopt(this.key(name), image);
    if (image.complete) return take();
    image.addEventListener("load", take, { once: true });
    image.addEventListener("error", () => this.thumb(this.names[0]), { once: true });
  }

  // Whether anything of it can be drawn now, without a black frame.
  get isResident() {
    return THUMBS.some((name) => this.bitmaps.has(this.key(name)));
  }

  // Have a small copy of it once there is time, or the one that fits the longest side asked for, so
  // that a change to this version is never a change to nothing.
  foresee(longest = 0) {
    const { names } = this;
    const name = names.find((each) => Number(each) >= longest) ?? (longest ? UNDER_TILES : names[0]);
    const url = this.version.thumbs[name];
    if (url) this.bitmaps.foresee(this.key(name), (signal) => fetchBlob(url, signal));
  }

  // Draw the part of the picture that shows in `pane`. `place` is the affine map of its points, 0
  // to 1 both ways, to the screen's pixels. Tiles that are not here are asked for where it `fetches`.
  // Returns false when nothing was there yet.
  draw(context, place, pane, fetches = true) {
    const [a, b, left, d, e, top] = place;
    const size = { width: Math.hypot(a, d), height: Math.hypot(b, e) };
    const scale = size.width / this.size.width; // the screen's pixels for one of its own
    const isTiled = Boolean(this.version.tiles) && Math.max(size.width, size.height) > 2048;
    const here = { ...this.seen(place, pane, size), ...size, scale, upright: b === 0 && d === 0 };
    context.save();
    // The picture's upper left corner is the origin from here on, and its edges are the axes.
    context.transform(a / size.width, d / size.width, b / size.height, e / size.height, left, top);
    // From 200 % on a pixel is shown as a square; a small copy that stands in stays smooth.
    context.imageSmoothingEnabled = isTiled || scale < 2;
    const base = this.base(Math.max(size.width, size.height), isTiled);
    const level = isTiled && this.levelFor(scale);
    const isCovered = level && this.hasAll(level, here);
    if (base && !isCovered) context.drawImage(base, 0, 0, size.width, size.height);
    context.imageSmoothingEnabled = scale < 2;
    // Only the wanted level is fetched; a coarser one is drawn when it happens to be here.
    if (level?.coarser && !isCovered) this.drawLevel(context, here, level.coarser, false);
    if (level) this.drawLevel(context, here, level, fetches);
    context.restore();
    return Boolean(base);
  }

  // The part of the picture that the pane shows, in the picture's own axes and the screen's pixels.
  seen(place, pane, size) {
    const back = inverse(place);
    if (!back) return { x: 0, y: 0, across: 0, down: 0 };
    const box = around(corners(back, pane));
    return {
      x: box.x * size.width,
      y: box.y * size.height,
      across: box.width * size.width,
      down: box.height * size.height,
    };
  }

  // The finest small copy that is here; asks for the one that would do.
  base(longest, isTiled) {
    const { names } = this;
    const finest = isTiled && names.includes(UNDER_TILES) ? UNDER_TILES : names.at(-1);
    const enough = names.find((name) => Number(name) >= longest || name === finest) ?? finest;
    const isHere = (name) => this.bitmaps.has(this.key(name));
    for (const name of names) {
      if (name === enough || !names.some(isHere)) this.thumb(name);
      if (name === enough) break;
    }
    const here = names.filter(isHere);
    const best = here.filter((name) => Number(name) <= Number(enough)).at(-1) ?? here[0];
    return best ? this.thumb(best) : null;
  }

  // The coarsest level that still has a pixel for each pixel of the screen.
  levelFor(scale) {
    if (!this.index) {
      this.learnTiles();
      return null;
    }
    const { levels } = this.index;
    let wanted = 0;
    while (wanted + 1 < levels.length && levels[wanted + 1].width / levels[0].width >= scale) wanted++;
    const level = (number) => number < levels.length && { ...levels[number], number };
    return { ...level(wanted), coarser: level(wanted + 1) };
  }

  // The tiles of a level that show, each {at, x, y, step}: x, y its corner in the screen's pixels.
  *shown(level, here) {
    const { tile, levels } = this.index;
    const step = (levels[0].width / level.width) * here.scale; // the screen's pixels for one of the level
    const [left, top] = [here.x, here.y].map((side) => Math.max(0, Math.floor(side / step / tile)));
    const right = Math.min(level.cols - 1, Math.floor((here.x + here.across) / step / tile));
    const bottom = Math.min(level.rows - 1, Math.floor((here.y + here.down) / step / tile));
    for (let row = top; row <= bottom; row++) {
      for (let col = left; col <= right; col++) {
        yield { at: row * level.cols + col, x: col * tile * step, y: row * tile * step, step };
      }
    }
  }

  hasAll(level, here) {
    for (const { at } of this.shown(level, here)) {
      if (!this.bitmaps.canDraw(this.key(`${level.number}/${at}`))) return false;
    }
    return true;
  }

  drawLevel(context, here, level, fetches) {
    const { tile } = this.index;
    for (const { at, x, y, step } of this.shown(level, here)) {
      const range = [level.offsets[at], level.offsets[at + 1]];
      const load = fetches && ((signal) => fetchBlob(this.version.tiles, signal, range));
      const half = (tile * step) / 2;
      const far = Math.hypot(x + half - here.x - here.across / 2, y + half - here.y - here.down / 2);
      const bitmap = this.bitmaps.get(this.key(`${level.number}/${at}`), load, { far, patient: true });
      if (!bitmap) continue;
      place(context, bitmap, { x, y, right: x + bitmap.width * step, bottom: y + bitmap.height * step }, here.upright);
    }
  }
}

// Where the picture stands upright, rounded outwards, so that no seam shows between neighbours.
function place(context, bitmap, { x, y, right, bottom }, upright) {
  const [left, top] = upright ? [Math.floor(x), Math.floor(y)] : [x, y];
  const [across, down] = upright ? [Math.ceil(right), Math.ceil(bottom)] : [right, bottom];
  context.drawImage(bitmap, left, top, across - left, down - top);
}
