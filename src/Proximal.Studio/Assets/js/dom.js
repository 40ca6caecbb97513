/** Makes elements. Text becomes text nodes, never markup. */

const SVG = 'http://www.w3.org/2000/svg';

/**
 * An element.
 * @param {string} tag Its name, with classes after dots: `div.card.wide`.
 * @param {object} [props] Attributes; `on...` are listeners, `style` an object of properties, null and false are left out.
 * @param {...(Node|string|number|null|false|Array)} children What stands in it.
 */
export function h(tag, props, ...children) {
  const [name, ...classes] = tag.split('.');
  const element = document.createElement(name || 'div');
  if (classes.length > 0) {
    element.className = classes.join(' ');
  }
  setProps(element, props ?? {});
  add(element, children);
  return element;
}

/** An element of SVG. */
export function svg(tag, props, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(props ?? {})) {
    element.setAttribute(key, value);
  }
  add(element, children);
  return element;
}

function setProps(element, props) {
  for (const [key, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) {
      continue;
    }
    if (key.startsWith('on')) {
      element.addEventListener(key.slice(2), value);
    } else if (key === 'style') {
      for (const [property, setting] of Object.entries(value)) {
        element.style.setProperty(property, setting);
      }
    } else if (key === 'class') {
      element.classList.add(...value.split(' ').filter(Boolean));
    } else if (key === 'value' || key === 'checked' || key === 'disabled' || key === 'selected' || key === 'indeterminate' || key === 'open' || key === 'hidden') {
      element[key] = value;
    } else {
      element.setAttribute(key, value === true ? '' : value);
    }
  }
}

function add(element, children) {
  for (const child of children) {
    if (Array.isArray(child)) {
      add(element, child);
    } else if (child !== null && child !== undefined && child !== false) {
      element.append(child instanceof Node ? child : String(child));
    }
  }
}

/** Puts children in place of those that are there. */
export function replace(element, ...children) {
  element.replaceChildren();
  add(element, children);
  return element;
}

/** An icon of strokes on a grid of 16. */
export function icon(name) {
  return svg('svg', { viewBox: '0 0 16 16', width: 16, height: 16, class: 'icon', 'aria-hidden': 'true' }, svg('path', { d: PATHS[name] }));
}

const PATHS = {
  sun: 'M8 5a3 3 0 1 0 0 6a3 3 0 0 0 0-6M8 1v1.500M8 13.500V15M1 8h1.500M13.500 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1',
  moon: 'M13.500 9.500A6 6 0 0 1 6.500 2.500a6 6 0 1 0 7 7z',
  system: 'M2 3h12v8H2zM6 14h4M8 11v3',
  help: 'M6 6a2 2 0 1 1 2.600 1.900c-.4.2-.6.5-.6 1v.6M8 12v.1M8 1.500a6.500 6.500 0 1 0 0 13a6.500 6.500 0 0 0 0-13',
  search: 'M7 2.500a4.500 4.500 0 1 0 0 9a4.500 4.500 0 0 0 0-9M10.500 10.500L14 14',
  down: 'M4 6l4 4l4-4',
  close: 'M4 4l8 8M12 4l-8 8',
  expand: 'M9.500 2H14v4.500M6.500 14H2V9.500M14 2L9 7M2 14l5-5',
  export: 'M8 2v8M5 7l3 3l3-3M3 13h10',
  alert: 'M8 2l6.500 11.500h-13zM8 6.500v3.500M8 12v.1',
  check: 'M3 8.500l3.500 3.500L13 4.500',
  pause: 'M5.500 3v10M10.500 3v10',
  play: 'M5 3l8 5l-8 5z',
  stop: 'M4 4h8v8H4z',
  save: 'M3 2.500h8l2.500 2.500v8.500H3zM5.500 2.500v4h5v-4M5.500 13.500v-4h5v4',
  left: 'M10 3L5 8l5 5',
  right: 'M6 3l5 5l-5 5',
};
