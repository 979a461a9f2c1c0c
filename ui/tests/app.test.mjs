// The report in a real browser: from disk, with the network off. REPORT names the file, CHROMIUM the browser.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";

const VIEWS = ["answer", "web", "loops", "cover", "time", "falls", "outlook", "argument", "evidence"];
const browserPath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const report = resolve(process.env.REPORT ?? "../report.html");
const skip = !existsSync(browserPath) ? `no browser at ${browserPath}` : !existsSync(report) ? `no report at ${report}` : false;
const address = pathToFileURL(report).href;
let browser;

before(async () => {
  if (skip) return;
  const { chromium } = await import("playwright-core");
  browser = await chromium.launch({ executablePath: browserPath, args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
});
after(() => browser?.close());

/** A page with the network off, which notes every request and every complaint. */
async function open(hash = "", options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, offline: true, ...options });
  const page = await context.newPage();
  page.asked = [];
  page.complaints = [];
  page.on("request", (request) => page.asked.push(request.url()));
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && page.complaints.push(message.text()));
  page.on("pageerror", (error) => page.complaints.push(error.message));
  await page.goto(address + hash);
  return page;
}

test("opens from disk with the network off, asks nobody and complains of nothing", { skip }, async () => {
  for (const view of VIEWS) {
    const page = await open(`#view=${view}`);
    assert.ok(await page.locator("#main").innerText(), view);
    assert.deepEqual(page.asked.filter((url) => !url.startsWith("file:")), [], view);
    assert.deepEqual(page.complaints, [], view);
    await page.context().close();
  }
});

test("every picture has a title with its finding, a text alternative, a table twin and three downloads", { skip }, async () => {
  for (const view of ["web", "loops", "cover", "time", "falls", "outlook", "argument"]) {
    const page = await open(`#view=${view}`);
    const figures = page.locator("figure");
    assert.ok((await figures.count()) > 0, view);
    const first = figures.first();
    assert.match(await first.locator("figcaption h2").innerText(), /\d/, `${view}: the title tells a number`);
    assert.match(await first.locator("figcaption .note").innerText(), /\d{4}-\d{2}-\d{2}|Amazon|NVIDIA/, `${view}: the date of knowledge`);
    assert.ok(await first.locator("svg[aria-label]").count(), view);
    await first.locator("summary").click();
    assert.ok((await first.locator("tbody tr").count()) > 1, `${view}: rows in the table`);
    for (const [name, start] of [["SVG", "<svg"], ["CSV", ""]]) {
      const download = page.waitForEvent("download");
      await first.getByRole("button", { name, exact: true }).click();
      const text = await readFile(await (await download).path(), "utf8");
      assert.ok(text.startsWith(start) && text.length > 60, `${view} ${name}`);
    }
    const png = page.waitForEvent("download");
    await first.getByRole("button", { name: "PNG", exact: true }).click();
    const bytes = await readFile(await (await png).path());
    assert.equal(bytes.subarray(1, 4).toString(), "PNG", view);
    await page.context().close();
  }
});

test("the slider goes back in time, places stay, and nothing later shows", { skip }, async () => {
  const page = await open("#view=web");
  const place = () => page.locator(".node[aria-label='OpenAI'] rect").getAttribute("y");
  const [title, y] = [await page.locator("figure figcaption h2").innerText(), await place()];
  await page.locator("input[type=range]").focus();
  for (let step = 0; step < 8; step++) await page.keyboard.press("ArrowLeft");
  const date = new URLSearchParams(new URL(page.url()).hash.slice(1)).get("date");
  assert.match(date, /^20(19|2\d)-\d{2}-\d{2}$/);
  assert.notEqual(await page.locator("figure figcaption h2").innerText(), title);
  assert.equal(await place(), y);
  const later = await open("#view=web&date=2025-10-01&pick=deal:nvidia-openai");
  const dates = await later.locator(".sheet .states time").allInnerTexts();
  assert.ok(dates.length > 0 && dates.every((day) => day <= "2025-10-01"), dates.join(" "));
  assert.match(await later.locator(".sheet").innerText(), /up to 100 bn USD/);
  const early = await open("#view=web&date=2019-01-01");
  assert.ok(await early.locator("#main").innerText());
});

test("the keyboard reaches everything: numbers, search, boxes, sheet, Escape", { skip }, async () => {
  const page = await open("");
  for (const [at, view] of VIEWS.entries()) {
    await page.keyboard.press(String(at + 1));
    assert.match(page.url() + (view === "answer" ? "view=answer" : ""), new RegExp(`view=${view}`));
  }
  await page.keyboard.press("2");
  await page.keyboard.press("/");
  await page.waitForFunction(() => document.activeElement?.id === "search");
  await page.keyboard.type("stargate");
  assert.match(await page.locator("#main").innerText(), /Stargate/);
  assert.match(page.url(), /q=stargate/);
  await page.locator("body").press("Escape");
  const web = await open("#view=web");
  await web.locator(".node[aria-label='NVIDIA']").focus();
  await web.keyboard.press("Enter");
  assert.match(await web.locator(".sheet h3").innerText(), /NVIDIA/);
  await web.locator(".sheet li button").first().focus();
  await web.keyboard.press("Enter");
  assert.ok((await web.locator(".sheet .states li").count()) > 0);
  await web.keyboard.press("Escape");
  assert.equal(await web.locator(".sheet").count(), 0);
});

test("the address holds the view: opened elsewhere it shows the same", { skip }, async () => {
  const page = await open("#view=web");
  await page.locator(".filters summary").click();
  await page.getByRole("checkbox", { name: "rumoured" }).uncheck();
  await page.locator(".node[aria-label='Oracle']").click();
  const there = new URL(page.url()).hash;
  const other = await open(there);
  assert.equal(await other.locator(".sheet h3").innerText(), await page.locator(".sheet h3").innerText());
  assert.equal(await other.locator(".line.fade").count(), await page.locator(".line.fade").count());
  await page.keyboard.press("4");
  await page.goBack();
  assert.match(page.url(), /view=web/);
});

test("a loop lights up in the web, and filters fade without changing numbers", { skip }, async () => {
  const page = await open("#view=loops");
  await page.getByRole("button", { name: "Show in the web" }).first().click();
  const [all, faded] = [await page.locator(".line").count(), await page.locator(".line.fade").count()];
  assert.ok(faded > 0 && faded < all, `${faded} of ${all}`);
  await page.keyboard.press("Escape");
  const title = await page.locator("figure figcaption h2").innerText();
  await page.locator(".filters summary").click();
  await page.getByRole("checkbox", { name: "purchases" }).uncheck();
  assert.equal(await page.locator("figure figcaption h2").innerText(), title);
});

test("English and Chinese", { skip }, async () => {
  const page = await open("#view=web&lang=zh");
  assert.equal(await page.locator("html").getAttribute("lang"), "zh-Hans");
  assert.match(await page.locator("nav.tabs").innerText(), /网络/);
  assert.ok(await page.locator(".node[aria-label='甲骨文']").count(), "Oracle in Chinese");
  await page.getByRole("button", { name: "English" }).click();
  assert.match(await page.locator("nav.tabs").innerText(), /Web/);
});

test("no sideways scrolling at 390 and 1440 points", { skip }, async () => {
  for (const width of [390, 1440]) {
    for (const view of VIEWS) {
      const page = await open(`#view=${view}`, { viewport: { width, height: 844 } });
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.equal(over, 0, `${view} at ${width}`);
      await page.context().close();
    }
  }
});

test("no violation of the accessibility rules, light and dark", { skip }, async () => {
  const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  for (const colorScheme of ["light", "dark"]) {
    for (const view of VIEWS) {
      // The checker itself is a script that the page's policy would refuse.
      const page = await open(`#view=${view}`, { colorScheme, bypassCSP: true });
      await page.evaluate(axe);
      const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
      const told = found.violations.map((rule) => `${rule.id}: ${rule.nodes.length}, ${rule.nodes[0].html.slice(0, 120)}`);
      assert.deepEqual(told, [], `${view}, ${colorScheme}`);
      await page.context().close();
    }
  }
});

test("without scripts, and in print, the plain page reads", { skip }, async () => {
  const page = await open("", { javaScriptEnabled: false });
  assert.ok(await page.getByRole("heading", { name: "Does revenue cover the commitments?" }).isVisible());
  const printed = await open("");
  await printed.emulateMedia({ media: "print" });
  assert.ok(await printed.locator("#plain h1").isVisible());
  assert.ok(!(await printed.locator("#app").isVisible()));
});

test("the first picture, told and not judged: its time with a processor four times slower", { skip }, async (t) => {
  const page = await open("about:blank".slice(11));
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  const start = Date.now();
  await page.reload();
  await page.locator("svg .node").first().waitFor();
  t.diagnostic(`first picture after ${Date.now() - start} ms`);
});
