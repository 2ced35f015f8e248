// DER (X.690), as far as a certificate request and a detached signature need it: values are built from the inside out,
// and a certificate is taken apart as far as its issuer, serial number and key.

export function joined(...parts) {
  const all = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

// Base 256, most significant first, without leading zeros.
function digits(number) {
  const all = [];
  for (let rest = number; rest > 0; rest = Math.floor(rest / 256)) all.unshift(rest % 256);
  return all;
}

export function value(tag, ...content) {
  const body = joined(...content);
  const size = digits(body.length);
  const length = body.length < 128 ? [body.length] : [128 | size.length, ...size];
  return joined(Uint8Array.from([tag, ...length]), body);
}

export const sequence = (...members) => value(0x30, ...members);
export const octets = (bytes) => value(0x04, bytes);
export const bits = (bytes) => value(0x03, Uint8Array.of(0), bytes);
export const utf8 = (text) => value(0x0c, new TextEncoder().encode(text));
export const printable = (text) => value(0x13, new TextEncoder().encode(text));
// [number], constructed.
export const tagged = (number, ...content) => value(0xa0 | number, ...content);

function compared(one, other) {
  for (let i = 0; i < Math.min(one.length, other.length); ++i) {
    if (one[i] !== other[i]) return one[i] - other[i];
  }
  return one.length - other.length;
}

// DER has one order for a SET OF (X.690 section 11.6). What is signed must stand in it, or a verifier that encodes the set anew
// digests other bytes than were signed.
export const sorted = (members) => joined(...[...members].sort(compared));
export const setOf = (...members) => value(0x31, sorted(members));

// A non-negative integer from its bytes.
export function integer(bytes) {
  let from = 0;
  while (from < bytes.length - 1 && bytes[from] === 0) ++from;
  const magnitude = bytes.subarray(from);
  return value(0x02, magnitude[0] & 0x80 ? Uint8Array.of(0) : new Uint8Array(), magnitude);
}

// "1.2.840.10045.4.3.2"
export function objectId(text) {
  const [first, second, ...rest] = text.split(".").map(Number);
  const base128 = (number) => {
    const groups = [number % 128];
    for (let left = Math.floor(number / 128); left > 0; left = Math.floor(left / 128)) groups.unshift(128 | left % 128);
    return groups;
  };
  return value(0x06, Uint8Array.from([first * 40 + second, ...rest.flatMap(base128)]));
}

// RFC 5652 section 11.3: UTCTime until 2049, GeneralizedTime from 2050 on. `instant` is "2026-11-22T08:00:00Z".
export function time(instant) {
  const compact = instant.replace(/[-:T]/g, "");
  if (!/^\d{14}Z$/.test(compact)) throw new Error(`no instant: ${instant}`);
  return compact < "2050" ? value(0x17, new TextEncoder().encode(compact.slice(2))) : value(0x18, new TextEncoder().encode(compact));
}

// The values that stand one after another in `der`, each with its own bytes (`whole`) and what is in it.
export function parts(der) {
  const found = [];
  for (let at = 0; at < der.length;) {
    const many = der[at + 1] & 0x80 ? der[at + 1] & 0x7f : 0;
    let size = many ? 0 : der[at + 1];
    for (let i = 0; i < many; ++i) size = size * 256 + der[at + 2 + i];
    const begin = at + 2 + many;
    if (!(begin + size <= der.length)) throw new Error("DER ends early");
    found.push({ whole: der.subarray(at, begin + size), content: der.subarray(begin, begin + size) });
    at = begin + size;
  }
  return found;
}
