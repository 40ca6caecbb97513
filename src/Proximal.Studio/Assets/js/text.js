import { h } from './dom.js';
import { count, visible } from './format.js';

/** Text of runs, which may be anything: megabytes in a line, control characters, any direction of writing. */

const FIRST = 2000;
const MORE = 20000;

/** An element with text of a run, isolated from the direction of its surroundings, of which a long one is cut with a button for more. */
export function foreign(text, { first = FIRST, tag = 'span', empty = '' } = {}) {
  const element = h(`${tag}.foreign`, { dir: 'auto' });
  if (text.length === 0) {
    element.append(h('span.faint', {}, empty));
    return element;
  }
  let shown = first;
  const content = h('bdi', {}, visible(text.slice(0, shown)));
  element.append(content);
  if (text.length > shown) {
    const more = h('button.link', { type: 'button', onclick: (event) => {
      event.stopPropagation();
      content.append(visible(text.slice(shown, shown + MORE)));
      shown += MORE;
      label();
    } });
    const label = () => {
      more.hidden = shown >= text.length;
      more.textContent = `show more (${count(text.length - shown)} characters left)`;
    };
    label();
    element.append(' ', more);
  }
  return element;
}
