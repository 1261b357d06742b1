// Keeping the open page on the phone for a place without network.

/** Once everything that the page loads by itself is loaded; only then its files are known. */
async function loaded() {
  if (document.readyState === "complete") return;
  await new Promise((resolve) => window.addEventListener("load", resolve, { once: true }));
}

/**
 * Asks the service worker to keep this page with its files, and more that it will need later. Whether all of it is
 * kept and the worker answers for this page; a page says that it works without network only then.
 */
export async function keep(more = []) {
  if (!("serviceWorker" in navigator)) return false;
  const { active } = await navigator.serviceWorker.ready;
  await loaded();
  const urls = [...performance.getEntriesByType("resource").map((entry) => entry.name), ...more];
  const own = urls.map((url) => new URL(url, location.href)).filter((url) => url.pathname.startsWith("/static/"));
  const files = [...new Set(own.map((url) => url.href.split("#")[0]))];
  const channel = new MessageChannel();
  const answer = new Promise((resolve) => (channel.port1.onmessage = ({ data }) => resolve(data)));
  active.postMessage({ keep: location.pathname, files }, [channel.port2]);
  if ((await answer) !== "kept") return false;
  const { serviceWorker } = navigator;
  if (!serviceWorker.controller) {
    await new Promise((resolve) => serviceWorker.addEventListener("controllerchange", resolve, { once: true }));
  }
  return true;
}
