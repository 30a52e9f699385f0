import { say } from './saying.js';

/*
 * Help while one types: commands and their words after a slash, people after @, channels after #. A
 * list that one chooses from with the arrow keys.
 */

/* Field → what is offered: where in the text it goes, and which one Enter would take. */
const open = new WeakMap();

export function startSuggestions() {
  document.addEventListener('keydown', (event) => {
    const offer = open.get(event.target);
    if (offer !== undefined) choose(event, event.target, offer);
  });
  document.addEventListener('mousedown', (event) => {
    const option = event.target.closest('.suggestions [role=option]');
    if (option === null) return;
    event.preventDefault();
    const field = document.getElementById(option.parentElement.id.replace('-suggestions', ''));
    take(field, open.get(field), Number(option.dataset.index));
  });
  document.addEventListener('focusout', ({ target }) => {
    if (open.has(target)) closeSuggestions(target);
  });
}

export function suggest(field) {
  const offer = offerFor(field);
  if (offer === null || offer.items.length === 0) {
    closeSuggestions(field);
    return;
  }
  if (!open.has(field)) say(`${offer.items.length} suggestions: arrow keys, then Enter`);
  open.set(field, offer);
  draw(field, offer);
}

export function closeSuggestions(field) {
  open.delete(field);
  listOf(field).hidden = true;
  field.removeAttribute('aria-activedescendant');
}

function offerFor(field) {
  const text = field.value.slice(0, field.selectionStart);
  const { commands, people, channels } = JSON.parse(document.getElementById('known').dataset.known);
  const inThread = field.form.dataset.thread !== '';
  const command = inThread ? null : /^\/\S*$/.exec(text);
  if (command !== null) {
    const items = commands
      .filter((one) => one.command.startsWith(text) && one.command !== text)
      .map((one) => ({ label: one.command, about: one.description, text: `${one.command} ` }));
    return { from: 0, items, at: 0 };
  }
  const words = inThread ? null : /^(\/\S+) (\S*)$/.exec(text);
  if (words !== null) {
    const known = commands.find((one) => one.command === words[1])?.words ?? [];
    const items = known
      .filter((word) => word.startsWith(words[2]))
      .map((word) => ({ label: word, about: '', text: firstOf(word) }));
    return { from: words[1].length + 1, items, at: -1 };
  }
  const name = /(?:^|[\s(])([@#])([\w.-]*)$/.exec(text);
  if (name === null) return null;
  const from = text.length - name[2].length - 1;
  const items = (name[1] === '@' ? people : channels)
    .filter((one) => `${one.name} ${one.about}`.toLowerCase().includes(name[2].toLowerCase()))
    .slice(0, 8)
    .map((one) => ({
      label: `${name[1]}${one.name}`,
      about: one.about,
      text: `${name[1]}${one.name} `,
    }));
  return { from, items, at: 0 };
}

/* `note [at 09:16] text` begins with what has to be typed. */
function firstOf(word) {
  const [first, ...rest] = word.split(' ');
  return rest.length === 0 ? first : `${first} `;
}

function choose(event, field, offer) {
  const count = offer.items.length;
  const isTaken = offer.at >= 0 && (event.key === 'Enter' || event.key === 'Tab');
  if (event.key === 'ArrowDown') offer.at = (offer.at + 1) % count;
  else if (event.key === 'ArrowUp') offer.at = (offer.at <= 0 ? count : offer.at) - 1;
  else if (event.key === 'Escape') closeSuggestions(field);
  else if (isTaken) take(field, offer, offer.at);
  else return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (event.key.startsWith('Arrow')) draw(field, offer);
}

function take(field, offer, index) {
  field.setRangeText(offer.items[index].text, offer.from, field.selectionStart, 'end');
  closeSuggestions(field);
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

function draw(field, offer) {
  const list = listOf(field);
  list.replaceChildren(
    ...offer.items.map((item, index) => {
      const option = document.createElement('div');
      option.role = 'option';
      option.id = `${list.id}-${index}`;
      option.dataset.index = String(index);
      option.ariaSelected = String(index === offer.at);
      const label = Object.assign(document.createElement('strong'), { textContent: item.label });
      const about = Object.assign(document.createElement('span'), { textContent: item.about });
      option.append(label, ' ', about);
      return option;
    }),
  );
  list.hidden = false;
  if (offer.at < 0) field.removeAttribute('aria-activedescendant');
  else {
    field.setAttribute('aria-activedescendant', `${list.id}-${offer.at}`);
    list.children[offer.at].scrollIntoView({ block: 'nearest' });
  }
}

function listOf(field) {
  return document.getElementById(`${field.id}-suggestions`);
}
