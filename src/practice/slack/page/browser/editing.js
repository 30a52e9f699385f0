import { act, placeOf } from './server.js';

/* Puts a field in place of a message's text: Enter saves, Escape leaves it. */
export async function editMessage(message) {
  const body = message.querySelector('.body');
  if (body.querySelector('.editor') !== null) return;
  const place = placeOf(message);
  const form = document.createElement('form');
  form.className = 'editor';
  form.dataset.keep = '';
  const field = document.createElement('textarea');
  field.ariaLabel = 'Edit message';
  field.value = message.dataset.source;
  const save = Object.assign(document.createElement('button'), {
    textContent: 'Save',
    className: 'button primary',
  });
  const cancel = Object.assign(document.createElement('button'), {
    type: 'button',
    textContent: 'Cancel',
    className: 'button',
  });
  form.append(field, cancel, save);
  body.append(form);
  field.focus();

  function leave() {
    form.remove();
    message.querySelector('.tools [tabindex="0"]')?.focus();
  }
  cancel.addEventListener('click', leave);
  form.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') leave();
    else if (
      event.key === 'Enter' &&
      !event.shiftKey &&
      event.target === field &&
      !event.isComposing
    ) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (text === '') return;
    const result = await act({ act: 'edit', ...place, text }, save);
    if (result.ok) leave();
  });
}
