import { h, icon, replace } from './dom.js';
import { number } from './format.js';
import { SvgContext, extentX, layout, paint } from './plot.js';
import { onThemeChange, token } from './theme.js';

/** A picture of curves that can be zoomed and read off. */

const SHORTEST_DRAG = 6;

export class Chart {
  #plot = { series: [], marks: [], logY: false };
  #view = null;
  #range = null;
  #cross = null;
  #drag = null;
  #frame = 0;
  #ends = [];

  /**
   * @param {object} options `{ title, axisName, onRange(range|null), onCross(x|null), height }`.
   */
  constructor(options) {
    this.options = options;
    this.canvas = h('canvas', { tabindex: '0', role: 'img', 'aria-label': options.title });
    this.over = h('canvas.over', { 'aria-hidden': 'true' });
    this.tip = h('div.tip', { hidden: true });
    this.note = h('div.chart-note', { hidden: true });
    this.plotBox = h('div.plot', { style: { height: `${options.height ?? 232}px` } }, this.canvas, this.over, this.tip, this.note);
    this.menu = h('div.menu', { hidden: true, role: 'menu' }, ['PNG', 'SVG', 'CSV'].map((kind) => h('button', { type: 'button', role: 'menuitem', onclick: () => this.#export(kind) }, kind)));
    this.latest = h('span.latest');
    this.element = h(
      'section.card.chart',
      { 'aria-label': options.title },
      h('header', {},
        h('h3', {}, h('bdi', {}, options.title)),
        this.latest,
        h('button.icon-button', { type: 'button', title: 'Larger', 'aria-label': `Enlarge ${options.title}`, onclick: () => this.#enlarge() }, icon('expand')),
        h('div.menu-anchor', {},
          h('button.icon-button', { type: 'button', title: 'Export', 'aria-label': `Export ${options.title}`, 'aria-haspopup': 'menu', onclick: () => this.#toggleMenu() }, icon('export')),
          this.menu)),
      this.plotBox,
    );
    this.#listen();
  }

  /** Shows other curves. */
  show(plot) {
    this.#plot = plot;
    const last = plot.series.filter((one) => !one.faint && !one.isHidden).map((one) => (one.smooth ?? one).y.findLast((value) => value !== null));
    this.latest.textContent = last.length === 1 && last[0] !== undefined ? number(last[0]) : '';
    this.note.hidden = plot.series.some((one) => one.x.length > 0);
    this.note.textContent = plot.note ?? 'No values yet';
    this.draw();
  }

  /** Shows a part of the horizontal axis; null for all. */
  zoom(range) {
    this.#range = range;
    this.draw();
  }

  /** Marks a place on the horizontal axis; null for none. */
  cross(x) {
    this.#cross = x;
    this.#drawOver();
  }

  draw() {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#paint());
  }

  destroy() {
    cancelAnimationFrame(this.#frame);
    this.#ends.forEach((end) => end());
  }

  get #visible() {
    return { ...this.#plot, series: this.#plot.series.filter((one) => !one.isHidden) };
  }

  #paint() {
    const width = this.plotBox.clientWidth;
    const height = this.plotBox.clientHeight;
    if (width === 0 || height === 0) {
      return;
    }
    const ratio = Math.min(3, devicePixelRatio || 1);
    for (const canvas of [this.canvas, this.over]) {
      if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
        canvas.width = Math.round(width * ratio);
        canvas.height = Math.round(height * ratio);
      }
    }
    const visible = this.#visible;
    this.#view = layout(visible, width, height, this.#range, null);
    const context = this.canvas.getContext('2d');
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    paint(context, visible, this.#view, chartColors());
    this.#drawOver();
  }

  #drawOver() {
    const view = this.#view;
    if (!view) {
      return;
    }
    const context = this.over.getContext('2d');
    const ratio = this.over.width / view.width;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, view.width, view.height);
    const colors = chartColors();
    if (this.#drag && Math.abs(this.#drag.now - this.#drag.start) >= SHORTEST_DRAG) {
      context.globalAlpha = 0.14;
      context.fillStyle = colors.accent;
      context.fillRect(Math.min(this.#drag.start, this.#drag.now), view.margin.top, Math.abs(this.#drag.now - this.#drag.start), view.height - view.margin.top - view.margin.bottom);
      context.globalAlpha = 1;
    }
    if (this.#cross === null || this.#cross < view.x.low || this.#cross > view.x.high) {
      this.tip.hidden = true;
      return;
    }
    const at = view.x.at(this.#cross);
    context.strokeStyle = colors.muted;
    context.setLineDash([3, 3]);
    context.beginPath();
    context.moveTo(at, view.margin.top);
    context.lineTo(at, view.height - view.margin.bottom);
    context.stroke();
    context.setLineDash([]);
    const rows = [];
    for (const one of this.#visible.series) {
      const line = one.smooth ?? one;
      const i = nearest(line.x, this.#cross);
      if (i < 0 || line.y[i] === null || (one.faint && !one.inTip)) {
        continue;
      }
      context.fillStyle = one.color;
      context.beginPath();
      context.arc(view.x.at(line.x[i]), view.y.at(line.y[i]), 3, 0, 2 * Math.PI);
      context.fill();
      rows.push({ one, x: line.x[i], y: line.y[i], raw: one.smooth ? valueAt(one, this.#cross) : null });
    }
    this.#showTip(rows, at);
  }

  #showTip(rows, at) {
    this.tip.hidden = rows.length === 0 || !this.isHovered;
    if (this.tip.hidden) {
      return;
    }
    rows.sort((a, b) => b.y - a.y);
    const marks = (this.#plot.marks ?? []).filter((mark) => Math.abs(this.#view.x.at(mark.x) - at) < 5);
    replace(
      this.tip,
      h('div.tip-head', {}, `${this.options.axisName()} ${this.options.formatX ? this.options.formatX(rows[0].x) : number(rows[0].x)}`),
      marks.map((mark) => h('div.tip-mark', {}, mark.text)),
      rows.slice(0, 12).map((row) => h('div.tip-row', {},
        h('span.swatch', { style: { background: row.one.color } }),
        h('span.tip-name', {}, h('bdi', {}, row.one.label)),
        h('span.num', {}, number(row.y)),
        row.raw !== null && h('span.num.faint', {}, number(row.raw)))),
      rows.length > 12 && h('div.faint', {}, `${rows.length - 12} more`),
    );
    const width = this.tip.offsetWidth;
    const left = at + 14 + width > this.#view.width ? Math.max(4, at - width - 14) : at + 14;
    this.tip.style.setProperty('left', `${left}px`);
  }

  #listen() {
    const canvas = this.canvas;
    canvas.addEventListener('pointermove', (event) => {
      if (!this.#view) {
        return;
      }
      this.isHovered = true;
      if (this.#drag) {
        this.#drag.now = this.#clamp(event.offsetX);
      }
      this.options.onCross?.(this.#view.x.invert(this.#clamp(event.offsetX)), this);
    });
    canvas.addEventListener('pointerleave', () => {
      this.isHovered = false;
      this.options.onCross?.(null, this);
    });
    canvas.addEventListener('pointerdown', (event) => {
      if (event.button === 0 && this.#view && event.pointerType !== 'touch') {
        this.#drag = { start: this.#clamp(event.offsetX), now: this.#clamp(event.offsetX) };
        canvas.setPointerCapture(event.pointerId);
      }
    });
    canvas.addEventListener('pointerup', () => {
      const drag = this.#drag;
      this.#drag = null;
      if (drag && Math.abs(drag.now - drag.start) >= SHORTEST_DRAG) {
        const ends = [this.#view.x.invert(drag.start), this.#view.x.invert(drag.now)].sort((a, b) => a - b);
        this.options.onRange?.(ends);
      }
      this.#drawOver();
    });
    canvas.addEventListener('dblclick', () => this.options.onRange?.(null));
    canvas.addEventListener('wheel', (event) => {
      // A wheel over a picture that nobody has touched scrolls the page.
      if (!this.#view || (!event.ctrlKey && !event.shiftKey && document.activeElement !== canvas)) {
        return;
      }
      event.preventDefault();
      this.#zoomAround(this.#view.x.invert(this.#clamp(event.offsetX)), Math.exp(Math.max(-0.5, Math.min(0.5, (event.deltaY || event.deltaX) / 400))));
    }, { passive: false });
    canvas.addEventListener('keydown', (event) => this.#key(event));
    canvas.addEventListener('blur', () => {
      this.isHovered = false;
      this.options.onCross?.(null, this);
    });
    const resize = new ResizeObserver(() => this.draw());
    resize.observe(this.plotBox);
    this.#ends.push(() => resize.disconnect(), onThemeChange(() => this.draw()));
  }

  #key(event) {
    if (!this.#view) {
      return;
    }
    const span = this.#view.x.high - this.#view.x.low;
    const at = this.#cross ?? (this.#view.x.low + this.#view.x.high) / 2;
    const act = {
      ArrowLeft: () => this.#walk(at - span / 100),
      ArrowRight: () => this.#walk(at + span / 100),
      '+': () => this.#zoomAround(at, 0.7),
      '-': () => this.#zoomAround(at, 1 / 0.7),
      0: () => this.options.onRange?.(null),
    }[event.key];
    if (act) {
      act();
      event.preventDefault();
      event.stopPropagation();
    }
  }

  #walk(x) {
    this.isHovered = true;
    this.options.onCross?.(Math.min(this.#view.x.high, Math.max(this.#view.x.low, x)), this);
  }

  #zoomAround(center, factor) {
    const { low, high } = this.#view.x;
    const [first, last] = this.options.extent?.() ?? extentX(this.#plot.series);
    const ends = [Math.max(first, center - (center - low) * factor), Math.min(last, center + (high - center) * factor)];
    this.options.onRange?.(ends[0] <= first && ends[1] >= last ? null : ends[1] - ends[0] > (last - first) * 1e-7 ? ends : [low, high]);
  }

  #clamp(x) {
    return Math.min(this.#view.width - this.#view.margin.right, Math.max(this.#view.margin.left, x));
  }

  #enlarge() {
    this.element.classList.toggle('wide');
    this.draw();
  }

  #toggleMenu() {
    this.menu.hidden = !this.menu.hidden;
    if (!this.menu.hidden) {
      this.menu.firstChild.focus();
      const close = (event) => {
        if (!this.menu.parentElement.contains(event.target) || event.key === 'Escape') {
          this.menu.hidden = true;
          document.removeEventListener('pointerdown', close);
          document.removeEventListener('keydown', close);
        }
      };
      document.addEventListener('pointerdown', close);
      document.addEventListener('keydown', close);
    }
  }

  #export(kind) {
    this.menu.hidden = true;
    const name = this.options.title.replace(/[^\w.-]+/g, '-');
    if (kind === 'PNG') {
      this.canvas.toBlob((blob) => save(blob, `${name}.png`));
    } else if (kind === 'SVG') {
      const context = new SvgContext(this.#view.width, this.#view.height);
      paint(context, this.#visible, this.#view, chartColors());
      save(new Blob([context.text()], { type: 'image/svg+xml' }), `${name}.svg`);
    } else {
      save(new Blob([this.#csv()], { type: 'text/csv' }), `${name}.csv`);
    }
  }

  #csv() {
    const lines = [`run,${cell(this.options.axisName())},${cell(this.options.title)}`];
    for (const one of this.#visible.series) {
      one.x.forEach((x, i) => lines.push(`${cell(one.label)},${x},${one.y[i] ?? ''}`));
    }
    return `${lines.join('\n')}\n`;
  }
}

/** A cell of a table for other programs; one that a spreadsheet would take for a formula is quoted as text. */
function cell(text) {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Hands a file to the reader. */
export function save(blob, name) {
  const address = URL.createObjectURL(blob);
  const link = h('a', { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

function valueAt(one, x) {
  const i = nearest(one.x, x);
  return i < 0 ? null : one.y[i];
}

/** Index of the value of an ascending list that is nearest. */
export function nearest(xs, x) {
  if (xs.length === 0) {
    return -1;
  }
  let low = 0;
  let high = xs.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (xs[middle] < x) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low > 0 && x - xs[low - 1] < xs[low] - x ? low - 1 : low;
}

function chartColors() {
  return { surface: token('--surface'), grid: token('--grid'), border: token('--border-strong'), muted: token('--muted'), accent: token('--accent') };
}

/** A small curve without axes. */
export function spark(canvas, ys, color) {
  const ratio = Math.min(3, devicePixelRatio || 1);
  const [width, height] = [canvas.clientWidth || 96, canvas.clientHeight || 24];
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  const context = canvas.getContext('2d');
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const values = ys.filter((y) => y !== null);
  const low = Math.min(...values);
  const span = Math.max(...values) - low || 1;
  context.strokeStyle = color;
  context.lineWidth = 1.4;
  context.lineJoin = 'round';
  context.beginPath();
  values.forEach((y, i) => {
    const point = [1 + i / Math.max(1, values.length - 1) * (width - 2), height - 3 - (y - low) / span * (height - 6)];
    context[i === 0 ? 'moveTo' : 'lineTo'](...point);
  });
  context.stroke();
}
