import { keepKeyboard, keyboardAt } from './focus.js';
import { morph } from './morph.js';
import { viewer } from './server.js';

const everyMs = 1000;

/* Keeps the shop's figures and the guide as they are now, while somebody can see them. */
export function followBeside() {
  if (document.getElementById('shop') === null) return;
  async function again() {
    if (document.visibilityState === 'visible') await refreshBeside();
    setTimeout(again, everyMs);
  }
  setTimeout(again, everyMs);
}

export async function refreshBeside() {
  try {
    const response = await fetch(`/beside?as=${encodeURIComponent(viewer())}`);
    const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
    const keyboard = keyboardAt();
    for (const id of ['guide', 'shop']) {
      const [from, to] = [document.getElementById(id), fresh.getElementById(id)];
      if (from !== null && to !== null) morph(from, to);
    }
    keepKeyboard(keyboard);
  } catch {
    /* It is asked again in a second. */
  }
}
