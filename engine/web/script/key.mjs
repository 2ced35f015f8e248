// 我的金鑰: makes a key in this browser, keeps it, and asks for its certificate. The form is sent as any other.
import { forgetOthers, findKey, keepKey, obstacle } from "./keystore.mjs";
import { run, show } from "./show.mjs";
import { certificateRequest, hex, makeKey, publicBytes, sha256, spokenCode, toBase64 } from "./signing.mjs";

const page = document.getElementById("browser-key");
const form = document.getElementById("make-key");

async function makeAndAsk() {
  const { account } = page.dataset;
  const pair = await makeKey();
  const spki = await publicBytes(pair.publicKey);
  const request = await certificateRequest(pair, account);
  await navigator.storage?.persist?.(); // asked for, not relied on
  await keepKey({ id: hex(await sha256(spki)), account, privateKey: pair.privateKey, spki, made: new Date() });
  form.elements.request.value = toBase64(request);
  form.submit();
}

async function begin() {
  const { account, certified, requested } = page.dataset;
  const why = obstacle();
  if (why) return show(why);
  await forgetOthers(account, [certified, requested]);
  const waiting = requested ? await findKey(requested) : null;
  const usable = certified ? await findKey(certified) : null;
  for (const place of document.querySelectorAll("[data-code]")) place.textContent = waiting ? await spokenCode(waiting.spki) : "";
  if (requested) show(waiting ? "waiting" : "waiting-elsewhere");
  else if (certified) show(usable ? "ready" : "lost");
  else show("none");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    form.querySelector("button").disabled = true;
    run(makeAndAsk);
  });
  form.querySelector("button").disabled = false;
}

run(begin);
