// The people of browser-signing.sh: browser-signing.mjs URL KEYS [FOLDER for pictures]
import { readFileSync } from "node:fs";
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
const signs = async (visitor, password = secret(keys, visitor.account, "password")) => {
  await visitor.expect("聲明全文");
  await visitor.page.getByLabel("登入密碼").fill(password);
  await visitor.press("簽署");
};
await fang.go(draft);
must((await fang.page.locator("#passphrase").count()) === 0, "a passphrase is asked for");
await fang.press("核准");
await picture(fang, "sign");
await fang.page.getByText("聲明全文").click();
await fang.look(); // it must not widen the page
await picture(fang, "sign-statement");
await signs(fang, "不是這個密碼，不是");
await fang.expect("沒有簽署任何內容；連續錯誤會鎖定帳號");

// The same person in another browser is told so, and nothing can be sent.
const elsewhere = await arrives("fang12", desk);
await elsewhere.go(draft);
await elsewhere.press("核准");
await elsewhere.expect("這個瀏覽器沒有您的金鑰");
must((await elsewhere.page.getByRole("button", { name: "簽署" }).count()) === 0, "it can be sent without a key");
await picture(elsewhere, "sign-lost");
await elsewhere.close();

await signs(fang);
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

// The other pages that sign: an agreement, then a destruction, which its executor signs twice beside the witness.
const tsai = await arrives("tsai08", phone);
await confirms("tsai08", await asks(tsai), "key-request-staff");
await tsai.go("/");
await tsai.page.getByRole("link", { name: "員工保密協定" }).click();
await tsai.look();
for (const field of await tsai.page.locator("[id^=f-]").all()) {
  const kind = await field.evaluate((f) => f.type);
  if (kind === "select-one") await field.selectOption({ index: 1 });
  else if (kind === "checkbox") await field.check();
  else await field.fill(kind === "date" ? "2026-11-22" : kind === "number" ? "1" : "蔡承恩");
}
await tsai.page.getByLabel("我已讀完全文").check();
await tsai.press("同意並簽署");
await picture(tsai, "sign-agreement");
const [pdf] = await Promise.all([tsai.page.waitForEvent("download"), tsai.page.getByRole("link", { name: "先看將要簽署的 PDF" }).click()]);
if (!readFileSync(await pdf.path()).subarray(0, 5).equals(Buffer.from("%PDF-"))) throw new Error("the PDF to be signed cannot be looked at");
await signs(tsai);
await tsai.expect("NDA-");
await tsai.close();

const opens = async (visitor) => {
  await visitor.go("/retention");
  await visitor.page.locator("main a[href^='/retention/']").first().click();
  await visitor.look();
};
const huang = await arrives("huang05", desk);
await huang.go("/retention");
await huang.passphrase();
await huang.press("提出並簽署");
await huang.close();
await opens(fang);
await fang.press("核准並簽署");
await signs(fang);
await fang.expect("已核准");
await fang.close();
const hsu = await arrives("hsu10", phone);
await confirms("hsu10", await asks(hsu), "key-request-executor");
for (const [words, last] of [["銷毀中", false], ["已銷毀", true]]) {
  await opens(hsu);
  await hsu.page.getByLabel("帳號").fill("wang03");
  await hsu.page.locator("#witness_passphrase").fill(secret(keys, "wang03", "passphrase"));
  await hsu.page.getByLabel("永久無法讀取").check();
  await hsu.press("執行銷毀");
  await signs(hsu);
  await hsu.expect(words);
  await picture(hsu, last ? "destroyed" : "destroying");
}
await hsu.close();

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
