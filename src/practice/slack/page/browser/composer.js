import { editMessage } from './editing.js';
import { jumpToEnd } from './reading.js';
import { act, screen } from './server.js';
import { closeSuggestions, startSuggestions, suggest } from './suggestions.js';

/* Typing and sending: Enter sends, Shift+Enter begins a line. What is not sent yet is kept for the tab. */
export function startComposer() {
  for (const form of document.querySelectorAll('[data-say]')) {
    const draft = sessionStorage.getItem(keyOf(form));
    if (draft !== null) form.elements.text.value = draft;
  }
  const given = new URLSearchParams(location.search).get('say');
  if (given !== null) prefill(given);
  document.addEventListener('input', ({ target }) => {
    if (!isComposer(target)) return;
    sessionStorage.setItem(keyOf(target.form), target.value);
    suggest(target);
  });
  startSuggestions();
  document.addEventListener('keydown', (event) => {
    const field = event.target;
    if (!isComposer(field) || event.defaultPrevented) return;
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      field.form.requestSubmit();
    } else if (event.key === 'ArrowUp' && field.value === '') {
      const mine = [...document.querySelectorAll('.message[data-source]')].at(-1);
      if (mine === undefined) return;
      event.preventDefault();
      void editMessage(mine);
    }
  });
  document.addEventListener('submit', (event) => {
    if (event.target.dataset.say === undefined) return;
    event.preventDefault();
    void send(event.target);
  });
}

export function insert(id, text) {
  const field = document.getElementById(id);
  field.focus();
  const before = field.value.slice(0, field.selectionStart);
  if (text === '/') field.value = '/';
  else field.setRangeText(before === '' || /\s$/.test(before) ? text : ` ${text}`);
  field.selectionStart = field.selectionEnd = field.value.length;
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

function prefill(text) {
  const field = document.getElementById('say');
  if (field === null) return;
  field.value = text;
  field.focus();
}

async function send(form) {
  const field = form.elements.text;
  const text = field.value.trim();
  if (text === '') return;
  closeSuggestions(field);
  field.value = '';
  const { channel, thread } = form.dataset;
  jumpToEnd(thread ? 'thread' : 'messages');
  const button = form.querySelector('[type=submit]');
  const result = await act({ act: 'type', channel, text, thread: thread || null }, button);
  if (!result.ok && field.value === '') field.value = text;
  sessionStorage.setItem(keyOf(form), field.value);
}

function isComposer(element) {
  return element.matches?.('[data-say] textarea') === true;
}

function keyOf(form) {
  return `draft ${screen().dataset.viewer} ${form.dataset.channel} ${form.dataset.thread}`;
}
