import type { PlanView, Question, RunMessage, StepLine } from '#ports/chat-messages.ts';

/** A run that asks what to do, for tests of views. */

export const ana = { id: 'U0ANA', name: 'ana' };
export const ben = { id: 'U0BEN', name: 'ben' };
export const at = '2026-11-24T14:03:00.000Z';

export const step: StepLine = {
  id: 'symptom',
  title: 'Is checkout failing',
  mark: 'problem',
  text: '42% of orders fail',
  stale: false,
  at,
  stamps: [],
  children: [],
  holds: null,
};
export const plan: PlanView = {
  what: 'Roll back checkout',
  where: 'production',
  from: '1842',
  to: '1841',
  details: ['1841 ran for 3 days', 'PAYMENT_GATEWAY_URL changes'],
  warnings: ['A migration is in between'],
  expiresAt: at,
};
export const question: Question = {
  kind: 'choose',
  step: 'decide',
  title: 'Decide',
  why: null,
  text: 'What do we do?',
  options: [
    { control: 'c-2', label: 'Keep looking', detail: '', recommended: false, plan: null },
    {
      control: 'c-1',
      label: 'Roll back',
      detail: 'The shipped URL is wrong',
      recommended: true,
      plan,
    },
  ],
  plan: null,
  tooOld: false,
  who: 'Responders of checkout',
  since: at,
  buttons: [
    {
      control: 'c-1',
      label: 'Roll back 1842 → 1841',
      style: 'primary',
      confirm: {
        title: 'Roll back?',
        text: 'checkout in production',
        confirm: 'Roll back',
        deny: 'Cancel',
      },
    },
    { control: 'c-2', label: 'Keep looking', style: null, confirm: null },
  ],
};
export const run: RunMessage = {
  kind: 'run',
  run: 'run-1',
  runbook: 'checkout-bad-gateway-url',
  title: 'Checkout returns 5xx',
  revision: 'abc1234',
  newerVersion: null,
  mode: 'live',
  status: 'waiting',
  startedBy: ana,
  startedAt: at,
  endedAt: null,
  steps: [step],
  evidence: [step],
  picture: null,
  question,
  steering: [{ control: 'c-9', label: 'Stop', style: 'danger', confirm: null }],
  record: null,
};
