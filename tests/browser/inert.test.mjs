// Names are text, whatever they would like to be: in the page, and in tables for spreadsheet programs.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { LANGUAGES, SCHEMES, file, listed, onPage, report, stop, text } from './page.mjs';

after(stop);

const names = JSON.parse(text('hostile/names.json'));

// The fields of CSV (RFC 4180).
const fields = (csv) => [...csv.matchAll(/(?:"((?:[^"]|"")*)"|([^,\n]*))(,|\n)/g)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain);

for (const language of LANGUAGES) {
  for (const colorScheme of SCHEMES) {
    test(`a name becomes markup, or runs: ${language}, ${colorScheme}`, () => onPage('hostile', language, { colorScheme }, async (page) => {
      await listed(page);
      for (const button of await page.locator('#units tbody tr[data-unit] button').all()) {
        await button.click();
      }
      await page.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.open = true; }));
      await page.waitForFunction(() => !document.querySelector('#tree details:not([data-grown])'));
      await page.locator('#matrix-all').check();
      await page.locator('#dots').hover();
      const strange = await page.evaluate(() => {
        const scripts = [...document.scripts].map((script) => script.type);
        const others = document.querySelectorAll('img, iframe, object, embed, link, b b, style ~ style, body style, body title');
        const handlers = [...document.querySelectorAll('*')].filter((one) => [...one.attributes].some(({ name }) => name.startsWith('on')));
        const links = [...document.querySelectorAll('[href], [src]')].filter((one) => !(one.getAttribute('href') || '').startsWith('#'));
        return [scripts, [...others, ...handlers, ...links].map((one) => one.outerHTML.slice(0, 200))];
      });
      assert.deepEqual(strange, [['application/json', ''], []]);
      for (const [unit, name] of Object.entries(names)) {
        const heads = await page.locator(`#units tr[data-unit="${unit}"] th`).allTextContents();
        assert.deepEqual(heads, [`${name} ${unit}`]);
        const leaf = await page.locator(`#tree li.leaf[data-unit="${unit}"] > span`).first().textContent();
        assert.equal(leaf, `${name} ${unit}`);
      }
      assert.ok((await page.locator('h1').textContent()).includes('</title><script>alert(7)</script>'));
    }));
  }
}

test('a policy allows what is not in the page', () => onPage('hostile', 'en', {}, async (page) => {
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
  assert.ok(policy.includes("default-src 'none'") && !/unsafe|\*|http/.test(policy), policy);
}));

test('a name is a formula in CSV', () => {
  const cells = fields(text('hostile.csv'));
  for (const name of Object.values(names)) {
    const cell = /^[=+\-@]/.test(name) ? `'${name}` : name;
    assert.ok(cells.includes(cell), `${cell} is not a field of hostile.csv`);
  }
  assert.deepEqual(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell)), []);
});

test('a name is another in JSON or in text', () => {
  const units = new Map(report('hostile').units.map((unit) => [unit.unit, unit.name]));
  for (const [unit, name] of Object.entries(names)) {
    assert.equal(units.get(unit), name);
    assert.ok(text('hostile.text').includes(name), `${file('hostile.text')} lacks ${name}`);
  }
});
