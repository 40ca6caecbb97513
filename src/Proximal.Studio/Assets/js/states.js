import { h, icon } from './dom.js';

/** What a page shows when there is nothing to show. */

/** A fault, in words. */
export function faultBox(fault) {
  return h('div.fault-box', { role: 'alert' }, icon('alert'), h('div', {}, h('strong', {}, 'This cannot be shown'), h('p', {}, h('bdi', {}, fault.message ?? String(fault)))));
}

/** Nothing there yet, and what to do about it. */
export function emptyBox(title, text, ...more) {
  return h('div.empty', {}, h('h2', {}, title), h('p', {}, text), more);
}

/** Grey lines in the place of what is being read. */
export function skeleton(lines = 6) {
  return h('div.skeleton-page', { 'aria-busy': 'true', 'aria-label': 'Reading' }, Array.from({ length: lines }, () => h('div.skeleton')));
}
