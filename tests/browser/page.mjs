// Opens a report's page in Chromium, and hears everything that goes wrong there.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const { IKRAR_CHROMIUM, IKRAR_PAGES } = process.env;
export const LANGUAGES = ['en', 'id'];
export const SCHEMES = ['light', 'dark'];
export const REPORTS = ['semarang', 'hostile'];
export const STATUSES = ['complete', 'late', 'partial', 'missing', 'disputed', 'pending', 'retired'];

export const file = (name) => path.join(IKRAR_PAGES, name);
export const text = (name) => readFileSync(file(name), 'utf8');
export const report = (name) => JSON.parse(text(`${name}.json`));
export const number = (count, language) => new Intl.NumberFormat(language).format(count);

let browser = null;
// Chromium's own sandbox needs a user other than root; the pages are ours.
const start = () => {
  browser ??= chromium.launch({ executablePath: IKRAR_CHROMIUM, args: ['--no-sandbox'] });
  return browser;
};
export const stop = async () => (await browser)?.close();

// Runs `check` on a page, and fails where the page complained, asked anything of a network, or opened a dialog.
export const onPage = async (name, language, options, check) => {
  const context = await (await start()).newContext({ viewport: { width: 1280, height: 900 }, ...options });
  try {
    const page = await context.newPage();
    const wrong = [];
    const address = pathToFileURL(file(`${name}.${language}.html`)).href;
    page.on('console', (message) => wrong.push(`console: ${message.text()}`));
    page.on('pageerror', (error) => wrong.push(`error: ${error.message}`));
    page.on('dialog', (dialog) => { wrong.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
    page.on('popup', () => wrong.push('a window opened'));
    page.on('request', (request) => request.url() !== address && wrong.push(`request: ${request.url()}`));
    await page.goto(address);
    await check(page);
    assert.deepEqual(wrong, []);
  } finally {
    await context.close();
  }
};

// After the page has answered an event: a filter answers in the next frame.
export const settled = (page) => page.evaluate(() => new Promise((done) => {
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)));
}));

// The units that the list shows, in its order, all pages of it.
export const listed = async (page) => {
  for (let more = page.locator('#units-more'); await more.isVisible();) {
    await more.click();
  }
  return page.locator('#units tbody tr[data-unit]').evaluateAll((rows) => rows.map((row) => row.dataset.unit));
};
export const counts = (legend) => legend.evaluate((list) => Object.fromEntries([...list.children].map((item) => [
  item.dataset.status, Number(item.querySelector('b').textContent.replace(/[.,]/g, '')),
])));
// What a summary of the JSON report says of each status that has units.
export const present = (summary) => Object.fromEntries(STATUSES.filter((name) => summary[name]).map((name) => [name, summary[name]]));
