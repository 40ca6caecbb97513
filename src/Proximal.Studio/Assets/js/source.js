/** Where the data comes from: a studio that runs, or a report that holds them. */

/** A fault that the server told. */
export class SourceFault extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

async function get(path, signal) {
  let response;
  try {
    response = await fetch(path, { signal, headers: { accept: 'application/json' } });
  } catch (fault) {
    if (fault.name === 'AbortError') {
      throw fault;
    }
    throw new SourceFault('The studio does not answer. Is `proximal studio` still running?', 0);
  }
  return read(response);
}

async function read(response) {
  const body = await response.json().catch(() => null);
  if (!response.ok || body === null) {
    throw new SourceFault(body?.error ?? `The studio answered with ${response.status}.`, response.status);
  }
  return body;
}

const run = (id) => `/api/runs/${encodeURIComponent(id)}`;

/** Asks the server. */
class LiveSource {
  isLive = true;

  runs(signal) {
    return get('/api/runs', signal);
  }

  details(id, signal) {
    return get(run(id), signal);
  }

  recipe(id, signal) {
    return get(`${run(id)}/recipe`, signal);
  }

  diff(a, b, signal) {
    return get(`/api/diff?a=${encodeURIComponent(a)}&b=${encodeURIComponent(b)}`, signal);
  }

  objective(id, signal) {
    return get(`${run(id)}/objective`, signal);
  }

  doctor(id, signal) {
    return get(`${run(id)}/doctor`, signal);
  }

  steps(id, signal) {
    return get(`${run(id)}/rollouts`, signal);
  }

  rollouts(id, step, signal) {
    return get(`${run(id)}/rollouts/${step}`, signal);
  }

  tree(id, step, tree, signal) {
    return get(`${run(id)}/rollouts/${step}?tree=${tree}`, signal);
  }

  search(id, text, signal) {
    return get(`${run(id)}/search?q=${encodeURIComponent(text)}`, signal);
  }

  events(id, signal) {
    return get(`${run(id)}/events`, signal);
  }

  controls(id, signal) {
    return get(`${run(id)}/controls`, signal);
  }

  async control(id, token, command) {
    const response = await fetch(`${run(id)}/controls`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-proximal-token': token },
      body: JSON.stringify(command),
    });
    return read(response);
  }

  /** Curves of a run: `{ names, axis, stage, from, to, points, smoothing, bins }`. */
  metrics(id, query, signal) {
    const parameters = new URLSearchParams();
    for (const [key, value] of Object.entries(query)) {
      if (value !== null && value !== undefined && value !== '') {
        parameters.set(key, Array.isArray(value) ? value.join(',') : String(value));
      }
    }
    return get(`${run(id)}/metrics?${parameters}`, signal);
  }

  /** Follows the runs; calls back with `(kind, data)`, kind being `ready`, `run`, `gone` or `lost`. */
  follow(tell) {
    const stream = new EventSource('/api/events');
    stream.onerror = () => tell('lost', null);
    stream.addEventListener('ready', () => tell('ready', null));
    stream.addEventListener('run', (event) => tell('run', JSON.parse(event.data)));
    stream.addEventListener('gone', (event) => tell('gone', JSON.parse(event.data)));
    return () => stream.close();
  }
}

/** Answers out of the data of a report. */
class EmbeddedSource {
  isLive = false;

  constructor(data) {
    this.data = data;
  }

  async runs() {
    return { folder: this.data.title, keys: this.data.keys, runs: this.data.runs.map((one) => one.row) };
  }

  find(id) {
    const found = this.data.runs.find((one) => one.row.id === id);
    if (!found) {
      throw new SourceFault('The report does not hold this run.', 404);
    }
    return found;
  }

  part(id, name) {
    const part = this.find(id)[name];
    if (!part) {
      throw new SourceFault('The report does not hold this.', 404);
    }
    return part;
  }

  async details(id) {
    return this.part(id, 'details');
  }

  async recipe(id) {
    return this.part(id, 'recipe');
  }

  async diff(a, b) {
    const [first, second] = [this.part(a, 'keys'), this.part(b, 'keys')];
    const keys = [...new Set([...Object.keys(first), ...Object.keys(second)])];
    return {
      a: this.find(a).row.name,
      b: this.find(b).row.name,
      lines: keys.map((key) => ({ key, a: first[key] ?? null, b: second[key] ?? null, differs: first[key] !== second[key] })),
    };
  }

  async objective(id) {
    return this.part(id, 'objective');
  }

  async doctor(id) {
    return this.part(id, 'doctor');
  }

  async steps(id) {
    return this.part(id, 'steps');
  }

  async rollouts(id, step) {
    return this.part(id, 'rollouts')[step]?.list ?? this.missing();
  }

  async tree(id, step, tree) {
    return this.part(id, 'rollouts')[step]?.trees[tree] ?? this.missing();
  }

  missing() {
    throw new SourceFault('The report does not hold this step.', 404);
  }

  async search(id, text) {
    const wanted = text.toLowerCase();
    const hits = [];
    for (const [step, one] of Object.entries(this.find(id).rollouts ?? {})) {
      for (const tree of one.list.trees) {
        for (const path of tree.paths) {
          const whole = `${tree.prompt}\n${path.preview}`;
          const at = whole.toLowerCase().indexOf(wanted);
          if (at >= 0 && hits.length < 200) {
            hits.push({ step: Number(step), group: tree.group, path: path.index, correct: path.correct, reward: path.reward, excerpt: whole.slice(Math.max(0, at - 40), at + 80) });
          }
        }
      }
    }
    return { hits, complete: true };
  }

  async events(id) {
    return this.find(id).events ?? { events: [] };
  }

  async controls() {
    return { available: false };
  }

  async metrics(id, query) {
    const curves = query.names.map((name) => {
      const whole = this.find(id).curves[name];
      if (!whole) {
        return { name, total: 0, x: [], y: [] };
      }
      const axis = whole[query.axis ?? 'step'];
      const smooth = query.smoothing > 0 ? smoothed(whole.y, query.smoothing) : null;
      const from = query.from ?? -Infinity;
      const to = query.to ?? Infinity;
      const kept = axis.map((x, i) => i).filter((i) => (axis[i + 1] ?? axis[i]) >= from && (axis[i - 1] ?? axis[i]) <= to);
      const curve = { name, total: whole.total, x: kept.map((i) => axis[i]), y: kept.map((i) => whole.y[i]) };
      if (smooth) {
        curve.smoothX = curve.x;
        curve.smoothY = kept.map((i) => smooth[i]);
      }
      if (query.bins > 0) {
        curve.means = means(curve.x, curve.y, from, to, query.bins);
      }
      return curve;
    });
    return { fault: null, curves };
  }

  follow() {
    return () => {};
  }
}

function smoothed(y, weight) {
  let sum = 0;
  let weights = 0;
  return y.map((value) => {
    if (value === null) {
      return null;
    }
    sum = weight * sum + value;
    weights = weight * weights + 1;
    return sum / weights;
  });
}

function means(x, y, from, to, bins) {
  const sums = new Array(bins).fill(0);
  const counts = new Array(bins).fill(0);
  x.forEach((at, i) => {
    if (y[i] !== null && at >= from && at <= to) {
      const bin = Math.min(bins - 1, Math.floor((at - from) * bins / Math.max(to - from, 1e-300)));
      sums[bin] += y[i];
      counts[bin]++;
    }
  });
  return sums.map((sum, i) => (counts[i] === 0 ? null : sum / counts[i]));
}

/** The source of this page. */
export function openSource() {
  const embedded = document.getElementById('report-data');
  return embedded ? new EmbeddedSource(JSON.parse(embedded.textContent)) : new LiveSource();
}
