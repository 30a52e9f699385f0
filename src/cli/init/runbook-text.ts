import type { Answers } from './answers.ts';
import { alertName } from './settings-text.ts';

export type FirstRunbook = Pick<Answers, 'service' | 'owner' | 'environments' | 'healthUrl'> & {
  /** ISO date. */
  today: string;
  /** Whether the settings of the service have the metric `error_rate`. */
  hasErrorRate: boolean;
};

/** A runbook to begin with: is it down, what changed, roll back or look further, is it well again. */
export function runbookText(first: FirstRunbook): string {
  const { service, owner, environments, healthUrl, today, hasErrorRate } = first;
  return `# yaml-language-server: $schema=../schema/runbook.json
apiVersion: handrail/v1
kind: Runbook
id: ${service}-unhealthy
title: ${service} does not answer as it should
service: ${service}
owner: ${owner}
reviewed: ${today}
review: 90d

triggers:
  - alert: {alertname: ${alertName(service)}}

inputs:
  environment: {type: string, enum: [${environments.join(', ')}], default: ${environments[0]}, description: Where it hurts}

steps:
  - id: healthy
    title: Does ${service} answer
    why: Rules out a flapping alert before anyone touches anything.
    uses: check.http
    with: {url: '${healthUrl}', expect: {maxDuration: 2s}}
    next: {pass: false_alarm}
${hasErrorRate ? errorRate : ''}
  - id: what_changed
    title: What changed just before it started
    uses: deploys.list
    fail: has(result.suspect)
    finding: {fail: '\${{ result.suspect.build }} shipped \${{ result.suspect.before }} before'}

  - id: decide
    title: Decide
    uses: choose
    with:
      question: What do we do?
      show: [healthy, ${hasErrorRate ? 'errors, ' : ''}what_changed]
      options:
        rollback: {label: Roll back, recommend: steps.what_changed.verdict == "fail", next: rollback}
        look: {label: Keep looking, next: triage}

  - id: rollback
    title: Roll back ${service}
    why: Restores the last build that was healthy.
    uses: deploys.rollback
    fallback: Roll ${service} back with your deploy tool, then confirm here.
    next: {failed: triage, rejected: triage}

  - id: recovery
    title: Healthy again, and staying so
    repeat: healthy
    watch: {every: 10s, hold: 1m, giveUpAfter: 10m}
    next: {pass: resolve}

  - id: triage
    title: Triage by hand
    uses: manual
    with: {instructions: Read the evidence above and look further, confirm: Start the checks again}
    next: {done: healthy}

  - id: resolve
    title: Resolve and tell people
    uses: incident.resolve
    with: {cause: A deployment, followUps: [Find out why it got as far as this]}
    next: {succeeded: end, failed: end}

  - {id: false_alarm, title: False alarm, uses: incident.resolve, with: {cause: It answers as it should.}, next: {succeeded: end, failed: end}}
`;
}

const errorRate = `
  - id: errors
    title: How many requests fail
    uses: check.metric
    with: {metric: error_rate}
    fail: '> 5%'
    pass: '< 3%'
    finding: {fail: '\${{ percent(result.value) }} of requests fail'}
`;
