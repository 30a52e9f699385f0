const shownMs = 6000;

/* Says something for a moment, at the bottom of the page. */
export function toast(text) {
  const note = document.createElement('div');
  note.className = 'toast';
  note.textContent = text;
  document.getElementById('toasts').append(note);
  setTimeout(() => note.remove(), shownMs);
}

/* Says something to those who listen instead of looking. */
export function say(text) {
  document.getElementById('said').textContent = text;
}
