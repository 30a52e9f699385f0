import { refreshBeside } from './beside.js';
import { insert } from './composer.js';
import { editMessage } from './editing.js';
import { pickEmoji } from './emoji-picker.js';
import { confirmed } from './modals.js';
import { jumpToEnd } from './reading.js';
import { refresh } from './refresh.js';
import { act, placeOf, post } from './server.js';

const DELETE = {
  title: 'Delete message',
  text: 'Are you sure you want to delete this message? It cannot be undone.',
  confirm: 'Delete',
  deny: 'Cancel',
  style: 'danger',
};

/* What the page's own buttons do, by their `data-do`. */
const DOES = {
  react: (button, name) => react(button, name),
  'pick-emoji': (button) => pickEmoji(button, (name) => react(button, name)),
  pin: (button) => act({ act: 'pin', ...placeOf(button) }, button),
  unpin: (button) => act({ act: 'unpin', ...placeOf(button) }, button),
  dismiss: (button) => act({ act: 'dismiss', ...placeOf(button) }, button),
  edit: (button) => editMessage(button.closest('.message')),
  async delete(button) {
    const place = placeOf(button);
    if (await confirmed(DELETE)) await act({ act: 'delete', ...place });
  },
  shortcut: (button, callbackId) =>
    act({ act: 'shortcut', callbackId, ...placeOf(button) }, button),
  'shortcut-anywhere': (button, callbackId) => act({ act: 'shortcut', callbackId }, button),
  join: (button, channel) => act({ act: 'join', channel }, button),
  close: (button) => act({ act: 'close', view: placeOf(button).view }, button),
  'close-all': (button) => act({ act: 'close', view: placeOf(button).view, all: true }, button),
  insert: (button, text) => insert(button.dataset.for, text),
  'insert-emoji': (button) => pickEmoji(button, (name) => insert(button.dataset.for, `:${name}:`)),
  jump: () => jumpToEnd('messages'),
  pane: (_button, name) => (document.documentElement.dataset.pane = name),
  fault: (button, id) =>
    changeShop(
      `/shop/faults/${encodeURIComponent(id)}`,
      { on: button.dataset.on === 'true' },
      button,
    ),
  'reset-shop': (button) => changeShop('/shop/reset', {}, button),
  async guide(_button, guide) {
    await post('/guide', { guide });
    await refresh();
  },
  async theme(_button, theme) {
    await post('/theme', { theme });
    if (theme === 'auto') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    for (const one of document.querySelectorAll('[data-do=theme]')) {
      one.setAttribute('aria-pressed', String(one.dataset.name === theme));
    }
  },
};

async function changeShop(url, body, button) {
  await post(url, body, button);
  await refreshBeside();
}

export function startDoing() {
  document.addEventListener('click', (event) => {
    const button = event.target.closest('[data-do]');
    if (button === null || button.getAttribute('aria-busy')) return;
    void DOES[button.dataset.do]?.(button, button.dataset.name);
  });
}

async function react(button, name) {
  const message = button.closest('[data-ts]');
  const mine = message.querySelector(
    `.reactions [data-name="${CSS.escape(name)}"][aria-pressed=true]`,
  );
  await act({ act: mine ? 'unreact' : 'react', ...placeOf(message), name }, button);
}
