import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { condition } from '#domain/runbook/printed/condition.ts';
import { printedRunbook } from '#domain/runbook/printed/printed-runbook.ts';
import { prose } from '#domain/runbook/printed/prose.ts';
import { shellWord } from '#domain/runbook/printed/shell-word.ts';
import { readRunbook } from '#domain/runbook/read-runbook.ts';
import { readSettings } from '#domain/runbook/read-settings.ts';
import { runbookOf } from '#test/domain/runbook/runbook-text.ts';

const folder = new URL('../../../../runbooks/', import.meta.url);
const read = (file: string) => ({ file, bytes: readFileSync(new URL(file, folder)) });
const report = readRunbook(read('checkout/bad-gateway-url.yaml')).runbook;
const { settings } = readSettings(read('handrail.yaml'));
if (report === null || settings === null) throw new Error('the shipped files have errors');
const printed = printedRunbook(report, settings);

/** The section of one step, from its heading to the next. */
function section(text: string, id: string): string {
  const from = text.indexOf(`<a id="step-${id}"></a>`);
  const next = text.indexOf('<a id=', from + 1);
  return text.slice(from, next === -1 ? undefined : next);
}

describe('the printed runbook', () => {
  it('has a place for every link, and a section for every step', () => {
    const links = [...printed.matchAll(/\]\(#([\w-]+)\)/g)].map(([, target]) => target);
    const places = [...printed.matchAll(/<a id="([\w-]+)">/g)].map(([, place]) => place);
    expect(places).toEqual(report.steps.map(({ id }) => `step-${id}`));
    expect(links.filter((link) => !places.includes(link))).toEqual([]);
  });

  it('spells out the query behind a metric, where to run it, and what it must be', () => {
    const symptom = section(printed, 'symptom');
    expect(symptom).toContain('At <http://prometheus:9090>, run this query:');
    expect(symptom).toContain('http_requests_total{service="checkout",environment="production"');
    expect(symptom).toContain('**OK**, if the value is below **0.03 (3 %)** → [10. False alarm]');
    expect(symptom).toContain(
      '**Problem found**, if the value is above **0.05 (5 %)**; or **No data** → [2. ',
    );
  });

  it('says without settings which metric it is', () => {
    expect(section(printedRunbook(report), 'symptom')).toContain(
      'In the metrics back end, read the metric `error_rate`.',
    );
  });

  it('says how to write by hand, and who has to agree', () => {
    const rollback = section(printed, 'rollback');
    expect(rollback).toContain(
      '> **By hand:** Run `deployctl rollback checkout` from the bastion, then confirm here.',
    );
    expect(rollback).toContain(
      '> Approval, production: 1 approval from payments-oncall or incident-commanders.',
    );
    expect(rollback).toContain('**Outcome unknown** → stop, and decide together how to go on');
  });

  it('says so where a write has no fallback', () => {
    const bare = runbookOf('\n  - {id: back, title: Back, uses: deploys.rollback}');
    expect(printedRunbook(bare)).toContain('> **By hand:** this runbook does not say how.');
  });

  it('puts options with what recommends them, in words', () => {
    expect(section(printed, 'decide')).toContain(
      '- **Roll back**, recommended if [step 4](#step-config) found a problem and [step 2](#step-what_changed) found a problem → [6. Roll back checkout](#step-rollback)',
    );
  });

  it('tells the rules of a configuration key by key', () => {
    const config = section(printed, 'config');
    expect(config).toContain('Read the configuration of the current deployment.');
    expect(config).toContain(
      '- `PAYMENT_GATEWAY_URL`: is there; its scheme is `https`; its host is one of `api.gateway-a.example, api.gateway-b.example`; does not match `(sandbox|staging|test|localhost)`',
    );
    expect(config).toContain('It must have every key that what runs in `staging` has.');
  });

  it('gives a command for each check that has one, for every item', () => {
    const gateways = section(printed, 'gateways');
    expect(gateways).toContain(
      'For each **host** of `api.gateway-a.example, api.gateway-b.example`',
    );
    expect(gateways).toContain("  dig +short '‹host›' A");
    expect(gateways).toContain("  curl -sS -i 'https://‹host›/health'");
  });

  it('repeats what a step repeats, and how long to watch it', () => {
    const recovery = section(printed, 'recovery');
    expect(recovery).toContain('The check of [step 1](#step-symptom) again:');
    expect(recovery).toContain('Look again every 5s until OK for 2m, 10m at most.');
  });

  it('prints every kind of step', () => {
    const text = printedRunbook(
      runbookOf(`
  - {id: a, title: A, uses: check.tcp, with: {host: db.example, port: 5432}}
  - {id: b, title: B, uses: check.load, with: {url: 'https://staging.example', rate: 5, duration: 30s}}
  - {id: c, title: C, uses: changes.list, fail: size(result.commits) > 0}
  - {id: d, title: D, uses: flags.get, with: {flag: payments}, fail: result.value == false}
  - {id: e, title: E, uses: flags.set, with: {flag: payments, value: false}, next: {failed: end}}
  - {id: f, title: F, uses: deploys.freeze}
  - {id: g, title: G, uses: deploys.unfreeze}
  - {id: h, title: H, uses: http.request, with: {url: 'https://x.example', method: PUT, body: it's on}}
  - {id: i, title: I, uses: form, with: {question: Which region, fields: {region: {type: string, title: Region}}}}
  - {id: j, title: J, uses: notify, with: {to: [ops, payments], text: Hello}}
  - {id: k, title: K, uses: incident.declare, with: {title: Down}}
  - {id: l, title: L, uses: incident.severity, with: {severity: SEV1}}
  - {id: m, title: M, uses: incident.update, with: {text: We look}}
  - {id: n, title: N, uses: runbook, with: {id: checkout-smoke, inputs: {environment: staging}}}`),
    );
    for (const part of [
      'nc -vz db.example 5432',
      'Send this request 5 times a second for 30s, never to production.',
      'List commits, files and pull requests of the suspect.',
      'Read the feature flag `payments`.',
      'Set the feature flag `payments` to `false`.',
      'Stop all deployments of this service.',
      'Allow deployments of this service again.',
      String.raw`curl -sS -i -X PUT --data-raw 'it'\''s on' https://x.example`,
      '- Region: ________',
      'Tell **ops** and **payments**:\n\n> Hello',
      'Declare an incident: **Down**, unless there is one.',
      'Set the severity to **SEV1**.',
      'Send an update:\n\n> We look',
      'Follow the runbook `checkout-smoke` with environment `staging`.',
    ]) {
      expect(text).toContain(part);
    }
  });
});

describe('a condition in words', () => {
  it.each([
    { cel: 'result.value > 0.05', words: 'the value is above **0.05 (5 %)**' },
    { cel: 'result.errorRate <= 2.0', words: 'the error rate is at most **2**' },
    { cel: 'result.p95 >= duration("250ms")', words: 'the p95 is at least **250ms**' },
    { cel: 'has(result.suspect)', words: 'there is a suspect' },
    { cel: 'steps.symptom.verdict == "pass"', words: '[step 1](#step-symptom) is OK' },
    { cel: 'size(result.x) > 0', words: '`size(result.x) > 0`' },
    {
      cel: 'has(result.suspect) || result.value > 1.0 && has(result.current)',
      words: '`has(result.suspect) || result.value > 1.0 && has(result.current)`',
    },
  ])('$cel', ({ cel, words }) => {
    expect(condition(cel, report)).toBe(words);
  });
});

describe('what authors write', () => {
  it('keeps code and lists, and nothing else of Markdown', () => {
    expect(prose('Run `a_b` *now*\n- one <b>\n2. two')).toBe(
      'Run `a_b` \\*now\\*\n- one \\<b\\>\n2. two',
    );
  });

  it('is one word to a shell', () => {
    expect(shellWord('https://x.example/a?b=1&c')).toBe("'https://x.example/a?b=1&c'");
    expect(shellWord("it's $HOME")).toBe(String.raw`'it'\''s $HOME'`);
    expect(shellWord('a-b.c:1')).toBe('a-b.c:1');
  });
});
