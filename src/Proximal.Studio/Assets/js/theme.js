/** Light, dark, or as the system is. */

const KEY = 'proximal-theme';
const ORDER = ['system', 'light', 'dark'];
const listeners = new Set();

/** The chosen theme: `system`, `light` or `dark`. */
export function themeChoice() {
  return document.documentElement.dataset.theme ?? 'system';
}

/** Whether dark is shown. */
export function isDark() {
  const choice = themeChoice();
  return choice === 'dark' || (choice === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
}

/** Takes the next theme. */
export function nextTheme() {
  const next = ORDER[(ORDER.indexOf(themeChoice()) + 1) % ORDER.length];
  if (next === 'system') {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = next;
  }
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // Storage is switched off: the choice lasts as long as the page.
  }
  changed();
}

/** Calls back whenever another theme is shown; returns what ends it. */
export function onThemeChange(tell) {
  listeners.add(tell);
  return () => listeners.delete(tell);
}

function changed() {
  listeners.forEach((tell) => tell());
}

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', changed);

/** The value of a colour of the theme, as `#1b2a3c`. */
export function token(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
