// The service worker: keeps opened tickets and the scanner for places without network. Other pages are not kept.
// Its scope is the whole site, so it stays out of the way of everything that it does not keep.

const TICKETS = "fairs-tickets-1";
const DOOR = "fairs-door-1";
const DOOR_PAGE = "/door";
const ANY = { ignoreVary: true }; // one phone, one person: what it kept is right whatever else the request says
const PATIENCE = 3000; // milliseconds until a page that is kept stands in for a network that does not answer

const isTicket = (path) => /^\/[^/]+\/tickets\/[a-z2-7]{13}$/.test(path);
const isPass = (path) => /^\/door\/[^/]+$/.test(path);
const storeOf = (path) => (isTicket(path) ? TICKETS : path === DOOR_PAGE ? DOOR : null);

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(tidy()));

async function tidy() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith("fairs-") && name !== TICKETS && name !== DOOR);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

/** Whether an address is kept, with the newest answer that can be had. */
async function take(store, address, options) {
  try {
    const answer = await fetch(address, options);
    if (answer.ok) await store.put(address, answer);
    else if (answer.status < 500) return false;
  } catch {
    // without network what was kept before still stands
  }
  return Boolean(await store.match(address, ANY));
}

/** Keeps a page and its files; whether all of them are there. */
async function keep({ keep: path, files }) {
  const name = storeOf(path);
  if (!name) return false;
  await self.clients.claim(); // a page that was loaded past this worker, too, finds its files later
  const store = await caches.open(name);
  const kept = [take(store, path, { redirect: "manual" }), ...files.map((one) => take(store, one))];
  return (await Promise.all(kept)).every(Boolean);
}

self.addEventListener("message", (event) => {
  if (!event.data?.keep) return;
  const answer = (word) => event.ports[0]?.postMessage(word);
  event.waitUntil(keep(event.data).then((all) => answer(all ? "kept" : "missing"), () => answer("missing")));
});

/** The page from the network, and kept; or the kept one if the network is silent, slow or broken. */
async function page(request, path, name) {
  const store = await caches.open(name);
  const kept = await store.match(path, ANY);
  const fresh = fetch(request).then(async (answer) => {
    // a phone that is full must not lose the page that it has just got
    if (answer.ok) await store.put(path, answer.clone()).catch(() => {});
    else if (answer.status < 500) await store.delete(path); // signed out, cancelled, gone
    return answer;
  });
  if (!kept) return fresh;
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, kept));
  const answer = await Promise.race([fresh.catch(() => kept), late]);
  return answer.status >= 500 ? kept : answer;
}

/** The link of a day pass, opened again without network: the scanner that this phone keeps, which names its gate. */
async function pass(request) {
  try {
    return await fetch(request);
  } catch (silence) {
    if (!(await caches.match(DOOR_PAGE, { ...ANY, cacheName: DOOR }))) throw silence;
    return Response.redirect(DOOR_PAGE);
  }
}

async function file(request) {
  const kept = await caches.match(request.url.split("#")[0], ANY);
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
  } else if (request.mode === "navigate" && isPass(pathname)) {
    event.respondWith(pass(request));
  } else if (pathname.startsWith("/static/")) {
    event.respondWith(file(request));
  }
});
