// Pictures of the pages as the people of a demo store see them: gallery.mjs URL KEYS OUT
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Visitor, closeBrowser, desk, phone } from "../tests/e2e/visitor.mjs";

const [base, keys, out] = process.argv.slice(2);
mkdirSync(out, { recursive: true });

// Name of the picture, who looks, path; then what to do before the picture is taken.
const pages = [
  ["login", null, "/login"],
  ["home", "fang12", "/"],
  ["agreement", "tsai08", "/agreements/nda-employee"],
  ["agreement-sign", "tsai08", "/agreements/nda-employee", (page) => page.locator("#sign").scrollIntoViewIfNeeded()],
  ["receipt", "tsai08", null],
  ["documents", "tsai08", "/documents"],
  ["document", "tsai08", "/documents/ISMS-01-002"],
  ["diff", "tsai08", "/documents/ISMS-01-002/diff?from=1.0&to=1.1"],
  ["approve", "fang12", "/documents/ISMS-01-002/review", (page) => page.locator("#step").scrollIntoViewIfNeeded()],
  ["own-key", "zhang04", "/documents/ISMS-01-002/review", (page) => page.locator("#step").scrollIntoViewIfNeeded()],
  ["search", "liu07", `/search?q=${encodeURIComponent("通行碼")}`],
  ["records", "lee09", "/records"],
  ["purpose", "liu07", "/records?form=nda-employee", (page, visitor) => open(visitor, "a[href^='/records/']")],
  ["record", "lee09", "/records", (page, visitor) => follow(visitor, "a[href^='/records/']")],
  ["review", "lee09", "/review?year=115"],
  ["retention", "hsu10", "/retention"],
  ["disposal", "fang12", "/retention", (page, visitor) => follow(visitor, "a[href^='/retention/']")],
  ["people", "wu06", "/people"],
  ["person", "wu06", "/people/chen01"],
  ["delegations", "fang12", "/delegations"],
  ["person-steps", "wu06", "/people/chen01", unfolded],
  ["access-reviews", "lee09", "/access-reviews"],
  ["authorisations", "chen01", "/authorisations", unfolded],
  ["rights", "fang12", "/rights"],
  ["audits", "fang12", "/audits", unfolded],
  ["key", "chen01", "/key"],
  ["verify", "liu07", "/verify"],
  ["verify-pdf", "liu07", "/verify-pdf"],
  ["paper", "tsai08", "/paper?id=ISMS-01-002&version=1.1&code=K7Q2-9M4T-1XWB"],
  ["missing", "tsai08", "/documents/ISMS-09-999"],
];

async function unfolded(page) {
  await page.locator("main details").evaluateAll((all) => all.forEach((one) => (one.open = true)));
}

async function open(visitor, link) {
  await visitor.go(await visitor.page.locator(`main ${link}`).first().getAttribute("href"));
}

async function follow(visitor, link) {
  await open(visitor, link);
  await visitor.purpose();
}

let receipt;
async function sign(visitor) {
  await visitor.go("/agreements/nda-employee");
  for (const field of await visitor.page.locator("[id^=f-]").all()) {
    const kind = await field.evaluate((f) => f.type);
    if (kind === "select-one") await field.selectOption({ index: 1 });
    else if (kind === "checkbox") await field.check();
    else await field.fill(kind === "date" ? "2026-11-22" : "蔡承恩");
  }
  await visitor.page.getByLabel("我已讀完全文").check();
  await visitor.passphrase();
  await visitor.press("同意並簽署");
  return new URL(visitor.page.url()).pathname;
}

for (const viewport of [phone, desk]) {
  const visitors = new Map();
  for (const [name, account, path, before] of pages) {
    if (!visitors.has(account)) {
      const visitor = await new Visitor(base, keys, account, viewport).open();
      if (account) await visitor.signIn();
      visitors.set(account, visitor);
    }
    const visitor = visitors.get(account);
    await visitor.go(path ?? (receipt ??= await sign(visitor)));
    if (before) await before(visitor.page, visitor);
    await visitor.page.screenshot({ path: join(out, `${name}-${viewport.width}.png`) });
  }
  for (const visitor of visitors.values()) await visitor.close();
}
await closeBrowser();
