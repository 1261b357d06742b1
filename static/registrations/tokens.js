// Ticket tokens in the browser: the same texts and MACs as fairs/registrations/tickets.py, tested on the same
// vectors (tests/registrations/token_vectors.json).

export const STEP_SECONDS = 30;
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // Crockford's base32
const CODE = `[0-9A-F][${ALPHABET}]{12}`;
const MAC = `[${ALPHABET}]{16}`;
const VERSION = "0|[1-9][0-9]{0,5}";
const ROTATING = new RegExp(`^R(${VERSION})-(${CODE})-([1-9A-Z][0-9A-Z]{0,7})-(${MAC})$`);
const PRINTED = new RegExp(`^P(${VERSION})-(${CODE})-(${MAC})$`);
const TYPED = new RegExp(`^${CODE}$`);
const encoder = new TextEncoder();

/** The bytes of a text of hexadecimal digits. */
export function bytesOf(hex) {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

/** A key for HMAC-SHA-256 that no script can read back. */
export function keyOf(bytes) {
  return crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
}

async function hmac(key, text) {
  return new Uint8Array(await crypto.subtle.sign("HMAC", key, encoder.encode(text)));
}

/** The secret of one ticket, from the key of its event: for a rotating or a printed token. */
export async function secretOf(fairKey, claim) {
  return keyOf(await hmac(fairKey, claim.kind === "printed" ? `P${claim.code}` : claim.code));
}

async function macOf(secret, signed) {
  let number = 0n;
  for (const byte of (await hmac(secret, signed)).slice(0, 10)) number = (number << 8n) | BigInt(byte);
  let text = "";
  for (let shift = 75n; shift >= 0n; shift -= 5n) text += ALPHABET[Number((number >> shift) & 31n)];
  return text;
}

/** The number of the 30-second step at an instant in milliseconds. */
export const stepAt = (milliseconds) => Math.floor(milliseconds / 1000 / STEP_SECONDS);

/** The token that a phone shows at an instant, made with its ticket's secret. */
export async function rotatingToken(secret, version, code, milliseconds) {
  const signed = `R${version}-${code}-${stepAt(milliseconds).toString(36).toUpperCase()}`;
  return `${signed}-${await macOf(secret, signed)}`;
}

/** What a scanned or typed text claims to be; null if it is no ticket code of ours. */
export function read(token) {
  const text = token.trim();
  if (text.length > 100) return null;
  let found = ROTATING.exec(text);
  if (found) {
    const [, version, code, step, mac] = found;
    return { kind: "rotating", version: Number(version), code, step: parseInt(step, 36), mac };
  }
  found = PRINTED.exec(text);
  if (found) return { kind: "printed", version: Number(found[1]), code: found[2], step: 0, mac: found[3] };
  const typed = text
    .normalize("NFKC")
    .replace(/[\s\-‐-―−]/g, "")
    .toUpperCase()
    .replace(/[OIL]/g, (letter) => (letter === "O" ? "0" : "1"));
  return TYPED.test(typed) ? { kind: "typed", version: 0, code: typed, step: 0, mac: "" } : null;
}

/** What a claim proves against its secret at an instant: valid, stale, forged or unproven. */
export async function prove(claim, secret, milliseconds, toleranceSteps = 1) {
  if (claim.kind === "typed") return "unproven";
  const signed =
    claim.kind === "rotating"
      ? `R${claim.version}-${claim.code}-${claim.step.toString(36).toUpperCase()}`
      : `P${claim.version}-${claim.code}`;
  if ((await macOf(secret, signed)) !== claim.mac) return "forged";
  const away = Math.abs(stepAt(milliseconds) - claim.step);
  return claim.kind === "rotating" && away > toleranceSteps ? "stale" : "valid";
}
