import type { FirstRunbook } from './runbook-text.ts';

/** Tests that go through every step and route of the first runbook. */
export function testText({ service, environments, hasErrorRate }: FirstRunbook): string {
  const errors = hasErrorRate ? '\n      errors: {value: 0.42}' : '';
  const path = `healthy, ${hasErrorRate ? 'errors, ' : ''}what_changed, decide`;
  const suspect = `what_changed: {suspect: {build: '42', before: 6m}, rollbackTarget: {build: '41'}}`;
  return `# yaml-language-server: $schema=../schema/runbook-test.json
apiVersion: handrail/v1
kind: RunbookTest
runbook: ${service}-unhealthy
cases:
  - name: a bad build is rolled back
    inputs: {environment: ${environments[0]}}
    mocks:
      healthy: {status: 503, duration: 80ms}${errors}
      ${suspect}
      rollback: {status: succeeded}
      recovery: [{status: 503, duration: 80ms}, {status: 200, duration: 80ms}]
    people:
      - {step: decide, user: ana, choose: rollback}
      - {step: rollback, user: ana, approve: true, expect: refused}      # who asks may not approve
      - {step: rollback, user: ben, approve: true}
      - {step: resolve, user: ana, confirm: true}
    expect:
      status: succeeded
      path: [${path}, rollback, recovery, resolve]
      recommended: {decide: rollback}
      writes: [rollback]

  - name: it answers before anybody looks
    mocks: {healthy: {status: 200, duration: 80ms}}
    people: [{step: false_alarm, user: ana, confirm: true}]
    expect: {status: succeeded, path: [healthy, false_alarm], writes: []}

  - name: no deployment stands out, and a second look finds it healthy
    mocks:
      healthy: [{status: 503, duration: 80ms}, {status: 200, duration: 80ms}]${errors}
      what_changed: {deployments: []}
    people:
      - {step: decide, user: ana, choose: look}
      - {step: triage, user: ana, done: true, after: 5m}
      - {step: false_alarm, user: ana, confirm: true}
    expect:
      path: [${path}, triage, healthy, false_alarm]
      recommended: {decide: null}
      writes: []

  - name: the rollback is rejected
    mocks:
      healthy: {status: 503, duration: 80ms}${errors}
      ${suspect}
      rollback: {status: succeeded}
    people:
      - {step: decide, user: ana, choose: rollback}
      - {step: rollback, user: ben, reject: true, reason: It carries a migration}
    expect: {waitingOn: triage, writes: []}

  - name: the rollback fails
    mocks:
      healthy: {status: 503, duration: 80ms}${errors}
      ${suspect}
      rollback: {error: The deploy API is in maintenance}
    people:
      - {step: decide, user: ana, choose: rollback}
      - {step: rollback, user: ben, approve: true}
    expect: {waitingOn: triage, writes: [rollback]}

  - name: the rollback does not help
    mocks:
      healthy: {status: 503, duration: 80ms}${errors}
      ${suspect}
      rollback: {status: succeeded}
      recovery: {status: 503, duration: 80ms}
    people:
      - {step: decide, user: ana, choose: rollback}
      - {step: rollback, user: ben, approve: true}
    expect: {waitingOn: triage, verdicts: {recovery: fail}, writes: [rollback]}

  - name: nobody learns whether the rollback began
    mocks:
      healthy: {status: 503, duration: 80ms}${errors}
      ${suspect}
      rollback: {lost: true}
    people:
      - {step: decide, user: ana, choose: rollback}
      - {step: rollback, user: ben, approve: true}
    expect: {waitingOn: rollback, writes: [rollback]}
`;
}
