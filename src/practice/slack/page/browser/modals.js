import { act } from './server.js';

/* Shows the modal that the server has drawn, and puts the cursor where one begins. */
export function showModal() {
  const dialog = document.querySelector('#modal dialog');
  if (dialog === null || dialog.open) return;
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    void act({ act: 'close', view: dialog.dataset.view });
  });
  dialog.showModal();
  const fields = 'input, select, textarea, summary';
  const first =
    dialog.querySelector('[data-focus]') ??
    dialog.querySelector(`.modal-body .input :is(${fields})`) ??
    dialog.querySelector('.modal-body [data-action]');
  first?.focus();
}

/* Closes one that is to go, so that the cursor goes back to where it was. */
export function hideModal(fresh) {
  const dialog = document.querySelector('#modal dialog');
  const next = fresh.querySelector('#modal dialog');
  if (dialog !== null && dialog.id !== next?.id) dialog.close();
}

/* Asks before something is done. */
export function confirmed({ title, text, confirm, deny, style }) {
  const dialog = document.createElement('dialog');
  dialog.className = 'confirm';
  dialog.setAttribute('aria-labelledby', 'confirm-title');
  dialog.setAttribute('aria-describedby', 'confirm-text');
  const heading = piece('h2', { id: 'confirm-title', textContent: title });
  const body = piece('p', { id: 'confirm-text', textContent: text });
  const form = piece('form', { method: 'dialog' });
  form.append(
    piece('button', { textContent: deny, value: 'no', className: 'button' }),
    piece('button', {
      textContent: confirm,
      value: 'yes',
      className: `button ${style ?? 'primary'}`,
    }),
  );
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

function piece(name, properties) {
  return Object.assign(document.createElement(name), properties);
}
