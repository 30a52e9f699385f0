import { place } from './menus.js';

/* What becomes of the name that is chosen next. */
let take = () => {};

/* One list of emoji for the whole page; `chosen` is called with the name. */
export async function pickEmoji(button, chosen) {
  const picker = document.getElementById('emoji-picker') ?? (await build());
  take = (name) => {
    picker.hidePopover();
    button.focus();
    chosen(name);
  };
  picker.showPopover();
  place(picker, button);
  const search = picker.querySelector('input');
  search.value = '';
  show(picker, '');
  search.focus();
}

async function build() {
  const response = await fetch('/emoji.json');
  const picker = document.createElement('div');
  picker.id = 'emoji-picker';
  picker.className = 'menu emoji-picker';
  picker.popover = 'auto';
  picker.role = 'dialog';
  picker.ariaLabel = 'Emoji';
  const search = document.createElement('input');
  search.type = 'search';
  search.placeholder = 'Search emoji';
  search.ariaLabel = 'Search emoji';
  search.addEventListener('input', () => show(picker, search.value));
  const list = document.createElement('div');
  list.className = 'emoji-list';
  for (const [name, character] of Object.entries(await response.json())) {
    const button = document.createElement('button');
    Object.assign(button, { type: 'button', textContent: character, title: `:${name}:` });
    button.ariaLabel = name.replaceAll('_', ' ');
    button.dataset.emoji = name;
    list.append(button);
  }
  list.addEventListener('click', (event) => {
    const name = event.target.closest('button')?.dataset.emoji;
    if (name !== undefined) take(name);
  });
  picker.append(search, list);
  document.body.append(picker);
  return picker;
}

function show(picker, wanted) {
  for (const button of picker.querySelectorAll('[data-emoji]')) {
    button.hidden = !button.dataset.emoji.includes(
      wanted.trim().replaceAll(' ', '_').toLowerCase(),
    );
  }
}
