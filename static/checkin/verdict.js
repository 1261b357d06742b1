// The door's rule in the browser, for a gate without network: the same verdicts as fairs/checkin/rules.py, tested
// on the same vectors (tests/checkin/verdict_vectors.json). Times are milliseconds; missing ones are null.

export const TOLERANCE = { early: 15 * 60_000, late: 30 * 60_000, repeat: 5_000 };
export const NEVER_SEEN = { inside: false, last_scan_at: null, last_device: "", last_direction: null };
const REFUSED = { waiting: "waiting", cancelled: "cancelled", revoked: "revoked_pass", expired: "expired_pass" };

function isRepeat(presence, door, at, tolerance) {
  return (
    presence.last_scan_at !== null &&
    presence.last_device === door.device &&
    presence.last_direction === door.direction &&
    Math.abs(at - presence.last_scan_at) <= tolerance.repeat
  );
}

function ticketRefused(ticket, door, presence) {
  if (ticket.occurrence !== door.occurrence) return "wrong_day";
  if (ticket.standing in REFUSED) return REFUSED[ticket.standing];
  if (ticket.proof === "stale") return "stale_code";
  return presence.inside ? "already_in" : null;
}

function doorRefused(ticket, door, at) {
  if (ticket.holder_kind === "staff") return null;
  if (at < door.opens_at || at >= door.closes_at) return "event_closed";
  return door.stop_entry ? "stop_entry" : null;
}

function slotRefused(ticket, presence, at, tolerance) {
  if (presence.last_scan_at !== null) return null;
  if (ticket.slot_starts_at !== null && at < ticket.slot_starts_at - tolerance.early) return "too_early";
  if (ticket.slot_ends_at !== null && at >= ticket.slot_ends_at + tolerance.late) return "wrong_slot";
  return null;
}

/** The verdict on one scan; ticket is null if it was not found. */
export function judge(ticket, presence, door, at, tolerance = TOLERANCE) {
  if (ticket === null) return "unknown";
  if (ticket.proof === "forged") return "forged_code";
  if (ticket.event !== door.event) return "wrong_event";
  if (isRepeat(presence, door, at, tolerance)) return "repeat";
  if (door.direction === "out") return presence.inside ? "out" : "not_inside";
  return (
    ticketRefused(ticket, door, presence) ??
    doorRefused(ticket, door, at) ??
    slotRefused(ticket, presence, at, tolerance) ??
    (ticket.claim_kind === "rotating" ? "in" : "in_check_id")
  );
}

/** Whether a verdict changes who is inside. */
export const moves = (verdict) => ["in", "in_check_id", "out"].includes(verdict);
