import { describe, expect, it } from 'vitest';

import { graphOf, type RunbookGraph } from '#domain/runbook/graph/runbook-graph.ts';
import { runbookOf } from '#test/domain/runbook/runbook-text.ts';
import { settings } from '#test/support/runbooks.ts';

/** Each edge as `from -> to: labels`. */
function ways({ edges }: RunbookGraph): readonly string[] {
  return edges.map(({ from, to, labels }) => `${from} -> ${to}: ${labels.join(', ')}`);
}

function linesOf(graph: RunbookGraph, id: string): readonly string[] {
  return graph.nodes.find((node) => node.id === id)?.lines ?? [];
}

function choiceWith(timeout: string): RunbookGraph {
  return graphOf(
    runbookOf(`
  - id: decide
    title: Decide
    uses: choose${timeout}
    with: {question: What now, options: {a: {label: Stop here, next: end}, b: {label: Again, next: decide}}}`),
  );
}

describe('the graph of a runbook', () => {
  it('has one unnamed way where every outcome leads to the same step', () => {
    const graph = graphOf(
      runbookOf(`
  - {id: one, title: One, uses: deploys.list}
  - {id: two, title: Two, uses: deploys.list}`),
    );
    expect(ways(graph)).toEqual([
      'start -> step:one: ',
      'step:one -> step:two: ',
      'step:two -> end:two: ',
    ]);
  });

  it('has default routes, and asks a person where the language does', () => {
    const graph = graphOf(
      runbookOf(`
  - {id: look, title: Look, uses: deploys.list, next: {pass: end}}
  - {id: back, title: Back, uses: deploys.rollback, next: {rejected: end}}`),
    );
    expect(ways(graph)).toEqual([
      'start -> step:look: ',
      'step:look -> end:look: OK',
      'step:look -> step:back: Problem found',
      'step:look -> ask:look: No data',
      'step:back -> end:back: Done, Not needed, Rejected',
      'step:back -> ask:back: Failed, Outcome unknown',
    ]);
  });

  it('has the options of a choice by their label, and its timeout only if it has one', () => {
    expect(ways(choiceWith(''))).toEqual([
      'start -> step:decide: ',
      'step:decide -> end:decide: Stop here',
      'step:decide -> step:decide: Again',
    ]);
    expect(ways(choiceWith('\n    timeout: 5m'))).toContain(
      'step:decide -> ask:decide: No answer in time',
    );
  });

  it('has no way for a message that fails, and says where the run goes on', () => {
    const graph = graphOf(
      runbookOf(`
  - {id: tell, title: Tell, uses: notify, with: {to: '#x', text: Hello}, next: {succeeded: end}}
  - {id: more, title: More, uses: notify, with: {to: '#x', text: Hello}, next: {succeeded: end, failed: ask}}`),
    );
    expect(ways(graph)).toEqual([
      'start -> step:tell: ',
      'step:tell -> end:tell: ',
      'step:more -> end:more: Done',
      'step:more -> ask:more: Failed',
    ]);
    expect(linesOf(graph, 'step:tell')).toEqual(['notify #x', 'if it fails: More']);
  });

  it('has a way around a step with a condition', () => {
    const graph = graphOf(
      runbookOf(`
  - {id: one, title: One, uses: deploys.list, if: 1 > 2, next: {pass: end, fail: end, inconclusive: end}}
  - {id: two, title: Two, uses: deploys.list}`),
    );
    expect(ways(graph)).toContain('step:one -> step:two: Skipped');
    expect(linesOf(graph, 'step:one')).toContain('only if 1 > 2');
  });

  it('says of a write who approves it, where', () => {
    const rollback = runbookOf(`
  - {id: back, title: Back, uses: deploys.rollback}
  - {id: more, title: More, uses: deploys.rollback, approval: {required: 2, groups: [payments-oncall]}, with: {environment: production}}
  - {id: call, title: Call, uses: http.request, with: {url: 'https://x.example', method: POST, environment: production}}`);
    const graph = graphOf(rollback, settings);
    expect(linesOf(graph, 'step:back')).toEqual([
      'writes: deploys.rollback',
      'production: 1 approval from payments-oncall or incident-commanders',
      'staging: no approval needed',
    ]);
    expect(linesOf(graph, 'step:more')).toContain('production: 2 approvals from payments-oncall');
    expect(linesOf(graph, 'step:call')).toContain('production: refused, no policy allows it');
    expect(linesOf(graphOf(rollback), 'step:back')).toEqual(['writes: deploys.rollback']);
  });

  it('says what a step watches, calls and runs at once', () => {
    const graph = graphOf(
      runbookOf(
        `
  - id: many
    title: Many
    uses: parallel
    foreach: {host: inputs.hosts}
    steps: [{id: dns, title: Name, uses: check.dns, with: {name: '\${{ host }}'}}, {id: tls, uses: check.tls, with: {host: x.example}}]
  - {id: errors, title: Errors, uses: check.metric, with: {metric: error_rate}, fail: '> 5%', watch: {every: 5s, hold: '\${{ inputs.hold }}', giveUpAfter: '\${{ inputs.most }}'}}
  - {id: smoke, title: Smoke, uses: runbook, with: {id: checkout-smoke}}`,
        `
inputs:
  hosts: {type: array, items: {type: string}, default: [x.example]}
  hold: {type: duration, default: 2m}
  most: {type: duration}
`,
      ),
    );
    expect(linesOf(graph, 'step:many')).toEqual([
      'parallel',
      'for each host in inputs.hosts',
      '• Name: check.dns',
      '• check.tls',
    ]);
    expect(linesOf(graph, 'step:errors')).toEqual([
      'check.metric error_rate',
      'every 5s until OK for 2m, ‹inputs.most› at most',
    ]);
    expect(linesOf(graph, 'step:smoke')).toEqual(['runbook checkout-smoke']);
  });

  it('begins with what starts the runbook', () => {
    const steps = '\n  - {id: one, title: One, uses: deploys.list}';
    const triggers = `triggers:
  - {alert: {alertname: Errors, env: ~prod}, start: person}
  - {schedule: {cron: '0 10 * * 2', mode: drill}}
`;
    expect(linesOf(graphOf(runbookOf(steps)), 'start')).toEqual(['by hand']);
    expect(linesOf(graphOf(runbookOf(steps, triggers)), 'start')).toEqual([
      'alert Errors, env=~prod, waits for Start',
      'schedule 0 10 * * 2, UTC (drill)',
    ]);
  });
});
