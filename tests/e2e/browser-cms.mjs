// The script of the pages, run by node; stock openssl looks at each thing it makes: browser-cms.mjs FOLDER
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { webcrypto } from "node:crypto";

globalThis.crypto ??= webcrypto; // Node 18 has it under this name only
const script = await import("../../engine/web/script/signing.mjs");
const der = await import("../../engine/web/script/der.mjs");
const folder = process.argv[2];
const openssl = (...words) => execFileSync("openssl", words, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
const must = (good, what) => { if (!good) throw new Error(what); };
const refused = (deed) => { try { deed(); return false; } catch { return true; } };

const pair = await script.makeKey();
writeFileSync(`${folder}/request.der`, await script.certificateRequest(pair, "tsai08"));
openssl("req", "-inform", "DER", "-in", "request.der", "-verify", "-noout");
must(openssl("req", "-inform", "DER", "-in", "request.der", "-subject", "-noout").toString().trim() === "subject=CN = tsai08, serialNumber = tsai08", "the request names another");
openssl("req", "-inform", "DER", "-in", "request.der", "-out", "request.pem");
writeFileSync(`${folder}/extensions`, "keyUsage=critical,digitalSignature,nonRepudiation\nextendedKeyUsage=emailProtection\n");
openssl("x509", "-req", "-in", "request.pem", "-CA", "root.pem", "-CAkey", "root.key", "-set_serial", "0x80ff01", "-days", "1",
  "-extfile", "extensions", "-outform", "DER", "-out", "person.der");
const certificate = new Uint8Array(readFileSync(`${folder}/person.der`));
const root = new Uint8Array(Buffer.from(readFileSync(`${folder}/root.pem`, "utf8").replace(/-----.*?-----|\s/g, ""), "base64"));
must(script.hex(script.certificateParts(certificate).key) === script.hex(await script.publicBytes(pair.publicKey)), "the key in the certificate is read wrongly");

// r and s begin with a zero octet or a set bit now and then, so one signature shows little.
const at = new Date().toISOString().slice(0, 19) + "Z";
const verify = (i, content) => openssl("cms", "-verify", "-binary", "-cades", "-inform", "DER", "-in", `${i}.p7s`, "-content", content, "-CAfile", "root.pem", "-out", "/dev/null");
for (let i = 0; i < 24; ++i) {
  const content = new TextEncoder().encode("核准 㐀𠮷 ".repeat(i * 37));
  writeFileSync(`${folder}/${i}.json`, content);
  writeFileSync(`${folder}/${i}.p7s`, await script.detachedSignature(pair.privateKey, content, certificate, [root], at));
  verify(i, `${i}.json`);
}
const file = new TextEncoder().encode("%PDF-1.7<0000>保密切結書");
writeFileSync(`${folder}/covered.pdf`, "%PDF-1.7保密切結書");
const within = (bytes, hole, holeEnd) => script.pdfSignature(pair.privateKey, { file: bytes, hole, holeEnd }, certificate, [root]);
writeFileSync(`${folder}/pdf.p7s`, await within(file, 8, 14));
verify("pdf", "covered.pdf");
must(!openssl("cms", "-cmsout", "-print", "-inform", "DER", "-in", "pdf.p7s").toString().includes("signingTime"), "a signature within a PDF states a time of its own");
const fails = (deed) => deed.then(() => false, () => true);
must(await fails(within(new TextEncoder().encode("{}<00>"), 2, 6)), "a statement is signed as a PDF");
must(await fails(within(file, 8, 20)), "something lies in the hole");

must(refused(() => verify(1, "2.json")), "openssl takes the signature for other bytes");

const raw = (text) => script.hex(text);
must(raw(der.integer(Uint8Array.of(0, 0, 0x80))) === "02020080" && raw(der.integer(Uint8Array.of(0, 0))) === "020100", "integers");
must(raw(der.time("2049-12-31T23:59:59Z")).startsWith("170d") && raw(der.time("2050-01-01T00:00:00Z")).startsWith("180f"), "times");
must(raw(der.octets(new Uint8Array(200))).startsWith("0481c8") && raw(der.octets(new Uint8Array(70000))).startsWith("0483011170"), "lengths");
must(raw(der.setOf(Uint8Array.of(4, 1, 2), Uint8Array.of(4, 2, 1, 1), Uint8Array.of(4, 1, 1))) === "310a04010104010204020101", "the order of a set");
must(refused(() => der.parts(Uint8Array.of(0x30, 5, 1))) && refused(() => der.time("soon")), "broken input is taken");
must(/^(\d{4} ){5}\d{4}$/.test(await script.spokenCode(certificate)), "the spoken code");
