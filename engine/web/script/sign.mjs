// 簽署: signs the statement as it stands on the page with the key of this browser, and sends the signature with the form. Who signs proves
// himself by the password in the form, or by a passkey.
import { findKey, obstacle } from "./keystore.mjs";
import { run, show } from "./show.mjs";
import { isRefused, noPasskeys, usePasskey } from "./webauthn.mjs";
import { certificateParts, detachedSignature, fromBase64, hex, pdfSignature, sha256, toBase64 } from "./signing.mjs";

const form = document.getElementById("sign");
const certificate = fromBase64(form.dataset.certificate);
const button = form.querySelector("button");

// The PDF that is signed in the same act, if there is one; the link gives exactly its bytes.
function pdfToSign() {
  const link = document.getElementById("pdf");
  if (!link) return null;
  const { pdf, hole, holeEnd } = link.dataset;
  const file = fromBase64(pdf);
  link.href = URL.createObjectURL(new Blob([file], { type: "application/pdf" }));
  link.hidden = false;
  return { file, hole: Number(hole), holeEnd: Number(holeEnd) };
}
const pdf = pdfToSign();

// What is signed is what is shown: the text of the page itself, not a copy that could say something else.
async function sign(key) {
  const shown = document.getElementById("statement").textContent;
  const statement = new TextEncoder().encode(shown);
  if (hex(await sha256(statement)) !== form.dataset.sha256) throw new Error("the statement on the page is not the one prepared");
  const issuers = [fromBase64(form.dataset.issuer)];
  const cms = await detachedSignature(key.privateKey, statement, certificate, issuers, JSON.parse(shown).at);
  form.elements.cms.value = toBase64(cms);
  if (pdf) form.elements.pdf_cms.value = toBase64(await pdfSignature(key.privateKey, pdf, certificate, issuers));
  form.submit();
}

const byPasskey = document.getElementById("by-passkey");

async function confirmAndSign(key) {
  try {
    await usePasskey(form, byPasskey.dataset);
  } catch (error) {
    if (isRefused(error)) return show("cancelled");
    throw error;
  }
  byPasskey.disabled = true;
  await sign(key);
}

async function begin() {
  const why = obstacle();
  if (why) return show(why);
  const key = await findKey(hex(await sha256(certificateParts(certificate).key)));
  if (!key) return show("lost");
  show("ready");
  if (!button) return; // first he shows at the agency's service who he is
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    button.disabled = true;
    run(() => sign(key));
  });
  button.disabled = false;
  if (!byPasskey || noPasskeys()) return;
  byPasskey.addEventListener("click", () => run(() => confirmAndSign(key)));
  byPasskey.disabled = false;
}

run(begin);
