// Reads and checks exit slips in the browser, as `control/formats/slips.py` writes them.
const PREFIX = "TQ1";
const MARK = 4;
const SIGNATURE = 64;
const MINUTE = 60_000;
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const SIGNED_AS = new TextEncoder().encode("thongquan exit slip 1\n");

export function bytesOf(hex) {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

export function plainPlate(plate) {
  return plate.normalize("NFKC").toUpperCase().replace(/[^\p{L}\p{N}]/gu, "");
}

export async function canVerify() {
  try {
    await crypto.subtle.importKey("raw", new Uint8Array(32), { name: "Ed25519" }, false, ["verify"]);
    return true;
  } catch {
    return false;
  }
}

// Gives {slip} or {fault: "none" | "forged"}; keys are those of the page: {public_key}.
export async function readSlip(code, keys) {
  const raw = decoded(code.replace(/\s/g, "").toUpperCase());
  if (!raw || raw.length <= MARK + SIGNATURE) return { fault: "none" };
  const mark = raw.slice(0, MARK);
  const signature = raw.slice(MARK, MARK + SIGNATURE);
  const body = raw.slice(MARK + SIGNATURE);
  for (const key of keys) {
    if (await isSigned(bytesOf(key.public_key), mark, signature, body)) return parsed(body);
  }
  return { fault: "forged" };
}

async function isSigned(bytes, mark, signature, body) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  if (!mark.every((byte, place) => byte === digest[place])) return false;
  const key = await crypto.subtle.importKey("raw", bytes, { name: "Ed25519" }, false, ["verify"]);
  const message = new Uint8Array(SIGNED_AS.length + body.length);
  message.set(SIGNED_AS);
  message.set(body, SIGNED_AS.length);
  return crypto.subtle.verify({ name: "Ed25519" }, key, signature, message);
}

function parsed(body) {
  try {
    const [realm, serial, number, plate, gate, begin, minutes] = JSON.parse(new TextDecoder().decode(body));
    const from = new Date(begin * MINUTE);
    return { slip: { realm, serial, number, plate, gate, from, until: new Date((begin + minutes) * MINUTE) } };
  } catch {
    return { fault: "none" };
  }
}

function decoded(text) {
  if (!text.startsWith(PREFIX)) return null;
  const bytes = [];
  let bits = 0;
  let held = 0;
  for (const letter of text.slice(PREFIX.length)) {
    const value = LETTERS.indexOf(letter);
    if (value < 0) return null;
    held = (held << 5) | value;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((held >> bits) & 255);
      held &= (1 << bits) - 1;
    }
  }
  return Uint8Array.from(bytes);
}
