import type { RuleDocumentation } from './rule-documentation.ts';

export const ofSteps = {
  'unknown-uses': {
    severity: 'error',
    why: 'A step names a kind that Handrail has.',
    wrong: `- { id: probe, title: Probe, uses: check.htpt, with: { url: 'https://checkout.example.com' } }`,
    right: `- { id: probe, title: Probe, uses: check.http, with: { url: 'https://checkout.example.com' } }`,
  },
  'with-schema': {
    severity: 'error',
    why: 'The inputs of a step are those of its kind, and those of a call are inputs of the runbook that is called: anything else fails in the middle of an incident.',
    wrong: `- { id: port, title: Open, uses: check.tcp, with: { host: checkout.example.com, port: https } }`,
    right: `- { id: port, title: Open, uses: check.tcp, with: { host: checkout.example.com, port: 443 } }`,
  },
  'label-too-long': {
    severity: 'error',
    why: 'A button has at most 24 characters: a phone cuts off the rest, and the rest is what tells it from its neighbor.',
    wrong: `- id: go
  title: Go
  uses: manual
  with: { instructions: Look, confirm: I have looked at the dashboard }`,
    right: `- { id: go, title: Go, uses: manual, with: { instructions: Look, confirm: Dashboard read } }`,
  },
  'type-mismatch': {
    severity: 'error',
    why: 'An expression can be read, names what is there, and comes to what its place needs.',
    wrong: `- id: what_changed
  title: What changed
  uses: deploys.list
  fail: has(result.suspcet)`,
    right: `- id: what_changed
  title: What changed
  uses: deploys.list
  fail: has(result.suspect)`,
  },
  'constant-condition': {
    severity: 'error',
    why: 'A condition that looks at nothing is true, or false, for ever: a check with it says OK whatever is wrong.',
    wrong: `- id: errors
  title: Do orders fail
  uses: check.metric
  with: { metric: error_rate }
  pass: 1 < 2`,
    right: `- id: errors
  title: Do orders fail
  uses: check.metric
  with: { metric: error_rate }
  pass: result.value < 0.02`,
  },
  'check-without-verdict': {
    severity: 'warning',
    why: 'A metric or a list is no problem by itself: without `pass` or `fail` the verdict is always No data.',
    wrong: `- { id: errors, title: Do orders fail, uses: check.metric, with: { metric: error_rate } }`,
    right: `- id: errors
  title: Do orders fail
  uses: check.metric
  with: { metric: error_rate }
  fail: '> 5%'`,
  },
  'ratio-without-traffic': {
    severity: 'warning',
    why: 'A ratio means little while little happens: one failed order of one is 100 %, and nothing divided by nothing is no number. `traffic` says from when on it counts.',
    wrong: `- id: errors
  title: Do orders fail
  uses: check.metric
  with: { query: 'sum(rate(orders_failed[1m])) / sum(rate(orders_total[1m]))' }
  fail: '> 5%'`,
    right: `- id: errors
  title: Do orders fail
  uses: check.metric
  with:
    query: sum(rate(orders_failed[1m])) / sum(rate(orders_total[1m]))
    traffic: { metric: orders, atLeast: 1 }
  fail: '> 5%'`,
  },
  'bad-promql': {
    severity: 'error',
    why: "A query is one that Prometheus can read, by Prometheus's own grammar, whatever its `${{ }}` come to.",
    wrong: `- id: orders
  title: Are there orders
  uses: check.metric
  with: { query: 'sum(rate(orders_total{environment="production"}[1m])' }
  fail: '< 1'`,
    right: `- id: orders
  title: Are there orders
  uses: check.metric
  with: { query: 'sum(rate(orders_total{environment="production"}[1m]))' }
  fail: '< 1'`,
  },
  'bad-regex': {
    severity: 'error',
    why: 'A regular expression is one of RE2, which can not hang: no look-around, no back references.',
    wrong: `inputs: { build: { type: string, pattern: '(?=\\d)\\d+' } }`,
    right: `inputs: { build: { type: string, pattern: '\\d+' } }`,
  },
  'bad-cron': {
    severity: 'error',
    why: 'A schedule has the five fields of cron and a time zone that exists; otherwise it never comes.',
    wrong: `triggers:
  - schedule: { cron: 0 25 * * *, timezone: Europe/Berlin }`,
    right: `triggers:
  - schedule: { cron: 0 10 * * 2, timezone: Europe/Berlin }`,
  },
} satisfies Record<string, RuleDocumentation>;
