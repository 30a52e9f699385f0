import { confirmed } from './modals.js';
import { act, placeOf } from './server.js';

const pauseMs = 300;

/* Buttons, menus and fields of the app: what is pressed and chosen goes to it, forms when they are sent. */
export function startFields() {
  document.addEventListener('click', (event) => {
    const button = event.target.closest('button[data-action]');
    if (button !== null) void press(button, button.value || null);
  });
  document.addEventListener('change', (event) => {
    const element = event.target.closest('[data-action]');
    const isPart = event.target.matches('[data-filter]');
    if (element === null || isPart || element.matches('button, .many')) return;
    if (isTold(element)) void press(element, valueOf(element));
  });
  document.addEventListener('toggle', (event) => toggled(event.target), true);
  document.addEventListener('input', (event) => {
    const { target } = event;
    if (target.matches('[data-filter]')) filter(target);
    else if (target.closest('.many')) summarize(target);
    else if (target.dataset.on?.includes('on_character_entered') && isTold(target)) later(target);
  });
  document.addEventListener('keydown', (event) => {
    const field = event.target.closest('[data-dispatch] input[data-on]');
    if (event.key !== 'Enter' || field === null) return;
    event.preventDefault();
    if (field.dataset.on.includes('on_enter_pressed')) void press(field, valueOf(field));
  });
  document.addEventListener('submit', (event) => {
    if (event.target.dataset.submit === undefined) return;
    event.preventDefault();
    void submit(event.target);
  });
}

async function press(element, value) {
  if (element.getAttribute('aria-busy')) return;
  if (element.dataset.confirm && !(await confirmed(JSON.parse(element.dataset.confirm)))) {
    if (element.matches('select')) element.selectedIndex = defaultIndex(element);
    return;
  }
  if (element.dataset.url) window.open(element.dataset.url, '_blank', 'noopener');
  const { block: blockId, action: actionId } = element.dataset;
  const values = filled(element.closest('.modal'));
  await act({ act: 'press', ...placeOf(element), blockId, actionId, value, values }, element);
}

async function submit(form) {
  const button = form.querySelector('[type=submit]');
  if (button === null || button.getAttribute('aria-busy')) return;
  const { view } = form.closest('[data-view]').dataset;
  const result = await act({ act: 'submit', view, values: filled(form) }, button);
  if (!result.problems) return;
  const block = Object.keys(result.problems)[0];
  form.querySelector(`[data-block="${CSS.escape(block)}"]`)?.focus();
}

function filled(form) {
  return [...(form?.querySelectorAll('.block.input [data-action]') ?? [])].map((element) => ({
    blockId: element.dataset.block,
    actionId: element.dataset.action,
    value: valueOf(element),
  }));
}

export function valueOf(element) {
  if (element.matches('fieldset, .many')) {
    const values = [...element.querySelectorAll('input:checked')].map((input) => input.value);
    return element.dataset.kind === 'radio_buttons' ? (values[0] ?? null) : values;
  }
  if (element.value === '') return null;
  if (element.dataset.kind !== 'datetimepicker') return element.value;
  return String(Math.floor(Date.parse(element.value) / 1000));
}

/* A field of a form is the app's business only when it is sent, unless the app asked to be told. */
function isTold(element) {
  const input = element.closest('.block.input');
  return input === null || input.dataset.dispatch !== undefined;
}

/* A list to tick tells the app when it is closed, and only if something changed. */
function toggled(list) {
  if (!list.matches?.('.many')) return;
  const now = JSON.stringify(valueOf(list));
  if (list.open) list.dataset.before = now;
  else if (isTold(list) && list.dataset.before !== now) void press(list, valueOf(list));
}

function summarize(box) {
  const list = box.closest('.many');
  const most = Number(list.dataset.most || Infinity);
  const chosen = [...list.querySelectorAll('input:checked')];
  if (chosen.length > most) box.checked = false;
  const names = [...list.querySelectorAll('input:checked')].map((one) => one.dataset.label);
  list.querySelector('.chosen').textContent = names.join(', ') || list.dataset.placeholder;
}

function filter(search) {
  const wanted = search.value.toLowerCase();
  for (const label of search.parentElement.querySelectorAll('.choice')) {
    label.hidden = !label.textContent.toLowerCase().includes(wanted);
  }
}

const timers = new WeakMap();

function later(field) {
  clearTimeout(timers.get(field));
  timers.set(
    field,
    setTimeout(() => void press(field, valueOf(field)), pauseMs),
  );
}

function defaultIndex(select) {
  return Math.max(
    0,
    [...select.options].findIndex((option) => option.defaultSelected),
  );
}
