import { token } from './theme.js';

/** Colours of runs: eight that are told apart, then the same with dashes. */

const COLORS = 8;
const DASHES = [[], [6, 3], [2, 2], [8, 3, 2, 3]];

/** The colour and dash of the run of an index. */
export function seriesStyle(index) {
  return { color: token(`--series-${index % COLORS + 1}`), dash: DASHES[Math.floor(index / COLORS) % DASHES.length] };
}
