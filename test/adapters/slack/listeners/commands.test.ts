import { describe, expect, it } from 'vitest';

import { event, mention, slashCommand } from '#test/adapters/slack/payloads.ts';
import { createApp } from '#test/adapters/slack/running-app.ts';
import { slackStandIn } from '#test/adapters/slack/slack-stand-in.ts';

const origin = { channel: 'C1', message: null };
const users = {
  'users.info': ({ user = '' }) => ({
    ok: true,
    user: { id: user, name: user === 'U0BEN' ? 'ben' : 'ana', tz_offset: 3600 },
  }),
};

describe('commands', () => {
  it.each([
    [
      'declare Checkout is down',
      'declareIncident',
      { origin, values: { title: 'Checkout is down' } },
    ],
    ['declare', 'declareIncident', { values: {} }],
    ['severity SEV2', 'setSeverity', { severity: 'SEV2' }],
    [
      'role commander <@U0BEN|ben>',
      'giveRole',
      { role: 'commander', person: { id: 'U0BEN', name: 'ben' } },
    ],
    ['role commander', 'giveRole', { role: 'commander', person: { id: 'U0ANA', name: 'ana' } }],
    ['note it is &lt;b&gt; gateway', 'note', { text: 'it is <b> gateway' }],
    ['RESOLVE', 'resolveIncident', {}],
    ['role', 'giveRole', { role: null, person: null }],
    ['role scribe none', 'giveBackRole', { role: 'scribe' }],
    ['handover <@U0BEN|ben>', 'giveRole', { role: 'commander', person: { id: 'U0BEN' } }],
    ['severity', 'setSeverity', { severity: null }],
    ['update', 'sendUpdate', { text: null }],
    ['update All is well', 'sendUpdate', { text: 'All is well' }],
    ['status mitigated', 'setMitigated', { mitigated: true }],
    ['status open', 'setMitigated', { mitigated: false }],
    ['status resolved', 'resolveIncident', {}],
    ['times', 'correctTimes', {}],
    ['timeline', 'timeline', { filter: { kinds: [], person: null }, page: 0 }],
    ['list', 'listIncidents', {}],
    ['invite <@U0BEN|ben>', 'invitePeople', { people: [{ id: 'U0BEN', name: 'ben' }] }],
    ['merge inc-2', 'mergeIncident', { into: 'inc-2' }],
    ['reopen', 'reopenIncident', {}],
    ['token', 'issueToken', {}],
    ['token revoke', 'revokeToken', {}],
  ])('/incident %s', async (text, name, request) => {
    await using slack = await slackStandIn(users);
    const { app, asked } = createApp(slack);
    await app.start();

    slack.deliver('slash_commands', slashCommand(text, slack.responseUrl));
    await slack.until(() => slack.responded.length === 1);
    await app.stop(1_000);

    expect(asked).toMatchObject([
      { name, request: { by: { id: 'U0ANA', name: 'ana' }, ...request } },
    ]);
  });

  it.each([
    ['list', 'listRunbooks', {}],
    ['start', 'listRunbooks', {}],
    ['start checkout-bad-gateway-url', 'startRunbook', { runbook: 'checkout-bad-gateway-url' }],
    ['status', 'runStatus', {}],
    ['stop', 'stopRun', {}],
  ])('/runbook %s', async (text, name, request) => {
    await using slack = await slackStandIn();
    const { app, asked } = createApp(slack);
    await app.start();

    slack.deliver('slash_commands', slashCommand(text, slack.responseUrl, { command: '/runbook' }));
    await slack.until(() => slack.responded.length === 1);
    await app.stop(1_000);

    expect(asked).toMatchObject([{ name, request }]);
  });

  it.each([
    ['/incident', '', 'Incidents'],
    ['/runbook', '', 'Runbooks'],
    ['/incident', 'explode', 'There is no "explode" here.'],
    ['/incident', 'note', 'A note needs a text.'],
    ['/incident', 'note at 25:99 never', '"25:99" is no time of day: write it as 09:16 or 21:40.'],
    ['/incident', 'note at 09:160 x', '"09:160" is no time of day: write it as 09:16 or 21:40.'],
    ['/incident', 'note at 9:16 pm x', '"9:16 pm" is no time of day: write it as 09:16 or 21:40.'],
    ['/incident', 'status fine', 'A status is open, mitigated or resolved, not "fine".'],
    ['/incident', 'invite ben', 'Who is "ben"? Choose people with @.'],
    ['/sev', 'status', 'Use /incident or /runbook instead.'],
  ])('%s %s is answered with what would be right', async (command, text, words) => {
    await using slack = await slackStandIn();
    const { app, asked } = createApp(slack);
    await app.start();

    slack.deliver('slash_commands', slashCommand(text, slack.responseUrl, { command }));
    await slack.until(() => slack.responded.length === 1);
    await app.stop(1_000);

    expect(JSON.stringify(slack.responded[0])).toContain(JSON.stringify(words).slice(1, -1));
    expect(asked).toEqual([]);
  });

  it('tells the person who asked that we failed, with the reference that the log has', async () => {
    await using slack = await slackStandIn();
    const { app, log } = createApp(slack, {
      replies: { incidentStatus: () => Promise.reject(new Error('password=hunter2')) },
    });
    await app.start();

    slack.deliver('slash_commands', slashCommand('status', slack.responseUrl));
    await slack.until(() => slack.responded.length === 1);
    await app.stop(1_000);

    const reference = String(log.lines.find(({ level }) => level === 'error')?.fields['reference']);
    expect(JSON.stringify(slack.responded)).toContain(reference);
    expect(JSON.stringify(slack.responded)).not.toContain('hunter2');
  });

  it('answers in a direct message where the person cannot be whispered to', async () => {
    await using slack = await slackStandIn({
      ...users,
      'chat.postEphemeral': () => ({ ok: false, error: 'user_not_in_channel' }),
    });
    const { app } = createApp(slack);
    await app.start();

    slack.deliver('events_api', event(mention('status')));
    await slack.until(() => slack.of('chat.postMessage').length === 1);
    await app.stop(1_000);

    expect(slack.of('chat.postMessage')[0]).toMatchObject({ channel: 'U0ANA' });
  });
});
