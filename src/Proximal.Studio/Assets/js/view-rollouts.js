import { h, icon, replace } from './dom.js';
import { count, number, visible } from './format.js';
import { emptyBox, faultBox, skeleton } from './states.js';
import { foreign } from './text.js';
import { coloringsOf, scaleOf } from './token-scales.js';
import { tokenText, watchTokens } from './token-text.js';
import { treeMap } from './tree-map.js';

/** Rollouts of a run: a step, a prompt, and its tree token by token. */

export function rolloutsView(body, app, { run, parameters }) {
  const { source } = app;
  const whole = (name) => (parameters.get(name) === null || Number.isNaN(Number(parameters.get(name))) ? null : Number(parameters.get(name)));
  const state = {
    step: whole('step'), group: whole('prompt'), path: whole('path'), color: parameters.get('color') ?? 'advantage',
    verdict: parameters.get('verdict') ?? '', end: parameters.get('end') ?? '', least: '', most: '', shortest: '', longest: '',
  };
  let steps = [];
  let isRecorded = true;
  let list = null;
  let tree = null;
  let turn = 0;
  const trouble = h('div');
  const slider = h('input', { type: 'range', min: '0', max: '0', step: '1', value: '0', 'aria-label': 'Step', oninput: () => go(steps[Number(slider.value)], 60) });
  const stepText = h('output.num.step-text');
  const note = h('span.faint');
  const coloring = h('select.select', { 'aria-label': 'Colour tokens by', onchange: () => {
    state.color = coloring.value;
    keep();
    drawTree();
  } });
  const filters = h('div.filters', {},
    choice('Verdict', [['', 'any'], ['right', 'right'], ['wrong', 'wrong']], state.verdict, (value) => {
      state.verdict = value;
    }),
    choice('End', [['', 'any'], ['finished', 'finished'], ['truncated', 'truncated'], ['failed', 'failed'], ['open', 'open']], state.end, (value) => {
      state.end = value;
    }),
    span('Reward', 'least', 'most'),
    span('Tokens', 'shortest', 'longest'));
  const search = h('input.input', { type: 'search', placeholder: 'Search all rollouts of the run', 'aria-label': 'Search all rollouts', spellcheck: 'false', autocomplete: 'off' });
  const hits = h('div.hits', { hidden: true });
  const prompts = h('div.prompts', { role: 'listbox', 'aria-label': 'Prompts', tabindex: '-1' });
  const stage = h('div.stage', {}, skeleton(8));
  const clearTokens = watchTokens(stage);
  replace(
    body,
    h('div.page-head', {}, h('h1', {}, 'Rollouts'), note),
    h('div.toolbar', {},
      h('div.field.stepper', {}, h('span', {}, 'Step'),
        h('button.icon-button', { type: 'button', 'aria-label': 'Step before', onclick: () => stepBy(-1) }, icon('left')), slider,
        h('button.icon-button', { type: 'button', 'aria-label': 'Next step', onclick: () => stepBy(1) }, icon('right')), stepText),
      h('form.search', { role: 'search', onsubmit: (event) => {
        event.preventDefault();
        find();
      } }, icon('search'), search, h('kbd', { 'aria-hidden': 'true' }, '/'))),
    hits,
    trouble,
    h('div.split.rollouts', {}, h('aside.side', {}, filters, prompts), stage),
  );

  function choice(title, values, value, set) {
    return h('label.field', {}, h('span', {}, title), h('select.select', { onchange: (event) => {
      set(event.target.value);
      keep();
      drawList();
      drawTree();
    } }, values.map(([key, text]) => h('option', { value: key, selected: key === value }, text))));
  }

  function span(title, low, high) {
    const field = (key, label) => h('input.input.short', { type: 'number', step: 'any', placeholder: label, 'aria-label': `${title} ${label}`, oninput: (event) => {
      state[key] = event.target.value;
      drawList();
      drawTree();
    } });
    return h('div.field', { role: 'group', 'aria-label': title }, h('span', {}, title), field(low, 'from'), field(high, 'to'));
  }

  function keep() {
    app.keep({ run, step: state.step, prompt: state.group, path: state.path, color: state.color === 'advantage' ? '' : state.color, verdict: state.verdict, end: state.end });
  }

  const passes = (path) => (state.verdict === '' || (state.verdict === 'right') === path.correct)
    && (state.end === '' || path.end === state.end)
    && (state.least === '' || path.reward >= Number(state.least)) && (state.most === '' || path.reward <= Number(state.most))
    && (state.shortest === '' || path.tokens >= Number(state.shortest)) && (state.longest === '' || path.tokens <= Number(state.longest));

  async function readSteps(follows) {
    try {
      const wasLast = steps.length === 0 || state.step === steps[steps.length - 1];
      const answer = await source.steps(run);
      ({ steps } = answer);
      isRecorded = answer.recorded;
      if (steps.length === 0) {
        replace(stage, emptyBox('No rollouts yet', 'A language-model run records some of its rollouts token by token: see recording in its recipe.'));
        replace(prompts);
        return;
      }
      note.textContent = isRecorded ? `${count(steps.length)} recorded steps` : 'samples as text: this run recorded no tokens';
      slider.max = String(steps.length - 1);
      if (state.step === null || (follows && wasLast)) {
        await go(steps[steps.length - 1], 0);
      } else {
        await go(nearestStep(state.step), 0);
      }
    } catch (fault) {
      replace(stage);
      replace(trouble, faultBox(fault));
    }
  }

  function nearestStep(step) {
    return steps.reduce((best, one) => (Math.abs(one - step) < Math.abs(best - step) ? one : best), steps[0]);
  }

  let timer = 0;
  async function go(step, delay) {
    state.step = step;
    slider.value = String(steps.indexOf(step));
    stepText.textContent = count(step);
    clearTimeout(timer);
    if (delay > 0) {
      timer = setTimeout(() => readStep(), delay);
    } else {
      await readStep();
    }
  }

  function stepBy(by) {
    const at = steps.indexOf(state.step) + by;
    if (at >= 0 && at < steps.length) {
      go(steps[at], 0);
    }
  }

  async function readStep() {
    const now = ++turn;
    try {
      const answer = await source.rollouts(run, state.step);
      if (now !== turn) {
        return;
      }
      list = answer;
      replace(trouble);
      if (!list.trees.some((one) => one.group === state.group)) {
        state.group = list.trees[0].group;
      }
      drawList();
      await readTree();
    } catch (fault) {
      replace(stage);
      replace(trouble, faultBox(fault));
    }
  }

  async function readTree() {
    const now = ++turn;
    const index = list.trees.find((one) => one.group === state.group)?.index ?? 0;
    keep();
    try {
      const answer = await source.tree(run, state.step, index);
      if (now !== turn) {
        return;
      }
      tree = answer;
      drawTree();
    } catch (fault) {
      replace(stage, faultBox(fault));
    }
  }

  function drawList() {
    if (!list) {
      return;
    }
    const shown = list.trees.filter((one) => one.paths.some(passes));
    replace(prompts, shown.length === 0 ? h('p.faint', {}, 'No rollout passes the filter.') : shown.map((one) => h('button.prompt', {
      type: 'button', role: 'option', 'aria-selected': String(one.group === state.group), onclick: () => pick(one.group),
    },
    h('span.prompt-text', { dir: 'auto' }, visible(one.prompt.slice(0, 120)).replaceAll('\n', ' ')),
    h('span.prompt-facts', {},
      h('span.squares', { 'aria-label': `${one.paths.filter((path) => path.correct).length} of ${one.paths.length} right` }, one.paths.slice(0, 32).map((path) => h(`i${path.correct ? '.right' : ''}${passes(path) ? '' : '.out'}`))),
      h('span.faint.num', {}, number(mean(one.paths.map((path) => path.reward))))))));
  }

  function pick(group, path = null) {
    state.group = group;
    state.path = path;
    drawList();
    readTree();
  }

  function drawTree() {
    if (!tree) {
      return;
    }
    clearTokens();
    const info = list.trees.find((one) => one.group === state.group);
    const colorings = coloringsOf(tree);
    const isPlain = !tree.paths.some((path) => Object.keys(path.columns).length > 0);
    const chosen = colorings.find((one) => one.key === state.color) ?? colorings[0];
    replace(coloring, colorings.map((one) => h('option', { value: one.key, selected: one === chosen }, one.title)));
    const scale = isPlain ? null : scaleOf(tree, chosen);
    const visiblePaths = tree.paths.map((path, i) => ({ path, i })).filter(({ i }) => !info?.paths[i] || passes(info.paths[i]));
    const isTree = tree.segments.some((segment, i) => segment.parent > 0 || (i > 0 && segment.origin !== 'policy'));
    const tip = stage.querySelector('.token-tip');
    replace(
      stage,
      h('section.card.prompt-card', {},
        h('header', {}, h('h2', {}, 'Prompt'), tree.family && h('span.chip', {}, h('bdi', {}, visible(tree.family))), h('span.faint', {}, `${count(tree.rollouts)} rollouts`),
          h('span.expected', {}, h('span.faint', {}, 'expected '), foreign(tree.expected, { first: 200, empty: '(nothing)' }))),
        h('div.prompt-body', {}, foreign(tree.prompt, { first: 1200, empty: '(empty prompt)' }))),
      h('div.toolbar.color-bar', {},
        h('label.field', {}, h('span', {}, 'Colour by'), coloring),
        scale && h('ul.scale', { 'aria-label': 'Legend' }, scale.legend.map(([color, strength, text]) => h('li', {}, h('i', { style: { '--c': `var(${color})`, '--p': `${strength}%` } }), text))),
        h('span.faint.help-text', {}, isPlain ? 'No numbers of tokens were recorded.' : chosen.help)),
      (isTree || tree.paths.length > 1) && !isPlain && h('section.card.map-card', {}, treeMap(tree, state.path, (path) => {
        state.path = path;
        keep();
        drawTree();
        stage.querySelector(`[data-path="${path}"]`)?.scrollIntoView({ block: 'center' });
      })),
      visiblePaths.length === 0 && emptyBox('Nothing passes the filter', 'No rollout of this prompt has such a reward, length, verdict and end.'),
      visiblePaths.map(({ path, i }) => pathCard(path, i, scale, isPlain)),
      tree.left > 0 && h('p.faint', {}, `${count(tree.left)} more rollouts are too long to be shown here.`),
      tip,
    );
  }

  function pathCard(path, i, scale, isPlain) {
    const skipsRoot = path.segments.length > 1;
    const segments = skipsRoot ? path.segments.slice(1) : path.segments;
    const terms = Object.entries(path.terms);
    const counters = Object.entries(path.counters);
    return h(`section.card.path${i === state.path ? '.chosen' : ''}`, { 'data-path': String(i), 'aria-label': `Rollout ${i + 1}` },
      h('header', {},
        h('span.path-number', {}, `${i + 1}`),
        h(`span.verdict${path.correct ? '.right' : '.wrong'}`, {}, icon(path.correct ? 'check' : 'close'), path.correct ? 'right' : 'wrong'),
        h('span', {}, h('span.faint', {}, 'reward '), h('b.num', {}, number(path.reward))),
        terms.length > 1 && terms.map(([name, value]) => h('span.faint.num', {}, h('bdi', {}, visible(name)), ` ${number(value)}`)),
        h('span.faint', {}, visible(path.end)),
        !isPlain && h('span.faint.num', {}, `${count(segments.reduce((sum, s) => sum + tree.segments[s].texts.length, 0))} tokens`),
        path.foreign && h('span.chip', {}, 'from another model'),
        counters.slice(0, 6).map(([name, value]) => h('span.faint.num', {}, h('bdi', {}, visible(name)), ` ${number(value)}`))),
      isPlain
        ? h('div.tokens', {}, segments.map((s) => h('div.segment', {}, foreign(tree.segments[s].texts.join(''), { empty: '(empty)' }))))
        : tokenText({ tree, path, segments, offset: skipsRoot ? tree.segments[path.segments[0]].texts.length : 0, scale }));
  }

  async function find() {
    const text = search.value.trim();
    hits.hidden = text === '';
    if (text === '') {
      return;
    }
    replace(hits, skeleton(2));
    try {
      const answer = await source.search(run, text);
      replace(
        hits,
        h('header', {}, h('b', {}, answer.hits.length === 0 ? 'Nothing found' : `${answer.hits.length}${answer.complete ? '' : '+'} places`), h('button.icon-button.small', { type: 'button', 'aria-label': 'Close', onclick: closeHits }, icon('close'))),
        h('ul', {}, answer.hits.map((hit) => h('li', {}, h('button.hit', { type: 'button', onclick: () => {
          closeHits();
          state.group = hit.group;
          state.path = hit.path < 0 ? null : hit.path;
          go(hit.step, 0).then(() => stage.querySelector(`[data-path="${hit.path}"]`)?.scrollIntoView({ block: 'center' }));
        } }, h('span.faint.num', {}, `step ${count(hit.step)}`), h('span.hit-text', {}, marked(hit.excerpt, text)), hit.path >= 0 ? h(`span.verdict${hit.correct ? '.right' : '.wrong'}`, {}, icon(hit.correct ? 'check' : 'close')) : h('span.faint', {}, 'prompt'))))),
      );
    } catch (fault) {
      replace(hits, faultBox(fault));
    }
  }

  function closeHits() {
    hits.hidden = true;
  }

  function pickBy(by) {
    const shown = list?.trees.filter((one) => one.paths.some(passes)) ?? [];
    const at = shown.findIndex((one) => one.group === state.group) + by;
    if (shown[at]) {
      pick(shown[at].group);
      prompts.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
    }
  }

  readSteps(false);
  let waiting = 0;
  return {
    changed(kind, id) {
      if (kind === 'run' && id === run) {
        clearTimeout(waiting);
        waiting = setTimeout(() => readSteps(true), 400);
      }
    },
    destroy() {
      clearTimeout(timer);
      clearTimeout(waiting);
      turn = Infinity;
    },
    keys: [
      { keys: ['/'], text: 'search', run: () => search.focus() },
      { keys: ['j', 'ArrowDown'], text: 'next prompt', run: (event) => event.key === 'j' && pickBy(1) },
      { keys: ['k', 'ArrowUp'], text: 'prompt before', run: (event) => event.key === 'k' && pickBy(-1) },
      { keys: ['l', ']'], text: 'next step', run: () => stepBy(1) },
      { keys: ['h', '['], text: 'step before', run: () => stepBy(-1) },
      { keys: ['c'], text: 'colour by the next column', run: () => {
        coloring.selectedIndex = (coloring.selectedIndex + 1) % Math.max(1, coloring.options.length);
        coloring.dispatchEvent(new Event('change'));
      } },
      { keys: ['Escape'], text: '', run: closeHits },
    ],
  };
}

function marked(text, wanted) {
  const at = text.toLowerCase().indexOf(wanted.toLowerCase());
  return at < 0 ? h('bdi', {}, visible(text)) : h('bdi', {}, visible(text.slice(0, at)), h('mark', {}, visible(text.slice(at, at + wanted.length))), visible(text.slice(at + wanted.length)));
}

function mean(values) {
  const there = values.filter((value) => value !== null);
  return there.length === 0 ? null : there.reduce((a, b) => a + b) / there.length;
}
