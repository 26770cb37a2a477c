'use strict';
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const { texts, ancestors, statuses, flags } = data;
  const PAGE = 100;
  // Members of a row, in the order of `data.rs`.
  const [ID, NAME, KIND, ABOVE, STATUS, LEVEL, AT_DUE, FLAGS, KEYED_SINCE, KEYED, DAYS, PLACE, OTHERS, TIMING, ENTRY,
    LOGGED, MADE, COUNTS, ACCEPTED, TEXT, FORM, ROLE, STANDS, STATEMENT] = Array(24).keys();
  // Members of an ancestor.
  const [A_ID, A_NAME, A_KIND, A_ABOVE, A_LEVEL, A_COUNTS, A_PEOPLE] = Array(7).keys();
  const SELF_REPORTED = flags.findIndex(([name]) => name === 'self-reported');
  const COMPLETE = statuses.findIndex(([name]) => name === 'complete');
  const LATE = statuses.findIndex(([name]) => name === 'late');
  const byId = (id) => document.getElementById(id);
  const is = (value) => value !== null && value !== undefined;

  // Names come from a roster: they only ever become text.
  const make = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      element.setAttribute(name, value);
    }
    element.append(...children);
    return element;
  };
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
  const english = document.documentElement.lang === 'en';
  const number = (count) => String(count).replace(/\B(?=(\d{3})+$)/g, english ? ',' : '.');
  const decimal = (value) => (english ? String(value) : String(value).replace('.', ','));
  const two = (count) => String(count).padStart(2, '0');
  const local = (seconds) => new Date((seconds + data.clock.offset) * 1000);
  const day = (seconds) => {
    const at = local(seconds);
    return `${at.getUTCDate()} ${data.clock.months[at.getUTCMonth()]} ${at.getUTCFullYear()}`;
  };
  const time = (seconds) => {
    const at = local(seconds);
    const colon = english ? ':' : '.';
    const second = at.getUTCSeconds() ? colon + two(at.getUTCSeconds()) : '';
    return `${day(seconds)}, ${two(at.getUTCHours())}${colon}${two(at.getUTCMinutes())}${second} ${data.clock.zone}`;
  };
  const share = (part, whole) => {
    if (!whole) {
      return '–';
    }
    let tenths = Math.round(part * 1000 / whole);
    tenths = part < whole ? Math.min(tenths, 999) : tenths;
    tenths = part > 0 ? Math.max(tenths, 1) : tenths;
    return english ? `${Math.floor(tenths / 10)}.${tenths % 10}%` : `${Math.floor(tenths / 10)},${tenths % 10} %`;
  };
  const status = (place) => {
    const [name, symbol, label] = statuses[place];
    const mark = make('span', { class: 'mark', 'aria-hidden': 'true' }, symbol);
    return make('span', { class: `status s-${name}`, 'data-status': name }, mark, ' ', label);
  };
  const ofUnit = (row) => [row[NAME], ' ', make('code', {}, row[ID])];
  const above = (row) => (is(row[ABOVE]) ? ancestors[row[ABOVE]][A_NAME] : '–');
  const chain = (row) => {
    const names = [];
    for (let at = row[ABOVE]; is(at); at = ancestors[at][A_ABOVE]) {
      names.unshift(ancestors[at][A_NAME]);
    }
    return names.join(' › ');
  };
  const signed = (row) => {
    const counts = row[COUNTS];
    if (!counts) {
      return null;
    }
    let [done, required] = [0, 0];
    for (let at = 0; at < counts.length; at += 2) {
      done += counts[at];
      required += counts[at + 1];
    }
    return [done, required];
  };
  const flagsOf = (row) => flags.filter((flag, place) => place !== SELF_REPORTED && row[FLAGS] >> place & 1);
  const others = (row, kind) => (row[OTHERS] || []).filter(([duty]) => duty === kind);

  // Where the subtree of each ancestor ends in the order of the data: parents stand before what is below them.
  const end = ancestors.map((ancestor, place) => {
    let next = place + 1;
    while (next < ancestors.length && ancestors[next][A_LEVEL] > ancestor[A_LEVEL]) {
      next += 1;
    }
    return next;
  });
  const placeOf = new Map(ancestors.map((ancestor, place) => [ancestor[A_ID], place]));
  const isBelow = (row, top) => {
    const own = placeOf.get(row[ID]);
    return own === top || is(row[ABOVE]) && row[ABOVE] >= top && row[ABOVE] < end[top];
  };

  // A table that shows a page of rows at a time: the list, and the matrix.
  const pages = (table, more, build) => {
    const body = table.tBodies[0];
    let rows = [];
    let shown = 0;
    const show = (count) => {
      const fragment = document.createDocumentFragment();
      const until = Math.min(rows.length, shown + count);
      for (; shown < until; shown += 1) {
        fragment.append(build(rows[shown]));
      }
      body.append(fragment);
      more.hidden = shown >= rows.length;
    };
    const set = (next) => {
      rows = next;
      shown = 0;
      body.textContent = '';
      show(PAGE);
    };
    return { set, show, all: () => show(Infinity), counts: () => [shown, rows.length] };
  };
  const tell = (place, [shown, count]) => {
    const values = { shown: number(shown), count: number(count) };
    const text = count === 0 ? texts.none : shown < count ? texts.shown : texts['all-shown'];
    place.textContent = fill(text, values);
  };

  // The evidence behind a row.
  const command = (label, text) => {
    const copy = make('button', { type: 'button' }, texts.copy);
    copy.addEventListener('click', () => {
      const done = () => { copy.textContent = texts.copied; };
      if (navigator.clipboard) {
        navigator.clipboard.writeText(text).then(done, () => {});
      }
    });
    return [make('p', {}, label, ' ', copy), make('pre', {}, text)];
  };
  const facts = (row) => {
    const list = make('dl', { class: 'facts' });
    const add = (label, ...value) => list.append(make('div', {}, make('dt', {}, label), make('dd', {}, ...value)));
    const none = texts.nothing;
    add(texts.below, chain(row) || none);
    add(texts['at-due'], status(row[AT_DUE]));
    const key = !is(row[KEYED_SINCE]) ? texts['key-never'] : row[KEYED] ? texts['key-since'] : texts['key-gone'];
    add(texts.key, is(row[KEYED_SINCE]) ? fill(key, { time: time(row[KEYED_SINCE]) }) : key);
    const notes = flagsOf(row).map(([, label]) => label);
    add(texts.flags, notes.join(', ') || none);
    if (row[PLACE]) {
      add(texts.place, row[PLACE].map((degrees) => decimal(degrees)).join('; '));
    }
    const said = (row[OTHERS] || []).map(([duty, entry, nil]) => {
      const what = duty === 1 ? ` (${nil ? texts['monitoring-nil'] : texts['monitoring-cases']})` : '';
      return `${data.duties[duty]} ${entry}${what}`;
    });
    add(texts.other, said.join(', ') || none);
    if (!is(row[ENTRY])) {
      return list;
    }
    add(texts.timing, is(row[TIMING]) ? data.timings[row[TIMING]] : none);
    add(texts.entry, String(row[ENTRY]));
    add(texts.logged, time(row[LOGGED]));
    add(texts.made, is(row[MADE]) ? time(row[MADE]) : none);
    if (!is(row[STANDS])) {
      return list;
    }
    add(texts['pledge-entry'], String(row[STANDS]));
    if (row[STATEMENT]) {
      add(texts['content-id'], make('code', {}, row[STATEMENT]));
    }
    const labels = row[COUNTS] && row[COUNTS].length > 2 ? ['PNS ', 'PPPK ', 'PPNPN '] : [''];
    const counts = row[COUNTS] ? labels.map((label, at) => label + fill(texts.of, {
      signed: number(row[COUNTS][2 * at]), required: number(row[COUNTS][2 * at + 1]),
    })) : [];
    add(texts.staff, counts.join(' · ') || none);
    const numbers = is(row[TEXT]) ? data.wordings[row[TEXT]][2] : [];
    add(texts.commitments, numbers.map((n) => `K${n} ${accepts(row, n) ? '✓' : '✗'}`).join(' · ') || none);
    if (is(row[TEXT])) {
      const [title, hash] = data.wordings[row[TEXT]];
      add(texts.text, title || '', ' ', make('code', {}, hash));
    }
    add(texts.form, is(row[FORM]) ? data.forms[row[FORM]] : none);
    add(texts.role, is(row[ROLE]) ? data.roles[row[ROLE]] : none);
    return list;
  };
  const accepts = (row, n) => Math.floor((row[ACCEPTED] || 0) / 2 ** (n - 1)) % 2 === 1;
  const evidence = (row, columns) => {
    const cell = make('td', { colspan: columns }, facts(row));
    cell.append(...command(texts.explain, data.explain.join(row[ID])));
    if (is(row[STANDS])) {
      const [before, between] = data.prove;
      const out = `${row[ID].replace(/[^a-z0-9.-]/g, '-')}.tlog-proof`;
      cell.append(...command(texts.prove, `${before}${row[ID]}${between}${row[STANDS]} --out ${out}`));
    }
    return make('tr', { class: 'evidence' }, cell);
  };

  // The list.
  const table = byId('units');
  const columns = table.tHead.rows[0].cells.length;
  const unitRow = (row) => {
    const button = make('button', { type: 'button', 'aria-expanded': 'false' }, texts.evidence);
    button.setAttribute('aria-label', fill(texts['evidence-of'], { unit: `${row[NAME]} ${row[ID]}` }));
    const counts = signed(row);
    const state = make('td', {}, status(row[STATUS]));
    for (const [name, label] of flagsOf(row)) {
      state.append(' ', make('span', { class: 'flag', 'data-flag': name }, label));
    }
    const line = make('tr', { 'data-unit': row[ID], 'data-status': statuses[row[STATUS]][0] },
      make('th', { scope: 'row' }, ...ofUnit(row)),
      make('td', {}, data.kinds[row[KIND]]),
      make('td', {}, above(row)),
      state,
      make('td', {}, is(row[LOGGED]) ? day(row[LOGGED]) : '–'),
      make('td', {}, is(row[MADE]) ? day(row[MADE]) : '–'),
      make('td', { class: 'num' }, counts ? `${number(counts[0])}/${number(counts[1])}` : '–'),
      make('td', { class: 'num' }, is(row[DAYS]) ? number(row[DAYS]) : '–'),
      make('td', {}, button));
    button.addEventListener('click', () => {
      const open = button.getAttribute('aria-expanded') === 'true';
      button.setAttribute('aria-expanded', String(!open));
      if (open) {
        line.nextSibling.remove();
      } else {
        line.after(evidence(row, columns));
      }
    });
    return line;
  };
  const list = pages(table, byId('units-more'), unitRow);
  const haystacks = data.rows.map((row) => `${row[NAME]} ${row[ID]}`.toLowerCase());
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const part = (row) => {
    const counts = signed(row);
    return counts ? (counts[1] ? counts[0] / counts[1] : 1) : null;
  };
  const keys = {
    name: (row) => row[NAME], kind: (row) => data.kinds[row[KIND]],
    above: (row) => (is(row[ABOVE]) ? above(row) : null), status: (row) => row[STATUS],
    logged: (row) => row[LOGGED], made: (row) => row[MADE], staff: part, days: (row) => row[DAYS],
  };
  const order = { by: null, down: false };
  const sorted = (places) => {
    if (!order.by) {
      return places;
    }
    const keyed = places.map((place) => [keys[order.by](data.rows[place]), place]);
    const compare = ([a], [b]) => {
      // What a row lacks stands last, either way.
      if (!is(a) || !is(b)) {
        return is(a) ? -1 : is(b) ? 1 : 0;
      }
      const found = typeof a === 'string' ? collator.compare(a, b) : a - b;
      return order.down ? -found : found;
    };
    return keyed.sort(compare).map(([, place]) => place);
  };
  const arounds = {
    briefed: (row) => others(row, 0).length > 0,
    'not-briefed': (row) => is(row[STANDS]) && others(row, 0).length === 0,
    monitored: (row) => others(row, 1).length > 0,
    nil: (row) => others(row, 1).length > 0 && others(row, 1).every(([, , nil]) => nil),
    silent: (row) => others(row, 1).length === 0,
    referred: (row) => others(row, 2).length > 0,
  };
  const filter = (name) => byId(`filter-${name}`);
  const chosen = () => {
    const words = filter('text').value.toLowerCase().split(/\s+/).filter(Boolean);
    const picked = (name) => (filter(name).value === '' ? null : Number(filter(name).value));
    const [state, kind, level, top, flag] = ['status', 'kind', 'level', 'under', 'flag'].map(picked);
    const around = arounds[filter('around').value];
    const places = [];
    data.rows.forEach((row, place) => {
      const fits = words.every((word) => haystacks[place].includes(word)) &&
        (state === null || row[STATUS] === state) && (kind === null || row[KIND] === kind) &&
        (level === null || row[LEVEL] === level) && (top === null || isBelow(row, top)) &&
        (flag === null || row[FLAGS] >> flag & 1) && (!around || around(row));
      if (fits) {
        places.push(place);
      }
    });
    return places;
  };
  const refresh = () => {
    list.set(sorted(chosen()).map((place) => data.rows[place]));
    tell(byId('units-shown'), list.counts());
  };
  const option = (name, value, label) => filter(name).append(make('option', { value }, label));
  const has = (member, place) => data.rows.some((row) => row[member] === place);
  statuses.forEach(([, symbol, label], place) => has(STATUS, place) && option('status', place, `${symbol} ${label}`));
  data.kinds.forEach((label, place) => option('kind', place, label));
  [...new Set(data.rows.map((row) => row[LEVEL]))].sort((a, b) => a - b).forEach((level) => option('level', level, level));
  flags.forEach(([, label], place) => {
    if (data.rows.some((row) => row[FLAGS] >> place & 1)) {
      option('flag', place, label);
    }
  });
  const offered = new Set();
  const offer = (place) => {
    if (!offered.has(place)) {
      offered.add(place);
      const ancestor = ancestors[place];
      option('under', place, `${'  '.repeat(ancestor[A_LEVEL] - 1)}${ancestor[A_NAME]} (${ancestor[A_ID]})`);
    }
  };
  // A nation's districts would drown the choice; the tree leads to each of them.
  const deepest = document.querySelectorAll('#tree details').length;
  ancestors.forEach((ancestor, place) => {
    if (ancestors.length <= deepest || ancestor[A_LEVEL] <= 2) {
      offer(place);
    }
  });
  const under = (place) => {
    byId('filters').reset();
    offer(place);
    filter('under').value = String(place);
    refresh();
    byId('list').scrollIntoView();
    filter('under').focus({ preventScroll: true });
  };
  for (const cell of table.tHead.querySelectorAll('th[data-sort]')) {
    cell.firstElementChild.addEventListener('click', () => {
      const by = cell.dataset.sort;
      order.down = order.by === by && !order.down;
      order.by = by;
      table.tHead.querySelectorAll('th[aria-sort]').forEach((other) => other.removeAttribute('aria-sort'));
      cell.setAttribute('aria-sort', order.down ? 'descending' : 'ascending');
      refresh();
    });
  }
  byId('filters').addEventListener('submit', (event) => event.preventDefault());
  byId('filters').addEventListener('reset', () => setTimeout(refresh));
  // Letters typed before the next picture are one change.
  let asked = null;
  byId('filters').addEventListener('input', () => {
    cancelAnimationFrame(asked);
    asked = requestAnimationFrame(refresh);
  });
  byId('units-more').addEventListener('click', () => {
    const [from] = list.counts();
    list.show(PAGE);
    tell(byId('units-shown'), list.counts());
    const first = table.tBodies[0].querySelectorAll('tr[data-unit]')[from];
    if (first) {
      first.querySelector('button').focus();
    }
  });
  byId('filters').hidden = false;
  byId('units-region').hidden = false;
  refresh();

  // The matrix of units and commitments.
  const most = Math.max(0, ...data.wordings.map(([, , numbers]) => Math.max(0, ...numbers)));
  const matrix = byId('matrix');
  for (let n = 1; n <= most; n += 1) {
    matrix.tHead.rows[0].append(make('th', { scope: 'col' }, `K${n}`));
  }
  const numbersOf = (row) => (is(row[TEXT]) ? data.wordings[row[TEXT]][2] : []);
  const crosses = pages(matrix, byId('matrix-more'), (row) => {
    const line = make('tr', { 'data-unit': row[ID] }, make('th', { scope: 'row' }, ...ofUnit(row)));
    const numbers = numbersOf(row);
    for (let n = 1; n <= most; n += 1) {
      const word = accepts(row, n) ? texts.accepted : texts['left-out'];
      const cell = accepts(row, n) ? make('td', {}, '✓ ', word) : make('td', { class: 'no' }, '✗ ', word);
      line.append(numbers.includes(n) ? cell : make('td', {}, '–'));
    }
    return line;
  });
  const cross = () => {
    const pledged = data.rows.filter((row) => is(row[TEXT]));
    const all = byId('matrix-all').checked;
    crosses.set(all ? pledged : pledged.filter((row) => numbersOf(row).some((n) => !accepts(row, n))));
    tell(byId('matrix-shown'), crosses.counts());
  };
  byId('matrix-all').addEventListener('change', cross);
  byId('matrix-more').addEventListener('click', () => {
    crosses.show(PAGE);
    tell(byId('matrix-shown'), crosses.counts());
  });
  byId('matrix-choice').hidden = false;
  byId('matrix-region').hidden = false;
  cross();

  // The tree: what is below a unit is built when it is opened.
  const SVG = 'http://www.w3.org/2000/svg';
  const bar = (counts) => {
    const svg = document.createElementNS(SVG, 'svg');
    const set = (element, attributes) => {
      Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
      return element;
    };
    const rect = (attributes) => svg.append(set(document.createElementNS(SVG, 'rect'), { height: 10, ...attributes }));
    set(svg, { class: 'bar', viewBox: '0 0 1000 10', preserveAspectRatio: 'none', 'aria-hidden': 'true', focusable: 'false' });
    rect({ class: 'track', width: 1000 });
    const owed = counts.reduce((sum, count) => sum + count, 0);
    let [before, from] = [0, 0];
    counts.forEach((count, place) => {
      before += count;
      const to = owed ? Math.floor(before * 1000 / owed) : 0;
      if (to > from) {
        rect({ class: `s-${statuses[place][0]}`, x: from, width: to - from });
      }
      from = to;
    });
    return svg;
  };
  const legend = (counts) => {
    const items = make('ul', { class: 'legend' });
    counts.forEach((count, place) => {
      if (count) {
        items.append(make('li', { 'data-status': statuses[place][0] }, status(place), ' ', make('b', {}, number(count))));
      }
    });
    return items;
  };
  const childrenOf = new Map();
  const leavesOf = new Map();
  const push = (map, key, value) => (map.has(key) ? map.get(key).push(value) : map.set(key, [value]));
  ancestors.forEach((ancestor, place) => is(ancestor[A_ABOVE]) && push(childrenOf, ancestor[A_ABOVE], place));
  data.rows.forEach((row) => is(row[ABOVE]) && !placeOf.has(row[ID]) && push(leavesOf, row[ABOVE], row));
  const toList = (place) => {
    const button = make('button', { type: 'button', class: 'open-list' }, texts['list-only']);
    button.addEventListener('click', () => under(place));
    return button;
  };
  const node = (place) => {
    const ancestor = ancestors[place];
    const counts = ancestor[A_COUNTS];
    const owed = counts.reduce((sum, count) => sum + count, 0);
    const whole = counts[COMPLETE] + counts[LATE];
    const span = (name, ...children) => make('span', { class: name }, ...children);
    const ratio = (done, required) => fill(texts.of, { signed: number(done), required: number(required) });
    const [asn, asnOf, ppnpn, ppnpnOf] = ancestor[A_PEOPLE];
    const summary = make('summary', {}, span('name', ancestor[A_NAME]), ' ', span('kind', data.kinds[ancestor[A_KIND]] || ''),
      ' ', bar(counts), ' ', span('ratio', ratio(whole, owed)), ' ', span('share', share(whole, owed)));
    const people = make('p', { class: 'people' }, `ASN: ${ratio(asn, asnOf)} · PPNPN: ${ratio(ppnpn, ppnpnOf)}`);
    const details = make('details', { 'data-unit': ancestor[A_ID], 'data-node': place }, summary, legend(counts), people,
      make('ul', { class: 'tree' }));
    watch(details);
    return make('li', {}, details);
  };
  const grow = (details) => {
    if (details.dataset.grown) {
      return;
    }
    details.dataset.grown = 'true';
    const place = Number(details.dataset.node);
    const below = details.lastElementChild;
    below.before(toList(place));
    if (!details.dataset.whole) {
      below.append(...(childrenOf.get(place) || []).map(node));
    }
    for (const row of leavesOf.get(place) || []) {
      const name = make('span', {}, ...ofUnit(row));
      below.append(make('li', { class: 'leaf', 'data-unit': row[ID], 'data-status': statuses[row[STATUS]][0] }, name, status(row[STATUS])));
    }
  };
  const fresh = () => [...document.querySelectorAll('#tree details:not([data-grown])')];
  const watch = (details) => details.addEventListener('toggle', () => details.open && grow(details));
  document.querySelectorAll('#tree details').forEach((details) => {
    watch(details);
    if (details.open) {
      grow(details);
    }
  });

  // The map tells the unit next to the pointer.
  const dots = byId('dots');
  if (dots) {
    const [margin, west, north, perLongitude, perLatitude] = dots.dataset.projection.split(' ').map(Number);
    const placed = data.rows.filter((row) => row[PLACE]).map((row) => {
      const [latitude, longitude] = row[PLACE];
      return [margin + (longitude - west) * perLongitude, margin + (north - latitude) * perLatitude, row];
    });
    dots.addEventListener('pointermove', (event) => {
      const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(dots.getScreenCTM().inverse());
      let best = [Infinity];
      for (const [x, y, row] of placed) {
        const distance = (x - at.x) ** 2 + (y - at.y) ** 2;
        if (distance < best[0]) {
          best = [distance, x, y, row];
        }
      }
      const [, x, y, row] = best;
      byId('dot-ring').setAttribute('cx', x);
      byId('dot-ring').setAttribute('cy', y);
      const [, symbol, label] = statuses[row[STATUS]];
      byId('dot-name').textContent = fill(texts['map-at'], { unit: `${row[NAME]} ${row[ID]}`, status: `${symbol} ${label}` });
    });
  }

  // On paper everything is there.
  let closed = null;
  const filters = () => [...byId('filters').querySelectorAll('input, select')].filter((field) => field.value !== '').map((field) => {
    const value = field.selectedOptions ? field.selectedOptions[0].textContent.trim() : field.value;
    return `${field.labels[0].textContent}: ${value}`;
  });
  const unfold = () => {
    if (closed) {
      return;
    }
    byId('units-filters').textContent = filters().join('; ');
    list.all();
    crosses.all();
    // A nation's tree is longer than its list, which stands beside it.
    if (ancestors.length <= 1000) {
      for (let ungrown = fresh(); ungrown.length > 0; ungrown = fresh()) {
        ungrown.forEach(grow);
      }
    }
    tell(byId('units-shown'), list.counts());
    tell(byId('matrix-shown'), crosses.counts());
    closed = [...document.querySelectorAll('details:not([open])')];
    closed.forEach((details) => { details.open = true; });
  };
  const fold = () => {
    (closed || []).forEach((details) => { details.open = false; });
    closed = null;
    document.body.classList.remove('list-only');
  };
  window.addEventListener('beforeprint', unfold);
  window.addEventListener('afterprint', fold);
  byId('print-list').addEventListener('click', () => {
    document.body.classList.add('list-only');
    window.print();
  });
})();
