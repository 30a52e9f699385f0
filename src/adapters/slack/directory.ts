import { z } from 'zod';

import type { Changed, ToldChanges } from '#app/told-changes.ts';
import type { Json } from '#domain/json.ts';
import type { GroupSettings, Settings } from '#domain/runbook/settings.ts';
import type { Directory, Person } from '#ports/directory.ts';
import type { Log } from '#ports/log.ts';
import { PortError } from '#ports/port-error.ts';

import type { Gateway } from './gateway.ts';
import { systemTime, type Time } from './time.ts';

/** Older answers do not say who may act: somebody may have left the group or the company since. */
const FRESH_MS = 5_000;
/** Whom to tell goes by an older answer; so does who may act, where Slack's limits allow no look and its events tell of none. */
const KNOWN_MS = 60_000;
/** Then a known answer takes its place; a person waits for what comes of it. */
const TURN_MS = 1_000;
const LOOK_UP_MS = 5_000;
const MOST_ENTRIES = 1_000;

const UserInfo = z.object({
  user: z.object({
    id: z.string(),
    team_id: z.string().optional(),
    enterprise_user: z.object({ enterprise_id: z.string().optional() }).optional(),
    name: z.string().default(''),
    deleted: z.boolean().default(false),
    is_bot: z.boolean().default(false),
    is_admin: z.boolean().default(false),
    is_owner: z.boolean().default(false),
    is_restricted: z.boolean().default(false),
    is_ultra_restricted: z.boolean().default(false),
    is_stranger: z.boolean().default(false),
    tz_offset: z.number().default(0),
  }),
});

const Home = z.object({ team_id: z.string(), enterprise_id: z.string().nullish() });

const Members = z.object({ users: z.array(z.string()) });

type User = z.infer<typeof UserInfo>['user'];

export type WithoutSlack = {
  /** Null: nothing is known of this person. */
  person(id: string): Person | null;
  members(usergroup: string): Promise<readonly string[]>;
};

export type SlackDirectory = Directory & {
  /** Seconds east of UTC where the person is; 0 where that is not known. */
  utcOffset(person: string): Promise<number>;
};

/**
 * Who people are, from Slack, and the groups of the settings. What cannot be read now admits nobody, and
 * what Slack has told us of by itself since an answer makes it void at once. Where it is Slack's limit on our
 * calls that keeps us from reading, an answer of the last minute is used in its place, if Slack is known to
 * tell us of changes. People on call come from elsewhere; without `onCall` such a group is empty.
 */
export function createDirectory(deps: {
  gateway: Gateway;
  settings: () => Settings;
  log: Log;
  onCall?: (connection: string, schedule: string) => Promise<readonly string[]>;
  /** Told each time that Slack has said who is in a user group, with the last change of it before; must not throw. */
  onMembers?: (usergroup: string, members: readonly string[], change: Json) => Promise<void>;
  changes: ToldChanges;
  /** What to go by while Slack is silent, and only then: its limit on our calls is none. Without it: nobody. */
  withoutSlack?: WithoutSlack;
  time?: Time;
}): SlackDirectory {
  const time = deps.time ?? systemTime;
  const user = fresh(deps.changes, 'person', time, async (id, withinMs) => {
    const look = { rank: 'now', withinMs } as const;
    const answer = await deps.gateway.call('users.info', { user: id }, look);
    return UserInfo.parse(answer).user;
  });
  /** Ours; it never changes. */
  let home: z.infer<typeof Home> | null = null;

  /** Whoever shares a channel with us from another company is no stranger to Slack, but not one of us. */
  async function isOutside(found: User): Promise<boolean> {
    const look = { rank: 'now', withinMs: LOOK_UP_MS } as const;
    home ??= Home.parse(await deps.gateway.call('auth.test', {}, look));
    const { team_id: team, enterprise_id: enterprise } = home;
    const theirs = [found.team_id, found.enterprise_user?.enterprise_id];
    const isOurs = found.team_id === team || (enterprise != null && theirs.includes(enterprise));
    return (
      !isOurs ||
      found.deleted ||
      found.is_bot ||
      found.is_restricted ||
      found.is_ultra_restricted ||
      found.is_stranger
    );
  }

  const usergroup = fresh(deps.changes, 'usergroup', time, async (id, withinMs) => {
    const look = { rank: 'now', withinMs } as const;
    const change = await deps.changes.last('usergroup', id);
    const answer = await deps.gateway.call('usergroups.users.list', { usergroup: id }, look);
    const { users } = Members.parse(answer);
    await deps.onMembers?.(id, users, change);
    return users;
  });

  async function read(settings: GroupSettings, ageMs: number): Promise<readonly string[]> {
    switch (settings.kind) {
      case 'users':
        return settings.users;
      case 'usergroup':
        return usergroup(settings.usergroup, ageMs);
      case 'oncall':
        return (await deps.onCall?.(settings.connection, settings.schedule)) ?? [];
      default:
        return settings satisfies never;
    }
  }

  const unread = new Set<string>();

  async function membersAsOf(group: string, ageMs: number): Promise<readonly string[]> {
    const { groups } = deps.settings();
    const settings = Object.hasOwn(groups, group) ? groups[group] : undefined;
    if (settings === undefined) return [];
    try {
      const found = await read(settings, ageMs);
      unread.delete(group);
      return found;
    } catch (error) {
      deps.log.warn({ group, reason: String(error) }, 'group could not be read from Slack');
      const isSilent = isSilence(error) && !isLimited(error);
      if (settings.kind === 'usergroup' && isSilent && deps.withoutSlack !== undefined) {
        return deps.withoutSlack.members(settings.usergroup);
      }
      unread.add(group);
      return [];
    }
  }

  return {
    members: (group) => membersAsOf(group, KNOWN_MS),
    unread: () => [...unread],

    async person(id): Promise<Person> {
      try {
        const found = await user(id, FRESH_MS);
        const name = found.name === '' ? id : found.name;
        const active = !(await isOutside(found));
        const admin = found.is_admin || found.is_owner;
        return { id: found.id, name, active, ...(admin && { admin }) };
      } catch (error) {
        deps.log.warn({ person: id, reason: String(error) }, 'person could not be read');
        if (!isSilence(error)) return { id, name: id, active: false };
        const known = isLimited(error) ? null : deps.withoutSlack?.person(id);
        return known ?? { id, name: id, active: false, unanswered: true };
      }
    },

    async groupsOf(person, among) {
      const names = [...new Set(among)];
      const lists = await Promise.all(names.map((name) => membersAsOf(name, FRESH_MS)));
      return names.filter((_name, at) => lists[at]?.includes(person) === true);
    },

    async utcOffset(person) {
      try {
        return (await user(person, KNOWN_MS)).tz_offset;
      } catch {
        return 0;
      }
    },
  };
}

/** No answer at all; a refusal is one. */
function isSilence(error: unknown): boolean {
  return error instanceof PortError && error.retry;
}

/**
 * Remembers answers, failures not at all; asks once for callers at one time. Where limits allow no
 * question now, an answer of the last minute is given, if a change since would have been told of.
 */
function fresh<T>(
  changes: ToldChanges,
  kind: Changed['kind'],
  time: Time,
  ask: (id: string, withinMs: number) => Promise<T>,
): (id: string, ageMs: number) => Promise<T> {
  /** `change`: the last one that had been told of before it was asked. */
  type Asked = { at: number; change: Json; answer: Promise<T> };
  const known = new Map<string, Asked>();

  async function askAgain(id: string, change: Json, before: Asked | null): Promise<T> {
    if (known.size >= MOST_ENTRIES) known.clear();
    const asked = { at: time.now(), change, answer: ask(id, before ? TURN_MS : LOOK_UP_MS) };
    known.set(id, asked);
    try {
      return await asked.answer;
    } catch (error) {
      const isOurs = known.get(id) === asked;
      const stands =
        before !== null && isLimited(error) && (await changes.last(kind, id)) === change;
      if (isOurs && stands) known.set(id, before);
      else if (isOurs) known.delete(id);
      if (stands) return before.answer;
      throw error;
    }
  }

  return async (id, ageMs) => {
    const [change, areTold] = await Promise.all([changes.last(kind, id), changes.areTold(kind)]);
    const entry = known.get(id);
    const age = entry === undefined ? Infinity : time.now() - entry.at;
    const isVoid = entry === undefined || entry.change !== change;
    if (!isVoid && age < ageMs) return entry.answer;
    return askAgain(id, change, !isVoid && age < KNOWN_MS && areTold ? entry : null);
  };
}

function isLimited(error: unknown): boolean {
  return error instanceof PortError && error.code === 'ratelimited';
}
