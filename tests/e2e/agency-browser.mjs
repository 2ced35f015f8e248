// The auditor of s05-oidc.sh in a real browser, whose cookies keep to the rules of sites: agency-browser.mjs URL KEYS SUBJECT
import { Visitor, closeBrowser, desk } from "./visitor.mjs";

const [base, keys, subject] = process.argv.slice(2);
const visitor = await new Visitor(base, keys, "liu07", desk).open();
try {
  await visitor.go("/login?next=/documents");
  const page = visitor.page;
  await page.getByRole("link", { name: "以機關帳號登入" }).click();
  await page.locator('input[name="login"]').fill(subject);
  await page.locator('input[name="password"]').fill("x");
  await page.locator('button[type="submit"]').click();
  await page.locator('input[value="consent"]').waitFor({ state: "attached" });
  visitor.complaints.length = 0; // whatever the service's own pages did
  await page.locator('button[type="submit"]').click();
  await page.waitForURL(`${base}/documents`);
  await visitor.look();
  await visitor.expect("文件與紀錄管制程序");
} finally {
  await visitor.close();
  await closeBrowser();
}
