/* Keys for what is far away: Ctrl+Shift+1…9 is somebody else, Alt+↑↓ another channel, Escape leaves a thread. */
export function startKeys() {
  document.addEventListener('keydown', (event) => {
    const somethingIsOpen = document.querySelector('dialog[open], [popover]:popover-open') !== null;
    if (event.defaultPrevented || somethingIsOpen) return;
    const digit = /^Digit([1-9])$/.exec(event.code);
    if (digit !== null && event.ctrlKey && event.shiftKey) {
      follow(event, document.querySelector(`[data-person="${digit[1]}"]`));
    } else if (event.altKey && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      const places = [...document.querySelectorAll('[data-place]')];
      const here = places.findIndex((place) => place.hasAttribute('aria-current'));
      const next = here + (event.key === 'ArrowDown' ? 1 : -1);
      follow(event, places[next]);
    } else if (event.key === 'Escape' && event.target.closest('.thread')) {
      follow(event, document.getElementById('close-thread'));
    }
  });
}

function follow(event, link) {
  if (!link) return;
  event.preventDefault();
  link.click();
}
