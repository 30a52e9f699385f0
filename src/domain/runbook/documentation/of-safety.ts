import type { RuleDocumentation } from './rule-documentation.ts';

export const ofSafety = {
  'secret-in-text': {
    severity: 'error',
    why: 'A file is read by many and kept for ever, and what a runbook says is recorded: credentials stand in the environment, and connections name them as `${{ secrets.NAME }}`.',
    wrong: `- id: probe
  title: Does it answer
  uses: check.http
  with:
    url: https://checkout.example.com/health
    headers: { authorization: Bearer 5b2a1f0c9d8e7b6a }`,
    right: `- id: probe
  title: Does it answer
  uses: check.http
  with: { url: https://checkout.example.com/health }`,
  },
  'untrusted-text': {
    severity: 'error',
    why: 'Whoever can fire an alert writes its labels: in a query or a URL they go through an input that says by `enum` or `pattern` what it may be.',
    wrong: `triggers:
  - alert: { alertname: CheckoutSlow }
    inputs: { shop: '\${{ alert.labels.shop }}' }
inputs:
  shop: { type: string, default: berlin }
steps:
  - id: probe
    title: Does it answer
    uses: check.http
    with: { url: 'https://checkout.example.com/\${{ inputs.shop }}' }`,
    right: `triggers:
  - alert: { alertname: CheckoutSlow }
    inputs: { shop: '\${{ alert.labels.shop }}' }
inputs:
  shop: { type: string, default: berlin, pattern: '[a-z]+' }
steps:
  - id: probe
    title: Does it answer
    uses: check.http
    with: { url: 'https://checkout.example.com/\${{ inputs.shop }}' }`,
  },
  'host-not-allowed': {
    severity: 'error',
    why: 'A host that `outbound.allow` does not list is refused when it is dialed; the owners of the settings decide what may be reached.',
    wrong: `- { id: name, title: Open, uses: check.tcp, with: { host: example.org, port: 443 } }`,
    right: `- { id: name, title: Open, uses: check.tcp, with: { host: checkout.example.com, port: 443 } }`,
  },
  'http-not-https': {
    severity: 'warning',
    why: 'What is sent in the clear can be read and changed on the way. Names without a dot, addresses of the own network and zones such as .internal are left alone.',
    wrong: `- { id: probe, title: Probe, uses: check.http, with: { url: 'http://checkout.example.com' } }`,
    right: `- { id: probe, title: Probe, uses: check.http, with: { url: 'https://checkout.example.com' } }`,
  },
  'unknown-group': {
    severity: 'error',
    why: 'A group that the settings do not have admits nobody, and nobody is told.',
    wrong: `- { id: tell, title: Tell, uses: notify, with: { to: paymets, text: Checkout is slow } }`,
    right: `- { id: tell, title: Tell, uses: notify, with: { to: payments, text: Checkout is slow } }`,
  },
  'unknown-connection': {
    severity: 'error',
    why: 'A step reaches the outside over a connection of the settings: the one it names, or that of its service.',
    wrong: `- id: list
  title: What changed
  uses: deploys.list
  with: { connection: deploy }
  fail: has(result.suspect)`,
    right: `- id: list
  title: What changed
  uses: deploys.list
  with: { connection: deploys }
  fail: has(result.suspect)`,
  },
  'unknown-metric': {
    severity: 'error',
    why: 'A metric is one of the service that the step asks about.',
    wrong: `- id: errors
  title: Do orders fail
  uses: check.metric
  with: { metric: eror_rate }
  fail: '> 5%'`,
    right: `- id: errors
  title: Do orders fail
  uses: check.metric
  with: { metric: error_rate }
  fail: '> 5%'`,
  },
} satisfies Record<string, RuleDocumentation>;
