import { Hono } from 'hono';
import { z } from 'zod';

import { parseJson } from '#practice/slack/json.ts';
import { Refusal } from '#practice/slack/refusal.ts';

import { Act } from './act.ts';
import type { PeopleDeps } from './people-deps.ts';
import { perform } from './perform.ts';
import { sentenceFor } from './refused.ts';
import { sightOf } from './sight.ts';
import { streamChanges } from './stream.ts';

/**
 * What the page and scripted people use, one person a path: `GET …/sight` is what that person sees,
 * `GET …/stream` tells when it changed, `POST …/acts` does something.
 */
export function createPeopleApi(deps: PeopleDeps): Hono {
  const { world } = deps;
  const api = new Hono();

  api.use('/:user/*', async (context, next) => {
    const person = world.people.get(context.req.param('user'));
    if (person === undefined || person.kind === 'bot' || person.kind === 'deactivated') {
      return context.json({ ok: false, error: 'user_not_found', message: 'No such person.' }, 404);
    }
    return next();
  });

  api.get('/:user/sight', (context) => context.json(sightOf(world, context.req.param('user'))));

  api.get('/:user/stream', (context) => streamChanges(context, world, context.req.param('user')));

  api.post('/:user/acts', async (context) => {
    const act = Act.safeParse(parseJson(await context.req.text()));
    if (!act.success) {
      const message = z.prettifyError(act.error);
      return context.json({ ok: false, error: 'invalid_act', message }, 400);
    }
    try {
      return context.json(await perform(deps, context.req.param('user'), act.data));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return context.json({
        ok: false,
        error: error.code,
        message: sentenceFor(error.code),
        ...error.details,
      });
    }
  });

  return api;
}
