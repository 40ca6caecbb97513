/** Numbers, times and untrusted text for people. */

const EMPTY = '–';

/** A number with about four significant digits. */
export function number(value) {
  if (value === null || value === undefined || !Number.isFinite(value)) {
    return EMPTY;
  }
  const size = Math.abs(value);
  if (size === 0) {
    return '0';
  }
  if (size >= 1e6 || size < 1e-4) {
    return value.toExponential(2).replace('e+', 'e').replaceAll('-', '−');
  }
  const digits = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : size >= 1 ? 3 : 4;
  return trimZeros(value.toFixed(digits)).replace('-', '−');
}

function trimZeros(text) {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** A number with a fixed count of digits after the point, for columns. */
export function fixed(value, digits) {
  return value === null || value === undefined || !Number.isFinite(value) ? EMPTY : value.toFixed(digits).replace('-', '−');
}

/** A share as percent. */
export function percent(value) {
  return value === null || value === undefined || !Number.isFinite(value) ? EMPTY : `${(100 * value).toFixed(1)}%`;
}

/** A whole number with separated thousands. */
export function count(value) {
  return value === null || value === undefined || !Number.isFinite(value) ? EMPTY : Math.round(value).toLocaleString('en-US').replaceAll(',', '\u2009');
}

/** Seconds as people say them. */
export function duration(seconds) {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) {
    return EMPTY;
  }
  if (seconds < 60) {
    return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  }
  const whole = Math.round(seconds);
  const parts = [Math.floor(whole / 86400), Math.floor(whole / 3600) % 24, Math.floor(whole / 60) % 60, whole % 60];
  const names = ['d', 'h', 'min', 's'];
  const first = parts.findIndex((part) => part > 0);
  return [first, first + 1].filter((i) => i < 4 && parts[i] > 0).map((i) => `${parts[i]} ${names[i]}`).join(' ');
}

/** How long ago something was, in its largest unit. */
export function ago(milliseconds) {
  const seconds = Math.max(0, (Date.now() - milliseconds) / 1000);
  const [size, name] = [[86400, 'd'], [3600, 'h'], [60, 'min'], [1, 's']].find(([unit]) => seconds >= unit) ?? [1, 's'];
  return seconds < 5 ? 'just now' : `${Math.floor(seconds / size)} ${name} ago`;
}

/** Short number for an axis whose values lie a step apart. */
export function tick(value, step) {
  const size = Math.abs(value);
  if (size >= 1e9 || (size > 0 && size < 1e-3)) {
    return trimExponent(value.toExponential(Math.max(0, Math.min(3, Math.floor(Math.log10(size)) - Math.floor(Math.log10(step || size))))));
  }
  const [unit, name] = size >= 1e6 ? [1e6, 'M'] : size >= 1e4 ? [1e3, 'k'] : [1, ''];
  return `${(value / unit).toFixed(digitsOf((step || size || 1) / unit)).replace('-', '−')}${name}`;
}

/** Digits after the point that tell multiples of a step apart. */
function digitsOf(step) {
  for (let digits = 0; digits < 8; digits++) {
    const scaled = step * 10 ** digits;
    if (Math.abs(scaled - Math.round(scaled)) < 1e-6 * scaled) {
      return digits;
    }
  }
  return 8;
}

function trimExponent(text) {
  return text.replace('e+', 'e').replaceAll('-', '−');
}

const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * Text of a run as it can be shown: control characters as symbols, characters that turn the direction of writing by their number, halves of
 * characters as the replacement character. Ends of lines stay, after a sign.
 */
export function visible(text) {
  return text
    .replace(/\r\n/g, '␍\n')
    .replace(/[\u0000-\u0008\u000b-\u001f]/g, (c) => (c === '\n' ? c : String.fromCharCode(0x2400 + c.charCodeAt(0))))
    .replace(/\t/g, '⇥\t')
    .replace(/\u007f/g, '␡')
    .replace(/[\u0080-\u009f]/g, (c) => `⟨${c.charCodeAt(0).toString(16).toUpperCase()}⟩`)
    .replace(BIDI, (c) => `⟨${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`)
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');
}
