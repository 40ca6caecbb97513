import { Chart } from './chart.js';
import { h, icon, replace } from './dom.js';
import { count, number, visible } from './format.js';
import { seriesStyle } from './palette.js';
import { emptyBox, faultBox, skeleton } from './states.js';

/** What goes wrong with a run: findings with their evidence and what to try. */

const WORDS = { critical: 'critical', warning: 'warning', note: 'note' };

export function doctorView(body, app, { run }) {
  const { source, store } = app;
  const content = h('div.findings', {}, skeleton(6));
  const note = h('span.faint');
  let charts = [];
  replace(body, h('div.page-head', {}, h('h1', {}, 'Doctor'), note), content);

  async function load() {
    if (store.runs.get(run)?.kind === 'control') {
      replace(content, emptyBox('Not for control runs', 'The rules examine policy optimization of language models.'));
      return;
    }
    try {
      const { rules, findings } = await source.doctor(run);
      note.textContent = `${rules} rules`;
      charts.forEach((chart) => chart.destroy());
      charts = [];
      replace(content, findings.length === 0
        ? h('div.empty', {}, h('span.healthy', {}, icon('check')), h('h2', {}, 'Nothing found'), h('p', {}, 'No rule sees anything wrong with this run, or it is too short to tell.'))
        : findings.map(card));
    } catch (fault) {
      replace(content, faultBox(fault));
    }
  }

  function card(finding) {
    const box = h('section.card.finding', { class: `severity-${WORDS[finding.severity] ?? 'note'}` },
      h('header', {}, h('span.severity', {}, finding.severity), h('h2', {}, finding.title), h('span.faint.num', {}, finding.firstStep === finding.lastStep ? `step ${count(finding.firstStep)}` : `steps ${count(finding.firstStep)} to ${count(finding.lastStep)}`)),
      h('div.finding-body', {},
        h('div', {},
          h('p', {}, h('bdi', {}, visible(finding.evidence))),
          finding.numbers.length > 0 && h('dl.numbers', {}, finding.numbers.map((one) => h('div', {}, h('dt', {}, one.name), h('dd.num', {}, number(one.value))))),
          h('h3', {}, 'What to try'),
          h('ol.advice', {}, finding.advice.map((one) => h('li', {}, one))),
          finding.excerpts.length > 0 && h('h3', {}, 'Seen in'),
          finding.excerpts.slice(0, 6).map((one) => h('a.excerpt', { href: app.link('rollouts', { run, step: one.step, prompt: one.group, path: one.path < 0 ? null : one.path }) },
            h('span.faint.num', {}, `step ${count(one.step)}`), h('bdi', {}, visible(one.text.slice(0, 240)))))),
        h('div.finding-charts')));
    showCurves(finding, box.querySelector('.finding-charts'));
    return box;
  }

  /** The place of a curve is there before its values are. */
  function showCurves(finding, place) {
    const names = finding.metrics.slice(0, 2);
    const own = new Map(names.map((name) => {
      const chart = new Chart({ title: name, axisName: () => 'step', height: 150, onCross: (x) => chart.cross(x), onRange: (range) => chart.zoom(range) });
      charts.push(chart);
      place.append(chart.element);
      return [name, chart];
    }));
    if (names.length > 0) {
      source.metrics(run, { names, stage: 'policy', points: 600 })
        .then(({ curves }) => curves.forEach((curve) => own.get(curve.name).show({
          series: curve.x.length > 1 ? [{ label: curve.name, ...seriesStyle(0), x: curve.x, y: curve.y }] : [],
          marks: [{ x: finding.firstStep, text: 'from here' }],
          logY: false,
          note: 'The run has no such metric',
        })))
        .catch((fault) => replace(place, faultBox(fault)));
    }
  }

  load();
  let waiting = 0;
  return {
    changed(kind, id) {
      if (kind === 'run' && id === run) {
        clearTimeout(waiting);
        waiting = setTimeout(load, 5000);
      }
    },
    destroy() {
      clearTimeout(waiting);
      charts.forEach((chart) => chart.destroy());
    },
  };
}
