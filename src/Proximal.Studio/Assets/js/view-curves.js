import { Chart } from './chart.js';
import { h, icon, replace } from './dom.js';
import { count, duration, number } from './format.js';
import { seriesStyle } from './palette.js';
import { extentX } from './plot.js';
import { emptyBox, faultBox } from './states.js';
import { onThemeChange } from './theme.js';

/** Curves of one run or many: any metric against step, tokens or time. */

const USUAL = {
  language: ['reward/mean', 'reward/exact', 'evaluation/exact', 'policy/entropy', 'response/tokens', 'policy/kl', 'clip/fraction', 'gradient/norm'],
  control: ['episode/return', 'evaluation/return', 'episode/length', 'policy/entropy', 'loss/policy', 'loss/value'],
};
const FEWEST = 4;
const POINTS = 1200;
const BINS = 240;
const AXES = { step: 'step', tokens: 'tokens', time: 'time' };

export function curvesView(body, app, { parameters }) {
  const { store, source } = app;
  const list = (name) => (parameters.get(name) ?? '').split(',').filter(Boolean);
  const state = {
    runs: list('runs').filter((id) => store.runs.has(id)),
    metrics: list('metrics'),
    axis: AXES[parameters.get('axis')] ?? 'step',
    stage: parameters.get('stage') ?? 'auto',
    smoothing: Math.min(0.99, Math.max(0, Number(parameters.get('smoothing')) || 0)),
    logY: parameters.get('log') === '1',
    bands: parameters.get('bands') === '1',
    range: null,
    hidden: new Set(),
  };
  if (state.runs.length === 0) {
    state.runs = store.selected.size > 0 ? [...store.selected] : store.all.toSorted((a, b) => b.updated - a.updated).slice(0, 6).map((run) => run.id);
  }
  if (state.runs.length === 0) {
    replace(body, h('div.page-head', {}, h('h1', {}, 'Curves')), store.fault ? faultBox(store.fault) : emptyBox('No runs yet', 'Curves appear here as soon as a run has logged its first step.'));
    return {};
  }

  const charts = new Map();
  let names = [];
  let stages = [];
  const faults = new Map();
  let data = new Map();
  let marks = new Map();
  let abort = new AbortController();
  let timer = 0;
  const grid = h('div.charts');
  const legend = h('ul.legend');
  const metricList = h('div.metric-list');
  const metricFilter = h('input.input', { type: 'search', placeholder: 'Filter metrics', 'aria-label': 'Filter metrics', oninput: () => drawMetrics() });
  const trouble = h('div');
  const summary = h('p.faint.summary', { role: 'status' });
  const reset = h('button.button.quiet', { type: 'button', hidden: true, onclick: () => setRange(null) }, 'Whole range');

  const smoothingText = h('output.num', {}, state.smoothing.toFixed(2));
  const smoothing = h('input', { type: 'range', min: '0', max: '0.99', step: '0.01', value: String(state.smoothing), 'aria-label': 'Smoothing', oninput: () => {
    state.smoothing = Number(smoothing.value);
    smoothingText.textContent = state.smoothing.toFixed(2);
    keep();
    later(80);
  } });
  const stageSelect = h('select.select', { 'aria-label': 'Stage', onchange: () => {
    state.stage = stageSelect.value;
    state.range = null;
    keep();
    load();
  } });
  const bandsBox = toggle('Bands over seeds', state.bands, (on) => {
    state.bands = on;
    keep();
    load();
  });
  replace(
    body,
    h('div.page-head', {}, h('h1', {}, 'Curves'), summary),
    h('div.toolbar', {},
      segmented('Against', Object.keys(AXES), () => state.axis, (axis) => {
        state.axis = axis;
        state.range = null;
        keep();
        load();
      }),
      source.isLive && h('label.field', {}, h('span', {}, 'Stage'), stageSelect),
      h('label.field.range', {}, h('span', {}, 'Smoothing'), smoothing, smoothingText),
      toggle('Log axis', state.logY, (on) => {
        state.logY = on;
        keep();
        draw();
      }),
      bandsBox,
      reset),
    trouble,
    h('div.split', {},
      h('aside.side', {},
        h('details.panel', { open: true }, h('summary', {}, 'Runs'), legend),
        h('details.panel', { open: innerWidth > 760 }, h('summary', {}, 'Metrics'), metricFilter, metricList)),
      grid),
  );

  function keep() {
    app.keep({
      runs: state.runs.join(','),
      metrics: state.metrics.join(','),
      axis: state.axis === 'step' ? '' : state.axis,
      stage: state.stage === 'auto' ? '' : state.stage,
      smoothing: state.smoothing || '',
      log: state.logY ? '1' : '',
      bands: state.bands ? '1' : '',
    });
  }

  async function start() {
    replace(grid, Array.from({ length: 4 }, () => h('section.card.chart', {}, h('div.skeleton.tall'))));
    drawLegend();
    // The usual metrics are asked for at once: what a run really has may take a moment to read.
    const guessed = state.metrics.length === 0;
    const usual = [...new Set(state.runs.flatMap((id) => USUAL[store.runs.get(id)?.kind] ?? []))];
    if (guessed) {
      state.metrics = usual.slice(0, 6);
    }
    const curves = load();
    await Promise.all(state.runs.map(async (id) => {
      try {
        const one = await source.details(id);
        names = [...new Set([...names, ...one.metrics])].sort();
        stages = [...new Set([...stages, ...one.stages])];
        drawMetrics();
      } catch (fault) {
        faults.set(id, fault.message);
      }
      source.events(id).then((answer) => marks.set(id, answer.events)).catch(() => marks.delete(id));
    }));
    await curves;
    if (guessed) {
      const there = usual.filter((name) => names.includes(name));
      state.metrics = (there.length >= FEWEST ? there : [...there, ...names.filter((name) => !there.includes(name) && !name.startsWith('time/'))]).slice(0, 6);
    }
    replace(stageSelect, ['auto', ...stages, 'all'].map((stage) => h('option', { value: stage, selected: stage === state.stage }, { auto: 'last of each metric', all: 'all, one after the other' }[stage] ?? stage)));
    drawMetrics();
    await load();
  }

  function groupsOf() {
    const groups = Map.groupBy(state.runs.filter((id) => store.runs.has(id)), (id) => store.runs.get(id).group ?? id);
    return groups;
  }

  const hasSeeds = () => [...groupsOf().values()].some((members) => members.length > 1);

  async function load() {
    abort.abort();
    abort = new AbortController();
    const { signal } = abort;
    if (state.metrics.length === 0) {
      draw();
      return;
    }
    const query = { names: state.metrics, axis: state.axis, stage: state.stage, smoothing: state.smoothing || null, points: POINTS };
    if (state.range) {
      [query.from, query.to] = state.range;
    }
    try {
      const fresh = new Map();
      const isFirst = data.size === 0;
      await Promise.all(state.runs.map(async (id) => {
        let curves = [];
        try {
          const answer = await source.metrics(id, query, signal);
          faults.delete(id);
          if (answer.fault) {
            faults.set(id, answer.fault);
          }
          ({ curves } = answer);
        } catch (fault) {
          if (fault.name === 'AbortError') {
            throw fault;
          }
          faults.set(id, fault.message);
        }
        fresh.set(id, new Map(curves.map((curve) => [curve.name, curve])));
        if (isFirst && !signal.aborted) {
          data = fresh;
          draw();
        }
      }));
      if (state.bands && hasSeeds()) {
        await addMeans(fresh, query, signal);
      }
      data = fresh;
      draw();
    } catch (fault) {
      if (fault.name !== 'AbortError') {
        replace(trouble, faultBox(fault));
      }
    }
  }

  /** Means over the same pieces of the axis for all runs of a metric, so that bands compare like with like. */
  async function addMeans(fresh, query, signal) {
    const spans = new Map(state.metrics.map((name) => [name, state.range ?? extentX([...fresh.values()].map((curves) => curves.get(name)).filter((one) => one?.x.length > 0))]));
    const bySpan = Map.groupBy(state.metrics, (name) => spans.get(name).join(' '));
    for (const members of bySpan.values()) {
      const [from, to] = spans.get(members[0]);
      await Promise.all(state.runs.map(async (id) => {
        const { curves } = await source.metrics(id, { ...query, names: members, smoothing: null, points: 16, from, to, bins: BINS }, signal);
        for (const curve of curves) {
          const own = fresh.get(id).get(curve.name);
          if (own) {
            own.means = { from, to, values: curve.means };
          }
        }
      }));
    }
  }

  function draw() {
    reset.hidden = !state.range;
    bandsBox.hidden = !hasSeeds();
    // A band is a mean of pieces of the axis already.
    smoothing.disabled = state.bands && hasSeeds();
    replace(trouble, [...faults].slice(0, 4).map(([id, fault]) => h('p.fault-line', {}, icon('alert'), h('bdi', {}, `${store.runs.get(id)?.name ?? id}: ${fault}`))));
    for (const [name, chart] of charts) {
      if (!state.metrics.includes(name)) {
        chart.destroy();
        charts.delete(name);
      }
    }
    if (state.metrics.length === 0) {
      replace(grid, emptyBox(names.length === 0 ? 'No metrics yet' : 'No metric chosen', names.length === 0 ? 'They appear with the first step of the run.' : 'Choose some from the list.'));
      return;
    }
    let total = 0;
    for (const name of state.metrics) {
      if (!charts.has(name)) {
        charts.set(name, new Chart({
          title: name,
          axisName: () => state.axis,
          formatX: (x) => (state.axis === 'time' ? duration(x) : state.axis === 'tokens' ? number(x) : count(x)),
          extent: () => wholeExtent(name),
          onRange: setRange,
          onCross: (x) => charts.forEach((chart) => chart.cross(x)),
        }));
      }
      const chart = charts.get(name);
      const series = seriesOf(name);
      total += series.reduce((sum, one) => sum + (one.total ?? 0), 0);
      chart.zoom(state.range);
      chart.show({ series, marks: state.axis === 'step' ? marksOf() : [], logY: state.logY, note: state.logY ? 'No values above zero' : 'No values yet' });
    }
    const order = state.metrics.map((name) => charts.get(name).element);
    if (grid.children.length !== order.length || order.some((element, i) => grid.children[i] !== element)) {
      replace(grid, order);
    }
    summary.textContent = `${state.runs.length} ${state.runs.length === 1 ? 'run' : 'runs'}, ${count(total)} points`;
  }

  const extents = new Map();
  function wholeExtent(name) {
    if (!state.range) {
      extents.set(name, extentX(seriesOf(name)));
    }
    return extents.get(name) ?? [0, 1];
  }

  function marksOf() {
    return state.runs.filter((id) => !state.hidden.has(id)).flatMap((id) => (marks.get(id) ?? []).map((event) => ({ x: event.step, text: event.text })));
  }

  function seriesOf(name) {
    if (state.bands && hasSeeds()) {
      return bandsOf(name);
    }
    return state.runs.map((id, i) => {
      const curve = data.get(id)?.get(name);
      return {
        label: store.runs.get(id)?.name ?? id,
        ...seriesStyle(i),
        x: curve?.x ?? [],
        y: curve?.y ?? [],
        total: curve?.total ?? 0,
        smooth: curve?.smoothX ? { x: curve.smoothX, y: curve.smoothY } : null,
        isHidden: state.hidden.has(id),
      };
    }).filter((one) => one.x.length > 0);
  }

  function bandsOf(name) {
    const series = [];
    [...groupsOf().values()].forEach((members, i) => {
      const style = seriesStyle(i);
      const curves = members.filter((id) => !state.hidden.has(id)).map((id) => data.get(id)?.get(name)).filter((one) => one?.x.length > 0);
      for (const curve of curves) {
        series.push({ label: 'seed', ...style, dash: [], x: curve.x, y: curve.y, faint: true, total: curve.total });
      }
      const band = bandOf(curves.map((one) => one.means).filter(Boolean));
      if (band) {
        series.push({ label: `${groupName(members)} · mean of ${curves.length}`, ...style, x: band.x, y: band.mean, band });
      }
    });
    return series;
  }

  function groupName(members) {
    const run = store.runs.get(members[0]);
    return members.length === 1 ? run.name : commonName(members.map((id) => store.runs.get(id).name)) || run.method || run.name;
  }

  function drawLegend() {
    replace(legend, state.runs.map((id, i) => {
      const run = store.runs.get(id);
      const groupIndex = [...groupsOf().values()].findIndex((members) => members.includes(id));
      const style = seriesStyle(state.bands ? groupIndex : i);
      return h('li', {},
        h('button.legend-item', { type: 'button', 'aria-pressed': String(!state.hidden.has(id)), title: 'Show or hide', onclick: () => {
          state.hidden[state.hidden.has(id) ? 'delete' : 'add'](id);
          drawLegend();
          draw();
        } }, h('span.swatch', { style: { background: style.color } }), h('bdi', {}, run?.name ?? id)),
        state.runs.length > 1 && h('button.icon-button.small', { type: 'button', 'aria-label': `Remove ${run?.name ?? id}`, title: 'Remove', onclick: () => {
          state.runs = state.runs.filter((other) => other !== id);
          keep();
          drawLegend();
          load();
        } }, icon('close')));
    }), h('li', {}, h('select.select.add', { 'aria-label': 'Add a run', onchange: (event) => {
      state.runs.push(event.target.value);
      keep();
      start();
    } }, h('option', { value: '' }, 'Add a run…'), store.all.filter((run) => !state.runs.includes(run.id)).map((run) => h('option', { value: run.id }, run.name)))));
  }

  function drawMetrics() {
    const words = metricFilter.value.toLowerCase();
    const families = Map.groupBy(names.filter((name) => name.toLowerCase().includes(words)), (name) => (name.includes('/') ? name.split('/')[0] : 'other'));
    replace(metricList, [...families].map(([family, members]) => h('fieldset', {}, h('legend', {}, h('bdi', {}, family)), members.map((name) => h('label.metric', {},
      h('input', { type: 'checkbox', checked: state.metrics.includes(name), onchange: (event) => {
        state.metrics = event.target.checked ? [...state.metrics, name] : state.metrics.filter((other) => other !== name);
        keep();
        load();
      } }),
      h('bdi', {}, name.includes('/') ? name.slice(family.length + 1) : name))))));
  }

  function setRange(range) {
    if (range && !state.range) {
      state.metrics.forEach((name) => extents.set(name, extentX(seriesOf(name))));
    }
    state.range = range;
    charts.forEach((chart) => chart.zoom(range));
    reset.hidden = !range;
    later(120);
  }

  function later(milliseconds) {
    clearTimeout(timer);
    timer = setTimeout(load, milliseconds);
  }

  const endTheme = onThemeChange(() => {
    drawLegend();
    draw();
  });
  start();
  return {
    changed(kind, id) {
      if (kind === 'run' && state.runs.includes(id)) {
        if (names.length === 0) {
          start();
        } else {
          later(60);
        }
      }
    },
    destroy() {
      abort.abort();
      clearTimeout(timer);
      endTheme();
      charts.forEach((chart) => chart.destroy());
    },
    keys: [
      { keys: ['/'], text: 'filter metrics', run: () => {
        metricFilter.closest('details').open = true;
        metricFilter.focus();
      } },
      { keys: ['0'], text: 'whole range', run: () => setRange(null) },
      { keys: ['l'], text: 'log axis', run: () => {
        body.querySelector('input[name="Log axis"]').click();
      } },
      { keys: ['b'], text: 'bands over seeds', run: () => {
        bandsBox.querySelector('input').click();
      } },
      { keys: ['Escape'], text: '', run: () => setRange(null) },
      { keys: [''], text: 'On a picture: drag or wheel to zoom, arrows to read off' },
    ],
  };
}

/** Mean and standard error over runs at each piece of the axis, with holes of a run filled in between its neighbours. */
function bandOf(runs) {
  if (runs.length === 0) {
    return null;
  }
  const { from, to, values } = runs[0];
  const filled = runs.map((run) => interpolate(run.values));
  const band = { x: [], mean: [], low: [], high: [] };
  for (let i = 0; i < values.length; i++) {
    const there = filled.map((one) => one[i]).filter((value) => value !== null);
    if (there.length < runs.length || runs.every((run) => run.values[i] === null)) {
      continue;
    }
    const mean = there.reduce((a, b) => a + b) / there.length;
    const error = there.length > 1 ? Math.sqrt(there.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (there.length - 1) / there.length) : 0;
    band.x.push(i === 0 ? from : i === values.length - 1 ? to : from + (i + 0.5) / values.length * (to - from));
    band.mean.push(mean);
    band.low.push(mean - error);
    band.high.push(mean + error);
  }
  return band.x.length > 0 ? band : null;
}

function interpolate(values) {
  const known = values.map((_, i) => i).filter((i) => values[i] !== null);
  return values.map((value, i) => {
    if (value !== null) {
      return value;
    }
    const after = known.findIndex((one) => one > i);
    if (after <= 0) {
      return null;
    }
    const [a, b] = [known[after - 1], known[after]];
    return values[a] + (i - a) / (b - a) * (values[b] - values[a]);
  });
}

/** What the names of runs have in common, without the rest of a seed. */
function commonName(all) {
  let common = all[0];
  for (const name of all) {
    while (!name.startsWith(common)) {
      common = common.slice(0, -1);
    }
  }
  return common.replace(/[-_/. ]*(s|seed)?[-_]?$/i, '');
}

/** One of several values, side by side. */
function segmented(title, values, get, set) {
  const buttons = values.map((value) => h('button', { type: 'button', 'aria-pressed': String(get() === value), onclick: () => {
    set(value);
    buttons.forEach((button, i) => button.setAttribute('aria-pressed', String(values[i] === get())));
  } }, value));
  return h('div.field', { role: 'group', 'aria-label': title }, h('span', {}, title), h('div.segmented', {}, buttons));
}

/** Something that is on or off. */
function toggle(title, on, set) {
  return h('label.toggle', {}, h('input', { type: 'checkbox', checked: on, name: title, onchange: (event) => set(event.target.checked) }), h('span', {}, title));
}
