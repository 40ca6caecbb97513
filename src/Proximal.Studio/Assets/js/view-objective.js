import { h, replace } from './dom.js';
import { visible } from './format.js';
import { faultBox, skeleton } from './states.js';

/** What a recipe optimizes, in words and mathematics. */

export function objectiveView(body, app, { run }) {
  const content = h('div', {}, skeleton(12));
  replace(body, h('div.page-head', {}, h('h1', {}, 'Objective')), content);
  app.source.objective(run)
    .then(({ text }) => replace(content, h('pre.code', { tabindex: '0' }, visible(text))))
    .catch((fault) => replace(content, faultBox(fault)));
  return {};
}
