// What a key in the browser signs: the request for its certificate (PKCS#10, RFC 2986), statements and PDFs (CMS, RFC 5652, with the
// attributes of CAdES-BES and of PAdES). ECDSA on P-256 with SHA-256 only. Written by hand so that it can be read: docs-src/adr/0012.
//
// The server checks both as strictly as if they came from anywhere: engine/crypto/cms.h.
import * as der from "./der.mjs";

const curve = { name: "ECDSA", namedCurve: "P-256" };
const ecdsa = { name: "ECDSA", hash: "SHA-256" };
const ids = {
  commonName: "2.5.4.3",
  serialNumber: "2.5.4.5",
  ecdsaWithSha256: "1.2.840.10045.4.3.2",
  sha256: "2.16.840.1.101.3.4.2.1",
  data: "1.2.840.113549.1.7.1",
  signedData: "1.2.840.113549.1.7.2",
  contentType: "1.2.840.113549.1.9.3",
  messageDigest: "1.2.840.113549.1.9.4",
  signingTime: "1.2.840.113549.1.9.5",
  signingCertificateV2: "1.2.840.113549.1.9.16.2.47",
};
const algorithm = (id) => der.sequence(der.objectId(id)); // no parameters: RFC 5754, RFC 5758
const attribute = (id, value) => der.sequence(der.objectId(id), der.setOf(value));
const one = der.integer(Uint8Array.of(1));

export const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
export const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
export const toBase64 = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
export const fromBase64 = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

// A fresh pair. The private key cannot be taken out of the browser, not even by this page.
export const makeKey = () => crypto.subtle.generateKey(curve, false, ["sign", "verify"]);
export const publicBytes = async (publicKey) => new Uint8Array(await crypto.subtle.exportKey("spki", publicKey));

// WebCrypto gives r and s side by side; certificates and CMS want them as SEQUENCE { r, s }.
async function signature(privateKey, bytes) {
  const both = new Uint8Array(await crypto.subtle.sign(ecdsa, privateKey, bytes));
  const half = both.length / 2;
  return der.sequence(der.integer(both.subarray(0, half)), der.integer(both.subarray(half)));
}

// Proof of possession. It names the account alone: it is kept in plain in the evidence.
export async function certificateRequest(pair, account) {
  const part = (id, text) => der.setOf(der.sequence(der.objectId(id), text));
  const subject = der.sequence(part(ids.commonName, der.utf8(account)), part(ids.serialNumber, der.printable(account)));
  const wish = der.sequence(der.integer(Uint8Array.of(0)), subject, await publicBytes(pair.publicKey), der.tagged(0));
  return der.sequence(wish, algorithm(ids.ecdsaWithSha256), der.bits(await signature(pair.privateKey, wish)));
}

// tbsCertificate: [0] version, serial number, algorithm, issuer, validity, subject, key (RFC 5280 section 4.1).
export function certificateParts(certificate) {
  const [body] = der.parts(der.parts(certificate)[0].content);
  const [, serial, , issuer, , , key] = der.parts(body.content);
  return { serial: serial.whole, issuer: issuer.whole, key: key.whole };
}

// Without `at` as a PDF wants it, which says itself when it was signed.
async function signedAttributes(content, certificate, at) {
  const named = der.sequence(der.sequence(der.sequence(der.octets(await sha256(certificate))))); // SHA-256 is the default of ESSCertIDv2
  return der.sorted([
    attribute(ids.contentType, der.objectId(ids.data)),
    ...(at ? [attribute(ids.signingTime, der.time(at))] : []),
    attribute(ids.messageDigest, der.octets(await sha256(content))),
    attribute(ids.signingCertificateV2, named),
  ]);
}

// The signature within a PDF, over all but the hole that is left for it. Nothing may be in the hole, for what is seen is what is signed; and
// what is no PDF is not signed by that name: a statement begins otherwise.
export async function pdfSignature(privateKey, { file, hole, holeEnd }, certificate, issuers) {
  const text = (from, to) => new TextDecoder("latin1").decode(file.subarray(from, to));
  if (text(0, 5) !== "%PDF-" || !/^<0*>$/.test(text(hole, holeEnd))) throw new Error("what is to be signed within a PDF is none");
  return detachedSignature(privateKey, der.joined(file.subarray(0, hole), file.subarray(holeEnd)), certificate, issuers, null);
}

// The detached signature over exactly `content`, claiming the instant `at`, with the certificates that lead to the root.
export async function detachedSignature(privateKey, content, certificate, issuers, at) {
  const { serial, issuer } = certificateParts(certificate);
  const attributes = await signedAttributes(content, certificate, at);
  // Signed as a SET, sent as [0]: RFC 5652 section 5.4.
  const signed = await signature(privateKey, der.value(0x31, attributes));
  const signer = der.sequence(one, der.sequence(issuer, serial), algorithm(ids.sha256), der.tagged(0, attributes),
    algorithm(ids.ecdsaWithSha256), der.octets(signed));
  const data = der.sequence(one, der.setOf(algorithm(ids.sha256)), der.sequence(der.objectId(ids.data)),
    der.tagged(0, der.sorted([certificate, ...issuers])), der.setOf(signer));
  return der.sequence(der.objectId(ids.signedData), der.tagged(0, data));
}

// What one person reads to another on the telephone to make sure of a key: 80 bits of its digest as 24 decimal digits in groups of
// four. identity/key_requests.h counts the same.
export async function spokenCode(publicKeyBytes) {
  const digest = await sha256(publicKeyBytes);
  let number = 0n;
  for (const byte of digest.subarray(0, 10)) number = number * 256n + BigInt(byte);
  return (number % 10n ** 24n).toString().padStart(24, "0").replace(/(\d{4})(?=\d)/g, "$1 ");
}
