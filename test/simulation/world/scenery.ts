import type { RunbookDocument } from '#domain/runbook/runbook.ts';
import type { Settings } from '#domain/runbook/settings.ts';
import {
  documentOf,
  runbookOf,
  settings as plain,
  shippedRunbook,
} from '#test/support/runbooks.ts';

/** What every seed has in common: the settings, and the runbooks that one of them is drawn from. */

const connection = (type: 'prometheus' | 'deploy-api' | 'http') => ({
  type,
  url: `https://${type}.example`,
  drill: true,
  options: {},
});

const errorRate = { query: 'checkout_error_rate', traffic: null };

export const settings: Settings = {
  ...plain,
  services: {
    checkout: {
      owner: 'payments',
      channel: '#incidents',
      environments: ['production', 'staging'],
      connections: { metrics: 'metrics', deploys: 'platform', http: 'hooks' },
      migrations: ['db/migrations/**'],
      metrics: { error_rate: errorRate },
    },
  },
  connections: {
    metrics: connection('prometheus'),
    platform: connection('deploy-api'),
    hooks: connection('http'),
  },
  approvals: [
    {
      services: null,
      environments: ['production'],
      actions: ['*'],
      required: 1,
      groups: ['payments-oncall', 'incident-commanders'],
      breakGlass: ['incident-commanders'],
    },
  ],
  escalation: { SEV1: [{ after: '60s', tell: 'payments-oncall' }] },
  alerts: [
    { match: { severity: 'page' }, severity: 'SEV1', declare: 'auto' },
    { match: { severity: 'warn' }, severity: 'SEV2', declare: 'suggest' },
  ],
  incident: { ...plain.incident, channel: '${{ incident.id }}', announce: '#incidents' },
};

const head = (id: string) => `id: ${id}
triggers:
  - alert: {alertname: ${id}}`;

const measured = `uses: check.metric
    with: {metric: error_rate}
    fail: '> 5%'
    pass: '< 3%'`;

const symptom = (next: string) => `
  - id: symptom
    title: Is checkout failing
    ${measured}
    next: {fail: ${next}, pass: resolve, inconclusive: ${next}}`;

const recovery = `
  - id: recovery
    title: Healthy again, and staying so
    repeat: symptom
    watch: {every: 5s, hold: 10s, giveUpAfter: 40s}
    next: {pass: resolve, fail: triage, inconclusive: triage}`;

const ending = `
  - {id: resolve, title: Resolve, uses: incident.resolve, with: {cause: A bad deploy.}, next: {succeeded: end, failed: ask}}
  - {id: triage, title: Look by hand, uses: manual, with: {instructions: Look., confirm: Looked}, next: {done: symptom}}`;

const rollback = (more = '') => `
  - id: rollback
    title: Roll back checkout
    uses: deploys.rollback
    timeout: 40s${more}
    next: {succeeded: recovery, notNeeded: recovery, rejected: triage}`;

const rollbackFirst = runbookOf(
  symptom('rollback') + rollback('\n    fallback: Do it by hand.') + recovery + ending,
  head('rollback-first'),
);

const decide = `
  - id: decide
    title: Decide
    uses: choose
    with:
      question: What do we do?
      options:
        rollback: {label: Roll back, recommend: 'steps.symptom.verdict == "fail"', next: rollback}
        look: {label: Keep looking, next: triage}`;

const choice = runbookOf(
  symptom('decide') + decide + rollback() + recovery + ending,
  head('choice'),
);

const twoPeople = runbookOf(
  symptom('rollback') + rollback('\n    approval: {required: 2}') + recovery + ending,
  head('two-people'),
);

const restart = `
  - id: restart
    title: Restart checkout
    uses: http.request
    with: {url: /restart, method: POST}
    timeout: 40s
    next: {succeeded: resolve, rejected: triage}`;

const hook = runbookOf(symptom('restart') + restart + ending, head('hook'));

export const documents: readonly RunbookDocument[] = [rollbackFirst, choice, twoPeople, hook].map(
  documentOf,
);

/** Of an alert that no runbook is for. */
export const bare = 'without-runbook';

/** What a person starts outside of an incident in place of each of them: a step or two of it. */
export const aloneOf = (id: string): string => `${id}-alone`;

const looked = `
  - {id: triage, title: Look by hand, uses: manual, with: {instructions: Look., confirm: Looked}, next: {done: end}}`;

/** Ends where the long one goes on. */
const end = (steps: string, after: string) =>
  steps.replaceAll(after, 'end').replace('timeout: 40s', 'timeout: 25s');

const alone: readonly RunbookDocument[] = [
  runbookOf(
    end(rollback('\n    fallback: Do it by hand.'), 'resolve') +
      end(recovery, 'resolve').replace('repeat: symptom', measured) +
      looked,
    `id: ${aloneOf('rollback-first')}`,
  ),
  runbookOf(
    end(symptom('decide'), 'resolve') + decide + end(rollback(), 'recovery') + looked,
    `id: ${aloneOf('choice')}`,
  ),
  runbookOf(
    end(rollback('\n    approval: {required: 2}'), 'recovery') + looked,
    `id: ${aloneOf('two-people')}`,
  ),
  runbookOf(
    end(symptom('restart'), 'resolve') + end(restart, 'resolve') + looked,
    `id: ${aloneOf('hook')}`,
  ),
].map(documentOf);

/** The runbook of the report, and the one that it runs, as they are shipped. */
const shipped = ['checkout/bad-gateway-url', 'checkout/smoke'].map((name) =>
  documentOf(shippedRunbook(name)),
);
export const report = 'checkout-bad-gateway-url';

export const allDocuments: readonly RunbookDocument[] = [...documents, ...alone, ...shipped];

/** The name of the alert that a runbook is for. */
export function alertOf(id: string): string {
  const triggers = allDocuments.find(({ runbook }) => runbook.id === id)?.runbook.triggers ?? [];
  const labels = triggers.flatMap((one) => (one.kind === 'alert' ? [one.alert] : []));
  return labels[0]?.['alertname'] ?? id;
}
