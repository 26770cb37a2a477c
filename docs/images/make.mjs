// Makes the README's pictures from the examples' reports: examples/reports && node docs/images/make.mjs
// Needs Chromium (CHROMIUM, else /usr/bin/chromium) and the packages of tests/browser (npm ci there).
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const here = new URL('.', import.meta.url);
const { chromium } = createRequire(new URL('../../tests/browser/package.json', here))('playwright-core');

// Each picture: its name, the report, light or dark, the section that it begins with, its width and height.
const pictures = [
  ['verdict', 'semarang-tahunan-2025.en', 'light', 'main', 1080, 860],
  ['verdict-dark', 'semarang-tahunan-2025.id', 'dark', 'main', 1080, 860],
  ['coverage', 'semarang-tahunan-2025.en', 'light', 'coverage', 1080, 760],
  ['map-dark', 'semarang-tahunan-2025.id', 'dark', 'map', 1080, 860],
];

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
for (const [name, report, colorScheme, section, width, height] of pictures) {
  const page = await browser.newPage({ colorScheme, reducedMotion: 'reduce', viewport: { width, height } });
  await page.goto(new URL(`../../target/reports/${report}.html`, here).href);
  if (section !== 'main') {
    await page.evaluate((id) => document.getElementById(id).scrollIntoView(), section);
  }
  await page.waitForTimeout(300);
  await page.screenshot({ path: fileURLToPath(new URL(`report-${name}.png`, here)) });
  await page.close();
}
await browser.close();
