import type { RuleDocumentation } from './rule-documentation.ts';

export const ofFlow = {
  'unknown-step': {
    severity: 'error',
    why: 'A route, an option, `show` and `repeat` name a step of the same runbook.',
    wrong: `- { id: look, title: Look, uses: manual, with: { instructions: Look }, next: { done: lok } }`,
    right: `- { id: look, title: Look, uses: manual, with: { instructions: Look }, next: { done: look } }`,
  },
  'impossible-route': {
    severity: 'error',
    why: 'A route for an outcome that the step never has would never be taken.',
    wrong: `- { id: look, title: Look, uses: manual, with: { instructions: Look }, next: { pass: end } }`,
    right: `- { id: look, title: Look, uses: manual, with: { instructions: Look }, next: { done: end } }`,
  },
  'read-before-run': {
    severity: 'error',
    why: 'What an expression reads of another step is there on every path: otherwise it is decided without it.',
    wrong: `- id: port
  title: Is it open
  if: steps.name.verdict == "pass"
  uses: check.tcp
  with: { host: checkout.example.com, port: 443 }
- { id: name, title: Has it an address, uses: check.dns, with: { name: checkout.example.com } }`,
    right: `- { id: name, title: Has it an address, uses: check.dns, with: { name: checkout.example.com } }
- id: port
  title: Is it open
  if: steps.name.verdict == "pass"
  uses: check.tcp
  with: { host: checkout.example.com, port: 443 }`,
  },
  'unreachable-step': {
    severity: 'warning',
    why: 'A step that no route leads to is never run, and people believe that it is.',
    wrong: `- { id: look, title: Look, uses: manual, with: { instructions: Look }, next: { done: end } }
- { id: again, title: Look again, uses: manual, with: { instructions: Look again } }`,
    right: `- { id: look, title: Look, uses: manual, with: { instructions: Look }, next: { done: again } }
- { id: again, title: Look again, uses: manual, with: { instructions: Look again } }`,
  },
  'endless-loop': {
    severity: 'error',
    why: 'A loop waits for a person or a watch, and a runbook does not call itself: otherwise it runs as fast as its checks answer. A loop that has a way out is a warning.',
    wrong: `- id: port
  title: Is it open
  uses: check.tcp
  with: { host: checkout.example.com, port: 443 }
  next: { pass: port, fail: port, inconclusive: port }`,
    right: `- id: port
  title: Is it open
  uses: check.tcp
  with: { host: checkout.example.com, port: 443 }
  watch: { every: 10s, giveUpAfter: 5m }`,
  },
  'watch-without-end': {
    severity: 'error',
    why: 'A watch gives up some time: a run that waits for ever asks nobody for help.',
    wrong: `- id: port
  title: Wait until it is open
  uses: check.tcp
  with: { host: checkout.example.com, port: 443 }
  watch: { every: 10s, hold: 1m }`,
    right: `- id: port
  title: Wait until it is open
  uses: check.tcp
  with: { host: checkout.example.com, port: 443 }
  watch: { every: 10s, hold: 1m, giveUpAfter: 10m }`,
  },
  'unknown-runbook': {
    severity: 'error',
    why: 'A runbook that a step calls is in the same folder.',
    wrong: `- { id: smoke, title: Buy something, uses: runbook, with: { id: checkout-smok } }`,
    right: `- { id: smoke, title: Buy something, uses: runbook, with: { id: checkout-smoke } }`,
  },
  'untested-runbook': {
    severity: 'warning',
    why: 'A runbook without a test, or with steps and routes that no case goes through, is tried for the first time in an incident.',
    wrong: `# checkout/slow.yaml has the id checkout-slow, and no test names it`,
    right: `# checkout/slow.test.yaml
apiVersion: handrail/v1
kind: RunbookTest
runbook: checkout-slow
cases:
  - name: a fast answer ends the run
    mocks: { probe: [{ status: 200, duration: 80ms }] }
    expect: { status: succeeded, path: [probe], verdicts: { probe: pass }, writes: [] }`,
  },
  'overlapping-triggers': {
    severity: 'warning',
    why: 'An alert that starts two runbooks starts two runs, and two sets of people work against each other.',
    wrong: `triggers:
  - alert: { alertname: SmokeTestFailed, environment: production }`,
    right: `triggers:
  - alert: { alertname: CheckoutSlow, environment: production }`,
  },
} satisfies Record<string, RuleDocumentation>;
