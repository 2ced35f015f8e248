// The people of browser.sh: browser.mjs URL KEYS
import { closeBrowser, desk, must, people, phone, secret } from "./visitor.mjs";

const [base, keys] = process.argv.slice(2);
const as = people(base, keys);
const draft = "/documents/ISMS-02-001/review";

async function isPdf(page, path) {
  const answer = await page.request.get(base + path);
  must(answer.ok() && (await answer.body()).subarray(0, 5).toString() === "%PDF-", `${path} is no PDF: ${answer.status()}`);
}

async function step(visitor, name, done) {
  await visitor.go(draft);
  await visitor.passphrase();
  await visitor.press(name);
  await visitor.expect(done);
}

// Staff, on a phone: read, a wrong passphrase, sign, keep the receipt.
await as("tsai08", phone, async (visitor, page) => {
  await visitor.expect("員工保密協定");
  await page.getByRole("link", { name: "員工保密協定" }).click();
  await visitor.look();
  await visitor.expect("電子或紙本由您選擇");
  const fill = async (passphrase) => {
    for (const field of await page.locator("[id^=f-]").all()) {
      const kind = await field.evaluate((f) => f.type);
      if (kind === "select-one") await field.selectOption({ index: 1 });
      else if (kind === "checkbox") await field.check();
      else await field.fill(kind === "date" ? "2026-11-22" : kind === "number" ? "1" : "蔡承恩");
    }
    await page.getByLabel("我已讀完全文").check();
    await visitor.passphrase(passphrase);
    await visitor.press("同意並簽署");
  };
  await fill("這不是我的通行短語，這不是");
  await visitor.expect("簽章通行短語不正確");
  await fill();
  await visitor.expect("已簽署");
  await visitor.expect("NDA-");
  await isPdf(page, await page.getByRole("link", { name: "下載簽署本" }).getAttribute("href"));
  await page.getByRole("link", { name: "查看紀錄" }).click();
  await visitor.look();
  await page.getByText("加入附件").first().click();
  const content = Buffer.from("門禁卡於 115 年 11 月 2 日領用");
  await page.locator("#file").setInputFiles({ name: "門禁卡領用單.txt", mimeType: "text/plain", buffer: content });
  await visitor.passphrase();
  await visitor.press("加入並簽署");
  await visitor.expect("門禁卡領用單.txt");
  const attached = await page.context().request.get(base + (await page.getByRole("link", { name: "門禁卡領用單.txt" }).getAttribute("href")));
  must((await attached.body()).equals(content), "the attachment does not come back as it was sent");
  await visitor.go("/");
  must(!(await visitor.text()).includes("員工保密協定"), "the agreement still waits after it was signed");
  await visitor.go("/records");
  must((await visitor.go("/retention")).status() === 403, "staff see what is due for destruction");
  must((await visitor.go("/documents/ISMS-09-999")).status() === 404, "a document that is not there is found");
});

// The administrator adds somebody, on a phone.
await as("wu06", phone, async (visitor, page) => {
  await visitor.go("/people");
  await page.getByText("新增帳號").click();
  const form = page.locator("form[action='/people'][method=post]");
  for (const [name, value] of [["account", "lai20"], ["name", "賴怡安"], ["unit", "水保處"], ["number", "A10488"]])
    await form.locator(`[name=${name}]`).fill(value);
  await visitor.passphrase();
  await visitor.press("建立，待他人核准");
  await visitor.expect("臨時密碼");
  await page.getByRole("link", { name: "前往這個帳號" }).click();
  await visitor.look();
  await visitor.expect("尚未核准，不得使用");
});

// The author may not judge his own revision.
await as("chen01", desk, async (visitor, page) => {
  await visitor.go(draft);
  must((await page.getByRole("button", { name: /核准|審查/ }).count()) === 0, "the author is offered to judge");
});

await as("lin02", desk, (visitor) => step(visitor, "審查通過", "已完成：審查通過"));

await as("wang03", phone, async (visitor, page) => {
  await visitor.go(draft);
  if (await page.getByRole("button", { name: "會簽" }).count()) await step(visitor, "會簽", "已完成：會簽");
});

// Whose key is in a file of his own is told the command.
await as("zhang04", phone, async (visitor) => {
  await visitor.go(draft);
  await visitor.expect("--key-file zhang04.pem document approve ISMS-02-001 --version 1.1");
});

await as("fang12", phone, async (visitor, page) => {
  await isPdf(page, "/documents/ISMS-02-001/review.pdf?version=1.1");
  await step(visitor, "核准", "已完成：核准");
});

await as("huang05", desk, async (visitor, page) => {
  await step(visitor, "發行", "每年至少檢視一次");
  await isPdf(page, "/documents/ISMS-02-001/pdf?version=1.1");
});

// A disposal is proposed, taken back with a reason, and proposed anew: its records are free again.
await as("huang05", phone, async (visitor, page) => {
  const propose = async () => {
    await visitor.go("/retention");
    await visitor.passphrase();
    await visitor.press("提出並簽署");
  };
  await propose();
  await visitor.go("/retention");
  await page.locator("main a[href^='/retention/']").first().click();
  await page.getByText("撤回這一案").click();
  await visitor.look();
  await page.getByLabel("理由").fill("一筆須展延");
  await page.locator("#withdraw_passphrase").fill(secret(keys, "huang05", "passphrase"));
  await visitor.press("撤回並簽署");
  await visitor.expect("已撤回");
  await propose();
});

// The auditor searches, follows a hit to its clause, and has everything verified.
await as("liu07", desk, async (visitor, page) => {
  await visitor.go("/search");
  await page.getByLabel("詞句").fill("15 分鐘");
  await visitor.press("搜尋");
  must((await page.locator("mark").count()) > 0, "no hit is marked");
  await page.locator(".hits a").first().click();
  await visitor.look();
  must((await page.locator(":target").count()) === 1, `the hit leads to no clause: ${page.url()}`);
  for (const path of ["/documents", "/documents/ISMS-01-002/diff?from=1.0&to=1.1", "/documents/ISMS-01-002?at=2030-01-01", "/records"])
    await visitor.go(path);
  await visitor.go("/verify");
  await visitor.press("開始驗證");
  await visitor.expect("沒有發現問題");
});

await as("fang12", desk, async (visitor, page) => {
  await visitor.go("/retention");
  await page.locator("main a[href^='/retention/']").first().click();
  await visitor.look();
  await visitor.passphrase();
  await visitor.press("核准並簽署");
  await visitor.expect("已核准");
});

// Destroyed by two people together; the record answers with its certificate.
await as("hsu10", phone, async (visitor, page) => {
  await visitor.go("/retention");
  await page.locator("main a[href^='/retention/']").first().click();
  await visitor.look();
  const record = await page.locator("main a[href^='/records/']").first().getAttribute("href");
  await visitor.passphrase();
  await page.getByLabel("帳號").fill("wang03");
  await page.getByRole("textbox", { name: "簽章通行短語" }).last().fill(secret(keys, "wang03", "passphrase"));
  await page.getByLabel("永久無法讀取").check();
  await visitor.press("執行銷毀");
  await visitor.expect("已銷毀");
  await isPdf(page, await page.getByRole("link", { name: "銷毀證明" }).getAttribute("href"));
  const gone = await visitor.go(record);
  must(gone.status() === 410 || gone.status() === 404, `a destroyed record answers ${gone.status()}`);
});

// The secretary builds the pack.
await as("lee09", desk, async (visitor, page) => {
  await visitor.go("/review?year=115");
  must(await page.getByRole("img", { name: "量測指標" }).isVisible(), "the indicators are not drawn");
  await visitor.expect("缺漏事項");
  await isPdf(page, "/review/pdf?year=115");
  await visitor.go("/records");
  await page.locator("main a[href^='/records/']").first().click();
  await visitor.look();
  await visitor.purpose();
});

await closeBrowser();
