/** The runs that are known, which are chosen, and who wants to know of changes. */

export class Store {
  runs = new Map();
  keys = [];
  folder = '';
  fault = null;
  loaded = false;
  connection = 'closed';
  selected = new Set();
  #listeners = new Set();
  #source;
  #known = '';
  #asked = 0;
  #changed = new Map();

  constructor(source) {
    this.#source = source;
  }

  /** Reads all runs. What changes until the answer is here is newer than the answer. */
  async load() {
    const asked = ++this.#asked;
    this.#changed.clear();
    try {
      const answer = await this.#source.runs();
      if (asked !== this.#asked) {
        return;
      }
      const text = JSON.stringify(answer);
      if (text === this.#known && this.fault === null && this.#changed.size === 0) {
        return;
      }
      this.#known = text;
      this.runs = new Map(answer.runs.map((run) => [run.id, run]));
      this.#changed.forEach((run, id) => (run ? this.runs.set(id, run) : this.runs.delete(id)));
      this.keys = answer.keys;
      this.folder = answer.folder;
      this.fault = null;
      this.selected = new Set([...this.selected].filter((id) => this.runs.has(id)));
    } catch (fault) {
      this.fault = fault;
    }
    this.loaded = true;
    this.tell('list', null);
  }

  /** Follows the runs from now on. */
  follow() {
    this.#source.follow((kind, data) => {
      if (kind === 'ready') {
        // What changed before anyone listened is in the list.
        this.connection = 'open';
        this.load();
        this.tell('connection', null);
      } else if (kind === 'lost') {
        this.connection = 'lost';
        this.tell('connection', null);
      } else if (kind === 'gone') {
        this.#known = '';
        this.#changed.set(data, null);
        this.runs.delete(data);
        this.selected.delete(data);
        this.tell('list', data);
      } else {
        const isNew = !this.runs.has(data.id);
        this.#known = '';
        this.#changed.set(data.id, data);
        this.runs.set(data.id, data);
        this.tell(isNew ? 'list' : 'run', data.id);
      }
    });
  }

  /** Calls back with `(kind, id)`: `list`, `run`, `selection` or `connection`; returns what ends it. */
  on(tell) {
    this.#listeners.add(tell);
    return () => this.#listeners.delete(tell);
  }

  tell(kind, id) {
    this.#listeners.forEach((listener) => listener(kind, id));
  }

  /** Chooses a run, or no longer. */
  select(id, on) {
    if (on) {
      this.selected.add(id);
    } else {
      this.selected.delete(id);
    }
    this.tell('selection', id);
  }

  clearSelection() {
    this.selected.clear();
    this.tell('selection', null);
  }

  /** All runs, in the order of the server. */
  get all() {
    return [...this.runs.values()];
  }
}
