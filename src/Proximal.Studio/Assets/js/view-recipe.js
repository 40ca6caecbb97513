import { h, replace } from './dom.js';
import { visible } from './format.js';
import { emptyBox, faultBox, skeleton } from './states.js';

/** The recipe of a run, or what differs between two. */

export function recipeView(body, app, { run, parameters }) {
  const { store, source } = app;
  const other = parameters.get('with') ?? '';
  let onlyDifferences = true;
  const content = h('div', {}, skeleton(12));
  const compare = h('select.select', { 'aria-label': 'Compare with', onchange: () => app.go('recipe', { run, with: compare.value }) },
    h('option', { value: '' }, 'no other run'),
    store.all.filter((one) => one.id !== run).map((one) => h('option', { value: one.id, selected: one.id === other }, one.name)));
  const all = h('label.toggle', { hidden: !other }, h('input', { type: 'checkbox', onchange: (event) => {
    onlyDifferences = !event.target.checked;
    load();
  } }), h('span', {}, 'Show equal keys'));
  replace(body, h('div.page-head', {}, h('h1', {}, other ? 'Recipe diff' : 'Recipe')), h('div.toolbar', {}, h('label.field', {}, h('span', {}, 'Compare with'), compare), all), content);

  async function load() {
    try {
      if (other) {
        const { a, b, lines } = await source.diff(run, other);
        const shown = onlyDifferences ? lines.filter((line) => line.differs) : lines;
        replace(content, shown.length === 0
          ? emptyBox('The same recipe', 'Every key of these runs has the same value.')
          : h('div.table-wrap', {}, h('table.diff', {},
            h('thead', {}, h('tr', {}, h('th', {}, 'Key'), h('th', {}, h('bdi', {}, a)), h('th', {}, h('bdi', {}, b)))),
            h('tbody', {}, shown.map((line) => h(`tr${line.differs ? '.differs' : ''}`, {}, h('th', { scope: 'row' }, h('bdi', {}, line.key)), side(line.a, 'a', line.differs), side(line.b, 'b', line.differs)))))));
      } else {
        const { text } = await source.recipe(run);
        replace(content, h('pre.code', { tabindex: '0' }, text.split('\n').map(yamlLine)));
      }
    } catch (fault) {
      replace(content, faultBox(fault));
    }
  }

  load();
  return {};
}

function side(value, name, differs) {
  return h(`td.side-${name}`, {}, value === null ? h('span.faint', {}, 'not there') : differs ? h('mark', {}, h('bdi', {}, visible(value))) : h('bdi', {}, visible(value)));
}

/** A line of YAML with its keys set off. */
function yamlLine(line) {
  const parts = visible(line).split(/([\w-]+)(?=:(?:\s|$))/);
  return h('span.code-line', {}, parts.map((part, i) => (i % 2 === 1 ? h('span.key', {}, part) : part)), '\n');
}
