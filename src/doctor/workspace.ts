import { z } from 'zod';

import { createChannels } from '#adapters/slack/channels.ts';
import { createGateway, type Gateway } from '#adapters/slack/gateway.ts';
import type { GroupSettings, Settings } from '#domain/runbook/settings.ts';
import { PortError } from '#ports/port-error.ts';
import type { Finding } from '#ports/self-check.ts';
import type { Config } from '#src/config.ts';

import { notSet, ok, problem } from './finding.ts';

const Members = z.object({ users: z.array(z.string()) });
const Account = z.object({ user: z.object({ deleted: z.boolean().default(false) }) });

/** What the settings name in Slack: whether it is there, and open to the bot. */
export async function workspaceFindings(
  settings: Settings,
  { slack: { botToken, apiUrl } }: Config,
): Promise<Finding[]> {
  const gateway = createGateway({
    token: botToken,
    log: { info() {}, warn() {}, error() {} },
    ...(apiUrl !== null && { slackApiUrl: apiUrl }),
  });
  const groups = Object.entries(settings.groups);
  const found = await Promise.all([
    channelFindings(gateway, settings),
    ...groups.map(([name, group]) => groupFindings(gateway, name, group)),
  ]);
  return found.flat();
}

async function channelFindings(gateway: Gateway, settings: Settings): Promise<Finding[]> {
  const places = Map.groupBy(
    [
      { where: 'incident.announce', channel: settings.incident.announce },
      ...Object.entries(settings.services).map(([name, { channel }]) => ({
        where: `services.${name}.channel`,
        channel,
      })),
    ],
    ({ channel }) => channel,
  );
  places.delete(null);
  if (places.size === 0) return [];
  return asked('channels', async () => {
    const seen = await createChannels(gateway).seen();
    return [...places].map(([channel, named]) => {
      const area = `channel ${channel}`;
      const where = named.map((one) => one.where).join(', ');
      const there = seen.find(({ id, name }) => channel === `#${name}` || channel === id);
      if (there === undefined) {
        return problem(
          area,
          `${where} of handrail.yaml: the bot sees no such channel. Make it; if it is private, type /invite @ and the bot's name there`,
        );
      }
      return there.is_archived === true
        ? problem(area, `${where} of handrail.yaml: it is archived. Unarchive it, or name another`)
        : ok(area, `is there, for ${where}`);
    });
  });
}

async function groupFindings(
  gateway: Gateway,
  name: string,
  group: GroupSettings,
): Promise<Finding[]> {
  const area = `group ${name}`;
  return asked(area, async () => {
    switch (group.kind) {
      case 'usergroup':
        return [await usergroupFinding(gateway, area, group.usergroup)];
      case 'users': {
        const wrong = await Promise.all(group.users.map((id) => whyNobody(gateway, id)));
        const why = wrong.filter((one) => one !== null);
        return why.length === 0
          ? [ok(area, `${group.users.length} by name`)]
          : [problem(area, `groups.${name} of handrail.yaml: ${why.join(', ')}`)];
      }
      case 'oncall':
        return [];
      default:
        return group satisfies never;
    }
  });
}

async function usergroupFinding(gateway: Gateway, area: string, id: string): Promise<Finding> {
  try {
    const answer = await gateway.call('usergroups.users.list', { usergroup: id }, { rank: 'now' });
    const users = Members.parse(answer).users.length;
    return users === 0 ? problem(area, `${id} has nobody in it`) : ok(area, `${users} in ${id}`);
  } catch (error) {
    if (!(error instanceof PortError && error.code === 'no_such_subteam')) throw error;
    return problem(
      area,
      `Slack has no user group ${id}, so nobody is in it. Its id is in the group's menu, Copy group ID, and begins with S`,
    );
  }
}

async function whyNobody(gateway: Gateway, id: string): Promise<string | null> {
  try {
    const answer = await gateway.call('users.info', { user: id }, { rank: 'now' });
    return Account.parse(answer).user.deleted ? `the account ${id} is switched off` : null;
  } catch (error) {
    if (error instanceof PortError && error.code === 'user_not_found') return `nobody is ${id}`;
    throw error;
  }
}

/** What Slack does not let us see is no finding about what was to be seen; a missing scope is one of its own. */
async function asked(area: string, look: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof z.ZodError) return [notSet(area, 'Slack gave no answer that can be read')];
    if (!(error instanceof PortError)) throw error;
    return [notSet(area, `could not be looked at: ${error.message}`)];
  }
}
