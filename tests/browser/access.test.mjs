// WCAG 2.2 AA as far as axe-core sees it, narrow and magnified pages, motion, and a page without its program.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, test } from 'node:test';
import { LANGUAGES, REPORTS, SCHEMES, counts, onPage, present, report, settled, stop } from './page.mjs';

after(stop);

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const violations = async (page) => {
  // Evaluated by the debugger, which the page's own policy does not bind.
  await page.evaluate(axe);
  const found = await page.evaluate((tags) => globalThis.axe.run(document, { runOnly: tags }), TAGS);
  assert.ok(found.passes.length > 20, 'axe-core looked at next to nothing');
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => `${node.html.slice(0, 160)} ${node.failureSummary}`).join(' | ')}`);
};
const unfold = async (page) => {
  await page.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.open = true; }));
  await page.locator('#units tbody button').first().click();
  await page.locator('#matrix-all').check();
};

for (const language of LANGUAGES) {
  for (const name of REPORTS) {
    for (const colorScheme of SCHEMES) {
      test(`axe-core finds a violation: ${name}, ${language}, ${colorScheme}`, () => onPage(name, language, { colorScheme }, async (page) => {
        assert.equal(await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches), colorScheme === 'dark');
        await page.locator('#units th[data-sort="status"] button').click();
        await settled(page);
        await unfold(page);
        assert.deepEqual(await violations(page), []);
      }));
    }

    // 200 % of a window of 640 pixels is 320 CSS pixels, which is also 400 % of 1280.
    test(`a narrow or magnified page scrolls sideways: ${name}, ${language}`, () => onPage(
      name, language, { viewport: { width: 320, height: 640 }, deviceScaleFactor: 2 }, async (page) => {
        await unfold(page);
        await settled(page);
        const [scroll, client, wide] = await page.evaluate(() => {
          const width = document.documentElement.clientWidth;
          const inside = (one) => one.closest('.scroll, .quiet, .skip, svg, pre') !== null;
          const over = [...document.body.querySelectorAll('*')].filter((one) => one.checkVisibility() && !inside(one) && one.getBoundingClientRect().right > width + 1);
          return [document.documentElement.scrollWidth, width, over.map((one) => one.outerHTML.slice(0, 160))];
        });
        assert.deepEqual(wide.slice(0, 5), []);
        assert.ok(scroll <= client, `${scroll} px of content in ${client} px`);
        const small = await page.locator('button:visible, select:visible, input:visible, summary:visible').evaluateAll((all) => all.filter((one) => {
          const { width, height } = one.getBoundingClientRect();
          return width < 24 || height < 24;
        }).map((one) => one.outerHTML.slice(0, 120)));
        assert.deepEqual(small, []);
      },
    ));

    test(`without its program the page is silent on the verdict: ${name}, ${language}`, () => onPage(
      name, language, { javaScriptEnabled: false }, async (page) => {
        const { summary, units, root } = report(name);
        const read = (selector) => page.locator(selector).innerText();
        assert.ok((await read('#verdict')).includes(String(summary.owed)));
        assert.ok((await read('#integrity')).includes(root));
        assert.ok((await read('#limits')).length > 500);
        assert.ok((await read('#command')).startsWith('ikrar '));
        const rows = page.locator('#missing tr[data-unit]');
        const told = [];
        for (const row of await rows.all()) {
          told.push(await row.getAttribute('data-unit'));
        }
        for (const unit of units.filter((one) => one.status === 'missing' || one.status === 'disputed')) {
          assert.ok(told.includes(unit.unit), `${unit.unit} is not told`);
        }
        assert.ok(await page.locator('#list noscript').first().isVisible(), 'nothing tells why the list is not there');
        assert.ok(!await page.locator('#filters').isVisible(), 'a control is shown that does nothing');
      },
    ));
  }

  test(`something moves though motion is not wanted: ${language}`, () => onPage(
    'semarang', language, { reducedMotion: 'reduce' }, async (page) => {
      const moving = await page.evaluate(() => [...document.querySelectorAll('*')].filter((one) => {
        const style = getComputedStyle(one);
        const lasts = (list) => list.split(',').some((part) => parseFloat(part) > 0.01);
        return style.scrollBehavior === 'smooth' || lasts(style.transitionDuration) || (style.animationName !== 'none' && lasts(style.animationDuration));
      }).map((one) => one.outerHTML.slice(0, 120)));
      assert.deepEqual(moving, []);
    },
  ));

  test(`a status is told by colour alone: ${language}`, () => onPage('semarang', language, { forcedColors: 'active' }, async (page) => {
    await unfold(page);
    const bare = await page.locator('.status, .legend > li').evaluateAll((all) => all.filter((one) => {
      const mark = one.querySelector('.mark, svg');
      return !mark || !/\p{L}{3}/u.test(one.textContent);
    }).map((one) => one.outerHTML.slice(0, 200)));
    assert.deepEqual(bare, []);
    assert.deepEqual(await counts(page.locator('#verdict .legend').first()), present(report('semarang').summary));
  }));
}
