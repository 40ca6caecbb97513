import { Scale, logTicks, ticks } from './axis.js';
import { tick } from './format.js';

/** Draws curves on anything with the methods of a canvas: the page and SVG get the same picture. */

const FONT = '11px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';

/**
 * The scales of a picture.
 * @param {object} plot `{ series, marks, logY }`; a series has `x`, `y` and may have `smooth`, `band`, `faint`.
 * @param {number[]|null} rangeX The ends of the horizontal axis; null for those of the data.
 * @param {number[]|null} rangeY The ends of the vertical axis; null for those of the data within rangeX.
 */
export function layout(plot, width, height, rangeX, rangeY) {
  const margin = { left: 52, right: 12, top: 10, bottom: 26 };
  const [x0, x1] = rangeX ?? extentX(plot.series);
  const [y0, y1] = rangeY ?? extentY(plot, x0, x1);
  return {
    width,
    height,
    margin,
    x: new Scale(x0, x1, margin.left, width - margin.right, false),
    y: new Scale(y0, y1, height - margin.bottom, margin.top, plot.logY),
  };
}

/** The ends of the data on the horizontal axis. */
export function extentX(series) {
  let low = Infinity;
  let high = -Infinity;
  for (const one of series) {
    if (one.x.length > 0) {
      low = Math.min(low, one.x[0]);
      high = Math.max(high, one.x[one.x.length - 1]);
    }
  }
  return low > high ? [0, 1] : low === high ? [low - 0.5, high + 0.5] : [low, high];
}

function extentY(plot, x0, x1) {
  let low = Infinity;
  let high = -Infinity;
  const take = (x, y) => {
    for (let i = 0; i < x.length; i++) {
      if (y[i] !== null && x[i] >= x0 && x[i] <= x1 && (!plot.logY || y[i] > 0)) {
        low = Math.min(low, y[i]);
        high = Math.max(high, y[i]);
      }
    }
  };
  for (const one of plot.series) {
    take(one.x, one.y);
    if (one.band) {
      take(one.band.x, one.band.low);
      take(one.band.x, one.band.high);
    }
  }
  if (low > high) {
    return plot.logY ? [0.1, 1] : [0, 1];
  }
  if (plot.logY) {
    return low === high ? [low / 2, high * 2] : [low / 1.1, high * 1.1];
  }
  const pad = low === high ? Math.abs(low) * 0.1 || 0.5 : (high - low) * 0.06;
  return [low - pad, high + pad];
}

/** Draws a picture. */
export function paint(context, plot, view, colors) {
  const { width, height, margin, x, y } = view;
  context.fillStyle = colors.surface;
  context.fillRect(0, 0, width, height);
  context.font = FONT;
  context.lineWidth = 1;
  paintAxes(context, plot, view, colors);
  context.save();
  context.beginPath();
  context.rect(margin.left, margin.top - 2, width - margin.left - margin.right, height - margin.top - margin.bottom + 4);
  context.clip();
  for (const mark of plot.marks ?? []) {
    const at = Math.round(x.at(mark.x)) + 0.5;
    context.strokeStyle = colors.accent;
    context.setLineDash([2, 3]);
    line(context, at, margin.top, at, height - margin.bottom);
  }
  context.setLineDash([]);
  for (const one of plot.series) {
    if (one.band) {
      paintBand(context, one.band, x, y, one.color, plot.logY);
    }
  }
  for (const one of plot.series) {
    const behind = one.smooth || one.faint;
    context.globalAlpha = behind ? 0.34 : 1;
    paintCurve(context, one.x, one.y, x, y, one.color, behind ? 1 : 1.6, one.dash, plot.logY);
    context.globalAlpha = 1;
  }
  for (const one of plot.series) {
    if (one.smooth) {
      paintCurve(context, one.smooth.x, one.smooth.y, x, y, one.color, 2, one.dash, plot.logY);
    }
  }
  context.setLineDash([]);
  context.restore();
}

function paintAxes(context, plot, view, colors) {
  const { width, height, margin, x, y } = view;
  const vertical = plot.logY ? logTicks(y.low, y.high, 5) : ticks(y.low, y.high, Math.max(2, Math.floor((height - margin.top - margin.bottom) / 34)));
  context.strokeStyle = colors.grid;
  context.fillStyle = colors.muted;
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  for (const value of vertical.values) {
    const at = Math.round(y.at(value)) + 0.5;
    line(context, margin.left, at, width - margin.right, at);
    context.fillText(tick(value, vertical.step), margin.left - 8, at);
  }
  const horizontal = ticks(x.low, x.high, Math.max(2, Math.floor((width - margin.left - margin.right) / 84)));
  context.textBaseline = 'top';
  for (const value of horizontal.values) {
    const at = x.at(value);
    context.textAlign = at < margin.left + 14 ? 'left' : at > width - margin.right - 18 ? 'right' : 'center';
    context.fillText(tick(value, horizontal.step), at, height - margin.bottom + 8);
  }
  context.strokeStyle = colors.border;
  line(context, margin.left, height - margin.bottom + 0.5, width - margin.right, height - margin.bottom + 0.5);
}

function paintBand(context, band, x, y, color, isLog) {
  const ok = band.x.map((_, i) => i).filter((i) => band.low[i] !== null && (!isLog || band.low[i] > 0));
  if (ok.length < 2) {
    return;
  }
  context.beginPath();
  ok.forEach((i, n) => (n === 0 ? context.moveTo(x.at(band.x[i]), y.at(band.high[i])) : context.lineTo(x.at(band.x[i]), y.at(band.high[i]))));
  for (const i of ok.reverse()) {
    context.lineTo(x.at(band.x[i]), y.at(band.low[i]));
  }
  context.closePath();
  context.globalAlpha = 0.18;
  context.fillStyle = color;
  context.fill();
  context.globalAlpha = 1;
}

function paintCurve(context, xs, ys, x, y, color, width, dash, isLog) {
  context.strokeStyle = color;
  context.fillStyle = color;
  context.lineWidth = width;
  context.lineJoin = 'round';
  context.setLineDash(dash ?? []);
  context.beginPath();
  let open = false;
  let alone = null;
  const dots = [];
  for (let i = 0; i < xs.length; i++) {
    const value = ys[i];
    if (value === null || (isLog && !(value > 0))) {
      if (alone) {
        dots.push(alone);
      }
      open = false;
      alone = null;
      continue;
    }
    const [px, py] = [x.at(xs[i]), y.at(value)];
    if (open) {
      context.lineTo(px, py);
      alone = null;
    } else {
      context.moveTo(px, py);
      alone = [px, py];
      open = true;
    }
  }
  context.stroke();
  if (alone) {
    dots.push(alone);
  }
  context.setLineDash([]);
  for (const [px, py] of dots) {
    context.fillRect(px - 1.5, py - 1.5, 3, 3);
  }
  context.lineWidth = 1;
}

function line(context, x0, y0, x1, y1) {
  context.beginPath();
  context.moveTo(x0, y0);
  context.lineTo(x1, y1);
  context.stroke();
}

/** A canvas that writes SVG. */
export class SvgContext {
  #out = [];
  #path = [];
  #clips = 0;
  #open = 0;
  fillStyle = '#000';
  strokeStyle = '#000';
  lineWidth = 1;
  lineJoin = 'round';
  globalAlpha = 1;
  font = FONT;
  textAlign = 'left';
  textBaseline = 'alphabetic';
  #dash = [];

  constructor(width, height) {
    this.width = width;
    this.height = height;
  }

  save() {}

  restore() {
    this.#out.push('</g>'.repeat(this.#open));
    this.#open = 0;
  }

  setLineDash(dash) {
    this.#dash = dash;
  }

  beginPath() {
    this.#path = [];
  }

  moveTo(x, y) {
    this.#path.push(`M${round(x)} ${round(y)}`);
  }

  lineTo(x, y) {
    this.#path.push(`L${round(x)} ${round(y)}`);
  }

  closePath() {
    this.#path.push('Z');
  }

  rect(x, y, width, height) {
    this.#path.push(`M${round(x)} ${round(y)}h${round(width)}v${round(height)}h${round(-width)}Z`);
  }

  clip() {
    const id = `clip${this.#clips++}`;
    this.#out.push(`<clipPath id="${id}"><path d="${this.#path.join('')}"/></clipPath><g clip-path="url(#${id})">`);
    this.#open++;
  }

  stroke() {
    const dash = this.#dash.length > 0 ? ` stroke-dasharray="${this.#dash.join(' ')}"` : '';
    this.#out.push(`<path d="${this.#path.join('')}" fill="none" stroke="${this.strokeStyle}" stroke-width="${this.lineWidth}" stroke-linejoin="round"${dash}${this.#alpha()}/>`);
  }

  fill() {
    this.#out.push(`<path d="${this.#path.join('')}" fill="${this.fillStyle}"${this.#alpha()}/>`);
  }

  fillRect(x, y, width, height) {
    this.#out.push(`<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" fill="${this.fillStyle}"${this.#alpha()}/>`);
  }

  fillText(text, x, y) {
    const anchor = { left: 'start', center: 'middle', right: 'end' }[this.textAlign];
    const shift = { middle: 4, top: 9, alphabetic: 0 }[this.textBaseline];
    this.#out.push(`<text x="${round(x)}" y="${round(y + shift)}" text-anchor="${anchor}" fill="${this.fillStyle}">${escapeText(String(text))}</text>`);
  }

  /** The picture. */
  text() {
    return `<svg xmlns="http://www.w3.org/2000/svg" width="${this.width}" height="${this.height}" viewBox="0 0 ${this.width} ${this.height}" font-family="system-ui, sans-serif" font-size="11">${this.#out.join('')}</svg>\n`;
  }

  #alpha() {
    return this.globalAlpha < 1 ? ` opacity="${this.globalAlpha}"` : '';
  }
}

function round(value) {
  return Math.round(value * 100) / 100;
}

function escapeText(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
