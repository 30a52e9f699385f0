import type { RuleDocumentation } from './rule-documentation.ts';

export const ofFiles = {
  'bad-yaml': {
    severity: 'error',
    why: 'A file is one document of YAML 1.2 in UTF-8, without tags, merge keys and directives, and no larger than anybody writes by hand: what a second reader could understand differently is refused.',
    wrong: `title: 'Checkout is slow`,
    right: `title: 'Checkout is slow'`,
  },
  'bad-ignore': {
    severity: 'error',
    why: 'A comment that silences a finding names a rule, gives a reason, and has something to silence: otherwise it hides the next mistake.',
    wrong: `# handrail-ignore http-not-https
links: { dashboard: https://grafana.example.com }`,
    right: `- id: probe
  title: Does it answer
  uses: check.http
  # handrail-ignore http-not-https: the load balancer ends TLS in front of it
  with: { url: http://checkout.example.com/health }`,
  },
  'unknown-key': {
    severity: 'error',
    why: 'A key that does not exist is most likely a misspelled one, and would be ignored without a word.',
    wrong: `- { id: look, title: Look, wyh: It is down, uses: manual, with: { instructions: Look } }`,
    right: `- { id: look, title: Look, why: It is down, uses: manual, with: { instructions: Look } }`,
  },
  'duplicate-key': {
    severity: 'error',
    why: 'Of a key that stands twice, one value would be dropped, and which one depends on the reader.',
    wrong: `links: { dashboard: https://a.example.com, dashboard: https://b.example.com }`,
    right: `links: { dashboard: https://a.example.com, logs: https://b.example.com }`,
  },
  'bad-value': {
    severity: 'error',
    why: 'A value has the type and the form that its key needs, is given where it is needed, and names what exists.',
    wrong: `- { id: end, title: Look, uses: manual, with: { instructions: Look } }`,
    right: `- { id: look, title: Look, uses: manual, with: { instructions: Look } }`,
  },
  'duration-spelling': {
    severity: 'error',
    why: 'A duration without a unit, or in the spelling of another tool, means something else to each reader.',
    wrong: `review: 90 days`,
    right: `review: 90d`,
  },
  'stale-review': {
    severity: 'warning',
    why: 'A review holds for as long as `review` says; after that nobody knows whether the runbook still fits.',
    wrong: `reviewed: 2020-01-01
review: 90d`,
    right: `reviewed: 2026-11-22
review: 90d`,
  },
} satisfies Record<string, RuleDocumentation>;
