/** Scales and their ticks. */

/** Round values between two ends. */
export function ticks(low, high, most) {
  const span = high - low;
  if (!(span > 0) || !Number.isFinite(span)) {
    return { step: 0, values: Number.isFinite(low) ? [low] : [] };
  }
  const rough = span / Math.max(1, most);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((one) => one >= rough * 0.999);
  const values = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9 && values.length < 100; i++) {
    values.push(i * step);
  }
  return { step, values };
}

/** Powers of ten between two ends, or round values where there are too few. */
export function logTicks(low, high, most) {
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const last = Math.floor(Math.log10(high) + 1e-9);
  if (last - first < 1) {
    return ticks(low, high, most);
  }
  const every = Math.max(1, Math.ceil((last - first + 1) / most));
  const values = [];
  for (let power = first; power <= last; power += every) {
    values.push(10 ** power);
  }
  return { step: 0, values };
}

/** Maps values to pixels and back. */
export class Scale {
  constructor(low, high, start, end, isLog) {
    this.low = low;
    this.high = high;
    this.start = start;
    this.end = end;
    this.isLog = isLog;
    this.a = isLog ? Math.log10(low) : low;
    this.span = (isLog ? Math.log10(high) : high) - this.a || 1;
  }

  at(value) {
    const v = this.isLog ? Math.log10(value) : value;
    return this.start + (v - this.a) / this.span * (this.end - this.start);
  }

  invert(pixel) {
    const v = this.a + (pixel - this.start) / (this.end - this.start) * this.span;
    return this.isLog ? 10 ** v : v;
  }
}
