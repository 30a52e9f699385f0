import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { readSettings } from '#domain/runbook/read-settings.ts';

import { encode, places } from './runbook-text.ts';

const shipped = {
  file: 'handrail.yaml',
  bytes: readFileSync(new URL('../../../runbooks/handrail.yaml', import.meta.url)),
};
const text = new TextDecoder().decode(shipped.bytes);
const changed = (from: string, to: string) => {
  expect(text).toContain(from);
  return readSettings({ file: 'handrail.yaml', bytes: encode(text.replace(from, to)) });
};
const overlay = (rest: string) => ({
  file: 'practice.yaml',
  bytes: encode(`apiVersion: handrail/v1\nkind: SettingsOverlay\n${rest}`),
});

describe('the shipped settings', () => {
  it('are read and made regular', () => {
    const { settings, diagnostics } = readSettings(shipped);

    expect(diagnostics).toEqual([]);
    expect(settings).toMatchObject({
      services: {
        checkout: { owner: 'payments', metrics: { error_rate: { traffic: { atLeast: 0.1 } } } },
      },
      connections: {
        prometheus: {
          type: 'prometheus',
          url: 'http://prometheus:9090',
          drill: false,
          options: {},
        },
        deploys: { options: { token: '${{ secrets.DEPLOY_TOKEN }}' } },
      },
      groups: {
        payments: { kind: 'usergroup', usergroup: 'S0PAYMENTS' },
        'incident-commanders': { kind: 'users', users: ['U0ANA', 'U0BEN'] },
      },
      approvals: [
        { services: null, environments: ['production'], required: 1 },
        { environments: ['staging'], actions: ['*'], required: 0, breakGlass: [] },
      ],
      incident: {
        commands: { incident: 'incident', runbook: 'runbook' },
        severities: { SEV3: { updateEvery: null, invite: [], followers: [] } },
      },
    });
  });
});

describe('roles', () => {
  it('are names, or names with instructions, and the commander is always one', () => {
    const from = /roles:\n(?: {4}- .*\n)+/.exec(text)?.[0] ?? '';
    const { settings } = changed(
      from,
      'roles: [scribe, {name: liaison, instructions: Call them}]\n',
    );
    expect(settings?.incident.roles).toEqual([
      { name: 'commander', instructions: null },
      { name: 'scribe', instructions: null },
      { name: 'liaison', instructions: 'Call them' },
    ]);
  });
});

describe('settings with a mistake', () => {
  it.each([
    ['an owner that is no group', 'owner: payments', 'owner: ‹payment', 'unknown-group'],
    ['a connection that is none', 'deploys: deploys,', 'deploys: ‹deploy,', 'unknown-connection'],
    ['a severity that is none', 'severity: SEV1,', 'severity: ‹SEV9,', 'bad-value'],
    [
      'a group of two kinds',
      '{usergroup: S0PAYMENTS}',
      '{‹usergroup: S0, users: [U0]}',
      'bad-value',
    ],
    [
      'a right of no group',
      'escalation:\n',
      'permissions: {steer: [‹payment]}\nescalation:\n',
      'unknown-group',
    ],
    [
      'an account of two people',
      'escalation:\n',
      'identities: {ana: [U0ANA, W0ANA], ben: [U0BEN, ‹W0ANA]}\nescalation:\n',
      'bad-value',
    ],
    ['a key that is none', 'migrations:', '‹migration:', 'unknown-key'],
    ['a duration that is none', 'updateEvery: 30m', 'updateEvery: ‹30', 'duration-spelling'],
    [
      'an invited group that is none',
      'invite: [payments-oncall,',
      'invite: [‹payments-onkall,',
      'unknown-group',
    ],
    [
      'a name server at no port',
      'outbound: {',
      'outbound: {nameServers: [‹"10.0.0.2:65536"], ',
      'bad-value',
    ],
    [
      'a host to dial at no port',
      'outbound: {',
      'outbound: {hosts: {x.example: ‹"127.0.0.1:0"}, ',
      'bad-value',
    ],
    [
      'a host to dial that is a URL',
      'outbound: {',
      'outbound: {hosts: {‹"http://x.example": "127.0.0.1"}, ',
      'bad-value',
    ],
    ['a reaction in colons', 'archiveAfter: 7d', "reaction: ‹':eyes:'", 'bad-value'],
  ])('%s is refused with its place', (_what, from, to, rule) => {
    const reading = changed(from, to.replace('‹', ''));
    expect(reading.settings).toBeNull();
    expect(places(reading)).toEqual([`${placeOfMark(text.replace(from, to))} ${rule}`]);
  });
});

/** Line and column, from 1. */
function placeOfMark(marked: string): string {
  const before = marked.slice(0, marked.indexOf('‹')).split('\n');
  return `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}

describe('an overlay', () => {
  it('replaces by name and adds to what may be reached, and leaves the policy alone', () => {
    const { settings } = readSettings(
      shipped,
      overlay(`
connections: {prometheus: {type: prometheus, url: 'http://127.0.0.1:9', drill: true}}
groups: {payments: {users: [U1]}}
outbound: {allow: [127.0.0.0/8], hosts: {api.gateway-a.example: '127.0.0.1:8443'}, nameServers: ['127.0.0.1:5353'], ca: ca.pem}
metrics: {checkout: {error_rate: {query: up}}}
`),
    );

    expect(settings).toMatchObject({
      connections: {
        prometheus: { url: 'http://127.0.0.1:9', drill: true },
        deploys: { type: 'deploy-api' },
      },
      groups: { payments: { kind: 'users' }, 'payments-oncall': { kind: 'usergroup' } },
      outbound: {
        hosts: { 'api.gateway-a.example': '127.0.0.1:8443' },
        nameServers: ['127.0.0.1:5353'],
        ca: 'ca.pem',
      },
      services: { checkout: { metrics: { error_rate: { query: 'up', traffic: null } } } },
    });
    expect(settings?.outbound.allow).toEqual(
      expect.arrayContaining(['deploy.example.com', '127.0.0.0/8']),
    );
    expect(settings?.approvals).toEqual(readSettings(shipped).settings?.approvals);
  });

  it('cannot touch the policy of approvals', () => {
    const reading = readSettings(shipped, overlay('approvals: []\n'));
    expect(reading.settings).toBeNull();
    expect(reading.diagnostics).toMatchObject([
      { file: 'practice.yaml', line: 3, rule: 'unknown-key' },
    ]);
  });
});
