import { describe, expect, it } from 'vitest';

import { policyFor } from '#domain/runbook/policy-for.ts';
import { readRunbook } from '#domain/runbook/read-runbook.ts';
import { readSettings } from '#domain/runbook/read-settings.ts';
import { settingsRules } from '#domain/runbook/rules/review-rules.ts';

import { encode, places } from './runbook-text.ts';

const { settings } = readSettings({
  file: 'handrail.yaml',
  bytes: encode(`apiVersion: handrail/v1
kind: Settings
services:
  checkout:
    owner: payments
    environments: [production, staging]
    connections: {metrics: prometheus, deploys: deploys}
    metrics: {error_rate: {query: up}}
connections:
  prometheus: {type: prometheus, url: 'http://prometheus:9090'}
  deploys: {type: deploy-api, url: 'https://deploy.example.com'}
  shop: {type: http, url: 'https://shop.gateway.example', production: true}
groups:
  payments: {usergroup: S0}
  two: {users: [U1, U2]}
  nobody: {users: []}
approvals:
  - {environments: [production], actions: ['deploys.*'], required: 2, groups: [payments, two]}
  - {environments: [production], actions: [flags.set], required: 3, groups: [two, nobody]}
  - {environments: [staging], actions: ['*'], required: 0, groups: [payments]}
outbound: {allow: ['*.gateway.example', deploy.example.com], hosts: {dialed.example: 127.0.0.1}}
`),
});
if (settings === null) throw new Error('the settings of this test are broken');
const given = settings;

function findings(steps: string, head = 'service: checkout\nowner: payments'): readonly string[] {
  const bytes = encode(
    `apiVersion: handrail/v1\nkind: Runbook\nid: try\ntitle: T\n${head}\nsteps:\n  ${steps}\n`,
  );
  const { subject, diagnostics } = readRunbook({ file: 'try.yaml', bytes });
  if (subject === null) throw new Error(JSON.stringify(diagnostics));
  const found = settingsRules.flatMap((rule) => rule({ ...subject, settings: given }));
  return places({ diagnostics: found });
}

describe('a runbook beside the settings', () => {
  it.each([
    [
      'a metric of its service',
      '- {id: a, title: A, uses: check.metric, with: {metric: error_rate}}',
      [],
    ],
    [
      'an unknown metric',
      '- {id: a, title: A, uses: check.metric, with: {metric: errors}}',
      ['8:58 unknown-metric'],
    ],
    [
      'an unknown connection',
      '- {id: a, title: A, uses: deploys.list, with: {connection: deploy}}',
      ['8:62 unknown-connection'],
    ],
    [
      'a service without the connection',
      '- {id: a, title: A, uses: flags.get, with: {flag: x}}',
      ['8:29 unknown-connection'],
    ],
    [
      'a file, which needs no connection',
      '- {id: a, title: A, uses: check.config, with: {source: {file: .env}}}',
      [],
    ],
    [
      'a group that is none',
      '- {id: a, title: A, uses: notify, with: {to: ["#x", paymets], text: T}}',
      ['8:55 unknown-group'],
    ],
    [
      'a host that is listed',
      '- {id: a, title: A, uses: check.tls, with: {host: api.GATEWAY.example}}',
      [],
    ],
    [
      'a host whose address stands in the settings',
      '- {id: a, title: A, uses: check.tcp, with: {host: dialed.example, port: 1}}',
      [],
    ],
    [
      'a path, whose host is that of a connection',
      '- {id: a, title: A, uses: check.http, with: {url: /health, connection: shop}}',
      [],
    ],
    [
      'a host that is not',
      '- {id: a, title: A, uses: check.http, with: {url: "https://evil.example/x"}}',
      ['8:53 host-not-allowed'],
    ],
    [
      'a name that only ends like one',
      '- {id: a, title: A, uses: check.tcp, with: {host: evilgateway.example, port: 1}}',
      ['8:53 host-not-allowed'],
    ],
    [
      'load where it may go',
      '- {id: a, title: A, uses: check.load, with: {url: "https://staging.gateway.example", rate: 1, duration: 1s}}',
      [],
    ],
    [
      'load on a host that is production',
      '- {id: a, title: A, uses: check.load, with: {url: "https://SHOP.gateway.example/x", rate: 1, duration: 1s}}',
      ['8:53 host-not-allowed'],
    ],
    [
      'load on the environment production',
      '- {id: a, title: A, uses: check.load, with: {url: "https://staging.gateway.example", rate: 1, duration: 1s, environment: production}}',
      ['8:124 host-not-allowed'],
    ],
    ['a write under its policy', '- {id: a, title: A, uses: deploys.rollback}', []],
    [
      'more people than the policy asks for',
      '- {id: a, title: A, uses: deploys.rollback, approval: {required: 3, groups: [payments]}}',
      [],
    ],
    [
      'a write without a policy in production',
      '- {id: a, title: A, uses: http.request, with: {url: "https://deploy.example.com", method: POST, connection: deploys}}',
      ['8:29 write-without-policy'],
    ],
    [
      'fewer people than the policy asks for',
      '- {id: a, title: A, uses: deploys.rollback, approval: {required: 1}}',
      ['8:58 approval-widened'],
    ],
    [
      'other groups than the policy names',
      '- {id: a, title: A, uses: deploys.rollback, approval: {groups: [payments, nobody]}}',
      ['8:58 approval-widened'],
    ],
    [
      'somebody where the policy asks nobody',
      '- {id: a, title: A, uses: deploys.rollback, with: {environment: staging}, approval: {required: 1, groups: [two]}}',
      [],
    ],
    [
      'more approvals than there are people',
      '- {id: a, title: A, uses: flags.set, with: {flag: x, value: true, connection: deploys}}',
      ['8:29 approval-unsatisfiable'],
    ],
    [
      'the same only in staging',
      '- {id: a, title: A, uses: flags.set, with: {flag: x, value: true, connection: deploys, environment: staging}}',
      [],
    ],
  ])('%s', (_what, steps, expected) => {
    expect(findings(steps)).toEqual(expected);
  });

  it('asks for the policy of the environments that the input allows, and of no other', () => {
    const write =
      '- {id: a, title: A, uses: http.request, with: {url: "https://deploy.example.com", method: POST, connection: deploys}}';
    const choices = (enumerated: string) =>
      findings(
        write,
        `service: checkout\nowner: payments\ninputs: {environment: {type: string, enum: ${enumerated}}}`,
      );

    expect(choices('[staging]')).toEqual([]);
    expect(choices('[staging, production]')).toEqual(['9:29 write-without-policy']);
    expect(choices('[test]')).toEqual(['9:29 write-without-policy']);
  });

  it('refuses load in a runbook that is for production only', () => {
    const load =
      '- {id: a, title: A, uses: check.load, with: {url: "https://staging.gateway.example", rate: 1, duration: 1s}}';
    const choices = (enumerated: string) =>
      findings(
        load,
        `service: checkout\nowner: payments\ninputs: {environment: {type: string, enum: ${enumerated}}}`,
      );

    expect(choices('[production]')).toEqual(['9:29 host-not-allowed']);
    expect(choices('[staging]')).toEqual([]);
    expect(choices('[production, staging]')).toEqual([]);
  });

  it('names a service and an owner that exist', () => {
    expect(
      findings(
        '- {id: a, title: A, uses: manual, with: {instructions: x}}',
        'service: checkot\nowner: me',
      ),
    ).toEqual(['5:10 bad-value', '6:8 unknown-group']);
  });
});

describe('the policy for a write', () => {
  const write = { service: 'checkout', environment: 'production', action: 'deploys.rollback' };

  it('is the first that matches', () => {
    expect(policyFor(given.approvals, write)?.required).toBe(2);
    expect(policyFor(given.approvals, { ...write, environment: 'staging' })?.required).toBe(0);
  });

  it('is none where none matches', () => {
    expect(policyFor(given.approvals, { ...write, action: 'deploysx' })).toBeNull();
    expect(policyFor(given.approvals, { ...write, environment: 'canary' })).toBeNull();
    expect(policyFor([], write)).toBeNull();
  });
});
