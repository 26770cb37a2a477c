// What the page says is what the JSON report says.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { LANGUAGES, REPORTS, counts, number, onPage, present, report, stop } from './page.mjs';

after(stop);

const sum = (all) => all.reduce((total, one) => {
  for (const [status, count] of Object.entries(one)) {
    total[status] = (total[status] || 0) + count;
  }
  return total;
}, {});

for (const name of REPORTS) {
  const expected = report(name);
  for (const language of LANGUAGES) {
    test(`the verdict differs from the JSON report: ${name}, ${language}`, () => onPage(name, language, {}, async (page) => {
      const { summary } = expected;
      const sentence = await page.locator('#verdict .sentence').textContent();
      // Whole of owed, then those without, then the partial ones: the order is each language's own.
      const told = sentence.match(/\d[\d.,]*/g).map((found) => found.replace(/[.,]$/, '')).sort();
      const without = summary.missing + summary.disputed + summary.pending + summary.retired;
      const right = [summary.complete + summary.late, summary.owed, without, summary.partial];
      assert.deepEqual(told, right.map((count) => number(count, language)).sort(), sentence);
      const asOf = await page.locator('#verdict .as-of').textContent();
      assert.ok(asOf.includes(number(expected.tree_size, language)), asOf);
      assert.equal(await page.locator('html').getAttribute('lang'), language);
      const legends = page.locator('#verdict .legend');
      assert.deepEqual(await counts(legends.nth(0)), present(summary));
      assert.deepEqual(await counts(legends.nth(1)), present(expected.summary_at_due));
      const box = await page.locator('#integrity').innerText();
      for (const fact of [expected.registry.name, expected.registry.id, expected.origin, expected.root, expected.trust.fingerprint]) {
        assert.ok(box.includes(fact), `${fact} is not in the integrity box`);
      }
    }));

    test(`who is missing differs from the JSON report: ${name}, ${language}`, () => onPage(name, language, {}, async (page) => {
      const rows = await page.locator('#missing tr[data-unit]').evaluateAll((all) => all.map((row) => row.dataset.unit));
      const without = expected.units.filter((unit) => ['missing', 'disputed'].includes(unit.status)).map((unit) => unit.unit);
      for (const unit of without) {
        assert.ok(rows.includes(unit), `${unit} is missing, and not told`);
      }
      const whole = expected.units.filter((unit) => ['complete', 'late', 'partial'].includes(unit.status)).map((unit) => unit.unit);
      assert.deepEqual(rows.filter((unit) => whole.includes(unit)), []);
      assert.equal(new Set(rows).size, rows.length);
      const late = await page.locator('#late tr[data-unit]').evaluateAll((all) => all.map((row) => row.dataset.unit));
      const logged = expected.units.filter((unit) => unit.timing === 'late' && unit.status !== 'retired').map((unit) => unit.unit);
      assert.deepEqual(late.sort(), logged.sort());
    }));

    test(`the tree ends before the wards, or its numbers do not add up: ${name}, ${language}`, () => onPage(name, language, {}, async (page) => {
      for (;;) {
        const closed = page.locator('#tree details:not([open]) > summary');
        const visible = await closed.evaluateAll((all) => all.findIndex((summary) => summary.checkVisibility()));
        if (visible < 0) {
          break;
        }
        await closed.nth(visible).click();
        await page.waitForFunction(() => !document.querySelector('#tree details[open]:not([data-grown])'));
      }
      const nodes = page.locator('#tree details');
      const opened = await nodes.evaluateAll((all) => all.map((details) => details.dataset.unit));
      assert.deepEqual([...opened].sort(), expected.ancestors.map((ancestor) => ancestor.unit).sort());
      const leaves = await page.locator('#tree li.leaf').evaluateAll((all) => all.map((leaf) => leaf.dataset.unit));
      assert.deepEqual([...leaves, ...opened].sort(), expected.units.map((unit) => unit.unit).sort());
      const told = new Map();
      for (const [place, unit] of opened.entries()) {
        told.set(unit, await counts(nodes.nth(place).locator(':scope > .legend')));
      }
      for (const ancestor of expected.ancestors) {
        assert.deepEqual(told.get(ancestor.unit), present(ancestor.summary), ancestor.unit);
        const own = expected.units.find((unit) => unit.unit === ancestor.unit);
        const below = expected.ancestors.filter((other) => other.parent === ancestor.unit).map((other) => told.get(other.unit));
        const beside = expected.units.filter((unit) => unit.parent === ancestor.unit && !told.has(unit.unit));
        const parts = sum([...below, ...beside.map((unit) => ({ [unit.status]: 1 })), ...(own ? [{ [own.status]: 1 }] : [])]);
        assert.deepEqual(told.get(ancestor.unit), sum([parts]), `what is below ${ancestor.unit} does not add up`);
      }
    }));
  }
}
