// The people of browser-access.sh: browser-access.mjs URL KEYS [PICTURES]
import { camera, closeBrowser, desk, must, people, phone } from "./visitor.mjs";

const [base, keys, pictures] = process.argv.slice(2);
const as = people(base, keys);
const picture = camera(pictures, "access");

async function openReview(visitor) {
  await visitor.go("/access-reviews");
  if (pictures) await picture(visitor, "list");
  await visitor.page.getByRole("link", { name: "115年下半年" }).click();
  await visitor.look();
}

// Keeps every row that is shown but those of `revoked`.
async function decide(visitor, revoked = "") {
  for (const row of await visitor.page.locator(".decisions li").all()) {
    const going = revoked && (await row.innerText()).includes(revoked);
    await row.getByRole("radio", { name: going ? "撤銷" : "保留" }).check();
    await row.getByLabel("理由").fill(going ? "委外契約已屆滿" : "業務需要");
  }
}

await as("huang05", phone, async (visitor, page) => {
  await visitor.expect("115年下半年存取權限審查");
  await openReview(visitor);
  await picture(visitor, "rows");
  must(!(await page.locator(".decisions").innerText()).includes("黃美玲"), "she is to decide a row of her own");
  await visitor.passphrase();
  await visitor.press("送出決定並簽署");
  await visitor.expect("沒有決定任何一列");
  await decide(visitor, "kao13");
  await visitor.passphrase();
  await visitor.press("送出決定並簽署");
  must((await page.getByRole("button", { name: "送出決定並簽署" }).count()) === 0, "rows are left for her");
});

await as("tsai08", phone, async (visitor, page) => {
  await openReview(visitor);
  must(!(await visitor.text()).includes("高郁翔"), "staff see the rows of others");
  must((await page.getByRole("button").count()) === 1, "staff are offered a step");
});

await as("chen01", desk, async (visitor) => {
  await openReview(visitor);
  await decide(visitor);
  await visitor.passphrase();
  await visitor.press("送出決定並簽署");
});

await as("lee09", desk, async (visitor, page) => {
  await openReview(visitor);
  await page.getByLabel("具體建議").fill("委外契約屆滿當日停用帳號\n每月清查久未使用帳號");
  await picture(visitor, "proposals");
  await visitor.passphrase();
  await visitor.press("提出並簽署");
  await visitor.expect("每月清查久未使用帳號");
});

await as("fang12", phone, async (visitor) => {
  await openReview(visitor);
  await picture(visitor, "approval");
  await visitor.passphrase();
  await visitor.press("核准並簽署");
  await visitor.expect("尚未結束");
});

await as("wu06", desk, async (visitor, page) => {
  await visitor.expect("存取權限審查");
  await openReview(visitor);
  await visitor.passphrase();
  await visitor.press("執行撤銷並簽署");
  await visitor.expect("已完成");
  await visitor.expect("執行完畢");
  await picture(visitor, "done");
  const csv = await page.request.get(page.url() + "/csv");
  must((await csv.text()).includes("撤銷,委外契約已屆滿"), "the CSV lacks the decision");
});

await closeBrowser();
