// Judging without network: the event's keys, a list of tickets without names, and what this phone saw itself.
import { bytesOf, keyOf, prove, read, secretOf } from "../registrations/tokens.js";
import { kept } from "./store.js";
import { NEVER_SEEN, judge, moves } from "./verdict.js";

const OVERLAP = 30_000; // milliseconds
const DEVICE = "this"; // the only device whose repeats this phone can know of

export class Offline {
  constructor() {
    this.snapshot = null;
    this.seen = new Map();
  }

  /** Takes up what was kept for this pass before the page was opened. */
  async load(pass) {
    const snapshot = await kept.get("snapshot");
    if (snapshot?.pass === pass) {
      this.snapshot = snapshot;
      this.seen = (await kept.get("seen")) ?? new Map();
    }
  }

  /** Keeps a fresh snapshot; its keys become unreadable for scripts. */
  async take(fresh) {
    const keys = new Map();
    for (const [version, hex] of Object.entries(fresh.keys)) keys.set(Number(version), await keyOf(bytesOf(hex)));
    const tickets = new Map(fresh.tickets.map(([code, ...rest]) => [code, rest]));
    this.snapshot = { ...fresh, keys, tickets, ahead: Date.now() - fresh.now, taken: Date.now() };
    // what was scanned while the list was made may be missing in it
    const recent = [...this.seen].filter(([, seen]) => seen.last_scan_at > Date.now() - OVERLAP);
    this.seen = new Map(recent);
    await kept.put("snapshot", this.snapshot);
    await kept.put("seen", this.seen);
  }

  /** A helper's phone must not leave with keys. */
  async wipe() {
    this.snapshot = null;
    await kept.clear();
  }

  /** Remembers what a scan did, judged here or by the server. */
  async remember(code, verdict, direction, at) {
    const claim = read(code);
    if (!claim || !moves(verdict)) return;
    this.seen.set(claim.code, {
      inside: direction === "in",
      last_scan_at: at,
      last_device: DEVICE,
      last_direction: direction,
    });
    await kept.put("seen", this.seen);
  }

  /** The verdict on a code at an instant of this phone's clock; "unlisted" for a genuine ticket not on the list. */
  async judge(code, direction, at) {
    const { keys, tickets, ahead, ...door } = this.snapshot;
    const claim = read(code);
    const row = claim && tickets.get(claim.code);
    const key = claim && keys.get(claim.version);
    if (!claim || (!row && !key)) return "unknown";
    let proof = "unproven";
    if (claim.kind !== "typed") {
      if (!key) return "revoked_pass"; // a ticket of ours under a key that was retired
      proof = await prove(claim, await secretOf(key, claim), at - ahead);
      // under the key of another event the same token is genuine; here it can only be called not ours
      if (!row) return proof === "forged" ? "unknown" : "unlisted";
    }
    const [standing, slotStarts, slotEnds, inside] = row;
    const ticket = {
      event: "here",
      occurrence: "today",
      holder_kind: "student",
      standing,
      claim_kind: claim.kind,
      proof,
      slot_starts_at: slotStarts,
      slot_ends_at: slotEnds,
    };
    const there = { event: "here", occurrence: "today", direction, device: DEVICE };
    const seen = this.seen.get(claim.code);
    // kept by this phone's clock, judged by the server's: else a wrong clock would make a shaky hand a second person
    const presence = seen ? { ...seen, last_scan_at: seen.last_scan_at - ahead } : { ...NEVER_SEEN, inside };
    return judge(ticket, presence, { ...door, ...there }, at - ahead);
  }
}
