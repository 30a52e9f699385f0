/* Menus that open beside their button, and bars and menus in which one goes with the arrow keys. */
export function startMenus() {
  document.addEventListener('toggle', opened, true);
  document.addEventListener('click', (event) => {
    const menu = event.target.closest('.menu[popover]');
    if (menu !== null && event.target.closest('[role=menuitem], a')) menu.hidePopover();
  });
  document.addEventListener('keydown', (event) => {
    const bar = event.target.closest('[role=menu], [role=toolbar]');
    if (bar !== null) go(event, bar);
  });
}

function opened({ target: menu, newState }) {
  const button = document.querySelector(`[popovertarget="${CSS.escape(menu.id)}"]`);
  if (newState !== 'open' || button === null) return;
  place(menu, button);
  menu.querySelector('[role=menuitem]')?.focus();
}

/* Below a button, or above it where there is no room. */
export function place(menu, button) {
  const at = button.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const left = Math.min(at.right - width, innerWidth - width - 8);
  const below = at.bottom + 4;
  const top = below + height > innerHeight - 8 ? at.top - height - 4 : below;
  menu.style.left = `${Math.max(8, left)}px`;
  menu.style.top = `${Math.max(8, top)}px`;
}

function go(event, bar) {
  const isMenu = bar.matches('[role=menu]');
  const items = [...bar.querySelectorAll(isMenu ? '[role=menuitem]' : ':scope > :is(button, a)')];
  const at = items.indexOf(document.activeElement);
  const steps = isMenu
    ? { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }
    : { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 };
  const next = steps[event.key];
  if (next === undefined || items.length === 0) return;
  event.preventDefault();
  event.stopPropagation();
  items.at(next % items.length).focus();
}
