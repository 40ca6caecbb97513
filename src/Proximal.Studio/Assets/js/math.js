/** Mathematics out of arrays, `["mi", {}, "x"]`: elements of MathML, never markup. */

const NAMESPACE = 'http://www.w3.org/1998/Math/MathML';

/** An element with what stands in it. */
export function mathOf(node) {
  if (typeof node === 'string') {
    return document.createTextNode(node);
  }
  const [tag, attributes, ...children] = node;
  const element = document.createElementNS(NAMESPACE, tag);
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, value);
  }
  element.append(...children.map(mathOf));
  return element;
}
