import type { Context } from 'hono';

import { isObject, parseJson } from '#practice/slack/json.ts';
import { Refusal } from '#practice/slack/refusal.ts';
import { findChannel } from '#practice/slack/world/channels.ts';
import type { Channel, World } from '#practice/slack/world/world.ts';

import { type Call, createCall, type Method, missing } from './call.ts';
import { methodFacts, type MethodFacts } from './method-facts.ts';
import { createRateLimits, type RateLimits } from './rate-limits.ts';
import { checkScopes } from './scopes.ts';

export type Tokens = { bot: string; app: string; revoked: Set<string> };

/** How often a method was called, and how often of these it was one call too many. */
export type CallCount = { method: string; calls: number; limited: number };

export type WebApiDeps = {
  world: World;
  tokens: Tokens;
  scopes: ReadonlySet<string>;
  rateLimits: boolean;
  methods: Readonly<Record<string, Method>>;
  counts: Map<string, CallCount>;
};

/**
 * `POST /api/<method>`. Always HTTP 200 but for a rate limit, because the SDK takes any other status
 * for a fault of the network and tries again.
 */
export function createWebApi(deps: WebApiDeps): (context: Context) => Promise<Response> {
  const limits = deps.rateLimits ? createRateLimits(deps.world.clock) : null;

  return async (context) => {
    const name = context.req.param('method') ?? '';
    const headers = { 'x-oauth-scopes': [...deps.scopes].join(',') };
    try {
      const method = deps.methods[name];
      const facts = methodFacts(name);
      if (method === undefined || facts === undefined) throw new Refusal('unknown_method');

      const args = await readArguments(context);
      checkToken(deps.tokens, tokenOf(context, args), facts);
      const call = createCall(deps.world, args);
      const wait = limitFor(limits, name, facts, call);
      const { calls, limited } = deps.counts.get(name) ?? { calls: 0, limited: 0 };
      const counted = {
        method: name,
        calls: calls + 1,
        limited: limited + (wait === null ? 0 : 1),
      };
      deps.counts.set(name, counted);
      if (wait !== null) {
        return context.json({ ok: false, error: 'ratelimited' }, 429, {
          'retry-after': String(wait),
        });
      }
      for (const kind of kindsOf(deps.world, name, call)) {
        checkScopes(facts.scopes, deps.scopes, kind);
      }
      for (const field of facts.required) {
        // An empty topic clears it.
        if (args[field] === undefined || (args[field] === '' && field !== 'topic')) {
          throw missing(field);
        }
      }
      return context.json({ ok: true, ...(await method(call, deps.world)) }, 200, headers);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return context.json({ ok: false, error: error.code, ...error.details }, 200, headers);
    }
  };
}

async function readArguments(context: Context): Promise<Record<string, unknown>> {
  const body = await context.req.text();
  const query = context.req.query();
  if (context.req.header('content-type')?.includes('json') === true) {
    const parsed = parseJson(body);
    if (!isObject(parsed)) throw new Refusal('invalid_json');
    return { ...query, ...parsed };
  }
  return { ...query, ...Object.fromEntries(new URLSearchParams(body)) };
}

function tokenOf(context: Context, args: Readonly<Record<string, unknown>>): string | undefined {
  const header = context.req.header('authorization')?.replace(/^Bearer\s*/i, '');
  return header ?? (typeof args['token'] === 'string' ? args['token'] : undefined);
}

function checkToken(tokens: Tokens, token: string | undefined, facts: MethodFacts): void {
  if (facts.token === 'none') return;
  if (token === undefined || token === '') throw new Refusal('not_authed');
  if (tokens.revoked.has(token)) throw new Refusal('token_revoked');
  if (token !== tokens.bot && token !== tokens.app) throw new Refusal('invalid_auth');
  if (token !== (facts.token === 'app' ? tokens.app : tokens.bot)) {
    throw new Refusal('not_allowed_token_type');
  }
}

function limitFor(
  limits: RateLimits | null,
  method: string,
  facts: MethodFacts,
  call: Call,
): number | null {
  return limits?.count({ method, tier: facts.tier, channel: call.text('channel') }) ?? null;
}

/** The kinds of channel a call is about, for which it needs a scope each. */
function kindsOf(world: World, method: string, call: Call): readonly (Channel['kind'] | null)[] {
  if (!method.startsWith('conversations.')) return [null];
  if (method === 'conversations.create') return [call.flag('is_private') ? 'private' : 'public'];
  if (method === 'conversations.open') return ['im'];
  if (method === 'conversations.list') {
    const kinds = { public_channel: 'public', private_channel: 'private', im: 'im' } as const;
    const types = call.list('types');
    return (types.length === 0 ? ['public_channel'] : types).flatMap((type) =>
      type === 'public_channel' || type === 'private_channel' || type === 'im' ? [kinds[type]] : [],
    );
  }
  return [findChannel(world, call.text('channel') ?? '', world.botUserId)?.kind ?? null];
}
