// The page on A4.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { LANGUAGES, REPORTS, onPage, report, settled, stop } from './page.mjs';

after(stop);

const A4_PX = 794 - 2 * 53;

for (const name of REPORTS) {
  const { units, ancestors, commitments } = report(name);
  for (const language of LANGUAGES) {
    test(`paper lacks what the screen folds, or shows what paper cannot do: ${name}, ${language}`, () => onPage(
      name, language, { colorScheme: 'dark', viewport: { width: A4_PX, height: 1000 } }, async (page) => {
        const before = await page.locator('details[open]').count();
        await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
        await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
        const shown = await page.evaluate(() => ({
          listed: [...document.querySelectorAll('#units tbody tr[data-unit]')].filter((row) => row.checkVisibility()).length,
          crossed: document.querySelectorAll('#matrix tbody tr[data-unit]').length,
          closed: document.querySelectorAll('details:not([open])').length,
          nodes: document.querySelectorAll('#tree details').length,
          leaves: document.querySelectorAll('#tree li.leaf').length,
          controls: [...document.querySelectorAll('input, select, .more button, form, .skip, nav, .open-list, #units tbody button')]
            .filter((one) => one.checkVisibility()).map((one) => one.outerHTML.slice(0, 120)),
          head: getComputedStyle(document.querySelector('#units thead')).display,
          paper: getComputedStyle(document.body).backgroundColor,
          ink: getComputedStyle(document.body).color,
          wide: [...document.querySelectorAll('main *')].filter((one) => one.checkVisibility() && !one.closest('.quiet') &&
            one.getBoundingClientRect().right > document.documentElement.clientWidth + 1).map((one) => one.outerHTML.slice(0, 120)),
          cut: [...document.querySelectorAll('main *')].filter((one) => one.checkVisibility() && !one.closest('.quiet, svg, pre') &&
            ['hidden', 'auto', 'scroll'].includes(getComputedStyle(one).overflowX) && one.scrollWidth > one.clientWidth + 1).map((one) => one.outerHTML.slice(0, 120)),
        }));
        assert.equal(shown.listed, units.length);
        assert.equal(shown.closed, 0);
        assert.equal(shown.nodes, ancestors.length);
        assert.equal(shown.leaves, units.length - ancestors.filter((one) => one.owed).length);
        assert.deepEqual(shown.controls, []);
        assert.equal(shown.head, 'table-header-group');
        assert.equal(shown.paper, 'rgb(255, 255, 255)');
        assert.equal(shown.ink, 'rgb(0, 0, 0)');
        assert.deepEqual(shown.cut.slice(0, 3), []);
        assert.deepEqual(shown.wide.slice(0, 3), []);
        assert.ok(commitments.length === 0 || await page.locator('#commitments').isVisible());
        await page.evaluate(() => dispatchEvent(new Event('afterprint')));
        assert.equal(await page.locator('details[open]').count(), before, 'the screen stays unfolded after printing');
      },
    ));

    test(`a PDF of A4 has no or other pages: ${name}, ${language}`, () => onPage(name, language, {}, async (page) => {
      const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
      const boxes = [...pdf.toString('latin1').matchAll(/\/MediaBox \[([^\]]*)\]/g)].map(([, box]) => box.trim().split(/\s+/).map(Number));
      assert.ok(boxes.length >= 3, `${boxes.length} pages`);
      for (const [, , width, height] of boxes) {
        assert.ok(Math.abs(width - 595) < 2 && Math.abs(height - 842) < 2, `${width} × ${height} points`);
      }
    }));

    test(`the annex of a letter is not the filtered list: ${name}, ${language}`, () => onPage(name, language, {}, async (page) => {
      await page.evaluate(() => { window.print = () => {}; });
      await page.locator('#filter-text').fill('33.74.02');
      await settled(page);
      await page.locator('#print-list').click();
      await page.emulateMedia({ media: 'print' });
      await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
      const sections = await page.locator('main > section').evaluateAll((all) => all.filter((one) => one.checkVisibility()).map((one) => one.id));
      assert.deepEqual(sections, ['list']);
      const rows = await page.locator('#units tbody tr[data-unit]').evaluateAll((all) => all.map((row) => row.dataset.unit));
      const expected = units.filter((unit) => `${unit.name} ${unit.unit}`.includes('33.74.02')).map((unit) => unit.unit);
      assert.deepEqual(rows.sort(), expected.sort());
      const annex = (await page.locator('#list .annex').allInnerTexts()).join('\n');
      for (const fact of [report(name).registry.name, report(name).root, '33.74.02']) {
        assert.ok(annex.includes(fact), `${fact} is not on the annex: ${annex}`);
      }
      await page.evaluate(() => dispatchEvent(new Event('afterprint')));
      assert.ok(!await page.evaluate(() => document.body.classList.contains('list-only')));
    }));
  }
}
