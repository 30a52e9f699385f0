import { once } from 'node:events';

import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import { z } from 'zod';

import { pause } from '#practice/pause.ts';
import { problem } from '#practice/shop/net/problem.ts';
import { readBody } from '#practice/shop/net/read-body.ts';

import type { Environment } from './environment.ts';
import type { RollbackFaults } from './rollback-faults.ts';
import type { RollbackAnswer } from './rollback.ts';

export const KEY = /^[\x21-\x7e]{1,255}$/;

const Body = z.strictObject({
  from: z.string().min(1),
  to: z.string().min(1),
  reason: z.string().max(1000),
});

/** `POST …/rollbacks`, with the faults that are switched on. */
export async function startRollback(
  context: Context<{ Bindings: HttpBindings }>,
  environment: Environment,
  { faults, closing }: { faults: RollbackFaults; closing: AbortSignal },
): Promise<Response> {
  const key = context.req.header('idempotency-key') ?? '';
  if (!KEY.test(key)) {
    const message = 'The header Idempotency-Key is required';
    return problem(context, 400, { code: 'invalid', message });
  }
  const body = await readBody(context, Body);
  if (!body.ok) return problem(context, 400, { code: 'invalid', message: body.message });

  if (faults.answer === 'unavailable') {
    return problem(context, 503, { code: 'unavailable', message: 'Try again later' });
  }
  if (faults.answer === 'refuse') {
    return problem(context, 422, { code: 'refused', message: 'Deploys are frozen' });
  }
  if (faults.answer === 'late') await pause(faults.lateMs, closing);

  const answer = environment.startRollback(key, body.data);
  if (faults.answer === 'lost' && answer.kind === 'accepted') {
    await once(context.env.outgoing, 'close');
  }
  return describe(context, answer);
}

const CONFLICTS = {
  busy: { status: 409, code: 'busy', message: 'Another change is under way' },
  unknownTarget: { status: 422, code: 'unknown_target', message: 'That cannot be gone back to' },
  keyReused: { status: 422, code: 'key_reused', message: 'This key belongs to another rollback' },
} as const;

function describe(context: Context, answer: RollbackAnswer): Response {
  if (answer.kind === 'accepted') {
    context.header('Location', `${context.req.path}/${answer.rollback.id}`);
    return context.json(answer.rollback, 202);
  }
  if (answer.kind === 'repeated') return context.json(answer.rollback, 200);
  if (answer.kind === 'changed') {
    const { current } = answer;
    return problem(context, 409, { code: 'changed', message: `${current} runs now`, current });
  }
  const { status, ...why } = CONFLICTS[answer.kind];
  return problem(context, status, why);
}
