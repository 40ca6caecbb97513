import { h, icon, replace } from './dom.js';
import { count, visible } from './format.js';
import { emptyBox, faultBox, skeleton } from './states.js';

/** Steering a run that is going on: only where it was started with --controls, and only with its token. */

const tokens = new Map();

export function controlsView(body, app, { run }) {
  const { source, store } = app;
  const content = h('div', {}, skeleton(4));
  const history = h('section');
  const answer = h('p.answer', { role: 'status' });
  let paused = false;
  let available = null;
  replace(body, h('div.page-head', {}, h('h1', {}, 'Controls')), content, history);

  async function load() {
    try {
      const state = await source.controls(run);
      const changed = available !== state.available || paused !== state.paused;
      ({ available, paused } = state);
      if (changed) {
        draw();
      }
      const { events } = await source.events(run);
      replace(history, events.length > 0 && [
        h('h2', {}, 'What was done'),
        h('div.table-wrap', {}, h('table', {}, h('thead', {}, h('tr', {}, h('th', {}, 'Stage'), h('th.num', {}, 'Step'), h('th', {}, 'Event'))), h('tbody', {}, events.toReversed().slice(0, 200).map((event) => h('tr', {},
          h('td', {}, event.stage), h('td.num', {}, count(event.step)), h('td', {}, h('bdi', {}, visible(event.text)))))))),
      ]);
    } catch (fault) {
      replace(content, faultBox(fault));
    }
  }

  function draw() {
    if (!available) {
      replace(content, emptyBox(
        'This run takes no commands',
        store.runs.get(run)?.state === 'running' ? 'It was started without controls. A run that is started with them prints a token, which is asked for here.' : 'Only a run that is going on and was started with controls can be steered.',
        h('pre.command', {}, 'proximal train RECIPE --controls'),
      ));
      return;
    }
    const token = h('input.input', {
      type: 'password', autocomplete: 'off', spellcheck: 'false', placeholder: 'Token that the run printed', 'aria-label': 'Token', value: tokens.get(run) ?? '',
      oninput: () => {
        tokens.set(run, token.value.trim());
        buttons.forEach((button) => {
          button.disabled = token.value.trim() === '';
        });
      },
    });
    const key = h('input.input.wide-input', { placeholder: 'policy.optimizer.learning-rate', 'aria-label': 'Key', spellcheck: 'false', autocomplete: 'off' });
    const value = h('input.input', { placeholder: '1e-4', 'aria-label': 'Value', spellcheck: 'false', autocomplete: 'off' });
    const act = (title, name, command, danger = false) => h(`button.button${danger ? '.danger' : ''}`, { type: 'button', disabled: !tokens.get(run), onclick: () => send(command) }, icon(name), title);
    const buttons = [
      paused ? act('Resume', 'play', { command: 'resume' }) : act('Pause', 'pause', { command: 'pause' }),
      act('Checkpoint now', 'save', { command: 'checkpoint' }),
      act('Stop after this step', 'stop', { command: 'stop' }, true),
      h('button.button.primary', { type: 'submit', disabled: !tokens.get(run) }, 'Set'),
    ];
    replace(content,
      h('section.card.control-card', {},
        h('label.field', {}, h('span', {}, 'Token'), token),
        h('div.toolbar', {}, buttons.slice(0, 3)),
        h('form.toolbar', { onsubmit: (event) => {
          event.preventDefault();
          if (key.value.trim() !== '') {
            send({ command: 'set', key: key.value.trim(), value: value.value.trim() });
          }
        } }, h('label.field', {}, h('span', {}, 'Set'), key), h('label.field', {}, h('span', {}, 'to'), value), buttons[3]),
        answer,
        h('p.faint', {}, 'A command is carried out after the step that is going on. What is set is written into the run, so that it can be repeated.')));
  }

  async function send(command) {
    answer.className = 'answer';
    answer.textContent = 'Waiting for the end of the step…';
    try {
      const { done, message } = await source.control(run, tokens.get(run) ?? '', command);
      answer.className = `answer ${done ? 'good' : 'bad'}`;
      answer.textContent = message;
    } catch (fault) {
      answer.className = 'answer bad';
      answer.textContent = fault.message;
    }
    load();
  }

  load();
  return {
    changed(kind, id) {
      if (kind === 'run' && id === run) {
        load();
      }
    },
  };
}
