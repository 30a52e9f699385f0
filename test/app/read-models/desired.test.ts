import { expect, it } from 'vitest';

import { desiredMessages } from '#app/read-models/desired.ts';
import { rehearse } from '#domain/rehearsal/rehearse.ts';
import { theRun } from '#test/support/give.ts';
import { runbookOf, settings } from '#test/support/runbooks.ts';

const runbook =
  runbookOf(`  - {id: probe, title: Is it open, uses: check.tcp, with: {host: checkout.example.com, port: 443}}
  - id: decide
    title: Decide
    uses: choose
    with:
      question: What do we do?
      options:
        wait: {label: Wait, recommend: steps.probe.verdict == "pass", next: end}
        look: {label: Keep looking, next: end}`);
const { stream } = rehearse({ runbook, settings }, { mocks: { probe: { connected: true } } });

it('shows at once what is recommended from now on, or no longer', () => {
  const askedAt = theRun(stream).steps['decide']?.enteredAt ?? '';
  const old = new Date(Date.parse(askedAt) + 6 * 60_000).toISOString();

  expect(pulseAt(askedAt)).toContain('primary');
  expect(pulseAt(old)).not.toContain('primary');
});

function pulseAt(now: string): string {
  const drawing = {
    stream,
    events: [],
    settings,
    now,
    runbooks: () => [],
    newer: () => null,
    asked: () => [],
    picture: () => null,
    members: () => [],
    button: ({ label, style = null, confirm = null }: Parameters<Button>[0]) => ({
      control: '',
      label,
      style,
      confirm,
    }),
  };
  return (
    desiredMessages(drawing, 'main', 'C1').find(({ slot }) => slot.startsWith('run:'))?.pulse ?? ''
  );
}

type Button = Parameters<typeof desiredMessages>[0]['button'];
