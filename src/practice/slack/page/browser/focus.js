/* The keyboard stays near where it was when what it was at is gone, and goes along where a link leads. */

const PLACES = '.message, #guide, #shop, dialog';

export function keyboardAt() {
  const at = document.activeElement;
  if (at === null || at === document.body) return null;
  return { at, does: doesOf(at), place: at.closest(PLACES) };
}

/* To the message itself, not to another of its buttons: a second Enter must not press what nobody chose. */
export function keepKeyboard(before) {
  if (before === null) return;
  const { at, does, place } = before;
  const isAnother = document.activeElement === at && doesOf(at) !== does;
  if (document.activeElement !== document.body && !isAnother) return;
  for (const next of [isAnother ? null : at, place, document.getElementById('messages')]) {
    if (!next?.isConnected) continue;
    next.focus({ preventScroll: true });
    if (document.activeElement === next) return;
  }
}

/* A button that was drawn anew in the place of another may do something else. */
function doesOf(element) {
  return element.matches('button[data-action]') ? element.textContent.trim() : null;
}

/* Another page begins at its top, unless a key led there: then at the thread's field or the messages. */
export function startFocus() {
  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[href^="/?"]');
    if (link !== null && event.detail === 0) link.hash = 'keyboard';
  });
  if (location.hash !== '#keyboard' || document.activeElement !== document.body) return;
  const field = document.querySelector('.thread textarea');
  const at = new URLSearchParams(location.search).get('at') ?? '';
  const message = document.querySelector(`.message[data-ts="${CSS.escape(at)}"]`);
  const list = document.getElementById('messages');
  (field ?? message ?? list)?.focus({ preventScroll: true });
}
