import { readdirSync, readFileSync } from 'node:fs';

import { Hono } from 'hono';

const TYPES = { js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8' } as const;

/** What the browser loads, as it lies in the folders `browser` and `style`. */
const files = new Map([...read('browser', 'js'), ...read('style', 'css')]);

/** In this order: later ones build on earlier ones. */
export const STYLES = [
  'base.css',
  'layout.css',
  'sidebar.css',
  'message.css',
  'blocks.css',
  'controls.css',
  'composer.css',
  'dialogs.css',
  'guide.css',
  'shop.css',
];

/** All of them at once, so that the browser need not find out one by one what they load. */
export const MODULES = [...files.keys()].filter((name) => name.startsWith('browser/'));

const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#3b1640"/><path d="M7 23V9M25 23V9M7 13h18" stroke="#f6d37a" stroke-width="3" stroke-linecap="round"/></svg>`;

export function assets(): Hono {
  const app = new Hono();
  app.get('/favicon.svg', (context) =>
    context.body(ICON, 200, { 'content-type': 'image/svg+xml' }),
  );
  app.get('/:folder{browser|style}/:name', (context) => {
    const { folder, name } = context.req.param();
    const file = files.get(`${folder}/${name}`);
    return file === undefined
      ? context.text('not found', 404)
      : context.body(file.bytes, 200, { 'content-type': file.type });
  });
  return app;
}

function read(folder: string, kind: keyof typeof TYPES) {
  const place = new URL(`./${folder}/`, import.meta.url);
  return readdirSync(place)
    .filter((name) => name.endsWith(`.${kind}`))
    .map(
      (name) =>
        [
          `${folder}/${name}`,
          { type: TYPES[kind], bytes: readFileSync(new URL(name, place)) },
        ] as const,
    );
}
