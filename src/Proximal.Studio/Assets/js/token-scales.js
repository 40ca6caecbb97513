/** How numbers of tokens become colours. */

/** What tokens can be coloured by, in the order of the choice; `of` names the columns, the first that is there counts. */
export const COLORINGS = [
  { key: 'logprob', title: 'Log-probability', of: ['current', 'old', 'behaviour'], kind: 'low', help: 'The paler, the more likely the policy found the token.' },
  { key: 'entropy', title: 'Entropy', of: ['entropy'], kind: 'high', help: 'Where the policy was undecided.' },
  { key: 'ratio', title: 'Ratio', of: ['ratio'], kind: 'ratio', help: 'How far the policy has moved from the one that sampled: below one and above one.' },
  { key: 'advantage', title: 'Advantage', of: ['advantage'], kind: 'signed', help: 'Tokens that are made less likely and more likely.' },
  { key: 'clipped', title: 'Clip state', of: ['clipped'], kind: 'clip', help: 'Where the objective changed the gradient.' },
  { key: 'kl', title: 'KL', of: ['kl'], kind: 'high', help: 'Divergence from the reference.' },
  { key: 'reward', title: 'Reward credit', of: ['token-reward'], kind: 'signed', help: 'The reward that is given at the token.' },
  { key: 'weight', title: 'Weight', of: ['weight'], kind: 'weight', help: 'The factor that selection put on the loss.' },
  { key: 'value', title: 'Value', of: ['value'], kind: 'signed', help: 'The critic before the token.' },
  { key: 'origin', title: 'Origin', of: [], kind: 'origin', help: 'Who wrote the token.' },
];

const STRONGEST = 52;
const CLIPPED = 38;
const ORIGINS = { prompt: '--border-strong', policy: '--scale-one', environment: '--origin-environment', teacher: '--origin-teacher', hint: '--origin-hint', probe: '--scale-high' };
const CLIPS = [[1, 'trust region', '--scale-high'], [2, 'dual clip', '--origin-teacher'], [4, 'covariance', '--origin-hint']];

/** The colour of an origin. */
export function originColor(origin) {
  return ORIGINS[origin] ?? '--origin-hint';
}

/** The colourings for which a tree has numbers. */
export function coloringsOf(tree) {
  const columns = new Set(tree.paths.flatMap((path) => Object.keys(path.columns)));
  return COLORINGS.filter((one) => one.of.length === 0 || one.of.some((name) => columns.has(name)));
}

/**
 * A scale over all tokens of a tree: `{ color(path, index, origin), legend }`, where colour is `[token, percent]` or null and the legend a list of
 * `[token, percent, text]`.
 */
export function scaleOf(tree, coloring) {
  if (coloring.kind === 'origin') {
    const origins = [...new Set(tree.segments.map((segment) => segment.origin))];
    return { color: (path, index, origin) => [originColor(origin), 34], legend: origins.map((origin) => [originColor(origin), 34, origin]) };
  }
  const columnOf = (path) => coloring.of.map((name) => path.columns[name]).find(Boolean);
  const counts = (path, i) => (path.columns.mask ? path.columns.mask[i] > 0 : true);
  if (coloring.kind === 'clip') {
    return {
      color: (path, i) => {
        const state = columnOf(path)?.[i] ?? 0;
        const found = CLIPS.find(([bit]) => (state & bit) !== 0);
        return found ? [found[2], CLIPPED] : null;
      },
      legend: [['--surface', 0, 'not changed'], ...CLIPS.map(([, text, color]) => [color, CLIPPED, text])],
    };
  }
  const values = [];
  for (const path of tree.paths) {
    columnOf(path)?.forEach((value, i) => value !== null && counts(path, i) && values.push(shape(coloring.kind, value)));
  }
  values.sort((a, b) => Math.abs(a) - Math.abs(b));
  const end = Math.abs(values[Math.min(values.length - 1, Math.floor(values.length * 0.98))] ?? 0) || 1;
  const color = (path, i) => {
    const value = columnOf(path)?.[i];
    if (value === null || value === undefined || !counts(path, i)) {
      return null;
    }
    const shaped = shape(coloring.kind, value);
    const strength = Math.round(Math.min(1, Math.abs(shaped) / end) * STRONGEST);
    const signed = coloring.kind === 'signed' || coloring.kind === 'ratio' || coloring.kind === 'weight';
    return strength < 2 ? null : [signed ? (shaped < 0 ? '--scale-low' : '--scale-high') : '--scale-one', strength];
  };
  return { color, legend: legendOf(coloring.kind, end) };
}

function shape(kind, value) {
  if (kind === 'low') {
    return Math.min(0, value);
  }
  if (kind === 'ratio') {
    return Math.log(Math.max(1e-6, value));
  }
  return kind === 'weight' ? value - 1 : value;
}

function legendOf(kind, end) {
  const text = (value) => Number(value.toPrecision(2)).toString().replace('-', '−');
  if (kind === 'low') {
    return [['--scale-one', 0, '0'], ['--scale-one', STRONGEST / 2, text(-end / 2)], ['--scale-one', STRONGEST, `≤ ${text(-end)}`]];
  }
  if (kind === 'high') {
    return [['--scale-one', 0, '0'], ['--scale-one', STRONGEST / 2, text(end / 2)], ['--scale-one', STRONGEST, `≥ ${text(end)}`]];
  }
  const [low, middle, high] = kind === 'ratio' ? [Math.exp(-end), 1, Math.exp(end)] : kind === 'weight' ? [1 - end, 1, 1 + end] : [-end, 0, end];
  return [['--scale-low', STRONGEST, `≤ ${text(low)}`], ['--surface', 0, text(middle)], ['--scale-high', STRONGEST, `≥ ${text(high)}`]];
}
