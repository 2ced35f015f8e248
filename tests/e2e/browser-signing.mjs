// The people of browser-signing.sh: browser-signing.mjs URL KEYS [FOLDER for pictures]
import { Visitor, closeBrowser, desk, phone, secret } from "./visitor.mjs";

const [base, keys, pictures] = process.argv.slice(2);
const draft = "/documents/ISMS-02-001/review";
const must = (good, what) => { if (!good) throw new Error(what); };

async function arrives(account, viewport) {
  const visitor = await new Visitor(base, keys, account, viewport).open();
  await visitor.signIn();
  return visitor;
}

// The page at both widths, as it stands.
async function picture(visitor, name) {
  if (!pictures) return;
  for (const [width, height] of [[390, 844], [1440, 900]]) {
    await visitor.page.setViewportSize({ width, height });
    await visitor.page.screenshot({ path: `${pictures}/${name}-${width}.png`, fullPage: true });
  }
  await visitor.page.setViewportSize(visitor.viewport);
}

async function asks(visitor) {
  await visitor.go("/key");
  await visitor.press("製作金鑰並申請憑證");
  await visitor.expect("等候確認");
  return (await visitor.page.locator("[data-code]").innerText()).trim();
}

async function confirms(account, code, name) {
  const admin = await arrives("wu06", desk);
  await admin.go("/");
  await admin.page.getByRole("link", { name: "金鑰申請" }).click();
  await admin.look();
  must((await admin.page.locator(".spoken").innerText()).trim() === code, "the two pages show different codes");
  await picture(admin, name);
  await admin.page.getByLabel("核對碼相同").check();
  await admin.passphrase();
  await admin.press("見證簽發");
  await admin.expect("憑證已簽發");
  await admin.close();
}

// As a script of the page would try it.
const stolen = (page) => page.evaluate(async () => {
  const opening = indexedDB.open("vermilion");
  const database = await new Promise((done) => { opening.onsuccess = () => done(opening.result); });
  const all = await new Promise((done) => { const r = database.transaction("keys").objectStore("keys").getAll(); r.onsuccess = () => done(r.result); });
  database.close();
  const tries = [];
  for (const key of all) {
    for (const form of ["pkcs8", "jwk"]) tries.push(await crypto.subtle.exportKey(form, key.privateKey).then(() => "given away", (e) => e.name));
  }
  return tries;
});

const fang = await arrives("fang12", phone);
await fang.go("/key");
await fang.expect("伺服器代管");
await picture(fang, "key");
const code = await asks(fang);
must(/^(\d{4} ){5}\d{4}$/.test(code), `no code: ${code}`);
await picture(fang, "key-waiting");
must((await stolen(fang.page)).join() === "InvalidAccessError,InvalidAccessError", "the private key can be taken out");
await confirms("fang12", code, "key-request");
await fang.go("/key");
await fang.expect("金鑰在這個瀏覽器，可以簽署");
await picture(fang, "key-ready");

// A wrong password first; then the approval.
const prepares = async () => {
  await fang.go(draft);
  must((await fang.page.locator("#passphrase").count()) === 0, "a passphrase is asked for");
  await fang.press("核准");
  await fang.expect("聲明全文");
};
const signs = async (password) => {
  await fang.page.getByLabel("登入密碼").fill(password);
  await fang.press("核准並簽署");
};
await prepares();
await picture(fang, "sign");
await fang.page.getByText("聲明全文").click();
await fang.look(); // it must not widen the page
await picture(fang, "sign-statement");
await signs("不是這個密碼，不是");
await fang.expect("登入失敗");

// The same person in another browser is told so, and nothing can be sent.
const elsewhere = await arrives("fang12", desk);
await elsewhere.go(draft);
await elsewhere.press("核准");
await elsewhere.expect("這個瀏覽器沒有您的金鑰");
must((await elsewhere.page.getByRole("button", { name: "核准並簽署" }).count()) === 0, "it can be sent without a key");
await picture(elsewhere, "sign-lost");
await elsewhere.close();

await signs(secret(keys, "fang12", "password"));
await fang.expect("已完成：核准");

// The browser's data are cleared.
await fang.go("/key");
await fang.page.evaluate(() => new Promise((done, failed) => {
  const gone = indexedDB.deleteDatabase("vermilion");
  gone.onsuccess = done;
  gone.onerror = failed;
}));
await fang.go("/key");
await fang.expect("這個瀏覽器沒有您的金鑰");
await picture(fang, "key-lost");
await confirms("fang12", await asks(fang), "key-request-again");
await fang.go("/key");
await fang.expect("金鑰在這個瀏覽器，可以簽署");
await fang.close();

// Without script the pages say so, and nothing can be sent.
const plain = await new Visitor(base, keys, "fang12", phone).open({ javaScriptEnabled: false });
await plain.page.goto(base + "/login");
await plain.page.locator("#account").fill("fang12");
await plain.page.locator("#password").fill(secret(keys, "fang12", "password"));
await plain.page.locator("main button").click();
await plain.page.goto(base + "/key");
must((await plain.page.locator("main").innerText()).includes("要開啟 JavaScript"), "nothing is said to who has no script");
must(await plain.page.locator("#make-key button").isDisabled(), "a request can be sent without script");
await plain.close();
await closeBrowser();
