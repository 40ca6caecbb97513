import { h, icon, replace } from './dom.js';
import { bindEverywhere, bindPage, showKeys, startKeys } from './keys.js';
import { openSource } from './source.js';
import { Store } from './store.js';
import { nextTheme, onThemeChange, themeChoice } from './theme.js';
import { faultBox } from './states.js';
import { runsView } from './view-runs.js';
import { controlsView } from './view-controls.js';
import { curvesView } from './view-curves.js';
import { recipeView } from './view-recipe.js';
import { doctorView } from './view-doctor.js';
import { objectiveView } from './view-objective.js';
import { rolloutsView } from './view-rollouts.js';

/** The frame of the page: what is shown follows from the part of the address behind the #. */

const ALL = [
  { key: 'runs', title: 'Runs', open: runsView },
  { key: 'curves', title: 'Curves', open: curvesView },
  { key: 'rollouts', title: 'Rollouts', open: rolloutsView, ofRun: true },
  { key: 'doctor', title: 'Doctor', open: doctorView, ofRun: true },
  { key: 'objective', title: 'Objective', open: objectiveView, ofRun: true },
  { key: 'recipe', title: 'Recipe', open: recipeView, ofRun: true },
  { key: 'controls', title: 'Controls', open: controlsView, ofRun: true, isLive: true },
];

const source = openSource();
const VIEWS = ALL.filter((view) => source.isLive || !view.isLive);
const store = new Store(source);
const main = document.getElementById('main');
const tabs = new Map();
let current = null;
let lastRun = null;
let isStarted = false;

/** What the address says: the view, and its parameters. */
function place() {
  const [key, parameters] = location.hash.slice(2).split('?');
  return { view: VIEWS.find((one) => one.key === key) ?? VIEWS[0], parameters: new URLSearchParams(parameters ?? '') };
}

/** The address of a view. */
function link(key, parameters = {}) {
  const text = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== null && value !== undefined && value !== '')).toString();
  return `#/${key}${text ? `?${text}` : ''}`;
}

const app = {
  source,
  store,
  link,
  go: (key, parameters) => {
    location.hash = link(key, parameters);
  },
  /** Changes the parameters of the view that is shown without a step back for each. */
  keep: (parameters) => {
    history.replaceState(null, '', link(place().view.key, parameters));
    drawTabs();
  },
};

function show() {
  const { view, parameters } = place();
  current?.destroy?.();
  bindPage([]);
  const run = parameters.get('run') ?? (view.ofRun ? lastRun ?? newestRun() : null);
  lastRun = run ?? lastRun;
  document.title = `${view.title} · Proximal Studio`;
  main.className = `page page-${view.key}`;
  replace(main);
  if (view.ofRun && !store.runs.has(run)) {
    replace(main, noRun());
    current = null;
  } else {
    if (view.ofRun) {
      main.append(runBar(view, run));
    }
    const body = h('div.view');
    main.append(body);
    current = view.open(body, app, { run, parameters }) ?? null;
    bindPage(current?.keys ?? []);
  }
  drawTabs();
}

function newestRun() {
  return [...store.selected][0] ?? store.all.toSorted((a, b) => b.updated - a.updated)[0]?.id ?? null;
}

function noRun() {
  return store.fault
    ? faultBox(store.fault)
    : h('div.empty', {}, h('h2', {}, 'No run here'), h('p', {}, 'The run is not, or no longer, in the folder.'), h('a.button', { href: link('runs') }, 'All runs'));
}

/** Which run a view shows, and a choice of another one. */
function runBar(view, id) {
  const run = store.runs.get(id);
  return h('div.run-bar', {},
    h('label.run-choice', {},
      h('span.visually-hidden', {}, 'Run'),
      h('select', { class: 'select', onchange: (event) => app.go(view.key, { run: event.target.value }) },
        store.all.map((one) => h('option', { value: one.id, selected: one.id === id }, one.name)))),
    h(`span.state.state-${run.state}`, {}, run.state),
    run.method && h('span.chip', {}, run.method),
    run.task && h('span.chip', {}, run.task),
    run.fault && h('span.fault-line', {}, icon('alert'), h('bdi', {}, run.fault)));
}

function drawTabs() {
  const { view } = place();
  for (const [key, tab] of tabs) {
    const active = key === view.key;
    tab.classList.toggle('active', active);
    if (active) {
      tab.setAttribute('aria-current', 'page');
      tab.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    } else {
      tab.removeAttribute('aria-current');
    }
    const one = VIEWS.find((other) => other.key === key);
    tab.setAttribute('href', one.ofRun && lastRun ? link(key, { run: lastRun }) : key === 'curves' && store.selected.size > 0 ? link(key, { runs: [...store.selected].join(',') }) : link(key));
  }
}

function frame() {
  const theme = h('button.icon-button', { type: 'button', onclick: nextTheme });
  const drawTheme = () => {
    const choice = themeChoice();
    replace(theme, icon({ system: 'system', light: 'sun', dark: 'moon' }[choice]));
    theme.title = `Theme: ${choice}`;
    theme.setAttribute('aria-label', `Theme: ${choice}`);
  };
  onThemeChange(drawTheme);
  drawTheme();
  const live = h('span.live', { role: 'status' });
  const drawLive = () => {
    live.hidden = !source.isLive;
    live.className = `live live-${store.connection}`;
    live.textContent = { open: 'live', lost: 'not connected', closed: 'connecting' }[store.connection];
  };
  drawLive();
  store.on((kind) => kind === 'connection' && drawLive());
  const nav = h('nav.tabs', { 'aria-label': 'Views' }, VIEWS.map((view) => {
    const tab = h('a.tab', { href: link(view.key) }, view.title);
    tabs.set(view.key, tab);
    return tab;
  }));
  replace(
    document.getElementById('top'),
    h('a.brand', { href: link('runs') }, h('span.brand-mark', { 'aria-hidden': 'true' }), h('span', {}, 'Proximal ', h('b', {}, source.isLive ? 'Studio' : 'Report'))),
    nav,
    h('div.top-end', {}, live, theme, h('button.icon-button', { type: 'button', title: 'Keyboard (?)', 'aria-label': 'Keyboard', onclick: showKeys }, icon('help'))),
  );
}

bindEverywhere([
  { keys: ['?'], text: 'these keys', run: showKeys },
  ...VIEWS.slice(0, 9).map((view, i) => ({ keys: [String(i + 1)], text: view.title, run: () => app.go(view.key) })),
  { keys: ['t'], text: 'next theme', run: nextTheme },
  { keys: ['Escape'], text: 'leave a field, close a dialog', run: () => false },
]);
frame();
startKeys();
addEventListener('hashchange', show);
store.on((kind, id) => {
  if (kind === 'selection') {
    drawTabs();
  }
  if (kind === 'list' && isStarted && current === null) {
    show();
  }
  current?.changed?.(kind, id);
});
store.load().then(() => {
  isStarted = true;
  show();
  store.follow();
});
