// 以通行金鑰登入: the browser shows whose passkeys it has for this site; what the chosen one signs is sent with the form.
import { run, show } from "./show.mjs";
import { isRefused, noPasskeys, usePasskey } from "./webauthn.mjs";

const form = document.getElementById("use-passkey");
const button = form?.querySelector("button");

async function signIn() {
  button.disabled = true;
  try {
    await usePasskey(form, form.dataset);
    form.submit();
  } catch (error) {
    if (!isRefused(error)) throw error;
    button.disabled = false;
    show("cancelled");
  }
}

async function begin() {
  if (!form) return;
  if (noPasskeys()) return show("no-passkeys");
  show("ready");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run(signIn);
  });
  button.disabled = false;
}

run(begin);
