// Pictures of the pages as the people of a demo store see them: gallery.mjs URL KEYS OUT
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Visitor, desk, phone } from "../tests/e2e/visitor.mjs";

const [base, keys, out] = process.argv.slice(2);
mkdirSync(out, { recursive: true });

// Page, who looks at it, path; the last opens the first link that fits when the path is not known beforehand.
const pages = [
  ["login", null, "/login"],
  ["home", "tsai08", "/"],
  ["agreement", "tsai08", "/agreements/nda-employee"],
  ["documents", "tsai08", "/documents"],
  ["document", "tsai08", "/documents/ISMS-01-002"],
  ["diff", "tsai08", "/documents/ISMS-01-002/diff?from=1.0&to=1.1"],
  ["search", "liu07", "/search?q=%E9%80%9A%E8%A1%8C%E7%A2%BC"],
  ["records", "lee09", "/records"],
  ["record", "lee09", "/records", "a[href^='/records/']"],
  ["review", "lee09", "/review?year=115"],
  ["retention", "hsu10", "/retention"],
  ["disposal", "hsu10", "/retention", "a[href^='/retention/']"],
  ["verify", "liu07", "/verify"],
  ["missing", "tsai08", "/documents/ISMS-09-999"],
];

for (const viewport of [phone, desk]) {
  const visitors = new Map();
  for (const [name, account, path, link] of pages) {
    if (!visitors.has(account)) {
      const visitor = await new Visitor(base, keys, account, viewport).open();
      if (account) await visitor.signIn();
      visitors.set(account, visitor);
    }
    const visitor = visitors.get(account);
    await visitor.go(path);
    if (link) {
      const first = visitor.page.locator(`main ${link}`).first();
      if (!(await first.count())) continue;
      await visitor.go(await first.getAttribute("href"));
    }
    await visitor.page.screenshot({ path: join(out, `${name}-${viewport.width}.png`), fullPage: false });
  }
  for (const visitor of visitors.values()) await visitor.close();
}
