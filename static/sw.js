// Lets the open book be read and written without a network. Served as /sw.js, behind a line that
// defines SHELL: {version, files, unhashed, static, offline, signIn, signOut}.
//
// Two caches: the files of the shell, one for each build; and the open book's pages, which are
// private and go when somebody signs out. Pages come from the network first.

const FILES = `throughline-files-${SHELL.version}`;
const BOOK = "throughline-book"; // as in lib/known.js
const PATIENCE = 6000; // ms for a page of which there is a copy
const STAMP = "X-Revision";
const AWAY = [502, 503, 504]; // a proxy speaks, and the studio does not

let signedOut = 0; // so that nothing is kept which was asked for before

self.addEventListener("install", (event) => {
  event.waitUntil(keepFiles().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOldFiles().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(event, url));
  else if (request.method === "GET" && url.pathname.startsWith(SHELL.static)) event.respondWith(file(request));
});

self.addEventListener("message", (event) => {
  if (event.data.type !== "keep") return;
  const kept = keepBook(event.data).then(
    () => event.ports[0]?.postMessage("kept"),
    (error) => console.warn("offline copy:", error.message), // the network went: the next page goes on
  );
  event.waitUntil(kept);
});

// --- files of the shell --------------------------------------------------------------------------
async function keepFiles() {
  const cache = await caches.open(FILES);
  const one = async (url) => {
    // Without cookies: what is kept for everyone holds nothing of anyone.
    const response = await fetch(url, { credentials: "omit", cache: SHELL.unhashed ? "no-cache" : "default" });
    if (response.ok && !response.redirected) await cache.put(url, response);
  };
  await Promise.allSettled([...SHELL.files, SHELL.offline].map(one));
}

async function dropOldFiles() {
  const old = (await caches.keys()).filter((name) => name.startsWith("throughline-files-") && name !== FILES);
  await Promise.all(old.map((name) => caches.delete(name)));
}

async function file(request) {
  const kept = await caches.match(request, { cacheName: FILES });
  if (kept && !SHELL.unhashed) return kept;
  try {
    const response = await fetch(request);
    if (response.status === 200) await keep(FILES, request, response.clone());
    return response;
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}

// --- pages ---------------------------------------------------------------------------------------
async function page(event, url) {
  const { request } = event;
  const reads = request.method === "GET";
  if (!reads && url.pathname === SHELL.signOut) await forget();
  const kept = reads ? await caches.match(url.pathname, { cacheName: BOOK }) : undefined;
  try {
    const answer = fetch(request);
    answer.catch(() => {}); // when nobody waits for it any more
    const response = await (kept ? Promise.race([answer, after(PATIENCE)]) : answer);
    if (AWAY.includes(response.status) && kept) return kept;
    if (response.ok && url.pathname === SHELL.signIn) await forget();
    if (response.status === 200 && kept && !url.search) event.waitUntil(renew(url.pathname, response.clone()));
    return response;
  } catch {
    if (!reads) return Response.redirect(SHELL.offline, 303); // a reload must not send it again
    return kept ?? (await caches.match(SHELL.offline, { cacheName: FILES })) ?? Response.error();
  }
}

const after = (time) => new Promise((_, reject) => setTimeout(() => reject(new Error("late")), time));

async function renew(path, response) {
  const then = signedOut;
  const body = await response.blob();
  if (then === signedOut && (await caches.has(BOOK))) await keep(BOOK, path, new Response(body, response));
}

async function keep(name, key, response) {
  const cache = await caches.open(name);
  await cache.put(key, response).catch((error) => console.warn("offline copy:", error.name));
}

// --- the open book -------------------------------------------------------------------------------
// pages: [{url, title, stamp}]; one after the other, and only those that changed.
async function keepBook({ title, language, pages }) {
  const then = signedOut;
  const cache = await caches.open(BOOK);
  const before = await (await cache.match("/?book"))?.json();
  const same = before?.version === SHELL.version; // else the pages name files of another build
  const wanted = new Set(pages.map(({ url }) => url));
  for (const { url } of await cache.keys()) {
    if (!wanted.has(new URL(url).pathname)) await cache.delete(url);
  }
  const list = (version) => new Response(JSON.stringify({ title, language, pages, version }));
  await cache.put("/?book", list(same ? SHELL.version : ""));
  for (const { url, stamp } of pages) {
    const kept = await cache.match(url);
    if (same && stamp && kept?.headers.get(STAMP) === stamp) continue;
    const response = await fetch(url, { headers: { Accept: "text/html" }, redirect: "error" });
    if (then !== signedOut) return;
    if (response.ok) await keep(BOOK, url, response);
  }
  await cache.put("/?book", list(SHELL.version));
}

async function forget() {
  signedOut += 1;
  await caches.delete(BOOK);
}
