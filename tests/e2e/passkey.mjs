// The people of s05-passkey.sh: passkey.mjs URL URL-BY-ADDRESS KEYS [FOLDER for pictures]
import { Visitor, closeBrowser, desk, phone, secret } from "./visitor.mjs";

const [base, byAddress, keys, pictures] = process.argv.slice(2);
const must = (good, what) => { if (!good) throw new Error(what); };

// The page at both widths, as it stands.
async function picture(visitor, name) {
  if (!pictures) return;
  for (const [width, height] of [[390, 844], [1440, 900]]) {
    await visitor.page.setViewportSize({ width, height });
    await visitor.page.screenshot({ path: `${pictures}/${name}-${width}.png`, fullPage: true });
  }
  await visitor.page.setViewportSize(visitor.viewport);
}

// A computer with a chip that keeps passkeys; `credentials`: what it holds already.
async function withDevice(visitor, credentials = [], isUserVerified = true) {
  const devtools = await visitor.context.newCDPSession(visitor.page);
  await devtools.send("WebAuthn.enable");
  const { authenticatorId } = await devtools.send("WebAuthn.addVirtualAuthenticator", { options: {
    protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified, automaticPresenceSimulation: true,
  } });
  for (const credential of credentials) await devtools.send("WebAuthn.addCredential", { authenticatorId, credential });
  return async () => (await devtools.send("WebAuthn.getCredentials", { authenticatorId })).credentials;
}

const opened = (account, viewport, url = base) => new Visitor(url, keys, account, viewport).open();

async function byPasskey(visitor) {
  await visitor.go("/login/passkey");
  await visitor.press("使用通行金鑰");
}
const isIn = (visitor) => new URL(visitor.page.url()).pathname === "/";

// A key in the browser first: its signatures ask for a fresh proof. Then the passkey.
const lin = await opened("lin02", desk);
const credentials = await withDevice(lin);
await lin.signIn();
await lin.go("/key");
await lin.press("製作金鑰並申請憑證");
const admin = await opened("wu06", desk);
await admin.signIn();
await admin.go("/key/requests/lin02");
await admin.page.getByLabel("核對碼相同").check();
await admin.passphrase();
await admin.press("見證簽發");
await admin.close();

const adds = async (visitor, name, password) => {
  await visitor.page.getByLabel("名稱").fill(name);
  await visitor.page.locator("#make-passkey").getByLabel("登入密碼").fill(password);
  await visitor.press("登記");
};
await lin.go("/account/password");
await lin.page.getByRole("link", { name: "通行金鑰" }).click();
await adds(lin, "辦公室電腦", "不是這個密碼，不是");
await lin.expect("密碼不正確");
// That one stays in the device, unknown to the server; it must not open anything.
const orphans = await credentials();
await lin.go("/account/passkeys");
await adds(lin, "辦公室電腦", secret(keys, "lin02", "password"));
await lin.expect("已登記");
await picture(lin, "passkeys");
const [passkey] = (await credentials()).filter((one) => !orphans.some((o) => o.credentialId === one.credentialId));
must(passkey?.isResidentCredential && passkey.rpId === "localhost", "the passkey does not stay in the device");
must(!Buffer.from(passkey.userHandle, "base64").toString("latin1").includes("lin02"), "the handle tells the account");

// The passkey confirms a signature.
await lin.go("/documents/ISMS-02-001/review");
await lin.press("審查");
await lin.press("以通行金鑰確認並簽署");
await lin.expect("已完成：審查");
const [now] = (await credentials()).filter((one) => one.credentialId === passkey.credentialId);
await lin.press("登出");

// The password alone is no longer enough; the passkey is.
await lin.signIn();
await lin.expect("登入失敗");
await lin.close();
const again = await opened("lin02", phone);
await withDevice(again, [now]);
await again.go("/login");
await again.page.getByRole("link", { name: "改用通行金鑰登入" }).click();
await again.look();
await picture(again, "login-passkey");
await again.press("使用通行金鑰");
must(isIn(again), "the passkey did not sign in");

// A copy that counts from before, one that was never registered, and one whose owner is not verified.
for (const [what, held, verified] of [["a copy", [{ ...now, signCount: 1 }], true], ["an unknown one", orphans, true]]) {
  const thief = await opened("lin02", desk);
  await withDevice(thief, held, verified);
  await byPasskey(thief);
  await thief.expect("登入失敗");
  must(!isIn(thief), `${what} signed in`);
  await thief.close();
}
const finder = await opened("lin02", phone);
await withDevice(finder, [{ ...now, signCount: 100 }], false);
await finder.go("/login/passkey");
await finder.page.getByRole("button", { name: "使用通行金鑰" }).click();
await finder.page.getByText("通行金鑰沒有完成確認").waitFor();
await finder.look();
await finder.close();

// Removed by its owner, who proves himself by it; from then on it opens nothing, and the password does.
await again.go("/account/passkeys");
await again.page.getByRole("radio").check();
await again.press("以通行金鑰確認並移除");
await again.expect("已移除");
await again.press("登出");
await byPasskey(again);
await again.expect("登入失敗");
await again.signIn();
must(isIn(again), "the password does not sign in after the removal");
await again.close();

// By its address the site says why there are none.
const addressed = await opened("lin02", phone, byAddress);
await addressed.go("/login/passkey");
await addressed.expect("不能用於 IP 位址");
must((await addressed.page.getByRole("button", { name: "使用通行金鑰" }).count()) === 0, "offered by address");
await addressed.close();
await closeBrowser();
