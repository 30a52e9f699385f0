import { toast } from './saying.js';

export function screen() {
  return document.getElementById('screen');
}

export function viewer() {
  return screen().dataset.viewer;
}

/* Sends what the person does. What goes wrong is said in a toast, unless it stands beside a field. */
export async function act(body, source) {
  return post(`/people/${encodeURIComponent(viewer())}/acts`, body, source);
}

export async function post(url, body, source) {
  source?.setAttribute('aria-busy', 'true');
  try {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    const result = response.status === 204 ? { ok: true } : await response.json();
    if (!result.ok && !result.problems) toast(result.message);
    return result;
  } catch {
    toast('The workspace does not answer. Is practice still running?');
    return { ok: false };
  } finally {
    source?.removeAttribute('aria-busy');
  }
}

/* Where an element stands: in a message, in the modal, or on the home tab. */
export function placeOf(element) {
  const message = element.closest('[data-ts]');
  if (message) return { channel: message.dataset.channel, ts: message.dataset.ts };
  return { view: element.closest('[data-view]')?.dataset.view ?? null };
}
