// How fast a page is: node tests/browser/speed.mjs PAGE.html, with IKRAR_CHROMIUM as for `run`. Figures: docs/performance.md.
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const RUNS = 5;
const [file] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: process.env.IKRAR_CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox'] });
const median = (all) => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)];
const print = (what, all) => console.log(`${what}: median ${Math.round(median(all))} ms, worst ${Math.round(Math.max(...all))} ms`);

// Processor time of the page's main thread, which a busy machine does not lengthen as it does the clock's.
const worked = async (session) => {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration').value * 1000;
};
const opened = [];
const openedWork = [];
const settled = [];
const settledWork = [];
for (let run = 0; run < RUNS; run += 1) {
  const page = await browser.newPage();
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.goto(pathToFileURL(file).href, { waitUntil: 'commit' });
  // From the begin of navigation to a list that has rows, and a frame painted after that.
  opened.push(await page.evaluate(() => new Promise((done) => {
    const look = () => (document.querySelector('#units tbody tr') ? requestAnimationFrame(() => setTimeout(() => done(performance.now()))) : setTimeout(look, 5));
    look();
  })));
  openedWork.push(await worked(session));
  for (const letters of ['s', 'se', 'sem', 'semarang', '', '33.74']) {
    const before = await worked(session);
    settled.push(await page.evaluate((value) => new Promise((done) => {
      const field = document.querySelector('#filter-text');
      const from = performance.now();
      field.value = value;
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
      // The page answers in the next frame; the task after that frame's own painting ends the keystroke.
      requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(performance.now() - from))));
    }), letters));
    settledWork.push(await worked(session) - before);
  }
  await page.close();
}
print('opens until the list is usable', opened);
print('its main thread, processor time', openedWork);
print('a change of the filter settles', settled);
print('its main thread, processor time', settledWork);
await browser.close();
