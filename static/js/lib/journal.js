// What the server does not have yet, kept on this device: one entry for each scene open in a tab.
// Strict durability: with the browser's own default, what was typed since the last flush is gone
// when the battery is.

const NAME = "throughline";
const STORE = "unsent";

let opening;

function open() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(STORE, { keyPath: "id" }).createIndex("scene", "scene");
    };
    request.onsuccess = () => {
      const db = request.result;
      // Another tab wants a newer form of the database, or the browser closed it: open anew next time.
      db.onversionchange = () => db.close();
      db.onclose = () => (opening = undefined);
      resolve(db);
    };
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new DOMException("blocked", "InvalidStateError"));
  }).catch((error) => {
    opening = undefined;
    throw error;
  });
  return opening;
}

async function run(mode, work) {
  const db = await open();
  return new Promise((resolve, reject) => {
    const transaction = db.transaction(STORE, mode, { durability: "strict" });
    const request = work(transaction.objectStore(STORE));
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onabort = () => reject(transaction.error ?? new DOMException("aborted", "AbortError"));
    transaction.commit?.(); // now, not when the page has time again: it may be about to go
  });
}

// entry: {id, scene, url, base, text, at, attempt: {key, base, text} | null}
export function keep(entry) {
  return run("readwrite", (store) => store.put(entry));
}

export function drop(id) {
  return run("readwrite", (store) => store.delete(id));
}

export function entriesOf(scene) {
  return run("readonly", (store) => store.index("scene").getAll(scene));
}

export function entries() {
  return run("readonly", (store) => store.getAll());
}

export function isFull(error) {
  return error?.name === "QuotaExceededError";
}

// crypto.randomUUID exists on https and localhost only; the studio may be read over plain http at home.
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
