// One version as something that can be drawn: a small copy at once, finer ones as they come, and
// tiles of the level that the zoom asks for.
import { placed } from "lib/camera";
import { fetchBlob } from "lib/bitmaps";

const THUMBS = ["256", "1024", "2048"];

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

  // Whether anything of it can be drawn now, without a black frame.
  get isResident() {
    return THUMBS.some((name) => this.bitmaps.has(this.key(name)));
  }

  // Draw the part of the picture that shows in `pane`. Returns false when nothing was there yet.
  draw(context, camera, frame, pane) {
    const place = placed(this.size, frame);
    const scale = camera.zoom * (place.width / this.size.width); // device pixels per own pixel
    // On whole pixels of the screen, or a picture at 100 % would be smeared over two of them.
    const left = Math.round(pane.x + pane.width / 2 + (place.x - camera.cx) * camera.zoom);
    const top = Math.round(pane.y + pane.height / 2 + (place.y - camera.cy) * camera.zoom);
    const width = place.width * camera.zoom;
    const height = place.height * camera.zoom;
    const isTiled = Boolean(this.version.tiles) && Math.max(width, height) > 2048;
    context.imageSmoothingQuality = "high";
    // From 200 % on a pixel is shown as a square; a small copy that stands in stays smooth.
    context.imageSmoothingEnabled = isTiled || scale < 2;
    const base = this.base(Math.max(width, height));
    if (base) context.drawImage(base, left, top, width, height);
    context.imageSmoothingEnabled = scale < 2;
    if (isTiled) this.drawTiles(context, pane, { left, top, scale });
    return Boolean(base);
  }

  // The finest small copy that is here; asks for the one that would do.
  base(longest) {
    const names = THUMBS.filter((name) => this.version.thumbs[name]);
    const enough = names.find((name) => Number(name) >= longest) ?? names.at(-1);
    for (const name of names) {
      this.thumb(name);
      if (name === enough) break;
    }
    const here = names.filter((name) => this.bitmaps.has(this.key(name)));
    const best = here.filter((name) => Number(name) <= Number(enough)).at(-1) ?? here[0];
    return best ? this.thumb(best) : null;
  }

  drawTiles(context, pane, { left, top, scale }) {
    if (!this.index) {
      this.learnTiles();
      return;
    }
    const { tile, levels } = this.index;
    // The coarsest level that still has a pixel for each pixel of the screen.
    let wanted = 0;
    while (wanted + 1 < levels.length && levels[wanted + 1].width / levels[0].width >= scale) wanted++;
    for (let number = Math.min(wanted + 1, levels.length - 1); number >= wanted; number--) {
      const level = levels[number];
      const step = (levels[0].width / level.width) * scale; // screen pixels per level pixel
      const first = {
        col: Math.max(0, Math.floor((pane.x - left) / step / tile)),
        row: Math.max(0, Math.floor((pane.y - top) / step / tile)),
      };
      const last = {
        col: Math.min(level.cols - 1, Math.floor((pane.x + pane.width - left) / step / tile)),
        row: Math.min(level.rows - 1, Math.floor((pane.y + pane.height - top) / step / tile)),
      };
      for (let row = first.row; row <= last.row; row++) {
        for (let col = first.col; col <= last.col; col++) {
          const at = row * level.cols + col;
          const range = [level.offsets[at], level.offsets[at + 1]];
          // Only the wanted level is fetched; a coarser one is drawn when it happens to be here.
          const load = number === wanted && ((signal) => fetchBlob(this.version.tiles, signal, range));
          const bitmap = this.bitmaps.get(this.key(`${number}/${at}`), load);
          if (!bitmap) continue;
          // Rounded outwards, so that no seam shows between neighbours.
          const x = Math.floor(left + col * tile * step);
          const y = Math.floor(top + row * tile * step);
          const right = Math.ceil(left + (col * tile + bitmap.width) * step);
          const bottom = Math.ceil(top + (row * tile + bitmap.height) * step);
          context.drawImage(bitmap, x, y, right - x, bottom - y);
        }
      }
    }
  }
}
