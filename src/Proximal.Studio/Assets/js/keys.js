import { h, replace } from './dom.js';

/** The keyboard: what keys do on every page and on the one that is shown. */

const everywhere = [];
let ofPage = [];

/** Keys of all pages: `{ keys: ['?'], text, run }`. */
export function bindEverywhere(bindings) {
  everywhere.push(...bindings);
}

/** Keys of the page that is shown. */
export function bindPage(bindings) {
  ofPage = bindings;
}

/** Listens to the keyboard. */
export function startKeys() {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    // An open dialog has the keyboard for itself.
    if (document.querySelector('dialog[open]') && event.key !== '?') {
      return;
    }
    const target = event.target;
    const types = target.matches?.('input:not([type=checkbox]):not([type=range]), textarea, select');
    if (types && event.key !== 'Escape') {
      return;
    }
    if (event.key === 'Escape' && types) {
      target.blur();
      event.preventDefault();
      return;
    }
    const binding = [...ofPage, ...everywhere].find((one) => one.keys.includes(event.key));
    if (binding && binding.run(event) !== false) {
      event.preventDefault();
    }
  });
}

/** A dialog with all keys. */
export function showKeys() {
  const existing = document.querySelector('dialog.keys');
  if (existing) {
    existing.close();
    return;
  }
  const dialog = h('dialog.keys', { 'aria-label': 'Keyboard', onclose: () => dialog.remove(), onclick: (event) => event.target === dialog && dialog.close() });
  replace(
    dialog,
    h('h2', {}, 'Keyboard'),
    h('dl', {}, [...ofPage, ...everywhere].filter((one) => one.text).map((one) => [
      h('dt', {}, one.keys.filter((key) => key.length > 0).map((key) => h('kbd', {}, NAMES[key] ?? key))),
      h('dd', {}, one.text),
    ])),
    h('form', { method: 'dialog' }, h('button.button', {}, 'Close')),
  );
  document.body.append(dialog);
  dialog.showModal();
}

const NAMES = { Escape: 'Esc', ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓', Enter: 'Enter', ' ': 'Space' };
