// The newest text that the studio is known to have of a scene, beside the offline copy of its page:
// that copy may be older. Only where there is an offline copy; it goes with it at sign-out.

const BOOK = "throughline-book"; // as in sw.js

const key = (url) => `${url}?known`;
const offline = async () => globalThis.caches && (await caches.has(BOOK));

export async function remember(url, known) {
  if (await offline()) await (await caches.open(BOOK)).put(key(url), new Response(JSON.stringify(known)));
}

// {revision, text}, or undefined
export async function recall(url) {
  if (!(await offline())) return undefined;
  const found = await (await caches.open(BOOK)).match(key(url));
  return found?.json();
}
