// @ts-check
// What the reader's parts do in Firefox: driven by WebDriver BiDi, told as one line of JSON.
// `node firefox.js PROGRAM ADDRESS`; the site at the address is `small` of tests/sites.py.
import puppeteer from "puppeteer-core";

const [program, site] = process.argv.slice(2);
const browser = await puppeteer.launch({
  browser: "firefox",
  executablePath: program,
  headless: true,
  extraPrefsFirefox: { "dom.serviceWorkers.enabled": true },
});
/** @type {Record<string, unknown>} */
const told = { version: await browser.version() };
const page = await browser.newPage();
/** @type {string[]} */
const faults = [];
page.on("pageerror", (error) => faults.push(String(error)));

/** @param {string} path */
const go = (path) => page.goto(site + path, { waitUntil: "load" });

/** @param {string} text */
const press = async (text) => {
  const handle = await page.waitForSelector(`::-p-xpath(//button[normalize-space()="${text}"])`);
  await handle?.evaluate((button) => /** @type {HTMLElement} */ (button).click());
};

/** @param {string} selector */
const textOf = (selector) => page.$eval(selector, (element) => element.textContent?.trim());

// A day: save, mark read, export.
await go("2021/12/19/");
await press("Save");
await page.waitForFunction(
  "JSON.parse(localStorage.getItem('saved:2112.10046') ?? '{}').authors?.length",
);
told.saved = await page.evaluate("JSON.parse(localStorage.getItem('saved:2112.10046')).path");
await press("Mark read");
told.read = await page.evaluate("localStorage.getItem('read:2021/12/19')");
await press("Export");
await page.waitForSelector("dialog[open]");
told.exported = await page.$eval("dialog[open] textarea, dialog[open] pre", (one) =>
  "value" in one ? one.value : one.textContent,
);

// The reading list, and what a reader follows.
await go("reading-list/");
await page.waitForSelector("main li a, main article a");
told.list = await page.evaluate(
  "[...document.querySelectorAll('main a')].map((a) => a.getAttribute('href')).find((h) => h.includes('#'))",
);
await go("authors/ada-quill.html");
await press("Follow");
await page.waitForSelector("button.follow[aria-pressed=true]");
told.followed = await page.evaluate("localStorage.getItem('interests')");

// The search, in its worker, with Pagefind's program.
await go("search/?q=teacup");
await page.waitForSelector("#search-results li a");
told.found = await textOf("#search-results li a");

// A copy of the day, by the offline worker.
await go("2021/12/19/");
await page.waitForFunction("navigator.serviceWorker.controller !== null");
told.worker = true;
told.faults = faults;
console.log(JSON.stringify(told));
await browser.close();
