// The people of browser-delegation.sh: browser-delegation.mjs URL KEYS FIRST LAST [PICTURES]
import { camera, closeBrowser, desk, must, people, phone } from "./visitor.mjs";

const [base, keys, first, last, pictures] = process.argv.slice(2);
const as = people(base, keys);
const picture = camera(pictures, "delegation", { fullPage: true });

let given;

await as("fang12", phone, async (visitor, page) => {
  await visitor.go("/");
  await page.getByRole("link", { name: "代理", exact: false }).first().click();
  await visitor.look();
  await page.getByLabel("代理人的帳號").fill("fang12");
  await page.getByLabel("核准文件").check();
  await page.getByLabel("自 From").fill(first);
  await page.getByLabel("至（含當日）").fill(last);
  await page.getByLabel("事由").fill("赴高雄公差");
  await visitor.passphrase();
  await visitor.press("委託並簽署");
  await visitor.expect("代理人須為他人"); // and what was typed is still there
  await page.getByLabel("代理人的帳號").fill("tsai08");
  await picture(visitor, "refused");
  await visitor.passphrase();
  await visitor.press("委託並簽署");
  await visitor.expect("已完成並寫入日誌");
  await visitor.expect("赴高雄公差");
  given = new URL(page.url()).pathname;
  await picture(visitor, "own");
});

await as("tsai08", desk, async (visitor, page) => {
  await visitor.go("/delegations");
  await visitor.expect("方志遠 → 蔡承恩");
  await picture(visitor, "received");
  await visitor.go(given);
  must((await page.getByRole("button", { name: "終止並簽署" }).count()) === 0, "the deputy is offered the end");
  await visitor.go("/documents/ISMS-01-002/review");
  await page.getByRole("link", { name: "代理 方" }).click();
  await visitor.look();
  await picture(visitor, "acting");
  await visitor.passphrase();
  await visitor.press("核准");
  await visitor.expect("（代理 fang12）");
  await picture(visitor, "approved");
});

await as("fang12", phone, async (visitor) => {
  await visitor.go(given);
  await visitor.passphrase();
  await visitor.press("終止並簽署");
  await visitor.expect("已終止");
  await visitor.go("/delegations");
  await visitor.page.getByText("過去的 1 筆").click();
  await visitor.expect("方志遠 → 蔡承恩");
  await picture(visitor, "ended");
});

await closeBrowser();
