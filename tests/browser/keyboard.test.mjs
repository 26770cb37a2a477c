// The page without a mouse.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { LANGUAGES, REPORTS, SCHEMES, onPage, report, settled, stop } from './page.mjs';

after(stop);

const focused = (page) => page.evaluate(() => {
  const one = document.activeElement;
  if (one === document.body) {
    return null;
  }
  const style = getComputedStyle(one);
  const box = one.getBoundingClientRect();
  const all = [...document.querySelectorAll('*')];
  return {
    place: all.indexOf(one), what: one.outerHTML.slice(0, 120),
    outline: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 && style.outlineColor !== 'rgba(0, 0, 0, 0)',
    seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
});

for (const language of LANGUAGES) {
  for (const colorScheme of SCHEMES) {
    for (const name of REPORTS) {
      test(`Tab misses something, or focus is not seen: ${name}, ${language}, ${colorScheme}`, () => onPage(
        name, language, { colorScheme, reducedMotion: 'reduce' }, async (page) => {
          // A few rows are enough of the list.
          await page.locator('#filter-text').fill('33.74.02');
          await settled(page);
          await page.evaluate(() => { document.activeElement.blur(); scrollTo(0, 0); });
          const reachable = await page.evaluate(() => {
            const all = [...document.querySelectorAll('*')];
            return all.map((one, place) => [one, place]).filter(([one]) => one.tabIndex >= 0 && !one.disabled && one.checkVisibility() &&
              one.matches('a[href], button, input, select, summary, [tabindex]')).map(([, place]) => place);
          });
          const reached = [];
          await page.keyboard.press('Control+Home');
          // Where the last click or the last focus was, Chromium goes on from there: begin at the top.
          await page.evaluate(() => { const skip = document.querySelector('.skip'); skip.focus(); });
          for (let at = await focused(page); at && !reached.includes(at.place); at = await focused(page)) {
            assert.ok(at.outline, `focus is not visible: ${at.what}`);
            assert.ok(at.seen, `focus is out of sight: ${at.what}`);
            reached.push(at.place);
            await page.keyboard.press('Tab');
          }
          assert.deepEqual(reached, [...reached].sort((a, b) => a - b), 'Tab leaves the order of the page');
          assert.deepEqual(reached, reachable);
        },
      ));
    }
  }

  test(`a key does nothing where a click does something: ${language}`, () => onPage('semarang', language, {}, async (page) => {
    await page.keyboard.press('Tab');
    assert.ok(await page.locator('.skip').evaluate((one) => one === document.activeElement && one.getBoundingClientRect().left >= 0));
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'main');

    const header = page.locator('#units th[data-sort="name"]');
    await header.locator('button').focus();
    await page.keyboard.press('Enter');
    assert.equal(await header.getAttribute('aria-sort'), 'ascending');
    await page.keyboard.press('Space');
    assert.equal(await header.getAttribute('aria-sort'), 'descending');
    assert.ok(await header.locator('button').evaluate((one) => one === document.activeElement), 'sorting takes the focus away');

    await page.locator('#filter-text').focus();
    await page.keyboard.type('Plombokan');
    await settled(page);
    assert.equal(await page.locator('#units tbody tr[data-unit]').count(), 1);
    const evidence = page.locator('#units tbody tr[data-unit] button');
    await evidence.focus();
    await page.keyboard.press('Space');
    assert.equal(await page.locator('#units tr.evidence').count(), 1);
    await page.keyboard.press('Enter');
    assert.equal(await page.locator('#units tr.evidence').count(), 0);
    await page.locator('#filter-reset').focus();
    await page.keyboard.press('Enter');
    await settled(page);
    const told = await page.locator('#units-shown').textContent();
    assert.ok(told.includes(String(report('semarang').units.length)), told);

    await page.locator('#units-more').focus();
    await page.keyboard.press('Enter');
    assert.ok(await page.evaluate(() => document.activeElement.closest('#units tbody tr') !== null), 'more rows take the focus away');

    const district = page.locator('#tree details:not([open])').first();
    const unit = await district.getAttribute('data-unit');
    await district.locator(':scope > summary').focus();
    await page.keyboard.press('Enter');
    const opened = page.locator(`#tree details[data-unit="${unit}"]`);
    await opened.locator(':scope > ul > li').first().waitFor();
    await opened.locator(':scope > .open-list').focus();
    await page.keyboard.press('Space');
    await settled(page);
    const expected = report('semarang').units.filter((one) => one.unit === unit || one.ancestors.includes(unit)).length;
    assert.equal(await page.locator('#units tbody tr[data-unit]').count(), expected);
    assert.equal(await page.evaluate(() => document.activeElement.id), 'filter-under');
  }));
}
