// The service worker: keeps opened tickets and the scanner for places without network. Other pages are not kept.
// Its scope is the whole site, so it stays out of the way of everything that it does not keep.

const TICKETS = "fairs-tickets-1";
const DOOR = "fairs-door-1";
const PATIENCE = 3000; // milliseconds until a page that is kept stands in for a network that does not answer

const isTicket = (path) => /^\/[^/]+\/tickets\/[a-z2-7]{13}$/.test(path);
const storeOf = (path) => (isTicket(path) ? TICKETS : path === "/door" ? DOOR : null);

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(tidy()));

async function tidy() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith("fairs-") && name !== TICKETS && name !== DOOR);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function keep({ keep: path, files }) {
  const name = storeOf(path);
  if (!name) return;
  const store = await caches.open(name);
  const page = await fetch(path, { redirect: "manual" });
  if (page.ok) await store.put(path, page);
  const kept = files.map(async (file) => {
    const answer = await fetch(file);
    if (answer.ok) await store.put(file.split("#")[0], answer);
  });
  await Promise.allSettled(kept); // one file that is missing must not lose the others
}

self.addEventListener("message", (event) => {
  if (event.data?.keep) {
    event.waitUntil(keep(event.data).then(() => event.ports[0]?.postMessage("kept")).catch(() => {}));
  }
});

/** The page from the network, and kept; or the kept one if the network is silent, slow or broken. */
async function page(request, path, name) {
  const store = await caches.open(name);
  const kept = await store.match(path);
  const fresh = fetch(request).then(async (answer) => {
    if (answer.ok) await store.put(path, answer.clone());
    else if (answer.status < 500) await store.delete(path); // signed out, cancelled, gone
    return answer;
  });
  if (!kept) return fresh;
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, kept));
  const answer = await Promise.race([fresh.catch(() => kept), late]);
  return answer.status >= 500 ? kept : answer;
}

async function file(request) {
  const kept = await caches.match(request.url.split("#")[0]);
  if (!kept) return fetch(request);
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, kept));
  return Promise.race([fetch(request).catch(() => kept), late]);
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (request.method === "POST" && pathname === "/sign-out") {
    event.waitUntil(caches.delete(TICKETS)); // whoever holds the phone next must not find the ticket
    return;
  }
  if (request.method !== "GET") return;
  if (request.mode === "navigate" && storeOf(pathname)) {
    event.respondWith(page(request, pathname, storeOf(pathname)));
  } else if (pathname.startsWith("/static/")) {
    event.respondWith(file(request));
  }
});
