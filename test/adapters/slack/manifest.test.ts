import { globSync, readFileSync } from 'node:fs';

import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { DIRECTORY_EVENTS } from '#adapters/slack/directory-changes.ts';
import { DECLARE_SHORTCUT, TIMELINE_SHORTCUT } from '#adapters/slack/listeners/timeline-marks.ts';
import { METHODS } from '#adapters/slack/methods.ts';

const text = readFileSync('manifest.yml', 'utf8');
const manifest: unknown = load(text);
const {
  features,
  oauth_config: oauth,
  settings,
} = z
  .object({
    features: z.object({
      slash_commands: z.array(z.object({ command: z.string(), should_escape: z.literal(true) })),
      shortcuts: z.array(z.object({ callback_id: z.string(), type: z.string() })),
    }),
    oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
    settings: z.object({ event_subscriptions: z.object({ bot_events: z.array(z.string()) }) }),
  })
  .parse(manifest);
const scopes = oauth.scopes.bot;

/** From Slack's documentation: any one of a method's scopes lets it be called. */
const methodScopes = z
  .record(z.string(), z.array(z.string()))
  .parse(JSON.parse(readFileSync('test/fixtures/slack/method-scopes.json', 'utf8')));
const EVENT_SCOPES: Record<string, string> = {
  /** Every app may. */
  app_home_opened: '',
  app_mention: 'app_mentions:read',
  member_joined_channel: 'channels:read',
  member_left_channel: 'channels:read',
  'message.channels': 'channels:history',
  'message.groups': 'groups:history',
  reaction_added: 'reactions:read',
  reaction_removed: 'reactions:read',
  subteam_members_changed: 'usergroups:read',
  subteam_updated: 'usergroups:read',
  user_change: 'users:read',
};

const sources = globSync('src/adapters/slack/**/*.ts')
  .filter((path) => !path.endsWith('/methods.ts'))
  .map((path) => readFileSync(path, 'utf8'))
  .join('\n');

describe('manifest.yml', () => {
  it("is one by Slack's own schema", () => {
    const schema = z.fromJSONSchema(
      JSON.parse(readFileSync('test/fixtures/slack/manifest.schema.json', 'utf8')),
    );

    expect(schema.safeParse(manifest).error).toBeUndefined();
    expect(schema.safeParse({ ...z.object({}).loose().parse(manifest), bogus: 1 }).success).toBe(
      false,
    );
  });

  it.each(Object.keys(METHODS))('has a scope for %s, which the code calls', (method) => {
    const enough = methodScopes[method];

    expect(sources).toContain(`'${method}'`);
    expect(enough).toBeDefined();
    expect(enough?.length === 0 || enough?.some((scope) => scopes.includes(scope))).toBe(true);
  });

  it.each(scopes)('asks for %s because something needs it, and says what', (scope) => {
    const byMethod = Object.keys(METHODS).filter((method) => methodScopes[method]?.includes(scope));
    const byEvent = settings.event_subscriptions.bot_events.filter(
      (event) => EVENT_SCOPES[event] === scope,
    );
    const byCommand =
      scope === 'commands' ? features.slash_commands.map(({ command }) => command) : [];

    const byDownload = scope === 'files:read' && sources.includes('url_private') ? [scope] : [];

    expect([...byMethod, ...byEvent, ...byCommand, ...byDownload]).not.toEqual([]);
    expect(text).toMatch(new RegExp(`- ${scope} # .+`));
  });

  it('subscribes to the events that are listened to, and to no others', () => {
    const listened = [...sources.matchAll(/app\.event\('(\w+)'/g)].map(([, event]) =>
      String(event),
    );

    const subscribed = settings.event_subscriptions.bot_events.map((name) => name.split('.')[0]);

    expect(new Set(subscribed)).toEqual(new Set([...listened, ...DIRECTORY_EVENTS]));
    expect(
      settings.event_subscriptions.bot_events.map((event) => EVENT_SCOPES[event]),
    ).not.toContain(undefined);
  });

  it('offers the shortcuts that are listened to', () => {
    expect(features.shortcuts).toMatchObject([
      { callback_id: TIMELINE_SHORTCUT, type: 'message' },
      { callback_id: DECLARE_SHORTCUT, type: 'message' },
    ]);
  });
});
