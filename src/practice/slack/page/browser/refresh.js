import { keepKeyboard, keyboardAt } from './focus.js';
import { hideModal, showModal } from './modals.js';
import { morph } from './morph.js';
import { afterRefresh, beforeRefresh } from './reading.js';
import { screen, viewer } from './server.js';

const comeBackMs = 1000;

/* Follows the workspace's changes: whenever there are any, the page is fetched anew. */
export function follow() {
  let stream = null;

  function open() {
    stream?.close();
    const query = `since=${screen().dataset.last}&everyone`;
    stream = new EventSource(`/people/${encodeURIComponent(viewer())}/stream?${query}`);
    for (const name of ['change', 'elsewhere', 'reset']) stream.addEventListener(name, refresh);
    let before = false;
    stream.addEventListener('open', () => {
      /* What comes back may be another workspace: practice was started anew. */
      if (before) void refresh();
      before = true;
    });
    stream.addEventListener('error', ({ target }) => {
      if (target.readyState !== EventSource.CLOSED) return;
      setTimeout(() => target === stream && open(), comeBackMs);
    });
  }

  function again() {
    open();
    void refresh();
  }

  /* A page in the background leaves its connection to the others: a browser has six for all of them. */
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') {
      stream?.close();
      stream = null;
    } else if (stream === null) again();
  });
  addEventListener('online', again);
  open();
}

let running = false;
let again = false;

/* One at a time; a change that comes meanwhile asks for one more. */
export async function refresh() {
  again = true;
  if (running) return;
  running = true;
  while (again) {
    again = false;
    try {
      const url = new URL(location.href);
      const { newSince } = document.getElementById('messages')?.dataset ?? {};
      if (newSince) url.searchParams.set('new', newSince);
      const response = await fetch(url);
      if (!response.ok) continue;
      bringOver(new DOMParser().parseFromString(await response.text(), 'text/html'));
    } catch {
      /* The stream comes back when the workspace does, and asks again. */
    }
  }
  running = false;
}

function bringOver(fresh) {
  const before = beforeRefresh();
  hideModal(fresh);
  document.title = fresh.title;
  const keyboard = keyboardAt();
  morph(screen(), fresh.getElementById('screen'));
  showModal();
  keepKeyboard(keyboard);
  afterRefresh(before);
}
