// The ticket page: a QR code that changes every 30 seconds, made on the phone, also without network.
import { keep } from "./keeping.js";
import { STEP_SECONDS, bytesOf, keyOf, rotatingToken, stepAt } from "./tokens.js";

const OFFSET = "fairs-clock-offset"; // how far this phone's clock is behind the server's, in milliseconds
const QUIET = 4;
const sheet = document.getElementById("ticket");
const live = document.getElementById("ticket-live");
const { code, version, secret, clock } = sheet.dataset;
let offset = Number(localStorage.getItem(OFFSET) ?? 0);

/** Asks the server for the time, so that a phone whose clock is wrong shows good codes. */
async function setClock() {
  try {
    const sent = Date.now();
    const answer = await fetch(clock, { cache: "no-store", signal: AbortSignal.timeout(4000) });
    const { now } = await answer.json();
    offset = now - (sent + Date.now()) / 2;
    localStorage.setItem(OFFSET, String(offset));
  } catch {
    // without network the offset measured last is still right
  }
}

function draw(text) {
  const qr = globalThis.qrcode(0, "M");
  qr.addData(text, "Alphanumeric");
  qr.make();
  const count = qr.getModuleCount();
  let path = "";
  for (let row = 0; row < count; row += 1) {
    for (let column = 0; column < count; column += 1) {
      if (qr.isDark(row, column)) path += `M${column + QUIET} ${row + QUIET}h1v1h-1z`;
    }
  }
  const svg = live.querySelector("svg");
  const size = count + 2 * QUIET;
  svg.setAttribute("viewBox", `0 0 ${size} ${size}`);
  svg.setAttribute("shape-rendering", "crispEdges");
  const drawn = document.createElementNS("http://www.w3.org/2000/svg", "path");
  drawn.setAttribute("d", path);
  drawn.setAttribute("fill", "#000");
  svg.replaceChildren(drawn);
}

async function rotate() {
  const key = await keyOf(bytesOf(secret));
  const beat = live.querySelector("progress");
  let shown = 0;
  const tick = async () => {
    const now = Date.now() + offset;
    beat.value = STEP_SECONDS - ((now / 1000) % STEP_SECONDS);
    if (stepAt(now) === shown) return;
    shown = stepAt(now);
    draw(await rotatingToken(key, version, code, now));
  };
  await tick();
  live.hidden = false;
  document.getElementById("ticket-paper").hidden = true;
  setInterval(tick, 500);
  document.addEventListener("visibilitychange", tick);
}

/** A phone's screen must not go dark in the queue. */
async function stayAwake() {
  if (document.visibilityState !== "visible") return;
  await navigator.wakeLock?.request("screen").catch(() => {});
}

if (secret && globalThis.crypto?.subtle) {
  await rotate();
  setClock(); // not waited for: in a dead zone the code must be there at once
  window.addEventListener("online", setClock);
}
stayAwake();
document.addEventListener("visibilitychange", stayAwake);
document.getElementById("ticket-kept").hidden = !(await keep());
