/* Keeps the page live, and sends what the person does. All of it works on what the server drew. */

const app = document.querySelector('.screen');
if (app) start(app.dataset.viewer, app.dataset.last);

function start(viewer, last) {
  const base = `/people/${encodeURIComponent(viewer)}`;

  async function act(body, source) {
    source?.setAttribute('aria-busy', 'true');
    try {
      const response = await fetch(`${base}/acts`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      const result = await response.json();
      if (!result.ok && !result.problems) toast(result.message);
      return result;
    } catch {
      toast('The workspace does not answer.');
      return { ok: false };
    } finally {
      source?.removeAttribute('aria-busy');
    }
  }

  async function press(element, value) {
    if (element.dataset.confirm && !(await confirmed(JSON.parse(element.dataset.confirm)))) {
      if (element.matches('select')) element.value = '';
      return;
    }
    const { block: blockId, action: actionId } = element.dataset;
    await act({ act: 'press', ...placeOf(element), blockId, actionId, value }, element);
    if (element.dataset.kind === 'overflow') element.value = '';
  }

  document.addEventListener('click', async (event) => {
    const button = event.target.closest('button');
    for (const open of document.querySelectorAll('details.tools[open]')) {
      if (!open.contains(event.target) || button) open.open = false;
    }
    if (!button || button.getAttribute('aria-busy')) return;
    const data = button.dataset;
    if (data.action !== undefined) await press(button, button.value || null);
    else if (data.react) {
      const mine = button.getAttribute('aria-pressed') === 'true';
      await act({ act: mine ? 'unreact' : 'react', ...placeOf(button), name: data.react }, button);
    } else if (data.shortcut) {
      const message = button.closest('[data-ts]');
      await act(
        { act: 'shortcut', callbackId: data.shortcut, ...(message ? placeOf(button) : {}) },
        button,
      );
    } else if (data.delete !== undefined) await act({ act: 'delete', ...placeOf(button) }, button);
    else if (data.join) await act({ act: 'join', channel: data.join }, button);
    else if (data.close !== undefined) {
      await act({ act: 'close', view: placeOf(button).view }, button);
    }
  });

  document.addEventListener('change', async (event) => {
    const element = event.target.closest('[data-action]');
    if (!element || element.matches('button')) return;
    const input = element.closest('.block.input');
    if (input && input.dataset.dispatch === undefined) return;
    await press(element, valueOf(element));
  });

  document.addEventListener('submit', async (event) => {
    const form = event.target;
    if (form.dataset.say === undefined && form.dataset.submit === undefined) return;
    event.preventDefault();
    const button = form.querySelector('[type=submit]');
    if (!button || button.getAttribute('aria-busy')) return;
    if (form.dataset.say !== undefined) {
      const field = form.elements.text;
      const text = field.value.trim();
      if (text === '') return;
      field.value = '';
      const { channel, thread } = form.dataset;
      const result = await act({ act: 'type', channel, text, thread: thread || null }, button);
      if (!result.ok && field.value === '') field.value = text;
    } else if (form.dataset.submit !== undefined) {
      const values = [...form.querySelectorAll('.block.input [data-action]')].map((element) => ({
        blockId: element.dataset.block,
        actionId: element.dataset.action,
        value: valueOf(element),
      }));
      await act({ act: 'submit', view: form.closest('[data-view]').dataset.view, values }, button);
    }
  });

  document.addEventListener('keydown', (event) => {
    const typing = event.target.closest('[data-say] textarea');
    if (typing && event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      typing.form.requestSubmit();
    }
  });

  document.addEventListener(
    'cancel',
    (event) => {
      if (!event.target.matches('dialog.modal')) return;
      event.preventDefault();
      void act({ act: 'close', view: event.target.dataset.view });
    },
    true,
  );

  /* One refresh at a time; a change that comes meanwhile asks for one more. */
  let refreshing = false;
  let again = false;
  async function refresh() {
    if (refreshing) {
      again = true;
      return;
    }
    refreshing = true;
    do {
      again = false;
      try {
        const response = await fetch(location.href);
        swap(new DOMParser().parseFromString(await response.text(), 'text/html'));
      } catch {
        /* The stream reconnects, and asks again. */
      }
    } while (again);
    refreshing = false;
  }

  const stream = new EventSource(`${base}/stream?since=${last}`);
  stream.addEventListener('change', refresh);
  stream.addEventListener('reset', refresh);

  showModal();
  for (const list of document.querySelectorAll('.messages:not(.home)')) {
    list.scrollTop = list.scrollHeight;
  }
  if (new URLSearchParams(location.search).get('channel') === 'home') void act({ act: 'home' });
}

/* Where an element stands: in a message, in the modal, or on the home tab. */
function placeOf(element) {
  const message = element.closest('[data-ts]');
  if (message) return { channel: message.dataset.channel, ts: message.dataset.ts };
  return { view: element.closest('[data-view]')?.dataset.view ?? null };
}

function valueOf(element) {
  if (element.matches('fieldset')) {
    const values = [...element.querySelectorAll('input:checked')].map((input) => input.value);
    return element.dataset.kind === 'checkboxes' ? values : (values[0] ?? null);
  }
  if (element.matches('select[multiple]')) {
    return [...element.selectedOptions].map((one) => one.value);
  }
  if (element.dataset.kind === 'datetimepicker') {
    return element.value ? String(Math.floor(Date.parse(`${element.value}Z`) / 1000)) : null;
  }
  return element.value === '' ? null : element.value;
}

function swap(fresh) {
  for (const part of document.querySelectorAll('[data-live]')) {
    const next = fresh.getElementById(part.id);
    if (!next || next.innerHTML === part.innerHTML) continue;
    if (part.id === 'modal') {
      if (part.dataset.key !== next.dataset.key) swapModal(part, next);
      continue;
    }
    const atEnd = part.scrollHeight - part.scrollTop - part.clientHeight < 80;
    const scroll = part.scrollTop;
    const focused = part.contains(document.activeElement)
      ? selectorOf(document.activeElement)
      : null;
    part.replaceChildren(...next.childNodes);
    part.scrollTop = atEnd ? part.scrollHeight : scroll;
    if (focused) part.querySelector(focused)?.focus();
  }
}

/* Whatever is typed and not yet submitted stays in the fields that stay. */
function swapModal(part, next) {
  const sameView =
    part.querySelector('[data-view]')?.dataset.view ===
    next.querySelector('[data-view]')?.dataset.view;
  const typed = new Map();
  for (const field of part.querySelectorAll('textarea[data-action], input[data-action]')) {
    typed.set(`${field.dataset.block} ${field.dataset.action}`, field.value);
  }
  part.replaceChildren(...next.childNodes);
  part.dataset.key = next.dataset.key;
  if (sameView) {
    for (const field of part.querySelectorAll('textarea[data-action], input[data-action]')) {
      field.value = typed.get(`${field.dataset.block} ${field.dataset.action}`) ?? field.value;
    }
  }
  showModal();
}

function showModal() {
  const dialog = document.querySelector('#modal dialog');
  if (dialog && !dialog.open) {
    dialog.showModal();
    dialog.querySelector('.modal-body [data-action], .modal-body input')?.focus();
  }
}

function selectorOf(element) {
  const message = element.closest('[data-ts]');
  if (!message || element.dataset.action === undefined) return null;
  return `#${CSS.escape(message.id)} [data-action="${CSS.escape(element.dataset.action)}"][data-block="${CSS.escape(element.dataset.block)}"]`;
}

function confirmed({ title, text, confirm, deny }) {
  const dialog = document.createElement('dialog');
  dialog.className = 'confirm';
  const heading = Object.assign(document.createElement('h2'), { textContent: title });
  const body = Object.assign(document.createElement('p'), { textContent: text });
  const form = Object.assign(document.createElement('form'), { method: 'dialog' });
  const no = Object.assign(document.createElement('button'), {
    textContent: deny,
    value: 'no',
    className: 'plain',
  });
  const yes = Object.assign(document.createElement('button'), {
    textContent: confirm,
    value: 'yes',
    className: 'primary',
  });
  form.append(no, yes);
  dialog.append(heading, body, form);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
  });
}

function toast(text) {
  const note = Object.assign(document.createElement('div'), {
    className: 'toast',
    textContent: text,
  });
  document.getElementById('toasts')?.append(note);
  setTimeout(() => note.remove(), 6000);
}
