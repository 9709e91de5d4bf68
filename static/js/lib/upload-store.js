// Files that the studio does not have yet, kept on this device: a page that is closed or reloaded
// goes on with them. Where there is no room for a file, it is sent all the same, and not kept.

const NAME = "throughline-uploads";
const STORE = "files";
const FLAG = "throughline:uploads"; // so that pages without any need not open the database

let opening;

function open() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "key" });
    request.onsuccess = () => {
      request.result.onversionchange = () => request.result.close();
      request.result.onclose = () => (opening = undefined);
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  }).catch((error) => {
    opening = undefined;
    throw error;
  });
  return opening;
}

async function run(mode, work) {
  const db = await open();
  return new Promise((resolve, reject) => {
    const transaction = db.transaction(STORE, mode);
    const request = work(transaction.objectStore(STORE));
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onabort = () => reject(transaction.error ?? new DOMException("aborted", "AbortError"));
  });
}

// entry: {key, query, name, size, file, at}. Answers whether there was room for it.
export async function keep(entry) {
  try {
    await run("readwrite", (store) => store.put(entry));
    localStorage.setItem(FLAG, "1");
    return true;
  } catch {
    return false;
  }
}

export async function drop(key) {
  try {
    await run("readwrite", (store) => store.delete(key));
    const left = await run("readonly", (store) => store.count());
    if (!left) localStorage.removeItem(FLAG);
  } catch {
    // what cannot be dropped now is found to be there already next time
  }
}

export const mayHold = () => localStorage.getItem(FLAG) !== null;

// All that is kept, oldest first, without the files themselves being read.
export async function entries() {
  if (!mayHold()) return [];
  const found = await run("readonly", (store) => store.getAll()).catch(() => []);
  return found.sort((one, other) => one.at - other.at);
}

// One tab at a time has a file; `work` is done while it is ours. Without locks (plain http) two tabs
// may send the same file: the studio takes its pieces from one of them.
export function hold(key, work, options = {}) {
  if (!navigator.locks) return work();
  return navigator.locks.request(`throughline:upload:${key}`, options, (lock) => (lock ? work() : undefined));
}
