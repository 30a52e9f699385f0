import { readFileSync } from 'node:fs';

import { readRunbook } from '#domain/runbook/read-runbook.ts';
import type { Runbook, RunbookDocument } from '#domain/runbook/runbook.ts';
import type { Settings } from '#domain/runbook/settings.ts';

/** Runbooks and settings for tests of the core. */

/** A runbook of these steps, written as in a file: `head` has the keys above `steps`. */
export function runbookOf(steps: string, head = ''): Runbook {
  const text = [
    'apiVersion: handrail/v1',
    'kind: Runbook',
    ...(/^id:/m.test(head) ? [] : ['id: rehearsed']),
    'title: Rehearsed',
    'service: checkout',
    'owner: payments',
    head,
    'steps:',
    steps,
  ].join('\n');
  return read('rehearsed.yaml', new TextEncoder().encode(text));
}

export function fixtureRunbook(name: string): Runbook {
  const file = new URL(`../fixtures/runbooks/${name}.yaml`, import.meta.url);
  return read(`${name}.yaml`, readFileSync(file));
}

/** One that is shipped, by its path below `runbooks/`. */
export function shippedRunbook(name: string): Runbook {
  const file = new URL(`../../runbooks/${name}.yaml`, import.meta.url);
  return read(`${name}.yaml`, readFileSync(file));
}

function read(file: string, bytes: Uint8Array): Runbook {
  const { runbook, diagnostics } = readRunbook({ file, bytes });
  if (runbook === null) throw new Error(JSON.stringify(diagnostics, null, 2));
  return runbook;
}

export function documentOf(runbook: Runbook): RunbookDocument {
  return { runbook, digest: 'd', file: `${runbook.id}.yaml`, commit: null };
}

export const settings: Settings = {
  services: {
    checkout: {
      owner: 'payments',
      channel: null,
      environments: ['production', 'staging'],
      connections: {},
      migrations: [],
      metrics: {},
    },
  },
  connections: {},
  groups: {
    payments: { kind: 'users', users: [] },
    'payments-oncall': { kind: 'users', users: [] },
    'incident-commanders': { kind: 'users', users: [] },
  },
  approvals: [
    {
      services: null,
      environments: ['production'],
      actions: ['deploys.*', 'flags.set'],
      required: 1,
      groups: ['payments-oncall', 'incident-commanders'],
      breakGlass: ['incident-commanders'],
    },
    {
      services: null,
      environments: ['staging'],
      actions: ['*'],
      required: 0,
      groups: ['payments'],
      breakGlass: [],
    },
  ],
  escalation: {},
  alerts: [],
  outbound: { allow: [], hosts: {}, nameServers: [], ca: null },
  incident: {
    channel: 'inc',
    announce: null,
    severities: {
      SEV1: { updateEvery: '30m', invite: ['payments-oncall'], followers: [] },
      SEV2: { updateEvery: null, invite: [], followers: [] },
    },
    roles: [
      { name: 'commander', instructions: 'Decide, and keep people to one thing each.' },
      { name: 'scribe', instructions: null },
    ],
    reaction: 'pushpin',
    archiveAfter: '7d',
    bookmarks: [],
    commands: { incident: 'incident', runbook: 'runbook' },
  },
  permissions: { declare: null, steer: null, redact: null, token: null },
  identities: {},
  proof: null,
  postmortem: { template: null, connection: null, repository: null, path: 'postmortems' },
  runbooks: null,
  inputs: {},
};
