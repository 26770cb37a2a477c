// The list of units: filters, sorting, evidence.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { LANGUAGES, REPORTS, STATUSES, listed, onPage, report, settled, stop } from './page.mjs';

after(stop);

const ids = (units) => units.map((unit) => unit.unit).sort();
const signed = (unit) => {
  if (!unit.coverage) {
    return null;
  }
  const all = Object.values(unit.coverage);
  const [done, owed] = ['signed', 'required'].map((what) => all.reduce((total, count) => total + count[what], 0));
  return owed ? done / owed : 1;
};

for (const name of REPORTS) {
  const { units, ancestors } = report(name);
  for (const language of LANGUAGES) {
    test(`a filter shows other units than the JSON report has: ${name}, ${language}`, () => onPage(name, language, {}, async (page) => {
      const reset = () => page.locator('#filter-reset').click();
      const shows = async (expected, what) => {
        await settled(page);
        assert.deepEqual((await listed(page)).sort(), ids(expected), what);
        const told = await page.locator('#units-shown').textContent();
        assert.ok(expected.length === 0 || told.includes(String(expected.length)), `${what}: ${told}`);
      };
      await shows(units, 'no filter');
      const words = [...new Set(units.slice(0, 30).map((unit) => unit.name.split(' ')[0])), '33.74.0', 'SCRIPT', 'no unit is called so'];
      for (const word of words) {
        await page.locator('#filter-text').fill(word);
        const fits = (unit) => `${unit.name} ${unit.unit}`.toLowerCase().includes(word.toLowerCase());
        await shows(units.filter(fits), `text ${word}`);
      }
      await reset();
      const offered = await page.locator('#filter-status option').allTextContents();
      assert.equal(offered.length - 1, new Set(units.map((unit) => unit.status)).size);
      for (const status of STATUSES.filter((one) => units.some((unit) => unit.status === one))) {
        await page.locator('#filter-status').selectOption(String(STATUSES.indexOf(status)));
        await shows(units.filter((unit) => unit.status === status), `status ${status}`);
        const marked = await page.locator('#units tbody tr[data-unit]').evaluateAll((rows) => rows.map((row) => row.dataset.status));
        assert.deepEqual([...new Set(marked)], [status]);
      }
      await reset();
      for (const level of new Set(units.map((unit) => unit.level))) {
        await page.locator('#filter-level').selectOption(String(level));
        await shows(units.filter((unit) => unit.level === level), `level ${level}`);
      }
      await reset();
      for (const ancestor of ancestors.slice(0, 4)) {
        const label = (await page.locator('#filter-under option').allTextContents()).find((one) => one.endsWith(`(${ancestor.unit})`));
        await page.locator('#filter-under').selectOption({ label });
        const below = (unit) => unit.unit === ancestor.unit || unit.ancestors.includes(ancestor.unit);
        await shows(units.filter(below), `under ${ancestor.unit}`);
      }
    }));

    test(`a column sorts wrongly, or keeps its order to itself: ${name}, ${language}`, () => onPage(name, language, {}, async (page) => {
      const collator = new Intl.Collator(language, { numeric: true });
      const of = new Map(units.map((unit) => [unit.unit, unit]));
      const time = (value) => (value ? Date.parse(value) : null);
      const keys = {
        name: (unit) => unit.name, status: (unit) => STATUSES.indexOf(unit.status), logged: (unit) => time(unit.logged_at),
        made: (unit) => time(unit.made_at), staff: signed, days: (unit) => unit.days_overdue,
      };
      const cell = { kind: 1, above: 2 };
      const columns = await page.locator('#units th[data-sort]').evaluateAll((all) => all.map((one) => one.dataset.sort));
      assert.deepEqual([...columns].sort(), [...Object.keys(keys), ...Object.keys(cell)].sort());
      for (const column of columns) {
        for (const direction of ['ascending', 'descending']) {
          await page.locator(`#units th[data-sort="${column}"] button`).click();
          const sorted = await page.locator('#units th[aria-sort]').evaluateAll((all) => all.map((one) => [one.dataset.sort, one.ariaSort]));
          assert.deepEqual(sorted, [[column, direction]]);
          const order = await listed(page);
          assert.deepEqual([...order].sort(), ids(units), `sorting by ${column} lost units`);
          const shown = cell[column] && await page.locator('#units tbody tr[data-unit]').evaluateAll(
            (rows, at) => rows.map((row) => row.cells[at].textContent), cell[column],
          );
          const values = shown ? shown.map((word) => (word === '–' ? null : word)) : order.map((unit) => keys[column](of.get(unit)));
          const known = values.findIndex((value) => value === null || value === undefined);
          const there = known < 0 ? values : values.slice(0, known);
          assert.ok(known < 0 || values.slice(known).every((value) => value === null || value === undefined), `${column}: a gap stands first`);
          for (let at = 1; at < there.length; at += 1) {
            const [one, next] = [there[at - 1], there[at]];
            const found = typeof one === 'string' ? collator.compare(one, next) : one - next;
            assert.ok(direction === 'ascending' ? found <= 0 : found >= 0, `${column} ${direction}: ${one} before ${next}`);
          }
        }
      }
    }));

    test(`the evidence of a row is another's: ${name}, ${language}`, () => onPage(name, language, {}, async (page) => {
      const unit = units.find((one) => one.pledge_entry);
      const row = page.locator(`#units tr[data-unit="${unit.unit}"]`);
      await page.locator('#filter-text').fill(unit.unit);
      const button = row.locator('button');
      await button.click();
      assert.equal(await button.getAttribute('aria-expanded'), 'true');
      const evidence = await page.locator('#units tr.evidence').innerText();
      assert.ok(evidence.includes(`ikrar explain`) && evidence.includes(`ikrar prove`) && evidence.includes(unit.unit), evidence);
      assert.ok(evidence.includes(String(unit.entry)) && evidence.includes(unit.text), evidence);
      await button.click();
      assert.equal(await page.locator('#units tr.evidence').count(), 0);
    }));
  }
}
