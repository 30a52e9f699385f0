/*
 * Makes what stands on the page equal to what the server drew, and touches nothing that is equal
 * already: focus, what is typed, what is open and how far one has scrolled stay as they are.
 */

/* The person's own: the server never draws them, or only as they are at first. */
const OWN = new Set(['open', 'aria-busy', 'aria-activedescendant', 'hidden']);

export function morph(from, to) {
  if (from.isEqualNode(to)) return;
  if (from.nodeType !== Node.ELEMENT_NODE) {
    from.nodeValue = to.nodeValue;
    return;
  }
  if (from.dataset.keep !== undefined) return;
  morphAttributes(from, to);
  morphChildren(from, to);
}

function morphAttributes(from, to) {
  for (const { name } of Array.from(from.attributes)) {
    if (to.hasAttribute(name) || OWN.has(name)) continue;
    from.removeAttribute(name);
    if (name === 'checked') from.checked = false;
  }
  for (const { name, value } of to.attributes) {
    if (from.getAttribute(name) === value || OWN.has(name)) continue;
    from.setAttribute(name, value);
    if (name === 'value' && from.matches('input')) from.value = value;
    if (name === 'checked') from.checked = true;
    if (name === 'selected') from.selected = true;
  }
}

function morphChildren(from, to) {
  const wanted = new Set([...to.children].map(({ id }) => id).filter((id) => id !== ''));
  const known = new Map();
  for (const child of Array.from(from.children)) {
    if (child.id === '') continue;
    if (wanted.has(child.id)) known.set(child.id, child);
    else if (!isOwn(child)) child.remove();
  }
  let next = pastOwn(from.firstChild, known);
  for (const want of Array.from(to.childNodes)) {
    const match = known.get(want.id) ?? (next !== null && isSameKind(next, want) ? next : null);
    if (match === null) {
      from.insertBefore(document.importNode(want, true), next);
      continue;
    }
    if (match === next) next = pastOwn(next.nextSibling, known);
    else from.insertBefore(match, next);
    morph(match, want);
  }
  while (next !== null) {
    const rest = next;
    next = pastOwn(next.nextSibling, known);
    rest.remove();
  }
}

/* What the page itself has put there. */
function isOwn(node) {
  return node.nodeType === Node.ELEMENT_NODE && node.dataset.keep !== undefined;
}

function pastOwn(node, known) {
  let at = node;
  while (at !== null && isOwn(at) && !known.has(at.id)) at = at.nextSibling;
  return at;
}

function isSameKind(one, other) {
  if (one.nodeType !== other.nodeType || one.nodeName !== other.nodeName) return false;
  return one.nodeType !== Node.ELEMENT_NODE || (one.id === '' && other.id === '');
}
