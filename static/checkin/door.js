// The scanner. Every scan is written down first and then sent, so that nothing is lost with the network; without
// it the phone judges by itself. The screen is ready for the next person after every outcome.
import { keep } from "../registrations/keeping.js";
import { torch, watch } from "./camera.js";
import { Offline } from "./offline.js";
import { signal, wake } from "./signals.js";
import { queue } from "./store.js";

const PATIENCE = 2500; // milliseconds for the server's answer before the phone judges by itself
const SAME_CODE = 3000; // the same code in front of the camera is one scan
const LIST_EVERY = 60_000;
const KEEP_EVERY = 15_000;
const LOOK_EVERY = 4000; // a stop of entry must be seen within seconds
const SHOWN = { green: 1400, amber: 4000, red: 4000 };
const SIGNS = { green: "✓", amber: "!", red: "✕" };
const BATCH = 200;

const page = document.getElementById("door");
const part = (name) => document.getElementById(`door-${name}`);
const { pass, expires, scans, snapshot, now: doing, wasm } = page.dataset;
const words = JSON.parse(page.dataset.words);
const showings = JSON.parse(page.dataset.showings);
const offline = new Offline();
const state = { direction: page.dataset.direction, loud: true, online: navigator.onLine, conflicts: 0, ended: false, kept: false };
let last = { code: "", at: 0 };
let rest = null;
let flushing = null;

const say = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const hour = (time) =>
  new Intl.DateTimeFormat("zh-CN", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Shanghai" }).format(new Date(time));

/* ---- what is shown ---- */

function show({ tone, sentence, holder, slot, earlier }, mark = "") {
  const result = part("result");
  result.dataset.tone = tone;
  part("sign").textContent = SIGNS[tone];
  part("sentence").textContent = sentence;
  part("who").textContent = holder ? `${holder.name}  ${holder.number}` : "";
  const detail = [
    earlier && say(words.earlier, { time: hour(earlier.at), gate: earlier.gate }),
    slot && say(words.slot, { time: `${hour(slot.starts_at)}–${hour(slot.ends_at)}` }),
    mark,
  ];
  part("detail").textContent = detail.filter(Boolean).join("\n");
  result.hidden = false;
  signal(tone, state.loud);
  clearTimeout(rest);
  rest = setTimeout(rearm, SHOWN[tone]);
}

function rearm() {
  clearTimeout(rest);
  part("result").hidden = true;
}

function count({ inside, capacity }) {
  part("inside").textContent = inside;
  part("capacity").textContent = capacity || "—";
  const share = capacity ? inside / capacity : 0;
  part("count").dataset.level = share >= 1 ? "over" : share >= 0.8 ? "near" : "";
  part("level").textContent = share >= 1 ? words.over : share >= 0.95 ? words.near : "";
}

/** Entry is stopped (C6): the helper sees it before the next person comes. */
function stop(how, reason) {
  part("stop-word").textContent = how ? words[how] : "";
  part("stop-reason").textContent = how ? reason : "";
  if (part("stop").hidden === !how) return;
  part("stop").hidden = !how;
  if (how) signal("red", state.loud);
}

async function showState() {
  const all = await queue.all();
  const mine = all.filter((scan) => scan.pass === pass);
  const mode = part("mode");
  mode.dataset.mode = state.online ? "online" : "offline";
  mode.textContent = state.online ? words.online : words.offline;
  part("queue").textContent = mine.length ? say(words.queue, { n: mine.length }) : "";
  const minutes = offline.snapshot ? Math.floor((Date.now() - offline.snapshot.taken) / 60_000) : null;
  part("age").textContent = minutes === null ? words.none : minutes ? say(words.age, { n: minutes }) : words.fresh;
  const alone = part("kept");
  alone.hidden = state.ended;
  alone.dataset.kept = state.kept && minutes !== null ? "yes" : "";
  alone.textContent = alone.dataset.kept ? words.kept : !("serviceWorker" in navigator) ? words.bound : words.keeping;
  const notes = [
    state.ended && words.ended,
    state.conflicts && say(words.conflict, { n: state.conflicts }),
    all.length > mine.length && say(words.other, { n: all.length - mine.length }),
  ];
  part("notes").textContent = notes.filter(Boolean).join("\n");
}

/* ---- the network ---- */

async function ended() {
  state.ended = true;
  await offline.wipe();
  await showState();
}

async function send(items) {
  const body = { sent_at: new Date().toISOString(), scans: items.map(({ pass: _pass, local: _local, ...scan }) => scan) };
  const answer = await fetch(scans, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(items.length > 1 ? 30_000 : PATIENCE),
  });
  if (answer.status === 401) await ended();
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  const { results } = await answer.json();
  state.online = true;
  for (const [index, result] of results.entries()) await settle(items[index], result);
  return results;
}

/** The server's answer is final, unless it asks for the scan again. */
async function settle(item, result) {
  if (result.verdict === "again") return;
  await queue.remove(item.client_id);
  if (item.local === "green" && result.tone !== "green") state.conflicts += 1;
  await offline.remember(item.code, result.verdict, item.direction, Date.parse(item.scanned_at));
  count(result);
}

async function flush() {
  const mine = (await queue.all()).filter((scan) => scan.pass === pass);
  // in the order in which they happened: who leaves must have come
  const waiting = mine.sort((one, other) => one.scanned_at.localeCompare(other.scanned_at));
  try {
    if (waiting.length) await send(waiting.slice(0, BATCH));
  } catch {
    state.online = false;
  }
  await showState();
}

/** One upload at a time. */
function flushOnce() {
  flushing ??= flush().finally(() => (flushing = null));
  return flushing;
}

async function refresh() {
  if (state.ended) return;
  try {
    const answer = await fetch(snapshot, { cache: "no-store", signal: AbortSignal.timeout(15_000) });
    if (answer.status === 401) return void (await ended());
    const fresh = await answer.json();
    const waiting = (await queue.all()).some((scan) => scan.pass === pass);
    // what this phone did without network must not be forgotten before the server knows it
    if (!waiting) await offline.take(fresh);
    count(fresh);
    state.online = true;
  } catch {
    state.online = false;
  }
  await showState();
}

async function look() {
  if (state.ended || document.visibilityState !== "visible") return;
  try {
    const answer = await fetch(doing, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    if (answer.status === 401) return void (await ended());
    const seen = await answer.json();
    stop(seen.stop, seen.reason);
    count(seen);
  } catch {
    // without network the rest of the page says so; what was told last still stands
  }
}

/* ---- one scan ---- */

async function judgeHere(item) {
  if (!offline.snapshot) return { tone: "amber", sentence: words.saved, mark: words.savedHint };
  const at = Date.parse(item.scanned_at);
  const verdict = await offline.judge(item.code, item.direction, at);
  if (verdict === "unlisted") return { tone: "amber", sentence: words.unlisted, mark: words.offlineMark };
  await offline.remember(item.code, verdict, item.direction, at);
  const [tone, sentence] = showings[verdict];
  return { tone, sentence, mark: words.offlineMark };
}

async function scan(code, mode) {
  const text = code.trim();
  const now = Date.now();
  if (!text || (mode !== "manual" && text === last.code && now - last.at < SAME_CODE)) return;
  last = { code: text, at: now };
  if (state.ended || now >= Date.parse(expires)) {
    await ended();
    return show({ tone: "red", sentence: words.ended });
  }
  const scanned_at = new Date(now).toISOString();
  const item = { client_id: crypto.randomUUID(), code: text, direction: state.direction, scanned_at, mode, pass };
  await queue.put(item);
  try {
    const [result] = await send([item]);
    show(result);
  } catch {
    state.online = false;
    if (state.ended) return show({ tone: "red", sentence: words.ended });
    const { mark, ...judged } = await judgeHere(item);
    await queue.put({ ...item, mode: "offline", local: judged.tone });
    show(judged, mark);
  }
  await showState();
}

/* ---- hands ---- */

function point(direction) {
  state.direction = direction;
  for (const button of page.querySelectorAll("[data-way]")) {
    button.setAttribute("aria-pressed", String(button.dataset.way === direction));
  }
}

async function start() {
  wake();
  part("start").hidden = true;
  part("trouble").hidden = true;
  try {
    const track = await watch(part("video"), wasm, (text) => scan(text, "online"));
    part("torch").hidden = !(await torch(track, false));
    let lit = false;
    part("torch").addEventListener("click", () => torch(track, (lit = !lit)));
  } catch {
    part("start").hidden = false;
    part("trouble").textContent = words.noCamera;
    part("trouble").hidden = false;
  }
}

// A scanner gun types fast and ends with Enter, wherever the focus is.
let typed = "";
let typedAt = 0;
document.addEventListener("keydown", (event) => {
  if (event.target.matches("input") || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.timeStamp - typedAt > 300) typed = "";
  typedAt = event.timeStamp;
  if (event.key === "Enter" && typed.length >= 6) {
    event.preventDefault();
    scan(typed, "online");
    typed = "";
  } else if (event.key.length === 1) {
    typed += event.key;
  }
});

part("typed").addEventListener("submit", (event) => {
  event.preventDefault();
  const field = event.target.elements.code;
  scan(field.value, "manual");
  field.value = "";
  field.blur();
});
part("result").addEventListener("click", rearm);
part("start").addEventListener("click", start);
part("sound").addEventListener("click", (event) => {
  state.loud = !state.loud;
  event.currentTarget.setAttribute("aria-pressed", String(state.loud));
});
for (const button of page.querySelectorAll("[data-way]")) button.addEventListener("click", () => point(button.dataset.way));
window.addEventListener("online", flushOnce);
window.addEventListener("online", prepare);
window.addEventListener("offline", () => {
  state.online = false;
  showState();
});

/** What makes this phone independent of the network: the page with its files; tried again until it is there. */
async function prepare() {
  if (state.kept || state.ended) return;
  state.kept = await keep([wasm]); // the reader of codes is needed by the first code only
  await showState();
}

async function awake() {
  if (document.visibilityState === "visible") await navigator.wakeLock?.request("screen").catch(() => {});
}

point(state.direction);
await offline.load(pass);
await flushOnce();
await refresh();
await look();
page.dataset.ready = "yes";
setInterval(flushOnce, 5000);
setInterval(refresh, LIST_EVERY);
setInterval(look, LOOK_EVERY);
document.addEventListener("visibilitychange", awake);
awake();
prepare();
setInterval(prepare, KEEP_EVERY);
