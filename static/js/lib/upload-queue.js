// Brings files to the studio, two at a time, in pieces that go on where a connection broke; they
// become versions one after the other in the order in which they stand. Knows nothing of the page:
// files go in, `say(item)` comes out whenever one changes.
//
// States: "waits", "sending" {sent}, "sent" (its turn comes), "checking", "away" (the connection
// broke, it tries again), "paused", "signed-out", "fault"; and, at the end, "new", "already",
// "refused", each with what the studio told; "cancelled".
import { newKey } from "lib/journal";
import { csrfToken, renewToken, send } from "lib/request";
import { drop, hold, keep } from "lib/upload-store";

const AT_ONCE = 2;
const PIECE = 64 * 1024 * 1024; // a proxy that waits for a whole request costs no more than this
const HASHED = 64 * 1024 * 1024; // larger files are not read twice
const LONGEST_WAIT = 30_000;
const MOVING = ["waits", "sending", "sent", "checking", "away"];
const ENDED = ["new", "already", "refused", "cancelled"];

export const isMoving = (item) => MOVING.includes(item.state);
export const hasEnded = (item) => ENDED.includes(item.state);

export class UploadQueue {
  items = [];
  sending = 0;

  constructor(query, say) {
    this.query = query;
    this.say = say;
    window.addEventListener("online", () => this.items.forEach((item) => item.wake?.()));
  }

  add(file, name = file.name) {
    const item = { key: newKey(), query: this.query, name, size: file.size, file, at: Date.now(), state: "waits" };
    this.take(item);
    const { key, query, size, at } = item;
    keep({ key, query, name, size, file, at }).then((kept) => (item.kept = kept));
    return item;
  }

  // One that an earlier page kept.
  take(item) {
    Object.assign(item, { state: "waits", sent: 0, failures: 0 });
    this.items.push(item);
    this.say(item);
    hold(item.key, () => new Promise((free) => (item.free = free)));
    queueMicrotask(() => this.next());
    return item;
  }

  next() {
    for (const item of this.items) {
      if (this.sending >= AT_ONCE) return;
      if (item.state === "waits" && !item.busy) this.run(item);
    }
  }

  to(item, state, more = {}) {
    Object.assign(item, more, { state });
    this.say(item);
    if (!MOVING.includes(state)) this.items.forEach((other) => other.turn?.());
    if (ENDED.includes(state)) {
      drop(item.key);
      item.free?.();
      item.file = null;
    }
  }

  async run(item) {
    item.busy = true;
    this.sending += 1;
    try {
      if (!(await this.isKnown(item))) await this.bring(item);
    } catch (error) {
      if (!(error instanceof Stop)) {
        console.warn("upload", error);
        this.to(item, "fault");
      }
    } finally {
      this.sending -= 1;
      item.busy = false;
      this.next();
    }
    if (item.state === "sent") this.finish(item);
  }

  // The same bytes need not be sent.
  async isKnown(item) {
    if (item.asked || !globalThis.crypto?.subtle || item.size > HASHED) return false;
    item.asked = true;
    try {
      const bytes = await crypto.subtle.digest("SHA-256", await item.file.arrayBuffer());
      const sha256 = [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
      const asked = new URLSearchParams(this.queryOf(item));
      asked.set("sha256", sha256);
      asked.set("name", item.name);
      const answer = await send(`/uploads/known/?${asked}`, { method: "GET", headers: { Accept: "application/json" } });
      const { known } = await answer.json();
      if (known && isMoving(item)) this.to(item, known.state, { told: known });
      return Boolean(known);
    } catch {
      return false; // the studio will tell when it has it
    }
  }

  queryOf = (item) => item.query.replace(/^\?/, "");

  address = (item) => `/uploads/${item.key}/${item.query}`;

  // All pieces, from wherever the studio has it.
  async bring(item) {
    let offset = await this.patiently(item, () => this.ask(item));
    while (offset < item.size || (item.size === 0 && item.state === "waits")) {
      const from = offset;
      offset = await this.patiently(item, () => this.piece(item, from));
      item.failures = 0;
      if (item.size === 0) break;
    }
    this.to(item, "sent", { sent: item.size });
  }

  // Does `work` until it works: a connection that broke is waited for.
  async patiently(item, work) {
    for (;;) {
      if (!isMoving(item)) throw new Stop();
      const answer = await work();
      if (!isMoving(item)) throw new Stop();
      if (answer.offset !== undefined) return answer.offset;
      if (answer.told) this.stop(item, "refused", { told: answer.told });
      if (answer.status === 401) this.stop(item, "signed-out");
      if (answer.status === 403 && !item.renewed && renewToken()) {
        item.renewed = true;
        continue;
      }
      if ([400, 403, 404].includes(answer.status)) this.stop(item, "fault");
      await this.rest(item);
    }
  }

  stop(item, state, more) {
    this.to(item, state, more);
    throw new Stop();
  }

  async rest(item) {
    item.failures += 1;
    this.to(item, "away");
    const time = Math.min(LONGEST_WAIT, 1000 * 2 ** (item.failures - 1));
    await new Promise((go) => {
      item.wake = go;
      setTimeout(go, time);
    });
    item.wake = undefined;
  }

  async ask(item) {
    try {
      const answer = await send(this.address(item), { method: "HEAD", headers: { Accept: "application/json" } });
      if (!answer.ok) return { status: answer.status };
      return { offset: Math.min(Number(answer.headers.get("Upload-Offset")), item.size) };
    } catch {
      return { status: 0 };
    }
  }

  piece(item, offset) {
    return new Promise((resolve) => {
      const request = new XMLHttpRequest(); // fetch does not tell how far it is
      const end = Math.min(offset + PIECE, item.size);
      item.request = request;
      this.to(item, "sending", { sent: offset });
      request.upload.onprogress = ({ loaded }) => {
        if (item.state === "sending") this.to(item, "sending", { sent: offset + loaded });
      };
      request.onloadend = () => {
        item.request = undefined;
        const said = request.getResponseHeader("Upload-Offset");
        const status = request.status;
        if ((status === 204 || status === 409) && said !== null) resolve({ offset: Number(said) });
        else resolve({ status, told: status === 422 ? parsed(request.responseText) : undefined });
      };
      request.open("PATCH", this.address(item));
      request.setRequestHeader("Content-Type", "application/offset+octet-stream");
      request.setRequestHeader("Upload-Offset", offset);
      request.setRequestHeader("Upload-Length", item.size);
      request.setRequestHeader("Upload-Name", encodeURIComponent(item.name));
      request.setRequestHeader("X-CSRFToken", csrfToken());
      request.send(item.file.slice(offset, end));
    });
  }

  // The studio numbers files as they become versions: each waits for those before it.
  async finish(item) {
    try {
      await this.comesItsTurn(item);
      if (item.state !== "sent") return;
      const told = await this.told(item);
      if (told) this.to(item, told.state, { told });
      else if (item.state === "waits") this.next();
    } catch (error) {
      if (!(error instanceof Stop)) this.to(item, "fault");
    }
  }

  async comesItsTurn(item) {
    const before = () => this.items.slice(0, this.items.indexOf(item)).some(isMoving);
    while (before() && item.state === "sent") await new Promise((go) => (item.turn = go));
    item.turn = undefined;
  }

  async told(item) {
    for (;;) {
      this.to(item, "checking");
      const headers = {
        Accept: "application/json",
        "Upload-Length": item.size,
        "Upload-Name": encodeURIComponent(item.name),
      };
      const answer = await send(this.address(item), { headers }).catch(() => null);
      if (item.state === "cancelled" || item.state === "paused") throw new Stop();
      const body = await answer?.json().catch(() => null);
      if (body?.state) return body;
      if (answer?.status === 409) {
        this.to(item, "waits"); // the studio has less than we thought: send the rest
        return null;
      }
      if (answer?.status === 401) this.stop(item, "signed-out");
      if (answer?.status === 403 && renewToken() && !item.renewed) item.renewed = true;
      else if (answer && [400, 403, 404].includes(answer.status)) this.stop(item, "fault");
      else await this.rest(item);
    }
  }

  pause(item) {
    if (!isMoving(item) || item.state === "checking") return;
    this.to(item, "paused");
    item.request?.abort();
    item.wake?.();
    item.turn?.();
  }

  goOn(item) {
    if (isMoving(item) || hasEnded(item)) return;
    item.renewed = false;
    item.failures = 0;
    this.to(item, "waits");
    this.next();
  }

  cancel(item) {
    if (hasEnded(item)) return;
    this.to(item, "cancelled");
    item.request?.abort();
    item.wake?.();
    item.turn?.();
    send(this.address(item), { method: "DELETE" }).catch(() => {});
  }
}

class Stop extends Error {}

function parsed(text) {
  try {
    const told = JSON.parse(text);
    return told.state ? told : undefined;
  } catch {
    return undefined;
  }
}
