import { say } from './saying.js';
import { act } from './server.js';

const nearEnd = 80;

/* Where one reads, and up to where one has read. */
export function startReading() {
  const list = messages();
  if (list !== null) begin(list);
  const thread = document.getElementById('thread');
  if (thread !== null) thread.scrollTop = thread.scrollHeight;
  list?.addEventListener('scroll', () => {
    if (!isAtEnd(list)) return;
    document.getElementById('jump').hidden = true;
    markRead();
  });
  document.addEventListener('click', followLink);
  document.addEventListener('visibilitychange', markRead);
  markRead();
}

/* Where one left off: at the first message that is new, else at the end; at the top what was never read. */
function begin(list) {
  const line = document.getElementById('new-line');
  if (show(location)) return;
  if (line !== null) line.scrollIntoView({ block: 'start' });
  else if (list.dataset.newSince !== '0') list.scrollTop = list.scrollHeight;
}

/* A message that an address points at, at what there is to press in it. */
function show({ search }) {
  const at = new URLSearchParams(search).get('at');
  const message = document.querySelector(`.message[data-ts="${CSS.escape(at ?? '')}"]`);
  if (message === null) return null;
  (message.querySelector('.button.primary') ?? message).scrollIntoView({ block: 'center' });
  message.classList.remove('shown');
  requestAnimationFrame(() => message.classList.add('shown'));
  return message;
}

/* A link to a message on this very page does not load it anew. */
function followLink(event) {
  const link = event.target.closest('a[href*="at="]');
  if (link === null || link.target !== '' || !isHere(link)) return;
  const message = show(link);
  if (message === null) return;
  event.preventDefault();
  if (event.detail === 0) message.focus({ preventScroll: true });
  history.replaceState(null, '', link.href);
  link.closest('[popover]')?.hidePopover();
}

function isHere(link) {
  const [one, other] = [link, location].map(({ search }) => new URLSearchParams(search));
  return ['as', 'channel', 'thread'].every((name) => one.get(name) === other.get(name));
}

export function beforeRefresh() {
  return ['messages', 'thread'].map((id) => {
    const list = document.getElementById(id);
    return { id, atEnd: list !== null && isAtEnd(list), known: new Set(idsIn(list)) };
  });
}

export function afterRefresh(before) {
  for (const { id, atEnd, known } of before) {
    const list = document.getElementById(id);
    if (list === null) continue;
    const fresh = idsIn(list).filter((one) => !known.has(one));
    if (fresh.length === 0 || known.size === 0) continue;
    if (atEnd) list.scrollTop = list.scrollHeight;
    else if (id === 'messages') document.getElementById('jump').hidden = false;
    announce(fresh.map((one) => document.getElementById(one)));
  }
  markRead();
}

/* From there on it follows what comes. */
export function jumpToEnd(id) {
  const list = document.getElementById(id);
  list.scrollTop = list.scrollHeight;
}

function announce(fresh) {
  const texts = fresh.map((message) => {
    const who = message.querySelector('header strong')?.textContent ?? '';
    const text = message.querySelector('.text, .body')?.textContent ?? '';
    return `${who} ${text}`.replaceAll(/\s+/g, ' ').trim().slice(0, 200);
  });
  say(texts.join('. '));
}

/* What stands on a page that can be seen is read, unless it is below what one looks at. */
function markRead() {
  const list = messages();
  if (list === null || list.dataset.unread === '0' || document.visibilityState === 'hidden') return;
  const last = [...list.querySelectorAll('[data-ts]')].at(-1);
  if (last === undefined || !document.getElementById('jump').hidden) return;
  list.dataset.unread = '0';
  void act({ act: 'read', channel: list.dataset.channel, ts: last.dataset.ts });
}

function messages() {
  return document.getElementById('messages');
}

function isAtEnd(list) {
  return list.scrollHeight - list.scrollTop - list.clientHeight < nearEnd;
}

function idsIn(list) {
  return [...(list?.querySelectorAll('.message') ?? [])].map(({ id }) => id);
}
