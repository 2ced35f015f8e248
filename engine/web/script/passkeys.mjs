// 我的通行金鑰: makes one, or proves by one that its owner removes another. The forms are sent as any other.
import { run, show } from "./show.mjs";
import { isRefused, makePasskey, noPasskeys, usePasskey } from "./webauthn.mjs";

const making = document.getElementById("make-passkey");
const removing = document.getElementById("remove-passkey");
const byPasskey = document.getElementById("by-passkey");

async function send(form, ask) {
  try {
    await ask();
    form.submit();
  } catch (error) {
    if (!isRefused(error)) throw error;
    show("cancelled");
  }
}

async function begin() {
  if (!making) return;
  if (noPasskeys()) return show("no-passkeys");
  show("ready");
  making.addEventListener("submit", (event) => {
    event.preventDefault();
    run(() => send(making, () => makePasskey(making, making.dataset)));
  });
  making.querySelector("button").disabled = false;
  if (!byPasskey) return;
  byPasskey.addEventListener("click", () => {
    if (removing.elements.passkey.value) run(() => send(removing, () => usePasskey(removing, byPasskey.dataset)));
    else removing.reportValidity();
  });
  byPasskey.disabled = false;
}

run(begin);
