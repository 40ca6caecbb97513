import { svg } from './dom.js';
import { originColor } from './token-scales.js';

/** A tree of segments as a map: to the right goes the text, each rollout has a row, what rollouts share spans their rows. */

const ROW = 15;
const GAP = 3;
const WIDTH = 1000;

/** Draws the map. `chosen` is the index of a path, `pick` is called with another one. */
export function treeMap(tree, chosen, pick) {
  const starts = [];
  const rows = tree.segments.map(() => ({ first: Infinity, last: -1 }));
  tree.segments.forEach((segment, i) => {
    starts[i] = segment.parent < 0 ? 0 : starts[segment.parent] + Math.max(1, tree.segments[segment.parent].texts.length);
  });
  const order = tree.paths.map((_, i) => i).sort((a, b) => compare(tree.paths[a].segments, tree.paths[b].segments));
  order.forEach((path, row) => tree.paths[path].segments.forEach((segment) => {
    rows[segment].first = Math.min(rows[segment].first, row);
    rows[segment].last = Math.max(rows[segment].last, row);
  }));
  const length = Math.max(1, ...tree.segments.map((segment, i) => starts[i] + Math.max(1, segment.texts.length)));
  const scale = WIDTH / length;
  const height = order.length * ROW;
  const picture = svg('svg', { viewBox: `0 0 ${WIDTH} ${height}`, preserveAspectRatio: 'none', class: 'tree-map', role: 'img', 'aria-label': `Tree of ${tree.paths.length} rollouts` });
  picture.style.setProperty('height', `${height}px`);
  tree.segments.forEach((segment, i) => {
    if (rows[i].last < 0) {
      return;
    }
    const box = svg('rect', {
      x: starts[i] * scale + 1,
      y: rows[i].first * ROW + GAP / 2,
      width: Math.max(2, Math.max(1, segment.texts.length) * scale - 2),
      height: (rows[i].last - rows[i].first + 1) * ROW - GAP,
      rx: 2,
    });
    box.style.setProperty('fill', `color-mix(in srgb, var(${originColor(segment.origin)}) 70%, var(--surface))`);
    picture.append(box);
  });
  order.forEach((path, row) => {
    const line = svg('rect', { x: 0, y: row * ROW, width: WIDTH, height: ROW, class: path === chosen ? 'map-row chosen' : 'map-row' });
    line.addEventListener('click', () => pick(path));
    line.append(svg('title', {}, `rollout ${path + 1}`));
    picture.append(line);
  });
  return picture;
}

function compare(a, b) {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    if (a[i] !== b[i]) {
      return a[i] - b[i];
    }
  }
  return a.length - b.length;
}
