import { h, icon, replace } from './dom.js';
import { spark } from './chart.js';
import { ago, count, duration, fixed, number, percent } from './format.js';
import { emptyBox, faultBox } from './states.js';
import { token } from './theme.js';

/** The table of all runs: filter, sort, group, choose. */

const COLUMNS = [
  { key: 'name', title: 'Run', value: (run) => run.name },
  { key: 'state', title: 'State', value: (run) => ['running', 'stopped', 'finished', 'damaged'].indexOf(run.state) },
  { key: 'task', title: 'Task', value: (run) => run.task ?? '' },
  { key: 'method', title: 'Method', value: (run) => run.method ?? '' },
  { key: 'reward', title: 'Reward', value: (run) => run.reward, isNumber: true, hint: 'Mean reward of the last step; mean return of the last episodes of control runs' },
  { key: 'exact', title: 'Exact', value: (run) => run.exact, isNumber: true, hint: 'Share of right answers of the last step' },
  { key: 'heldOut', title: 'Held-out', value: (run) => run.heldOut, isNumber: true, hint: 'The last measurement on held-out problems or episodes' },
  { key: 'trend', title: 'Trend', isFixed: true },
  { key: 'seconds', title: 'Time', value: (run) => run.seconds, isNumber: true },
  { key: 'updated', title: 'Updated', value: (run) => run.updated, isNumber: true },
];

const trends = new Map();

export function runsView(body, app, { parameters }) {
  const { store } = app;
  const state = {
    filter: parameters.get('filter') ?? '',
    group: parameters.get('group') ?? '',
    sort: parameters.get('sort') ?? '',
    down: parameters.get('down') === '1',
    cursor: null,
  };
  const rows = new Map();
  const search = h('input.input', {
    type: 'search', placeholder: 'Filter: name, task, method, key=value', value: state.filter, 'aria-label': 'Filter runs', spellcheck: 'false', autocomplete: 'off',
    oninput: () => {
      state.filter = search.value;
      keep();
      draw();
    },
  });
  const group = h('select.select', { 'aria-label': 'Group by', onchange: () => {
    state.group = group.value;
    keep();
    draw();
  } });
  const total = h('span.faint');
  const actions = h('div.selection', { role: 'status' });
  const table = h('div.table-wrap');
  replace(
    body,
    h('div.page-head', {}, h('h1', {}, 'Runs'), total, h('span.folder', {}, h('bdi', {}, store.folder))),
    h('div.toolbar', {}, h('label.search', {}, icon('search'), search, h('kbd', { 'aria-hidden': 'true' }, '/')), h('label.field', {}, h('span', {}, 'Group by'), group)),
    table,
    actions,
  );

  function keep() {
    app.keep({ filter: state.filter, group: state.group, sort: state.sort, down: state.down ? '1' : '' });
  }

  function shown() {
    const words = state.filter.toLowerCase().split(/\s+/).filter(Boolean);
    const found = store.all.filter((run) => words.every((word) => matches(run, word)));
    const column = COLUMNS.find((one) => one.key === state.sort);
    if (column) {
      const missing = (value) => value === null || value === undefined || value === '';
      found.sort((a, b) => {
        const [x, y] = [column.value(a), column.value(b)];
        if (missing(x) || missing(y)) {
          return missing(x) - missing(y);
        }
        return (state.down ? -1 : 1) * (typeof x === 'string' ? x.localeCompare(y, undefined, { numeric: true }) : x - y);
      });
    }
    return found;
  }

  function draw() {
    replace(group, h('option', { value: '' }, 'nothing'), ['state', 'task', 'method', ...store.keys].filter((key, i, all) => all.indexOf(key) === i).map((key) => h('option', { value: key, selected: key === state.group }, key)));
    total.textContent = store.loaded ? `${count(store.runs.size)}` : '';
    rows.clear();
    if (store.fault) {
      replace(table, faultBox(store.fault));
      return;
    }
    if (store.runs.size === 0) {
      replace(table, emptyBox('No runs yet', 'Runs appear here by themselves as soon as they start.', h('pre.command', {}, 'proximal train recipes/quickstart.yaml')));
      drawActions();
      return;
    }
    const found = shown();
    if (found.length === 0) {
      replace(table, emptyBox('Nothing matches', 'No run has all of these words in its name, task, method or recipe.', h('button.button', { type: 'button', onclick: () => {
        search.value = state.filter = '';
        keep();
        draw();
      } }, 'Clear the filter')));
      drawActions();
      return;
    }
    const groups = state.group ? [...Map.groupBy(found, (run) => valueOf(run, state.group) ?? '–')] : [[null, found]];
    replace(table, h('table.runs', {},
      h('thead', {}, h('tr', {}, h('th.check', {}, allBox(found)), COLUMNS.map(head))),
      groups.map(([name, members]) => h('tbody', {},
        name !== null && h('tr.group', {}, h('th', { colspan: COLUMNS.length + 1, scope: 'rowgroup' }, h('span.faint', {}, `${state.group} `), h('bdi', {}, name), h('span.faint', {}, ` · ${members.length}${groupMean(members)}`))),
        members.map(row)))));
    drawActions();
    readTrends(found);
  }

  function head(column) {
    const sorted = state.sort === column.key;
    return h(`th${column.isNumber ? '.num' : ''}.col-${column.key}`, { 'aria-sort': sorted ? (state.down ? 'descending' : 'ascending') : 'none', title: column.hint },
      column.isFixed ? column.title : h('button.sort', { type: 'button', onclick: () => {
        [state.sort, state.down] = sorted ? (state.down === Boolean(column.isNumber) ? [column.key, !state.down] : ['', false]) : [column.key, Boolean(column.isNumber)];
        keep();
        draw();
      } }, column.title, h('span.arrow', { 'aria-hidden': 'true' }, sorted ? (state.down ? '↓' : '↑') : '')));
  }

  function allBox(found) {
    const chosen = found.filter((run) => store.selected.has(run.id)).length;
    return h('input', { type: 'checkbox', 'aria-label': 'Choose all', checked: chosen === found.length, indeterminate: chosen > 0 && chosen < found.length, onchange: (event) => {
      found.forEach((run) => (event.target.checked ? store.selected.add(run.id) : store.selected.delete(run.id)));
      store.tell('selection', null);
      draw();
    } });
  }

  function row(run) {
    const element = h('tr.run', { onclick: (event) => {
      if (!event.target.closest('a, button, input')) {
        setCursor(run.id);
      }
    } });
    rows.set(run.id, element);
    fill(element, run);
    return element;
  }

  function fill(element, run) {
    element.classList.toggle('cursor', run.id === state.cursor);
    element.classList.toggle('chosen', store.selected.has(run.id));
    const canvas = h('canvas.spark', { 'aria-hidden': 'true' });
    replace(
      element,
      h('td.check', {}, h('input', { type: 'checkbox', 'aria-label': `Choose ${run.name}`, checked: store.selected.has(run.id), onchange: (event) => store.select(run.id, event.target.checked) })),
      h('td.col-name', {}, h('a.run-name', { href: app.link('curves', { runs: run.id }) }, h('bdi', {}, run.name)), run.fault && h('div.fault-line', {}, icon('alert'), h('bdi', {}, run.fault))),
      h('td.col-state', {}, stateCell(run)),
      h('td.col-task', {}, h('bdi', {}, run.task ?? '–')),
      h('td.col-method', {}, h('bdi', {}, run.method ?? '–')),
      h('td.num.col-reward', { 'data-label': 'Reward' }, run.kind === 'control' ? number(run.reward) : fixed(run.reward, 3)),
      h('td.num.col-exact', { 'data-label': 'Exact' }, percent(run.exact)),
      h('td.num.col-heldOut', { 'data-label': 'Held-out' }, run.kind === 'control' ? number(run.heldOut) : percent(run.heldOut)),
      h('td.col-trend', {}, canvas),
      h('td.num.col-seconds', { 'data-label': 'Time' }, duration(run.seconds)),
      h('td.num.col-updated', {}, ago(run.updated)),
    );
    const trend = trends.get(run.id);
    if (trend) {
      requestAnimationFrame(() => spark(canvas, trend.y, token('--accent')));
    }
  }

  function stateCell(run) {
    const done = run.steps > 0 ? Math.min(1, run.step / run.steps) : null;
    const text = run.state === 'finished' ? 'finished' : run.state === 'damaged' ? 'damaged' : `${run.state} · ${run.stage === 'policy' ? '' : `${run.stage} `}${count(run.step)}${run.steps ? ` / ${count(run.steps)}` : ''}`;
    return [
      h(`span.state.state-${run.state}`, {}, text),
      run.state === 'running' && done !== null && h('progress', { value: done, max: 1, 'aria-label': 'Steps done' }),
    ];
  }

  function drawActions() {
    const chosen = [...store.selected];
    actions.classList.toggle('shown', chosen.length > 0);
    replace(actions, chosen.length > 0 && [
      h('span', {}, `${chosen.length} chosen`),
      h('a.button.primary', { href: app.link('curves', { runs: chosen.join(',') }) }, 'Compare curves'),
      chosen.length === 2 && h('a.button', { href: app.link('recipe', { run: chosen[0], with: chosen[1] }) }, 'Diff recipes'),
      h('button.button.quiet', { type: 'button', onclick: () => {
        store.clearSelection();
        draw();
      } }, 'Clear'),
    ]);
  }

  /** Trends are read one after the other once the table is there. */
  let reading = 0;
  async function readTrends(found) {
    const turn = ++reading;
    for (const run of found.slice(0, 400)) {
      const known = trends.get(run.id);
      if (turn !== reading) {
        return;
      }
      if (known?.updated === run.updated || run.state === 'damaged') {
        continue;
      }
      const names = run.kind === 'control' ? ['episode/return', 'evaluation/return', 'loss/total'] : ['reward/mean', 'loss/total'];
      try {
        const { curves } = await app.source.metrics(run.id, { names, points: 96 });
        const curve = curves.find((one) => one.x.length > 1);
        if (curve) {
          trends.set(run.id, { updated: run.updated, y: curve.y });
          const canvas = rows.get(run.id)?.querySelector('canvas');
          if (canvas) {
            spark(canvas, curve.y, token('--accent'));
          }
        }
      } catch {
        // The table tells what is wrong with a run; it only has no trend.
      }
    }
  }

  function setCursor(id) {
    const before = rows.get(state.cursor);
    state.cursor = id;
    before?.classList.remove('cursor');
    const now = rows.get(id);
    now?.classList.add('cursor');
    now?.scrollIntoView({ block: 'nearest' });
  }

  function move(by) {
    const ids = [...rows.keys()];
    if (ids.length > 0) {
      const at = ids.indexOf(state.cursor);
      setCursor(ids[Math.min(ids.length - 1, Math.max(0, at < 0 ? 0 : at + by))]);
    }
  }

  draw();
  const clock = setInterval(() => store.all.forEach((run) => {
    const cell = rows.get(run.id)?.querySelector('.col-updated');
    if (cell) {
      cell.textContent = ago(run.updated);
    }
  }), 10000);
  return {
    changed(kind, id) {
      if (kind === 'run' && rows.has(id) && !state.sort && !state.filter && !state.group) {
        fill(rows.get(id), store.runs.get(id));
        readTrends([store.runs.get(id)]);
      } else if (kind === 'selection' && id) {
        rows.get(id)?.classList.toggle('chosen', store.selected.has(id));
        drawActions();
      } else if (kind !== 'connection') {
        draw();
      }
    },
    destroy() {
      reading++;
      clearInterval(clock);
    },
    keys: [
      { keys: ['/'], text: 'filter', run: () => search.focus() },
      { keys: ['j', 'ArrowDown'], text: 'next run', run: () => move(1) },
      { keys: ['k', 'ArrowUp'], text: 'run before', run: () => move(-1) },
      { keys: ['x', ' '], text: 'choose the run', run: (event) => {
        if (event.target.closest?.('a, button, input') || !state.cursor) {
          return false;
        }
        store.select(state.cursor, !store.selected.has(state.cursor));
        fill(rows.get(state.cursor), store.runs.get(state.cursor));
        return true;
      } },
      { keys: ['Enter'], text: 'open the run', run: (event) => {
        if (event.target.closest?.('a, button, input') || !state.cursor) {
          return false;
        }
        app.go('curves', { runs: state.cursor });
        return true;
      } },
      { keys: ['c'], text: 'curves of the chosen runs', run: () => app.go('curves', { runs: [...store.selected].join(',') }) },
      { keys: ['Escape'], text: '', run: () => store.selected.size > 0 && (store.clearSelection(), draw()) },
    ],
  };
}

function matches(run, word) {
  const [key, value] = word.split('=');
  if (value !== undefined) {
    return String(valueOf(run, key) ?? '').toLowerCase().startsWith(value);
  }
  return [run.name, run.state, run.task, run.method, run.recipe].some((text) => text?.toLowerCase().includes(word));
}

/** The value of a key of the recipe, or of a column. */
function valueOf(run, key) {
  return run.values[key] ?? (['state', 'task', 'method', 'seed', 'name', 'kind', 'environment'].includes(key) ? run[key] : null);
}

function groupMean(members) {
  const values = members.map((run) => run.heldOut).filter((value) => value !== null);
  if (values.length < 2) {
    return '';
  }
  const mean = values.reduce((a, b) => a + b) / values.length;
  const error = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1) / values.length);
  return ` · held-out ${number(mean)} ± ${number(error)}`;
}
