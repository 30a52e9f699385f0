import { Hono, type Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { html } from 'hono/html';
import { z } from 'zod';

import { openDirectMessage } from '#practice/slack/world/channels.ts';
import type { Person, World } from '#practice/slack/world/world.ts';

import { assets } from './assets.ts';
import { type Beside, guideOf, shopOf } from './beside.ts';
import { EMOJI } from './blocks/emoji.ts';
import { documentHtml } from './document.ts';
import { canBeChosen } from './rail.ts';
import { screenHtml } from './screen.ts';
import { shopRoutes } from './shop/shop-routes.ts';
import type { ShopWatch } from './shop/shop-watch.ts';
import { readTheme } from './theme.ts';

/** Nothing but this workspace's own script, style and pictures; foreign text can load nothing. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
  "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const THEME_COOKIE = 'practice-theme';
const GUIDE_COOKIE = 'practice-guide';

/** The workspace in a browser, as one of its people; who has not chosen is the first of them. */
export function createPage(world: World, shop: ShopWatch | null): Hono {
  const page = new Hono();

  function besideFor(context: Context): Beside | null {
    return shop === null ? null : { shop, guide: getCookie(context, GUIDE_COOKIE) !== 'off' };
  }

  page.use(async (context, next) => {
    await next();
    context.header('content-security-policy', POLICY);
    context.header('x-content-type-options', 'nosniff');
    context.header('referrer-policy', 'no-referrer');
    context.header('cache-control', 'no-store');
  });

  page.get('/', (context) => {
    const theme = readTheme(getCookie(context, THEME_COOKIE));
    const viewer = viewerOf(world, context.req.query('as'));
    if (viewer === undefined) return context.text('Nobody works here.', 404);
    const channel = context.req.query('channel') ?? null;
    if (channel === 'app') openDirectMessage(world, viewer.id);
    const place = {
      viewer: viewer.id,
      channel,
      thread: context.req.query('thread') ?? null,
      newSince: context.req.query('new') ?? null,
    };
    const title = `${viewer.realName} · ${world.teamName}`;
    const content = screenHtml(world, viewer, place, { theme, beside: besideFor(context) });
    return context.html(documentHtml(content, { title, theme }));
  });

  page.get('/beside', (context) => {
    const viewer = viewerOf(world, context.req.query('as'));
    if (viewer === undefined) return context.text('Nobody works here.', 404);
    const beside = besideFor(context);
    return context.html(html`${guideOf(world, viewer, beside)}${shopOf(world, beside)}`);
  });
  if (shop !== null) page.route('/shop', shopRoutes(shop));

  page.post('/guide', async (context) => {
    const { guide } = z.object({ guide: z.enum(['on', 'off']) }).parse(await context.req.json());
    setCookie(context, GUIDE_COOKIE, guide, { sameSite: 'Strict', path: '/' });
    return context.body(null, 204);
  });
  page.post('/theme', async (context) => {
    const { theme } = z.object({ theme: z.string() }).parse(await context.req.json());
    setCookie(context, THEME_COOKIE, readTheme(theme), { sameSite: 'Strict', path: '/' });
    return context.body(null, 204);
  });

  page.route('/', assets());
  page.get('/emoji.json', (context) => context.json(EMOJI));
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

function viewerOf(world: World, id: string | undefined): Person | undefined {
  const people = [...world.people.values()].filter(canBeChosen);
  return people.find((person) => person.id === id) ?? people[0];
}
