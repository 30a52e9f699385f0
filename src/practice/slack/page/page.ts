import { readFileSync } from 'node:fs';

import { Hono } from 'hono';
import { html } from 'hono/html';

import type { Person, World } from '#practice/slack/world/world.ts';

import type { Html } from './elements.ts';
import { screenHtml } from './screen.ts';

/** Nothing but this workspace's own script, style and pictures; foreign text can load nothing. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
  "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const script = readFileSync(new URL('./live.js', import.meta.url));
const style = readFileSync(new URL('./style.css', import.meta.url));

/** The workspace in a browser: choose who you are, then live in Slack as that person. */
export function createPage(world: World): Hono {
  const page = new Hono();

  page.use(async (context, next) => {
    await next();
    context.header('content-security-policy', POLICY);
    context.header('x-content-type-options', 'nosniff');
    context.header('referrer-policy', 'no-referrer');
    context.header('cache-control', 'no-store');
  });

  page.get('/', (context) => {
    const viewer = world.people.get(context.req.query('as') ?? '');
    const content =
      viewer === undefined || !canBeChosen(viewer)
        ? chooserHtml(world)
        : screenHtml(world, {
            viewer: viewer.id,
            channel: context.req.query('channel') ?? null,
            thread: context.req.query('thread') ?? null,
          });
    return context.html(documentHtml(world, content));
  });

  page.get('/favicon.ico', (context) => context.body(null, 204));
  page.get('/live.js', (context) =>
    context.body(script, 200, { 'content-type': 'text/javascript; charset=utf-8' }),
  );
  page.get('/style.css', (context) =>
    context.body(style, 200, { 'content-type': 'text/css; charset=utf-8' }),
  );
  page.get('/files/:id', (context) => {
    const file = world.files.get(context.req.param('id'));
    if (file === undefined) return context.text('not found', 404);
    const disposition = file.type.startsWith('image/') ? 'inline' : 'attachment';
    return context.body(file.bytes, 200, {
      'content-type': file.type,
      'content-disposition': disposition,
    });
  });

  return page;
}

function canBeChosen(person: Person): boolean {
  return person.kind === 'member' || person.kind === 'guest';
}

function documentHtml(world: World, content: Html): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${world.teamName} · practice workspace</title>
        <link rel="stylesheet" href="/style.css" />
        <script type="module" src="/live.js"></script>
      </head>
      <body>
        ${content}
      </body>
    </html>`;
}

function chooserHtml(world: World): Html {
  return html`<main class="chooser">
    <h1>Who are you?</h1>
    <p>
      This is a practice workspace: everything here is made up, and nothing leaves this machine.
    </p>
    <ul>
      ${[...world.people.values()].filter(canBeChosen).map(
        (person) =>
          html`<li>
            <a href="/?as=${person.id}"><strong>${person.realName}</strong> @${person.name}</a>
          </li>`,
      )}
    </ul>
  </main>`;
}
