// A person at a browser, for the stories and the gallery: signs in, opens pages, and has every page looked at by axe-core.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];

// One browser with a profile of its own that goes with it; each person has separate cookies and cache in it.
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", headless: true, args: flags });
export const closeBrowser = () => browser.close();

export const phone = { width: 390, height: 844 };
export const desk = { width: 1440, height: 900 };

export function secret(keys, account, kind) {
  return readFileSync(join(keys, `${account}.${kind}`), "utf8").split("\n")[0];
}

// The page's faults: what axe-core finds, a script, a broken policy, and text wider than the screen.
async function faults(page, policy) {
  await page.evaluate(axe); // the page's policy lets nothing in but what the debugger brings
  const found = await page.evaluate(async () => {
    const { violations } = await window.axe.run(document);
    return violations.map((v) => `${v.id}: ${v.help} ${v.nodes.slice(0, 3).map((n) => n.target.join(" ")).join(", ")}`);
  });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wide > 0) found.push(`${wide} px wider than the screen`);
  const ours = /^\/(key$|sign\/|login\/passkey$|account\/passkeys$)/.test(new URL(page.url()).pathname) ? ':not([type="module"][src^="/assets/"])' : "";
  if (await page.locator(`script${ours}`).count()) found.push("there is a script on the page");
  return found.concat(policy.splice(0));
}

export class Visitor {
  constructor(base, keys, account, viewport) {
    Object.assign(this, { base, keys, account, viewport, seen: [] });
  }
  async open(more = {}) {
    // Who asks for less motion gets no gliding pages: a click would meet a box that is still on its way.
    this.context = await browser.newContext({ ...more, ignoreHTTPSErrors: true, viewport: this.viewport, locale: "zh-TW", timezoneId: "Asia/Taipei", reducedMotion: "reduce" });
    this.context.setDefaultTimeout(120_000); // a busy machine is not a broken page
    this.page = await this.context.newPage();
    this.complaints = [];
    this.page.on("console", (m) => { if (m.type() === "error" && !/status of 4\d\d|status of 503/.test(m.text())) this.complaints.push(`console: ${m.text()}`); });
    // Told by the browser itself, before any script of the page.
    await this.page.exposeFunction("policyBroken", (what) => this.complaints.push(`policy: ${what}`));
    await this.page.addInitScript(() => addEventListener("securitypolicyviolation", (e) => window.policyBroken(`${e.violatedDirective} ${e.blockedURI}`)));
    this.page.on("pageerror", (e) => this.complaints.push(`error: ${e.message}`));
    return this;
  }
  async close() {
    await this.context.close();
  }
  async look() {
    const found = await faults(this.page, this.complaints);
    this.seen.push(new URL(this.page.url()).pathname);
    if (found.length) throw new Error(`${this.account} at ${this.page.url()} (${this.viewport.width} px):\n  ${found.join("\n  ")}`);
  }
  async go(path) {
    const answer = await this.page.goto(this.base + path);
    await this.look();
    return answer;
  }
  async press(name) {
    await Promise.all([this.page.waitForNavigation(), this.page.getByRole("button", { name }).click()]);
    await this.look();
  }
  async signIn() {
    await this.go("/login");
    await this.page.getByLabel("帳號").fill(this.account);
    await this.page.getByLabel("密碼").fill(secret(this.keys, this.account, "password"));
    await this.press("登入");
  }
  async passphrase(words = secret(this.keys, this.account, "passphrase")) {
    await this.page.getByRole("textbox", { name: "簽章通行短語" }).first().fill(words);
  }
  // Where the page asks for the purpose first: the first of the list.
  async purpose() {
    if (await this.page.locator("#purpose").count()) await this.press("開啟");
  }
  async text() {
    return this.page.locator("main").innerText();
  }
  async expect(words) {
    const text = await this.text();
    if (!text.includes(words)) throw new Error(`「${words}」 is not on ${this.page.url()}:\n${text.slice(0, 1500)}`);
  }
}

// A story's people: each signs in, does his deeds, signs out and is gone.
export const people = (base, keys) => async (account, viewport, deeds) => {
  const visitor = await new Visitor(base, keys, account, viewport).open();
  try {
    await visitor.signIn();
    await deeds(visitor, visitor.page);
    await visitor.press("登出");
    console.log(`${account} ${viewport.width} px: ${visitor.seen.length} pages`);
  } finally {
    await visitor.close();
  }
};

// Pictures of the page that somebody is on, at both widths, into a folder; of nothing without one.
export const camera = (folder, story, options = {}) => async (visitor, name) => {
  if (!folder) return;
  for (const size of [phone, desk]) {
    await visitor.page.setViewportSize(size);
    await visitor.look();
    await visitor.page.screenshot({ path: join(folder, `${story}-${name}-${size.width}.png`), ...options });
  }
  await visitor.page.setViewportSize(visitor.viewport);
};

export function must(good, what) {
  if (!good) throw new Error(what);
}
