import { h, replace } from './dom.js';
import { visible } from './format.js';
import { mathOf } from './math.js';
import { faultBox, skeleton } from './states.js';

/** What a recipe optimizes, in mathematics and in words. */

export function objectiveView(body, app, { run }) {
  const content = h('div.objective', {}, skeleton(12));
  replace(body, h('div.page-head', {}, h('h1', {}, 'Objective')), content);
  app.source.objective(run)
    .then((objective) => replace(
      content,
      objective.loss && h('section.card.loss', { tabindex: '0', 'aria-label': 'The loss' }, mathOf(objective.loss)),
      objective.symbols?.length > 0 && h('section.card.symbols', {}, objective.symbols.map(symbol)),
      h('details.words', { open: !objective.symbols }, h('summary', {}, 'The recipe in words'), h('pre.code', { tabindex: '0' }, visible(objective.text))),
    ))
    .catch((fault) => replace(content, faultBox(fault)));
  return {};
}

function symbol(one) {
  return h('div.symbol', {},
    h('div.symbol-name', {}, mathOf(one.symbol), h('span.faint', {}, one.role)),
    h('div.symbol-body', {},
      h('p', {}, h('b', {}, h('bdi', {}, visible(one.choice)))),
      one.summary && h('p.faint', {}, one.summary),
      one.formulas.map((formula) => h('div.formula', { tabindex: '0', 'aria-label': `Formula of the ${one.role}` }, mathOf(formula))),
      one.reference && h('p.faint.reference', {}, one.reference)));
}
