import { h } from './dom.js';
import { count, number, visible } from './format.js';
import { foreign } from './text.js';

/** Tokens of a rollout, each coloured and with its numbers. */

const FIRST = 600;
const MORE = 3000;
const LONGEST = 160;
const NAMES = {
  behaviour: 'log-prob when sampled', old: 'log-prob before the step', current: 'log-prob now', reference: 'log-prob of the reference', entropy: 'entropy', ratio: 'ratio',
  advantage: 'advantage', clipped: 'clip state', weight: 'weight', kl: 'KL', 'token-reward': 'reward credit', value: 'value',
};

/**
 * The tokens of some segments of a path.
 * @param {object} options `{ tree, path, segments, offset, scale }`: offset counts the tokens of the path before the first segment.
 */
export function tokenText({ tree, path, segments, offset, scale }) {
  const element = h('div.tokens', { tabindex: '0', role: 'group', 'aria-label': 'Tokens; arrow keys read them off' });
  const tokens = [];
  let at = offset;
  for (const index of segments) {
    const segment = tree.segments[index];
    segment.texts.forEach((text, i) => tokens.push({ text, id: segment.ids[i], origin: segment.origin, index: at + i, starts: i === 0, segment: index }));
    at += segment.texts.length;
  }
  const several = segments.length > 1;
  let shown = 0;
  let block = null;
  const more = h('button.link', { type: 'button', onclick: () => show(MORE) });
  const show = (most) => {
    const end = Math.min(tokens.length, shown + most);
    for (; shown < end; shown++) {
      const token = tokens[shown];
      if (token.starts || block === null) {
        block = h(`div.segment.origin-${known(token.origin)}`, {}, several && h('span.segment-label', {}, visible(token.origin)));
        element.insertBefore(block, more.parentNode === element ? more : null);
      }
      block.append(tokenSpan(token, path, scale));
    }
    more.hidden = shown >= tokens.length;
    more.textContent = `show more (${count(tokens.length - shown)} tokens left)`;
  };
  element.append(more);
  show(FIRST);
  element.info = (span) => tokens[Number(span.dataset.at)];
  element.path = path;
  return element;

  function tokenSpan(token, ofPath, colors) {
    const color = colors?.color(ofPath, token.index, token.origin);
    const span = h('span.tok', { 'data-at': String(shown) });
    if (color) {
      span.style.setProperty('--c', `var(${color[0]})`);
      span.style.setProperty('--p', `${color[1]}%`);
    }
    if (token.text.length > LONGEST) {
      span.append(foreign(token.text, { first: LONGEST * 8 }));
    } else {
      span.append(h('bdi', {}, visible(token.text)));
    }
    // An end of line is written as such and breaks the line too.
    return /(\\n|\n)$/.test(token.text) ? withBreak(span) : span;
  }
}

function withBreak(span) {
  const fragment = document.createDocumentFragment();
  fragment.append(span, document.createElement('br'));
  return fragment;
}

function known(origin) {
  return ['prompt', 'policy', 'environment', 'teacher', 'hint', 'probe'].includes(origin) ? origin : 'other';
}

/** Shows the numbers of the token under the pointer, or of the one that the arrow keys stand on, for all tokens within an element. */
export function watchTokens(container) {
  const tip = h('div.tip.token-tip', { hidden: true, role: 'status' });
  container.append(tip);
  let marked = null;
  const mark = (span) => {
    marked?.classList.remove('at');
    marked = span;
    if (!span) {
      tip.hidden = true;
      return;
    }
    span.classList.add('at');
    const tokens = span.closest('.tokens');
    const token = tokens.info(span);
    tip.replaceChildren(...describe(token, tokens.path));
    tip.hidden = false;
    place(tip, span, container);
  };
  container.addEventListener('pointerover', (event) => mark(event.target.closest?.('.tok') ?? null));
  container.addEventListener('pointerleave', () => mark(null));
  container.addEventListener('focusout', () => mark(null));
  container.addEventListener('keydown', (event) => {
    const tokens = event.target.closest?.('.tokens');
    if (!tokens || (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft')) {
      return;
    }
    const all = [...tokens.querySelectorAll('.tok')];
    const now = all.indexOf(marked);
    const next = all[Math.max(0, Math.min(all.length - 1, now + (event.key === 'ArrowRight' ? 1 : -1)))];
    mark(next);
    next?.scrollIntoView({ block: 'nearest' });
    event.preventDefault();
    event.stopPropagation();
  });
  return () => mark(null);
}

function describe(token, path) {
  const rows = Object.keys(NAMES).filter((name) => path.columns[name]).map((name) => {
    const value = path.columns[name][token.index];
    return h('div.tip-row', {}, h('span.tip-name', {}, NAMES[name]), h('span.num', {}, name === 'clipped' ? clipText(value) : number(value)));
  });
  const likely = path.columns.current ?? path.columns.behaviour;
  return [
    h('div.tip-head', {}, h('b.tip-token', {}, h('bdi', {}, visible(token.text.slice(0, 60)) || '(empty)')), ` ${token.origin} · id ${token.id} · place ${count(token.index + 1)}`),
    ...(likely && path.columns.mask?.[token.index] > 0 ? [h('div.tip-row', {}, h('span.tip-name', {}, 'probability'), h('span.num', {}, number(Math.exp(likely[token.index]))))] : []),
    ...rows,
  ];
}

function clipText(value) {
  const names = [[1, 'trust region'], [2, 'dual clip'], [4, 'covariance']].filter(([bit]) => (value & bit) !== 0).map(([, name]) => name);
  return names.length > 0 ? names.join(', ') : 'none';
}

function place(tip, span, container) {
  const box = span.getBoundingClientRect();
  const frame = container.getBoundingClientRect();
  const width = tip.offsetWidth;
  const height = tip.offsetHeight;
  const left = Math.max(0, Math.min(frame.width - width, box.left - frame.left));
  const below = box.bottom + height + 12 < innerHeight || box.top - height - 8 < 60;
  tip.style.setProperty('left', `${left}px`);
  tip.style.setProperty('top', `${below ? box.bottom - frame.top + 6 : box.top - frame.top - height - 6}px`);
}
