import type { RuleDocumentation } from './rule-documentation.ts';

const VERIFIED = `- id: recovery
  title: Wait until it answers
  uses: check.tcp
  with: { host: checkout.example.com, port: 443 }
  watch: { hold: 1m, giveUpAfter: 10m }`;

const FALLBACK = 'fallback: Run deployctl rollback checkout on the bastion';

export const ofWrites = {
  'write-without-policy': {
    severity: 'error',
    why: 'A write that no policy in `approvals` matches is refused, and responders learn it when they press the button.',
    wrong: `- id: kill
  title: Turn payments off
  uses: flags.set
  with: { flag: payments, value: false, connection: flags }
  ${FALLBACK}
${VERIFIED}`,
    right: `- id: rollback
  title: Roll back
  uses: deploys.rollback
  ${FALLBACK}
${VERIFIED}`,
  },
  'approval-widened': {
    severity: 'error',
    why: 'A step may ask for more people or name fewer groups than the settings do; whoever reviews runbooks does not decide who may approve.',
    wrong: `- id: rollback
  title: Roll back
  uses: deploys.rollback
  approval: { groups: [everybody] }
  ${FALLBACK}
${VERIFIED}`,
    right: `- id: rollback
  title: Roll back
  uses: deploys.rollback
  approval: { required: 2, groups: [payments] }
  ${FALLBACK}
${VERIFIED}`,
  },
  'approval-unsatisfiable': {
    severity: 'error',
    why: 'More approvals than there are people in the groups can never be given.',
    wrong: `groups: { payments: { users: [U0ANA] } }
approvals:
  - { environments: [production], actions: ['*'], required: 2, groups: [payments] }`,
    right: `groups: { payments: { users: [U0ANA, U0BEN] } }
approvals:
  - { environments: [production], actions: ['*'], required: 2, groups: [payments] }`,
  },
  'write-without-verify': {
    severity: 'warning',
    why: 'A write that was sent has not helped yet: a check after it shows that it did, before anybody calls it over.',
    wrong: `- id: rollback
  title: Roll back
  uses: deploys.rollback
  ${FALLBACK}
  next: { succeeded: end }`,
    right: `- id: rollback
  title: Roll back
  uses: deploys.rollback
  ${FALLBACK}
  next: { succeeded: recovery }
${VERIFIED}`,
  },
  'write-without-fallback': {
    severity: 'warning',
    why: 'On the day when the deploy API is down as well, `fallback` is what responders do by hand.',
    wrong: `- id: rollback
  title: Roll back
  uses: deploys.rollback
${VERIFIED}`,
    right: `- id: rollback
  title: Roll back
  uses: deploys.rollback
  ${FALLBACK}
${VERIFIED}`,
  },
} satisfies Record<string, RuleDocumentation>;
