// Passkeys: asks the browser for one, and puts what it answers into the form of the page, in base64. Nothing is fetched.
import { fromBase64, toBase64 } from "./signing.mjs";

const fromBase64url = (text) => fromBase64(text.replaceAll("-", "+").replaceAll("_", "/").padEnd(Math.ceil(text.length / 4) * 4, "="));
const text = (buffer) => toBase64(new Uint8Array(buffer ?? 0));
const keysOf = (list) => list.split(" ").filter(Boolean).map((id) => ({ type: "public-key", id: fromBase64(id) }));

export const noPasskeys = () => !globalThis.isSecureContext || !globalThis.PublicKeyCredential;
// The person turned it down, or was too slow, or the device has none, or has it already: nothing is broken.
export const isRefused = (error) => ["NotAllowedError", "InvalidStateError", "AbortError"].includes(error.name);

// `asked`: {challenge, site, allow: ids in base64, "" for whichever the device has}
export async function usePasskey(form, asked) {
  const { rawId, response } = await navigator.credentials.get({ publicKey: {
    challenge: fromBase64url(asked.challenge), rpId: asked.site, allowCredentials: keysOf(asked.allow), userVerification: "required", timeout: 240_000,
  } });
  const { credential, handle, client_data, data, signature } = form.elements;
  credential.value = text(rawId);
  handle.value = text(response.userHandle);
  client_data.value = text(response.clientDataJSON);
  data.value = text(response.authenticatorData);
  signature.value = text(response.signature);
}

// `asked`: {challenge, site, organisation, handle, account, person, exclude}. It stays in the device, so that it signs in without an account.
export async function makePasskey(form, asked) {
  const { response } = await navigator.credentials.create({ publicKey: {
    challenge: fromBase64url(asked.challenge), rp: { id: asked.site, name: asked.organisation },
    user: { id: fromBase64(asked.handle), name: asked.account, displayName: asked.person },
    pubKeyCredParams: [-7, -257].map((alg) => ({ type: "public-key", alg })), // ES256, RS256
    excludeCredentials: keysOf(asked.exclude), attestation: "none", timeout: 240_000,
    authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
  } });
  form.elements.client_data.value = text(response.clientDataJSON);
  form.elements.data.value = text(response.getAuthenticatorData());
}
